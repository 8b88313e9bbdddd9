package check

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
)

// FuzzRun: whatever stands in the files, a check ends, says the same twice, and
// every place that it names is one. What it mends can be checked again.
func FuzzRun(f *testing.F) {
	f.Add(`{"pages": ["pages/index/index"]}`, `{"usingComponents": {"c": "/c/c"}}`, `<c/><view wx:if="{{a}}"/>`, `.a { color: red }`, `var a = 1;`, `require('/utils/u')`, `{"setting": {"es6": false}}`, "utils/u.js")
	f.Add("\ufeff{,}", `{"componentPlaceholder": {"c": "d"}}`, `<import src="../../../x"/><wxs module="m">let a</wxs>`, `@import "a"; * {}`, `let a = () => 1`, "import a from './x'\nawait a", `{"miniprogramRoot": "pages", "packOptions": {"ignore": ["a", {"type": "regexp", "value": "("}]}}`, "pages/app.json")
	f.Add(`{"pages": [1, "", "/a"], "subPackages": [1, {"root": "pages", "independent": true, "pages": ["a", null]}], "tabBar": {"list": [{}, {"pagePath": "a", "iconPath": "a.png"}]}, "preloadRule": {"a": {"packages": ["b"]}}}`,
		`{"usingComponents": {"TUIKit": "/TUIKit/index"}, "renderer": "skyline"}`, "<TUIKit\n", "@import url(a.wxss);\n.b{background:url(a.png)}", "require('x.wxs')", "const SECRETKEY = 'abcdefghijkl'; wx.navigateTo({url: '/a/b'}); require('./' + x)",
		`{"compileType": "plugin", "pluginRoot": "pages", "cloudfunctionRoot": "utils", "setting": {"useCompilerPlugins": ["typescript", "less", "sass"], "packNpmManually": true, "packNpmRelationList": [{"packageJsonPath": "../x/package.json", "miniprogramNpmDistDir": "./"}]}}`, "project.private.config.json")
	for _, c := range cases() {
		files := c.project()
		text := func(name string) string {
			if files[name] == nil {
				return ""
			}
			return string(files[name].Data)
		}
		f.Add(text("app.json"), text("pages/index/index.json"), text("pages/index/index.wxml"), text("pages/index/index.wxss"),
			text("pages/index/there.wxs"), text("pages/index/index.js"), text("project.config.json"), "app.ts")
	}
	f.Fuzz(func(t *testing.T, app, page, wxml, wxss, wxs, script, config, odd string) {
		files := lay(kit, two)
		for name, text := range map[string]string{
			"app.json": app, "pages/index/index.json": page, "pages/index/index.wxml": wxml, "pages/index/index.wxss": wxss,
			"pages/index/there.wxs": wxs, "pages/index/index.js": script, "project.config.json": config,
			"package.json": config, "tuikit-lock.json": page, "theme.json": page,
		} {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		if fs.ValidPath(odd) && odd != "." && !clashes(files, odd) {
			files[odd] = &fstest.MapFile{Data: []byte(script)}
		}
		first, again := fuzzed(t, files), fuzzed(t, files)
		if diff := cmp.Diff(said(first.Findings), said(again.Findings)); diff != "" {
			t.Fatalf("two runs differ: %s", diff)
		}
		for _, finding := range first.Findings {
			placed(t, files, finding)
		}
		wordsAreThere(t, first.Findings)
		change := plan.New(files)
		if err := first.Mend(change); err != nil {
			t.Fatalf("mending: %T %v", err, err)
		}
		fuzzed(t, applied(t, files, change))
	})
}

// clashes reports whether a file of that name would be a folder, too.
func clashes(files fstest.MapFS, name string) bool {
	for other := range files {
		if strings.HasPrefix(other, name+"/") || strings.HasPrefix(name, other+"/") {
			return true
		}
	}
	return false
}

func fuzzed(t *testing.T, files fstest.MapFS) *Result {
	t.Helper()
	result, err := Run(files, Options{Release: true})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// placed wants a place to be one: a line and columns that its file has.
func placed(t *testing.T, files fstest.MapFS, f Finding) {
	t.Helper()
	places := []diag.Place{f.Place}
	for _, related := range f.Related {
		places = append(places, related.Place)
	}
	for _, at := range places {
		switch file := files[at.File]; {
		case !fs.ValidPath(at.File):
			t.Fatalf("%s: no path: %q", f.Rule, at.File)
		case at.Line == 0 && at.Column == 0:
		case file == nil:
			t.Fatalf("%s: a line of a file that is not there: %s", f.Rule, at)
		default:
			lines := strings.Split(strings.TrimPrefix(string(file.Data), "\ufeff"), "\n")
			if at.Line < 1 || at.Line > len(lines) || at.Column < 1 || at.EndColumn != 0 && at.EndColumn <= at.Column {
				t.Fatalf("%s: %s to %d, the file has %d lines", f.Rule, at, at.EndColumn, len(lines))
			}
			if width := utf8.RuneCountInString(lines[at.Line-1]); at.Column > width+1 || at.EndColumn > width+1 {
				t.Fatalf("%s: %s to %d, the line has %d characters", f.Rule, at, at.EndColumn, width)
			}
		}
	}
}
