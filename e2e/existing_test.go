//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// existing is somebody's small project: sources under miniprogram/, app.json with CRLF and
// the lower-case spelling of subpackages, an app without globalData and without semicolons.
var existing = map[string]string{
	"README.md":    "# Shop\n",
	"package.json": "{\n    \"name\": \"shop\",\n    \"version\": \"3.1.0\",\n    \"private\": true\n}\n",
	"project.config.json": `{
	"description": "shop",
	"miniprogramRoot": "miniprogram/",
	"compileType": "miniprogram",
	"appid": "wx0000000000000000",
	"setting": {"es6": true, "enhance": true, "minified": true, "minifyWXML": true, "minifyWXSS": true, "ignoreUploadUnusedFiles": true}
}
`,
	"miniprogram/app.json": strings.ReplaceAll(`{
    "pages": [
        "pages/home/home",
        "pages/cart/cart"
    ],
    "subpackages": [
        {
            "root": "packages/orders/",
            "pages": ["list/list"]
        }
    ],
    "window": {"navigationBarTitleText": "Shop"},
    "x-unknown": {"kept": [1, 2]}
}`, "\n", "\r\n"),
	"miniprogram/app.js":                         "'use strict'\nconst prices = require('./utils/prices')\n\nprices.load()\nApp({})\n",
	"miniprogram/app.wxss":                       "page{color:#333}",
	"miniprogram/utils/prices.js":                "module.exports = { load() {} }\n",
	"miniprogram/pages/home/home.js":             "Page({ data: { title: 'Shop' } })\n",
	"miniprogram/pages/home/home.wxml":           "<view>{{title}}</view>\n",
	"miniprogram/pages/home/home.json":           "{}",
	"miniprogram/pages/cart/cart.js":             "Page({})\n",
	"miniprogram/pages/cart/cart.wxml":           "<view/>\n",
	"miniprogram/packages/orders/list/list.js":   "Page({})\n",
	"miniprogram/packages/orders/list/list.wxml": "<view/>\n",
}

// patched are the files of somebody's project that the program may add to.
var patched = []string{"package.json", "project.config.json", "miniprogram/app.json", "miniprogram/app.js"}

// TestExisting adds the UIKit to a project that is not ours: it works, and what was there
// is still there.
func TestExisting(t *testing.T) {
	for _, release := range releases {
		t.Run(release.version, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(work, "existing", release.version)
			writeFiles(t, dir, existing)
			before := tree(t, dir)
			r := recipe{version: release.version, generation: release.generation, way: "add-subpackage"}
			args := []string{"add-subpackage", subpackage, "-C", dir, "--yes", "--uikit", r.version}
			if _, err := tuikit(r, append(args, r.credentials()...)...); err != nil {
				t.Fatal(err)
			}
			t.Run("kept", func(t *testing.T) { requireKept(t, dir, before, tree(t, dir)) })
			t.Run("judges", func(t *testing.T) { judgeExisting(t, r, dir) })
			t.Run("undo", func(t *testing.T) { requireUndone(t, r, dir, before) })
		})
	}
}

func judgeExisting(t *testing.T, r recipe, dir string) {
	out := filepath.Join(work, "compiled", "existing-"+r.version)
	s := r.boots(filepath.Join(dir, "miniprogram"))
	s.Home = "" // an existing page gets no entry unless asked for
	require(t, analyse(t, dir))
	require(t, boot(t, s))
	require(t, boot(t, spec{Root: s.Root, Mode: "opens", Page: "pages/home/home"}))
	require(t, compile(t, dir, out))
	s.Root, s.Compiled = out, true
	require(t, boot(t, s))
}

// requireUndone takes it back: the project is what it was, and what is remembered of
// it does not ship.
func requireUndone(t *testing.T, r recipe, dir string, before map[string]hash) {
	if _, err := tuikit(r, "undo", "-C", dir, "--yes"); err != nil {
		t.Fatal(err)
	}
	for _, d := range differences(before, tree(t, dir)) {
		if !strings.HasPrefix(d, "new: .tuikit/") {
			t.Error(d)
		}
	}
	out := filepath.Join(work, "compiled", "undone-"+r.version)
	require(t, compile(t, dir, out))
	for name := range tree(t, out) {
		if strings.Contains(name, "tuikit") {
			t.Errorf("%s is packed", name)
		}
	}
}

func requireKept(t *testing.T, dir string, before, after map[string]hash) {
	for _, d := range differences(before, after) {
		name, isNew := strings.CutPrefix(d, "new: ")
		if !isNew && !slices.Contains(patched, strings.TrimPrefix(d, "changed: ")) {
			t.Error(d)
		}
		if isNew && strings.HasPrefix(name, "miniprogram/pages/") {
			t.Error(d)
		}
	}
	problems := append(appScript(read(t, dir, "miniprogram/app.js")), appJSON(read(t, dir, "miniprogram/app.json"))...)
	for _, name := range []string{"package.json", "project.config.json"} {
		problems = append(problems, superset(name, existing[name], read(t, dir, name))...)
	}
	for _, p := range problems {
		t.Error(p)
	}
}

// The tagged block is all that app.js gets.
var block = regexp.MustCompile(`(?s)\n?// tuikit-cli:begin session.*?// tuikit-cli:end session\n?`)

// appScript lists what is wrong with what became of app.js.
func appScript(got string) []string {
	var problems []string
	squeeze := func(s string) string { return strings.ReplaceAll(s, "\n", "") }
	if n := len(block.FindAllString(got, -1)); n != 1 {
		problems = append(problems, fmt.Sprintf("app.js has %d tagged blocks", n))
	}
	if rest := block.ReplaceAllString(got, "\n"); squeeze(rest) != squeeze(existing["miniprogram/app.js"]) {
		problems = append(problems, "app.js is another one without the tagged block:\n"+rest)
	}
	if !strings.HasPrefix(got, "'use strict'") {
		problems = append(problems, "app.js: the directive is not first any more")
	}
	return problems
}

// appJSON lists what is wrong with what became of app.json.
func appJSON(got string) []string {
	var problems []string
	if strings.Count(got, "\n") != strings.Count(got, "\r\n") {
		problems = append(problems, "app.json: mixed line ends")
	}
	if strings.Contains(got, "subPackages") {
		problems = append(problems, "app.json: subPackages beside subpackages switches the project's own packages off")
	}
	// Every line of the original is still there, in order; only new ones may stand between,
	// and the line before an addition may have got a comma.
	rest := got
	for _, line := range strings.Split(existing["miniprogram/app.json"], "\r\n") {
		_, after, found := strings.Cut(rest, line)
		if !found {
			problems = append(problems, fmt.Sprintf("app.json: %q is gone or has moved:\n%s", line, got))
			break
		}
		rest = after
	}
	return append(problems, superset("app.json", existing["miniprogram/app.json"], got)...)
}

// superset lists what before has and after has not; additions are fine.
func superset(name, before, after string) []string {
	var b, a any
	if err := json.Unmarshal([]byte(before), &b); err != nil {
		return []string{name + ": " + err.Error()}
	}
	if err := json.Unmarshal([]byte(after), &a); err != nil {
		return []string{name + ": " + err.Error()}
	}
	if path := lost(b, a); path != "" {
		return []string{name + ": lost or changed: " + path}
	}
	return nil
}

// lost gives the path of the first thing of before that after does not have.
func lost(before, after any) string {
	switch b := before.(type) {
	case map[string]any:
		a, _ := after.(map[string]any)
		for key, value := range b {
			if path := lost(value, a[key]); path != "" {
				return "." + key + path
			}
		}
	case []any:
		a, _ := after.([]any)
		for i, value := range b {
			if i >= len(a) || !reflect.DeepEqual(value, a[i]) {
				return "[]"
			}
		}
	default:
		if !reflect.DeepEqual(before, after) {
			return " "
		}
	}
	return ""
}

// TestJudgesKept damages somebody's files and requires that it is noticed.
func TestJudgesKept(t *testing.T) {
	script, config := existing["miniprogram/app.js"], existing["miniprogram/app.json"]
	tagged := "// tuikit-cli:begin session\nrequire('./tuikit-session').signIn()\n// tuikit-cli:end session\n"
	good := strings.Replace(script, "const prices", tagged+"const prices", 1)
	added := strings.Replace(config, "\r\n        }\r\n    ],", "\r\n        },\r\n        {\"root\": \"TUI-CustomerService\", \"pages\": [\"pages/index\"]}\r\n    ],", 1)
	cases := []struct {
		name     string
		problems []string
		want     string
	}{
		{"block added", appScript(good), ""},
		{"no block", appScript(script), "0 tagged blocks"},
		{"two blocks", appScript(tagged + good), "2 tagged blocks"},
		{"block before the directive", appScript(tagged + script), "directive"},
		{"code gone", appScript(strings.Replace(good, "prices.load()", "", 1)), "another one"},
		{"subpackage added", appJSON(added), ""},
		{"LF", appJSON(strings.Replace(added, "\r\n", "\n", 1)), "mixed line ends"},
		{"other spelling", appJSON(strings.Replace(added, "\"subpackages\"", "\"subPackages\"", 1)), "switches the project's own packages off"},
		{"unknown key gone", appJSON(strings.Replace(added, "[1, 2]", "[1]", 1)), "lost or changed"},
		{"indentation", appJSON(strings.ReplaceAll(added, "        ", "    ")), "gone or has moved"},
		{"pages in another order", appJSON(strings.NewReplacer("home/home", "cart/cart", "cart/cart", "home/home").Replace(added)), "gone or has moved"},
	}
	for _, c := range cases {
		got := strings.Join(c.problems, "\n")
		if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}
