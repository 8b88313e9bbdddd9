//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// ran is how a run of the program in a process of its own ended.
type ran struct {
	code           int // -1 for a signal
	stdout, stderr string
	signal         syscall.Signal
}

// runIn runs the program in dir, through prepare.
func runIn(t *testing.T, dir string, prepare func(*exec.Cmd), args ...string) ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	command := exec.Command("tuikit-cli", args...)
	command.Dir = dir
	command.Env = append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"))
	command.Stdout, command.Stderr = &stdout, &stderr
	prepare(command)
	if err := command.Run(); err != nil && command.ProcessState == nil {
		t.Fatal(err)
	}
	out := ran{code: command.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String()}
	if status, ok := command.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		out.signal = status.Signal()
	}
	return out
}

// wantNoTrace: whatever happened, it is told in words.
func (r ran) wantNoTrace(t *testing.T) {
	t.Helper()
	for _, sign := range []string{"goroutine ", "panic:", "runtime error", ".go:"} {
		if strings.Contains(r.stdout+r.stderr, sign) {
			t.Errorf("%s is shown:\n%s%s", sign, r.stdout, r.stderr)
		}
	}
}

// TestResultIsLost: a result that cannot be printed is an error, which says whether the
// project is as it was.
func TestResultIsLost(t *testing.T) {
	t.Parallel()
	full := func(command *exec.Cmd) {
		device, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = device.Close() })
		command.Stdout = device
	}
	_, kit := plainProject(t)
	for _, args := range [][]string{
		{"version"}, {"--help"}, {"help", "init"}, {"init", "--help"}, {"completion", "bash"}, {"man", "check"}, {"size"}, {"size", "--format", "json"}, {"size", "--format", "html"},
		{"check"}, {"check", "--format", "json"}, {"check", "--format", "sarif"}, {"check", "--explain", "tabbar"},
		{"init", "--uikit", kit, "--no-install", "--yes", "--dry-run"}, {"init", "--uikit", kit, "--no-install", "--yes", "--diff"}, {"init", "--uikit", kit, "--no-install", "--yes", "--dry-run", "--format", "json"},
	} {
		dir, _ := plainProject(t)
		before := treeOf(t, dir)
		r := runIn(t, dir, full, args...)
		r.wantNoTrace(t)
		if r.code != exitFailed || !strings.HasPrefix(r.stderr, "error: the result could not be printed: no space left on device. No file of the project was changed.\n") {
			t.Errorf("%v: exit code %d, stderr %q", args, r.code, r.stderr)
		}
		wantSameTree(t, before, treeOf(t, dir))
	}
	for _, format := range []string{"text", "json"} {
		dir, _ := plainProject(t)
		r := runIn(t, dir, full, "init", "--uikit", kit, "--no-install", "--yes", "--format", format)
		if r.code != exitFound || !strings.HasPrefix(r.stderr, "error: the files are in place, but the result could not be printed: ") {
			t.Errorf("exit code %d, stderr %q", r.code, r.stderr)
		}
		if _, ok := treeOf(t, dir)["TUIKit/index.js"]; !ok {
			t.Error("the files are not in place")
		}
	}
}

// TestNobodyReads: a pipe that is closed, and stdout, stderr or stdin that are not there,
// are no reason for a trace.
func TestNobodyReads(t *testing.T) {
	t.Parallel()
	dir, _ := plainProject(t)
	broken := func(command *exec.Cmd) {
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = reader.Close()
		t.Cleanup(func() { _ = writer.Close() })
		command.Stdout = writer
	}
	for _, args := range [][]string{{"size"}, {"completion", "bash"}, {"check", "--format", "json"}, {"--help"}} {
		r := runIn(t, dir, broken, args...)
		r.wantNoTrace(t)
		if r.signal != syscall.SIGPIPE || r.stderr != "" {
			t.Errorf("%v: exit code %d, signal %v, stderr %q; want what every other program does", args, r.code, r.signal, r.stderr)
		}
	}
	for _, closed := range []string{">&-", "2>&-", "<&-", ">&- 2>&- <&-"} {
		r := runIn(t, dir, func(command *exec.Cmd) {
			shell := exec.Command("sh", "-c", "exec tuikit-cli size "+closed)
			command.Path, command.Args = shell.Path, shell.Args
		})
		if r.wantNoTrace(t); r.code != exitDone || r.stderr != "" {
			t.Errorf("%s: exit code %d, stderr %q", closed, r.code, r.stderr)
		}
	}
}

// TestPanicIsTold: a fault of the program, at any change of the disk, is told as one, and
// the project is as before, or as it was meant to be after `recover`.
func TestPanicIsTold(t *testing.T) {
	f := faultedCommands(smallKit(t))[1]
	before, after := f.outcome(t)
	prepared := f.prepared(t)
	for n := int64(1); ; n += 3 {
		dir := prepared()
		var seen atomic.Int64
		code, out := call(t, dir, func(string) error {
			if seen.Add(1) == n {
				panic("out of order")
			}
			return nil
		}, f.args)
		if seen.Load() < n {
			return
		}
		if code != exitFailed && code != exitDone {
			t.Fatalf("at %d: exit code %d\n%s", n, code, out)
		}
		if code == exitFailed && !strings.Contains(out, "error: a fault of tuikit-cli itself, not of yours (") || strings.Contains(out, "goroutine") {
			t.Fatalf("at %d:\n%s", n, out)
		}
		if code, out := call(t, dir, nil, []string{"recover"}); code != exitDone {
			t.Fatalf("at %d: recover: exit code %d\n%s", n, code, out)
		}
		now := treeOf(t, dir).withoutState()
		if len(changes(before, now)) > 0 && len(changes(after, now)) > 0 {
			t.Fatalf("at %d, neither as before nor as after:\n%s", n, strings.Join(changes(before, now), "\n"))
		}
	}
}

// TestPanicInWords: in both languages, with the way on; the trace only for who asks.
func TestPanicInWords(t *testing.T) {
	for _, test := range []struct {
		args  []string
		debug string
		trace bool
		want  string
	}{
		{nil, "", false, "error: a fault of tuikit-cli itself"},
		{[]string{"--lang", "zh"}, "", false, "错误：tuikit-cli 自身出错"},
		{[]string{"--verbose"}, "", true, issues},
		{nil, "1", true, "tuikit-cli recover"},
		{[]string{"--format", "json"}, "", false, `"message": "a fault of tuikit-cli itself`},
	} {
		out, err := os.Create(filepath.Join(t.TempDir(), "out"))
		if err != nil {
			t.Fatal(err)
		}
		args := append([]string{"size"}, test.args...)
		oneCall.Lock()
		code := run(env{args: args, stdin: os.Stdin, stdout: out, stderr: out, now: nil, getenv: func(name string) string {
			if name == debugEnv {
				return test.debug
			}
			return ""
		}, start: func() { panic(errors.New("out of order")) }})
		oneCall.Unlock()
		said, err := os.ReadFile(out.Name())
		if err != nil {
			t.Fatal(err)
		}
		if code != exitFailed || !strings.Contains(string(said), test.want) || !strings.Contains(string(said), "out of order") || strings.Contains(string(said), "goroutine") != test.trace {
			t.Errorf("%v: exit code %d:\n%s", test.args, code, said)
		}
	}
}

// TestInterruptibleCatches: what runs beside the command is part of it.
func TestInterruptibleCatches(t *testing.T) {
	err := interruptible(t.Context(), func() error { var none []int; return fmt.Errorf("%d", none[1]) })
	if e := explanationOf(err); e.code != exitFailed || e.what.ID != "error.crash" {
		t.Errorf("%v is explained by %+v", err, e)
	}
}

// TestAbsurd: command lines and worlds that nobody would think of end in words, and with
// an exit code of the contract.
func TestAbsurd(t *testing.T) {
	_, kit := plainProject(t)
	long := strings.Repeat("很长", 3_000)
	var lines [][]string
	for _, odd := range []string{long, "", " ", "\n", "\x1b[2J", "\xff\xfe", "-", "--", "---", "--=", "-=", "=", "--=x", "-é", "%s%n", "$(id)", "/dev/null", "file", "locked", "nowhere/at/all", "😀"} {
		lines = append(lines, []string{odd}, []string{"--" + odd})
		for _, c := range commands {
			lines = append(lines, []string{c.name, odd}, []string{c.name, "-C", odd}, []string{c.name, "--" + odd}, []string{c.name, "--lang", odd}, []string{"help", c.name, odd})
		}
		for _, flag := range []string{"format", "usersig", "integration", "subpackage", "page", "sdkappid", "userid", "expire", "registry", "secretkey-file", "appid"} {
			lines = append(lines, []string{"init", "--dry-run", "--uikit", kit, "--no-install", "--yes", "--" + flag, odd})
		}
	}
	dir, _ := plainProject(t)
	writeFile(t, filepath.Join(dir, "file"), "")
	if err := os.Mkdir(filepath.Join(dir, "locked"), 0); err != nil {
		t.Fatal(err)
	}
	before := treeOf(t, dir)
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	t.Chdir(dir)
	for _, args := range lines {
		out, err := os.Create(filepath.Join(t.TempDir(), "out"))
		if err != nil {
			t.Fatal(err)
		}
		oneCall.Lock()
		e := systemEnv()
		e.args, e.stdin, e.stdout, e.stderr = args, null, out, out
		e.getenv = func(string) string { return "" }
		code := run(e)
		oneCall.Unlock()
		said, err := os.ReadFile(out.Name())
		_ = out.Close()
		if err != nil {
			t.Fatal(err)
		}
		r := ran{code: code, stdout: string(said)}
		r.wantNoTrace(t)
		if code < exitDone || code > exitFailed || code != exitDone && code != exitFound && !strings.Contains(r.stdout, "error: ") {
			t.Errorf("%.80q: exit code %d:\n%.400s", args, code, said)
		}
		if strings.Contains(r.stdout, "a fault of tuikit-cli") {
			t.Errorf("%.80q:\n%.400s", args, said)
		}
	}
	wantSameTree(t, before, treeOf(t, dir))
}

// TestAbsurdWorlds: what every program may count on is not there.
func TestAbsurdWorlds(t *testing.T) {
	t.Parallel()
	_, kit := plainProject(t)
	for name, world := range map[string]func(*exec.Cmd){
		"no variables":        func(c *exec.Cmd) { c.Env = []string{"A="} },
		"no HOME":             func(c *exec.Cmd) { c.Env = append(c.Env, "HOME=") },
		"HOME is a file":      func(c *exec.Cmd) { c.Env = append(c.Env, "HOME=/dev/null") },
		"TMPDIR is not there": func(c *exec.Cmd) { c.Env = append(c.Env, "TMPDIR=/nowhere/at/all") },
		"TMPDIR is a file":    func(c *exec.Cmd) { c.Env = append(c.Env, "TMPDIR=/dev/null") },
		"PATH is empty":       func(c *exec.Cmd) { c.Env = append(c.Env, "PATH=") },
		"LANG is absurd":      func(c *exec.Cmd) { c.Env = append(c.Env, "LANG=\xff\x1b[2J", "LC_ALL="+strings.Repeat("z", 9999)) },
		"the folder is gone": func(c *exec.Cmd) {
			shell := exec.Command("sh", append([]string{"-c", `mkdir gone && cd gone && rmdir ../gone && exec tuikit-cli "$@"`}, c.Args...)...)
			c.Path, c.Args = shell.Path, shell.Args
		},
	} {
		for _, args := range [][]string{{"version"}, {"check"}, {"size"}, {"status"}, {"init", "--uikit", kit, "--no-install", "--yes", "--dry-run"}, {"build-npm", "--check"}, {"undo"}, {"recover"}} {
			dir, _ := plainProject(t)
			before := treeOf(t, dir)
			r := runIn(t, dir, world, args...)
			r.wantNoTrace(t)
			if r.code < exitDone || r.code > exitFailed || strings.Contains(r.stderr, "a fault of tuikit-cli") || r.code >= exitUsage && !strings.HasPrefix(r.stderr, "error: ") {
				t.Errorf("%s: %v: exit code %d:\n%s%s", name, args, r.code, r.stdout, r.stderr)
			}
			wantSameTree(t, before, treeOf(t, dir))
		}
	}
}
