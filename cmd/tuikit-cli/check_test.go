//go:build unix

package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestInterruptible: work that never ends does not keep the user from stopping it.
func TestInterruptible(t *testing.T) {
	ctx, stop := context.WithCancelCause(context.Background())
	begun, never := make(chan bool), make(chan bool)
	defer close(never)
	go func() {
		<-begun
		stop(errInterrupted)
	}()
	if err := interruptible(ctx, func() error { close(begun); <-never; return nil }); !errors.Is(err, errInterrupted) {
		t.Errorf("stopped: %v", err)
	}
	if err := interruptible(context.Background(), func() error { return fs.ErrExist }); !errors.Is(err, fs.ErrExist) {
		t.Errorf("to the end: %v", err)
	}
}

// TestCheckOfPipes: a pipe that nobody writes to is no file, whatever its name.
func TestCheckOfPipes(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{
		"app.json": exitFound, "project.config.json": exitDone, "project.private.config.json": exitDone,
		"package.json": exitDone, "tuikit-lock.json": exitDone, "pages/index/index.json": exitDone,
	} {
		dir, _ := plainProject(t)
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(path, 0o644); err != nil {
			t.Skip(err)
		}
		if code, out := call(t, dir, nil, []string{"check"}); code != want {
			t.Errorf("%s: exit code %d, want %d\n%s", name, code, want, out)
		}
	}
}

// TestCheckColour: colours on a terminal, unless they are not wanted; a pipe never
// gets any (check-text).
func TestCheckColour(t *testing.T) {
	t.Parallel()
	dir, _ := plainProject(t)
	if err := os.WriteFile(filepath.Join(dir, "app.js"), []byte("App({});\nrequire('./no');\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name      string
		variables []string
		args      []string
		painted   bool
	}{
		{"usual", nil, nil, true},
		{"a flag", nil, []string{"--no-color"}, false},
		{"a variable", []string{"NO_COLOR=1"}, nil, false},
		{"a dumb terminal", []string{"TERM=dumb"}, nil, false},
		{"JSON", nil, []string{"--format", "json"}, false},
		{"GitHub", nil, []string{"--format", "github"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			term := start(t, dir, c.variables, append([]string{"check"}, c.args...)...)
			term.wantExit(exitFound)
			if got := strings.Contains(string(term.raw), "\x1b["); got != c.painted {
				t.Errorf("painted: %v\n%q", got, term.raw)
			}
			if !strings.Contains(term.plain(), "module-missing") {
				t.Errorf("no finding: %s", term.plain())
			}
		})
	}
}
