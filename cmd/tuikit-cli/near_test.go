package main

import (
	"testing"

	"github.com/spf13/cobra"
)

func TestNearest(t *testing.T) {
	known := []string{"init", "add-subpackage", "build-npm", "check", "size", "status", "undo", "recover", "version", "completion", "json", "text", "github", "server", "static", "yes"}
	for word, want := range map[string]string{
		"add_subpackage": "add-subpackage", "ad-subpackage": "add-subpackage", "AddSubpackage": "add-subpackage",
		"initt": "init", "intt": "init", "INIT": "init", "ｉｎｉｔ": "init",
		"build": "build-npm", "stauts": "status", "chek": "check", "comp": "completion",
		"yse": "yes", "txet": "text", "ey": "", // two letters in the wrong order are one slip
		"sever": "server", "jsno": "json", "xml": "", "frobnicate": "", "": "", "x": "", "安装": "",
	} {
		if got := nearest(word, known); got != want {
			t.Errorf("nearest(%q) is %q, want %q", word, got, want)
		}
	}
}

func TestTyped(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string // "" for nothing wrong
	}{
		{[]string{"init", "--yes"}, ""},
		{[]string{"init", "我的项目", "-y"}, ""},
		{[]string{"init", "--", "——x"}, ""},
		{[]string{"init", "——yes"}, "——yes does not begin with a hyphen; did you mean --yes?"},
		{[]string{"init", "－－ｙｅｓ"}, "－－ｙｅｓ does not begin with a hyphen; did you mean --yes?"},
		{[]string{"init", "—yes"}, "—yes does not begin with a hyphen; did you mean --yes?"},
		{[]string{"init", "–-yes"}, "–-yes does not begin with a hyphen; did you mean --yes?"},
		{[]string{"init", "－y"}, "－y does not begin with a hyphen; did you mean -y?"},
		{[]string{"——lang＝zh"}, "——lang＝zh does not begin with a hyphen; did you mean --lang=zh?"},
	} {
		got := ""
		if err := typed(test.args); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%q: %q, want %q", test.args, got, test.want)
		}
	}
}

// TestSubcommands: what is said of commands holds below them, too.
func TestSubcommands(t *testing.T) {
	root := &cobra.Command{Use: "tuikit-cli"}
	usersig := &cobra.Command{Use: "usersig"}
	usersig.AddCommand(&cobra.Command{Use: "sign", RunE: func(*cobra.Command, []string) error { return nil }})
	root.AddCommand(usersig)
	group(root)
	for _, test := range []struct{ word, want string }{
		{"sing", "there is no command usersig sing; did you mean usersig sign?"},
		{"frobnicate", "there is no command usersig frobnicate."},
	} {
		root.SetArgs([]string{"usersig", test.word})
		root.SilenceErrors, root.SilenceUsage = true, true
		if err := root.Execute(); err == nil || err.Error() != test.want {
			t.Errorf("usersig %s: %v, want %q", test.word, err, test.want)
		}
	}
}
