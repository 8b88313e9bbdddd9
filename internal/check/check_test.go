package check

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

func wantLines(t *testing.T, found []Finding, want ...string) {
	t.Helper()
	if diff := cmp.Diff(append([]string{}, want...), lines(found)); diff != "" {
		t.Error(diff)
	}
}

func TestIDs(t *testing.T) {
	ids := IDs()
	if !slices.IsSorted(ids) {
		t.Errorf("the rules are not in order: %v", ids)
	}
	if len(slices.Compact(ids)) != len(Rules) {
		t.Error("two rules have the same ID")
	}
	for _, id := range ids {
		if Find(id) == nil || Find(id).ID != id {
			t.Errorf("Find(%q) = %v", id, Find(id))
		}
	}
	if Find("no-such-rule") != nil {
		t.Error("found a rule that is not there")
	}
}

func TestRelease(t *testing.T) {
	project := lay(kit, `
-- app.js --
const { genTestUserSig } = require('./TUIKit/debug/GenerateTestUserSig')
const SECRETKEY = 'abcdefghijklmnop'
App({
globalData: {},
onLaunch() {
wx.TencentCloudChat = require('@tencentcloud/chat')
wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = genTestUserSig(SECRETKEY)
} })
-- project.config.json --
{"setting": {"es6": true, "urlCheck": true}}`)
	wantLines(t, mustRun(t, project, Options{}),
		"w uikit-secret-key app.js:2:7", "w uikit-url-check project.config.json:1:39")
	wantLines(t, mustRun(t, project, Options{Release: true}),
		"uikit-debug-library app.js:1:36", "uikit-secret-key app.js:2:7")
}

func TestPackageSize(t *testing.T) {
	script := func(megabytes float64) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil, "exports.a = '%s';", strings.Repeat("a", int(megabytes*(1<<20))))}
	}
	picture := func(megabytes float64) *fstest.MapFile {
		return &fstest.MapFile{Data: make([]byte, int(megabytes*(1<<20)))}
	}
	for _, c := range []struct {
		name  string
		over  string
		files fstest.MapFS
		want  []string
	}{
		{"small", "", fstest.MapFS{"a.js": script(1), "b.png": picture(0.9)}, nil},
		{"minification may help", "", fstest.MapFS{"a.js": script(1.15), "b.png": picture(0.9)}, []string{"w package-size app.json:2:10"}},
		{"nothing minifies", "-- project.config.json --\n{\"setting\": {\"minified\": false}}", fstest.MapFS{"a.js": script(2.1)}, []string{"package-size app.json:2:10"}},
		{"pictures do not shrink", "", fstest.MapFS{"b.png": picture(2.1)}, []string{"package-size app.json:2:10"}},
		{"not packed", "", fstest.MapFS{"b.psd": picture(3), "node_modules/b.png": picture(3)}, nil},
		{"left out", "-- project.config.json --\n{\"packOptions\": {\"ignore\": [{\"type\": \"suffix\", \"value\": \".png\"}]}}", fstest.MapFS{"B.PNG": picture(3)}, nil},
		{"unused scripts are dropped", "-- project.config.json --\n{\"setting\": {\"ignoreUploadUnusedFiles\": true}}", fstest.MapFS{"a.js": script(7)}, nil},
		{"each package by itself", `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s/", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, fstest.MapFS{"s/b.png": picture(2.5), "b.png": picture(1.5)}, []string{"package-size s"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := lay(base, c.over)
			for name, file := range c.files {
				files[name] = file
			}
			wantLines(t, mustRun(t, files, Options{}), c.want...)
		})
	}
}

func TestSuppression(t *testing.T) {
	faulty := func(wxml string) string {
		return "-- pages/index/index.wxml --\n" + wxml
	}
	manifest := func(check string) string {
		return "-- package.json --\n{\"tuikit-cli\": {\"check\": " + check + "}}\n"
	}
	const image = `<image src="no.png"/>`
	for _, c := range []struct {
		name  string
		files string
		want  []string
	}{
		{"next line", faulty("<!-- tuikit-cli-disable-next-line image-missing -- comes from the build -->\n" + image), nil},
		{"next line, another rule", faulty("<!-- tuikit-cli-disable-next-line style-url -- comes from the build -->\n" + image), []string{"w image-missing pages/index/index.wxml:2:13"}},
		{"next line, not the one after", faulty("<!-- tuikit-cli-disable-next-line image-missing -- comes from the build -->\n\n" + image), []string{"w image-missing pages/index/index.wxml:3:13"}},
		{"its own line", faulty(image + "<!-- tuikit-cli-disable-line image-missing -- comes from the build -->"), nil},
		{"the file", faulty(image + "\n" + image + "\n<!-- tuikit-cli-disable style-url, image-missing -- comes from the build -->"), nil},
		{"no reason", faulty("<!-- tuikit-cli-disable image-missing -->\n" + image),
			[]string{"w suppression pages/index/index.wxml:1:6", "w image-missing pages/index/index.wxml:2:13"}},
		{"Windows line ends", faulty("<!-- tuikit-cli-disable-next-line image-missing -- why -->\r\n" + image), nil},
		{"a script", "-- app.js --\n// tuikit-cli-disable-next-line module-missing -- made by the build\nrequire('./no')\nrequire('./no2')", []string{"module-missing app.js:3:9"}},
		{"off", manifest(`{"rules": {"image-missing": "off"}}`) + faulty(image), nil},
		{"an error", manifest(`{"rules": {"image-missing": "error"}}`) + faulty(image), []string{"image-missing pages/index/index.wxml:1:13"}},
		{"a warning", manifest(`{"rules": {"module-missing": "warning"}}`) + "-- app.js --\nrequire('./no')", []string{"w module-missing app.js:1:9"}},
		{"no such rule", manifest(`{"rules": {"image-mising": "off"}}`) + faulty(image),
			[]string{"w suppression package.json:1:37", "w image-missing pages/index/index.wxml:1:13"}},
		{"no such severity", manifest(`{"rules": {"image-missing": "never"}}`) + faulty(image),
			[]string{"w suppression package.json:1:54", "w image-missing pages/index/index.wxml:1:13"}},
		{"a pattern", manifest(`{"ignore": ["pages/**/*.wxml", "[", 1]}`) + faulty(image), nil},
		{"another pattern", manifest(`{"ignore": ["*.wxml"]}`) + faulty(image), []string{"w image-missing pages/index/index.wxml:1:13"}},
		{"settings of another shape", manifest(`[]`) + faulty(image), []string{"w image-missing pages/index/index.wxml:1:13"}},
		{"a comment with a rule that is none", faulty("<!-- tuikit-cli-disable-next-line image-misssing -- why -->\n" + image), []string{"w suppression pages/index/index.wxml:1:6", "w image-missing pages/index/index.wxml:2:13"}},
		{"no complaints about comments", manifest(`{"rules": {"suppression": "off"}}`) + faulty("<!-- tuikit-cli-disable image-missing -->\n"+image), []string{"w image-missing pages/index/index.wxml:2:13"}},
		{"a folder without complaints", manifest(`{"ignore": ["pages/**"]}`) + faulty("<!-- tuikit-cli-disable image-missing -->\n"+image), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := mustRun(t, lay(base, c.files), Options{})
			wantLines(t, found, c.want...)
			wordsAreThere(t, found)
		})
	}
}

// TestOnce: one cause is reported once.
func TestOnce(t *testing.T) {
	for _, c := range []struct {
		name, files string
		want        []string
		related     int
	}{
		{"a script that three need", "-- app.js --\nrequire('./no')\nrequire('./no.js')\n-- pages/index/index.js --\nrequire('../../no')", []string{"module-missing app.js:1:9"}, 2},
		{"TypeScript that is not compiled", "-- app.js --\nrequire('./a')\nrequire('./b')\n-- a.ts --\n1\n-- b.ts --\n1", []string{"typescript-off app.js:1:9"}, 1},
		{"an app.json that does not parse", "-- app.json --\n{,}\n-- pages/index/index.wxml --\n<c/><navigator url=\"/no/no\"/>", []string{"json-syntax app.json:1:2"}, 0},
		{"a page's JSON that does not parse", "-- pages/index/index.json --\n{,}\n-- pages/index/index.wxml --\n<the-c/>", []string{"json-syntax pages/index/index.json:1:2"}, 0},
		{"a subpackage without its folder", "-- app.json --\n{\"pages\": [\"pages/index/index\"], \"subPackages\": [{\"root\": \"s\", \"entry\": \"a.js\", \"pages\": [\"a\", \"b\"]}]}", []string{"subpackage-root app.json:1:59"}, 0},
		{"a page that is written wrong", "-- app.json --\n{\"pages\": [\"pages/index/index\", \"/no\"]}", []string{"page-path app.json:1:33"}, 0},
		{"a page that is not there, twice", "-- app.json --\n{\"pages\": [\"pages/index/index\", \"no\", \"no\"]}", []string{"page-missing app.json:1:33", "page-path app.json:1:39"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := mustRun(t, lay(base, c.files), Options{})
			wantLines(t, found, c.want...)
			if len(found) > 0 && len(found[0].Related) != c.related {
				t.Errorf("%d related places, want %d: %v", len(found[0].Related), c.related, found[0].Related)
			}
		})
	}
}

// TestFixes: each fix ends its finding and leaves everything else as it is.
func TestFixes(t *testing.T) {
	for _, c := range []struct {
		name, over, files string
		want              map[string]string // what the fix changes; "": gone
	}{
		{"byte order mark in JSON", base, "-- pages/index/index.json --\n\ufeff{ \"navigationBarTitleText\":\t\"a\" }\r", map[string]string{
			"pages/index/index.json": "{ \"navigationBarTitleText\":\t\"a\" }\r"}},
		{"byte order mark in a style", base, "-- app.wxss --\n\ufeffview {}\r\n", map[string]string{"app.wxss": "view {}\r"}},
		{"component", base, two + "-- c/c.json --\n{\n    \"usingComponents\": {}\n}", map[string]string{
			"c/c.json": "{\n    \"usingComponents\": {},\n    \"component\": true\n}"}},
		{"two in one file", base, two + "-- c/c.json --\n\ufeff{}", map[string]string{"c/c.json": "{\"component\": true}"}},
		{"lock files", base, "-- project.config.json --\n{\"setting\": {}}\n-- package-lock.json --\n{}\n-- tuikit-lock.json --\n{\"version\": 1}", map[string]string{
			"project.config.json": "{\"setting\": {}, \"packOptions\": {\"ignore\": [{\"type\": \"file\", \"value\": \"tuikit-lock.json\"}, {\"type\": \"file\", \"value\": \"package-lock.json\"}]}}"}},
		{"es6", base, "-- project.config.json --\n{ \"setting\": { \"es6\":false } }\n-- app.js --\nimport './x'\n-- x.js --\n1", map[string]string{
			"project.config.json": "{ \"setting\": { \"es6\":true } }"}},
		{"a slash in front", base, "-- pages/index/index.js --\nconst a = '/utils/u' // '/utils/u'\nimport b from \"/utils/u\"\nrequire('/utils/u')\nrequire(`/utils/u`)\n-- utils/u.js --\n1", map[string]string{
			"pages/index/index.js": "const a = '/utils/u' // '/utils/u'\nimport b from \"../../utils/u\"\nrequire('../../utils/u')\nrequire(`../../utils/u`)"}},
		{"a folder", base, "-- app.js --\n/* 汉字 */ require('./utils'); require('./utils/')\r\nrequire('./utils')\n-- utils/index.js --\n1", map[string]string{
			"app.js": "/* 汉字 */ require('./utils/index'); require('./utils/index')\r\nrequire('./utils/index')"}},
		{"a folder, with an ending", base, "-- app.js --\nrequire('./utils.js')\n-- utils/index.js --\n1", map[string]string{
			"app.js": "require('./utils/index')"}},
		{"globalData, where App is spoken of", kit, "-- app.js --\n// App({ is the last\nconst createApp = (o) => o, a = 'App({'\nApp({ ...createApp({ onLaunch() {\n wx.TencentCloudChat = wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1\n} }) })", map[string]string{
			"app.js": "// App({ is the last\nconst createApp = (o) => o, a = 'App({'\nApp({\n  globalData: {}, ...createApp({ onLaunch() {\n wx.TencentCloudChat = wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1\n} }) })"}},
		{"globalData", kit, "-- app.js --\nApp({\r\n  onLaunch() {\r\n    wx.TencentCloudChat = wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1\r\n    require('/utils/u')\r\n    require('./utils')\r\n  },\r\n})\n-- utils/index.js --\n1\n-- utils/u.js --\n1", map[string]string{
			"app.js": "App({\r\n  globalData: {},\r\n  onLaunch() {\r\n    wx.TencentCloudChat = wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1\r\n    require('/utils/u')\r\n    require('./utils/index')\r\n  },\r\n})"}},
		{"navigation", kit, "-- pages/chat/chat.json --\n{\"usingComponents\": {\"TUIKit\": \"/TUIKit/index\"}}", map[string]string{
			"pages/chat/chat.json": "{\"usingComponents\": {\"TUIKit\": \"/TUIKit/index\"}, \"navigationStyle\": \"custom\"}"}},
		{"a copy", kit, "-- debug/GenerateTestUserSig.js --\n1", map[string]string{
			"debug/GenerateTestUserSig.js": "const SECRETKEY = ''\nmodule.exports = SECRETKEY"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := lay(c.over, c.files)
			after := mended(t, before)
			want := overlaid(before, c.want)
			if diff := cmp.Diff(texts(want), texts(after)); diff != "" {
				t.Error(diff)
			}
			for _, f := range mustRun(t, after, Options{}) {
				t.Errorf("still: %s %s", f.Rule, f.Place)
			}
		})
	}
}

// TestNothingIsGuessed: where a fix would have to guess, or would not help, there is
// none.
func TestNothingIsGuessed(t *testing.T) {
	const chat = "-- app.js --\nconst start = () => { wx.TencentCloudChat = wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1 }\n"
	for _, c := range []struct{ name, over, files, rule string }{
		{"a key is there twice", base, "-- project.config.json --\n{\"setting\": {}, \"setting\": {\"es6\": false}}\n-- app.js --\nimport './x'\n-- x.js --\n1", "es6-off"},
		{"a value is there twice", base, two + "-- c/c.json --\n{\"component\": true, \"component\": null}", "component-flag"},
		{"no list of rules", base, "-- project.config.json --\n{\"packOptions\": {\"ignore\": null}}\n-- package-lock.json --\n{}", "pack-files"},
		{"no object of rules", base, "-- project.config.json --\n{\"packOptions\": []}\n-- package-lock.json --\n{}", "pack-files"},
		{"no config", base, "-- project.config.json --\ngone\n-- package-lock.json --\n{}", "pack-files"},
		{"another rule counts for more", base, "-- project.config.json --\n{\"packOptions\": {\"include\": [{\"type\": \"suffix\", \"value\": \"LOCK.json\"}]}}\n-- package-lock.json --\n{}", "pack-files"},
		{"no call of App", kit, chat + "// App({ })\nstart()", "uikit-global-data"},
		{"App of something else", kit, chat + "start()\nApp(Object.assign({}, {}))", "uikit-global-data"},
		{"App that does not parse", kit, chat + "App({ a: })", "uikit-global-data"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := lay(c.over, c.files)
			found := mustRun(t, before, Options{})
			i := slices.IndexFunc(found, func(f Finding) bool { return f.Rule == c.rule })
			if i < 0 || found[i].Fix != nil || found[i].Fixable || found[i].Expected.IsZero() && found[i].Hint.IsZero() {
				t.Errorf("%s should be found, without a fix: %v", c.rule, lines(found))
			}
			if diff := cmp.Diff(texts(before), texts(mended(t, before))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestFixOfWhatChanged: what somebody has changed after it was checked is left alone.
func TestFixOfWhatChanged(t *testing.T) {
	before := lay(kit, two, `
-- project.config.json --
{"setting": {"es6": false}}
-- app.js --
import '/x'
require('./u')
App({ onLaunch() { wx.TencentCloudChat = wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1 } })
-- u/index.js --
1
-- c/c.json --
{}`)
	result, err := Run(before, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "{", "\xff", "App({", "[1]"} {
		after := overlaid(before, map[string]string{"project.config.json": text, "app.js": text, "c/c.json": text})
		change := plan.New(after)
		if err := result.Mend(change); err != nil || len(change.Ops()) > 0 {
			t.Errorf("%q: %v, %d operations", text, err, len(change.Ops()))
		}
	}
	if err := result.Mend(plan.New(fstest.MapFS{})); err != nil {
		t.Errorf("all gone: %v", err)
	}
}

func overlaid(files fstest.MapFS, over map[string]string) fstest.MapFS {
	all := fstest.MapFS{}
	for name, file := range files {
		all[name] = file
	}
	for name, text := range over {
		all[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func texts(files fstest.MapFS) map[string]string {
	all := map[string]string{}
	for name, file := range files {
		all[name] = string(file.Data)
	}
	return all
}

// mended is a project with all its fixes applied.
func mended(t *testing.T, before fstest.MapFS) fstest.MapFS {
	t.Helper()
	result, err := Run(before, Options{})
	if err != nil {
		t.Fatal(err)
	}
	change := plan.New(before)
	if err := result.Mend(change); err != nil {
		t.Fatal(err)
	}
	return applied(t, before, change)
}

func applied(t *testing.T, before fstest.MapFS, change *plan.Plan) fstest.MapFS {
	t.Helper()
	after := overlaid(before, nil)
	for _, op := range change.Ops() {
		if op.Kind == plan.Move {
			delete(after, op.From)
		}
		data, err := change.ReadFile(op.Path)
		if err != nil {
			t.Fatal(err)
		}
		after[op.Path] = &fstest.MapFile{Data: data}
	}
	return after
}

func TestFixOfNested(t *testing.T) {
	after := mended(t, lay(base, nested))
	wantLines(t, mustRun(t, after, Options{}))
	for name := range after {
		if strings.Contains(name, "chat-uikit-wechat") {
			t.Errorf("%s stayed", name)
		}
	}
	if after["TUIKit/components/TUIChat/index.js"] == nil {
		t.Error("the UIKit is not where it belongs")
	}
}

// TestDrift: what was put in and is gone.
func TestDrift(t *testing.T) {
	files := lay(base, `
-- tuikit-lock.json --
{"version": 1, "files": {
"TUIKit/a.js": {"kind": "vendored", "sha256": "00"},
"pages/index/index.js": {"kind": "generated", "sha256": "00"}
}}`)
	wantLines(t, mustRun(t, files, Options{}), "w uikit-drift TUIKit/a.js")
}

// TestVendored: warnings about what the vendor brought, as it came, are not the
// owner's; once edited, they are.
func TestVendored(t *testing.T) {
	const text = `<image src="no.png"/>`
	lock := "-- tuikit-lock.json --\n" + `{"version": 1, "files": {"pages/index/index.wxml": {"kind": "vendored", "sha256": "` + plan.Hash([]byte(text)) + `"}}}`
	wantLines(t, mustRun(t, lay(base, lock, "-- pages/index/index.wxml --\n"+text), Options{}))
	wantLines(t, mustRun(t, lay(base, lock, "-- pages/index/index.wxml --\n"+text+" "), Options{}), "w image-missing pages/index/index.wxml:1:13")
}

// unreadable is a file system on which some files cannot be read, or some folders
// not be listed.
type unreadable struct {
	fstest.MapFS
	name string
}

func (u unreadable) Open(name string) (fs.File, error) {
	if name == u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.Open(name)
}

func (u unreadable) ReadFile(name string) ([]byte, error) {
	if name == u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.ReadFile(name)
}

func (u unreadable) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.ReadDir(name)
}

// TestUnreadable: what cannot be read is one error that names it.
func TestUnreadable(t *testing.T) {
	files := lay(base, `
-- pages/index/index.json --
{}
-- pages/index/index.wxss --
view {}
-- project.private.config.json --
{}
-- package.json --
{}
-- tuikit-lock.json --
{"version": 1}`)
	for _, name := range []string{"app.json", "app.js", "pages/index/index.json", "pages/index/index.wxml", "pages/index/index.wxss", "pages/index", "pages", "project.config.json", "project.private.config.json", "package.json", "tuikit-lock.json"} {
		_, err := Run(unreadable{files, name}, Options{})
		var file *project.FileError
		if !errors.As(err, &file) || file.Path != name || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("%s: %T %v", name, err, err)
		}
	}
}

func TestOddFiles(t *testing.T) {
	files := lay(base, two)
	odd := fstest.MapFS{
		"x.js/y.js":                          {Data: []byte("1")},
		"pages/index/index.json":             {Mode: fs.ModeDir},
		"c/c.wxss/c.wxss":                    {Data: []byte("view {}")},
		"pages/我的 页面/首页.js":                  {Data: []byte("Page({ a: '你好' });require('./没有')")},
		"pages/我的 页面/首页.wxml":                {Data: []byte("<view>你好</view><image src='没有.png'/>")},
		"empty.js":                           {},
		"empty.wxml":                         {},
		"empty.wxss":                         {},
		"empty.wxs":                          {},
		"nul.js":                             {Data: []byte("var a = '\x00'")},
		strings.Repeat("long/", 60) + "a.js": {Data: []byte("1")},
		strings.Repeat("n", 240) + ".js":     {Data: []byte("1")},
		"pipe.js":                            {Mode: fs.ModeNamedPipe},
		"package.json":                       {Mode: fs.ModeNamedPipe},
		"tuikit-lock.json":                   {Mode: fs.ModeDevice},
		"App.JSON":                           {Data: []byte("{,}")},
		"APP.JS":                             {Data: []byte("a b")},
		"a\nb.js":                            {Data: []byte("1")},
		".js":                                {Data: []byte("1")},
	}
	for name, file := range odd {
		files[name] = file
	}
	files["app.json"] = &fstest.MapFile{Data: []byte(`{"pages": ["pages/index/index", "pages/我的 页面/首页"]}`)}
	files["pages/index/index.wxml"] = &fstest.MapFile{Data: []byte("<view/>")}
	wantLines(t, mustRun(t, files, Options{}), "module-missing pages/我的 页面/首页.js:1:27", "w image-missing pages/我的 页面/首页.wxml:1:28")
}

func TestManyFindingsTwice(t *testing.T) {
	files := fstest.MapFS{}
	for _, c := range cases() {
		for name, file := range c.project() {
			files[path.Join(strings.NewReplacer(" ", "-", ":", "").Replace(c.name), name)] = file
		}
	}
	for _, root := range project.Search(files) {
		sub, err := fs.Sub(files, root)
		if err != nil {
			t.Fatal(err)
		}
		first, second := mustRun(t, sub, Options{}), mustRun(t, sub, Options{})
		if diff := cmp.Diff(said(first), said(second)); diff != "" {
			t.Errorf("%s: two runs differ: %s", root, diff)
		}
	}
}

// said is all that findings say.
func said(found []Finding) []string {
	var all []string
	for _, f := range found {
		d := f.Diagnostic
		all = append(all, fmt.Sprint(d.Place, d.Severity, d.Rule, d.Message, d.Expected, d.Hint, d.Related, d.Fixable, f.Fix != nil))
	}
	return all
}
