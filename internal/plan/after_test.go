package plan

import (
	"errors"
	"io/fs"
	"os"
	"path"

	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// shapeOf is a tree: files with their content, folders ending in "/". What this tool
// keeps for itself, and folders that come as a whole, are left out.
func shapeOf(t *testing.T, fsys fs.FS) map[string]string {
	t.Helper()
	found := map[string]string{}
	must(t, fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == StateDir || name == "node_modules":
			return fs.SkipDir
		case entry.IsDir():
			found[name+"/"] = ""
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		found[name] = string(data)
		return err
	}))
	return found
}

// TestAfter: what After shows is what Apply makes, and so for the way back.
func TestAfter(t *testing.T) {
	for _, snapshot := range []bool{false, true} {
		dir := t.TempDir()
		write(t, dir, someFiles)
		must(t, os.MkdirAll(path.Join(dir, "gone", "empty"), 0o755))
		p := somePlan(t, dir)
		if snapshot {
			p.disk = Snapshot(p.disk)
		}
		p.plan(Op{Kind: Delete, Path: "gone/only.txt", Before: Hash([]byte("x\n")), Why: msg.Text{ID: "why.page"}})
		after := p.After()
		want := shapeOf(t, after)
		must(t, fstest.TestFS(after, "app.json", "sub/TUIKit/a/deep.js", "pages/index/index.js", "gone/empty"))
		must(t, p.Apply(t.Context(), dir, someRun))
		if diff := cmp.Diff(want, shapeOf(t, os.DirFS(dir))); diff != "" {
			t.Errorf("After and Apply differ (-After +Apply):\n%s", diff)
		}

		history, err := History(os.DirFS(dir))
		must(t, err)
		back, err := Undo(os.DirFS(dir), history[0], nil)
		must(t, err)
		want = shapeOf(t, back.After())
		must(t, back.Apply(t.Context(), dir, someRun))
		if diff := cmp.Diff(want, shapeOf(t, os.DirFS(dir))); diff != "" {
			t.Errorf("After and Apply of an undo differ (-After +Apply):\n%s", diff)
		}
	}
}

// TestAfterOfNothing: a project root that is not there yet has only what is planned.
func TestAfterOfNothing(t *testing.T) {
	p := New(os.DirFS(path.Join(t.TempDir(), "new")))
	must(t, p.Write("pages/a.js", []byte("a"), why))
	want := map[string]string{"./": "", "pages/": "", "pages/a.js": "a"}
	if diff := cmp.Diff(want, shapeOf(t, p.After())); diff != "" {
		t.Error(diff)
	}
	if _, err := fs.Stat(p.After(), "pages/b.js"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that nobody makes: %v", err)
	}
}
