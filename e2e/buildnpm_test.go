//go:build e2e

package e2e

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// library is a mini program of somebody's with real npm packages in it.
type library struct {
	name    string
	npm     map[string]string // dependencies: exact versions
	main    []string          // components of the main page, by path below the npm package's name
	sub     []string          // of the subpackage's page
	script  string            // of the main page
	subJS   string
	alone   []string // npm packages that belong into the subpackage
	inMain  []string
	nowhere []string // installed, and used by nobody
}

var libraries = []library{
	{
		name: "tdesign",
		npm:  map[string]string{"tdesign-miniprogram": "1.16.0", "dayjs": "1.11.23", "mobx-miniprogram": "6.12.3", "mobx-miniprogram-bindings": "3.0.1", "qs": "6.14.0"},
		main: prefixed("tdesign-miniprogram/", "button/button", "cell/cell", "cell-group/cell-group", "dialog/dialog", "input/input", "tabs/tabs", "tab-panel/tab-panel", "tag/tag", "icon/icon", "popup/popup", "toast/toast"),
		script: `import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc';
import { store } from '../../store';
dayjs.extend(utc);
Page({ data: { day: dayjs.utc(0).format('YYYY-MM-DD') }, onLoad() { store.add(); } });
`,
		subJS: `import { parse, stringify } from 'qs';
Page({ data: { ok: parse(stringify({ a: { b: 1 } })).a.b } });
`,
		alone: []string{"qs", "side-channel"}, inMain: []string{"tdesign-miniprogram", "dayjs", "mobx-miniprogram"}, nowhere: []string{"mobx-miniprogram-bindings"},
	},
	{
		name: "vant",
		npm:  map[string]string{"@vant/weapp": "1.11.7", "big.js": "7.0.1", "qs": "6.14.0", "lodash": "4.18.1"},
		main: []string{},
		sub:  prefixed("@vant/weapp/", "button/index", "cell/index", "cell-group/index", "field/index", "dialog/index", "popup/index", "tab/index", "tabs/index", "icon/index", "toast/index", "picker/index"),
		script: `const Big = require('big.js');
Page({ data: { ok: new Big(0.1).plus(0.2).eq(0.3) } });
`,
		subJS: `const qs = require('qs');
Page({ data: { text: qs.stringify({ a: [1, 2] }) } });
`,
		alone: []string{"@vant/weapp", "qs"}, inMain: []string{"big.js"}, nowhere: []string{"lodash"},
	},
}

func prefixed(prefix string, names ...string) []string {
	for i, name := range names {
		names[i] = prefix + name
	}
	return names
}

// files is the project as somebody writes it.
func (l library) files() map[string]string {
	page := func(components []string) string {
		var using []string
		for _, c := range components {
			using = append(using, fmt.Sprintf(`    "x-%s": %q`, filepath.Base(filepath.Dir(c)), c))
		}
		return "{\n  \"usingComponents\": {\n" + strings.Join(using, ",\n") + "\n  }\n}\n"
	}
	markup := func(components []string) string {
		text := "<view>ok</view>\n"
		for _, c := range components {
			tag := "x-" + filepath.Base(filepath.Dir(c))
			text += fmt.Sprintf("<%s></%s>\n", tag, tag)
		}
		return text
	}
	var dependencies []string
	for name, version := range l.npm {
		dependencies = append(dependencies, fmt.Sprintf("    %q: %q", name, version))
	}
	return map[string]string{
		"package.json":        fmt.Sprintf("{\n  \"name\": %q,\n  \"private\": true,\n  \"dependencies\": {\n%s\n  }\n}\n", l.name, strings.Join(dependencies, ",\n")),
		"project.config.json": "{\n  \"appid\": \"touristappid\",\n  \"compileType\": \"miniprogram\",\n  \"setting\": {\n    \"es6\": true,\n    \"enhance\": true,\n    \"minified\": true\n  }\n}\n",
		"app.json":            "{\n  \"pages\": [\"pages/index/index\"],\n  \"subPackages\": [{\"root\": \"more\", \"pages\": [\"pages/index\"]}]\n}\n",
		"app.js":              "App({ globalData: {} });\n",
		"store.js": `import { observable, action } from 'mobx-miniprogram';
export const store = observable({ count: 0, add: action(function () { this.count += 1; }) });
`,
		"pages/index/index.js":   l.script,
		"pages/index/index.json": page(l.main),
		"pages/index/index.wxml": markup(l.main),
		"more/pages/index.js":    l.subJS,
		"more/pages/index.json":  page(l.sub),
		"more/pages/index.wxml":  markup(l.sub),
	}
}

// TestBuildNpm builds npm in mini programs that have nothing to do with the UIKit, and holds the
// result against the official build of the same project.
func TestBuildNpm(t *testing.T) {
	for _, l := range libraries {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			dir := l.install(t)
			requireQuiet(t, dir, "build-npm", "-C", dir, "--yes")
			t.Run("placed", func(t *testing.T) { l.requirePlaced(t, dir) })
			t.Run("judges", func(t *testing.T) { judgeLibrary(t, dir) })
			requireQuiet(t, dir, "build-npm", "-C", dir, "--check")
			t.Run("weight", func(t *testing.T) { l.requireLighter(t, dir) })
		})
	}
}

// install makes the project and has npm install what it asks for.
func (l library) install(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), l.name)
	writeFiles(t, dir, l.files())
	if l.npm["mobx-miniprogram"] == "" {
		writeFiles(t, dir, map[string]string{"store.js": "module.exports = {};\n"})
	}
	cmd := exec.Command(npm(), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	return dir
}

// requireQuiet runs a command that has to end well.
func requireQuiet(t *testing.T, dir string, args ...string) {
	t.Helper()
	if _, err := tuikit(recipe{}, args...); err != nil {
		t.Fatal(err)
	}
}

func (l library) requirePlaced(t *testing.T, dir string) {
	names := tree(t, dir)
	has := func(root string) bool {
		for name := range names {
			if strings.HasPrefix(name, root+"/") {
				return true
			}
		}
		return false
	}
	for _, name := range l.alone {
		if !has("more/miniprogram_npm/"+name) || has("miniprogram_npm/"+name) {
			t.Errorf("%s is not in the subpackage alone", name)
		}
	}
	for _, name := range l.inMain {
		if !has("miniprogram_npm/"+name) || has("more/miniprogram_npm/"+name) {
			t.Errorf("%s is not in the main package alone", name)
		}
	}
	for _, name := range l.nowhere {
		if has("miniprogram_npm/"+name) || has("more/miniprogram_npm/"+name) {
			t.Errorf("%s is there, which nothing uses", name)
		}
	}
}

func judgeLibrary(t *testing.T, dir string) {
	out := filepath.Join(t.TempDir(), "compiled")
	require(t, analyse(t, dir))
	require(t, compile(t, dir, out))
	for _, page := range []string{"pages/index/index", "more/pages/index"} {
		require(t, boot(t, spec{Root: dir, Mode: "opens", Page: page}))
		require(t, boot(t, spec{Root: out, Mode: "opens", Page: page, Compiled: true}))
	}
}

// packed is what judge/packnpm.cjs prints.
type packed struct {
	OK      bool    `json:"ok"`
	Error   string  `json:"error"`
	Seconds float64 `json:"seconds"`
	Bytes   int64   `json:"bytes"`
}

func (p packed) problems() []string {
	if p.OK {
		return nil
	}
	return []string{"packNpm: " + p.Error}
}

// requireLighter: what is built has at most a quarter of the bytes of the official build.
func (l library) requireLighter(t *testing.T, dir string) {
	ours := builtBytes(t, dir)
	other := l.install(t)
	var official packed
	judge(t, &official, "packnpm.cjs", other)
	require(t, official)
	t.Logf("%d bytes, the official build %d", ours, official.Bytes)
	if ours == 0 || ours*4 > official.Bytes {
		t.Errorf("%d bytes are more than a quarter of %d", ours, official.Bytes)
	}
}

// builtBytes adds up what lies in the miniprogram_npm folders.
func builtBytes(t *testing.T, dir string) int64 {
	t.Helper()
	var sum int64
	for name := range tree(t, dir) {
		if !strings.HasPrefix(name, "node_modules/") && strings.Contains("/"+name, "/miniprogram_npm/") && !strings.HasSuffix(name, ".map") {
			sum += int64(len(read(t, dir, filepath.FromSlash(name))))
		}
	}
	return sum
}
