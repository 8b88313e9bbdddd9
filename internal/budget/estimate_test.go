package budget

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
)

var (
	plain    = Settings{}
	lowered  = Settings{ES6: true}
	smallest = Settings{ES6: true, Minify: true, MinifyWXML: true, MinifyWXSS: true}
)

// construct is a piece of JavaScript and what WeChat's compiler (miniprogram-ci 2.1.42)
// makes of it, in bytes.
type construct struct {
	Name, Source      string
	Lowered, Minified int64
	Helpers           []string
}

func constructs(t testing.TB) []construct {
	t.Helper()
	data, err := os.ReadFile("testdata/constructs.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []construct
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// near reports whether two sizes differ by no more than a share, or a few bytes.
func near(got, want int64, share float64, bytes int64) bool {
	return math.Abs(float64(got-want)) <= max(share*float64(want), float64(bytes))
}

func bytesOf(name string, data []byte, s Settings) int64 { return Estimate(name, data, s).Bytes }

func helpersOf(name string, data []byte, s Settings) []string { return Estimate(name, data, s).Helpers }

func TestEstimateOfConstructs(t *testing.T) {
	var got, want [2]int64
	for _, c := range constructs(t) {
		t.Run(c.Name, func(t *testing.T) {
			sizes := [2]int64{bytesOf(c.Name+".js", []byte(c.Source), lowered), bytesOf(c.Name+".js", []byte(c.Source), smallest)}
			for i, compiled := range []int64{c.Lowered, c.Minified} {
				if !near(sizes[i], compiled, 0.1, 40) {
					t.Errorf("minified %t: got %d, the compiler makes %d", i == 1, sizes[i], compiled)
				}
				got[i] += sizes[i]
				want[i] += compiled
			}
			if diff := cmp.Diff(strings.Join(c.Helpers, " "), strings.Join(helpersOf(c.Name+".js", []byte(c.Source), lowered), " ")); diff != "" {
				t.Error(diff)
			}
		})
	}
	for i := range got {
		if !near(got[i], want[i], 0.03, 0) {
			t.Errorf("all constructs: got %d, the compiler makes %d", got[i], want[i])
		}
	}
}

func TestEstimateWhatIsNoScript(t *testing.T) {
	for _, test := range []struct {
		name, content string
		settings      Settings
		want          int64
	}{
		{"a.png", "\r\n\x89", smallest, 3},
		{"a.wxs", "var a = 1;\r\n", smallest, 12},
		{"a.js", "let a\r\n= 1", plain, 9},
		{"a.js", "let a\xff = 1", smallest, 10},
		{"a.JS", "let = = 1\r\n", lowered, 10},
		{"a.wxml", "<view>\r\n</view>", plain, 14},
		{"a.wxml", "<view  class = \"a {{ b ? 'x y' : '' }}\"\n wx:if>\n  <!-- c -->\n  a  b {{ c }} d\n</view >", smallest,
			int64(len(`<view class="a {{b?'x y':''}}" wx:if>a b {{c}} d</view>`))},
		{"a.wxml", "<text> a  b </text>", smallest, 19},
		{"a.wxml", "<view style=\"color: red; top: {{ x }}px ;\"/>", smallest, int64(len(`<view style="color:red;top:{{x}}px;"/>`))},
		{"a.wxml", "<wxs module=\"m\">\n  var a = 'b c' ;\n</wxs>", smallest, int64(len("<wxs module=\"m\">\nvar a ='b c';\n</wxs>"))},
		{"a.wxss", ".a {\r\n  color: red;\r\n}\r\n", plain, 24},
		{"a.wxss", ".a {\n  color: red;\n}\n.b { color: red; }\n", smallest, int64(len(".a,.b{color:red}"))},
		{"a.wxss", ".a {\n  display: flex;\n  color: red;\n}\n", Settings{PostCSS: true}, int64(len(".a{color:red;display:-webkit-flex;display:flex}"))},
		{"a.wxss", ".a, .b { top: 0; left: 0 } .c { top: 0; left: 0; color: red }", smallest, int64(len(".a,.b,.c{left:0;top:0}.c{color:red}"))},
		{"a.js", "/*! keep */\nmodule.exports = 1; // not this\n", Settings{Minify: true}, int64(len("/*! keep */\nmodule.exports=1;"))},
		{"app.json", "{ \"pages\": [ \"a\" ] }\n", plain, int64(len(`{"pages":["a"]}`))},
		{"a/page.json", "{}\n", plain, int64(len(`{"usingComponents":{}}`))},
		{"a/page.json", "{ \"component\": true }", plain, int64(len(`{"component":true,"usingComponents":{}}`))},
		{"a/data.json", "{ \"rows\": [] }\n", plain, 15},
		{"project.config.json", "{ \"appid\": \"wx0000000000000000\" }", plain, int64(len(projectConfig))},
		{"project.private.config.json", "{ }", plain, 3},
		{"a/page.json", "{ \"usingComponents\": {}, \"window\": {} }", plain, int64(len(`{"usingComponents":{},"window":{},"__warning__":"invalid page.json [\"window\"]"}`))},
	} {
		if got := bytesOf(test.name, []byte(test.content), test.settings); got != test.want {
			t.Errorf("%s %q: got %d, want %d", test.name, test.content, got, test.want)
		}
	}
}

func TestEstimateCopiesLargeScripts(t *testing.T) {
	large := []byte("var a = `" + strings.Repeat("x\r\n", 2_048_000/3) + "`;")
	if got := bytesOf("a.js", large, smallest); got != int64(len(large)) {
		t.Errorf("got %d, want %d", got, len(large))
	}
}

// More source must not make less of it.
func TestEstimateGrows(t *testing.T) {
	for _, s := range []Settings{plain, lowered, smallest} {
		source, last := "", int64(0)
		for _, c := range constructs(t) {
			if strings.Contains(c.Source, "import ") || strings.Contains(c.Source, "export ") {
				continue
			}
			source += "(function () {\n" + c.Source + "})();\n"
			size := bytesOf("a.js", []byte(source), s)
			if size <= last {
				t.Errorf("%+v: with %s it is %d bytes, %d without", s, c.Name, size, last)
			}
			last = size
		}
	}
}

func TestEstimateAtOnce(t *testing.T) {
	all := constructs(t)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, c := range all {
				bytesOf("at/once.js", []byte(c.Source), smallest)
				helpersOf("at/once.js", []byte(c.Source), smallest)
			}
		})
	}
	group.Wait()
}

func TestHelperClosure(t *testing.T) {
	got := helperClosure([]string{"slicedToArray", "typeof"})
	want := []string{"arrayLikeToArray", "arrayWithHoles", "iterableToArrayLimit", "nonIterableRest", "slicedToArray", "typeof", "unsupportedIterableToArray"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for name, h := range helpers {
		for _, other := range h.uses {
			if helpers[other].size == 0 {
				t.Errorf("%s uses %s, which is none", name, other)
			}
		}
		if helpers[name].size <= 0 || !slices.Contains(helperClosure([]string{name}), name) {
			t.Errorf("%s has no size", name)
		}
	}
	if helpers["nobody"].size != 0 {
		t.Error("a helper that is none has a size")
	}
}

// FuzzEstimate: no input makes it fail, and what comes out stays within bounds.
func FuzzEstimate(f *testing.F) {
	for _, c := range constructs(f) {
		f.Add(".js", []byte(c.Source))
	}
	f.Add(".wxml", []byte("<view a='{{b}}'><text>c</text><wxs>'d'</wxs></view>"))
	f.Add(".wxss", []byte("@media x{.a,.b{color:red}}@keyframes y{to{top:0}}"))
	f.Add(".json", []byte(`{"component":true}`))
	f.Add(".ts", []byte("enum A { B }"))
	f.Fuzz(func(t *testing.T, ext string, data []byte) {
		for _, s := range []Settings{plain, lowered, smallest, {PostCSS: true}, {Minify: true, MinifyWXSS: true, PostCSS: true}} {
			size := bytesOf("a/b"+ext, data, s)
			if most := int64(2000 + 400*len(data)); size < 0 || size > most {
				t.Errorf("%+v: %d bytes of %d", s, size, len(data))
			}
			helpersOf("a/b"+ext, data, s)
		}
	})
}

func BenchmarkEstimate(b *testing.B) {
	source := strings.Builder{}
	for _, c := range constructs(b) {
		if !strings.Contains(c.Source, "import ") && !strings.Contains(c.Source, "export ") {
			source.WriteString("(function () {\n" + c.Source + "})();\n")
		}
	}
	text := []byte(strings.Repeat(source.String(), 10))
	for name, s := range map[string]Settings{"lowered": lowered, "smallest": smallest} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				compileScript("a.js", text, []Settings{s})
			}
		})
	}
}

func TestHelpersThatTheScriptHas(t *testing.T) {
	source := []byte("import a from './a';\nclass B {}\nexport { a, B };\n")
	if diff := cmp.Diff([]string{"classCallCheck", "createClass", "interopRequireDefault"}, helpersOf("x.js", source, Settings{ES6: true})); diff != "" {
		t.Error(diff)
	}
	marked := bundle.Mark(source, []string{"classCallCheck", "createClass"})
	if diff := cmp.Diff([]string{"interopRequireDefault"}, helpersOf("x.js", marked, Settings{ES6: true})); diff != "" {
		t.Error(diff)
	}
}
