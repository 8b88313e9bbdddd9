package main

import (
	"errors"
	"io"
	"os"
	"testing"

	"github.com/AlecAivazis/survey/v2/terminal"
)

// typing is a keyboard on which all that was typed already.
func keysOf(t *testing.T, keys string) *keyboard {
	t.Helper()
	in, typed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	if _, err := typed.WriteString(keys); err != nil {
		t.Fatal(err)
	}
	_ = typed.Close()
	return &keyboard{in: in}
}

func TestKeyboard(t *testing.T) {
	k := keysOf(t, "a长\x1b[A\x1b\x1bOB\x1b[3~\r\x04")
	for _, want := range []string{"a", "\xe9", "\x95", "\xbf", "\x1b[A", "\x1b", "\x1bOB", "\x1b[3~", "\r", "\x03"} {
		p := make([]byte, 64)
		if n, err := k.Read(p); err != nil || string(p[:n]) != want {
			t.Errorf("got %q, %v; want %q", p[:n], err, want)
		}
	}
	if _, err := k.Read(make([]byte, 8)); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

// TestKeyboardKnowsWhereTheCursorIs: the answer comes when it is asked for, wherever it
// stands among what is typed, and no key is lost.
func TestKeyboardKnowsWhereTheCursorIs(t *testing.T) {
	k := keysOf(t, "ab\r\x1b[7;12RR\x1b[1;1Rc")
	out := &paper{os.NewFile(^uintptr(0), "nowhere"), k}
	for _, want := range []string{"\x1b[7;12R", "\x1b[1;1R"} {
		_, _ = out.Write([]byte("\x1b[6n"))
		p := make([]byte, 64)
		if n, err := k.Read(p); err != nil || string(p[:n]) != want {
			t.Errorf("got %q, %v; want %q", p[:n], err, want)
		}
	}
	left, err := io.ReadAll(k)
	if string(left) != "ab\rRc" || err != nil {
		t.Errorf("left are %q, %v", left, err)
	}
}

// TestKeyboardOfASilentTerminal: one that never says where its cursor is can be left.
func TestKeyboardOfASilentTerminal(t *testing.T) {
	k := keysOf(t, "abc\x03def")
	k.asked = true
	if _, err := k.Read(make([]byte, 8)); !errors.Is(err, terminal.InterruptErr) || !k.stopped {
		t.Errorf("got %v", err)
	}
}

func FuzzKeyboard(f *testing.F) {
	f.Add("a\x1b[A\x1b[1;1R\x1b[", true)
	f.Fuzz(func(t *testing.T, keys string, asked bool) {
		if len(keys) > 4096 {
			t.Skip("more than a pipe takes")
		}
		k := keysOf(t, keys)
		k.asked = asked
		first := make([]byte, 64)
		n, _ := k.Read(first)
		rest, err := io.ReadAll(k)
		if err == nil && !k.stopped && !asked && n+len(rest) != len(keys) {
			t.Errorf("%q became %q and %q", keys, first[:n], rest)
		}
	})
}
