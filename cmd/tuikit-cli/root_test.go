package main

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// screenFor is a ui for a command line, in a world without variables.
func screenFor(args ...string) *ui {
	return newUI(env{args: args, getenv: func(string) string { return "" }})
}

func TestCommandsHaveTheirNames(t *testing.T) {
	for _, c := range commands {
		if got := c.make(screenFor()).Name(); got != c.name {
			t.Errorf("%s makes the command %s", c.name, got)
		}
	}
}

// TestARunMakesItsOwnCommandOnly: what a run costs depends neither on how many
// commands there are nor on what their help says.
func TestARunMakesItsOwnCommandOnly(t *testing.T) {
	for _, test := range []struct {
		args []string
		want int
	}{
		{[]string{"status"}, 1},
		{[]string{"init", "status", "--help"}, 1},
		{nil, len(commands)},
		{[]string{"help", "init"}, len(commands)},
		{[]string{"--lang", "init", "status"}, len(commands)},
		{[]string{"initt"}, len(commands)},
	} {
		u := screenFor(test.args...)
		made := newRoot(u.env, u).Commands()
		if len(made) != test.want {
			t.Errorf("%q: %d commands are made, want %d", test.args, len(made), test.want)
		}
		if want := "help." + made[0].Name(); made[0].Short != want {
			t.Errorf("%q: %s is described by %q, which should be the ID %s until it is read", test.args, made[0].Name(), made[0].Short, want)
		}
	}
}

// TestHelpIsInWords: no ID is left in what help and completion show.
func TestHelpIsInWords(t *testing.T) {
	id := regexp.MustCompile(`\b(help|flag)\.[a-z]`)
	lines := [][]string{{"--help"}, {"help", "help"}, {"__complete", ""}, {"__complete", "--"}}
	for _, c := range commands {
		lines = append(lines, []string{c.name, "--help"}, []string{"help", c.name}, []string{"__complete", c.name, "--"})
	}
	for _, lang := range []msg.Lang{msg.English, msg.Chinese} {
		for _, args := range lines {
			var out bytes.Buffer
			u := screenFor(args...)
			u.lang = lang
			root := newRoot(u.env, u)
			root.SetArgs(args)
			root.SetOut(&out)
			root.SetErr(&out)
			if err := root.Execute(); err != nil {
				t.Errorf("%q: %v", args, err)
			}
			if left := id.FindString(out.String()); left != "" || out.Len() == 0 {
				t.Errorf("%s %q shows an ID, or nothing:\n%s", lang, args, out.String())
			}
		}
	}
}

// BenchmarkNewRoot is the part of a start that commands and texts have.
func BenchmarkNewRoot(b *testing.B) {
	u := screenFor("version")
	for b.Loop() {
		newRoot(u.env, u)
	}
}
