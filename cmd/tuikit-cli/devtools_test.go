//go:build unix

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// TestDevtoolsHelpIsInWords: nor is an ID left in the help of what is below devtools.
func TestDevtoolsHelpIsInWords(t *testing.T) {
	for _, c := range append(devtoolsCommands, devtoolsCommand{name: "path"}) {
		for _, lang := range []msg.Lang{msg.English, msg.Chinese} {
			var out bytes.Buffer
			u := screenFor("devtools", c.name, "--help")
			u.lang = lang
			root := newRoot(u.env, u)
			root.SetArgs(u.args)
			root.SetOut(&out)
			if err := root.Execute(); err != nil {
				t.Fatal(err)
			}
			if said := out.String(); strings.Contains(said, "help.") || strings.Contains(said, "flag.") || !strings.Contains(said, "  tuikit-cli devtools "+c.name) {
				t.Errorf("%s %s:\n%s", lang, c.name, said)
			}
		}
	}
}

// TestDevtoolsInterrupted: a signal reaches DevTools' command line, which may put its
// things in order.
func TestDevtoolsInterrupted(t *testing.T) {
	cli := filepath.Join(t.TempDir(), "cli")
	script := "#!/bin/sh\ntrap 'echo goodbye; exit 0' INT\necho ready\nwhile :; do sleep 0.05; done\n"
	if err := os.WriteFile(cli, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("tuikit-cli", "devtools", "login", "--cli", cli)
	command.Env = append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"))
	var errs bytes.Buffer
	command.Stderr = &errs
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if said = append(said, lines.Text()); lines.Text() == "ready" {
			if err := command.Process.Signal(syscall.SIGINT); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = command.Wait() // its exit code is looked at
	if code := command.ProcessState.ExitCode(); code != exitInterrupted || strings.Join(said, " ") != "ready goodbye" {
		t.Errorf("exit code %d, said %q\n%s", code, said, errs.String())
	}
}
