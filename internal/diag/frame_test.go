package diag

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFrame(t *testing.T) {
	for _, c := range []struct {
		name             string
		line             string
		column, end      int
		wantCode, wantMk string
	}{
		{"range", "let a = b", 5, 6, "let a = b", "    ~"},
		{"point", "let a = b", 5, 0, "let a = b", "    ^"},
		{"end before start", "let a = b", 5, 3, "let a = b", "    ^"},
		{"whole line", "let a = b", 0, 0, "let a = b", ""},
		{"only an end", "let a = b", 0, 4, "let a = b", ""},
		{"behind the end", "ab", 3, 0, "ab", "  ^"},
		{"far behind the end", "ab", 90, 95, "ab", "  ^"},
		{"end behind the end", "ab", 2, 95, "ab", " ~"},
		{"negative", "ab", -3, -9, "ab", ""},
		{"empty", "", 1, 1, "", "^"},
		{"tabs", "\ta\tb", 4, 5, "    a   b", "        ~"},
		{"a tab itself", "a\tb", 2, 3, "a   b", " ~~~"},
		{"wide", "你好，x世界", 4, 5, "你好，x世界", "      ~"},
		{"wide marked", "a世界b", 2, 4, "a世界b", " ~~~~"},
		{"full width latin", "ＡＢc", 2, 3, "ＡＢc", "  ~~"},
		{"half width kana", "ｱｲc", 3, 4, "ｱｲc", "  ~"},
		{"emoji", "😀x", 2, 3, "😀x", "  ~"},
		{"combining", "e\u0301x", 3, 4, "e\u0301x", " ~"},
		{"only a combining mark", "e\u0301x", 2, 3, "e\u0301x", " ^"},
		{"BOM", "\ufeff{", 2, 3, "<U+FEFF>{", "        ~"},
		{"control", "a\x00b\x7f", 3, 4, "a␀b␡", "  ~"},
		{"no UTF-8", "a\xff\xfeb", 4, 5, "a\ufffd\ufffdb", "   ~"},
		{"line separator", "a\u2028b", 3, 4, "a<U+2028>b", "         ~"},
	} {
		f := newFrame(c.line, c.column, c.end, offset(c.line, c.column), 80)
		if f.code != c.wantCode || f.mark != c.wantMk {
			t.Errorf("%s:\n%q\n%q, want\n%q\n%q", c.name, f.code, f.mark, c.wantCode, c.wantMk)
		}
	}
}

func TestFrameCutsLongLines(t *testing.T) {
	digits := strings.Repeat("0123456789", 1000)
	for _, c := range []struct {
		name             string
		line             string
		column, end      int
		wantCode, wantMk string
	}{
		{"start", digits, 1, 3, "012345678901234567890123456...", "~~"},
		{"near the start", digits, 6, 8, "012345678901234567890123456...", "     ~~"},
		{"middle", digits, 5001, 5004, "...345678901234567890123456...", "          ~~~"},
		{"end", digits, 10000, 10001, "...345678901234567890123456789", strings.Repeat(" ", 29) + "~"},
		{"behind the end", digits, 10001, 0, "...345678901234567890123456789", strings.Repeat(" ", 30) + "^"},
		{"longer than the room", digits, 5001, 9000, "...345678901234567890123456...", "          ~~~~~~~~~~~~~~~~~"},
		{"no column", digits, 0, 0, "012345678901234567890123456...", ""},
		{"wide", strings.Repeat("世界", 500), 500, 501, "...世界世界世界世界世界世界...", "         ~~"},
	} {
		f := newFrame(c.line, c.column, c.end, offset(c.line, c.column), 30)
		if f.code != c.wantCode || f.mark != c.wantMk {
			t.Errorf("%s:\n%s\n%s, want\n%s\n%s", c.name, f.code, f.mark, c.wantCode, c.wantMk)
		}
	}
}

func TestLines(t *testing.T) {
	l := splitLines([]byte("a\r\n\nb\rc\n"))
	for n, want := range map[int]string{1: "a", 2: "", 3: "b\rc", 4: ""} {
		if got, ok := l.line(n); !ok || got != want {
			t.Errorf("line %d: %q, %v", n, got, ok)
		}
	}
	for _, n := range []int{-1, 0, 5} {
		if got, ok := l.line(n); ok {
			t.Errorf("line %d: %q", n, got)
		}
	}
}

// FuzzFrame: any place in any text has a frame that keeps to its room, and its
// mark begins below what the frame shows.
func FuzzFrame(f *testing.F) {
	f.Add("const a = 1\n\tb\r\n世界", 2, 2, 3, 80)
	f.Add(strings.Repeat("x\t世", 200), 1, 300, 305, 40)
	f.Add("\xff\xfe\x00\u202e", 1, -1, 1<<62, -5)
	f.Fuzz(func(t *testing.T, text string, line, column, end, width int) {
		r := Report{Diagnostics: []Diagnostic{{Rule: "r", Place: Place{"a", line, column, end}}}}
		textOf(t, r, TextOptions{Width: width, Source: sources(map[string]string{"a": text})})

		words, ok := splitLines([]byte(text)).line(line)
		if !ok {
			return
		}
		frame := newFrame(words, column, end, offset(words, column), width)
		_, columns := expand(frame.code, 0)
		if room := max(width, leastRoom); columns > room || len(frame.mark) > room+1 {
			t.Errorf("%d columns and a mark of %d in a room of %d\n%s\n%s", columns, len(frame.mark), room, frame.code, frame.mark)
		}
		if len(frame.mark) > columns+1 {
			t.Errorf("the mark leaves the line\n%s\n%s", frame.code, frame.mark)
		}
		if !utf8.ValidString(frame.code) || strings.ContainsAny(frame.code, "\n\r\t\x1b") {
			t.Errorf("%q", frame.code)
		}
	})
}

// TestLinesOffset: in whatever order somebody asks, it is as from the beginning.
func TestLinesOffset(t *testing.T) {
	l := splitLines([]byte("a汉b\xff\U0001f600c\n汉\n"))
	for _, at := range []struct{ line, column int }{{1, 3}, {1, 5}, {1, 5}, {1, 2}, {2, 2}, {1, 99}, {1, 6}, {1, 0}, {1, 7}, {2, 1}, {2, 3}, {3, 1}, {1, 1}} {
		text, _ := l.line(at.line)
		if got, want := l.offset(at.column), offset(text, at.column); got != want {
			t.Errorf("%v: %d, want %d", at, got, want)
		}
	}
}
