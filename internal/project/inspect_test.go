package project

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

func tree(archive string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, file := range txtar.Parse([]byte(archive)).Files {
		fsys[file.Name] = &fstest.MapFile{Data: []byte(strings.TrimSuffix(string(file.Data), "\n"))}
	}
	return fsys
}

func mustInspect(t *testing.T, fsys fstest.MapFS) *Inspection {
	t.Helper()
	in, err := Inspect(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func TestInspectRoot(t *testing.T) {
	const app = "\n-- m/app.json --\n{\"pages\": [\"a\"]}\n-- p/app.json --\n{\"pages\": [\"b\"]}\n"
	for config, want := range map[string]string{
		`{}`:                             ".",
		`{"miniprogramRoot": ""}`:        ".",
		`{"miniprogramRoot": "./"}`:      ".",
		`{"miniprogramRoot": "m"}`:       "m",
		`{"miniprogramRoot": "m/"}`:      "m",
		`{"miniprogramRoot": "./m/"}`:    "m",
		`{"miniprogramRoot": "/m"}`:      "m",
		`{"miniprogramRoot": "../m"}`:    "m",
		`{"miniprogramRoot": "x/../m"}`:  "m",
		`{"miniprogramRoot": "m\\"}`:     "m",
		`{"miniprogramRoot": 1}`:         ".",
		`{"miniprogramRoot": "nowhere"}`: "nowhere",
		`{,}`:                            ".",
	} {
		in := mustInspect(t, tree("-- project.config.json --\n"+config+app))
		if in.Project.Root != want {
			t.Errorf("%s: %s, want %s", config, in.Project.Root, want)
		}
		if in.Project.HasApp != (want == "m") {
			t.Errorf("%s: HasApp is %v", config, in.Project.HasApp)
		}
	}
	for private, want := range map[string]string{
		`{"miniprogramRoot": "p"}`: "p", `{"miniprogramRoot": "nowhere"}`: "m", `{"miniprogramRoot": 1}`: "m", `{}`: "m", `{,}`: "m",
	} {
		in := mustInspect(t, tree("-- project.config.json --\n{\"miniprogramRoot\": \"m\"}\n-- project.private.config.json --\n"+private+app))
		if in.Project.Root != want || in.Private == nil {
			t.Errorf("private %s: %s, want %s", private, in.Project.Root, want)
		}
	}
	in := mustInspect(t, tree("-- project.private.config.json --\n{\"miniprogramRoot\": \"p\"}"+app))
	if in.Project.Root != "." {
		t.Errorf("a private config alone counts: %s", in.Project.Root)
	}
}

func TestInspectPackages(t *testing.T) {
	for _, c := range []struct {
		app  string
		key  string
		want []Package
	}{
		{`{"pages": ["a"], "subPackages": [{"root": "/s/", "name": "n", "pages": ["b"], "independent": true}]}`, "subPackages", []Package{{"", "", []PagePath{"a"}, false}, {"s", "n", []PagePath{"b"}, true}}},
		{`{"subpackages": [{"root": "s"}], "subPackages": [{"root": "t"}]}`, "subpackages", []Package{{}, {Root: "s"}}},
		{`{"pages": ["/a", 1], "subPackages": [1, {"root": 1, "pages": {}}]}`, "subPackages", []Package{{Pages: []PagePath{"/a", ""}}, {}, {}}},
		{`{"subPackages": {"root": "s"}}`, "subPackages", []Package{{}}},
		{`[]`, "", []Package{{}}},
		{`{,}`, "", []Package{{}}},
	} {
		in := mustInspect(t, tree("-- app.json --\n"+c.app))
		if diff := cmp.Diff(c.want, in.Project.Packages()); diff != "" || in.Project.SubpackagesKey != c.key || !in.Project.HasApp {
			t.Errorf("%s: key %q\n%s", c.app, in.Project.SubpackagesKey, diff)
		}
	}
}

func TestPackageIndex(t *testing.T) {
	p := mustInspect(t, tree(`-- app.json --
{"pages": [], "subPackages": [{"root": "pages/user/"}, {"root": ""}, {"root": "s"}, {"root": "s"}, {"root": "s/in"}, {"root": "pages"}]}`)).Project
	for file, want := range map[string]int{
		"pages/user/a.js": 1, "pages/usercenter/a.js": 6, "pages/user": 6, "s/a/b.js": 3, "s/in/a.js": 3, "app.js": 0, "/app.js": 0, "s": 0,
	} {
		if got := p.PackageIndex(file); got != want {
			t.Errorf("%s is in package %d, want %d", file, got, want)
		}
	}
	for i, pkg := range p.Packages() {
		if diff := cmp.Diff(pkg, p.Package(i)); diff != "" {
			t.Errorf("package %d: %s", i, diff)
		}
	}
}

// TestInspectLeavesOut: what lies in the miniprogram root and is not the mini
// program's.
func TestInspectLeavesOut(t *testing.T) {
	in := mustInspect(t, tree(`
-- project.config.json --
{"miniprogramRoot": "m", "pluginRoot": "m/plugin/", "cloudfunctionRoot": "./m/cloud", "packOptions": {"ignore": [{"type": "folder", "value": "docs"}]}}
-- m/app.json --
{"pages": []}
-- m/plugin/plugin.json --
{}
-- m/cloud/f/index.js --
a b
-- m/cloudy/a.js --
1
-- m/docs/a.md --
text
-- m/docs/a.js --
1
-- other/a.js --
1`))
	if diff := cmp.Diff([]string{"app.json", "cloudy/a.js"}, in.Files.Names()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"docs/a.js", "docs/a.md"}, in.Ignored); diff != "" {
		t.Error(diff)
	}
}

func TestInspectLock(t *testing.T) {
	for lock, want := range map[string]func(error) bool{
		`{"version": 1}`:  func(err error) bool { return err == nil },
		`{`:               func(err error) bool { return errors.As(err, new(*FileError)) },
		`{"version": 99}`: func(err error) bool { return errors.Is(err, ErrLockVersion) },
	} {
		if in := mustInspect(t, tree("-- app.json --\n{}\n-- tuikit-lock.json --\n"+lock)); !want(in.LockErr) {
			t.Errorf("%s: %v", lock, in.LockErr)
		}
	}
}

func TestSourceAndCompiled(t *testing.T) {
	files := `
-- a.js --
-- a.ts --
-- b.ts --
-- c.wxss --
-- c.less --
-- d.scss --
-- e.sass --
`
	for _, c := range []struct{ plugins, name, source string }{
		{`[]`, "a.js", "a.js"}, {`[]`, "b.js", ""}, {`[]`, "d.wxss", ""}, {`false`, "b.js", ""},
		{`["typescript"]`, "a.js", "a.ts"}, {`["typescript"]`, "b.js", "b.ts"}, {`["typescript"]`, "d.wxss", ""},
		{`["less", "sass"]`, "c.wxss", "c.less"}, {`["less", "sass"]`, "d.wxss", "d.scss"}, {`["less", "sass"]`, "e.wxss", "e.sass"}, {`["less", "sass"]`, "b.js", ""},
	} {
		in := mustInspect(t, tree("-- project.config.json --\n{\"setting\": {\"useCompilerPlugins\": "+c.plugins+"}}"+files))
		source, there := in.Source(c.name)
		if there != (c.source != "") || there && source != c.source {
			t.Errorf("%s: %s comes from %q, %v", c.plugins, c.name, source, there)
		}
		if there && in.Compiled(source) != c.name {
			t.Errorf("%s: %s becomes %s", c.plugins, source, in.Compiled(source))
		}
	}
	in := mustInspect(t, tree("-- project.config.json --\n{\"setting\": {\"es6\": true, \"x\": 1}}"))
	if value, set := in.Setting("es6"); !value || !set {
		t.Error("es6 is on")
	}
	if _, set := in.Setting("x"); set {
		t.Error("a number is a flag")
	}
}
