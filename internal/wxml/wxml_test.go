package wxml

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// say writes faults as "kind@offset+length name flags": F wcc fails, R the minifier
// rejects, ? doubtful.
func say(d *Document) []string {
	var all []string
	for _, f := range d.Faults {
		flags := ""
		for flag, on := range map[string]bool{"F": f.Fails, "R": f.Rejected} {
			if on {
				flags += flag
			}
		}
		if flags == "RF" {
			flags = "FR"
		}
		if f.Doubtful {
			flags += "?"
		}
		all = append(all, fmt.Sprintf("%s@%d+%d %s %s", f.Kind, f.Offset, f.Length, f.Name, flags))
	}
	return all
}

type snippets map[string][]string

func (s snippets) run(t *testing.T) {
	t.Helper()
	for source, want := range s {
		if diff := cmp.Diff(want, say(Parse([]byte(source)))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", source, diff)
		}
	}
}

// Everything in these tables is the verdict of wcc v0.5vv_20200413 and of the minifier
// in miniprogram-ci 2.1.42.

func TestTags(t *testing.T) {
	snippets{
		"": nil, " \n": nil, "text > more": nil, "&nbsp;&foo; & &&": nil,
		"<view/>": nil, "< view/>": nil, "<view></ view >": nil, "<a:b-c_1></a:b-c_1>": nil,
		"<TUIKit/>": nil, "\ufeff<view/>": nil, "<view\r\na='1'\r\n/>\r\n": nil,
		"<view a b c='1'd=\"2\"/>": nil, "<view a = '1' :class='x' bind:tap='y'/>": nil,
		"<view a='1' a='2'/>": nil, "<view a=x\"/>": nil, "<view a\n=\n'1'/>": nil,
		"<view a='\\''/>": nil, "<view a=\"a\xff\"/>": nil, "\xff": nil,
		"{<b": nil, "a\x00<b": nil,
		"<!-- a --><!----><!-- -- --->": nil, "<!-- never closed <view>": nil,

		"<view>":               {"unclosed-tag@1+4 view F"},
		"<view><input></view>": {"unclosed-tag@7+5 input FR"},
		"<view></text>":        {"unexpected-end-tag@8+4 text FR"},
		"<View></view>":        {"unexpected-end-tag@8+4 view FR"},
		"<view/></view>":       {"unexpected-end-tag@9+4 view FR"},
		"<a><b></a></b>":       {"unclosed-tag@4+1 b FR"},
		"<view></view a>":      {"bad-end-tag@8+4 view FR"},
		"<view></view/>":       {"bad-end-tag@8+4 view F"},
		"<view></>":            {"bad-end-tag@6+3  F"},
		"<view":                {"unexpected-end@1+4 view FR"},
		"<view a=\"1/>":        {"unexpected-end@6+1 a FR"},
		"<view>< /view>":       {"bad-end-tag@6+3 < / F"},
		"</view":               {"unexpected-end@0+2 view FR"},
		"a < b":                {"raw-less@2+1 < FR"},
		"a <= b":               {"raw-less@2+1 < FR"},
		"<text>a < b</text>":   {"raw-less@8+1 < FR"},
		"<":                    {"raw-less@0+1 < FR"},
		"<!DOCTYPE html>":      {"bad-declaration@0+2 <! FR"},
		"<wx-a/>":              {"bad-tag-name@1+4 wx-a F"},

		"<view @tap='a'/>":           {"bad-attribute-name@6+4 @tap FR"},
		"<view a.b='1'/>":            {"bad-attribute-name@6+3 a.b F"},
		"<view 1a='1'/>":             {"bad-attribute-name@6+2 1a F"},
		"<view {{a}}/>":              {"bad-attribute-name@6+5 {{a}} FR"},
		"<view 中='1'/>":              {"bad-attribute-name@6+3 中 FR"},
		"<view.a/>":                  {"bad-attribute-name@5+2 .a F"},
		"<view ='1'/>":               {"bad-tag@6+1 = F"},
		"<view <!-- --> a='1'/>":     {"bad-tag@6+1 < FR"},
		"<view a='1', b='2'/>":       {"bad-tag@11+1 , FR"},
		"<view a='1''/>":             {"bad-tag@11+1 ' FR"},
		"<view / >":                  {"bad-tag@6+1 / FR"},
		"<view a=1/>":                {"unquoted-value@6+1 a FR"},
		"<view a={{b}}/>":            {"unquoted-value@6+1 a FR"},
		"<view a=b/>":                {"unquoted-value@6+1 a FR"},
		"<view a=b c=\"2\"/>":        {"unquoted-value@6+1 a FR"},
		"<view a= />":                {"unminifiable@9+1 / R"},
		"<view a=\"1/><view b='2'/>": {"unexpected-end@6+1 a FR"},
		"<view a='1\n2'/>":           {"newline-in-value@6+1 a F?"},
		"<view a=\"{\"/>":            {"unminifiable@13+0  R"},
		"<view a. />":                nil,
		"<view a@ />":                {"unminifiable@7+1 @ R"},
		// Of faults in tags the first is told, and of what follows nothing.
		"<a @b/></c>{{d e}}<f wx:else/>": {"bad-attribute-name@3+2 @b FR"},
		"{{x y}}<a></b>{{d e}}":          {"bad-expression@2+3 x y F", "unexpected-end-tag@12+1 b FR"},
	}.run(t)
}

func TestConditions(t *testing.T) {
	const yes = "<a wx:if='{{b}}'/>" // 18 bytes
	snippets{
		yes + "<a wx:else/>":                                                 nil,
		yes + " \t\r\n<!-- c --> <a wx:else/>":                               nil,
		yes + "<a wx:elif='{{c}}'/><a wx:else='x'/>":                         nil,
		yes + "<wxs module='m'>var a = 1 < 2</wxs><a wx:else/>":              nil,
		yes + "<wxs module='m'/> <a wx:else/>":                               nil,
		"<block wx:if='{{b}}' wx:else/>":                                     nil,
		"<include wx:if='{{b}}' src='x'/><template is='a' wx:elif='{{c}}'/>": nil,
		"<import wx:if='{{b}}' src='x'/><template name='t' wx:else/>":        nil,
		"<a wx:if='' wx:for=''/><a wx:if='b'/>":                              nil,

		"<a wx:else/>":                                 {"else-without-if@3+7 wx:else F"},
		"<a wx:elif='{{b}}'/><a wx:else/>":             {"else-without-if@3+7 wx:elif F"},
		yes + "x<a wx:else/>":                          {"else-without-if@22+7 wx:else F"},
		yes + "{{}}<a wx:else/>":                       {"else-without-if@25+7 wx:else F"},
		yes + "&nbsp;<a wx:else/>":                     {"else-without-if@27+7 wx:else F"},
		yes + "<b/><a wx:else/>":                       {"else-without-if@25+7 wx:else F"},
		yes + "<template name='x'/><a wx:else/>":       {"else-without-if@41+7 wx:else F"},
		yes + "<a wx:else/><a wx:elif='{{c}}'/>":       {"else-without-if@33+7 wx:elif F"},
		yes + "<a wx:else wx:for='{{c}}'/>":            {"else-without-if@21+7 wx:else F"},
		yes + "<a wx:if='{{c}}' wx:else/>":             {"else-without-if@35+7 wx:else F"},
		"<a wx:if='{{b}}'><c wx:else/></a>":            {"else-without-if@20+7 wx:else F"},
		"<a wx:if='1' wx:for='2'/><a wx:else/>":        {"else-without-if@28+7 wx:else F"},
		"<c><a wx:if='1'/></c><a wx:else/>":            {"else-without-if@24+7 wx:else F"},
		"<a wx:if/>":                                   {"missing-value@3+5 wx:if F"},
		yes + "<a wx:elif/>":                           {"missing-value@21+7 wx:elif F"},
		"<a wx:for/>":                                  {"missing-value@3+6 wx:for F"},
		"<import wx:for src='a'/><a wx:if wx:if='1'/>": nil,
	}.run(t)
}

func TestWhichAttributesAreRead(t *testing.T) {
	snippets{
		"<import src='{{a b}}' foo='{{a'/>":                          {"unminifiable@33+0  R"},
		"<include src='{{a b}}' foo='{{c d}}'/>":                     nil,
		"<block foo='{{a b}}' hidden='{{c d}}'/>":                    nil,
		"<template name='{{a b}}' data='{{c d}}' wx:for='{{e f}}'/>": nil,
		"<template is='{{a b}}' foo='{{c d}}'/>":                     nil,
		"<template is='a'><b c='{{d e}}' wx:else/></template>":       nil,
		"<import><template name='t'>{{b c}}</template></import>":     {"bad-expression@29+3 b c F"},
		"<import src='a'>{{b c}}</import>":                           nil,
		"<a b='{{c d}}' b='1'/>":                                     nil,
		"<a wx:for='{{b}}' wx:for-item='{{c d}}'/>":                  nil,
		"<a wx:for='{{b c}}' wx:for-items='{{d}}'/>":                 nil,
		"<wxs module='m' foo='{{a b}}' wx:else/>":                    nil,

		"<a b='1' b='{{c d}}'/>":                               {"bad-expression@14+3 c d F"},
		"<slot name='{{a b}}'/>":                               {"bad-expression@14+3 a b F"},
		"<a bindtap='{{b c}}'/>":                               {"bad-expression@14+3 b c F"},
		"<a wx:key='{{b c}}'/>":                                {"bad-expression@13+3 b c F"},
		"<block wx:for='{{b c}}'/>":                            {"bad-expression@17+3 b c F"},
		"<block wx:if='{{b}}{{ c d }}'/>":                      {"bad-expression@21+5 c d F"},
		"<include wx:for='{{b c}}'/>":                          {"bad-expression@19+3 b c F"},
		"<template>{{b c}}</template>":                         {"bad-expression@12+3 b c F"},
		"<block a='{{b'/>":                                     {"unclosed-expression@10+2 a FR"},
		"<template is='a' data='b'/>":                          {"bad-template-data@17+4 data F"},
		"<template is='a' data=' {{}}'/>":                      {"bad-template-data@17+4 data F"},
		"<template is='a' data='{{a}}{{b}}'/>":                 {"bad-template-data@17+4 data F"},
		"<template is='a' data='{{a,}}'/>":                     {"bad-expression@25+2 a, F?"},
		"<template is='a' data='{{ {a} }}'/>":                  {"bad-expression@25+5 {a} F"},
		"<template is='a' data='{{...a, b: c ? 1 : 2, d}} '/>": nil,
		"<template is='a' data='{{a}}{{ }}'/>":                 nil,
		"<template is='a' data=''/><template is='a' data/>":    nil,
	}.run(t)
}

func TestWxs(t *testing.T) {
	snippets{
		"<wxs module='m'>if (a<b && '</view>') {}</ wxs >": nil,
		"<wxs module='m'>if (a<b) {}</ wxs >":              nil,
		"<wxs/><wxs module/><wxs module=''/>":              nil,
		"<wxs module='m' src='a.wxs'> </wxs>":              nil,
		"<wxs a='\n@' @b>":                                 {"unminifiable@12+1 @ R"},
		"<wxs module='m' a='\n'/>":                         {"newline-in-value@16+1 a F?"},
		"<wxs module='m'>never closed":                     nil,
		"<wxs module='m'>// don't\n</wxs>":                 {"unminifiable@31+0  R"},
		"<wxs>var a</wxs>":                                 {"missing-module@1+3 wxs F"},
		"<wxs src='a.wxs'/>":                               {"missing-module@1+3 wxs F"},
		"<wxs module='a-b'/>":                              {"bad-module-name@13+3 a-b F"},
		"<wxs module='m' src='a'>x</wxs>":                  {"module-with-content@1+3 wxs F"},
		"<wxs module='m'>a</wxsx></wxs>":                   {"bad-end-tag@19+3 wxs FR"},
		"<wxs module='m'>'</wxs>'</wxs>":                   {"unexpected-end-tag@26+3 wxs F"},
	}.run(t)
}

func TestBraces(t *testing.T) {
	snippets{
		"{{}} {{ }} }} {a} {{a}}} { {{a}} }":     nil,
		"{{a\n+\nb}}{{'}}'}}{{\"{{\"}}{{'\\''}}": nil,
		"<a b=\"{{'}}'}} }}\" c='{{ {d:1} }}'/>": nil,
		"<a b='{{ {c:{d:1} } }}'/>":              nil,
		"<a b='{{{c:1} }}'/>":                    nil,
		"{{":                                     {"unclosed-expression@0+2 {{ FR"},
		"{{a}":                                   {"unclosed-expression@0+2 {{ FR"},
		"{{'a}}":                                 {"unclosed-expression@0+2 {{ FR"},
		"<a b=\"{{c}\"/>":                        {"unclosed-expression@6+2 b FR"},
		"<a b=\"{{c == \"d\"}}\"/>":              {"unclosed-expression@6+2 b F"},
		"<a b=\"{{'it\\'s'}}\"/>":                {"unclosed-expression@6+2 b F"},
		"<a b='{{ {c:1}}}'/>":                    {"bad-expression@8+5 {c:1 F", "unminifiable@13+1 } R"},
		"<a b='{{ {c:{d:1}} }}'/>":               {"bad-expression@8+8 {c:{d:1 F", "unminifiable@19+1 } R"},
		"{{{a}}}":                                {"bad-expression@2+2 {a F", "unminifiable@4+1 } R"},
		"<a b='{{c\\+d}}'/>":                     {"unminifiable@9+1 \\ R"},
	}.run(t)
}

func TestExpressions(t *testing.T) {
	accepted := `a a.b.c a[0] a['b'] a[b].c(d)[e]() f(a,[b],{c:1}) [1][0] [a].b [] [[a],{b}] {a:1} {a} {...a,b}
		!a !!a -a --a ~a !-a -(!a) a-!b a*-b a--b a?b:c a?b?c:d:e a?b:c?d:e a||b&&c|d^e&f (a) ((a))+1 a==b a!==b
		a<b a>=b a<<1 a>>1 a%b 'x' "x" 1 1. .5 a?.5:1 true null undefined this typeof if.else $a_1 /*c*/a a/*c*/ a/*c
		typeof(a) new class.if 'a'+b 08 NaN 中文`
	for _, source := range strings.Fields(accepted) {
		want := source != "中文"
		if validExpression(source, false, false) != want {
			t.Errorf("%q: want accepted %v", source, want)
		}
	}
	// What JavaScript has and wcc has not, is doubtful; the rest is wrong either way.
	doubtful := []string{
		"a?.b", "a?.[b]", "a??b", "a**b", "a>>>b", "+a", "-!a", "typeof a", "void 0", "a in b", "a instanceof b",
		"[...a]", "[a,]", "f(...a)", "f(a,)", "{}", "{a,}", "{'a':1}", "{1:2}", "{[a]:1}", "(a).b", "(a)[0]", "'a'.b", "'a'[0]",
		"{a:1}.b", "`a`", "1e3", "0x10", "中", "a.true", "1[0]",
	}
	for _, source := range doubtful {
		if validExpression(source, false, false) || !validExpression(source, false, true) {
			t.Errorf("%q should be doubtful", source)
		}
	}
	wrong := []string{
		"a b", "a,b", "a:1", "...a", "a+", "*a", "a=1", "a=>b", "a;", "a..b", "a.", "a.1", "a[", "a]", "a[]", "(a", "a)", "()", "f(,)", "f(a",
		"[,]", "{a", "a}", "{:1}", "{a:}", "a?b", "a?:b", "a?b:c:d", "a!b", "a!", "a&&&b", "a#b", "@a", "a&amp;b", "'a' 'b'", "1 2", "a// b", "new A()", "-", "?",
	}
	for _, source := range wrong {
		if validExpression(source, false, false) || validExpression(source, false, true) {
			t.Errorf("%q should be wrong", source)
		}
	}
}

func TestDataExpressions(t *testing.T) {
	for source, want := range map[string]bool{
		"a": true, "a,b": true, "a:1": true, "...a": true, "... a.b || c , d": true, "a: {b:1}": true, "a: b ? c : d": true,
		"a.b": false, "1": false, "'a':1": false, "{a}": false, "a,": false, ",": false, "a b": false, "a-b:1": false, "true": false,
	} {
		if validExpression(source, true, false) != want {
			t.Errorf("%q: want %v", source, want)
		}
	}
}

func TestElements(t *testing.T) {
	source := "<!-- c --><A b=\"1\" c d='{{e}}'><wxs module='m'>x < 1</wxs>\n<f/></A><!-- open"
	d := Parse([]byte(source))
	want := []Element{
		{Name: "A", Offset: 11, Parent: -1, Attrs: []Attr{
			{Name: "b", Offset: 13, Value: "1", ValueOffset: 16, HasValue: true},
			{Name: "c", Offset: 19},
			{Name: "d", Offset: 21, Value: "{{e}}", ValueOffset: 24, HasValue: true},
		}},
		{Name: "wxs", Offset: 32, Parent: 0, Content: "x < 1", ContentOffset: 47, Attrs: []Attr{
			{Name: "module", Offset: 36, Value: "m", ValueOffset: 44, HasValue: true},
		}},
		{Name: "f", Offset: 60, Parent: 0},
	}
	if diff := cmp.Diff(want, d.Elements); diff != "" {
		t.Error(diff)
	}
	if d.Elements[0].Attrs[0].Dynamic() || !d.Elements[0].Attrs[2].Dynamic() {
		t.Error("Dynamic takes text for an expression, or the other way round")
	}
	if d.OpenComment != strings.LastIndex(source, "<!--") {
		t.Errorf("OpenComment is %d", d.OpenComment)
	}
	if a, ok := (&Element{Attrs: []Attr{{Name: "a", Value: "1"}, {Name: "a", Value: "2"}}}).Attr("a"); !ok || a.Value != "2" {
		t.Error("the last of equal attributes does not count")
	}
}

// checkOffsets: every offset points at the text that it is said to.
func checkOffsets(t *testing.T, source string, d *Document) {
	t.Helper()
	at := func(what string, offset int, text string) {
		if offset < 0 || offset > len(source) || !strings.HasPrefix(source[offset:], text) {
			t.Errorf("%s %q is not at %d of %q", what, text, offset, source)
		}
	}
	last := -1
	for i, e := range d.Elements {
		at("element", e.Offset, e.Name)
		at("content", e.ContentOffset, e.Content)
		if e.Offset <= last || e.Parent >= i || e.Parent < -1 {
			t.Errorf("element %d of %q: offset %d after %d, parent %d", i, source, e.Offset, last, e.Parent)
		}
		last = e.Offset
		for _, a := range e.Attrs {
			at("attribute", a.Offset, a.Name)
			at("value", a.ValueOffset, a.Value)
			if a.HasValue != (a.ValueOffset > 0) {
				t.Errorf("attribute %q of %q has no place for its value", a.Name, source)
			}
		}
	}
	last = 0
	for _, f := range d.Faults {
		if f.Offset < last || f.Length < 0 || f.Offset+f.Length > len(source) {
			t.Errorf("fault %+v of %q is out of place", f, source)
		}
		if !f.Fails && !f.Rejected {
			t.Errorf("fault %+v of %q is none", f, source)
		}
		last = f.Offset
	}
}

// realTemplates are those of the repository, by path.
func realTemplates(t testing.TB) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir("../../testdata", func(name string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".wxml" {
			return err
		}
		source, err := os.ReadFile(name)
		all[name] = string(source)
		return err
	})
	if err != nil || len(all) < 20 {
		t.Fatalf("%d templates, %v", len(all), err)
	}
	return all
}

// wcc and the minifier accept all of them.
func TestRealTemplates(t *testing.T) {
	for name, source := range realTemplates(t) {
		d := Parse([]byte(source))
		checkOffsets(t, source, d)
		if len(d.Faults) > 0 {
			t.Errorf("%s: %v", name, say(d))
		}
	}
}

func TestRefs(t *testing.T) {
	d := Parse([]byte(`<import src="a.wxml"/><include src="/b"/><wxs src="c.wxs" module="m"/><wxs module="n">1</wxs>
<template name="t"><image src="/d.png"/><image src="{{e}}"/><image/></template><template is="{{f}}"/><template is="t"/>
<navigator url="/g?h=1"/><navigator url="/i" open-type="switchTab"/><navigator open-type="navigateBack" url="x"/>
<navigator target="miniProgram" url="y"/><video src="j" poster="k"/><my-image src="z"/>`))
	var got []string
	for _, r := range d.Refs() {
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %v %s", r.Kind, r.Attr.Value, r.Static(), r.OpenType)))
		if e := d.Elements[r.Element]; e.Offset > r.Attr.Offset {
			t.Errorf("%s %s belongs to another element than %s", r.Kind, r.Attr.Value, e.Name)
		}
	}
	want := []string{
		"import a.wxml true", "include /b true", "wxs c.wxs true", "template-def t true", "resource /d.png true", "resource {{e}} false",
		"template-use {{f}} false", "template-use t true", "page /g?h=1 true navigate", "page /i true switchTab", "resource j true", "resource k true",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBuiltin(t *testing.T) {
	for name, want := range map[string]bool{
		"view": true, "block": true, "wxs": true, "page-meta": true, "grid-view": true, "tap-gesture-handler": true, "xr-scene": true, "loading": true,
		"": false, "View": false, "TUIKit": false, "van-button": false, "div": false,
	} {
		if Builtin(name) != want {
			t.Errorf("Builtin(%q) is %v", name, !want)
		}
	}
}

// hostile is input that a careless parser needs quadratic time or a deep stack for.
func hostile(size int) map[string]string {
	all := map[string]string{}
	for _, s := range []string{
		"<", "</", "<a", "<a ", "<a>", "<a b", "<a b=", "<a b='", "<a b=\"c", "<a b=c ", "<a/b", "a=\"", "\"", "'", "{", "{{", "{{'", "{{a", "{{a}}", "<!--", "<!-",
		"<wxs>", "<wxs a='\n'>", "</wxs", "<wxs module='m'></", "</ ", "\\", "<a b='\\", "\xff", "<\n", "中", "<中", "<a 中", "<a>{{", "<a wx:else>",
	} {
		all[s] = strings.Repeat(s, size/len(s))
	}
	half := func(a, b string) string { return strings.Repeat(a, size/2/len(a)) + strings.Repeat(b, size/2/len(b)) }
	all["nested"] = half("<a>", "</a>")
	all["mismatched"] = half("<a>", "</b>")
	all["parentheses"] = "{{" + half("(", ")") + "}}"
	all["brackets"] = "{{" + half("[", "]") + "}}"
	all["objects"] = "{{" + half("{a:", "} ") + "}}"
	all["ternary"] = "{{" + half("a?", ":b") + "}}"
	all["typeof"] = "{{" + half("typeof ", "x ") + "}}"
	all["minus"] = "{{" + half("-", "- ") + "}}"
	all["comments"] = "{{ " + half("/* ", "*/ ") + "}}"
	all["attributes"] = "<a " + half("a ", "b='{{c}}' ") + "/>"
	all["escapes"] = "<a b='" + half("\\{", "{{\\") + "'/>"
	all["values"] = "<a b='" + half("{{a}}", "{{") + "'/>"
	return all
}

func TestParseIsLinear(t *testing.T) {
	const size = 1 << 19
	for name, source := range hostile(size) {
		start := time.Now()
		d := Parse([]byte(source))
		if took := time.Since(start); took > time.Second {
			t.Errorf("%q: %v for %d bytes", name, took, len(source))
		}
		if len(d.Elements) > size {
			t.Errorf("%q: %d elements", name, len(d.Elements))
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"<view wx:if=\"{{a}}\">x</view><view wx:else/>", "<wxs module=\"m\">var a = '<';</wxs>", "<template is='a' data='{{...b, c: 1}}'/>",
		"<a b='{{ {c: [1, \"d\"]} }}'/>{{e ? f.g : h()}}<!-- i -->", "<a b=1 c='\\''>{{'}}'}}</a", "< a. b= c>\r\n</ a >", "{{a??b}}<>&<wxs", "{{ /*a*/b }}{{ {c}}}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		d := Parse(source)
		checkOffsets(t, string(source), d)
		if again := Parse(source); !cmp.Equal(say(d), say(again)) {
			t.Errorf("%q: two parses differ", source)
		}
		for _, r := range d.Refs() {
			if r.Element >= len(d.Elements) {
				t.Errorf("%q: reference of no element", source)
			}
		}
	})
}

func FuzzExpression(f *testing.F) {
	for _, s := range []string{"a.b[c](d) ? {e: 1} : [f, 'g']", "...a, b: c", "a?.b ?? `c`", "-!a", "/* a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		// The newer language contains the older one; a string that a line break ends
		// and non-ASCII letters are where they differ on purpose.
		if validExpression(source, false, false) && !validExpression(source, false, true) && !strings.Contains(source, "`") {
			t.Errorf("%q is valid, but not in the newer language", source)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var all strings.Builder
	for _, source := range realTemplates(b) {
		all.WriteString(source)
	}
	source := []byte(all.String())
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		if d := Parse(source); len(d.Faults) > 0 {
			b.Fatal(say(d))
		}
	}
}
