//go:build e2e

package e2e

import (
	"path/filepath"
	"testing"
)

// Megabytes as in what was promised: 1 000 000 bytes, not 2^20.
const megabyte = 1_000_000

// growth is how much the main package may grow by an isolated subpackage, in bytes: the entry
// in app.json, and nothing else.
const growth = 1000

// TestIsolatedWeight has WeChat's compiler weigh a project before and after it gets an
// isolated subpackage. Babel's helper functions, which the compiler puts into the main package
// for whatever a subpackage needs, count as well.
func TestIsolatedWeight(t *testing.T) {
	for _, c := range []struct {
		version, usersig string
		most             int64 // of the subpackage, in bytes
	}{
		{"2.4.5", "debug", 1.49 * megabyte},
		{"2.4.5", "static", 1.35 * megabyte},
		{"1.1.3", "debug", limit},
		{"1.0.8", "debug", limit},
	} {
		t.Run(c.version+"-"+c.usersig, func(t *testing.T) {
			t.Parallel()
			r := recipe{version: c.version, way: "isolated", usersig: c.usersig}
			after := filepath.Join(t.TempDir(), "app")
			commands := r.commands(after)
			writeFiles(t, after, existing)
			if _, err := tuikit(r, append(commands[1], "--uikit", r.version)...); err != nil {
				t.Fatal(err)
			}
			was, is := bare(t), compile(t, after, "")
			require(t, was)
			require(t, is)
			grown, sub := is.Packages[""]-was.Packages[""], is.Packages[subpackage]
			t.Logf("main package %d + %d bytes, subpackage %d bytes", was.Packages[""], grown, sub)
			if grown >= growth {
				t.Errorf("the main package grows by %d bytes", grown)
			}
			if sub >= c.most {
				t.Errorf("the subpackage has %d bytes", sub)
			}
			requireKeptMain(t, r, after)
		})
	}
}

// bare has the project compiled as it is before anything is added.
func bare(t *testing.T) compiled {
	t.Helper()
	return shared("compile existing", func() compiled {
		dir := filepath.Join(t.TempDir(), "app")
		writeFiles(t, dir, existing)
		return compile(t, dir, "")
	})
}

// requireKeptMain: an isolated subpackage leaves the app's script alone.
func requireKeptMain(t *testing.T, r recipe, dir string) {
	t.Helper()
	for _, name := range []string{"miniprogram/app.js", "miniprogram/pages/home/home.js", "miniprogram/pages/home/home.wxml"} {
		if got := read(t, dir, filepath.FromSlash(name)); got != existing[name] {
			t.Errorf("%s has changed:\n%s", name, got)
		}
	}
	require(t, analyse(t, dir))
	s := r.boots(filepath.Join(dir, "miniprogram"))
	s.Generation = map[string]string{"1.0.8": "bundled", "1.1.3": "tim", "2.4.5": "chat"}[r.version]
	require(t, boot(t, s))
}

// TestWeight holds what each path of the guide may weigh at most, as compiled.
func TestWeight(t *testing.T) {
	for _, c := range []struct {
		recipe
		most int64 // of the main package, in bytes
	}{
		{recipe{version: "2.4.5", generation: "chat", way: "main"}, 1.45 * megabyte},
		{recipe{version: "2.4.5", generation: "chat", way: "subpackage"}, 1 * megabyte},
		{recipe{version: "2.4.5", generation: "chat", way: "subpackage", usersig: "server"}, 0.85 * megabyte},
		{recipe{version: "1.0.8", generation: "bundled", way: "subpackage"}, 0.75 * megabyte},
	} {
		t.Run(c.name(), func(t *testing.T) {
			t.Parallel()
			p := generate(t, c.recipe)
			got := p.compiled(t)
			require(t, got)
			t.Logf("%v", got.Packages)
			if got.Packages[""] >= c.most {
				t.Errorf("the main package has %d bytes", got.Packages[""])
			}
			if c.way != "main" {
				return
			}
			dir := copyProject(t, p)
			edit(t, dir, "project.config.json", `"ignoreUploadUnusedFiles": true`, `"ignoreUploadUnusedFiles": false`)
			if got := compile(t, dir, ""); got.Packages[""] >= c.most {
				t.Errorf("without the filter of unused files the main package has %d bytes", got.Packages[""])
			}
		})
	}
}
