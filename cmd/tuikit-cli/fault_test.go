package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/otiai10/copy"
)

// killAt names the change of the disk before which tuikit-cli-killed kills itself.
const killAt = "TUIKIT_TEST_KILL_AT"

// killedMain is the program, killed (SIGKILL) before its n-th change of a
// project's files.
func killedMain() {
	e := systemEnv()
	n, err := strconv.ParseInt(os.Getenv(killAt), 10, 64)
	if err != nil {
		panic(err)
	}
	var seen atomic.Int64
	e.observe = func(string) error {
		if seen.Add(1) < n {
			return nil
		}
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		if err != nil {
			panic(err)
		}
		select {} // it is on its way
	}
	os.Exit(run(e))
}

// smallKit is a UIKit of the 1.0 kind with hardly a file more than it needs, so
// that all places where its integration can be cut off are soon tried.
func smallKit(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"package.json":                          `{"name": "@tencentcloud/chat-uikit-wechat", "version": "1.0.8"}`,
		"index.js":                              "Component({});\n",
		"index.json":                            "{\"component\": true}\n",
		"index.wxml":                            "<view></view>\n",
		"components/TUIConversation/index.json": "{\"component\": true}\n",
		"components/TUIChat/index.json":         "{\"component\": true}\n",
		"components/TUIChat/index.js":           "console.log(wx.$TUIKitTIM);\n",
		"debug/GenerateTestUserSig.js":          "export function genTestUserSig() {}\n",
		"lib/tim-wx-sdk.js":                     "module.exports = {};\n",
	} {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), content)
	}
	return dir
}

func writeFile(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// faulted is a command that is cut off at every place, with what comes before it.
type faulted struct {
	name   string
	before [][]string
	args   []string
}

func faultedCommands(kit string) []faulted {
	source := []string{"--uikit", kit, "--no-install", "--yes"}
	add := append([]string{"add-subpackage", "chat"}, source...)
	return []faulted{
		{"init", nil, append([]string{"init"}, source...)},
		{"add-subpackage", nil, add},
		{"move", [][]string{append([]string{"init", "--integration", "none"}, source...)}, []string{"add-subpackage", "chat", "--yes"}},
		{"undo", [][]string{add}, []string{"undo", "--yes"}},
		{"redo", [][]string{add, {"undo", "--yes"}}, []string{"undo", "--yes"}},
	}
}

// oddProject is one in which much can go wrong: CRLF, modes, an empty folder, a
// home page with a way in.
func oddProject(t *testing.T, parent string) string {
	t.Helper()
	dir := filepath.Join(parent, "app")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(shared.fixtures, "projects", "plain"))); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "app.js"), "'use strict'\r\nApp({})\r\n")
	if err := os.Chmod(filepath.Join(dir, "app.js"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "debug"), 0o750); err != nil {
		t.Fatal(err)
	}
	return dir
}

// prepared makes the project before the command once, and gives a copy of it every
// time it is asked. The last copy is gone then: there are many.
func (f faulted) prepared(t *testing.T) func() string {
	t.Helper()
	model := oddProject(t, t.TempDir())
	for _, args := range f.before {
		if code, out := call(t, model, nil, args); code != exitDone {
			t.Fatalf("%v: exit code %d\n%s", args, code, out)
		}
	}
	parent, err := os.MkdirTemp(memory(), "tuikit-cli-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(parent) })
	return func() string {
		dir := filepath.Join(parent, "app")
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		if err := copy.Copy(model, dir); err != nil {
			t.Fatal(err)
		}
		return dir
	}
}

// memory is a file system that needs not be waited for, where there is one: what is
// tried a thousand times has every file on the disk before it goes on.
func memory() string {
	const name = "/dev/shm"
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return name
	}
	return ""
}

// oneCall: cobra's table of template functions belongs to the whole process.
var oneCall sync.Mutex

// call runs the program in this process.
func call(t *testing.T, dir string, observe func(string) error, args []string) (code int, output string) {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	oneCall.Lock()
	defer oneCall.Unlock()
	e := systemEnv()
	e.args, e.stdin, e.stdout, e.stderr = append(args, "-C", dir), os.Stdin, out, out
	e.getenv = func(string) string { return "" }
	e.observe = observe
	code = run(e)
	written, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return code, string(written)
}

func (f faulted) outcome(t *testing.T) (before, after tree) {
	t.Helper()
	dir := f.prepared(t)()
	before = treeOf(t, dir).withoutState()
	if code, out := call(t, dir, nil, f.args); code != exitDone {
		t.Fatalf("%v: exit code %d\n%s", f.args, code, out)
	}
	return before, treeOf(t, dir).withoutState()
}

// TestErrorAtEveryChange has each change of the disk fail, one by one: the command
// fails and the project is as it was, or it did not need that change.
func TestErrorAtEveryChange(t *testing.T) {
	for _, f := range faultedCommands(smallKit(t)) {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			before, after := f.outcome(t)
			prepared := f.prepared(t)
			for n := int64(1); ; n++ {
				dir := prepared()
				var seen atomic.Int64
				code, out := call(t, dir, func(step string) error {
					if seen.Add(1) == n {
						return errors.New("no space left on device")
					}
					return nil
				}, f.args)
				if seen.Load() < n {
					t.Logf("%d places", n-1)
					return
				}
				want := before
				if code == exitDone {
					want = after
				} else if code != exitFailed || !strings.Contains(out, "no space left on device") {
					t.Fatalf("at %d: exit code %d\n%s", n, code, out)
				}
				if changed := changes(want, treeOf(t, dir).withoutState()); len(changed) > 0 {
					t.Fatalf("at %d (exit code %d):\n%s", n, code, strings.Join(changed, "\n"))
				}
			}
		})
	}
}

// TestKilledAtEveryChange kills the process before each change of the disk, one by
// one, and has the next command find out.
func TestKilledAtEveryChange(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("exit codes of killed processes differ there")
	}
	for _, f := range faultedCommands(smallKit(t)) {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			before, after := f.outcome(t)
			rolledBack, finished := 0, 0
			prepared := f.prepared(t)
			for n := 1; ; n++ {
				dir := prepared()
				command := exec.Command("tuikit-cli-killed", append(f.args, "-C", dir)...)
				command.Env = append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"), killAt+"="+strconv.Itoa(n))
				out, err := command.CombinedOutput()
				if err == nil {
					if rolledBack == 0 || finished == 0 {
						t.Errorf("rolled back %d times, finished %d times", rolledBack, finished)
					}
					t.Logf("%d places", n-1)
					return
				}
				if code := command.ProcessState.ExitCode(); code != -1 {
					t.Fatalf("at %d: exit code %d\n%s", n, code, out)
				}
				code, said := call(t, dir, nil, []string{"recover"})
				if code != exitDone {
					t.Fatalf("at %d: recover: exit code %d\n%s", n, code, said)
				}
				now := treeOf(t, dir).withoutState()
				switch {
				case len(changes(before, now)) == 0:
					rolledBack++
				case len(changes(after, now)) == 0:
					finished++
				default:
					t.Fatalf("killed at %d, neither as before nor as after:\n%s\n%s", n, strings.Join(changes(before, now), "\n"), said)
				}
				if n%10 == 0 { // and the command itself, run again, comes to the end
					f.again(t, dir, before, after)
				}
			}
		})
	}
}

// again runs the command once more where the project is as before.
func (f faulted) again(t *testing.T, dir string, before, after tree) {
	t.Helper()
	if len(changes(before, treeOf(t, dir).withoutState())) > 0 {
		return
	}
	if code, out := call(t, dir, nil, f.args); code != exitDone {
		t.Fatalf("again: exit code %d\n%s", code, out)
	}
	if changed := changes(after, treeOf(t, dir).withoutState()); len(changed) > 0 {
		t.Fatal(fmt.Sprint("again:\n", strings.Join(changed, "\n")))
	}
}
