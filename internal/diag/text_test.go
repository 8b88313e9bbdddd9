package diag

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

func textOf(t *testing.T, r Report, o TextOptions) string {
	t.Helper()
	var out strings.Builder
	if err := WriteText(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// sources answers for files by their names.
func sources(files map[string]string) func(string) ([]byte, bool) {
	return func(name string) ([]byte, bool) {
		content, ok := files[name]
		return []byte(content), ok
	}
}

var sampleSources = sources(map[string]string{
	"pages/index/index.js": "const util = require('../../utils/utl')\n",
	"pages/首页 a.wxml":      "<view>\r\n\t你好</view>\r\n",
})

func TestWriteText(t *testing.T) {
	r := sample()
	r.Known, r.Stale = 4, 1
	for lang, want := range map[msg.Lang]string{
		msg.English: `(project)  error  app-missing
  there is no app.json

demo/pages/index/index.js:1:22  error  module-missing  fixable
  "../../utils/utl" is not there
  1 | const util = require('../../utils/utl')
    |                      ~~~~~~~~~~~~~~~~~
  demo/utils/util.js  has a similar name
  expected: utils/util.js
  next: correct the path

demo/pages/首页 a.wxml:2:3  warning  text-only
  <b> & 100% [it](1)
    second line
  2 |     你好</view>
    |       ^

2 errors, 1 warning in 1 mini program, 143 files
can be fixed with --fix: 1
known from the baseline, not shown: 4
in the baseline, but gone from the project: 1
`,
		msg.Chinese: `（整个项目）  错误  app-missing
  there is no app.json

demo/pages/index/index.js:1:22  错误  module-missing  可自动修复
  "../../utils/utl" is not there
  1 | const util = require('../../utils/utl')
    |                      ~~~~~~~~~~~~~~~~~
  demo/utils/util.js  has a similar name
  应为：utils/util.js
  下一步：correct the path

demo/pages/首页 a.wxml:2:3  警告  text-only
  <b> & 100% [it](1)
    second line
  2 |     你好</view>
    |       ^

2 个错误、1 个警告（1 个小程序，143 个文件）
可用 --fix 自动修复：1 个
基线中已有、未列出：4 个
基线中有、项目中已不存在：1 个
`,
	} {
		got := textOf(t, r, TextOptions{Lang: lang, Source: sampleSources})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", lang, diff)
		}
	}
}

func TestSummary(t *testing.T) {
	one, two := ProjectSummary{Files: 1}, ProjectSummary{Files: 8}
	warning := at("a.js", 0, 0, "r", "m")
	warning.Severity = Warning
	failure := at("a.js", 0, 0, "r", "m")
	for _, c := range []struct {
		r      Report
		en, zh string
	}{
		{Report{}, "no problems in 0 mini programs, 0 files", "没有发现问题：0 个小程序，0 个文件"},
		{Report{Projects: []ProjectSummary{one}}, "no problems in 1 mini program, 1 file", "没有发现问题：1 个小程序，1 个文件"},
		{Report{Projects: []ProjectSummary{one, two}, Diagnostics: []Diagnostic{failure}}, "1 error in 2 mini programs, 9 files", "1 个错误（2 个小程序，9 个文件）"},
		{Report{Projects: []ProjectSummary{two}, Diagnostics: []Diagnostic{warning, warning}}, "2 warnings in 1 mini program, 8 files", "2 个警告（1 个小程序，8 个文件）"},
		{Report{Projects: []ProjectSummary{two}, Diagnostics: []Diagnostic{failure, failure, warning}}, "2 errors, 1 warning in 1 mini program, 8 files", "2 个错误、1 个警告（1 个小程序，8 个文件）"},
	} {
		for lang, want := range map[msg.Lang]string{msg.English: c.en, msg.Chinese: c.zh} {
			text := strings.TrimSuffix(textOf(t, c.r, TextOptions{Lang: lang}), "\n")
			if got := text[strings.LastIndex(text, "\n")+1:]; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
	}
}

func TestTextColours(t *testing.T) {
	r := Report{Diagnostics: []Diagnostic{at("a.js", 1, 2, "r", "m")}}
	paint := func(code, text string) string { return "[" + code + "|" + text + "]" }
	got := textOf(t, r, TextOptions{Lang: msg.English, Paint: paint, Source: sources(map[string]string{"a.js": "abc"})})
	want := `[1|a.js:1:2]  [31|error]  [2|r]
  m
[2|  1 | ]abc
[2|    | ][31| ^]

[31|1 error in 0 mini programs, 0 files]
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRelatedPlacesAreFew(t *testing.T) {
	d := at("a.js", 0, 0, "r", "m")
	for i := range 7 {
		d.Related = append(d.Related, Related{Place{"b.js", i + 1, 2, 0}, say(fmt.Sprint("use ", i+1))})
	}
	d.Related[1].Message = msg.Text{}
	want := `a.js  error  r
  m
  b.js:1:2  use 1
  b.js:2:2
  b.js:3:2  use 3
  b.js:4:2  use 4
  b.js:5:2  use 5
  and 2 more

1 error in 0 mini programs, 0 files
`
	if diff := cmp.Diff(want, textOf(t, Report{Diagnostics: []Diagnostic{d}}, TextOptions{Lang: msg.English})); diff != "" {
		t.Error(diff)
	}
}

// TestTextIsSafe: neither names nor messages nor sources may steer the terminal.
func TestTextIsSafe(t *testing.T) {
	d := at("a\x1b[2J\n.js", 1, 1, "r\x07", "m\x1b]0;title\x07\u202e")
	d.Related = []Related{{Place{File: "b\x1b.js"}, say("\u009b31m")}}
	got := textOf(t, Report{Root: "\x1b", Diagnostics: []Diagnostic{d}}, TextOptions{
		Lang: msg.English, Source: func(string) ([]byte, bool) { return []byte("\x1b[31m\xff\u200b"), true },
	})
	for _, r := range got {
		if r != '\n' && r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u202e' || r == '\u200b' {
			t.Errorf("%U in %q", r, got)
		}
	}
	for _, want := range []string{"␛/a␛[2J␊.js:1:1", "␛]0;title␇<U+202E>", "␛[31m\ufffd<U+200B>", "<U+009B>31m"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestSourceIsReadOnceAFile(t *testing.T) {
	reads := map[string]int{}
	source := func(name string) ([]byte, bool) { reads[name]++; return []byte("x\ny\n"), name != "gone.js" }
	r := Report{Diagnostics: []Diagnostic{
		at("", 1, 1, "r", "m"), at("a.js", 0, 0, "r", "m"), at("a.js", 1, 1, "r", "m"), at("a.js", 2, 1, "r", "m"), at("a.js", 9, 1, "r", "m"),
		at("gone.js", 1, 1, "r", "m"), at("gone.js", 2, 1, "r", "m"),
	}}
	got := textOf(t, r, TextOptions{Lang: msg.English, Source: source})
	if diff := cmp.Diff(map[string]int{"a.js": 1, "gone.js": 1}, reads); diff != "" {
		t.Error(diff)
	}
	if n := strings.Count(got, " | "); n != 4 {
		t.Errorf("%d lines of frames, want those of lines 1 and 2 of a.js:\n%s", n, got)
	}
}
