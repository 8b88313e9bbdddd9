package budget

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

func TestWeigh(t *testing.T) {
	packages := []project.Package{{}, {Root: "pkg"}, {Root: "pkgA/x", Independent: true}}
	before := map[string]int64{"app.js": 10, "pkg/a.wxml": 5, "pkgB/a.js": 1, "README.md": 100, "package.json": 50, "cloud/f.js": 7}
	after := map[string]int64{"app.js": 20, "pkgA/x/p.JS": Limit + 1, "lock.json": 9}
	got := Weigh(before, after, packages, []string{"package.json", "cloud", "lock.json"})
	want := []Forecast{
		{Root: "", Kind: "main", Before: 11, After: 20, Limit: Limit},
		{Root: "pkg", Kind: "subpackage", Before: 5, Limit: Limit},
		{Root: "pkgA/x", Kind: "independent", After: Limit + 1, Limit: Limit},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got[0].Over() || !got[2].Over() {
		t.Error("Over is wrong")
	}
}

func TestSkip(t *testing.T) {
	for name, want := range map[string]bool{"node_modules": true, "a/node_modules": true, ".git": true, "miniprogram_npm": false, ".": false} {
		if Skip(name) != want {
			t.Errorf("Skip(%s) = %v", name, !want)
		}
	}
}
