package graph

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// reached lists the code files that are used, each with what reached it first.
func reached(g *Graph) []string {
	all := []string{}
	for _, name := range g.In.Files.Names() {
		if node := g.Nodes[name]; node != nil && node.Reached {
			all = append(all, name+" < "+node.Via)
		}
	}
	return all
}

// TestReached: what app.json leads to, and what it does not.
func TestReached(t *testing.T) {
	for _, c := range []struct{ name, files, want string }{
		{"the app", "-- app.json --\n{}\n" + files("app.js app.wxss app.wxml old.js"), "app.js < app.json, app.wxss < app.json"},
		{"pages, of which each file is optional", `
-- app.json --
{"pages": ["a", "b/b", "no"], "subpackages": [{"root": "s/", "pages": ["c"]}]}
` + files("a.js a.wxml b/b.wxml b/b.wxss s/c.js c.js"), "a.js < app.json, a.wxml < app.json, b/b.wxml < app.json, b/b.wxss < app.json, s/c.js < app.json"},
		{"components, and theirs", `
-- app.json --
{"pages": ["a"], "usingComponents": {"g": "c/g"}}
-- a.json --
{"usingComponents": {"x": "./c/x"}}
-- c/x.json --
{"componentGenerics": {"item": {"default": "./y"}, "other": true}, "usingComponents": {"x": "./x"}}
-- c/y.json --
{}
-- c/g.json --
{}
` + files("a.js c/x.js c/x.wxml c/y.js c/y.wxml c/g.wxml c/z.js"),
			"a.js < app.json, c/g.wxml < app.json, c/x.js < a.json, c/x.wxml < a.json, c/y.js < c/x.json, c/y.wxml < c/x.json"},
		{"what a bundled npm package asks for", `
-- app.json --
{}
-- app.js --
require('axios')
-- miniprogram_npm/axios/index.js --
(function () { var d = [function (require) { require('follow') }] })()
//miniprogram-npm-outsideDeps=["follow","https"]
` + files("miniprogram_npm/follow/index.js miniprogram_npm/other/index.js"),
			"app.js < app.json, miniprogram_npm/axios/index.js < app.js, miniprogram_npm/follow/index.js < miniprogram_npm/axios/index.js"},
		{"scripts", `
-- app.json --
{}
-- app.js --
import './a'
require('./b')
require.async('./c')
require('./d', () => {})
function f() { require('./e') }
export * from './f'
require('./none')
-- a.js --
require('npm')
-- miniprogram_npm/npm/index.js --
require('./inner')
` + files("b.js c.js d.js e.js f.js old.js miniprogram_npm/npm/inner.js"),
			"a.js < app.js, app.js < app.json, b.js < app.js, c.js < app.js, d.js < app.js, e.js < app.js, f.js < app.js, miniprogram_npm/npm/index.js < a.js, miniprogram_npm/npm/inner.js < miniprogram_npm/npm/index.js"},
		{"scripts whose names are made", `
-- app.json --
{}
-- app.js --
require('./lang/' + lang)
require('./theme-' + theme)
require(` + "`./mode/${mode}.js`" + `)
` + files("lang/en.js lang/more/zh.js language.js theme-a.js theme.js mode/m.js"),
			"app.js < app.json, lang/en.js < app.js, lang/more/zh.js < app.js, mode/m.js < app.js, theme-a.js < app.js"},
		{"dead code", `
-- app.json --
{}
-- app.js --
if (false) require('./a')
// require('./b')
` + files("a.js b.js"), "app.js < app.json"},
		{"types", `
-- project.config.json --
{"setting": {"useCompilerPlugins": ["typescript"]}}
-- app.json --
{}
-- app.ts --
import type { A } from './a'
import { B } from './b'
import { c } from './c'
import './d'
export const x: B = c
` + files("a.ts b.ts c.ts d.ts e.d.ts"), "app.ts < app.json, c.ts < app.ts, d.ts < app.ts"},
		{"templates", `
-- app.json --
{"pages": ["a"]}
-- a.wxml --
<import src="t/t"/>
<include src="/t/u.wxml"/>
<wxs src="w.wxs" module="w"/>
<wxs module="x">var y = require("./x.wxs");</wxs>
<include src="{{v}}"/>
<image src="/p.png"/>
-- w.wxs --
var z = require("./z.wxs");
-- t/t.wxml --
<import src="v"/>
` + files("t/u.wxml t/v.wxml x.wxs z.wxs v.wxml p.png"),
			"a.wxml < app.json, t/t.wxml < a.wxml, t/u.wxml < a.wxml, t/v.wxml < t/t.wxml, w.wxs < a.wxml, x.wxs < a.wxml, z.wxs < w.wxs"},
		{"styles", `
-- app.json --
{"pages": ["a"]}
-- app.wxss --
@import "s/s";
-- a.wxss --
@import "./s/t.wxss";
@import url("https://example.org/x.wxss");
-- s/s.wxss --
@import "/s/u";
` + files("a.js s/t.wxss s/u.wxss s/v.wxss"),
			"a.js < app.json, a.wxss < app.json, app.wxss < app.json, s/s.wxss < app.wxss, s/t.wxss < a.wxss, s/u.wxss < s/s.wxss"},
		{"styles that are compiled", `
-- project.config.json --
{"setting": {"useCompilerPlugins": ["less"]}}
-- app.json --
{}
` + files("app.less app.wxss app.scss"), "app.less < app.json"},
		{"entries", `
-- app.json --
{"plugins": {"p": {"export": "ex.js"}}, "subPackages": [{"root": "i", "independent": true, "entry": "main", "plugins": {"q": {"export": "q"}}}]}
` + files("app.js ex.js i/main.js i/q.js q.js"), "app.js < app.json, ex.js < app.json, i/main.js < app.json, i/q.js < app.json"},
		{"the own tab bar", `
-- app.json --
{"tabBar": {"custom": true, "list": []}}
` + files("custom-tab-bar/index.js custom-tab-bar/index.wxml"), "custom-tab-bar/index.js < app.json, custom-tab-bar/index.wxml < app.json"},
		{"no own tab bar", `
-- app.json --
{"tabBar": {"list": []}}
` + files("custom-tab-bar/index.js"), ""},
		{"in circles", `
-- app.json --
{"pages": ["a"]}
-- a.json --
{"usingComponents": {"a": "./a", "b": "./b"}}
-- b.json --
{"usingComponents": {"a": "./a", "b": "./b"}}
-- a.js --
require('./b')
-- b.js --
require('./a')
-- a.wxml --
<import src="a"/>
-- a.wxss --
@import "a";
` + files("b.wxml"), "a.js < app.json, a.wxml < app.json, a.wxss < app.json, b.js < a.js, b.wxml < a.json"},
		{"what packOptions leaves out", `
-- project.config.json --
{"packOptions": {"ignore": [{"type": "file", "value": "b.js"}]}}
-- app.json --
{}
-- app.js --
require('./b')
` + files("b.js"), "app.js < app.json"},
		{"a root of its own", `
-- project.config.json --
{"miniprogramRoot": "m"}
-- m/app.json --
{"pages": ["a"]}
` + files("m/app.js m/a.js a.js"), "a.js < app.json, app.js < app.json"},
		{"nothing", "", ""},
	} {
		want := []string{}
		if c.want != "" {
			want = strings.Split(c.want, ", ")
		}
		if diff := cmp.Diff(want, reached(build(t, c.files))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestUnits(t *testing.T) {
	g := build(t, `
-- app.json --
{"pages": ["a"], "usingComponents": {"g": "c", "h ": "none"}, "subPackages": [{"root": "i", "independent": true, "pages": ["a"]}]}
-- a.json --
{"usingComponents": {"own": "plugin://p/x"}, "componentGenerics": {"item": true}}
-- i/a.json --
{"usingComponents": {"c": "../c"}}
-- c.json --
{}
-- c.wxml --
<view/>
-- miniprogram_npm/ui/b.json --
{}
`)
	var said []string
	for _, u := range g.Units {
		said = append(said, fmt.Sprintf("%s page=%v package=%d via=%s tags=%s", u.Path, u.Page, u.Package, u.Via, strings.Join(sorted(u.Tags), " ")))
	}
	want := []string{
		"app page=false package=0 via= tags=g h",
		"c page=false package=0 via=app.json tags=g h",
		"a page=true package=0 via=app.json tags=g h item own",
		"i/a page=true package=1 via=app.json tags=c",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	if g.Unit("a").Using[0].External != true || g.Unit("none") != nil {
		t.Error("units")
	}
}

func TestURLs(t *testing.T) {
	g := build(t, `
-- app.json --
{"pages": ["a"]}
-- a.wxml --
<navigator url="/b"/><navigator url="/b" open-type="redirect"/><navigator url="/b" openType="switchTab"/><navigator url="/b" target="self" open-type="reLaunch"/><navigator url="/b" target="miniProgram"/><navigator url="{{b}}"/><navigator url="/b?x={{b}}"/>
-- a.js --
wx.navigateTo({ url: '/b?x=1' })
wx.reLaunch({ url: '/c/' + name })
`)
	var said []string
	for _, name := range []string{"a.js", "a.wxml"} {
		for _, ref := range g.Nodes[name].Refs {
			said = append(said, fmt.Sprintf("%s %s %s %v", ref.Use, ref.Name, ref.Spec, ref.Partial))
		}
	}
	want := []string{
		"url navigateTo /b?x=1 false", "url reLaunch /c/ true",
		"url navigateTo /b false", "url redirectTo /b false", "url switchTab /b false", "url reLaunch /b false",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
}

func TestSyntaxIsOrdered(t *testing.T) {
	g := build(t, "-- b.js --\na b\n-- a.js --\nx y\nc d\n-- old.js --\n(\n-- ok.js --\n1\n-- skipped.ts --\na b\n")
	var names []string
	for _, fault := range g.Syntax {
		names = append(names, fault.Name)
	}
	if diff := cmp.Diff([]string{"a.js", "b.js", "old.js"}, names); diff != "" {
		t.Error(diff)
	}
}

type failing struct{ fstest.MapFS }

func (f failing) ReadFile(name string) ([]byte, error) {
	if name == "m/a.js" {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.ReadFile(name)
}

func TestBuildNamesWhatItCannotRead(t *testing.T) {
	in, err := project.Inspect(failing{fstest.MapFS{"project.config.json": {Data: []byte(`{"miniprogramRoot": "m"}`)}, "m/app.json": {Data: []byte("{}")}, "m/a.js": {}, "m/b.js": {}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Build(in, func(string, []byte) bool { return false })
	var file *project.FileError
	if !errors.As(err, &file) || file.Path != "m/a.js" || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("%v", err)
	}
}

func TestRemote(t *testing.T) {
	for spec, want := range map[string]bool{
		"https://a/b.png": true, "//a/b.png": true, "data:image/png;base64,AA": true, "cloud://a.b/c.png": true, "wxfile://a": true, "": true, "#id": true,
		"a.png": false, "/a.png": false, "./a:b.png": false, "a/b:c.png": false, "../a.png": false,
	} {
		if got := remote(spec); got != want {
			t.Errorf("remote(%q) is %v", spec, got)
		}
	}
}

// TestSamePrefix: many scripts that ask for what begins alike do not each name all of
// it.
func TestSamePrefix(t *testing.T) {
	text := "-- app.json --\n{\"pages\": []}\n-- app.js --\nrequire('./lang/' + name); require('./lang-' + name)\n-- lang-x.js --\n-- language.js --\n"
	for i := range 50 {
		text += fmt.Sprintf("-- lang/l%d.js --\nrequire('./' + name)\n", i)
	}
	g := build(t, text)
	if got := len(reached(g)); got != 52 {
		t.Errorf("%d scripts are reached, want 52: %v", got, reached(g))
	}
	refs := 0
	for _, node := range g.Nodes {
		refs += len(node.Refs)
	}
	if refs > 52+52 {
		t.Errorf("%d references", refs)
	}
}

// goneMeanwhile is a tree from which a file goes once it has been listed.
type goneMeanwhile struct{ fstest.MapFS }

func (g goneMeanwhile) ReadFile(name string) ([]byte, error) {
	if name == "a.js" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return g.MapFS.ReadFile(name)
}

func TestGoneMeanwhile(t *testing.T) {
	in, err := project.Inspect(goneMeanwhile{fstest.MapFS{"app.json": {Data: []byte("{}")}, "a.js": {}}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = Build(in, func(string, []byte) bool { return false })
	var file *project.FileError
	if !errors.As(err, &file) || file.Path != "a.js" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%T %v", err, err)
	}
}
