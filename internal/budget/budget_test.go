package budget

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// lay makes a tree of a txtar archive.
func lay(archives ...string) fstest.MapFS {
	tree := fstest.MapFS{}
	for _, archive := range archives {
		for _, file := range txtar.Parse([]byte(archive)).Files {
			tree[file.Name] = &fstest.MapFile{Data: file.Data}
		}
	}
	return tree
}

func look(t testing.TB, tree fstest.MapFS) *graph.Graph {
	t.Helper()
	in, err := project.Inspect(tree)
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Build(in, func(string, []byte) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// everything is the project by which it was found out what WeChat's compiler packs,
// and what its filter leaves out.
const everything = `
-- project.config.json --
{"setting": {}}
-- project.private.config.json --
{}
-- app.json --
{"pages": ["pages/i/i"], "workers": "workers", "themeLocation": "theme.json",
"subPackages": [{"root": "sub", "name": "s", "pages": ["p/p"]}, {"root": "ind", "independent": true, "pages": ["p/p"]}]}
-- app.js --
App({})
-- sitemap.json --
{}
-- theme.json --
{}
-- ext.json --
{}
-- data.json --
{}
-- package.json --
{}
-- README.md --
#
-- workers/index.js --
1
-- workers/unused.js --
1
-- pages/i/i.js --
require("../../lib/used");
-- pages/i/i.json --
{"usingComponents": {"c": "/comp/c"}}
-- pages/i/i.wxml --
<c/>
-- comp/c.js --
1
-- comp/c.json --
{"component": true}
-- comp/c.wxml --
<view/>
-- comp/unused.wxml --
<view/>
-- comp/unused.wxss --
a{b:c}
-- comp/unused.wxs --
1
-- comp/unused.json --
{}
-- lib/used.js --
1
-- lib/unused.js --
1
-- lib/types.d.ts --
1
-- lib/t.ts --
1
-- lib/l.less --
1
-- lib/a.css --
1
-- img/a.png --
1
-- img/unused.svg --
1
-- img/upper.PNG --
1
-- img/font.ttf --
1
-- node_modules/x/x.js --
1
-- sub/p/p.js --
1
-- sub/p/p.wxml --
<view/>
-- sub/unused.js --
1
-- ind/p/p.js --
1
-- ind/p/p.wxml --
<view/>
`

// listed names the files that are packed.
func listed(r *Report) []string {
	var names []string
	for _, pkg := range r.Packages {
		for _, file := range pkg.Files {
			if !file.Dropped {
				names = append(names, file.Path)
			}
		}
	}
	return names
}

// TestWhatIsPacked is as the compiler was observed to do it with these very files.
func TestWhatIspacked(t *testing.T) {
	all := strings.Fields(`app.js app.json comp/c.js comp/c.json comp/c.wxml comp/unused.json comp/unused.wxml comp/unused.wxs
		comp/unused.wxss data.json ext.json img/a.png img/unused.svg lib/unused.js lib/used.js package.json pages/i/i.js pages/i/i.json
		pages/i/i.wxml project.config.json project.private.config.json sitemap.json theme.json workers/index.js workers/unused.js
		sub/p/p.js sub/p/p.wxml sub/unused.js ind/p/p.js ind/p/p.wxml`)
	unused := strings.Fields(`comp/unused.json comp/unused.wxml comp/unused.wxs comp/unused.wxss data.json lib/unused.js package.json
		project.private.config.json sub/unused.js`)
	g := look(t, lay(everything))
	if diff := cmp.Diff(all, listed(new(Scale).Weigh(g, Settings{}))); diff != "" {
		t.Errorf("without the filter:\n%s", diff)
	}
	kept := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(unused, name) })
	filtered := new(Scale).Weigh(g, Settings{FilterUnused: true})
	if diff := cmp.Diff(kept, listed(filtered)); diff != "" {
		t.Errorf("with the filter:\n%s", diff)
	}
	var names []string
	for _, place := range filtered.Unreached() {
		names = append(names, place.Path)
	}
	slices.Sort(names)
	if diff := cmp.Diff(unused, names); diff != "" {
		t.Errorf("unreached:\n%s", diff)
	}
}

// TestPackOptionsInclude: what is included stays, used or not.
func TestPackOptionsInclude(t *testing.T) {
	g := look(t, lay(everything, `
-- project.config.json --
{"packOptions": {"include": [{"type": "file", "value": "lib/Unused.js"}]}}
`))
	if names := listed(new(Scale).Weigh(g, Settings{FilterUnused: true})); !slices.Contains(names, "lib/unused.js") || slices.Contains(names, "data.json") {
		t.Error(names)
	}
}

// TestCompilerPlugins: sources are packed as what they are compiled to; one that beats
// another file stands alone, and styles that only styles take in are dropped.
func TestCompilerPlugins(t *testing.T) {
	tree := lay(everything, `
-- project.config.json --
{"setting": {"useCompilerPlugins": ["typescript", "less", "sass"]}}
-- lib/used.ts --
export {}
-- lib/l.wxss --
a{b:c}
-- pages/i/i.less --
@import "../../lib/l.less";
`)
	g := look(t, tree)
	has := func(r *Report, want bool, names ...string) {
		t.Helper()
		for _, name := range names {
			if slices.Contains(listed(r), name) != want {
				t.Errorf("%s: packed %v", name, !want)
			}
		}
	}
	r := new(Scale).Weigh(g, Settings{})
	has(r, true, "lib/used.ts", "lib/t.ts", "lib/l.less", "pages/i/i.less")
	has(r, false, "lib/used.js", "lib/types.d.ts", "lib/l.wxss")
	r = new(Scale).Weigh(g, Settings{FilterUnused: true})
	has(r, true, "lib/used.ts", "pages/i/i.less")
	has(r, false, "lib/t.ts", "lib/l.less")
}

func TestWeights(t *testing.T) {
	tree := fstest.MapFS{}
	size := func(name string, bytes int) { tree[name] = &fstest.MapFile{Data: make([]byte, bytes)} }
	size("sub/a.png", 2000)
	size("subway/a.png", 100)
	size("ind/a.mp3", 3<<20)
	tree["app.json"] = &fstest.MapFile{Data: []byte(`{"pages": [], "subpackages": [{"root": "sub/", "name": "s", "pages": []}, {"root": "ind", "independent": true, "pages": []}]}`)}
	r := new(Scale).Weigh(look(t, tree), Settings{})
	var got []string
	for _, w := range r.Packages {
		got = append(got, fmt.Sprintf("%s %s %s %d %v", w.Root, w.Name, w.Kind, w.Source, w.Over()))
	}
	want := []string{fmt.Sprintf("  main %d false", 100+len(tree["app.json"].Data)), "sub s subpackage 2000 false", "ind  independent 3145728 true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if main := r.Packages[0]; main.Added != configBytes || main.Bytes < main.Source || !r.Over() {
		t.Errorf("%+v", main)
	}
	var total int64
	for _, w := range r.Packages {
		total += w.Bytes
	}
	if r.Total != total || r.Limit != 30<<20 {
		t.Errorf("total %d of %d", r.Total, r.Limit)
	}
}

func TestDuplicates(t *testing.T) {
	big := strings.Repeat("x", 1024)
	tree := fstest.MapFS{"app.json": {Data: []byte(`{"pages": [], "subPackages": [{"root": "s", "pages": []}]}`)}}
	for name, data := range map[string]string{"a.png": big, "s/b.png": big, "c.png": big[1:] + "y", "small.png": "x", "s/small.png": "x", "d.svg": big + big, "s/d.svg": big + big} {
		tree[name] = &fstest.MapFile{Data: []byte(data)}
	}
	want := []Duplicate{{2048, []string{"d.svg", "s/d.svg"}}, {1024, []string{"a.png", "s/b.png"}}}
	if diff := cmp.Diff(want, WeighAll(look(t, tree), Settings{}).Duplicates); diff != "" {
		t.Error(diff)
	}
}

func TestHeaviest(t *testing.T) {
	r := &Report{Packages: []Weight{
		{Files: []FileSize{{Path: "app.js", Bytes: 5}, {Path: "miniprogram_npm/@a/b/index.js", Bytes: 50}, {Path: "x.js", Bytes: 90, Dropped: true, Unreached: true}}},
		{Root: "s", Files: []FileSize{{Path: "s/miniprogram_npm/c/lib/x.js", Bytes: 50}, {Path: "s/pages/p.js", Bytes: 6, Unreached: true}}},
	}}
	var got []string
	for _, place := range r.Heaviest(0) {
		got = append(got, fmt.Sprint(place.Path, " ", place.Package, " ", place.Owner, " ", place.Npm))
	}
	want := []string{"miniprogram_npm/@a/b/index.js 0 @a/b true", "s/miniprogram_npm/c/lib/x.js 1 c true", "s/pages/p.js 1 s/pages false", "app.js 0  false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if two := r.Heaviest(2); len(two) != 2 || len(r.Unreached()) != 2 {
		t.Error(two, r.Unreached())
	}
}

func TestSettingsOf(t *testing.T) {
	for config, want := range map[string]Settings{
		`{}`:                             {},
		`{"setting": {"enhance": true}}`: {ES6: true},
		`{"setting": {"es6": true, "minified": true, "minifyWXML": true, "minifyWXSS": true, "postcss": true, "ignoreUploadUnusedFiles": true}}`: {true, true, true, true, true, true},
		`{"setting": {"minified": "yes"}}`: {},
	} {
		in, err := project.Inspect(fstest.MapFS{project.ConfigFile: {Data: []byte(config)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := SettingsOf(in); got != want {
			t.Errorf("%s: %+v", config, got)
		}
	}
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{
		"2097152": 2 << 20, "900KB": 900 << 10, "1.5MB": 3 << 19, "1.5 MiB": 3 << 19, "2m": 2 << 20, "10 k": 10 << 10, "7B": 7, " 1kib ": 1024,
		"": 0, "MB": 0, "-1": 0, "0": 0, "0.1": 0, "1e6": 0, "0x10": 0, "1.5GB": 0, "1 MB MB": 0, "Inf": 0, "NaN": 0, "9999999MB": 0, "1.2.3": 0, "1,5MB": 0,
	} {
		got, err := ParseSize(text)
		var size *SizeError
		if got != want || (want == 0) != errors.As(err, &size) {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
}

func FuzzParseSize(f *testing.F) {
	for _, text := range []string{"900KB", "1.5 MiB", "2097152", "-1", "1e9", "９"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if bytes, err := ParseSize(text); (err == nil) != (bytes > 0) {
			t.Errorf("%q: %d, %v", text, bytes, err)
		}
	})
}

func TestApplyLimits(t *testing.T) {
	report := func() *Report {
		return &Report{Limit: TotalLimit, Total: 10, Packages: []Weight{{Limit: Limit}, {Root: "main", Limit: Limit}, {Root: "a/b", Name: "chat", Limit: Limit}}}
	}
	for _, c := range []struct {
		limits  Limits
		want    []int64 // of the packages, then of all
		unknown []string
	}{
		{Limits{}, []int64{Limit, Limit, Limit, TotalLimit}, nil},
		{Limits{Budgets: Budgets{"main": 1, "main/": 2, "chat": 3, "total": 4}}, []int64{1, 2, 3, 4}, nil},
		{Limits{Budgets: Budgets{"a/b/": 5, "b": 6, "": 7}}, []int64{Limit, Limit, 5, TotalLimit}, []string{"", "b"}},
		{Limits{Budgets: Budgets{"main": 9 << 20, "total": 90 << 20}, Total: 20 << 20}, []int64{Limit, Limit, Limit, 20 << 20}, nil},
	} {
		r := report()
		unknown := r.Apply(c.limits)
		got := []int64{r.Packages[0].Limit, r.Packages[1].Limit, r.Packages[2].Limit, r.Limit}
		if !slices.Equal(got, c.want) || !slices.Equal(unknown, c.unknown) || r.Packages[0].Budgeted != (got[0] < Limit) {
			t.Errorf("%v: %v, %v", c.limits, got, unknown)
		}
	}
}

func TestOwnLimits(t *testing.T) {
	lock := &fstest.MapFile{Data: []byte(`{"version": 1, "budgets": {"main": "1MB", "s": 5}}`)}
	manifest := func(size string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`{"tuikit-cli": {"size": ` + size + `}}`)}
	}
	for _, c := range []struct {
		tree  fstest.MapFS
		want  Limits
		wrong string // file in the error
	}{
		{fstest.MapFS{}, Limits{Budgets: Budgets{}}, ""},
		{fstest.MapFS{"tuikit-lock.json": lock}, Limits{Budgets: Budgets{"main": 1 << 20, "s": 5}}, ""},
		{fstest.MapFS{"tuikit-lock.json": lock, "package.json": manifest(`{"budgets": {"main": 7}, "totalLimit": "20MB"}`)}, Limits{Budgets{"main": 7, "s": 5}, 20 << 20}, ""},
		{fstest.MapFS{"package.json": manifest(`{"budgets": {"main": true}}`)}, Limits{}, "package.json"},
		{fstest.MapFS{"package.json": manifest(`{"totalLimit": "much"}`)}, Limits{}, "package.json"},
	} {
		in, err := project.Inspect(c.tree)
		if err != nil {
			t.Fatal(err)
		}
		got, err := OwnLimits(in)
		var file *project.FileError
		switch {
		case c.wrong != "":
			if !errors.As(err, &file) || file.Path != c.wrong {
				t.Errorf("%s: %v", c.wrong, err)
			}
		case err != nil || got.Total != c.want.Total || !maps.Equal(got.Budgets, c.want.Budgets):
			t.Errorf("%v, %v, want %v", got, err, c.want)
		}
	}
}

func TestCompare(t *testing.T) {
	before := &Report{Packages: []Weight{{Bytes: 10, Kind: "main", Limit: 20}, {Root: "old", Kind: "subpackage", Bytes: 3, Limit: Limit}}}
	after := &Report{Packages: []Weight{{Bytes: 30, Kind: "main", Limit: 20}, {Root: "new", Kind: "subpackage", Bytes: 4, Limit: Limit}}}
	want := []Forecast{{"", "main", 10, 30, 20}, {"new", "subpackage", 0, 4, Limit}, {"old", "subpackage", 3, 0, Limit}}
	if diff := cmp.Diff(want, Compare(before, after)); diff != "" {
		t.Error(diff)
	}
	if got := Compare(nil, after); got[0].Before != 0 || !got[0].Passes() || got[1].Over() {
		t.Error(got)
	}
	if got := Compare(before, nil); len(got) != 2 || got[0] != (Forecast{"", "main", 10, 0, 20}) || len(Compare(nil, nil)) != 0 {
		t.Error(got)
	}
	if (Forecast{Before: 30, After: 30, Limit: 20}).Passes() || (Forecast{Before: 30, After: 25, Limit: 20}).Passes() {
		t.Error("it was too large before")
	}
}

// TestWhereHelpersGo: into the main package, once, and into each independent
// subpackage that needs them; not where the project has the file itself.
func TestWhereHelpersGo(t *testing.T) {
	g := look(t, lay(everything, `
-- @babel/runtime/helpers/typeof.js --
1
`))
	w := weighing{Scale: new(Scale), graph: g, report: &Report{}, needed: make([]map[string]bool, 3)}
	for _, pkg := range g.Packages() {
		w.report.Packages = append(w.report.Packages, Weight{Root: pkg.Root, Kind: kind(pkg)})
	}
	w.help(0, []string{"defineProperty"})
	w.help(1, []string{"defineProperty", "typeof"})
	w.help(2, []string{"typeof"})
	w.add()
	var got []string
	for _, pkg := range w.report.Packages {
		for _, file := range pkg.Extra {
			got = append(got, pkg.Root+": "+file.Path)
		}
	}
	for _, want := range []string{": @babel/runtime/helpers/defineProperty.js", "ind: ind/@babel/runtime/helpers/typeof.js"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing in %v", want, got)
		}
	}
	if slices.Contains(got, ": @babel/runtime/helpers/typeof.js") {
		t.Errorf("the project's own helper is added: %v", got)
	}
	if slices.ContainsFunc(got, func(name string) bool { return strings.HasPrefix(name, "sub: ") }) {
		t.Errorf("a subpackage that is not independent gets helpers: %v", got)
	}
}

func TestOwner(t *testing.T) {
	for name, want := range map[string]string{
		"app.js": "", "pages/a/a.js": "pages/a",
		"miniprogram_npm/dayjs/index.js": "dayjs", "sub/miniprogram_npm/@s/p/lib/x.js": "@s/p",
		"miniprogram_npm/chart.js/index.js": "chart.js", "miniprogram_npm/tiny.js": "tiny", "miniprogram_npm/@s/p.js": "@s/p",
	} {
		got, npm := owner(name)
		if got != want || npm != strings.Contains(name, "_npm") {
			t.Errorf("%s: %q, %v", name, got, npm)
		}
	}
}
