//go:build unix

package installtest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// goPlaces are where go keeps what it has downloaded and built.
func goPlaces(t *testing.T) (modules, builds string) {
	t.Helper()
	places := strings.Fields(must(t, root, os.Environ(), "go", "env", "GOMODCACHE", "GOCACHE"))
	return places[0], places[1]
}

// TestGoInstall installs from a module proxy what was committed last: as a release would
// be, with names, sizes and a go.mod that such a proxy and go install accept.
func TestGoInstall(t *testing.T) {
	own := module.Version{Path: "github.com/tuikit-cli/tuikit-cli", Version: "v0.1.0"}
	proxy := t.TempDir()
	folder := filepath.Join(proxy, own.Path, "@v")
	goMod := must(t, root, os.Environ(), "git", "show", "HEAD:go.mod")
	write(t, own.Version+"\n", folder, "list")
	write(t, `{"Version":"v0.1.0","Time":"2026-01-01T00:00:00Z"}`, folder, "v0.1.0.info")
	write(t, goMod, folder, "v0.1.0.mod")
	file, err := os.Create(filepath.Join(folder, "v0.1.0.zip"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(zip.CreateFromVCS(file, own, absolute(t, root), "HEAD", ""), file.Close()); err != nil {
		t.Fatal(err)
	}

	modules, builds := goPlaces(t)
	bin := t.TempDir()
	env := environment("GOBIN="+bin, "GOCACHE="+builds, "GOMODCACHE="+t.TempDir(), "GOSUMDB=off", "CGO_ENABLED=0",
		"GOFLAGS=-trimpath -modcacherw", // as other builds of the tests, whose results are in the cache
		"GOPROXY=file://"+proxy+",file://"+filepath.Join(modules, "cache", "download"))
	for _, version := range []string{"latest", "v0.1.0"} {
		must(t, t.TempDir(), env, "go", "install", own.Path+"/cmd/tuikit-cli@"+version)
		if out := must(t, bin, env, filepath.Join(bin, "tuikit-cli"), "version"); out != "tuikit-cli v0.1.0\n" {
			t.Errorf("@%s: version is %q", version, out)
		}
	}
}

// TestPreCommit has pre-commit, where it is installed, take the hook from a clone of
// this repository. It installs what was committed last.
func TestPreCommit(t *testing.T) {
	if _, err := exec.LookPath("pre-commit"); err != nil {
		t.Skip("pre-commit is not installed")
	}
	dir := miniProgram(t, "error")
	head := strings.TrimSpace(must(t, root, os.Environ(), "git", "rev-parse", "HEAD"))
	write(t, "repos:\n- repo: "+absolute(t, root)+"\n  rev: "+head+"\n  hooks:\n  - id: tuikit-check\n", dir, ".pre-commit-config.yaml")
	git := func(args ...string) string {
		t.Helper()
		return must(t, dir, environment(), "git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
	}
	git("init", "--quiet")
	git("add", ".")
	modules, builds := goPlaces(t)
	env := environment("PRE_COMMIT_HOME="+t.TempDir(), "GOMODCACHE="+modules, "GOCACHE="+builds, "GOFLAGS=-trimpath", "CGO_ENABLED=0")
	if code, out := run(t, dir, env, "pre-commit", "run"); code != 1 || !strings.Contains(out, "module-missing") {
		t.Errorf("exit code %d, want 1\n%s", code, out)
	}
	write(t, "Page({});\n", dir, "pages", "user", "index.js")
	git("add", ".")
	if code, out := run(t, dir, env, "pre-commit", "run"); code != 0 || !strings.Contains(out, "Passed") {
		t.Errorf("exit code %d, want 0\n%s", code, out)
	}
}
