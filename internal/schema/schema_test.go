package schema

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func decode(t testing.TB, text string) any {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return value
}

func rejects(faults []Fault) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool { return f.Rejected })
}

// TestVerdicts compares with what WeChat's compiler (miniprogram-ci 2.1.42) said of
// each file in a project that was right otherwise.
func TestVerdicts(t *testing.T) {
	file, err := os.Open("testdata/verdicts.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	count := map[string]int{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if lines.Text() == "" || strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		part := strings.SplitN(lines.Text(), " ", 3)
		count[part[0]]++
		faults := Validate(File(part[1]), decode(t, part[2]))
		if rejects(faults) != (part[0] == "rejected") {
			t.Errorf("%s\ngives %+v", lines.Text(), faults)
		}
	}
	if count["accepted"] < 200 || count["rejected"] < 200 || len(count) != 2 {
		t.Errorf("only %v were compared", count)
	}
}

func TestFaults(t *testing.T) {
	for _, test := range []struct {
		name string
		file File
		text string
		want []Fault
	}{
		{"nothing wrong", App, `{"pages":["a/b"]}`, nil},
		{"not an object", Page, `[]`, []Fault{{Kind: Type, Want: []string{"object"}, Got: "array", Rejected: true}}},
		{"required", App, `{}`, []Fault{{Path: []string{"pages"}, Kind: Required, Want: []string{"array"}, Rejected: true}}},
		{"two in order", App, `{"pages":[1,"x",2],"debug":"yes"}`, []Fault{
			{[]string{"debug"}, Type, []string{"boolean"}, "string", true},
			{[]string{"pages", "0"}, Type, []string{"string"}, "number", true},
			{[]string{"pages", "2"}, Type, []string{"string"}, "number", true},
		}},
		{"enumeration", Page, `{"navigationStyle":"Custom"}`, []Fault{
			{[]string{"navigationStyle"}, Enum, []string{"custom", "default"}, "Custom", true}}},
		{"enumeration or variable", Page, `{"navigationBarTextStyle":"grey"}`, []Fault{
			{[]string{"navigationBarTextStyle"}, Enum, []string{"black", "white", "@…"}, "grey", true}}},
		{"colour", App, `{"pages":[],"window":{"backgroundColor":"red"}}`, []Fault{
			{[]string{"window", "backgroundColor"}, Pattern, []string{"#rgb", "#rgba", "#rrggbb", "#rrggbbaa"}, "red", true}}},
		{"colour by the documentation", App, `{"pages":[],"tabBar":{"color":"red","list":[{"pagePath":"a"},{"pagePath":"b"}]}}`, []Fault{
			{[]string{"tabBar", "color"}, Pattern, []string{"#rgb", "#rgba", "#rrggbb", "#rrggbbaa"}, "red", false}}},
		{"count", App, `{"pages":[],"tabBar":{"list":[]}}`, []Fault{
			{[]string{"tabBar", "list"}, Count, []string{"2", "5"}, "0", true}}},
		{"slip", Page, `{"usingComponent":{}}`, []Fault{
			{[]string{"usingComponent"}, Unknown, []string{"usingComponents"}, "usingComponent", false}}},
		{"unlike anything", Page, `{"window":{}}`, nil},
		{"alternative is strict", App, `{"pages":[],"workers":{"path":"w","isSubpackage":true,"zzz":1}}`, []Fault{
			{[]string{"workers", "zzz"}, Unknown, nil, "zzz", true}}},
		{"no variable here", Page, `{"navigationBarTitleText":"@me"}`, []Fault{
			{[]string{"navigationBarTitleText"}, Variable, windowVariables, "@me", true}}},
		{"version", App, `{"pages":[],"plugins":{"a":{"provider":"wx1","version":"dev"}}}`, []Fault{
			{[]string{"plugins", "a", "version"}, Version, []string{"N.N.N", "latest", "dev-…"}, "dev", true}}},
		{"plugin twice", App, `{"pages":[],"plugins":{"a":{"provider":"wx1","version":"1.2.3"}},
			"subpackages":[{"root":"s","pages":[],"plugins":{"b":{"provider":"wx1","version":"1.2.3"}}}],
			"subPackages":[{"root":"t","pages":[],"plugins":{"c":{"provider":"wx1","version":"1.2.3"}}}]}`, []Fault{
			{[]string{"subpackages", "0", "plugins", "b", "provider"}, Unique, []string{"plugins.a"}, "wx1", true}}},
		{"skyline needs lazy loading and options", App, `{"pages":[],"renderer":"skyline"}`, []Fault{
			{[]string{"lazyCodeLoading"}, Required, []string{"requiredComponents"}, "", true},
			{[]string{"rendererOptions"}, Required, []string{"object"}, "", true}}},
		{"one fault a path", App, `{"pages":[],"renderer":"skyline","lazyCodeLoading":true,"rendererOptions":{"skyline":{}}}`, []Fault{
			{[]string{"lazyCodeLoading"}, Type, []string{"string"}, "boolean", true}}},
		{"the worst fault of a path", Page, `{"navigationBarTitleTxt":"@me"}`, []Fault{
			{[]string{"navigationBarTitleTxt"}, Variable, windowVariables, "@me", true}}},
		{"exclusive", App, `{"pages":[],"requiredPrivateInfos":["getLocation","getFuzzyLocation"]}`, []Fault{
			{[]string{"requiredPrivateInfos", "0"}, Exclusive, []string{"getFuzzyLocation"}, "getLocation", true}}},
		{"library, nothing looked up", App, `{"pages":[],"useExtendedLib":{"wux":true}}`, []Fault{
			{[]string{"useExtendedLib", "wux"}, Enum, extendedLibraries, "wux", false}}},
		{"library, component looked up", App, `{"pages":[],"useExtendedLib":{"wux":true},"usingComponents":{"a":"/a"}}`, []Fault{
			{[]string{"useExtendedLib", "wux"}, Enum, extendedLibraries, "wux", true}}},
		{"one value of a type", ProjectConfig, `{"setting":{"useCompilerPlugins":true}}`, []Fault{
			{[]string{"setting", "useCompilerPlugins"}, Type, []string{"array", "false"}, "boolean", true}}},
		{"rule as a string", ProjectConfig, `{"packOptions":{"ignore":["*.md"]}}`, []Fault{
			{[]string{"packOptions", "ignore", "0"}, Type, []string{"object"}, "string", true}}},
		{"long value", ProjectConfig, `{"libVersion":"` + strings.Repeat("版", 50) + `"}`, []Fault{
			{[]string{"libVersion"}, Enum, []string{"development", "latest", "trial", "widelyUsed", "N.N.N"}, strings.Repeat("版", 40) + "…", true}}},
		{"another kind of file", File("sitemap"), `{"rules":1}`, nil},
	} {
		got := Validate(test.file, decode(t, test.text))
		if diff := cmp.Diff(test.want, got); diff != "" && len(test.want)+len(got) > 0 {
			t.Errorf("%s: %s\n%s", test.name, test.text, diff)
		}
	}
}

// TestSlips has keys that are no slips, as they are documented or written by the
// developer tools, though the compiler does not know them.
func TestSlips(t *testing.T) {
	for _, test := range []struct {
		file File
		text string
		want string
	}{
		{App, `{"pages":[],"convertRpxToVw":1,"referrerPolicy":1,"supportedMaterials":1,"navigateToMiniProgramAppIdList":1,"ipad":1}`, ""},
		{App, `{"pages":[],"permission":{"scope.record":{}},"tabBar":{"list":[{"pagePath":"a"},{"pagePath":"b"}],"fontSize":1}}`, ""},
		{Page, `{"window":{},"navigationBarTitle":"x","pages":[],"tabBar":1,"title":"x","name":"x"}`, ""},
		{ProjectConfig, `{"setting":{"es7":1,"newFeature":1,"nodeModules":1,"checkSiteMap":1,"scopeDataCheck":1,"swc":1,"disableSWC":1,
			"bigPackageSizeSupport":1,"useCompilerModule":1,"userConfirmedUseCompilerModuleSwitch":1,"userConfirmedBundleSwitch":1,
			"condition":1,"compileWorklet":1,"skylineRenderEnable":1,"codeProtect":1,"lazyCodeLoading":1,"minifyJS":1,"bundle":1}}`, ""},
		{ProjectConfig, `{"condition":{"search":{},"conversation":{},"game":{"currentL":-1,"list":[{"id":-1}]}},"debugOptions":{"hidedInDevtools":[]},
			"isGameTourist":false,"projectArchitecture":"x","testRoot":"","cloudfunctionRoot":""}`, ""},
		{App, `{"pages":[],"subpackage":[]}`, "subpackages subPackages"},
		{App, `{"pages":[],"SubPackages":[]}`, "subPackages subpackages"},
		{App, `{"pages":[],"tabbar":{}}`, "tabBar"},
		{App, `{"pages":[],"windwo":{}}`, "window"},
		{App, `{"pages":[],"pags":[]}`, "pages"},
		{App, `{"pages":[],"networkTimeout":{"requset":1}}`, "request"},
		{Page, `{"navigationBarTitelTxt":"x"}`, "navigationBarTitleText"},
		{ProjectConfig, `{"setting":{"ES6":true}}`, "es6"},
		{Page, `{"disableScroll` + strings.Repeat("x", 100) + `":1}`, ""},
	} {
		var got []string
		for _, fault := range Validate(test.file, decode(t, test.text)) {
			if fault.Kind != Unknown || fault.Rejected {
				t.Errorf("%s: %+v", test.text, fault)
			}
			got = append(got, fault.Want...)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestEveryAlternativeIsNamed(t *testing.T) {
	seen := map[*shape]bool{}
	var walk func(where string, s *shape)
	walk = func(where string, s *shape) {
		if s == nil || seen[s] {
			return
		}
		seen[s] = true
		if (s.enum != nil || s.match != nil) && (s.mismatch == "" || len(s.want()) == 0) {
			t.Errorf("%s: a mismatch would not be explained", where)
		}
		for _, key := range s.required {
			if s.fields[key] == nil {
				t.Errorf("%s requires %s, which it does not know", where, key)
			}
		}
		for key, field := range s.fields {
			if len(key) > longestKey-2 {
				t.Errorf("%s.%s is too long to be recognised", where, key)
			}
			walk(where+"."+key, field)
		}
		walk(where+".*", s.rest)
		walk(where+"[]", s.items)
	}
	for file, s := range shapes() {
		walk(string(file), s)
	}
}

func TestSortingOfPaths(t *testing.T) {
	paths := [][]string{{"1a"}, {"a", "10"}, {"10"}, {"a"}, {"2"}, {"a", "9"}, {}}
	slices.SortFunc(paths, comparePaths)
	want := [][]string{{}, {"2"}, {"10"}, {"1a"}, {"a"}, {"a", "9"}, {"a", "10"}}
	if diff := cmp.Diff(want, paths); diff != "" {
		t.Error(diff)
	}
}

func TestVariables(t *testing.T) {
	for _, test := range []struct {
		file File
		text string
		want []ThemeVariable
	}{
		{App, `{"tabBar":{"color":"@c","position":"@no","list":[{"iconPath":"@i","text":"@no"},null]},"window":{"backgroundColor":"@b"}}`, []ThemeVariable{
			{[]string{"tabBar", "color"}, "c"}, {[]string{"tabBar", "list", "0", "iconPath"}, "i"}, {[]string{"window", "backgroundColor"}, "b"}}},
		{Page, `{"backgroundColor":"@","navigationBarTextStyle":"@s","mini-ios":{"backgroundColor":"@no"}}`, []ThemeVariable{
			{[]string{"backgroundColor"}, ""}, {[]string{"navigationBarTextStyle"}, "s"}}},
		{Theme, `{"backgroundColor":"@no"}`, nil},
		{Page, `[]`, nil},
	} {
		if diff := cmp.Diff(test.want, Variables(test.file, decode(t, test.text))); diff != "" {
			t.Errorf("%s: %s", test.text, diff)
		}
	}
}

func FuzzValidate(f *testing.F) {
	for _, seed := range []string{
		`{"pages":["a/b"],"window":{"backgroundColor":"#fff"},"tabBar":{"list":[{"pagePath":"a","text":"@x"}]}}`,
		`{"plugins":{"a":{"provider":"x","version":"1"}},"subPackages":[{"plugins":{"a":{"provider":"x"}}},7]}`,
		`{"setting":{"ES6":[]},"libVersion":"1.2.3","compileType":"plugin","condition":null}`,
		`{"componentGenerics":{"a":null,"b":false},"x":[["@a"]],"agent":{"skills":[null]},"renderer":"skyline"}`,
		`[]`, `null`, `"x"`, `{"light":{"a":1}}`, `{"pages":{"2":1,"10":1,"1a":1}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var value, again any
		if json.Unmarshal([]byte(text), &value) != nil {
			return
		}
		_ = json.Unmarshal([]byte(text), &again)
		for _, file := range []File{App, Page, ProjectConfig, Theme} {
			faults := Validate(file, value)
			if diff := cmp.Diff(faults, Validate(file, again)); diff != "" {
				t.Errorf("%s is not deterministic:\n%s", file, diff)
			}
			for _, fault := range faults {
				checkFault(t, fault)
			}
			Variables(file, value)
		}
		if diff := cmp.Diff(again, value); diff != "" {
			t.Errorf("the value was changed:\n%s", diff)
		}
	})
}

func checkFault(t *testing.T, fault Fault) {
	if fault.Kind == "" || len(fault.Want) == 0 && !(fault.Kind == Unknown && fault.Rejected) {
		t.Errorf("%+v says too little", fault)
	}
	if len([]rune(fault.Got)) > shown+1 {
		t.Errorf("%+v says too much", fault)
	}
}

const benchedPage = `{"component":true,"usingComponents":{"a":"/components/a/a","b":"../b/b","c":"c"},"navigationBarTitleText":"x",
	"navigationBarBackgroundColor":"#ffffff","navigationBarTextStyle":"black","enablePullDownRefresh":true,"usingComponent":{}}`

func BenchmarkValidate(b *testing.B) {
	app := `{"pages":["a/b","c/d"],"subpackages":[` + strings.TrimSuffix(strings.Repeat(`{"root":"r","pages":["x/y","y/z"]},`, 20), ",") + `],
		"window":{"backgroundColor":"#fff"},"tabBar":{"list":[{"pagePath":"a/b"},{"pagePath":"c/d"}]}}`
	for _, bench := range []struct {
		name  string
		file  File
		text  string
		files int
	}{{"app", App, app, 1}, {"pages2500", Page, benchedPage, 2500}} {
		value := decode(b, bench.text)
		b.Run(bench.name, func(b *testing.B) {
			for b.Loop() {
				for range bench.files {
					Validate(bench.file, value)
				}
			}
		})
	}
	b.Run("shapes", func(b *testing.B) {
		for b.Loop() {
			appShape()
			pageShape()
			projectShape()
		}
	})
}

func ExampleValidate() {
	var value any
	_ = json.Unmarshal([]byte(`{"navigationStyle":"none","usingComponent":{}}`), &value)
	for _, fault := range Validate(Page, value) {
		fmt.Println(fault.Path, fault.Kind, fault.Want, fault.Got, fault.Rejected)
	}
	// Output:
	// [navigationStyle] enum [custom default] none true
	// [usingComponent] unknown [usingComponents] usingComponent false
}
