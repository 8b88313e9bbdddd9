package script

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// verdicts are those of WeChat's compiler (miniprogram-ci 2.1.42), each observed.
var verdicts = []struct {
	src    string
	js, ts bool // refused
}{
	{`var a = 1`, false, false},
	{``, false, false},
	{"\ufeffvar a", false, false},
	{"#!/bin/node\nvar a", false, false},
	{`await a; for await (const b of c) {}`, false, false},
	{`import("./a"); import.meta.url`, false, false},
	{`import a from "./a"; a = 1; const b = 1; b++; export default 1`, false, false},
	{`var a = {b: 1, b: 2}`, false, false},
	{`a(); import a from "./a"`, false, false},
	{`@a class B {@c d() {}}`, false, false},
	{`a<!--b`, false, false},
	{"if (a <!--b) { c() }\nd(", true, true},
	{`<!-- a`, true, true},
	{`var require = 1, module = 2, exports = 3`, false, false},
	{`var a = do {1}`, false, false},
	{`a::b`, false, false},
	{`a |> b`, false, false},
	{`() => throw a`, false, false},
	{`export a from "./a"`, false, false},
	{`return`, true, true},
	{`with (a) {}`, true, true},
	{`var a = 010`, true, true},
	{`delete a`, true, true},
	{`var interface`, true, true},
	{`function f() {} function f() {}`, true, true},
	{`let a; let a`, true, true},
	{`if (a) function f() {}`, true, true},
	{`function f() {await a}`, true, true},
	{`function f(a, a) {}`, true, true},
	{`import a from "./a.json" with {type: "json"}`, true, true},
	{`import a from "./a.json" assert {type: "json"}`, true, true},
	{`import("./a", {})`, true, true},
	{`export var a; export {a}`, true, false},
	{`export default 1; export default 2`, true, false},
	{`class A {constructor() {} constructor() {}}`, true, false},
	{`var a: string`, true, false},
	{`import a = require("./a"); a()`, true, false},
	{`var a = <b/>`, true, true},
	{`function f() {`, true, true},
}

// lenient has what the compiler refuses and Check does not: too rare to be worth a
// parser of our own.
var lenient = map[string]string{
	"a.js": `var f; function f() {}`,
	"b.js": `function f() { var await = 1 }`,
	"c.js": `/a/v`,
	"d.js": `{ using a = b }`,
	"e.js": `class A { accessor a = 1 }`,
	"f.js": `({ set a(...b) {} })`,
	"g.js": `/(?<a>x)(?<a>y)/`,
	"h.js": `import defer * as a from "./a"`,
	"i.ts": `export {a}`,
	"j.ts": `import a from "./a"; import a from "./b"`,
	"k.ts": `class A { declare b: string }`,
}

func TestCheckIsLenient(t *testing.T) {
	scripts := map[string][]byte{}
	for name, src := range lenient {
		scripts[name] = []byte(src)
	}
	if faults, _ := Check(scripts); len(faults) > 0 {
		t.Errorf("no longer lenient, which is good: %v", faults)
	}
}

func TestCheckAgreesWithTheCompiler(t *testing.T) {
	scripts := map[string][]byte{}
	for i, v := range verdicts {
		scripts[fmt.Sprintf("%d.js", i)] = []byte(v.src)
		scripts[fmt.Sprintf("%d.ts", i)] = []byte(v.src)
	}
	faults, _ := Check(scripts)
	refused := map[string]string{}
	for _, f := range faults {
		refused[f.Name] = f.Message
	}
	for i, v := range verdicts {
		for ext, want := range map[string]bool{"js": v.js, "ts": v.ts} {
			if message := refused[fmt.Sprintf("%d.%s", i, ext)]; (message != "") != want {
				t.Errorf("%s %s: refused %v, %q", ext, v.src, !want, message)
			}
		}
	}
}

func TestCheckFindsPlaces(t *testing.T) {
	for src, want := range map[string]SyntaxError{
		"(":                              {Line: 1, Column: 2, Offset: 1, Message: "Unexpected end of file"},
		"é; (]":                          {Line: 1, Column: 6, Offset: 5, Message: `Unexpected "]"`},
		"a\r\nb\rc\u2028\n ]":            {Line: 5, Column: 2, Offset: 11, Message: `Unexpected "]"`},
		"#!x\n]":                         {Line: 2, Column: 1, Offset: 4, Message: `Unexpected "]"`},
		"\ufeff]":                        {Line: 1, Column: 4, Offset: 3, Message: `Unexpected "]"`},
		"]":                              {Line: 1, Column: 1, Message: `Unexpected "]"`},
		"import a from './a' with {b:c}": {Line: 1, Column: 21, Offset: 20, Message: "import attributes are not supported"},
	} {
		faults, _ := Check(map[string][]byte{"a.js": []byte(src)})
		want.Name = "a.js"
		if len(faults) == 0 {
			t.Errorf("%q: no fault", src)
		} else if diff := cmp.Diff(want, faults[0]); diff != "" {
			t.Errorf("%q: %s", src, diff)
		}
	}
}

func TestCheckFindsAllFaults(t *testing.T) {
	scripts := map[string][]byte{}
	for i := range 3 * batchFiles {
		scripts[fmt.Sprintf("%04d.js", i)] = []byte("let a, a; let b, b; require('./c')")
	}
	faults, _ := Check(scripts)
	if len(faults) != 6*batchFiles {
		t.Fatalf("%d faults", len(faults))
	}
	for i, f := range faults {
		if want := fmt.Sprintf("%04d.js", i/2); f.Name != want {
			t.Fatalf("fault %d is of %s, not %s", i, f.Name, want)
		}
	}
}

func TestCheckTellsLiveImports(t *testing.T) {
	_, live := Check(map[string][]byte{
		"a.js":          []byte(`import a from "./a"; require("./b"); import("./c"); if (false) require("./d"); require("./lang/" + e)`),
		"a.ts":          []byte(`import a from "./a"; import {b} from "./b"; import "./c"; b()`),
		"broken.js":     []byte(`require("./a"); (`),
		"odd\"'\\\n.js": []byte(`require("a.js")`),
		"none.js":       nil,
	})
	want := map[string]map[LiveKey]bool{
		"a.js":          {{Import, "./a"}: true, {Require, "./b"}: true, {Dynamic, "./c"}: true},
		"a.ts":          {{Import, "./b"}: true, {Import, "./c"}: true},
		"none.js":       {},
		"odd\"'\\\n.js": {{Require, "a.js"}: true},
	}
	if diff := cmp.Diff(want, live); diff != "" {
		t.Error(diff)
	}
}

// esbuild would expand the pattern to the files of this package.
func TestCheckReadsNoDisk(t *testing.T) {
	faults, _ := Check(map[string][]byte{"a.js": []byte("require('./' + a); import(`./${a}.go`); require('../' + a)")})
	if len(faults) > 0 {
		t.Error(faults)
	}
}

func TestCheckLeavesWhatTheCompilerCopies(t *testing.T) {
	for length, want := range map[int]int{copiedUnits - 1: 1, copiedUnits: 0} {
		src := "(/*" + strings.Repeat("x", length-5) + "*/"
		if faults, _ := Check(map[string][]byte{"a.js": []byte(src)}); len(faults) != want {
			t.Errorf("%d: %v", length, faults)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, v := range verdicts {
		f.Add([]byte(v.src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		faults, _ := Check(map[string][]byte{"a.js": src, "b.ts": src})
		for _, e := range faults {
			if e.Line < 1 || e.Column < 1 || e.Offset < 0 || e.Offset > len(src) {
				t.Fatalf("%q: %+v", src, e)
			}
		}
	})
}

// TestCheckSurvivesDepth: scripts that nest too deep for esbuild are left alone; the
// process would end.
func TestCheckSurvivesDepth(t *testing.T) {
	const n = 400_000
	_, live := Check(map[string][]byte{
		"brackets.js": []byte("x = " + strings.Repeat("[", n) + strings.Repeat("]", n)),
		"signs.js":    []byte("x = " + strings.Repeat("! ", n) + "y"),
		"words.js":    []byte("x = " + strings.Repeat("void ", 20_000) + "y"),
		"plain.js":    []byte("import 'a'"),
	})
	for name, want := range map[string]bool{"brackets.js": false, "signs.js": false, "plain.js": true} {
		if _, parsed := live[name]; parsed != want {
			t.Errorf("%s: parsed %v, want %v", name, parsed, want)
		}
	}
}
