package project

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func namesBelow(t *testing.T, fsys fs.FS, dir string) []string {
	t.Helper()
	files, err := ListFiles(fsys, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return files.Names()
}

// linked makes a folder on disk: files by name, and links by "name -> target".
func linked(t *testing.T, files []string, links map[string]string) fs.FS {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	dir := t.TempDir()
	for _, name := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return os.DirFS(dir)
}

func TestListFiles(t *testing.T) {
	fsys := fstest.MapFS{
		"m/a.js": {Data: []byte("12345")}, "m/b/c.wxml": {}, "m/b/node_modules/x.js": {}, "m/.git/x.js": {}, "m/.svn/x.js": {},
		"m/.DS_Store": {}, "m/.tuikit/history/x.js": {}, "m/x.js/y.js": {}, "m/空 格/页.js": {}, "m/pipe.js": {Mode: fs.ModeNamedPipe}, "other.js": {},
	}
	files, err := ListFiles(fsys, "m", func(name string) bool { return name == "b" })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a.js", "x.js/y.js", "空 格/页.js"}, files.Names()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{".", "x.js", "空 格"}, files.Folders()); diff != "" {
		t.Error(diff)
	}
	if !files.Has("a.js") || files.Has("x.js") || files.Has("A.js") || !files.HasFolder("x.js") || files.HasFolder("a.js") || files.Size("a.js") != 5 || files.Size("no") != 0 {
		t.Error("a file is taken for what it is not")
	}
	if _, err := ListFiles(fsys, "no", nil); !errors.As(err, new(*FileError)) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestListFilesFollowsLinks(t *testing.T) {
	fsys := linked(t, []string{"shared/a.js", "app.js"}, map[string]string{"pages": "shared", "b.js": "app.js", "nowhere": "no", "itself.js": "itself.js"})
	if diff := cmp.Diff([]string{"app.js", "b.js", "pages/a.js", "shared/a.js"}, namesBelow(t, fsys, ".")); diff != "" {
		t.Error(diff)
	}
}

// TestListFilesEnds: a folder that links to one that holds it has no end, and ten of
// them would have ten thousand paths.
func TestListFilesEnds(t *testing.T) {
	links := map[string]string{}
	for i := range 10 {
		links["a/"+string(rune('a'+i))] = ".."
	}
	fsys := linked(t, []string{"a/x.js"}, links)
	if diff := cmp.Diff([]string{"a/x.js"}, namesBelow(t, fsys, ".")); diff != "" {
		t.Error(diff)
	}
	across := linked(t, []string{"a/x.js", "b/y.js"}, map[string]string{"a/b": "../b", "b/a": "../a"})
	if names := namesBelow(t, across, "."); len(names) > 20 || !slices.Contains(names, "a/b/y.js") {
		t.Errorf("two folders that link to each other: %v", names)
	}
}

func TestSpelledAndDrop(t *testing.T) {
	files, err := ListFiles(fstest.MapFS{"Pages/Me.js": {}, "a.js": {}}, ".", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"pages/me.js": "Pages/Me.js", "Pages/Me.js": "", "no.js": "", "A.JS": "a.js"} {
		if got, ok := files.Spelled(name); ok != (want != "") || ok && got != want {
			t.Errorf("Spelled(%s) = %q, %v", name, got, ok)
		}
	}
	if diff := cmp.Diff([]string{"a.js"}, files.Drop(func(name string) bool { return name == "a.js" })); diff != "" {
		t.Error(diff)
	}
	if _, there := files.Spelled("A.JS"); there || files.Has("a.js") || len(files.Names()) != 1 {
		t.Error("what was dropped is still there")
	}
}

// TestIgnores: each kind of rule of packOptions.
func TestIgnores(t *testing.T) {
	rule := func(kind, value string) PackRule { return PackRule{kind, value} }
	for _, c := range []struct {
		ignore, include []PackRule
		out, in         []string
	}{
		{nil, []PackRule{rule("file", "a.js")}, nil, []string{"a.js"}},
		{[]PackRule{rule("file", "a/b.js")}, nil, []string{"a/b.js", "A/B.js"}, []string{"b.js", "c/a/b.js", "a/b.jsx"}},
		{[]PackRule{rule("file", "/A/b.js")}, nil, []string{"a/b.js"}, nil},
		{[]PackRule{rule("folder", "a/b")}, nil, []string{"a/b/c.js", "a/B/c/d.js"}, []string{"a/bc/d.js", "a/b", "x/a/b/c.js"}},
		{[]PackRule{rule("folder", "/a/")}, nil, []string{"a/b.js"}, []string{"ab/c.js"}},
		{[]PackRule{rule("suffix", ".MD")}, nil, []string{"README.md", "a/b.md"}, []string{"a.md/b.js"}},
		{[]PackRule{rule("prefix", "test-")}, nil, []string{"a/Test-b.js"}, []string{"test-a/b.js"}},
		{[]PackRule{rule("glob", "a/*.js")}, nil, []string{"a/b.js"}, []string{"a/b/c.js", "b.js"}},
		{[]PackRule{rule("glob", "a/**/*.js")}, nil, []string{"a/b.js", "a/b/c.js"}, []string{"b/a/c.js"}},
		{[]PackRule{rule("glob", "/a/*")}, nil, []string{"a/b.js"}, nil},
		{[]PackRule{rule("glob", "!**/*.js")}, nil, []string{"a/b.wxml"}, []string{"a/b.js", "b.js"}},
		{[]PackRule{rule("glob", "#a")}, nil, nil, []string{"#a", "a"}},
		{[]PackRule{rule("glob", "[")}, nil, nil, []string{"[", "a"}},
		{[]PackRule{rule("regexp", `\.map$`)}, nil, []string{"a/b.js.map"}, []string{"a.map/b"}},
		{[]PackRule{rule("regexp", `(`)}, nil, nil, []string{"(", "a"}},
		{[]PackRule{rule("folder", "a")}, []PackRule{rule("suffix", ".js")}, []string{"a/b.wxml"}, []string{"a/b.js"}},
		{[]PackRule{rule("unheard-of", "a"), {}}, nil, nil, []string{"a", "a/b"}},
	} {
		var config Config
		config.PackOptions.Ignore, config.PackOptions.Include = c.ignore, c.include
		ignores := config.Ignores()
		for _, name := range c.out {
			if !ignores(name) {
				t.Errorf("%v include %v: %s is packed", c.ignore, c.include, name)
			}
		}
		for _, name := range c.in {
			if ignores(name) {
				t.Errorf("%v include %v: %s is left out", c.ignore, c.include, name)
			}
		}
	}
}

func TestUnder(t *testing.T) {
	files, err := ListFiles(fstest.MapFS{"a.js": {Data: []byte("1")}, "c/b.js": {}}, ".", nil)
	if err != nil {
		t.Fatal(err)
	}
	moved := files.Under("miniprogram_npm/@s/p")
	if got := strings.Join(moved.Names(), " "); got != "miniprogram_npm/@s/p/a.js miniprogram_npm/@s/p/c/b.js" {
		t.Error(got)
	}
	if moved.Size("miniprogram_npm/@s/p/a.js") != 1 || !moved.HasFolder("miniprogram_npm/@s") || !moved.HasFolder("miniprogram_npm/@s/p/c") || !moved.HasFolder(".") || moved.HasFolder("c") {
		t.Errorf("got %+v", moved)
	}
}
