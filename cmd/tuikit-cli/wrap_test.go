package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
)

func TestWrap(t *testing.T) {
	for _, test := range []struct {
		text    string
		columns int
		want    string // lines, with / between
	}{
		{"", 10, ""},
		{"short", 10, "short"},
		{"one two three", 7, "one two/three"},
		{"one two  three", 8, "one two/three"},
		{"a --on-conflict keep", 8, "a/--on-conflict/keep"}, // a flag is not broken
		{"把腾讯云放进小程序", 8, "把腾讯云/放进小程/序"},
		{"放进去，好吗？", 6, "放进/去，好/吗？"}, // no mark begins a line
		{"放进（好的）吧", 6, "放进/（好/的）吧"}, // and none ends one that opens
		{"放进“好的”吧", 7, "放进“好/的”吧"},
		{"使用 npm 包", 7, "使用/npm 包"},
		{"👍 emoji 👍", 8, "👍 emoji/👍"},
	} {
		if got := strings.Join(wrap(test.text, test.columns), "/"); got != test.want {
			t.Errorf("%q in %d: %q, want %q", test.text, test.columns, got, test.want)
		}
	}
}

// FuzzWrap: nothing but spaces is lost, and no line is wider than it has to be.
func FuzzWrap(f *testing.F) {
	f.Add("one 二三，（四） five-six 👨‍👩‍👧", 7)
	f.Add("0为?\t䉌", 7)
	f.Fuzz(func(t *testing.T, text string, columns int) {
		text = strings.ToValidUTF8(text, "?")
		lines := wrap(text, columns)
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if squeeze(strings.Join(lines, "")) != squeeze(text) {
			t.Errorf("%q became %q", text, lines)
		}
		for _, line := range lines {
			if diag.Columns(line) > columns && len(pieces(strings.TrimLeft(line, " "))) > 1 && strings.Trim(pieces(line)[0], " ") != "" {
				t.Errorf("%q is wider than %d, and could be broken: %q", line, columns, pieces(line))
			}
		}
	})
}

func TestParagraphs(t *testing.T) {
	got := paragraphs("one\ntwo\n\n中文，\n中文\nand\n  code\n  more\nend")
	want := [][]string{{"one two"}, {"中文，中文 and", "  code", "  more", "end"}}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTable(t *testing.T) {
	rows := [][2]string{{"  中文", "first"}, {"  emoji 👍", "the second is so long that it goes on"}, {"  é", "third"}}
	want := `  中文      first
  emoji 👍  the second is so long that
            it goes on
  é         third
`
	if got := table(rows, 40); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	narrow := "  --a-rather-long-flag FILE\n          words for it that\n          need two lines\n"
	if got := table([][2]string{{"  --a-rather-long-flag FILE", "words for it that need two lines"}}, 30); got != narrow {
		t.Errorf("got\n%swant\n%s", got, narrow)
	}
}
