package bundle

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func modules(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		full := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const umd = "(function (root, make) { typeof exports === 'object' ? module.exports = make() : root.sdk = make(); })(this, function () { return { isUMD: !0 }; });\n"

func used(modules ...string) []Use {
	var uses []Use
	for _, module := range modules {
		uses = append(uses, Use{Module: module})
	}
	return uses
}

func TestBuild(t *testing.T) {
	dir := modules(t, map[string]string{
		"@s/sdk/package.json":               `{"name": "@s/sdk", "version": "1.0.0", "main": "dist/sdk.js"}`,
		"@s/sdk/dist/sdk.js":                umd,
		"@s/sdk/unused.js":                  "boom(",
		"core/package.json":                 `{"name": "core", "main": "./index.js"}`,
		"core/index.js":                     "import basic from 'lite/basic';\nimport { half } from './half';\nexport default { basic, half };\nexport const named = 1;\n",
		"core/half.js":                      "export const half = 0.5;\n",
		"lite/package.json":                 `{"name": "lite", "main": "standard.js", "exports": {".": "./standard.js", "./basic": "./basic.js"}}`,
		"lite/basic.js":                     "module.exports = 'basic';\n",
		"lite/standard.js":                  "module.exports = 'standard';\n",
		"pinned/package.json":               `{"name": "pinned"}`,
		"pinned/index.js":                   "module.exports = require('lite/basic');\n",
		"pinned/node_modules/lite/basic.js": "module.exports = 'nested';\n",
	})
	got, err := Build(dir, used("core", "@s/sdk", "pinned"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"miniprogram_npm/@s/sdk/index.js", "miniprogram_npm/core/index.js", "miniprogram_npm/lite/basic.js", "miniprogram_npm/lite@1/basic.js", "miniprogram_npm/pinned/index.js"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got.Files))); diff != "" {
		t.Fatal(diff)
	}
	if string(got.Files["miniprogram_npm/@s/sdk/index.js"]) != umd {
		t.Error("a CommonJS file that is complete is not taken as it is")
	}
	if core := string(got.Files["miniprogram_npm/core/index.js"]); !strings.Contains(core, `require("lite/basic")`) || strings.Contains(core, "export ") {
		t.Errorf("core: %s", core)
	}
	if pinned := string(got.Files["miniprogram_npm/pinned/index.js"]); !strings.Contains(pinned, "lite@1/basic") {
		t.Errorf("the nested copy is not used: %s", pinned)
	}
	if diff := cmp.Diff([]string{"@s/sdk", "core", "lite/basic", "pinned"}, got.Modules); diff != "" {
		t.Error(diff)
	}
	again, err := Build(dir, used("pinned", "@s/sdk", "core"), Options{})
	if err != nil || !cmp.Equal(got, again) {
		t.Error("the output depends on more than the input")
	}
}

func TestPlacement(t *testing.T) {
	dir := modules(t, map[string]string{
		"a/index.js":      "module.exports = require('b/x');\n",
		"b/x.js":          "module.exports = 'x';\n",
		"b/y.js":          "module.exports = 'y';\n",
		"sub/index.js":    "module.exports = require('old');\n",
		"old/index.js":    "module.exports = 'old';\n",
		"new/index.js":    "module.exports = 'new';\n",
		"single/index.js": "module.exports = 1;\n",
	})
	got, err := Build(dir, []Use{
		{"a", "one"}, {"b/y", "two"}, {"sub", "one"}, {"single", "own"}, {"single", "two"}, {"a", "own"},
	}, Options{Independent: []string{"own"}, Aliases: []Alias{{In: "sub", Module: "old", Target: "new"}}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"miniprogram_npm/b/x.js", "miniprogram_npm/b/y.js",
		"one/miniprogram_npm/a/index.js", "one/miniprogram_npm/new/index.js", "one/miniprogram_npm/sub/index.js",
		"own/miniprogram_npm/a/index.js", "own/miniprogram_npm/b/x.js", "own/miniprogram_npm/single/index.js",
		"two/miniprogram_npm/single/index.js",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got.Files))); diff != "" {
		t.Error(diff)
	}
}

func TestBuildErrors(t *testing.T) {
	dir := modules(t, map[string]string{
		"bad/index.js":    "let a; let a;",
		"lonely/index.js": "require('absent')",
	})
	for _, module := range []string{"absent", "bad", "lonely"} {
		_, err := Build(dir, used(module), Options{})
		if e := (*Error)(nil); !errors.As(err, &e) || !strings.Contains(e.Module, module) {
			t.Errorf("%s: got %v", module, err)
		}
	}
}

func TestCodeOf(t *testing.T) {
	for manifest, want := range map[string][2]string{
		"":                        {"miniprogram_dist", ""},
		`{"main": "lib/a.js"}`:    {"miniprogram_dist", "lib/a.js"},
		`{"miniprogram": "dist"}`: {"dist", ""},
		`{"miniprogram": "../../x/", "main": "a"}`:      {"x", "a"},
		`{"miniprogram": true, "main": "a"}`:            {"miniprogram_dist", "a"},
		"\ufeff" + `{"miniprogram": "./", "main": "a"}`: {"", "a"},
	} {
		if code, main := CodeOf([]byte(manifest)); code != want[0] || main != want[1] {
			t.Errorf("%s: %q, %q", manifest, code, main)
		}
	}
}

func TestName(t *testing.T) {
	for module, want := range map[string]string{"a": "a", "a/b": "a", "@s/a": "@s/a", "@s/a/b/c": "@s/a"} {
		if got := Name(module); got != want {
			t.Errorf("Name(%s) = %s", module, got)
		}
	}
	for module, want := range map[string]string{"a": "a/index.js", "a/b": "a/b.js", "@s/a": "@s/a/index.js", "a/b.js": "a/b.js"} {
		if got := File(module); got != want {
			t.Errorf("File(%s) = %s", module, got)
		}
	}
}

func TestBuildShrinksWhatIsWrittenForPeople(t *testing.T) {
	plain := "/** Adds one. */\nexports.add = function (number) {\n    // to a number\n    return number + 1;\n};\n"
	minified := "module.exports={a:'" + strings.Repeat("x", 8<<10) + "'};\n"
	dir := modules(t, map[string]string{
		"plain/index.js":    strings.Repeat(plain, 100),
		"minified/index.js": minified,
		"small/index.js":    plain,
	})
	got, err := Build(dir, used("plain", "minified", "small"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if size := len(got.Files["miniprogram_npm/plain/index.js"]); size == 0 || size > 100*len(plain)/2 {
		t.Errorf("plain: %d bytes of %d", size, 100*len(plain))
	}
	if got := string(got.Files["miniprogram_npm/minified/index.js"]); got != minified {
		t.Error("a minified script is not taken as it is")
	}
	if got := string(got.Files["miniprogram_npm/small/index.js"]); got != plain {
		t.Error("a small script is not taken as it is")
	}
}

func TestBuildLeavesOutWhatIsNotForBrowsers(t *testing.T) {
	dir := modules(t, map[string]string{
		"a/package.json": `{"name": "a", "browser": {"./node.js": false, "./lib/fs.js": false, "./lib/net.js": "./lib/none.js"}}`,
		"a/index.js":     "exports.node = require('./node');\nexports.lib = require('./lib/use');\n",
		"a/node.js":      "throw 'not here';\n",
		"a/lib/use.js":   "exports.fs = require('./fs');\nexports.net = require('./net.js');\n",
		"a/lib/fs.js":    "throw 'not here';\n",
		"a/lib/net.js":   "throw 'not here';\n",
		"a/lib/none.js":  "exports.none = true;\n",
	})
	got, err := Build(dir, used("a"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range got.Files {
		if text := string(content); strings.Contains(text, "not here") || strings.Contains(text, `require("./`) || !strings.Contains(text, "none") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// TestBuildStaysInItsFolders: neither the version that an npm package gives itself nor
// the path by which one asks for another leads out of miniprogram_npm.
func TestBuildStaysInItsFolders(t *testing.T) {
	files := map[string]string{
		"../secret.js":                  "module.exports = 'not an npm package';\n",
		"a/package.json":                `{"name": "a", "version": "1.0.0"}`,
		"a/index.js":                    "module.exports = [require('b'), require('b/./x/../deep')];\n",
		"a/node_modules/b/package.json": `{"name": "b", "version": "x/../../../../app"}`,
		"a/node_modules/b/index.js":     "module.exports = 1;\n",
		"a/node_modules/b/deep.js":      "module.exports = 2;\n",
		"b/package.json":                `{"name": "b", "version": "2.0.0"}`,
		"b/index.js":                    "module.exports = 3;\n",
	}
	got, err := Build(modules(t, files), used("a", "b"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"miniprogram_npm/a/index.js", "miniprogram_npm/b/index.js", "miniprogram_npm/b@1/deep.js", "miniprogram_npm/b@1/index.js"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got.Files))); diff != "" {
		t.Errorf("files (-want +got)\n%s", diff)
	}
	files["a/index.js"] = "module.exports = require('b/../../../../secret');\n"
	if got, err = Build(modules(t, files), used("a"), Options{}); err == nil {
		t.Errorf("made %v", slices.Sorted(maps.Keys(got.Files)))
	}
}

func TestBuildKeepsInTheMainPackage(t *testing.T) {
	dir := modules(t, map[string]string{
		"a/index.js": "module.exports = require('b');\n",
		"b/index.js": "module.exports = 1;\n",
		"c/index.js": "module.exports = require('b');\n",
	})
	got, err := Build(dir, []Use{{"a", "one"}, {"c", "own"}}, Options{Independent: []string{"own"}, Main: []string{"a", "c"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"miniprogram_npm/a/index.js", "miniprogram_npm/b/index.js", "own/miniprogram_npm/b/index.js", "own/miniprogram_npm/c/index.js"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(got.Files))); diff != "" {
		t.Error(diff)
	}
}
