package check_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tuikit-cli/tuikit-cli/docs"
	"github.com/tuikit-cli/tuikit-cli/internal/check"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
)

var update = flag.Bool("update", false, "rewrite the outputs and the table of rules in docs/checks*.md")

// plainProject is what the examples are laid over. The pages describe it.
const plainProject = `
-- project.config.json --
{
  "compileType": "miniprogram",
  "setting": {
    "es6": true,
    "minified": true
  }
}
-- app.json --
{
  "pages": ["pages/index/index"]
}
-- app.js --
App({});
-- pages/index/index.js --
Page({});
-- pages/index/index.json --
{}
-- pages/index/index.wxml --
<view class="title">Hello</view>
-- pages/index/index.wxss --
.title { color: #333; }
`

// kitProject is what the examples of the uikit-* rules are laid over: as little of
// a UIKit as check takes for one, and a page that shows it rightly.
const kitProject = plainProject + `
-- app.json --
{
  "pages": ["pages/index/index", "pages/chat/chat"]
}
-- app.js --
import TencentCloudChat from '@tencentcloud/chat';

App({
  globalData: {},
  onLaunch() {
    wx.TencentCloudChat = TencentCloudChat;
    wx.$TUIKit = TencentCloudChat.create({ SDKAppID: 1400000000 });
    wx.$chat_SDKAppID = 1400000000;
    wx.$chat_userID = 'alice';
    wx.$chat_userSig = '';
  },
});
-- pages/chat/chat.js --
Page({
  onReady() {
    this.selectComponent('#TUIKit').init();
  },
});
-- pages/chat/chat.json --
{
  "navigationStyle": "custom",
  "usingComponents": {
    "TUIKit": "/TUIKit/index"
  }
}
-- pages/chat/chat.wxml --
<TUIKit id="TUIKit"></TUIKit>
-- miniprogram_npm/@tencentcloud/chat/index.js --
module.exports = { create() { return {}; } };
-- TUIKit/index.js --
Component({ methods: { init() {} } });
-- TUIKit/index.json --
{
  "component": true,
  "usingComponents": {
    "TUIConversation": "./components/TUIConversation/index",
    "TUIChat": "./components/TUIChat/index"
  }
}
-- TUIKit/index.wxml --
<TUIConversation /><TUIChat />
-- TUIKit/components/TUIConversation/index.js --
Component({ methods: { list() { return wx.$TUIKit.getConversationList(); } } });
-- TUIKit/components/TUIConversation/index.json --
{ "component": true }
-- TUIKit/components/TUIConversation/index.wxml --
<view />
-- TUIKit/components/TUIChat/index.js --
Component({ data: { event: wx.TencentCloudChat.EVENT } });
-- TUIKit/components/TUIChat/index.json --
{ "component": true }
-- TUIKit/components/TUIChat/index.wxml --
<view />
-- TUIKit/debug/GenerateTestUserSig.js --
export const genTestUserSig = () => ({ userSig: '' });
`

// page is one of the two files; the form of its sections is in its own language.
type page struct {
	file string
	lang msg.Lang

	section      *regexp.Regexp
	output       string // the line above an output
	severities   map[diag.Severity]string
	release, fix string // what follows the severity
	tableHead    string
	yes          string
}

func sectionForm(options, input, output, after string) *regexp.Regexp {
	return regexp.MustCompile("(?s)^\\*\\*([^*\n]+)\\*\\*\n\n([^\n]+)\n\n(.+?)\n\n(?:" + options + " ?(--release)\n\n)?" +
		input + "\n```txtar\n(.*?)```\n" + output + "\n```\n(.*?)```\n" + after + "\n```txtar\n(.*?)```$")
}

var pages = []page{
	{
		file: "checks.md", lang: msg.English, output: "Output:",
		section:    sectionForm("Options:", "Input:", "Output:", "After:"),
		severities: map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning"},
		release:    "; with --release: ", fix: " · fixable with --fix", yes: "yes",
		tableHead: "| Rule | Severity | `--fix` | |\n|---|---|---|---|\n",
	},
	{
		file: "checks.zh-CN.md", lang: msg.Chinese, output: "输出：",
		section:    sectionForm("选项：", "输入：", "输出：", "修正后："),
		severities: map[diag.Severity]string{diag.Error: "错误", diag.Warning: "警告"},
		release:    "；加 --release 时为", fix: " · 可用 --fix 修复", yes: "可",
		tableHead: "| 规则 | 级别 | `--fix` | |\n|---|---|---|---|\n",
	},
}

// section is what a page says about one rule.
type section struct {
	id, title, grade string
	release          bool
	input, after     map[string]string
	output           string
}

// TestDocs runs the example of every rule, and compares what check says with the
// page, in both languages.
func TestDocs(t *testing.T) {
	t.Parallel()
	var first []section
	for _, p := range pages {
		path := "../../docs/" + p.file
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(data), "\r\n", "\n")
		sections := p.sections(t, text)
		p.compareRules(t, sections)
		if first == nil {
			first = sections
		}
		compareLanguages(t, first, sections)
		fresh := p.withTable(t, text, sections)
		for _, s := range sections {
			t.Run(string(p.lang)+"/"+s.id, func(t *testing.T) { fresh = p.example(t, fresh, s) })
		}
		if *update && fresh != text {
			if err := os.WriteFile(path, []byte(fresh), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// ruleHeading tells the headings of rules from those of the introduction.
var ruleHeading = regexp.MustCompile(`^[a-z0-9-]+$`)

// sections cuts the page as docs.Rule does.
func (p page) sections(t *testing.T, text string) []section {
	t.Helper()
	var all []section
	for _, part := range strings.Split(text, "\n## ")[1:] {
		id, body, _ := strings.Cut(part, "\n")
		if !ruleHeading.MatchString(id) {
			continue // of what the page begins with
		}
		m := p.section.FindStringSubmatch(strings.TrimSpace(body))
		if m == nil {
			t.Fatalf("%s: section %s is not of the form that this test knows", p.file, id)
		}
		s := section{id: id, title: m[1], grade: m[2], release: m[4] != "", input: unpack(m[5]), output: m[6], after: unpack(m[7])}
		if title, whole, ok := docs.Rule(id, p.lang == msg.Chinese); !*update && (!ok || title != s.title || !strings.Contains(whole, m[3])) {
			t.Errorf("%s: docs.Rule(%s) = %q, %v; the page says %q", p.file, id, title, ok, s.title)
		}
		if len(s.input) == 0 || len(s.after) == 0 {
			t.Errorf("%s: the example of %s has no files", p.file, id)
		}
		all = append(all, s)
	}
	return all
}

func unpack(text string) map[string]string {
	files := map[string]string{}
	for _, file := range txtar.Parse([]byte(text)).Files {
		files[file.Name] = string(file.Data)
	}
	return files
}

// compareRules wants one section a rule, in the order of check.Rules, which is that
// of the alphabet.
func (p page) compareRules(t *testing.T, sections []section) {
	t.Helper()
	var ids []string
	for _, s := range sections {
		ids = append(ids, s.id)
	}
	if diff := cmp.Diff(check.IDs(), ids); diff != "" {
		t.Fatalf("%s: rules (-) and sections (+) differ:\n%s", p.file, diff)
	}
	for i := range ids[1:] {
		if ids[i] >= ids[i+1] {
			t.Errorf("%s: %s stands before %s", p.file, ids[i], ids[i+1])
		}
	}
}

func compareLanguages(t *testing.T, first, second []section) {
	t.Helper()
	for i, a := range first {
		b := second[i]
		if diff := cmp.Diff(a.input, b.input); diff != "" {
			t.Errorf("%s: the languages have different inputs:\n%s", a.id, diff)
		}
		if diff := cmp.Diff(a.after, b.after); diff != "" {
			t.Errorf("%s: the languages have different files afterwards:\n%s", a.id, diff)
		}
		if a.release != b.release {
			t.Errorf("%s: the languages have different options", a.id)
		}
	}
}

// withTable is the page with the table of rules as its sections have them.
func (p page) withTable(t *testing.T, text string, sections []section) string {
	t.Helper()
	before, rest, found := strings.Cut(text, p.tableHead)
	if !found {
		t.Fatalf("%s has no table of rules", p.file)
	}
	old, rest, _ := strings.Cut(rest, "\n\n")
	var table strings.Builder
	for _, s := range sections {
		grade, fix := s.grade, ""
		if rest, fixable := strings.CutSuffix(grade, p.fix); fixable {
			grade, fix = rest, p.yes
		}
		fmt.Fprintf(&table, "| [%s](#%s) | %s | %s | %s |\n", s.id, s.id, grade, fix, s.title)
	}
	fresh := strings.TrimSuffix(table.String(), "\n")
	if !*update && old != fresh {
		t.Errorf("%s: the table of rules is not that of the sections:\n%s", p.file, cmp.Diff(old, fresh))
	}
	return before + p.tableHead + fresh + "\n\n" + rest
}

// example runs a section's files, and gives the page with what check says of them.
func (p page) example(t *testing.T, text string, s section) string {
	files := maps.Clone(base(s.id))
	overlay(files, s.input)
	found := run(t, files, s)
	got := p.print(t, files, found)
	if got == "" {
		t.Errorf("check finds nothing in the input")
	}
	if !*update && got != s.output {
		t.Errorf("output (-page, +check):\n%s", cmp.Diff(s.output, got))
	}
	p.compareGrade(t, s, found)
	overlay(files, s.after)
	if rest := run(t, files, s); len(rest) > 0 {
		t.Errorf("there are findings afterwards:\n%s", p.print(t, files, rest))
	}
	compareFix(t, s, found)
	head, body, _ := strings.Cut(text, "\n## "+s.id+"\n")
	above, body, _ := strings.Cut(body, "\n"+p.output+"\n```\n")
	_, below, _ := strings.Cut(body, "```\n")
	return head + "\n## " + s.id + "\n" + above + "\n" + p.output + "\n```\n" + got + "```\n" + below
}

func base(id string) map[string]string {
	if strings.HasPrefix(id, "uikit-") {
		return unpack(kitProject)
	}
	return unpack(plainProject)
}

// overlay puts files over others. What cannot be shown on a page is described.
func overlay(files, over map[string]string) {
	for name, text := range over {
		if text == "(deleted)\n" {
			maps.DeleteFunc(files, func(file, _ string) bool { return file == name || strings.HasPrefix(file, name+"/") })
		}
	}
	for name, text := range over {
		if text != "(deleted)\n" {
			files[name] = described(text)
		}
	}
}

var sized = regexp.MustCompile(`^\((\d+) KB\)\n$`)

func described(text string) string {
	if m := sized.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1])
		return strings.Repeat("x", n<<10)
	}
	if rest, marked := strings.CutPrefix(text, "(BOM)"); marked {
		return "\ufeff" + rest
	}
	return text
}

func disk(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// run gives the findings of the section's own rule.
func run(t *testing.T, files map[string]string, s section) []check.Finding {
	t.Helper()
	result, err := check.Run(disk(files), check.Options{Release: s.release})
	if err != nil {
		t.Fatal(err)
	}
	var own []check.Finding
	for _, f := range result.Findings {
		if f.Rule == s.id {
			own = append(own, f)
		}
	}
	return own
}

// print is what a terminal shows, without the summary.
func (p page) print(t *testing.T, files map[string]string, found []check.Finding) string {
	t.Helper()
	var report diag.Report
	for _, f := range found {
		report.Diagnostics = append(report.Diagnostics, f.Diagnostic)
	}
	if len(found) == 0 {
		return ""
	}
	var out bytes.Buffer
	err := diag.WriteText(&out, report, diag.TextOptions{Lang: p.lang, Source: func(file string) ([]byte, bool) {
		data, err := fs.ReadFile(disk(files), file)
		return data, err == nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	text := out.String()
	return text[:strings.LastIndex(text, "\n\n")+1]
}

// compareGrade wants the line below the title to say what the rule and its findings
// say.
func (p page) compareGrade(t *testing.T, s section, found []check.Finding) {
	t.Helper()
	rule := check.Find(s.id)
	want := p.severities[rule.Severity]
	if rule.Release != "" && rule.Release != rule.Severity {
		want += p.release + p.severities[rule.Release]
	}
	for _, f := range found {
		if f.Fixable {
			want += p.fix
			break
		}
	}
	if s.grade != want {
		t.Errorf("the line below the title is %q, not %q", s.grade, want)
	}
}

// compareFix wants the files afterwards to be those that --fix makes, where it mends
// all of the example.
func compareFix(t *testing.T, s section, found []check.Finding) {
	t.Helper()
	if len(found) == 0 || slices.ContainsFunc(found, func(f check.Finding) bool { return f.Fix == nil }) {
		return
	}
	files := base(s.id)
	overlay(files, s.input)
	change := plan.New(disk(files))
	if err := (&check.Result{Findings: found}).Mend(change); err != nil {
		t.Fatal(err)
	}
	overlay(files, s.after)
	for name := range s.after {
		got, err := change.ReadFile(name)
		if want, there := files[name]; there != (err == nil) || string(got) != want {
			t.Errorf("--fix makes %s (-page, +fix):\n%s", name, cmp.Diff(want, string(got)))
		}
	}
}
