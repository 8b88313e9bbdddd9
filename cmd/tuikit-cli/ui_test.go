package main

import "testing"

func TestHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"+ a.js  \x1b[2mwhy\x1b[0m\r\n\tb\n": "+ a.js  \x1b[2mwhy\x1b[0m\r\n\tb\n",
		"a\x1b[2Jb\x1b]0;c\ad":               `a\x1b[2Jb\x1b]0;c\ad`,
		"a\rb\u009b31mc\x7f\x1b":             `a\rb\u009b31mc\x7f\x1b`,
		"汉字 \U0001f600":                      "汉字 \U0001f600",
	} {
		if got := harmless(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
