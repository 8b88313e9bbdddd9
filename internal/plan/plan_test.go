package plan

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

var why = msg.T("why.page")

// tree is a folder as a map: files with content, folders ending in "/", both
// with their mode.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		relative, _ := filepath.Rel(dir, name)
		relative = filepath.ToSlash(relative)
		if entry.IsDir() {
			found[relative+"/"] = info.Mode().String()
			return nil
		}
		if info.Mode()&fs.ModeSymlink != 0 {
			found[relative], err = os.Readlink(name)
			return err
		}
		data, err := os.ReadFile(name)
		found[relative] = info.Mode().String() + " " + string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var someRun = Run{Command: "tuikit-cli test", Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}

var someFiles = map[string]string{
	"app.json":         "{}\n",
	"config.js":        "was\n",
	"TUIKit/index.js":  "old\n",
	"TUIKit/a/deep.js": "deep\n",
	"gone/only.txt":    "x\n",
}

// somePlan does everything that a Plan can do to someFiles.
func somePlan(t *testing.T, dir string) *Plan {
	t.Helper()
	p := New(os.DirFS(dir))
	p.Last("lock.json")
	must(t, p.Write("lock.json", []byte("lock\n"), why))
	must(t, p.Write("app.json", []byte("{\"pages\": []}\n"), why))
	must(t, p.Write("config.js", []byte("key\n"), why))
	p.Private("config.js") // others could read it
	must(t, p.Add("pages/index/index.js", []byte("Page({})\n"), why))
	must(t, p.Move("TUIKit/index.js", "sub/TUIKit/index.js", why))
	must(t, p.Move("TUIKit/a/deep.js", "sub/TUIKit/a/deep.js", why))
	modules := filepath.Join(t.TempDir(), "node_modules")
	write(t, modules, map[string]string{"chat/index.js": "sdk\n"})
	if runtime.GOOS != "windows" {
		must(t, os.MkdirAll(filepath.Join(modules, ".bin"), 0o755))
		must(t, os.Symlink("../chat/index.js", filepath.Join(modules, ".bin", "chat")))
	}
	p.MoveTree(modules, "node_modules", why)
	return p
}

func TestApply(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, someFiles)
	must(t, os.Chmod(filepath.Join(dir, "app.json"), 0o600))
	must(t, somePlan(t, dir).Apply(t.Context(), dir, someRun))

	got := tree(t, dir)
	for name, want := range map[string]string{
		"app.json":                   "-rw------- {\"pages\": []}\n",
		"config.js":                  "-rw------- key\n",
		"pages/index/index.js":       "-rw-r--r-- Page({})\n",
		"sub/TUIKit/index.js":        "-rw-r--r-- old\n",
		"sub/TUIKit/a/deep.js":       "-rw-r--r-- deep\n",
		"node_modules/chat/index.js": "-rw-r--r-- sdk\n",
		"lock.json":                  "-rw-r--r-- lock\n",
		"gone/only.txt":              "-rw-r--r-- x\n",
	} {
		if runtime.GOOS != "windows" && got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
	for _, name := range []string{"TUIKit/", "TUIKit/a/", applyDir + "/", holderFile} {
		if _, there := got[name]; there {
			t.Errorf("%s is still there", name)
		}
	}
}

// TestApplyRollsBackAFailure: a folder that cannot be made (a file has its name)
// comes after files that could be written.
func TestApplyRollsBackAFailure(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, someFiles)
	p := somePlan(t, dir)
	before := tree(t, dir)
	// The tree is gone when Apply wants to move it in: the very last step but files.
	must(t, os.RemoveAll(p.trees[0].From))
	err := p.Apply(t.Context(), dir, someRun)
	var failed *ApplyError
	if !errors.As(err, &failed) || failed.Path != "node_modules" || len(failed.Left) > 0 {
		t.Fatalf("got %v", err)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
		t.Fatal(diff)
	}
}

func TestApplyMakesAndUnmakesTheProjectRoot(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "a", "b")
	p := New(os.DirFS(dir))
	must(t, p.Add("x/y.txt", []byte("y"), why))
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errStopped)
	if err := p.Apply(ctx, dir, someRun); !errors.Is(err, errStopped) {
		t.Fatal(err)
	}
	if got := tree(t, parent); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
	must(t, p.Apply(t.Context(), dir, someRun))
	if got := tree(t, dir)["x/y.txt"]; !strings.HasSuffix(got, " y") {
		t.Errorf("got %q", got)
	}
}

func TestApplyRefusesWhatHasChanged(t *testing.T) {
	for name, change := range map[string]func(t *testing.T, dir string){
		"edited":       func(t *testing.T, dir string) { write(t, dir, map[string]string{"app.json": "other"}) },
		"removed":      func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "app.json"))) },
		"created":      func(t *testing.T, dir string) { write(t, dir, map[string]string{"pages/index/index.js": "mine"}) },
		"moved":        func(t *testing.T, dir string) { must(t, os.Remove(filepath.Join(dir, "TUIKit/index.js"))) },
		"node_modules": func(t *testing.T, dir string) { write(t, dir, map[string]string{"node_modules/x": "mine"}) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, someFiles)
			p := somePlan(t, dir)
			change(t, dir)
			before := tree(t, dir)
			err := p.Apply(t.Context(), dir, someRun)
			if changed := (*ChangedError)(nil); !errors.As(err, &changed) {
				t.Fatalf("got %v", err)
			}
			if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
				t.Fatal(diff)
			}
		})
	}
}

func TestApplyRefusesSymbolicLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need a privilege there")
	}
	for _, link := range []string{"app.json", "pages"} {
		dir, outside := t.TempDir(), t.TempDir()
		write(t, dir, someFiles)
		write(t, outside, map[string]string{"app.json": "{}\n", "pages/x": "x"})
		must(t, os.RemoveAll(filepath.Join(dir, link)))
		must(t, os.Symlink(filepath.Join(outside, link), filepath.Join(dir, link)))
		p := New(os.DirFS(dir))
		must(t, p.Write("app.json", []byte("{\"a\": 1}\n"), why))
		must(t, p.Write("pages/index.js", []byte("x"), why))
		if link == "app.json" {
			if len(p.Conflicts) != 1 || p.Conflicts[0].Path != link {
				t.Errorf("%s: conflicts %v", link, p.Conflicts)
			}
			continue
		}
		err := p.Apply(t.Context(), dir, someRun)
		if target := (*TargetError)(nil); !errors.As(err, &target) || target.Path != link {
			t.Errorf("%s: got %v", link, err)
		}
		if got := tree(t, outside)["app.json"]; !strings.HasSuffix(got, " {}\n") {
			t.Errorf("what the link points to was changed: %q", got)
		}
	}
}

func TestAddFindsConflicts(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"app.js": "mine", "same.js": "ours", "tuikit/index.js": "", "pages": "a file"})
	p := New(os.DirFS(dir))
	for _, name := range []string{"app.js", "same.js", "TUIKit/index.js", "TUIKit/again.js", "pages/index.js", "pages/again/index.js", "new.js"} {
		must(t, p.Add(name, []byte("ours"), why))
	}
	var conflicts []string
	for _, c := range p.Conflicts {
		conflicts = append(conflicts, c.Path)
	}
	want := []string{"app.js", "TUIKit/index.js", "pages/index.js"}
	if runtime.GOOS == "linux" && !cmp.Equal(want, conflicts) {
		t.Error(cmp.Diff(want, conflicts))
	}
	if ops := p.Ops(); len(ops) != 1 || ops[0].Path != "new.js" {
		t.Errorf("got %v", ops)
	}
}

func TestWriteOfWhatIsThereIsNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, someFiles)
	p := New(os.DirFS(dir))
	must(t, p.Write("app.json", []byte("other"), why))
	must(t, p.Write("app.json", []byte("{}\n"), why))
	if !p.Empty() {
		t.Errorf("got %v", p.Ops())
	}
}

func TestPlanShowsTheTreeToCome(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, someFiles)
	p := somePlan(t, dir)
	if _, err := p.ReadFile("TUIKit/index.js"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a moved file is still at its old place: %v", err)
	}
	if data, err := p.ReadFile("sub/TUIKit/index.js"); err != nil || string(data) != "old\n" {
		t.Errorf("got %q, %v", data, err)
	}
	for name, want := range map[string]bool{"sub": true, "sub/TUIKit": true, "TUIKit/index.js": false, "app.json": true, "nowhere": false} {
		if got := p.Exists(name); got != want {
			t.Errorf("Exists(%s) = %v", name, got)
		}
	}
	before, after, err := p.Sizes(".", func(string) bool { return false })
	must(t, err)
	if before["TUIKit/index.js"] != 4 || after["sub/TUIKit/index.js"] != 4 || after["app.json"] != 14 {
		t.Errorf("before %v\nafter %v", before, after)
	}
	if _, still := after["TUIKit/index.js"]; still {
		t.Error("a moved file is weighed twice")
	}
	ops := p.Ops()
	if ops[len(ops)-1].Path != "lock.json" {
		t.Errorf("the lock is not last: %v", ops)
	}
}

func TestDiff(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.txt": "one\ntwo\n"})
	p := New(os.DirFS(dir))
	p.Secrets = []string{"", "topsecret"}
	must(t, p.Write("a.txt", []byte("one\n2 topsecret\n"), why))
	must(t, p.Add("b.png", []byte{0x89, 'P', 0}, why))
	must(t, p.Add("c.txt", []byte("new\n"), why))
	got, err := p.Diff()
	must(t, err)
	for _, want := range []string{"-two\n", "+2 ******\n", "binary b.png (3 bytes)\n", "--- /dev/null\n+++ b/c.txt\n", "+new\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "topsecret") {
		t.Error("the secret is shown")
	}
}

func TestSnapshotSticksToWhatItSaw(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "one", "folder/b": "x"})
	disk := Snapshot(os.DirFS(dir))
	p := New(disk)
	must(t, p.Write("a", []byte("two"), why))
	if p.Exists("c") {
		t.Fatal("c is there")
	}
	write(t, dir, map[string]string{"a": "other", "c": "new"})
	must(t, p.Write("a", []byte("three"), why))
	if ops := p.Ops(); ops[0].Before != Hash([]byte("one")) {
		t.Errorf("the plan has seen a twice: %v", ops)
	}
	if err := p.Apply(t.Context(), dir, someRun); !errors.As(err, new(*ChangedError)) {
		t.Errorf("got %v", err)
	}
	if _, err := fs.Stat(disk, "c"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

// TestPrivate: a file that gets a secret is closed to others, and undo opens it again.
func TestPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{"config.js": "was\n"})
	p := New(os.DirFS(dir))
	must(t, p.Write("config.js", []byte("key\n"), why))
	p.Private("config.js")
	must(t, p.Apply(t.Context(), dir, someRun))
	for _, want := range []string{"-rw-r--r-- was\n", "-rw------- key\n", "-rw-r--r-- was\n"} {
		must(t, lastUndone(t, dir).Apply(t.Context(), dir, someRun))
		if got := tree(t, dir)["config.js"]; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
