package script

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// describe writes what Scan found in one line, so that a table can show it.
func describe(src string) string {
	s := Scan([]byte(src))
	var out []string
	for _, r := range s.Refs {
		text := string(r.Kind) + ":" + r.Spec
		if r.Name != "" {
			text = string(r.Kind) + "(" + r.Name + "):" + r.Spec
		}
		if r.Partial {
			text += "~"
		}
		if r.Nested {
			text += " nested"
		}
		if r.Guarded {
			text += " guarded"
		}
		out = append(out, text)
	}
	for _, at := range s.Unknown {
		out = append(out, fmt.Sprint("unknown@", at))
	}
	for _, c := range s.Calls {
		text := "call:" + c.Name
		if c.Nested {
			text += " nested"
		}
		out = append(out, text)
	}
	for _, a := range s.Assigns {
		out = append(out, "wx."+a.Name)
	}
	if s.Module {
		out = append(out, fmt.Sprint("module@", s.ModuleOffset))
	}
	if s.TopLevelAwait >= 0 {
		out = append(out, fmt.Sprint("await@", s.TopLevelAwait))
	}
	return strings.Join(out, ", ")
}

var scans = []struct{ src, want string }{
	// Imports.
	{`import a from "x"`, "import:x, module@0"},
	{`import "x";import{a as b,"c d"as e}from'y'`, "import:x, import:y, module@0"},
	{`import a, * as b from "x"; import c, {d} from "y"`, "import:x, import:y, module@0"},
	{`import from from "x"`, "import:x, module@0"},
	{"/* a */ import /* b */ a // c\n from /* d */ 'x'", "import:x, module@8"},
	{`export * from "x"; export * as a from "y"; export {b} from "z"; export {c}; export * as "d" from "w"`, "import:x, import:y, import:z, import:w, module@0"},
	{`export default {import: 1, require: 2}`, "module@0"},
	{`import a from "./a.json" with {type: "json"}; import b from "b"`, "import:./a.json, import:b, module@0"},
	{`import.meta.url; import.meta`, ""},
	{`import("x"); f(import('y', {with: {}}))`, "dynamic:x, dynamic:y"},
	{"import(`./a/${b}`)", "dynamic:./a/~"},
	{`a.import("x"); ({import(b) {}}); class A {import(c) {}}`, ""},
	// TypeScript.
	{`import type A from "x"; import type {B} from "y"; export type {C} from "z"; import {type D} from "w"`, "module@0"},
	{`import type from "x"; import type, {a} from "y"; import {type A, b} from "z"; import c, {type D} from "w"`, "import:x, import:y, import:z, import:w, module@0"},
	{`import a = require("x"); export = a`, "require:x"},
	{`declare const require: any; declare function require(a: string): any; require("x")`, "require:x"},
	{`interface A { require(id: string): any }; require("x")`, "require:x"},
	{`function f(a: string): {b: number} { require("x") } require("y")`, "require:x nested, require:y"},
	{`class A { m(a?: string): Promise<void> { require("x") } } require("y")`, "require:x nested, require:y"},
	{`let a: typeof import("x")`, ""},
	// Requires.
	{`require("x")`, "require:x"},
	{`var a = require('x'), b = require("y").c`, "require:x, require:y"},
	{`require?.("x"); require /* a */ ( /* b */ "x" /* c */ )`, "require:x, require:x"},
	{"require(`x`)", "require:x"},
	{`require("x",)`, "require:x"},
	{`require("x", a); require("y", () => {}, b); require.async("z").then(a)`, "async:x, async:y, async:z"},
	{`require("./lang/" + a)`, "require:./lang/~"},
	{"require(`./lang/${a}.js`)", "require:./lang/~"},
	{"require(`${a}/b`); require(a); require()", "unknown@0, unknown@19, unknown@31"},
	{`require("a\x62\u0063\u{64}\145\
f")`, "require:abcdef"},
	{`require("\ud83d\ude00")`, "require:😀"},
	{`foo.require("x"); foo?.require("x"); this.require("x"); foo
.require("x")`, ""},
	{`({require: 1, import: 2, a: require("x")})`, "require:x"},
	{`({require(a) {}, get require() {}, async require(b) {}, "require"(c) {}})`, ""},
	{`class A {require(a) {} static require(b) {} #require(c) {} m() {this.#require("x")}}`, ""},
	{`[...require("x")]; ({...require("y")}); ({[require("z")]: 1})`, "require:x, require:y, require:z"},
	{`require.resolve("x"); require.cache; requires("y"); $require("z"); requireé("w")`, ""},
	{`case1: require("x"); switch (a) {case require("y"): default: require("z")}`, "require:x, require:y, require:z"},
	{"\u00a0require(\"x\")\u2028require('y')", "require:x, require:y"},
	// Nesting.
	{`function f() {require("x")} require("y")`, "require:x nested, require:y"},
	{`(function() {require("x")})(); require("y")`, "require:x nested, require:y"},
	{`a = () => {require("x")}; require("y")`, "require:x nested, require:y"},
	{`a = () => require("x"); require("y")`, "require:x nested, require:y"},
	{"a = () => b\nrequire('y')", "require:y"},
	{`f(a => b ? require("x") : 1, require("y"))`, "require:x nested, require:y"},
	{`a = b ? c => d : require("x")`, "require:x"},
	{`a = {m() {require("x")}, n: require("y"), get o() {require("z")}}`, "require:x nested, require:y, require:z nested"},
	{`class A {m() {require("x")} static b = require("y"); c = require("z"); static {require("w")}}; require("v")`, "require:x nested, require:y, require:z nested, require:w, require:v"},
	{`class A extends require("x") {m() {}}`, "require:x"},
	{`if (a) {require("x")} else {require("y")} for (;;) {require("z")}`, "require:x, require:y, require:z"},
	{"foo()\n{require('x')}", "require:x"},
	{`function f(a = require("x")) {}`, "require:x nested"},
	{"`${require('x')}${() => {require('y')}}`", "require:x, require:y nested"},
	// Guards.
	{`try {require("x")} catch (e) {require("y")}`, "require:x guarded, require:y"},
	{`try {require("x")} finally {require("y")}`, "require:x, require:y"},
	{`try {try {require("x")} catch {}} finally {}`, "require:x guarded"},
	{`try {try {require("x")} finally {}} catch {}`, "require:x guarded"},
	{`try {f(function() {require("x")})} catch (e) {}`, "require:x nested"},
	{`typeof require !== "undefined" && require("x"); require("y")`, "require:x guarded, require:y"},
	{`a = typeof require == "function" ? require("x") : 0, b = require("y")`, "require:x guarded, require:y"},
	{`if (typeof require === "function") {require("x")} require("y")`, "require:x guarded, require:y"},
	{"var a = typeof require == 'function' && require('x')\nvar b = require('y')", "require:x guarded, require:y"},
	// Shadows.
	{`(function(e, require, n) {require("x")}); require("y")`, "require:y"},
	{`define(function(require) {require("x"); function f() {require("z")}})`, ""},
	{`define((require) => {require("x")}); define(require => require("y")); define(async (a, require) => require("z")); require("w")`, "require:w"},
	{`({m(require) {require("x")}}); class A {m(require) {require("y")}}`, ""},
	{`(function({require}) {require("x")}); (({a: require}) => require("y"))`, ""},
	{`function f() {require("x"); var require = a} require("y")`, "require:y"},
	{`function f() {var a, require = b; require("x")} require("y")`, "require:y"},
	{`function f() {var {require} = a; require("x")} require("y")`, "require:y"},
	{`function f() {function require(a) {} require("x")} require("y")`, "require:y"},
	{`{let require = a; require("x")} require("y")`, "require:y"},
	{`(function require(a) {require("x")}); require("y")`, "require:y"},
	{`foo(require, {require}, [require]); require("x")`, "require:x"},
	{`import("x"); function f() {import("y"); var require}`, "dynamic:x, dynamic:y nested"},
	// What only looks like code.
	{`// require("x")
/* require("y") */ "require('z')"; 'a\'require("w")'; ` + "`require('v')`", ""},
	{`a = /require("x")/; b = a / require("y") / 2`, "require:y"},
	{`if (a) /[/"]/.test(b); require("x")`, "require:x"},
	{`a = b[0] / c; d = "/"; require("x")`, "require:x"},
	{`return /"/; typeof /'/; case /"/: require("x")`, "require:x"},
	{`a = {} / 2; require("x"); "/"`, "require:x"},
	{`{} /"/; require("x")`, "require:x"},
	{`a++ / 2; require("x"); "/"`, "require:x"},
	{"a = b\n++/'/.c; require('x')", "require:x"},
	{`x = function() {} / 2; "/"; require("x")`, "require:x"},
	{`a = 1_000.5e+3 / .5; "/"; require("x")`, "require:x"},
	{"`a${`b${require('x')}`}\\`${c}`; require('y')", "require:x, require:y"},
	{"#!/usr/bin/env require('y')\nrequire('x')", "require:x"},
	{"\ufeff#!a'\nrequire('x')", "require:x"},
	{"<!-- require('y')\nrequire('x')\n--> require('z')", "require:x"},
	{"while (n --> 0) require('x')", "require:x"},
	// Pages.
	{`wx.navigateTo({url: "/pages/a?b=1", success() {}})`, "url(navigateTo):/pages/a?b=1"},
	{`function f() {wx.reLaunch({a: 1, "url": '/a?b=' + c})}`, "url(reLaunch):/a?b=~ nested"},
	{"wx . redirectTo ( { url : `/a` } ); wx?.switchTab?.({url: `/b/${c}`})", "url(redirectTo):/a, url(switchTab):/b/~"},
	{`wx.request({url: "x"}); a.wx.navigateTo({url: "y"}); wx.navigateTo({a: {url: "z"}}); wx.navigateTo({url})`, ""},
	// Calls and assignments.
	{`App({}); Page(a); Component({methods: {f() {getApp()}}}); new Page(); a.Page(); function Behavior() {}; Behavior`, "call:App, call:Page, call:Component, call:getApp nested"},
	{`App<IAppOption>({}); Page<A, B<C>>({})`, "call:App, call:Page"},
	{`wx.$TUIKit = a; wx["x"] = 1; wx.y ||= 2; wx.z == 1; wx.w => 1; a.wx.b = 1`, "wx.$TUIKit, wx.x, wx.y"},
	// Top-level await.
	{`a = await b`, "await@4"},
	{`async function f() {await a} async () => await b; x = {async m() {await c}}`, ""},
	{`for await (const a of b) {}`, "await@4"},
	{`var await = 1; await.a; await = 2; ({await: 1})`, ""},
	{`if (a) {await import("x")}`, "dynamic:x, await@8"},
	// What does not parse.
	{`require("x`, "unknown@0"},
	{`}}}) require("x")`, "require:x"},
}

func TestScan(t *testing.T) {
	for _, test := range scans {
		if got := describe(test.src); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.src, got, test.want)
		}
	}
}

func TestOffsetsCoverTheLiteral(t *testing.T) {
	src := "\ufeff// é\nrequire( 'é' ); wx.navigateTo({url: `/p/${a}`}); import('z')"
	var got []string
	for _, r := range Scan([]byte(src)).Refs {
		got = append(got, src[r.Offset:r.Offset+r.Length])
	}
	if diff := cmp.Diff([]string{"'é'", "`/p/", "'z'"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestOutsideDeps(t *testing.T) {
	for src, want := range map[string][]string{
		"a\n//miniprogram-npm-outsideDeps=[\"a\",\"@b/c\"]\n//# sourceMappingURL=index.js.map": {"a", "@b/c"},
		"a\n//miniprogram-npm-outsideDeps=[]":                                                  {},
		"a\n//miniprogram-npm-outsideDeps=[":                                                   nil,
		"`\n//miniprogram-npm-outsideDeps=[\"a\"]\n`":                                          nil,
	} {
		if diff := cmp.Diff(want, Scan([]byte(src)).OutsideDeps); diff != "" {
			t.Errorf("%s: %s", src, diff)
		}
	}
}

// hostile input, half a megabyte each: all must be scanned in linear time.
func TestScanIsLinear(t *testing.T) {
	for _, unit := range []string{
		"(", "{", "[", "`${", "/[", "/", "'", "import{", "import a,", "export{a,", "require(", "require(`", "require(/**/", "a=>", "=>{", "async ",
		"?", "\u00a0", "\xe2", "\xff", "App<", "App<(", "wx.", "wx[", "wx.navigateTo(", "{url:", "class ", "function require", "var require", "{var require;",
		"function(){var require;", "try{", "try{}finally{", "require('a');try{", "try{require('a')}", "\n-->", "<!--", "await ", "{function(){require('a');", "//", "/*", "\\", "${", "typeof require ",
		"function(){import('a');function(){", "wx.navigateTo({url:'a',b(){var require;",
	} {
		src := []byte("require/*" + strings.Repeat(" ", 1<<18) + "*/;" + strings.Repeat(unit, 1<<18/len(unit)))
		start := time.Now()
		Scan(src)
		Scan(append(src, bytes.Repeat([]byte("}"), 1<<18)...)) // closes what is open
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q: %v", unit, took)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, test := range scans {
		f.Add([]byte(test.src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		s := Scan(src)
		last := -1
		for _, r := range s.Refs {
			if r.Offset <= last || r.Length < 2 && !r.Partial || r.Offset+r.Length > len(src) {
				t.Fatalf("%q: %+v", src, r)
			}
			if quote := src[r.Offset]; quote != '"' && quote != '\'' && quote != '`' {
				t.Fatalf("%q: %+v is no literal", src, r)
			}
			last = r.Offset
		}
		if s.Module != (s.ModuleOffset >= 0) {
			t.Fatal(s)
		}
	})
}

// BenchmarkScan reads the script that SCRIPT names, or one made of the table.
func BenchmarkScan(b *testing.B) {
	src, err := os.ReadFile(os.Getenv("SCRIPT"))
	if err != nil {
		for _, test := range scans[:60] {
			src = append(src, test.src+"\n"...)
		}
		src = bytes.Repeat(src, 200)
	}
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Scan(src)
	}
}
