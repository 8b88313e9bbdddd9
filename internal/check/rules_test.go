package check

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
)

// base is a mini program in which nothing is wrong; the cases lay files over it.
const base = `
-- project.config.json --
{"compileType": "miniprogram", "setting": {"es6": true, "minified": true}, "packOptions": {"ignore": [{"type": "file", "value": "tuikit-lock.json"}]}}
-- app.json --
{
"pages": ["pages/index/index"]
}
-- app.js --
App({})
-- pages/index/index.js --
Page({})
-- pages/index/index.wxml --
<view/>
`

// kit is as much of a UIKit of the generation chat as is looked at, and a page that
// shows it as it should.
const kit = base + `
-- app.json --
{
"pages": ["pages/index/index", "pages/chat/chat"]
}
-- app.js --
App({
globalData: {},
onLaunch() {
wx.TencentCloudChat = require('@tencentcloud/chat')
wx.$TUIKit = wx.TencentCloudChat.create({})
wx.$chat_SDKAppID = 1
wx.$chat_userID = 'a'
wx.$chat_userSig = ''
}
})
-- pages/chat/chat.js --
Page({ onReady() { this.selectComponent('#TUIKit').init() } })
-- pages/chat/chat.json --
{"navigationStyle": "custom", "usingComponents": {"TUIKit": "/TUIKit/index"}}
-- pages/chat/chat.wxml --
<TUIKit id="TUIKit"/>
-- TUIKit/index.json --
{"component": true, "usingComponents": {"a": "./components/TUIConversation/index", "b": "./components/TUIChat/index"}}
-- TUIKit/index.js --
Component({})
-- TUIKit/index.wxml --
<a/><b/>
-- TUIKit/components/TUIConversation/index.json --
{"component": true}
-- TUIKit/components/TUIConversation/index.js --
Component({ methods: { out() { wx.navigateTo({ url: '/TUI-CustomerService/pages/index' }) } } })
-- TUIKit/components/TUIConversation/index.wxml --
<view/>
-- TUIKit/components/TUIChat/index.json --
{"component": true}
-- TUIKit/components/TUIChat/index.js --
Component({ created() { wx.TencentCloudChat } })
-- TUIKit/components/TUIChat/index.wxml --
<view/>
-- TUIKit/debug/GenerateTestUserSig.js --
const SECRETKEY = ''
module.exports = SECRETKEY
-- miniprogram_npm/@tencentcloud/chat/index.js --
module.exports = {}
`

// lay makes a project of archives, later ones over earlier ones. A file that says
// just "gone" is taken away. The last line end is not part of a file.
func lay(archives ...string) fstest.MapFS {
	project := fstest.MapFS{}
	for _, archive := range archives {
		for _, file := range txtar.Parse([]byte(archive)).Files {
			text := strings.TrimSuffix(string(file.Data), "\n")
			if text == "gone" {
				delete(project, file.Name)
				continue
			}
			project[file.Name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return project
}

func mustRun(t *testing.T, fsys fs.FS, o Options) []Finding {
	t.Helper()
	result, err := Run(fsys, o)
	if err != nil {
		t.Fatal(err)
	}
	return result.Findings
}

// lines says of each finding which it is, and where: warnings begin with "w".
func lines(found []Finding) []string {
	said := []string{}
	for _, f := range found {
		at := f.File
		if f.Line > 0 {
			at = fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column)
		}
		line := f.Rule + " " + at
		if f.Severity == diag.Warning {
			line = "w " + line
		}
		said = append(said, line)
	}
	return said
}

// ruleCase is a project and what is wrong with it.
type ruleCase struct {
	name  string
	over  string // kit, where that is what files are laid over; else base
	files string
	want  string // lines
}

func (c ruleCase) project() fstest.MapFS {
	if c.over != "" {
		return lay(c.over, c.files)
	}
	return lay(base, c.files)
}

func cases() []ruleCase {
	return slices.Concat(configCases, appCases, componentCases, scriptCases, markupCases, kitCases)
}

func TestRules(t *testing.T) {
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			found := mustRun(t, c.project(), Options{})
			want := strings.FieldsFunc(c.want, func(r rune) bool { return r == '\n' })
			for i, line := range want {
				want[i] = strings.TrimSpace(line)
			}
			if diff := cmp.Diff(want, lines(found), cmp.Transformer("empty", func(s []string) []string { return append([]string{}, s...) })); diff != "" {
				t.Error(diff)
				for _, f := range found {
					t.Logf("%s: %s [%s] expected %q hint %q", f.Place, f.Message, f.Rule, f.Expected, f.Hint)
				}
			}
			wordsAreThere(t, found)
		})
	}
}

// wordsAreThere wants every text to be in the catalogues: an ID that is not comes
// back as itself.
func wordsAreThere(t *testing.T, found []Finding) {
	t.Helper()
	for _, f := range found {
		texts := []string{f.Message.String(), f.Hint.String(), f.Expected.String()}
		for _, related := range f.Related {
			texts = append(texts, related.Message.String())
		}
		for _, text := range texts {
			if strings.HasPrefix(text, "check.") || strings.Contains(text, "<no value>") {
				t.Errorf("%s: a text without words: %q", f.Rule, text)
			}
		}
	}
}

// TestEveryRuleHasItsCase: a rule that no case shows might as well not be there.
func TestEveryRuleHasItsCase(t *testing.T) {
	shown := map[string]bool{}
	for _, c := range cases() {
		for line := range strings.Lines(c.want) {
			for word := range strings.FieldsSeq(line) {
				shown[word] = true
			}
		}
	}
	for _, id := range append(IDs(), slices.Collect(maps.Keys(elsewhere))...) {
		if !shown[id] && elsewhere[id] == "" {
			t.Errorf("no case shows %s", id)
		}
	}
}

// elsewhere are the rules that have a test of their own.
var elsewhere = map[string]string{
	"suppression":         "TestSuppression",
	"uikit-debug-library": "TestRelease",
	"uikit-drift":         "TestDrift",
	"package-size":        "TestPackageSize",
}

func TestNothingWrong(t *testing.T) {
	for name, archive := range map[string]string{"base": base, "kit": kit} {
		if found := mustRun(t, lay(archive), Options{Release: true}); len(found) > 0 {
			t.Errorf("%s: %v", name, lines(found))
		}
	}
}
