package project

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func load(t *testing.T, fsys fstest.MapFS) *Project {
	t.Helper()
	p, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLoadEmptyFolder(t *testing.T) {
	p := load(t, files())
	if p.HasApp || p.HasConfig || p.Root != "." || p.Lock != nil || p.Npm.HasPackage {
		t.Errorf("got %+v", p)
	}
}

func TestMiniprogramRoot(t *testing.T) {
	for written, want := range map[string]string{
		"": ".", "./": ".", "/": ".", "miniprogram/": "miniprogram", "./miniprogram": "miniprogram",
		"/src": "src", "dist/wx/": "dist/wx", "../mini": "mini", "src/../mini": "mini", "src/../../mini": "mini", "..": ".", `dist\\wx`: "dist/wx",
	} {
		root := want + "/"
		if want == "." {
			root = ""
		}
		p := load(t, files(ConfigFile, `{"miniprogramRoot": "`+written+`"}`, root+"app.json", `{"pages": []}`))
		if p.Root != want || !p.HasApp {
			t.Errorf("%q: root %q, app %v; want %q", written, p.Root, p.HasApp, want)
		}
	}
}

func TestKindsThatAreNoMiniProgram(t *testing.T) {
	for kind, fsys := range map[string]fstest.MapFS{
		"plugin":     files(ConfigFile, `{"compileType": "plugin", "miniprogramRoot": "miniprogram/"}`, "miniprogram/app.json", `{"pages": []}`),
		"gamePlugin": files(ConfigFile, `{"compileType": "gamePlugin"}`),
		"game":       files("game.json", `{}`),
	} {
		_, err := Load(fsys)
		if refused := (*KindError)(nil); !errors.As(err, &refused) || refused.Kind != kind {
			t.Errorf("%s: got %v", kind, err)
		}
	}
	load(t, files(ConfigFile, `{"compileType": "miniprogram"}`, "app.json", `{"pages": []}`, "game.json", "{}"))
}

func TestFrameworksByTheirFiles(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"Taro":       files(PackageFile, `{"dependencies": {"@tarojs/taro": "4"}}`),
		"weapp-vite": files(PackageFile, `{"devDependencies": {"weapp-vite": "6"}}`),
		"uni-app":    files("src/manifest.json", "{}", "src/pages.json", "{}"),
		"WePY":       files("src/app.wpy", ""),
		"mpx":        files("src/app.mpx", ""),
	} {
		_, err := Load(fsys)
		if refused := (*FrameworkError)(nil); !errors.As(err, &refused) || refused.Name != name {
			t.Errorf("%s: got %v", name, err)
		}
	}
	built := files("taro.js", "", "base.wxml", "", "app.json", `{"pages": []}`)
	if _, err := Load(built); err == nil {
		t.Error("what Taro has built was taken for a source")
	}
	load(t, files("app.json", `{"pages": []}`, "taro.js", "", "common/vendor.js", ""))
}

func TestNested(t *testing.T) {
	got := Nested(files("mini/app.json", `{"pages": []}`, "mini/app.js", "", "other/app.json", `{"name": "not one"}`, "other/app.js", "", "node_modules/app.json", `{"pages": []}`))
	if diff := cmp.Diff([]string{"mini"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestRelationList(t *testing.T) {
	p := load(t, files(
		ConfigFile, `{"miniprogramRoot": "mini/", "setting": {"packNpmManually": true, "packNpmRelationList": [
			{"packageJsonPath": "./cloud/package.json", "miniprogramNpmDistDir": "./cloud/"},
			{"packageJsonPath": "/tools/package.json", "miniprogramNpmDistDir": "./mini/"}]}}`,
		"mini/app.json", `{"pages": ["/pages/a"]}`, "tools/package.json", "{}", "package.json", "{}"))
	if p.Npm.Dir != "tools" {
		t.Errorf("got %q", p.Npm.Dir)
	}
	if diff := cmp.Diff([]PagePath{"pages/a"}, p.Main.Pages); diff != "" {
		t.Error(diff)
	}
}

func TestPrivateConfigWins(t *testing.T) {
	p := load(t, files(
		ConfigFile, `{"miniprogramRoot": "a/"}`,
		PrivateConfigFile, `{"miniprogramRoot": "b/"}`,
		"b/app.json", `{"pages": []}`))
	if p.Root != "b" {
		t.Errorf("got %q", p.Root)
	}
}

func TestPackages(t *testing.T) {
	p := load(t, files("app.json", `{
		"decoy": [{"root": "no"}],
		"pages": ["pages\/index\/index", "pages/usercenter/index"],
		"subpackages": [{"root": "pages/user/", "name": "u", "pages": ["me"]}, {"root": "pkg", "pages": [], "independent": true}]
	}`))
	want := []Package{
		{Pages: []PagePath{"pages/index/index", "pages/usercenter/index"}},
		{Root: "pages/user", Name: "u", Pages: []PagePath{"me"}},
		{Root: "pkg", Pages: []PagePath{}, Independent: true},
	}
	if diff := cmp.Diff(want, p.Packages()); diff != "" {
		t.Error(diff)
	}
	if p.SubpackagesKey != "subpackages" {
		t.Errorf("got %q", p.SubpackagesKey)
	}
	for file, root := range map[string]string{"pages/usercenter/index.js": "", "pages/user/me.js": "pages/user", "pkg2/a.js": ""} {
		if got := p.Package(p.PackageIndex(file)).Root; got != root {
			t.Errorf("%s is in %q, want %q", file, got, root)
		}
	}
}

func TestLoadErrors(t *testing.T) {
	for _, row := range []struct {
		name  string
		files fstest.MapFS
		want  FileError
		is    error
	}{
		{"comment", files("app.json", "{\n  // x\n}"), FileError{Path: "app.json", Line: 2, Column: 3}, nil},
		{"config", files(ConfigFile, "{,}"), FileError{Path: ConfigFile, Line: 1, Column: 2}, nil},
		{"private config", files(ConfigFile, "{}", PrivateConfigFile, ""), FileError{Path: PrivateConfigFile, Line: 1, Column: 1}, nil},
		{"no pages", files("app.json", `{"usingComponents": {}}`), FileError{Path: "app.json"}, ErrShape},
		{"wrong shape", files("app.json", `{"pages": "index"}`), FileError{Path: "app.json"}, ErrShape},
		{"wrong subpackages", files("app.json", `{"pages": [], "subPackages": {}}`), FileError{Path: "app.json"}, ErrShape},
		{"both spellings", files("app.json", `{"pages": [], "subPackages": [], "subpackages": []}`), FileError{Path: "app.json"}, ErrBothSubpackages},
		{"no app", files(ConfigFile, `{"miniprogramRoot": "mini/"}`), FileError{Path: "mini/app.json"}, ErrNoApp},
		{"newer lock", files(LockFile, `{"version": 99}`), FileError{Path: LockFile}, ErrLockVersion},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := Load(row.files)
			var got *FileError
			if !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			if got.Path != row.want.Path || got.Line != row.want.Line || got.Column != row.want.Column {
				t.Errorf("got %v, want %s:%d:%d", got, row.want.Path, row.want.Line, row.want.Column)
			}
			if row.is != nil && !errors.Is(err, row.is) {
				t.Errorf("got %v, want %v", err, row.is)
			}
			if syntax := (*jsonpatch.SyntaxError)(nil); row.is == nil && !errors.As(err, &syntax) {
				t.Errorf("no syntax error in %v", err)
			}
		})
	}
}

func TestFrameworks(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{
		"Taro":    files(PackageFile, `{"dependencies": {"@tarojs/taro": "3"}}`, ConfigFile, `{"miniprogramRoot": "dist/"}`),
		"mpx":     files(PackageFile, `{"devDependencies": {"@mpxjs/core": "2"}}`),
		"uni-app": files("manifest.json", "{ /* with comments */ }", "pages.json", "{}"),
	} {
		_, err := Load(fsys)
		if framework := (*FrameworkError)(nil); !errors.As(err, &framework) || framework.Name != name {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestNpm(t *testing.T) {
	for _, row := range []struct {
		files fstest.MapFS
		want  Npm
	}{
		{files(), Npm{Dir: ".", Manager: "npm"}},
		{files("package.json", "{}", "package-lock.json", "{}", "node_modules/x/y", ""), Npm{Dir: ".", HasPackage: true, HasLock: true, HasModules: true, Manager: "npm"}},
		{files("package.json", "{}", "pnpm-lock.yaml", ""), Npm{Dir: ".", HasPackage: true, HasLock: true, Manager: "pnpm"}},
		{files("package.json", "{}", "yarn.lock", ""), Npm{Dir: ".", HasPackage: true, HasLock: true, Manager: "yarn"}},
		{files("package.json", `{"packageManager": "pnpm@9.1.0"}`, "package-lock.json", "{}"), Npm{Dir: ".", HasPackage: true, Manager: "pnpm"}},
		{files("package.json", "{}", "node_modules/.package_versions.json", "{}"), Npm{Dir: ".", HasPackage: true, HasModules: true, Manager: "cnpm"}},
		{files("package.json", "{}", "mini/package.json", "{}", "package-lock.json", "{}"), Npm{Dir: "mini", HasPackage: true, Manager: "npm"}},
		{files("mini/package.json", "{}", "mini/node_modules/x/y", ""), Npm{Dir: "mini", HasPackage: true, HasModules: true, Manager: "npm"}},
	} {
		if diff := cmp.Diff(row.want, findNpm(row.files, &Project{Root: "mini"})); diff != "" {
			t.Error(diff)
		}
	}
}

func TestTypeScript(t *testing.T) {
	for config, want := range map[string]bool{
		`{"setting": {"useCompilerPlugins": ["typescript", "sass"]}}`: true,
		`{"setting": {"useCompilerPlugins": false}}`:                  false,
		`{}`: false,
	} {
		if got := load(t, files(ConfigFile, config)).Config.TypeScript(); got != want {
			t.Errorf("%s: got %v", config, got)
		}
	}
}

func TestLockRoundTrip(t *testing.T) {
	lock := NewLock()
	lock.UIKit.Version = "2.4.5"
	lock.Files["app.js"] = File{Kind: Generated, SHA256: "00"}
	lock.Integrations = append(lock.Integrations, Integration{Kind: "subpackage", Root: "a<b", Page: "pages/index"})
	data, err := lock.Encode()
	if err != nil {
		t.Fatal(err)
	}
	p := load(t, files(LockFile, string(data)))
	clone := p.Lock.Clone()
	clone.Files["x"] = File{}
	if again, _ := p.Lock.Encode(); string(again) != string(data) {
		t.Errorf("got %s\nwant %s", again, data)
	}
	if found, ok := p.Lock.Find("subpackage", "a<b"); !ok || found.Page != "pages/index" {
		t.Errorf("got %v, %v", found, ok)
	}
	if _, ok := (*Lock)(nil).Find("main", ""); ok {
		t.Error("nothing is in no lock")
	}
}

// FuzzLoad: whatever app.json says, Load answers or explains, and never panics.
func FuzzLoad(f *testing.F) {
	f.Add(`{"pages": ["a"], "subPackages": [{"root": "/p/"}]}`, `{"miniprogramRoot": ""}`)
	f.Add(`[1, {"root": 2}]`, `{"setting": {"es6": null}}`)
	f.Fuzz(func(t *testing.T, app, config string) {
		if _, err := Load(files("app.json", app, ConfigFile, config)); err != nil {
			if e := (*FileError)(nil); !errors.As(err, &e) || e.Path == "" {
				t.Errorf("an error without a file: %v", err)
			}
		}
	})
}
