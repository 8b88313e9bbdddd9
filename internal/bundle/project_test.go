package bundle

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// unpack writes the files of an archive; one whose content is "-> x" becomes a link.
func unpack(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, file := range txtar.Parse([]byte(archive)).Files {
		full := filepath.Join(dir, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		err := error(nil)
		if target, link := strings.CutPrefix(string(file.Data), "-> "); link {
			err = os.Symlink(strings.TrimSpace(target), full)
		} else {
			err = os.WriteFile(full, file.Data, 0o644)
		}
		if err != nil {
			t.Skip("no links here: ", err)
		}
	}
	return dir
}

func buildIn(t *testing.T, dir, npm string, o Options) *Output {
	t.Helper()
	in, err := project.Inspect(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	out, err := Project(in, filepath.Join(dir, npm), o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// summary is what there is, a line each.
func summary(out *Output) string {
	lines := slices.Sorted(maps.Keys(out.Files))
	for _, m := range out.Missing {
		lines = append(lines, fmt.Sprintf("missing %s of %s in %s", m.Module, m.Package, m.From))
	}
	for _, l := range out.Left {
		lines = append(lines, fmt.Sprintf("left %s in %s", l.Module, l.From))
	}
	for _, k := range out.Kept {
		lines = append(lines, "kept "+k)
	}
	return strings.Join(lines, "\n")
}

const onePage = `
-- app.json --
{"pages": ["a"]}
-- app.js --
App({})
-- a.wxml --
<view/>
`

const threePackages = `
-- app.json --
{"pages": ["a"], "subpackages": [{"root": "s", "pages": ["a"]}, {"root": "i", "pages": ["a"], "independent": true}]}
-- a.js --
-- a.wxml --
-- s/a.wxml --
-- i/a.wxml --
`

// library is a component library.
const library = `
-- node_modules/@x/ui/package.json --
{"name": "@x/ui", "version": "1.2.3", "miniprogram": "lib"}
-- node_modules/@x/ui/lib/button/index.json --
{"component": true, "usingComponents": {"icon": "../icon/index", "wheel": "wheel/wheel"}}
-- node_modules/@x/ui/lib/button/index.js --
import { mix } from '../common/mix';
Component({ behaviors: [mix], icon: 'star.png' });
-- node_modules/@x/ui/lib/button/index.wxml --
<wxs src="./index.wxs" module="m"/><icon/><wheel/><image src="./img/{{type}}.png"/><image src="../bg.gif"/>
-- node_modules/@x/ui/lib/button/index.wxs --
var u = require('../wxs/u.wxs');
-- node_modules/@x/ui/lib/button/index.wxss --
@import '../common/index.wxss';
-- node_modules/@x/ui/lib/button/img/a.png --
-- node_modules/@x/ui/lib/button/img/b.png --
-- node_modules/@x/ui/lib/icon/index.json --
{"component": true}
-- node_modules/@x/ui/lib/icon/index.js --
-- node_modules/@x/ui/lib/icon/index.wxml --
-- node_modules/@x/ui/lib/icon/star.png --
-- node_modules/@x/ui/lib/icon/moon.png --
-- node_modules/@x/ui/lib/bg.gif --
-- node_modules/@x/ui/lib/wxs/u.wxs --
-- node_modules/@x/ui/lib/wxs/v.wxs --
-- node_modules/@x/ui/lib/common/index.wxss --
-- node_modules/@x/ui/lib/common/mix.js --
export const mix = 1;
-- node_modules/@x/ui/lib/cell/index.json --
{"component": true}
-- node_modules/@x/ui/lib/cell/index.js --
-- node_modules/@x/ui/lib/cell/index.wxml --
-- node_modules/wheel/package.json --
{"name": "wheel", "version": "1.0.0"}
-- node_modules/wheel/miniprogram_dist/wheel/index.json --
{"component": true}
-- node_modules/wheel/miniprogram_dist/wheel/index.wxml --
-- node_modules/wheel/miniprogram_dist/wheel/index.js --
require('tick');
-- node_modules/tick/index.js --
module.exports = 1;
`

const button = `miniprogram_npm/@x/ui/bg.gif
miniprogram_npm/@x/ui/button/img/a.png
miniprogram_npm/@x/ui/button/img/b.png
miniprogram_npm/@x/ui/button/index.js
miniprogram_npm/@x/ui/button/index.json
miniprogram_npm/@x/ui/button/index.wxml
miniprogram_npm/@x/ui/button/index.wxs
miniprogram_npm/@x/ui/button/index.wxss
miniprogram_npm/@x/ui/common/index.wxss
miniprogram_npm/@x/ui/common/mix.js
miniprogram_npm/@x/ui/icon/index.js
miniprogram_npm/@x/ui/icon/index.json
miniprogram_npm/@x/ui/icon/index.wxml
miniprogram_npm/@x/ui/icon/star.png
miniprogram_npm/@x/ui/wxs/u.wxs
miniprogram_npm/tick/index.js
miniprogram_npm/wheel/wheel/index.js
miniprogram_npm/wheel/wheel/index.json
miniprogram_npm/wheel/wheel/index.wxml`

func below(root, list string) string {
	return strings.ReplaceAll("\n"+list, "\n", "\n"+root+"/")[1:]
}

// TestProject: what is built, where it goes, and what is not there.
func TestProject(t *testing.T) {
	for _, c := range []struct{ name, archive, want string }{
		{"nothing", onePage + "-- node_modules/a/index.js --\n", ""},
		{"a component, and all that it uses", onePage + library + `
-- a.json --
{"usingComponents": {"b": "@x/ui/button/index"}}
`, button},
		{"a component of the app is the main package's", threePackages + library + `
-- app.json --
{"pages": ["a"], "usingComponents": {"b": "@x/ui/button"}}
`, button},
		{"of one subpackage", threePackages + library + `
-- s/a.json --
{"usingComponents": {"b": "@x/ui/button/index"}}
`, below("s", button)},
		{"a default of a generic component", onePage + library + `
-- a.json --
{"componentGenerics": {"w": {"default": "wheel/wheel/index"}}}
`, "miniprogram_npm/tick/index.js\nminiprogram_npm/wheel/wheel/index.js\nminiprogram_npm/wheel/wheel/index.json\nminiprogram_npm/wheel/wheel/index.wxml"},
		{"paths say where", threePackages + library + `
-- s/a.wxss --
@import '../miniprogram_npm/@x/ui/common/index.wxss';
-- s/a.js --
require('./miniprogram_npm/tick/index');
-- a.json --
{"usingComponents": {"c": "/miniprogram_npm/@x/ui/cell/index"}}
`, "miniprogram_npm/@x/ui/cell/index.js\nminiprogram_npm/@x/ui/cell/index.json\nminiprogram_npm/@x/ui/cell/index.wxml\nminiprogram_npm/@x/ui/common/index.wxss\ns/miniprogram_npm/tick/index.js"},
		{"a path that leads from one npm package to another", threePackages + `
-- s/a.js --
require('one/a');
-- node_modules/one/package.json --
{"miniprogram": "."}
-- node_modules/one/a.js --
require('../two/b');
-- node_modules/two/package.json --
{"miniprogram": "."}
-- node_modules/two/b.js --
`, "s/miniprogram_npm/one/a.js\ns/miniprogram_npm/two/b.js"},
		{"what was built before is not asked", onePage + `
-- a.js --
require('tick'); require('hand'); require('@babel/runtime/helpers/Objectvalues');
-- miniprogram_npm/tick/index.js --
require('old');
-- miniprogram_npm/@babel/runtime/helpers/Objectvalues.js --
-- miniprogram_npm/hand/index.js --
require('tock'); require('./more');
-- miniprogram_npm/hand/more.js --
-- miniprogram_npm/hand/unused.js --
-- node_modules/tick/index.js --
-- node_modules/tock/index.js --
`, "miniprogram_npm/@babel/runtime/helpers/Objectvalues.js\nminiprogram_npm/tick/index.js\nminiprogram_npm/tock/index.js\nkept miniprogram_npm/hand/index.js\nkept miniprogram_npm/hand/more.js"},
		{"somebody added to what npm has", onePage + `
-- a.js --
require('tick/extra'); require('tick');
-- miniprogram_npm/tick/index.js --
-- miniprogram_npm/tick/extra.js --
-- node_modules/tick/index.js --
`, "kept miniprogram_npm/tick/extra.js\nkept miniprogram_npm/tick/index.js"},
		{"nowhere", onePage + `
-- a.js --
require('none/x'); try { require('maybe') } catch (e) {} require('./gone'); require('tick');
-- a.json --
{"usingComponents": {"b": "@no/ui/button", "p": "plugin://x/y"}}
-- node_modules/tick/package.json --
{"main": "./lib"}
-- node_modules/tick/lib/index.js --
const fs = require('fs'); try { require('optional') } catch (e) {}
`, "miniprogram_npm/tick/index.js\nmissing @no/ui/button of @no/ui in a.json\nmissing none/x of none in a.js\nleft fs in tick/lib/index.js"},
		{"the extension library is WeChat's", onePage + `
-- app.json --
{"pages": ["a"], "useExtendedLib": {"weui": true}}
-- a.json --
{"usingComponents": {"b": "weui-miniprogram/cell/cell"}}
-- node_modules/weui-miniprogram/package.json --
{"miniprogram": "d"}
-- node_modules/weui-miniprogram/d/cell/cell.json --
-- node_modules/weui-miniprogram/d/cell/cell.wxml --
`, ""},
		{"types are no code", onePage + `
-- project.config.json --
{"setting": {"useCompilerPlugins": ["typescript"]}}
-- a.ts --
import { T } from 'types'; import tick from 'tick';
export const t: T = tick;
-- node_modules/tick/index.js --
`, "miniprogram_npm/tick/index.js"},
		{"ways to say which file", onePage + `
-- a.js --
require('tick'); require('tick/lib/a'); require('tick/lib/a.js'); require('tick/lib'); require('tick/data.json'); require('map/in'); require('esm'); require('tick/');
-- node_modules/tick/package.json --
{"main": "lib/a"}
-- node_modules/tick/lib/a.js --
-- node_modules/tick/lib/index.js --
-- node_modules/tick/data.json --
{"a": 1}
-- node_modules/map/package.json --
{"name": "map", "exports": {"./in": {"import": "./esm/x.mjs", "require": "./cjs/y.cjs"}}}
-- node_modules/map/cjs/y.cjs --
-- node_modules/map/esm/x.mjs --
-- node_modules/esm/package.json --
{"name": "esm", "type": "module", "exports": {"import": "./e.js"}}
-- node_modules/esm/e.js --
export default 1;
`, "miniprogram_npm/esm/index.js\nminiprogram_npm/map/in.js\nminiprogram_npm/tick/data.json.js\nminiprogram_npm/tick/index.js\nminiprogram_npm/tick/lib.js\nminiprogram_npm/tick/lib/a.js"},
		{"code for mini programs that main names", onePage + `
-- a.js --
require('lite'); require('lite/basic');
-- node_modules/lite/package.json --
{"main": "standard.js", "miniprogram": "./"}
-- node_modules/lite/standard.js --
-- node_modules/lite/basic.js --
-- node_modules/lite/other.js --
`, "miniprogram_npm/lite/basic.js\nminiprogram_npm/lite/index.js\nminiprogram_npm/lite/standard.js"},
		{"a folder that is known only at run time", onePage + `
-- a.js --
require('lang');
-- node_modules/lang/package.json --
{"miniprogram": "."}
-- node_modules/lang/index.js --
module.exports = (name) => require('./l/' + name);
-- node_modules/lang/l/de.js --
-- node_modules/lang/l/fr.js --
-- node_modules/lang/m/it.js --
`, "miniprogram_npm/lang/index.js\nminiprogram_npm/lang/l/de.js\nminiprogram_npm/lang/l/fr.js"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := summary(buildIn(t, unpack(t, c.archive), ".", Options{})); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestContent: what stands in what is built. Each line of want is a file and a text in
// it; with "!" in front, one that is not.
func TestContent(t *testing.T) {
	for _, c := range []struct {
		name, archive string
		o             Options
		want          string
	}{
		{"code for mini programs is copied as it is", onePage + library + "-- a.json --\n{\"usingComponents\": {\"b\": \"@x/ui/button/index\"}}\n", Options{},
			"@x/ui/button/index.js import { mix } from '../common/mix';"},
		{"but not where the project compiles nothing", onePage + library + "-- a.json --\n{\"usingComponents\": {\"b\": \"@x/ui/button/index\"}}\n", Options{Lower: true},
			"@x/ui/button/index.js require(\"../common/mix\")\n@x/ui/common/mix.js !export const"},
		{"short names", onePage + "-- a.js --\nrequire('tick')\n-- node_modules/tick/index.js --\nmodule.exports = function (longName) { return longName + longName; };\n", Options{Minify: true},
			"tick/index.js !longName"},
		{"maps", onePage + "-- a.js --\nrequire('tick')\n-- node_modules/tick/index.js --\nexport default 1;\n", Options{SourceMaps: true},
			"tick/index.js sourceMappingURL=index.js.map\ntick/index.js.map export default\ntick/index.js.map tick/index.js\ntick/index.js.map !node_modules"},
		{"modern syntax in ES modules", onePage + "-- a.js --\nrequire('tick')\n-- node_modules/tick/index.js --\nexport default (a) => a?.b ?? 1;\n", Options{},
			"tick/index.js !?."},
		{"what two modules share stands once", onePage + `
-- a.js --
require('p/x'); require('p/y');
-- node_modules/p/x.js --
exports.x = require('./deep/state'); // as written
-- node_modules/p/y.js --
import { state } from './deep/state';
import only from './only';
export default [state, only];
-- node_modules/p/only.js --
export default 'only';
-- node_modules/p/deep/state.js --
export const state = 'STATE';
`, Options{}, "p/x.js // as written\np/y.js ./deep/state.js\np/y.js only\np/deep/state.js STATE\np/x.js !STATE\np/y.js !STATE"},
		{"one file under two names", onePage + "-- a.js --\nrequire('tick'); require('tick/main')\n-- node_modules/tick/package.json --\n{\"main\": \"main.js\"}\n-- node_modules/tick/main.js --\nexports.MAIN = 1;\n", Options{},
			"tick/index.js MAIN\ntick/main.js require(\"./index.js\")"},
		{"a module beside a script that means another npm package", onePage + `
-- a.js --
require('p'); require('p/q');
-- node_modules/p/index.js --
exports.q = require('q');
-- node_modules/p/q.js --
exports.name = 'p/q';
-- node_modules/q/index.js --
exports.name = 'q';
`, Options{}, "p/q/index.js p/q\np/index.js require('q')"},
		{"production", onePage + `
-- a.js --
require('p'); require('q');
-- node_modules/p/index.js --
module.exports = process.env.NODE_ENV === 'production' ? require('./prod') : require('./dev');
-- node_modules/p/prod.js --
exports.PROD = 1;
-- node_modules/p/dev.js --
exports.DEV = 1;
-- node_modules/q/index.js --
if (process.env.NODE_ENV !== 'production') exports.warn = 1;
`, Options{}, "p/index.js PROD\np/index.js !DEV\nq/index.js !process"},
		{"for browsers rather than for Node", onePage + `
-- a.js --
require('p'); require('c');
-- node_modules/p/package.json --
{"name": "p", "main": "node.js", "browser": {"./node.js": "./web.js", "fs": false, "net": "./net.js", "./off.js": false, "./lib/dot.ted.js": false, "./lib/dir/index.js": false, "./lib/swap.js": "./net.js"}}
-- node_modules/p/node.js --
exports.NODE = 1;
-- node_modules/p/web.js --
require('fs'); require('./off'); exports.net = require('net'); require('./lib/use');
-- node_modules/p/lib/use.js --
require('./dot.ted'); require('./dir'); require('../off.js'); require('./swap');
-- node_modules/p/lib/dot.ted.js --
-- node_modules/p/lib/dir/index.js --
-- node_modules/p/lib/swap.js --
exports.SWAP = 1;
-- node_modules/p/net.js --
exports.NET = 1;
-- node_modules/p/off.js --
exports.OFF = 1;
-- node_modules/c/package.json --
{"name": "c", "exports": {"node": "./n.js", "browser": "./b.js", "default": "./n.js"}}
-- node_modules/c/n.js --
-- node_modules/c/b.js --
exports.WEB = 1;
`, Options{}, "p/index.js NET\np/index.js !OFF\np/index.js !require(\"./off\np/index.js !require(\"./d\np/index.js !SWAP\np/index.js !require(\"./swap\np/index.js !require(\"fs\")\nc/index.js WEB"},
		{"index is what main names, as it is in the official build", onePage + "-- a.js --\nrequire('p/index.js'); require('q/index')\n-- node_modules/p/package.json --\n{\"main\": \"lib/p\"}\n-- node_modules/p/lib/p.js --\nexports.p = 'P';\n-- node_modules/q/package.json --\n{\"main\": \"q.js\"}\n-- node_modules/q/q.js --\nexports.q = 'MAIN';\n-- node_modules/q/index.js --\nexports.q = 'source';\n", Options{},
			"p/index.js P\nq/index.js MAIN"},
		{"styles are nothing to a script", onePage + "-- a.js --\nrequire('p')\n-- node_modules/p/index.js --\nimport './x.css'; export default 'P';\n-- node_modules/p/x.css --\na{}\n", Options{},
			"p/index.js P\np/index.js !css"},
		{"import() becomes require", onePage + "-- a.js --\nrequire('p')\n-- node_modules/p/index.js --\nexports.later = () => import('q');\n-- node_modules/q/index.js --\n", Options{},
			`p/index.js require("q")`},
		{"an alias", onePage + "-- a.js --\nrequire('p'); require('m');\n-- node_modules/p/index.js --\nrequire('old');\n-- node_modules/m/package.json --\n{\"miniprogram\": \".\"}\n-- node_modules/m/index.js --\nrequire('old');\n-- node_modules/new/index.js --\n",
			Options{Aliases: []Alias{{"p", "old", "new"}, {"m", "old", "new"}}}, "p/index.js \"new\"\nm/index.js require(\"new\")\nnew/index.js "},
		{"several versions", onePage + `
-- a.js --
require('v'); require('p'); require('m/x');
-- a.json --
{"usingComponents": {"x": "m/x"}}
-- node_modules/v/package.json --
{"name": "v", "version": "2.0.0"}
-- node_modules/v/index.js --
exports.v = 'two';
-- node_modules/p/index.js --
exports.v = require('v');
-- node_modules/p/node_modules/v/package.json --
{"name": "v", "version": "1.0.0", "miniprogram": "."}
-- node_modules/p/node_modules/v/index.js --
exports.v = 'one';
-- node_modules/m/package.json --
{"name": "m", "miniprogram": "."}
-- node_modules/m/x.json --
{"usingComponents": {"c": "v/c", "v": "./x"}}
-- node_modules/m/x.wxml --
-- node_modules/m/x.js --
var v = require( 'v' ), same = require('./x');
-- node_modules/m/node_modules/v/package.json --
{"name": "v", "version": "1.0.0", "miniprogram": "."}
-- node_modules/m/node_modules/v/index.js --
exports.v = 'one';
-- node_modules/m/node_modules/v/c.json --
-- node_modules/m/node_modules/v/c.wxml --
`, Options{}, "v/index.js two\nv@1.0.0/index.js one\np/index.js v@1.0.0\nm/x.js require( \"v@1.0.0\" ), same = require('./x')\nm/x.json \"c\": \"v@1.0.0/c\", \"v\": \"./x\"\nv@1.0.0/c.wxml "},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := buildIn(t, unpack(t, c.archive), ".", c.o)
			for line := range strings.SplitSeq(c.want, "\n") {
				name, text, _ := strings.Cut(line, " ")
				content, there := out.Files["miniprogram_npm/"+name]
				text, not := strings.CutPrefix(text, "!")
				if !there || strings.Contains(string(content), text) == not {
					t.Errorf("%s: %s\nin\n%s", line, content, summary(out))
				}
			}
		})
	}
}

// TestLayouts: npm packages lie where package managers put them.
func TestLayouts(t *testing.T) {
	const app = `
-- app/app.json --
{"pages": ["page"]}
-- app/page.js --
require('a'); require('c');
-- app/page.wxml --
`
	const want = `miniprogram_npm/a/index.js
miniprogram_npm/b/index.js
miniprogram_npm/c/index.js`
	const one, two = "{\"name\": \"b\", \"version\": \"1.0.0\"}\n", "{\"name\": \"b\", \"version\": \"2.0.0\"}\n"
	for _, c := range []struct{ name, archive, want string }{
		{"hoisted to a workspace", app + `
-- node_modules/a/index.js --
require('b');
-- node_modules/b/index.js --
-- node_modules/c/index.js --
-- app/package.json --
`, want},
		{"a package of the workspace", app + `
-- node_modules/a --
-> ../packages/a
-- packages/a/package.json --
{"name": "a", "main": "src/a.js"}
-- packages/a/src/a.js --
require('b'); require('./x');
-- packages/a/src/x.js --
-- node_modules/b/index.js --
-- node_modules/c/index.js --
`, want},
		{"pnpm", app + `
-- app/node_modules/a --
-> .pnpm/a@1/node_modules/a
-- app/node_modules/c --
-> .pnpm/c@1/node_modules/c
-- app/node_modules/.pnpm/a@1/node_modules/a/index.js --
require('b');
-- app/node_modules/.pnpm/a@1/node_modules/b --
-> ../../b@1/node_modules/b
-- app/node_modules/.pnpm/b@1/node_modules/b/index.js --
require('c');
-- app/node_modules/.pnpm/b@1/node_modules/c --
-> ../../c@1/node_modules/c
-- app/node_modules/.pnpm/c@1/node_modules/c/index.js --
`, want},
		{"the same version twice", app + `
-- app/node_modules/a/index.js --
require('b');
-- app/node_modules/a/node_modules/b/package.json --
` + one + `
-- app/node_modules/a/node_modules/b/index.js --
-- app/node_modules/c/index.js --
require('b');
-- app/node_modules/c/node_modules/b/package.json --
` + one + `
-- app/node_modules/c/node_modules/b/index.js --
`, want},
		{"two versions", app + `
-- app/node_modules/a/index.js --
require('b');
-- app/node_modules/b/package.json --
` + one + `
-- app/node_modules/b/index.js --
-- app/node_modules/c/index.js --
require('b');
-- app/node_modules/c/node_modules/b/package.json --
` + two + `
-- app/node_modules/c/node_modules/b/index.js --
`, strings.Replace(want, "b/index.js", "b/index.js\nminiprogram_npm/b@2.0.0/index.js", 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := unpack(t, c.archive)
			in, err := project.Inspect(os.DirFS(filepath.Join(dir, "app")))
			if err != nil {
				t.Fatal(err)
			}
			out, err := Project(in, filepath.Join(dir, "app"), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := summary(out); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestPlaced(t *testing.T) {
	out := buildIn(t, unpack(t, threePackages+library+`
-- i/a.json --
{"usingComponents": {"b": "@x/ui/icon/index"}}
-- s/a.js --
require('tick');
`), ".", Options{})
	got := fmt.Sprintf("%+v", out.Packages)
	want := "[{Name:@x/ui Version:1.2.3 Dir:@x/ui Roots:[i] Bytes:20 MiniProgram:true} {Name:tick Version: Dir:tick Roots:[s] Bytes:21 MiniProgram:false}]"
	if got != want {
		t.Errorf("got %s", got)
	}
}

func TestHidden(t *testing.T) {
	dir := unpack(t, "-- miniprogram_npm/@s/a/x.js --\n-- miniprogram_npm/@s/b/x.js --\n-- s/miniprogram_npm/a/x.js --\n-- a/x.js --\n")
	var names []string
	h := hidden{os.DirFS(dir), func(name string) bool { return name == "@s/a" || name == "a" }}
	err := fs.WalkDir(h, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil || !slices.Equal(names, []string{"a/x.js", "miniprogram_npm/@s/b/x.js"}) {
		t.Errorf("got %v, %v", names, err)
	}
	if _, err := fs.ReadFile(h, "s/miniprogram_npm/a/x.js"); err == nil {
		t.Error("a hidden file can be read")
	}
}
