package scaffold

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

const appJSON = `{
  "pages": ["pages/index/index", "pages/usercenter/index"],
  "subPackages": [{"root": "packageA/", "pages": ["a"]}, {"root": "pages/user", "pages": ["me"]}, {"root": "deep/er/pkg", "pages": []}]
}`

func existing(t *testing.T) (fstest.MapFS, *project.Project) {
	t.Helper()
	fsys := fstest.MapFS{"app.json": {Data: []byte(appJSON)}, "pages/index/index.js": {}, "pages/index/index.wxml": {}, "utils/a.js": {}}
	p, err := project.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return fsys, p
}

func TestValidateSubpackage(t *testing.T) {
	fsys, p := existing(t)
	for name, want := range map[string]string{
		"TUI-CustomerService": "", "packages/chat": "", "packageAB": "", "pages2": "", "pages/use": "", "deep/er/pkg2": "",
		"": "refuse.name-empty", "/abs": "refuse.name", "../up": "refuse.name", "a/../b": "refuse.name", "a//b": "refuse.name",
		"a/": "refuse.name", ".": "refuse.name", ".hidden": "refuse.name", `a\b`: "refuse.name", "a b": "refuse.name", "C:": "refuse.name", "客服": "refuse.name",
		"packageA": "refuse.subpackage-exists", "packagea": "refuse.subpackage-exists", "packageA/x": "refuse.nested", "pages/user/chat": "refuse.nested",
		"deep": "refuse.contains", "deep/er": "refuse.contains", "pages": "refuse.contains", "pages/usercenter": "refuse.holds-page",
		"utils": "refuse.folder-exists", "Utils": "refuse.folder-exists",
		"tuikit": "refuse.name-reserved", "node_modules/x": "refuse.name-reserved", "Debug": "refuse.name-reserved",
	} {
		err := Validate(fsys, p, Options{Integration: Subpackage, Subpackage: name})
		got := ""
		if refusal := (*Refusal)(nil); errors.As(err, &refusal) {
			got = refusal.Reason.ID
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

func TestValidateMain(t *testing.T) {
	fsys, p := existing(t)
	for page, want := range map[string]string{
		"": "", "pages/im/index": "", "im": "",
		"/pages/im": "refuse.page", "pages/im.js/..": "refuse.page",
		"packageA/im": "refuse.page-in-subpackage", "pages/index/index": "refuse.page-taken", "pages/usercenter/index": "refuse.page-taken",
	} {
		err := Validate(fsys, p, Options{Integration: Main, Page: project.PagePath(page)})
		got := ""
		if refusal := (*Refusal)(nil); errors.As(err, &refusal) {
			got = refusal.Reason.ID
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", page, got, want)
		}
	}
}

func TestCheckVersion(t *testing.T) {
	lock := project.NewLock()
	lock.UIKit.Version = "2.4.5"
	p := &project.Project{Lock: lock}
	for spec, ok := range map[string]bool{
		"2.4.5": true, "v2.4.5": true, "latest": true, "^2": true, "2": true, "~2.4": true, "beta": true, "": true,
		"1.0.8": false, "2.4.4": false, "^1.0.0": false, "1": false, "24": false,
	} {
		if err := CheckVersion(p, spec); (err == nil) != ok {
			t.Errorf("%q: %v", spec, err)
		}
	}
	if err := CheckVersion(&project.Project{}, "1.0.8"); err != nil {
		t.Error(err)
	}
}

// FuzzPlainPath: what passes can be a folder below the miniprogram root on every
// system, and nothing else.
func FuzzPlainPath(f *testing.F) {
	f.Add("packages/chat")
	f.Add("../x")
	f.Fuzz(func(t *testing.T, name string) {
		if !plainPath(name) {
			return
		}
		if strings.HasPrefix(name, "/") || strings.Contains("/"+name+"/", "/../") || strings.Contains("/"+name+"/", "/./") || strings.ContainsAny(name, "\\:*?\"<>| \x00") {
			t.Errorf("%q passes", name)
		}
	})
}
