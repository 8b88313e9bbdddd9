//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// jsonRuns are command lines that have much to tell; every other command that prints
// JSON is run as it is, in a project.
var jsonRuns = map[string][][]string{
	"tuikit-cli init":           {{"new", "--dry-run", "--yes", "--no-install"}, {"app", "--yes", "--no-install", "--uikit", "no-such-folder/"}, {"--integration", "x"}},
	"tuikit-cli add-subpackage": {{"chat", "--dry-run", "--yes", "--no-install"}, {"pages/index", "--yes"}, {}},
	"tuikit-cli check":          {{}, {"--fix", "--dry-run"}, {"--strict", "--baseline", "none.json"}},
	"tuikit-cli undo":           {{"--dry-run"}, {"7"}, {"x"}},
	"tuikit-cli size":           {{}, {"--budget", "main=1KB"}, {"--budget", "x"}},
	"tuikit-cli build-npm":      {{"--check"}, {"--dry-run"}},
	"tuikit-cli status":         {{}, {"nowhere"}},
}

// spoken is the outcome of a run: its JSON, its exit code, and what it says besides.
type spoken struct {
	stdout string
	code   int
	stderr string
}

func speaks(t *testing.T, dir, lang string, args []string) spoken {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	var out, rest bytes.Buffer
	command := exec.CommandContext(ctx, "tuikit-cli", args...)
	command.Dir, command.Stdout, command.Stderr = dir, &out, &rest
	command.Env = append(environment(filepath.Dir(dir)), "LC_ALL="+lang, "PATH="+os.Getenv("PATH"))
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%q: %v", args, err)
	}
	return spoken{out.String(), command.ProcessState.ExitCode(), rest.String()}
}

// integrated is a mini program with the UIKit, and with something for check to find.
func integrated(t *testing.T) string {
	t.Helper()
	dir, uikit := plainProject(t)
	if made := speaks(t, dir, "C", []string{"init", "--uikit", uikit, "--no-install", "--yes"}); made.code != exitDone {
		t.Fatal(made)
	}
	script := filepath.Join(dir, "pages", "index", "index.js")
	if err := os.WriteFile(script, []byte("require('./no');\nimport '/x';\nPage({});\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestJSONIsTheSameInEveryLanguage: every byte of it, and the exit code.
func TestJSONIsTheSameInEveryLanguage(t *testing.T) {
	t.Parallel()
	dir := integrated(t)
	_, root := wholeTree(msg.English)
	tried := map[string]bool{}
	everyCommand(root, func(command *cobra.Command) {
		path := command.CommandPath()
		flag := command.Flags().Lookup("format")
		if flag == nil || !strings.Contains(msg.T(flag.Usage).String(), "json") {
			return
		}
		tried[path] = true
		runs := jsonRuns[path]
		if runs == nil {
			runs = [][]string{{}}
		}
		for _, run := range runs {
			args := append(strings.Fields(path)[1:], append(run, "--format", "json")...)
			en, zh := speaks(t, dir, "en_US.UTF-8", args), speaks(t, dir, "zh_CN.UTF-8", args)
			if en.stdout != zh.stdout || en.code != zh.code || en.stdout == "" {
				t.Errorf("%q: exit codes %d and %d\n%s\n%s%s", args, en.code, zh.code, cmp.Diff(en.stdout, zh.stdout), en.stderr, zh.stderr)
			}
			if en.stderr != "" && en.stderr == zh.stderr {
				t.Errorf("%q says the same in both languages: %s", args, en.stderr)
			}
		}
	})
	for path := range jsonRuns {
		if !tried[path] {
			t.Errorf("%s prints no JSON", path)
		}
	}
}

// TestOtherFormatsAreTheSame: what machines read of check, and what is written into a
// project.
func TestOtherFormatsAreTheSame(t *testing.T) {
	t.Parallel()
	dir := integrated(t)
	args := []string{"check", "--format", "sarif"}
	if en, zh := speaks(t, dir, "C", args), speaks(t, dir, "zh_CN", args); en.stdout != zh.stdout || en.stdout == "" {
		t.Error(cmp.Diff(en.stdout, zh.stdout))
	}
	var trees []tree
	for _, lang := range []string{"C", "zh_CN"} {
		dir, uikit := plainProject(t)
		if made := speaks(t, dir, lang, []string{"init", "--uikit", uikit, "--no-install", "--yes"}); made.code != exitDone {
			t.Fatal(made)
		}
		trees = append(trees, treeOf(t, dir))
	}
	wantSameTree(t, trees[0], trees[1])
}

// TestLanguageOfAScreen: what decides, in its order.
func TestLanguageOfAScreen(t *testing.T) {
	for _, test := range []struct {
		args      string
		variables map[string]string
		want      msg.Lang
	}{
		{"", map[string]string{"LANG": "zh_CN.UTF-8"}, msg.Chinese},
		{"--lang en", map[string]string{"LANG": "zh_CN.UTF-8"}, msg.English},
		{"check --lang=zh", nil, msg.Chinese},
		{"--lang en --lang zh", nil, msg.Chinese}, // the last one, as for any flag
		{"check -- --lang zh", map[string]string{"LANG": "C"}, msg.English},
		{"--lang fr", map[string]string{"LANG": "zh_HK"}, msg.Chinese}, // it is refused, in Chinese
		{"", map[string]string{"LANG": "fr_FR", "LANGUAGE": "fr:zh_TW:en"}, msg.Chinese},
		{"", map[string]string{"LANG": "fr_FR"}, msg.English},
		{"", map[string]string{"LANG": "C", "LANGUAGE": "zh_CN"}, msg.English},
		{"", map[string]string{"LC_ALL": "POSIX", "LANG": "zh_CN"}, msg.English},
	} {
		e := env{args: strings.Fields(test.args), getenv: func(name string) string { return test.variables[name] }}
		if got := e.language(); got != test.want {
			t.Errorf("%q with %v: %s, want %s", test.args, test.variables, got, test.want)
		}
	}
}
