package graph

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestImports(t *testing.T) {
	got, err := Imports(map[string][]byte{
		"a/index.js": []byte("import x, { y } from '@s/p';\nconst z = require('./z');\nrequire('./z');\nif (x) require('q/sub');\n"),
		"b.ts":       []byte("import type { T } from 'types';\nimport v from '../v';\nexport const t = (x as T) ?? v;\n"),
		"c.js":       []byte("App({ onLaunch: async () => { await import('lazy') } })"),
		"d.js":       []byte("// require('no')\nvar s = \"import a from 'no'\";"),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Import{
		{"a/index.js", "./z"}, {"a/index.js", "@s/p"}, {"a/index.js", "q/sub"},
		{"b.ts", "../v"}, {"c.js", "lazy"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got[0].Bare() || !got[1].Bare() {
		t.Error("Bare takes a path for an npm package, or the other way round")
	}
}

func TestImportsOfNothing(t *testing.T) {
	if got, err := Imports(nil); got != nil || err != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestScriptError(t *testing.T) {
	_, err := Imports(map[string][]byte{"ok.js": []byte("1"), "dir/bad.js": []byte("let a\nlet a")})
	var script *ScriptError
	if !errors.As(err, &script) || script.Path != "dir/bad.js" || script.Line != 2 || script.Column != 5 {
		t.Errorf("got %v", err)
	}
}

func TestIsModule(t *testing.T) {
	for script, want := range map[string]bool{
		"App({})":                         false,
		"const a = require('./a'); App()": false,
		"import './a'":                    true,
		"App({}); export {}":              true,
		"// import './a'":                 false,
		"module.exports = 1":              false,
		"":                                false,
	} {
		got, err := IsModule("app.js", []byte(script))
		if err != nil || got != want {
			t.Errorf("%q: got %v, %v", script, got, err)
		}
	}
	if _, err := IsModule("app.js", []byte("App({")); err == nil {
		t.Error("half a script parses")
	}
	if _, err := IsModule("app.ts", []byte("App<T>({} as any)")); err != nil {
		t.Error(err)
	}
}

func FuzzIsModule(f *testing.F) {
	f.Add("import a from 'b'")
	f.Add("App({})")
	f.Fuzz(func(t *testing.T, script string) {
		_, err := IsModule("app.js", []byte(script))
		if e := (*ScriptError)(nil); err != nil && (!errors.As(err, &e) || strings.TrimSpace(e.Message) == "") {
			t.Errorf("%q: %v", script, err)
		}
	})
}
