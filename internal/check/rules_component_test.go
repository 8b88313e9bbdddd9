package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// two makes the page use a component "c" that is there.
const two = `
-- pages/index/index.json --
{"usingComponents": {"c": "/c/c"}}
-- pages/index/index.wxml --
<c/>
-- c/c.json --
{"component": true}
-- c/c.js --
Component({})
-- c/c.wxml --
<view/>
`

// subpackages "s" and "t", and "i", which is independent, each with a page and a
// component.
const packages = `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [
{"root": "s", "pages": ["a"]},
{"root": "t", "pages": ["a"]},
{"root": "i", "pages": ["a"], "independent": true}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>
-- s/c.json --
{"component": true}
-- s/c.js --
Component({})
-- s/c.wxml --
<view/>
-- t/a.js --
Page({})
-- t/a.wxml --
<view/>
-- i/a.js --
Page({})
-- i/a.wxml --
<view/>
-- main.js --
1
-- main.wxml --
<view/>
-- main.wxss --
view {}
-- main.png --
PNG
`

// componentCases are about components and packages.
var componentCases = []ruleCase{
	{name: "component: all there", files: two},
	{name: "component: nowhere", files: two + `
-- c/c.json --
gone
-- c/c.js --
gone
-- c/c.wxml --
gone`, want: "component-missing pages/index/index.json:1:27"},
	{name: "component: half of it", files: two + `
-- c/c.wxml --
gone`, want: "component-missing pages/index/index.json:1:27"},
	{name: "component: with an ending", files: two + `
-- pages/index/index.json --
{"usingComponents": {"c": "/c/c.js"}}`, want: "component-missing pages/index/index.json:1:27"},
	{name: "component: too many steps up", files: two + `
-- pages/index/index.json --
{"usingComponents": {"c": "../../../c/c"}}`, want: "component-missing pages/index/index.json:1:27"},
	{name: "component: an alias is for scripts", files: two + `
-- app.json --
{"pages": ["pages/index/index"], "resolveAlias": {"@/*": "/*"}}
-- pages/index/index.json --
{"usingComponents": {"c": "@/c/c"}}`, want: "component-missing pages/index/index.json:1:27"},
	{name: "component: in node_modules", files: two + `
-- pages/index/index.json --
{"usingComponents": {"c": "../../node_modules/u/c"}}
-- node_modules/u/c.json --
{"component": true}
-- node_modules/u/c.wxml --
<view/>`, want: "component-missing pages/index/index.json:1:27"},
	{name: "component: an extension library", files: two + `
-- app.json --
{"pages": ["pages/index/index"], "useExtendedLib": {"weui": true}}
-- pages/index/index.json --
{"usingComponents": {"c": "weui-miniprogram/cell/cell"}}`},
	{name: "component: of app.json", files: two + `
-- app.json --
{"pages": ["pages/index/index"], "usingComponents": {"c": "c/c"}}
-- pages/index/index.json --
{}`},
	{name: "component: no script", files: two + `
-- c/c.js --
gone`, want: "component-script c/c.js"},
	{name: "component: does not say so", files: two + `
-- c/c.json --
{}`, want: "w component-flag c/c.json"},
	{name: "component: says that it is none", files: two + `
-- c/c.json --
{"component": false}`},
	{name: "component: a page is one", files: `
-- app.json --
{"pages": ["pages/index/index", "p/p"]}
-- pages/index/index.json --
{"usingComponents": {"p": "/p/p"}}
-- p/p.json --
{}
-- p/p.js --
Page({})
-- p/p.wxml --
<view/>`},
	{name: "component: broken JSON says so once", files: two + `
-- c/c.json --
{"component": true,}`, want: "json-syntax c/c.json:1:19"},
	{name: "component: uses itself", files: two + `
-- c/c.json --
{"component": true, "usingComponents": {"c": "./c"}}`},
	{name: "component: not declared", files: two + `
-- pages/index/index.wxml --
<c/>
<my-c/><my-c/>`, want: "w component-undeclared pages/index/index.wxml:2:2"},
	{name: "component: a generic", files: two + `
-- c/c.json --
{"component": true, "componentGenerics": {"the-item": true, "the-other": {"default": "./none"}}}
-- c/c.wxml --
<the-item/><the-other/>`, want: "component-missing c/c.json:1:86"},
	{name: "component: components of app.json are not an independent subpackage's", files: packages + `
-- app.json --
{"pages": ["pages/index/index"], "usingComponents": {"the-c": "c"}, "subPackages": [
{"root": "s", "pages": ["a"]}, {"root": "t", "pages": ["a"]}, {"root": "i", "pages": ["a"], "independent": true}]}
-- c.json --
{"component": true}
-- c.js --
Component({})
-- c.wxml --
<view/>
-- s/a.wxml --
<the-c/>
-- i/a.wxml --
<the-c/>`, want: "w component-undeclared i/a.wxml:1:2"},
	{name: "placeholder: its faults", files: two + `
-- pages/index/index.json --
{"usingComponents": {"c": "/c/c"}, "componentPlaceholder": {
"c": "the-no",
"the-d": "view"}}`, want: `
w component-placeholder pages/index/index.json:2:6
w component-placeholder pages/index/index.json:3:1`},
	{name: "placeholder: as it should be", files: two + `
-- pages/index/index.json --
{"usingComponents": {"c": "/c/c"}, "componentPlaceholder": {"c": "view"}}`},
	{name: "package: a component of another", files: packages + `
-- pages/index/index.json --
{"usingComponents": {"c": "/s/c"}}
-- t/a.json --
{"usingComponents": {"c": "/s/c"}, "componentPlaceholder": {"c": "view"}}
-- s/a.json --
{"usingComponents": {"c": "c"}}`, want: "component-package pages/index/index.json:1:27"},
	{name: "package: a component of app.json, shown by another", files: packages + `
-- app.json --
{"pages": ["pages/index/index"], "usingComponents": {"the-c": "/s/c"},
"subPackages": [{"root": "s", "pages": ["a"]}]}
-- pages/index/index.wxml --
<the-c/>`, want: "component-package app.json:1:63"},
	{name: "package: a component of app.json, shown in its own", files: packages + `
-- app.json --
{"pages": ["pages/index/index"], "usingComponents": {"the-c": "/s/c"},
"subPackages": [{"root": "s", "pages": ["a"]}]}
-- s/a.wxml --
<the-c/>`, want: "component-package app.json:1:63"},
	{name: "package: a component of app.json with a placeholder", files: packages + `
-- app.json --
{"pages": ["pages/index/index"], "usingComponents": {"the-c": "/s/c"}, "componentPlaceholder": {"the-c": "view"},
"subPackages": [{"root": "s", "pages": ["a"]}]}
-- pages/index/index.wxml --
<the-c/>`},
	{name: "package: an independent one and the main one", files: packages + `
-- i/a.json --
{"usingComponents": {"c": "/c"}}
-- c.json --
{"component": true}
-- c.js --
Component({})
-- c.wxml --
<view/>`, want: "component-package i/a.json:1:27"},
	{name: "package: files of another", files: packages + `
-- s/x.js --
1
-- s/x.wxml --
<view/>
-- s/x.wxss --
view {}
-- s/x.wxs --
var a = 1;
-- s/x.png --
PNG
-- pages/index/index.js --
require('../../s/x')
require.async('../../s/x')
require('../../s/x', function () {})
try { require('../../s/x') } catch (e) {}
Page({})
-- pages/index/index.wxml --
<import src="/s/x"/>
<wxs src="../../s/x.wxs" module="m"/>
<image src="/s/x.png"/>
-- pages/index/index.wxss --
@import "/s/x";`, want: `
package-boundary pages/index/index.js:1:9
w package-boundary pages/index/index.js:4:15
package-boundary pages/index/index.wxml:1:14
package-boundary pages/index/index.wxml:2:11
w package-boundary pages/index/index.wxml:3:13
package-boundary pages/index/index.wxss:1:9`},
	{name: "package: the main one's files", files: packages + `
-- s/a.js --
require('../main')
Page({})
-- s/a.wxml --
<import src="/main"/><image src="/main.png"/>
-- s/a.wxss --
@import "../main";
-- i/a.js --
require('../main')
Page({})`, want: "package-boundary i/a.js:1:9"},
	{name: "package: getApp() where there may be no app", files: packages + `
-- i/a.js --
const app = getApp()
const data = getApp().data
const other = getApp({ allowDefault: true }).data
Page({ a() { return getApp().data } })
-- s/a.js --
const data = getApp().data
Page({})`, want: `
w independent-app i/a.js:1:13
independent-app i/a.js:2:14`},
	{name: "plugin: not declared", files: `
-- pages/index/index.json --
{"usingComponents": {"a": "plugin://own/a", "b": "plugin://other/b"}}
-- app.json --
{"pages": ["pages/index/index"], "plugins": {"own": {"version": "1.0.0", "provider": "wx1234567890abcdef"}}}`,
		want: "w plugin-undeclared pages/index/index.json:1:50"},
	{name: "plugin: required and not declared", files: `
-- app.json --
{"pages": ["pages/index/index"], "plugins": {"own": {"version": "1.0.0", "provider": "wx1234567890abcdef"}}}
-- pages/index/index.js --
requirePlugin('own')
requirePlugin('other')
try { requirePlugin('maybe') } catch (e) {}
requirePlugin(name)
Page({})`, want: `
plugin-undeclared pages/index/index.js:2:15
w plugin-undeclared pages/index/index.js:3:21`},
	{name: "plugin: of a subpackage", files: packages + `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [
{"root": "s", "pages": ["a"], "plugins": {"own": {"version": "1.0.0", "provider": "wx1234567890abcdef"}}},
{"root": "t", "pages": ["a"]}]}
-- s/a.js --
requirePlugin('own')
Page({})
-- t/a.js --
requirePlugin('own')
Page({})`, want: "plugin-undeclared t/a.js:1:15"},
	{name: "plugin: the one that is developed here", files: `
-- project.config.json --
{"compileType": "plugin", "pluginRoot": "plugin/"}
-- pages/index/index.js --
requirePlugin('own')
Page({})`},
}

// TestMissingFolder: of a folder that is not there, what is looked for in it is one cause.
func TestMissingFolder(t *testing.T) {
	found := mustRun(t, lay(base, two+`
-- pages/index/index.json --
{"usingComponents": {"c": "/lib/button/button", "d": "../../lib/icon/icon", "e": "/c/gone", "f": "/c/gone2", "g": "/lib/button/button", "h": "/c/c"}}
-- c/c.json --
{"component": true, "usingComponents": {"c": "/lib/cell/cell", "e": "/c/gone"}}`), Options{})
	wantLines(t, found, "component-missing pages/index/index.json:1:27", "component-missing pages/index/index.json:1:82", "component-missing pages/index/index.json:1:98")
	for i, want := range []int{3, 1, 0} {
		if got := len(found[i].Related); got != want {
			t.Errorf("finding %d has %d other places, not %d", i, got, want)
		}
	}
}

// TestOneCauseOneFinding: what is missing is told once, with all places that ask for it.
func TestOneCauseOneFinding(t *testing.T) {
	found := mustRun(t, lay(base, `
-- pages/index/index.wxml --
<image src="/img/a.png"/>
<image src="../../img/b.png"/>
<image src="/a.png"/>
<image src="/b.png"/>
<image src="/a.png"/>
<navigator url="/pages/gone/gone"/>
<navigator url="/pages/indexx/index"/>
<navigator url="/pages/indexx/index"/>
-- pages/index/index.js --
wx.navigateTo({ url: '/pages/gone/gone' })
wx.navigateTo({ url: '../gone/gone?a=1' })
Page({})`), Options{})
	got := map[string]int{}
	for _, f := range found {
		got[f.Place.String()] = len(f.Related)
	}
	want := map[string]int{
		"pages/index/index.wxml:1:13": 1, "pages/index/index.wxml:3:13": 1, "pages/index/index.wxml:4:13": 0,
		"pages/index/index.wxml:7:17": 0, "pages/index/index.wxml:8:17": 0, "pages/index/index.js:1:22": 2,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestCauseSwitchedOff: what is allowed in one place is not in the next.
func TestCauseSwitchedOff(t *testing.T) {
	found := mustRun(t, lay(base, `
-- pages/index/index.wxml --
<!-- tuikit-cli-disable-next-line image-missing -- comes from the build -->
<image src="/img/a.png"/>
<image src="/img/b.png"/>
<image src="/img/a.png"/>`), Options{})
	wantLines(t, found, "w image-missing pages/index/index.wxml:3:13")
	if got, want := found[0].Related[0].Message.String(), "img/a.png is not there either"; len(found[0].Related) != 1 || got != want {
		t.Errorf("related: %v", found[0].Related)
	}
	found = mustRun(t, lay(base, `
-- project.config.json --
{"setting": {"es6": true, "minified": true}, "packOptions": {"ignore": [{"type": "folder", "value": "img"}]}}
-- pages/index/index.wxml --
<image src="/img/a.png"/>
<image src="/img/b.png"/>
-- img/a.png --
PNG
-- img/b.png --
PNG`), Options{})
	wantLines(t, found, "w image-missing pages/index/index.wxml:1:13", "w image-missing pages/index/index.wxml:2:13")
}

// TestModuleSwitchedOff: the same of a module.
func TestModuleSwitchedOff(t *testing.T) {
	found := mustRun(t, lay(base, `
-- app.js --
// tuikit-cli-disable-next-line module-missing -- written by the build
require('./gone')
require('./gone')
App({})
-- pages/index/index.js --
require('../../gone')
Page({})`), Options{})
	wantLines(t, found, "module-missing app.js:3:9")
	if len(found[0].Related) != 1 {
		t.Errorf("related: %v", found[0].Related)
	}
}

// TestOutOfTheRoot: a path with too many "../" is proposed as it was most likely meant.
func TestOutOfTheRoot(t *testing.T) {
	found := mustRun(t, lay(base, two+`
-- pages/index/index.json --
{"usingComponents": {"c": "../../../c/c", "d": "../../../gone/d"}}
-- pages/index/index.wxml --
<c/><d/>
<include src="../../../parts/foot"/>
<image src="../../../img/a.png"/>
-- pages/index/index.js --
require('../../../util')
require('../../../gone')
Page({})
-- util.js --
1
-- parts/foot.wxml --
<view/>
-- img/a.png --
PNG`), Options{})
	want := map[string]string{
		"pages/index/index.json:1:27": "/c/c", "pages/index/index.json:1:48": "",
		"pages/index/index.wxml:2:15": "/parts/foot", "pages/index/index.wxml:3:13": "/img/a.png",
		"pages/index/index.js:1:9": "../../util", "pages/index/index.js:2:9": "",
	}
	got := map[string]string{}
	for _, f := range found {
		got[f.Place.String()] = f.Expected.String()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
