//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
