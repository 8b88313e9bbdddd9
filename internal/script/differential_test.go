package script

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/google/go-cmp/cmp"
)

// tricky sources, besides those of the table. Each must parse.
var tricky = []string{
	`var a = b / c; require("x"); var d = e / f`,
	`var a = (b) / c; require("x"); d / e`,
	`if (a) /x"/.test(b) || require("x")`,
	`while (a) /x'/.exec(b); require("x")`,
	`for (;;) /[/'"]/.exec(b); require("x")`,
	`a = b ? /"/ : /'/; require("x")`,
	`a = [/"/, /'/]; require("x"); !/"/; a = {b: /'/}; require("y")`,
	`x = a => /"/.test(a); require("x")`,
	`x = a => ({}) / 2; "/"; require("x")`,
	`do /"/.test(a); while (b); require("x")`,
	`throw /"/, require("x")`,
	`void /'/; delete a[/"/]; b in /'/; require("x")`,
	`a = b.return / 2; "/"; require("x")`,
	`a = {return: 1}.return / require("x") / 1`,
	`a = b.if (c) / 2; require("x"); "/"`,
	`switch (a) { case /"/: { require("x") } /'/; default: require("y") }`,
	`({ if(a) { return /"/ }, for: 1, catch(b) { require("x") } })`,
	`class A { if(a) {} delete(b) { require("x") } catch = /"/; typeof() {} }`,
	`class A { 'a'() { require("x") } [b]() {} 1() {} static async *c() { require("y") } }`,
	`class A { a = 1
 b() { require("x") }
 static c = () => { require("y") }
 #d = require("z") }`,
	`x = class extends B {}; require("x")`,
	`x = class A extends (class {}) { m() { /"/ } } / 2; require("x"); "/"`,
	`function f() {} /"/.test(a); require("x")`,
	`(function f() {} / 2); require("x"); "/"`,
	`async function f() { await /"/; await require("x") } f`,
	`function* f() { yield /"/; yield require("x") }`,
	`for (const a of /"/.exec(b)) require("x")`,
	`var of = 4; a = of / 2; require("x"); "/"`,
	`a: for (;;) { continue a } { require("x") }`,
	"`${`${`${require('x')}`}` + /`/.source}`; require('y')",
	"`${{a: {b: 1}}.a.b}${function() { return {} }}`; require('x')",
	"a`b${require('x')}c`; a.b`${1}`; require('y')",
	"a = b\n/require('x')/g",
	"a = b\n/* c */ /require('x')/g",
	`a = b ? {c: 1} / 2 : d; require("x"); "/"`,
	`a ? (b, {c: require("x")}) : {d: require("y")}`,
	`a = b ? c => { require("x") } : d => { require("y") }; require("z")`,
	`a = b?.5:1; c = d?.e; f?.[require("x")]; g?.(require("y"))`,
	`a = b ?? require("x"); a ??= require("y"); a ||= require("z")`,
	`a = 1..toString(); b = 1.5.toFixed(require("x")); c = 0x1f / 2; d = .5 / 1; require("y"); "/"`,
	`a = b-- / 2; require("x"); "/"; c = --d`,
	`a = !/"/.test(b) && ~/'/ + -/"/; require("x")`,
	`"use strict"; 'a\
b"'; require("x")`,
	`import a, {b as c} from "x"; import * as d from "y"; import "z"; export * from "w"; export {b} from "v"; import("u"); require("t"); a, c, d`,
	`export default function() { require("x") } export const a = require("y"); export class B { m() { import("z") } }`,
	`export default () => { require("x") }`,
	`export default class { m() { require("x") } }`,
	`import {default as a} from "x"; export {a as c}; export {default} from "y"; export {default as b} from "z"`,
	`import from from "x"; import as, {as as as2} from "y"; from, as, as2`,
	`import{a}from"x";import b from"y";export*from"z";a,b`,
	`var a = import("x"), b = { import: 1, c: import("y") }; a.import`,
	`import(/* webpackChunkName: "a" */ "x")`,
	`!function(e, t) { "object" == typeof exports ? module.exports = t(require("x")) : "function" == typeof define && define.amd ? define(["x"], t) : t(e.x) }(this, function(e) { "use strict"; return e })`,
	`(function e(t, n, r) { function s(o, u) { var a = typeof require == "function" && require; if (!u && a) return a(o, !0) } })({1: [function(require, module, exports) { require("./a") }, {"./a": 2}]}, {}, [1])`,
	`!function(e) { var t = {}; function n(r) { return e[r].call(t, n) } n(0) }([function(e, t, n) { n(1) }, function(e, t) { e.exports = require("x") }])`,
	`define(function(require, exports, module) { var a = require("x") })`,
	`var f = function(require) { return require("x") }, g = require("y")`,
	`var f = require => require("x"), g = require("y")`,
	`var f = (a, b = require("x"), ...c) => require("y")`,
	`var f = ({a, require}) => require("x"); require("y")`,
	`var f = ([require]) => { require("x") }; require("y")`,
	`var f = async require => require("x"); require("y")`,
	`var f = (a, {b: {require}}) => require("x"); require("y")`,
	`class A { constructor(require) { require("x") } set a(require) { require("y") } } require("z")`,
	`function f() { if (a) { var require = b } require("x") } require("y")`,
	`function f() { { let require = b; require("x") } require("y") }`,
	`function f() { for (var a = 1, require = 2;;) require("x") } require("y")`,
	`var {a, require: b} = c; require("x")`,
	`foo({require}); foo(require); foo([require]); require("x")`,
	`new (require("x")); new (require("y").Z)(require("z"))`,
	`require("x")("y"); require("x")["y"]; require("z")` + "`w`",
	`[require("x"), , require("y")].map(require)`,
	`a = require("x") / require("y") / require("z")`,
	`try { require("x") } catch { require("y") } finally { require("z") }`,
	`label: { require("x"); break label } require("y")`,
	"while (a --> 0) { require('x') }",
	"a = b\n++c\nrequire('x')",
	"let a = 1\nlet b = /'/\nrequire('x')",
	"a = {\n  'b': 1,\n  c() {},\n  async d() { await require('x') },\n  get e() { return require('y') }\n}\n/1",
	`({ async: 1, get: 2, set: 3, static: 4, of: 5, async async() {}, get get() { return require("x") } })`,
	`async () => { for await (const a of b) require("x") }`,
	`var async = 1; async / 2; require("x"); "/"`,
	`x = { ...require("x"), [require("y")]: require("z"), "require": 1 }`,
	`if (a) ; else /"/.test(b); require("x")`,
	`a = function() { return {} }() / 2; require("x"); "/"`,
	`() => {}
/"/.test(a); require("x")`,
	"var \\u0061 = 1; require('x')",
	`a = "\u{1F600}"; require('x')`,
	`/* </script> */ require("x") // "`,
	`a.b.class / 2; a.function / 3; a.class; require("x"); "/"`,
	`x = { class: 1, function: 2, a: function() { require("x") }, b: class { c() { require("y") } } }; require("z")`,
}

// trickyTS are TypeScript; what they import is used, for esbuild drops the rest.
var trickyTS = []string{
	`import type A from "x"; import type {B} from "y"; import {type C, d} from "z"; import e, {type F} from "w"; d, e`,
	`import a = require("x"); a`,
	`export type {A} from "x"; export type * from "y"; export {type B, c} from "z"`,
	`declare const require: any; require("x")`,
	`declare function require(a: string): any; require("x")`,
	`function f<T extends {a: 1}>(b?: T, c: {d: "x"} = {d: "x"}): {e: string} { return require("x") } require("y")`,
	`class A<T> extends B<T> implements C { private a?: string; constructor(private b = require("x")) { super() } m<U>(c: U): Promise<{d: 1}> { return require("y") } }`,
	`abstract class A { abstract m(): void; n(): void { require("x") } } require("y")`,
	`enum A { B = 1, C = require("x").length } const enum D { E }`,
	`namespace A { export const b = require("x") }`,
	`let a = <any>require("x"); let b = require("y") as any as {c: 1}; let d = a!.b / 2; "/"`,
	`type A = {b: string} | (() => {c: 1}); interface D { e(): void; (f: string): void } require("x")`,
	`const f = async <T,>(a: T): Promise<void> => { require("x") }; require("y")`,
	`function f(a: string): void; function f(a: any) { require("x") } require("y")`,
	`function f(this: A, a: any): asserts a is string { require("x") } require("y")`,
	`let a: Array<{b: string}> = [require("x")]; let c = (d: number): number => d / 2; require("y"); "/"`,
	`Page<A, B>({ data: {}, onLoad(a: {b?: string}) { require("x") } }); require("y")`,
}

// key writes a reference without its place.
func key(kind Kind, spec string) string { return fmt.Sprintf("%s %q", kind, spec) }

// imports asks esbuild what the scripts import. broken has the scripts that do not parse.
func imports(scripts map[string]string) (found map[string][]string, broken map[string]string) {
	var mu sync.Mutex
	found, broken = map[string][]string{}, map[string]string{}
	result := api.Build(api.BuildOptions{
		EntryPoints: slices.Sorted(maps.Keys(scripts)), Bundle: true, Outdir: "out", Platform: api.PlatformNeutral,
		Format: api.FormatESModule, LogLevel: api.LogLevelSilent,
		Plugins: []api.Plugin{{Name: "test", Setup: func(build api.PluginBuild) {
			build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
				if a.Kind == api.ResolveEntryPoint {
					return api.OnResolveResult{Path: a.Path, Namespace: "test"}, nil
				}
				mu.Lock()
				defer mu.Unlock()
				found[a.Importer] = append(found[a.Importer], key(kinds[a.Kind], a.Path))
				return api.OnResolveResult{}, errors.New("stop")
			})
			build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "test"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
				content := scripts[a.Path]
				return api.OnLoadResult{Contents: &content, Loader: loader(a.Path), ResolveDir: nowhere}, nil
			})
		}}},
	})
	for _, e := range result.Errors {
		if e.PluginName == "" && e.Location != nil && !strings.HasPrefix(e.Text, "Could not resolve ") {
			broken[strings.TrimPrefix(e.Location.File, "test:")] = e.Text
		}
	}
	return found, broken
}

func TestScanAgreesWithEsbuild(t *testing.T) {
	scripts := map[string]string{}
	for i, src := range tricky {
		scripts[fmt.Sprintf("%03d.js", i)] = src
	}
	for i, src := range trickyTS {
		scripts[fmt.Sprintf("%03d.ts", i)] = src
	}
	found, broken := imports(scripts)
	for _, name := range slices.Sorted(maps.Keys(scripts)) {
		if broken[name] != "" {
			t.Errorf("%s does not parse: %s", scripts[name], broken[name])
			continue
		}
		if diff := cmp.Diff(set(found[name]), set(scanned(scripts[name]))); diff != "" {
			t.Errorf("%s\n%s", scripts[name], diff)
		}
	}
}

// scanned is what Scan finds of the kinds that esbuild knows.
func scanned(src string) (keys []string) {
	for _, r := range Scan([]byte(src)).Refs {
		if !r.Partial && (r.Kind == Import || r.Kind == Require || r.Kind == Dynamic) {
			keys = append(keys, key(r.Kind, r.Spec))
		}
	}
	return keys
}

func set(keys []string) []string {
	slices.Sort(keys)
	return slices.Compact(keys)
}
