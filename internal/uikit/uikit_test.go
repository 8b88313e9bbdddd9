package uikit

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/npmtest"
)

const registryDir = "../../testdata/registry"

func fixture(version string) string {
	return filepath.Join(registryDir, filepath.FromSlash(Name), version)
}

func TestLoad(t *testing.T) {
	for version, want := range map[string]struct {
		generation Generation
		modules    []string
	}{
		"1.0.8": {Bundled, nil},
		"1.1.3": {TIM, []string{"aegis-mp-sdk", "tim-profanity-filter-plugin", "tim-upload-plugin", "tim-wx-sdk"}},
		"2.4.5": {Chat, []string{"@tencentcloud/chat", "@tencentcloud/tui-core-lite", "tim-profanity-filter-plugin", "tim-upload-plugin"}},
	} {
		p, err := Load(os.DirFS(fixture(version)))
		if err != nil {
			t.Fatal(err)
		}
		if p.Generation != want.generation || p.Version != version || p.Name != Name {
			t.Errorf("got %s %s %s", p.Name, p.Version, p.Generation)
		}
		if diff := cmp.Diff(want.modules, p.Modules); diff != "" {
			t.Error(diff)
		}
		for name := range p.Files {
			if !Keep(name) || strings.Contains(name, ".github") || path.Ext(name) == ".md" {
				t.Errorf("%s would ship", name)
			}
		}
		if p.Files["package.json"] != nil {
			t.Error("package.json would ship, and mislead build npm")
		}
	}
}

// TestLoadVendored: a copy without package.json, with a file of the user's.
func TestLoadVendored(t *testing.T) {
	original, err := Load(os.DirFS(fixture("2.4.5")))
	if err != nil {
		t.Fatal(err)
	}
	vendored := fstest.MapFS{"components/Mine/index.js": {Data: []byte("import dayjs from 'dayjs';\nimport './near';")}, "components/Mine/near.js": {}}
	for name, data := range original.Files {
		vendored[name] = &fstest.MapFile{Data: data}
	}
	p, err := Load(vendored)
	if err != nil {
		t.Fatal(err)
	}
	if p.Generation != Chat || len(p.Files) != len(original.Files)+2 || !strings.Contains(strings.Join(p.Modules, " "), "dayjs") {
		t.Errorf("got %s, %d files, %v", p.Generation, len(p.Files), p.Modules)
	}
}

func TestLoadRefuses(t *testing.T) {
	if _, err := Load(fstest.MapFS{"index.js": {}}); !errors.Is(err, ErrNotUIKit) {
		t.Errorf("got %v", err)
	}
}

func TestNpmName(t *testing.T) {
	for folder, want := range map[string]string{
		"my-app": "my-app", "My App": "my-app", "我的应用": "miniprogram", "node_modules": "miniprogram", "favicon.ico": "miniprogram",
		"_x": "x", "demo 小程序 2": "demo-2", "": "miniprogram", ".": "miniprogram",
	} {
		if got := npmName(folder); got != want {
			t.Errorf("npmName(%q) = %q, want %q", folder, got, want)
		}
	}
}

func TestIsLocal(t *testing.T) {
	for spec, want := range map[string]bool{"latest": false, "2.4.5": false, "^1.0": false, "./kit": true, "/kit": true, "kit.tgz": true, "..": true, `C:\kit`: true} {
		if got := IsLocal(spec); got != want {
			t.Errorf("IsLocal(%q) = %v", spec, got)
		}
	}
}

func fetch(t *testing.T, request Request) *Fetched {
	t.Helper()
	client, err := npm.Find()
	if err != nil {
		t.Fatal(err)
	}
	f, err := Fetch(t.Context(), client, request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func serve(t *testing.T) {
	t.Helper()
	for _, variable := range npmtest.Serve(t, os.DirFS(registryDir)).Env(t.TempDir()) {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
}

// TestFetch: what a new project gets of each generation. "latest" never stays.
func TestFetch(t *testing.T) {
	serve(t)
	for spec, want := range map[string]struct {
		version string
		ranges  map[string]string
	}{
		"latest": {"2.4.5", map[string]string{"@tencentcloud/chat": "^3.6.6", "@tencentcloud/tui-core-lite": "^1.0.0", "tim-upload-plugin": "^1.4.3", "tim-profanity-filter-plugin": "^1.1.0"}},
		"^1.1.0": {"1.1.3", map[string]string{"tim-wx-sdk": "^2.26.2", "aegis-mp-sdk": "1.36.7", "tim-upload-plugin": "^1.1.0", "tim-profanity-filter-plugin": "^0.9.0"}},
		"1.0.8":  {"1.0.8", map[string]string{}},
	} {
		f := fetch(t, Request{Spec: spec, Name: "我的 App"})
		if f.Version != want.version || !strings.HasPrefix(f.Integrity, "sha512-") {
			t.Errorf("%s: got %s, %s", spec, f.Version, f.Integrity)
		}
		if diff := cmp.Diff(want.ranges, f.Ranges); diff != "" {
			t.Errorf("%s: %s", spec, diff)
		}
		for _, file := range [][]byte{f.PackageJSON, f.PackageLock} {
			if !strings.Contains(string(file), `"`+Name+`": "`+want.version+`"`) || strings.Contains(string(file), "latest\"") && !strings.Contains(string(file), "chat-uikit-engine-lite\": \"latest") {
				t.Errorf("%s: %s", spec, file)
			}
		}
	}
}

// TestFetchForAProject: ranges that the project asks for already win.
func TestFetchForAProject(t *testing.T) {
	serve(t)
	f := fetch(t, Request{Spec: "1.1.3", HasPackage: true, Ranges: map[string]string{"tim-wx-sdk": "2.26.2"}})
	if f.Versions["tim-wx-sdk"] != "2.26.2" || f.Ranges["tim-wx-sdk"] != "2.26.2" {
		t.Errorf("got %v, %v", f.Versions, f.Ranges)
	}
}

// TestFetchLocal: a folder is no dependency of the project's.
func TestFetchLocal(t *testing.T) {
	serve(t)
	f := fetch(t, Request{Spec: "./" + filepath.ToSlash(fixture("2.4.5")), Name: "app"})
	if !f.Local || f.Version != "2.4.5" || strings.Contains(string(f.PackageJSON), Name) {
		t.Errorf("got %+v\n%s", f.Local, f.PackageJSON)
	}
	if _, err := os.Stat(filepath.Join(f.NodeModules, "@tencentcloud", "chat", "index.js")); err != nil {
		t.Error(err)
	}
}

func TestFetchRefusesAnotherPackage(t *testing.T) {
	serve(t)
	client, err := npm.Find()
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(registryDir, "tim-upload-plugin", "1.4.3")
	if _, err := Fetch(t.Context(), client, Request{Spec: "./" + filepath.ToSlash(other)}); !errors.Is(err, ErrNotUIKit) {
		t.Errorf("got %v", err)
	}
}

func TestReached(t *testing.T) {
	files := map[string][]byte{
		"index.js":         []byte("import a from './utils/a';\n"),
		"utils/a.js":       []byte("const sdk = require('../lib/sdk.js');\nrequire('npm-package');\n"),
		"lib/sdk.js":       []byte("require('./part');\n"),
		"lib/part.js":      []byte("require('../index');\n"),
		"lib/unused.js":    nil,
		"debug/sign.js":    []byte("import './min';\n"),
		"debug/min.js":     nil,
		"utils/index.wxml": nil,
	}
	for start, want := range map[string][]string{
		"index":      {"index.js", "lib/part.js", "lib/sdk.js", "utils/a.js"},
		"debug/sign": {"debug/min.js", "debug/sign.js"},
		"gone":       nil,
	} {
		got := slices.Sorted(maps.Keys(Reached(files, []string{start})))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", start, diff)
		}
	}
}

func TestLoadVendoredTakesTheMarksOff(t *testing.T) {
	marked := bundle.Mark([]byte("Component({});\n"), []string{"typeof"})
	kit, err := LoadVendored(fstest.MapFS{"index.js": {Data: marked}, "index.wxss": {Data: marked}}, Chat)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(kit.Files["index.js"]); got != "Component({});\n" {
		t.Errorf("%q", got)
	}
	if !bytes.Equal(kit.Files["index.wxss"], marked) {
		t.Error("a style is not a script")
	}
}

func TestGenerationOf(t *testing.T) {
	for spec, want := range map[string]Generation{
		"bundled": Bundled, "tim": TIM, "chat": Chat, "latest": Chat,
		"1.0.8": Bundled, "v1.0.0": Bundled, "1.0": Bundled, "~1.0.3": Bundled,
		"1.1.3": TIM, "1": TIM, "^1.1.0": TIM, "1.10.0": TIM, "1.x": TIM,
		"2.4.5": Chat, "2": Chat, "2.0.0-beta.1": Chat,
		"": "", "3.0.0": "", "0.9.0": "", "10.0.0": "", "21": "", "next": "", "./TUIKit": "",
	} {
		if got := GenerationOf(spec); got != want {
			t.Errorf("%q: %q, want %q", spec, got, want)
		}
	}
}
