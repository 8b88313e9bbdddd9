package es5

import (
	"errors"
	"strings"
	"testing"
)

func TestLower(t *testing.T) {
	for name, test := range map[string]struct{ source, want string }{
		"arrow": {"const f = (a) => a + 1;", "let f = function f(a) {\n  return a + 1;\n};"},
		"this": {"x = { m() { return () => this; } };",
			"x = {\n  m: function m() {\n    var _this = this;\n    return function () {\n      return _this;\n    };\n  }\n};"},
		"top this":    {"this.a = 1;", "(void 0).a = 1;"},
		"template":    {"x = `中${a}b${c}`;", "x = \"\\u4E2D\".concat(a, \"b\").concat(c);"},
		"shorthand":   {"x = { a, 'b': 1, c: 2 };", "x = {\n  a: a,\n  \"b\": 1,\n  c: 2\n};"},
		"destructure": {"const { a, b } = c;", "let a = c.a,\n  b = c.b;"},
		"parens":      {"x = (a, b) || (c ? d : e);", "x = (a, b) || (c ? d : e);"},
		"no parens":   {"x = ((a + b)) * (c);", "x = (a + b) * c;"},
		"signs":       {"x = - -a + +b;", "x = - -a + +b;"},
		"else":        {"if (a) b(); else c();", "if (a) b();else c();"},
		"optional":    {"x = y.a?.b;", "var _y$a;\nx = (_y$a = y.a) === null || _y$a === void 0 ? void 0 : _y$a.b;"},
		"rename":      {"let a = 1; { let a = 2; b(a); }", "let a = 1;\n{\n  let _a = 2;\n  b(_a);\n}"},
		"private":     {"x = 1_000;", "x = 1000;"},
	} {
		got, err := Lower("a.js", []byte(test.source))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if code := strings.TrimSpace(strings.TrimPrefix(string(got.Code), `"use strict";`)); code != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, code, test.want)
		}
	}
}

func TestLowerTellsWhereHelpersAre(t *testing.T) {
	got, err := Lower("pages/a/a.js", []byte("import b from './b'; x = [...b];"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`var _interopRequireDefault = require("../../@babel/runtime/helpers/interopRequireDefault").default;`,
		`var _toConsumableArray2 = require("../../@babel/runtime/helpers/toConsumableArray");`,
		`var _b = _interopRequireDefault(require('./b'));`,
		`x = _toConsumableArray2(_b.default);`,
	} {
		if !strings.Contains(string(got.Code), want+"\n") && !strings.HasSuffix(string(got.Code), want) {
			t.Errorf("no %s in\n%s", want, got.Code)
		}
	}
	if names := strings.Join(got.Helpers, " "); names != "interopRequireDefault toConsumableArray" {
		t.Errorf("helpers: %s", names)
	}
}

func TestLowerCompactsLongScripts(t *testing.T) {
	got, err := Lower("a.js", []byte("/*"+strings.Repeat("x", compactFrom)+"*/ if (a) { b = c + 1; } else d();"))
	if err != nil || string(got.Code) != `"use strict";if(a){b=c+1;}else d();` {
		t.Errorf("%v %s", err, got.Code)
	}
}

func TestLowerRefusesWhatDoesNotParse(t *testing.T) {
	for _, source := range []string{"let = = 1", strings.Repeat("(", 5000)} {
		if _, err := Lower("a.js", []byte(source)); !errors.Is(err, ErrSyntax) {
			t.Errorf("%.10s: %v", source, err)
		}
	}
}

func TestComments(t *testing.T) {
	for _, test := range []struct {
		source      string
		all, legals int
	}{
		{"a = 1;", 0, 0},
		{"// one\na = '// two';", len("// one\n"), 0},
		{"a = 1; // one\n", len(" // one"), 0},
		{"a = /\\/\\* no /;", 0, 0},
		{"f(() => {\n// in\n});", len("  // in\n"), 0},
		{"/*! keep */ a", len("/*! keep */\n"), len("/*! keep */\n")},
		{"/**\n     * far\n     */\na", len("/**\n     * far\n     */\n"), 0},
	} {
		if all, legals := Comments([]byte(test.source)), LegalComments([]byte(test.source)); all != test.all || legals != test.legals {
			t.Errorf("%q: got %d and %d, want %d and %d", test.source, all, legals, test.all, test.legals)
		}
	}
}

func FuzzLower(f *testing.F) {
	for _, source := range []string{
		"const { a, b: [c, ...d] = [], ...e } = f(...g);", "class A extends B { #x = 1; static y; async *z() { yield* super.z(); } }",
		"async () => { for await (const x of y) try { await z } finally { break } }", "export * from 'a'; export default class {}; import * as b from 'b';",
		"a?.b?.[c]?.(d ?? `e${f}`) || new.target", "label: switch (a) { case b: continue label; default: ({ [c]: d, ...e }) }",
	} {
		f.Add([]byte(source))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		got, err := Lower("a/b.js", source)
		if err == nil && len(got.Code) == 0 {
			t.Error("nothing was printed")
		}
		if n := Comments(source); n < 0 {
			t.Errorf("%d bytes of comments", n)
		}
	})
}

// TestLowerAsksForHelpers is as the compiler was observed to do it.
func TestLowerAsksForHelpers(t *testing.T) {
	for source, want := range map[string]string{
		`x = async function* () { yield await 1 };`:                                                          "awaitAsyncGenerator regeneratorRuntime wrapAsyncGenerator",
		`x = { async *a() { yield* b } };`:                                                                   "asyncGeneratorDelegate asyncIterator awaitAsyncGenerator regeneratorRuntime wrapAsyncGenerator",
		`async function* a() {} x = async () => {};`:                                                         "asyncToGenerator awaitAsyncGenerator regeneratorRuntime wrapAsyncGenerator",
		`function a(b) { "@babel/helpers - typeof"; a = function (b) { return typeof b }; return typeof b }`: "",
		`function a(b) { return typeof b }`:                                                                  "typeof",
	} {
		got, err := Lower("a.js", []byte(source))
		if names := strings.Join(got.Helpers, " "); err != nil || names != want {
			t.Errorf("%s: %q, not %q, %v", source, names, want, err)
		}
	}
}
