package budget

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// hostile are names that a file system allows and a page must survive.
var hostile = []string{
	"</script><script>alert(1)</script>.js", "<!--<script>.js", `"'><img src=x onerror=alert(1)>.png`, "&lt;b&gt;.js",
	"\u202egnp.js", "\u2028\u2029.js", "new\nline.js", "👩‍👩‍👧 文件.wxml", "שלום/مرحبا.js", strings.Repeat("long-", 60) + ".js",
	"{{data}}{{words}}.js", "$&$1$`.js", `\u003c/script>.js`, "__proto__/constructor.js",
}

func hostileReport() *Report {
	pack := Weight{Kind: "main", Limit: Limit}
	for i, name := range hostile {
		pack.Files = append(pack.Files, FileSize{Path: name, Bytes: int64(100 + i), Source: int64(200 + i), Unreached: i%2 == 0, Dropped: i%3 == 0})
		pack.Bytes += int64(100 + i)
	}
	sub := Weight{Root: hostile[0], Name: hostile[1], Kind: "subpackage", Bytes: Limit + 1, Limit: Limit, Budgeted: true, Added: 7}
	return &Report{
		Settings: Settings{ES6: true, FilterUnused: true},
		Packages: []Weight{pack, sub}, Total: pack.Bytes + sub.Bytes, Limit: TotalLimit,
		Duplicates: []Duplicate{{Bytes: 9, Paths: hostile[:2]}},
	}
}

func draw(t testing.TB, r *Report, o Page) string {
	t.Helper()
	page, err := HTML(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

var blocks = regexp.MustCompile(`(?s)<(script|style)([^>]*)>(.*?)</(?:script|style)>`)

// block is the content of one element of the page, by what follows the name of its tag.
func block(t testing.TB, page, tag, attributes string) string {
	t.Helper()
	for _, found := range blocks.FindAllStringSubmatch(page, -1) {
		if found[1] == tag && found[2] == attributes {
			return found[3]
		}
	}
	t.Fatalf("no <%s%s>", tag, attributes)
	return ""
}

const dataBlock = ` type="application/json" id="data"`

func TestHTMLHoldsTheReport(t *testing.T) {
	page := draw(t, hostileReport(), Page{Lang: msg.Chinese, Project: "<b>&", Tool: "tool 1"})
	var got pageData
	if err := json.Unmarshal([]byte(block(t, page, "script", dataBlock)), &got); err != nil {
		t.Fatal(err)
	}
	r := hostileReport()
	if got.Lang != "zh" || got.Project != "<b>&" || got.Tool != "tool 1" || got.Total != r.Total || got.Limit != r.Limit || got.WeChat != Limit {
		t.Errorf("got %+v", got)
	}
	if diff := cmp.Diff(pageSettings(r.Settings), got.Settings); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]pageDuplicate{{9, hostile[:2]}}, got.Duplicates); diff != "" {
		t.Error(diff)
	}
	if p := got.Packages[1]; p.Root != hostile[0] || p.Name != hostile[1] || p.Kind != "subpackage" || p.Added != 7 || !p.Budgeted || p.Bytes != Limit+1 || p.Files == nil {
		t.Errorf("got %+v", p)
	}
	for i, f := range r.Packages[0].Files {
		flags := 0.0
		if f.Unreached {
			flags++
		}
		if f.Dropped {
			flags += 2
		}
		if diff := cmp.Diff(pageFile{f.Path, float64(f.Bytes), float64(f.Source), flags}, got.Packages[0].Files[i]); diff != "" {
			t.Error(diff)
		}
	}
}

// TestHTMLIsNotBroken: whatever files are called, the page has the elements that it had.
func TestHTMLIsNotBroken(t *testing.T) {
	plain := draw(t, &Report{}, Page{Lang: msg.English})
	for _, name := range hostile {
		r := hostileReport()
		page := draw(t, r, Page{Lang: msg.English, Project: name, Tool: name})
		for _, mark := range []string{"<script", "</script", "<style", "</style", "<!--", "<img", "<title"} {
			if got, want := strings.Count(page, mark), strings.Count(plain, mark); got != want {
				t.Errorf("%q: %d times %s, not %d", name, got, mark, want)
			}
		}
		title := html.UnescapeString(regexp.MustCompile(`(?s)<title>(.*?)</title>`).FindStringSubmatch(page)[1])
		if title != name+" - package sizes" {
			t.Errorf("the title is %q", title)
		}
	}
}

func TestHTMLIsSelfContained(t *testing.T) {
	page := draw(t, hostileReport(), Page{Lang: msg.English, Project: "p", Tool: "t"})
	if found := regexp.MustCompile(`(?i)(https?:|//[a-z]|@import|url\(|<(?:iframe|object|embed|base|form)\b|[\s"']src=)`).FindAllString(strings.Replace(page, block(t, page, "script", dataBlock), "", 1), -1); len(found) > 0 {
		// Comments of the script begin with // and a blank.
		t.Errorf("the page refers to something: %q", found)
	}
	for _, banned := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "XMLHttpRequest", "localStorage", " style=\"", " onclick=\""} {
		if strings.Contains(pageScript+pageFrame, banned) {
			t.Errorf("the page uses %s", banned)
		}
	}
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)[1]
	want := fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'",
		sourceHash(block(t, page, "script", "")), sourceHash(block(t, page, "style", "")))
	if policy != want {
		t.Errorf("the policy is %s, not %s", policy, want)
	}
	if empty := draw(t, &Report{}, Page{}); len(empty) > 60<<10 {
		t.Errorf("the page has %d bytes without data", len(empty))
	}
}

func TestHTMLIsDeterministic(t *testing.T) {
	o := Page{Lang: msg.Chinese, Project: "p", Tool: "t"}
	if a, b := draw(t, hostileReport(), o), draw(t, hostileReport(), o); a != b {
		t.Error("two pages of one report differ")
	}
	style, script := pageStyle, pageScript
	defer func() { pageStyle, pageScript = style, script }()
	before := draw(t, hostileReport(), o)
	pageStyle, pageScript = strings.ReplaceAll(style, "\n", "\r\n"), strings.ReplaceAll(script, "\n", "\r\n")
	if draw(t, hostileReport(), o) != before {
		t.Error("line ends of the checkout change the page")
	}
}

func TestHTMLLanguage(t *testing.T) {
	for lang, want := range map[msg.Lang][]string{
		msg.English: {`<html lang="en">`, "<title>p - package sizes</title>", "This page draws with JavaScript"},
		msg.Chinese: {`<html lang="zh-CN">`, "<title>p - 代码包大小</title>", "本页需要 JavaScript"},
	} {
		page := draw(t, &Report{}, Page{Lang: lang, Project: "p"})
		for _, part := range want {
			if !strings.Contains(page, part) {
				t.Errorf("%s: the page has no %s", lang, part)
			}
		}
	}
}

func TestPageScriptParses(t *testing.T) {
	// What browsers of 2021 understand: their users open such a page, too.
	if r := api.Transform(pageScript, api.TransformOptions{Target: api.ES2021}); len(r.Errors) > 0 {
		t.Error(r.Errors)
	}
}

var (
	wordUse   = regexp.MustCompile(`(?:\bt|\bplural)\(\s*'([a-z0-9.-]+)'|data-t(?:-label|-placeholder)?="([^"]+)"`)
	wordValue = regexp.MustCompile(`\{(\w+)\}`)
)

// TestPageWords: every text that the page uses is there in both languages, with the same
// values, and every text that is there is used.
func TestPageWords(t *testing.T) {
	words := map[string]wording{}
	decoder := json.NewDecoder(bytes.NewReader(pageWords))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&words); err != nil {
		t.Fatal(err)
	}
	for key, w := range words {
		if w.English == "" || w.Chinese == "" {
			t.Errorf("%s is not there in both languages", key)
		}
		if a, b := valuesOf(w.English), valuesOf(w.Chinese); !slices.Equal(a, b) {
			t.Errorf("%s: English has the values %v, Chinese %v", key, a, b)
		}
	}
	used := usedWords(words)
	for key := range used {
		if _, ok := words[key]; !ok {
			t.Errorf("%s is used and not there", key)
		}
	}
	for key := range words {
		if !used[key] && !strings.Contains(pageScript, "'"+key+"'") {
			t.Errorf("%s is there and not used", key)
		}
	}
}

// usedWords finds the keys in the page. A key that is put together counts for all that
// begin as it does, and plural for both of its forms.
func usedWords(words map[string]wording) map[string]bool {
	used := map[string]bool{"title": true, "noscript": true} // by HTML itself
	for _, found := range wordUse.FindAllStringSubmatch(pageScript+pageFrame, -1) {
		key := found[1] + found[2]
		switch {
		case strings.HasPrefix(found[0], "plural"):
			used[key+".one"], used[key+".other"] = true, true
		case strings.HasSuffix(key, "."):
			for other := range words {
				used[other] = used[other] || strings.HasPrefix(other, key)
			}
		default:
			used[key] = true
		}
	}
	return used
}

func valuesOf(text string) []string {
	var names []string
	for _, found := range wordValue.FindAllStringSubmatch(text, -1) {
		names = append(names, found[1])
	}
	slices.Sort(names)
	return names
}

// FuzzHTML: the name of a file comes out of the page as it went in, and ends nothing.
func FuzzHTML(f *testing.F) {
	for _, name := range hostile {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		r := &Report{Packages: []Weight{{Files: []FileSize{{Path: name}}}}}
		page := draw(t, r, Page{Lang: msg.English, Project: name})
		if n := strings.Count(page, "</script"); n != 3 {
			t.Fatalf("%q makes %d ends of scripts", name, n)
		}
		var got pageData
		if err := json.Unmarshal([]byte(block(t, page, "script", dataBlock)), &got); err != nil {
			t.Fatal(err)
		}
		if utf8.ValidString(name) && got.Packages[0].Files[0][0] != name {
			t.Errorf("%q comes out as %q", name, got.Packages[0].Files[0][0])
		}
	})
}

func BenchmarkHTML(b *testing.B) {
	pack := Weight{Limit: Limit}
	for i := range 5000 {
		pack.Files = append(pack.Files, FileSize{Path: fmt.Sprintf("pages/p%d/f%d.js", i%40, i), Bytes: int64(i), Source: int64(i)})
	}
	for b.Loop() {
		draw(b, &Report{Packages: []Weight{pack}}, Page{Lang: msg.English})
	}
}
