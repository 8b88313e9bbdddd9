//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestProjects is the main job: every generation of the UIKit, every path of the guide.
func TestProjects(t *testing.T) {
	for _, release := range releases {
		for _, way := range ways {
			r := recipe{version: release.version, generation: release.generation, way: way}
			t.Run(r.name(), func(t *testing.T) {
				t.Parallel()
				judgeProject(t, generate(t, r))
			})
		}
	}
}

// judgeProject has all judges look at a project whose miniprogram root is its folder.
func judgeProject(t *testing.T, p project) {
	t.Run("analyse", func(t *testing.T) { require(t, p.analysed(t)) })
	t.Run("boot", func(t *testing.T) { require(t, p.booted(t)) })
	t.Run("compile", func(t *testing.T) { requireCompiled(t, p) })
	t.Run("size", func(t *testing.T) { requireSized(t, p.dir, p.out(), p.compiled(t), sizeError) })
	t.Run("boot what was compiled", func(t *testing.T) { require(t, p.bootedCompiled(t)) })
	t.Run("vendored", func(t *testing.T) { requireVendored(t, p.dir, p.way) })
}

// requireCompiled compiles, logs the weight of each package and requires the right ones.
func requireCompiled(t *testing.T, p project) {
	t.Helper()
	c := p.compiled(t)
	require(t, c)
	t.Logf("project %s: %.1f s, %d files", p.digest, c.Seconds, c.Files)
	for root, bytes := range c.Packages {
		t.Logf("package %q: %d bytes, %.1f%% of the limit", root, bytes, 100*float64(bytes)/limit)
	}
	want := 1
	if p.way != "main" {
		want = 2
	}
	if _, ok := c.Packages[subpackage]; len(c.Packages) != want || ok != (want == 2) {
		t.Errorf("packages: %v", c.Packages)
	}
}

// requireVendored checks that the vendored UIKit is where it belongs, once, and ships no papers.
func requireVendored(t *testing.T, dir, way string) {
	t.Helper()
	at, not := "TUIKit", filepath.Join(subpackage, "TUIKit")
	if way != "main" {
		at, not = not, at
	}
	if _, err := os.Stat(filepath.Join(dir, at, "index.js")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, not)); err == nil {
		t.Errorf("%s is there too", not)
	}
	for _, paper := range []string{"package.json", "README.md", ".github"} {
		if _, err := os.Stat(filepath.Join(dir, at, paper)); err == nil {
			t.Errorf("%s/%s would ship", at, paper)
		}
	}
}

// TestRepeat runs the same commands again on a finished project: nothing may change.
func TestRepeat(t *testing.T) {
	for _, release := range releases {
		for _, way := range ways {
			r := recipe{version: release.version, generation: release.generation, way: way}
			t.Run(r.name(), func(t *testing.T) {
				t.Parallel()
				dir := copyProject(t, generate(t, r))
				before := tree(t, dir)
				commands := r.commands(dir)
				// With two commands the second one is the one that is already done.
				if _, err := tuikit(r, commands[len(commands)-1]...); err != nil {
					t.Error(err)
				}
				for _, d := range differences(before, tree(t, dir)) {
					t.Error(d)
				}
			})
		}
	}
}

// copyProject gives the test a project of its own to run commands on.
func copyProject(t *testing.T, p project) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), filepath.Base(p.dir))
	if err := os.CopyFS(dir, os.DirFS(p.dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestUnfilled leaves the placeholders as they are: compiles, boots, signs nobody in.
func TestUnfilled(t *testing.T) {
	for i, release := range releases {
		r := recipe{version: release.version, generation: release.generation, way: ways[i], unfilled: true}
		t.Run(r.name(), func(t *testing.T) {
			t.Parallel()
			judgeProject(t, generate(t, r))
		})
	}
}

// TestStaticUserSig has the program sign: it works the same, and the key is nowhere.
func TestStaticUserSig(t *testing.T) {
	for i, release := range releases {
		r := recipe{version: release.version, generation: release.generation, way: ways[i], usersig: "static"}
		t.Run(r.name(), func(t *testing.T) {
			t.Parallel()
			p := generate(t, r)
			require(t, p.analysed(t))
			require(t, p.booted(t))
			for _, name := range filesWith(t, p.dir, secretKey) {
				t.Errorf("the key is in %s", name)
			}
		})
	}
}

// TestDebugUserSig proves that the search for the key finds one: the guide's own way has it in the config.
func TestDebugUserSig(t *testing.T) {
	t.Parallel()
	r := recipe{version: "2.4.5", generation: "chat", way: "main"}
	got := filesWith(t, generate(t, r).dir, secretKey)
	if strings.Join(got, ",") != "tuikit-config.js" {
		t.Errorf("the key is in %v, not only in tuikit-config.js", got)
	}
}

// filesWith lists the files of a project that contain text.
func filesWith(t *testing.T, dir, text string) []string {
	t.Helper()
	var found []string
	for name := range tree(t, dir) {
		if !strings.HasPrefix(name, "node_modules/") && strings.Contains(read(t, dir, name), text) {
			found = append(found, name)
		}
	}
	return found
}

// TestNoIntegration has the UIKit put there and nothing else: a plain home page, no sign-in.
func TestNoIntegration(t *testing.T) {
	t.Parallel()
	r := recipe{version: "2.4.5", way: "none", unfilled: true}
	p := generate(t, r)
	require(t, analyse(t, p.dir))
	require(t, boot(t, spec{Root: p.dir, Mode: "idle", Page: homePage}))
}

// TestLatest takes what npm calls latest, as a user without a version does.
func TestLatest(t *testing.T) {
	t.Parallel()
	p := generate(t, recipe{version: "latest", generation: "chat", way: "main"})
	var installed struct{ Version string }
	readJSON(t, &installed, p.dir, "node_modules/@tencentcloud/chat-uikit-wechat/package.json")
	t.Logf("latest is %s", installed.Version)
	if older(installed.Version, "2.4.5") {
		t.Errorf("latest is %s, older than 2.4.5", installed.Version)
	}
	judgeProject(t, p)
}

func older(version, than string) bool {
	a, b := strings.Split(version, "."), strings.Split(than, ".")
	for i := range min(len(a), len(b)) {
		if len(a[i]) != len(b[i]) {
			return len(a[i]) < len(b[i])
		}
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return len(a) < len(b)
}
