package bundle

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What WeChat's compiler (miniprogram-ci 2.1.42, es6 and enhance) asks for was observed
// for each of these.
func TestHelpers(t *testing.T) {
	for source, want := range map[string][]string{
		"var a = 1;":                                      nil,
		"const a = { b: 1 };":                             nil,
		"typeof a":                                        {"typeof"},
		"import a from 'b'; a();":                         {"interopRequireDefault"},
		"import { a } from 'b'; a();":                     nil,
		"import * as a from 'b'; a();":                    {"interopRequireWildcard"},
		"import a, { c } from 'b'; a(c);":                 {"interopRequireDefault", "interopRequireWildcard"},
		"import a from 'b'; import { c } from 'b'; a(c);": {"interopRequireDefault", "interopRequireWildcard"},
		"import a from 'b'; import { c } from 'd'; a(c);": {"interopRequireDefault"},
		"export default {};":                              {"interopRequireDefault"},
		"async function a() {}":                           {"asyncToGenerator", "regeneratorRuntime"},
		"const a = async () => {};":                       {"asyncToGenerator", "regeneratorRuntime"},
		"function* a() {}":                                {"regeneratorRuntime"},
		"async function* a() {}":                          {"awaitAsyncGenerator", "regeneratorRuntime", "wrapAsyncGenerator"},
		"class A {}":                                      {"classCallCheck", "createClass"},
		"class A extends b.C {}":                          {"assertThisInitialized", "classCallCheck", "createClass", "createSuper", "getPrototypeOf", "inherits", "possibleConstructorReturn"},
		"f(...a);":                                        {"objectSpread2", "toConsumableArray"},
		"const [a] = b;":                                  {"slicedToArray"},
		"const { a } = b;":                                nil,
		"const { a, ...c } = b;":                          {"extends", "objectSpread2", "objectWithoutProperties", "toConsumableArray", "toPropertyKey"},
		"const {} = b;":                                   {"objectDestructuringEmpty"},
		"for (const a of b) a();":                         {"createForOfIteratorHelper"},
		"a = { [b]: 1 };":                                 {"defineProperty"},
		"a = { b: 1, b: 2 };":                             {"defineProperty"},
		"a = b`c`;":                                       {"taggedTemplateLiteral"},
		"a.includes(b)":                                   {"Arrayincludes"},
		"Object.entries(a); Object.values(a);":            {"Objectentries", "Objectvalues"},
		"regeneratorRuntime.mark(a);":                     {"regeneratorRuntime"},
		"const a = 1; /* a comment: class b {} */":        nil,
		"a = (": nil,
	} {
		if diff := cmp.Diff(want, Helpers([]byte(source))); diff != "" {
			t.Errorf("%s (-want +got)\n%s", source, diff)
		}
	}
}

func TestHelpersAreThoseWithoutTheMark(t *testing.T) {
	source := []byte("class A {}\n")
	names := Helpers(source)
	if diff := cmp.Diff(names, Helpers(Mark(source, []string{"typeof"}))); diff != "" {
		t.Error(diff)
	}
}

func TestMark(t *testing.T) {
	marked := Mark([]byte("#!/usr/bin/env node\n// use strict disable;\na();\n"), []string{"createClass", "typeof"})
	want := "#!/usr/bin/env node\n// use strict disable;\na();\n" +
		"/* tuikit-cli:helpers require(\"@babel/runtime/helpers/createClass\") require(\"@babel/runtime/helpers/typeof\") */\n"
	if string(marked) != want {
		t.Errorf("%s", marked)
	}
	names, offset, length := Marked(marked)
	if diff := cmp.Diff([]string{"createClass", "typeof"}, names); diff != "" {
		t.Error(diff)
	}
	if got := string(marked[offset : offset+length]); got != want[len(want)-len(got)-1:len(want)-1] {
		t.Errorf("the mark is not %q", got)
	}
	if again := Mark(marked, names); !bytes.Equal(again, marked) {
		t.Errorf("marked twice:\n%s", again)
	}
	for _, other := range []string{"a();\n", "var text = '/* tuikit-cli:helpers */';\n", "/* tuikit-cli:helpers", ""} {
		if names, _, length := Marked([]byte(other)); names != nil || length != 0 || string(Unmark([]byte(other))) != other {
			t.Errorf("%q is taken for marked", other)
		}
	}
}

func FuzzMark(f *testing.F) {
	f.Add([]byte("a();\n"))
	f.Add([]byte("a(); //# sourceMappingURL=a.js.map"))
	f.Add([]byte("\r\n"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, source []byte) {
		plain := Unmark(source)
		for bytes.Contains(plain, markHead) {
			t.Skip("text that is a mark itself")
		}
		if got := Unmark(Mark(plain, []string{"typeof"})); !bytes.Equal(got, plain) {
			t.Errorf("%q became %q", plain, got)
		}
	})
}

func TestBuildTakesHelpersAsTheyAre(t *testing.T) {
	dir := modules(t, map[string]string{
		"@babel/runtime/package.json":          `{"name": "@babel/runtime", "exports": {"./helpers/a": "./helpers/a.js"}}`,
		"@babel/runtime/helpers/a.js":          "var b = require(\"./b.js\");\nmodule.exports = b, module.exports.__esModule = true;\n",
		"@babel/runtime/helpers/b.js":          "module.exports = typeof require(\"./a.js\");\n",
		"@babel/runtime/helpers/unused.js":     "",
		"@babel/runtime/helpers/esm/a.js":      "",
		"@babel/runtime/node_modules/other.js": "",
	})
	uses := []Use{{HelperModule("a"), "chat"}, {HelperModule("none"), "chat"}, {HelperModule("Arrayincludes"), "chat"}}
	got, err := Build(dir, uses, Options{})
	if err != nil {
		t.Fatal(err)
	}
	const at = "chat/miniprogram_npm/@babel/runtime/helpers/"
	if diff := cmp.Diff([]string{at + "Arrayincludes.js", at + "a.js", at + "b.js"}, slices.Sorted(maps.Keys(got.Files))); diff != "" {
		t.Fatal(diff)
	}
	if content := string(got.Files[at+"b.js"]); content != "module.exports = typeof require(\"./a.js\");\n" {
		t.Error(content)
	}
	for name := range polyfills {
		if names := Helpers([]byte(polyfills[name])); names != nil {
			t.Errorf("%s itself needs %v", name, names)
		}
	}
}
