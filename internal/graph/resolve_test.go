package graph

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// build makes the graph of an archive. The last line end is not part of a file.
func build(t *testing.T, archive string) *Graph {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, file := range txtar.Parse([]byte(archive)).Files {
		fsys[file.Name] = &fstest.MapFile{Data: []byte(strings.TrimSuffix(string(file.Data), "\n"))}
	}
	in, err := project.Inspect(fsys)
	if err != nil {
		t.Fatal(err)
	}
	g, err := Build(in, func(string, []byte) bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// files is an archive of empty files.
func files(names string) string {
	var archive strings.Builder
	for name := range strings.FieldsSeq(names) {
		archive.WriteString("-- " + name + " --\n")
	}
	return archive.String()
}

const scripts = `app.js utils.js utils/u.js utils/index.js pages/me/me.js pages/me/x.js pages/me/sub/index.js pages/me/data.json
	pages/me/utils/near.js a.b.js x.js.js
	miniprogram_npm/pkg/index.js miniprogram_npm/pkg/other.js miniprogram_npm/pkg/deep/index.js miniprogram_npm/@s/p/index.js miniprogram_npm/flat.js miniprogram_npm/utils/far.js
	miniprogram_npm/pkg/miniprogram_npm/dep/index.js miniprogram_npm/index.js
	pages/miniprogram_npm/near/index.js s/miniprogram_npm/own/index.js s/pages/a.js s/miniprogram_npm/pkg/index.js`

// TestModule: the loader of the run time, place by place (miniprogram-rules 4).
func TestModule(t *testing.T) {
	for _, c := range []struct{ from, spec, want, looked string }{
		{"pages/me/me.js", "./x", "pages/me/x.js", ""},
		{"pages/me/me.js", "./x.js", "pages/me/x.js", ""},
		{"pages/me/me.js", "x", "pages/me/x.js", ""},
		{"pages/me/me.js", ".//x", "pages/me/x.js", ""},
		{"pages/me/me.js", "/x", "pages/me/x.js", ""},
		{"pages/me/me.js", "../../utils/u", "utils/u.js", ""},
		{"pages/me/me.js", "../../utils", "utils.js", ""},
		{"pages/me/me.js", "./sub", "", "pages/me/sub.js"},
		{"pages/me/me.js", "./sub/", "", "pages/me/sub.js"},
		{"pages/me/me.js", "./data.json", "", "pages/me/data.json.js"},
		{"pages/me/me.js", "/utils/u", "", "pages/me/utils/u.js"},
		{"pages/me/me.js", "utils/near", "pages/me/utils/near.js", ""},
		{"pages/me/me.js", "utils/far", "miniprogram_npm/utils/far.js", ""},
		{"pages/me/me.js", "./X", "", "pages/me/X.js"},
		{"pages/me/me.js", "../../../utils/u", "", ""},
		{"pages/me/me.js", "../../..", "", ""},
		{"pages/me/me.js", "../../a.b", "a.b.js", ""},
		{"pages/me/me.js", "../../x.js", "", "x.js"},
		{"pages/me/me.js", "pkg", "miniprogram_npm/pkg/index.js", ""},
		{"pages/me/me.js", "./pkg", "miniprogram_npm/pkg/index.js", ""},
		{"pages/me/me.js", "pkg/other", "miniprogram_npm/pkg/other.js", ""},
		{"pages/me/me.js", "pkg/deep", "miniprogram_npm/pkg/deep/index.js", ""},
		{"pages/me/me.js", "@s/p", "miniprogram_npm/@s/p/index.js", ""},
		{"pages/me/me.js", "flat", "miniprogram_npm/flat.js", ""},
		{"pages/me/me.js", "near", "pages/miniprogram_npm/near/index.js", ""},
		{"pages/me/me.js", "own", "", "pages/me/own.js"},
		{"pages/me/me.js", "../../pkg", "miniprogram_npm/pkg/index.js", ""},
		{"pages/me/me.js", "../../pkg/other", "miniprogram_npm/pkg/other.js", ""},
		{"app.js", "/utils/u", "utils/u.js", ""},
		{"app.js", "utils/u", "utils/u.js", ""},
		{"app.js", "pkg", "miniprogram_npm/pkg/index.js", ""},
		{"app.js", "../utils/u", "", ""},
		{"app.js", "./", "", ".js"},
		{"s/pages/a.js", "own", "s/miniprogram_npm/own/index.js", ""},
		{"s/pages/a.js", "pkg", "s/miniprogram_npm/pkg/index.js", ""},
		{"s/pages/a.js", "flat", "miniprogram_npm/flat.js", ""},
		{"miniprogram_npm/pkg/index.js", "dep", "miniprogram_npm/pkg/miniprogram_npm/dep/index.js", ""},
		{"miniprogram_npm/pkg/index.js", "./other", "miniprogram_npm/pkg/other.js", ""},
		{"miniprogram_npm/pkg/index.js", "flat", "miniprogram_npm/flat.js", ""},
		{"miniprogram_npm/pkg/index.js", "./deep", "", "miniprogram_npm/pkg/deep.js"},
	} {
		g := build(t, files(scripts))
		got, tried := g.Module(c.spec, c.from)
		if got != c.want {
			t.Errorf("require(%q) in %s finds %q, want %q", c.spec, c.from, got, c.want)
		}
		looked := ""
		if len(tried) > 0 {
			looked = tried[0]
		}
		if looked != c.looked {
			t.Errorf("require(%q) in %s looks first for %q, want %q", c.spec, c.from, looked, c.looked)
		}
	}
}

func TestModuleAliases(t *testing.T) {
	g := build(t, files(scripts)+`-- app.json --
{"resolveAlias": {"/*": "/*", "@/*": "/*", "@/u/*": "utils/*", "~/*": "/../*", "bad": "utils", "n/*": 1, "npm/*": "pkg/*"}}`)
	for spec, want := range map[string]string{
		"/utils/u": "utils/u.js", "@/utils/u": "utils/u.js", "@/u/u": "utils/u.js", "@/pages/me/x.js": "pages/me/x.js",
		"@/pkg": "miniprogram_npm/pkg/index.js", "~/utils/u": "", "@/no": "", "n/u": "", "bad": "", "pkg": "miniprogram_npm/pkg/index.js",
		"npm/other": "miniprogram_npm/pkg/other.js", "./x": "pages/me/x.js",
	} {
		if got, _ := g.Module(spec, "pages/me/me.js"); got != want {
			t.Errorf("require(%q) finds %q, want %q", spec, got, want)
		}
	}
}

func TestModuleTypeScript(t *testing.T) {
	const names = "app.ts a.ts a.js b.ts c.js d.d.ts"
	for _, c := range []struct{ plugins, spec, want string }{
		{`["typescript"]`, "./a", "a.ts"}, {`["typescript"]`, "./b", "b.ts"}, {`["typescript"]`, "./b.js", "b.ts"},
		{`["typescript"]`, "./c", "c.js"}, {`["typescript"]`, "./b.ts", ""},
		{`[]`, "./a", "a.js"}, {`[]`, "./b", ""}, {`[]`, "./c", "c.js"},
	} {
		g := build(t, files(names)+"-- project.config.json --\n{\"setting\": {\"useCompilerPlugins\": "+c.plugins+"}}")
		if got, _ := g.Module(c.spec, "app.js"); got != c.want {
			t.Errorf("%s: require(%q) finds %q, want %q", c.plugins, c.spec, got, c.want)
		}
	}
}

// TestModuleTries: where the loader looks, first to last.
func TestModuleTries(t *testing.T) {
	g := build(t, files("app.js"))
	_, tried := g.Module("pkg/x", "a/b/c.js")
	want := strings.Fields(`a/b/pkg/x.js
		a/b/miniprogram_npm/pkg/x/index.js a/b/miniprogram_npm/pkg/x.js
		a/miniprogram_npm/pkg/x/index.js a/miniprogram_npm/pkg/x.js
		miniprogram_npm/pkg/x/index.js miniprogram_npm/pkg/x.js
		miniprogram_npm/a/b/pkg/x.js`)
	if diff := cmp.Diff(want, tried); diff != "" {
		t.Error(diff)
	}
}

// components are empty .json and .wxml files.
func components(names string) string {
	var all strings.Builder
	for name := range strings.FieldsSeq(names) {
		all.WriteString("-- " + name + ".json --\n{}\n-- " + name + ".wxml --\n<view/>\n")
	}
	return all.String()
}

// TestComponent: as the compiler looks for components (miniprogram-rules 3).
func TestComponent(t *testing.T) {
	const names = `c/c c/index pages/me/own pages/me/box/index sub/x pages/sub/x miniprogram_npm/ui/button/index miniprogram_npm/ui/flat
		pages/miniprogram_npm/near/a miniprogram_npm/weui-miniprogram/cell/cell`
	g := build(t, components(names)+"-- half/a.json --\n{}\n-- half/b.wxml --\n\n-- pages/me/lone/index.wxml --\n")
	for _, c := range []struct {
		value, want string
		external    bool
	}{
		{"/c/c", "c/c", false},
		{"/c", "c/index", false},
		{"/c/", "c/index", false},
		{"/c//c", "c/c", false},
		{"//c/c", "c/c", false},
		{"/C/c", "", false},
		{"/c/c.js", "", false},
		{"/c/c.wxml", "", false},
		{"../../c/c", "c/c", false},
		{"../../c", "c/index", false},
		{"../../../c/c", "", false},
		{"./own", "pages/me/own", false},
		{"own", "pages/me/own", false},
		{"own ", "pages/me/own", false},
		{"box", "pages/me/box/index", false},
		{"./box/", "pages/me/box/index", false},
		{"./lone", "", false},
		{"c/c", "", false},
		{"../sub/x", "pages/sub/x", false},
		{"ui/button", "miniprogram_npm/ui/button/index", false},
		{"ui/button/index", "miniprogram_npm/ui/button/index", false},
		{"./ui/button", "", false},
		{"ui/flat", "miniprogram_npm/ui/flat", false},
		{"near/a", "pages/miniprogram_npm/near/a", false},
		{"/miniprogram_npm/ui/button", "miniprogram_npm/ui/button/index", false},
		{"/half/a", "", false},
		{"/half/b", "", false},
		{"@/c/c", "", false},
		{"plugin://p/c", "", true},
		{"plugin-private://wx1/c", "", true},
		{"dynamicLib://l/c", "", false},
		{"weui-miniprogram/cell/cell", "miniprogram_npm/weui-miniprogram/cell/cell", false},
		{"weui-miniprogram/none/none", "", false},
		{"", "", false},
		{"/", "", false},
		{".", "", false},
		{"..", "", false},
	} {
		got, external, tried := g.Component(c.value, "pages/me/me.json")
		if got != c.want || external != c.external {
			t.Errorf("%q is %q, external %v; want %q, %v", c.value, got, external, c.want, c.external)
		}
		if got != "" && tried != nil {
			t.Errorf("%q is found, and tried %v", c.value, tried)
		}
	}
	if got, _, _ := g.Component("sub/x", "app.json"); got != "sub/x" {
		t.Errorf("sub/x in app.json is %q", got)
	}
	_, _, tried := g.Component("no/x", "a/b.json")
	want := strings.Fields("a/no/x a/no/x/index a/miniprogram_npm/no/x a/miniprogram_npm/no/x/index miniprogram_npm/no/x miniprogram_npm/no/x/index")
	if diff := cmp.Diff(want, tried); diff != "" {
		t.Error(diff)
	}
}

// TestComponentOfExtendedLib: with useExtendedLib weui lies nowhere on disk.
func TestComponentOfExtendedLib(t *testing.T) {
	g := build(t, "-- app.json --\n{\"useExtendedLib\": {\"weui\": \"latest\"}}")
	for value, want := range map[string]bool{
		"weui-miniprogram/cell/cell": true, "/miniprogram_npm/weui-miniprogram/cell/cell": true, "miniprogram_npm/weui-miniprogram/cell/cell": true,
		"weui-miniprogram/": false, "weui/cell": false, "./weui-miniprogram": false,
	} {
		if _, external, _ := g.Component(value, "pages/a.json"); external != want {
			t.Errorf("%s is external: %v", value, external)
		}
	}
}

func TestFile(t *testing.T) {
	g := build(t, files("a.wxml pages/b.wxml pages/c.wxss d.wxss e.less pages/f.wxs g.png x.wxml.wxml")+"-- project.config.json --\n{\"setting\": {\"useCompilerPlugins\": [\"less\"]}}")
	for _, c := range []struct{ spec, ext, want string }{
		{"b", ".wxml", "pages/b.wxml"}, {"./b.wxml", ".wxml", "pages/b.wxml"}, {"/a", ".wxml", "a.wxml"}, {"../a.wxml", ".wxml", "a.wxml"},
		{"../../a", ".wxml", ""}, {"a", ".wxml", ""}, {"B", ".wxml", ""}, {"/x.wxml", ".wxml", ""},
		{"c", ".wxss", "pages/c.wxss"}, {"/d.wxss", ".wxss", "d.wxss"}, {"/e", ".wxss", "e.less"},
		{"f.wxs", "", "pages/f.wxs"}, {"f", "", ""}, {"/g.png", "", "g.png"}, {"", "", ""}, {"..", "", ""},
	} {
		if got, _ := g.File(c.spec, "pages/me.wxml", c.ext); got != c.want {
			t.Errorf("%q%s is %q, want %q", c.spec, c.ext, got, c.want)
		}
	}
}
