//go:build e2e

// Package e2e proves the program from outside: it runs the binary with the real npm
// packages and has WeChat's own compiler, WeChat's own dependency analyser and the real
// chat SDK judge what came out. See README.md.
package e2e

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

var (
	binary  string // the program under test
	modules string // the folder whose node_modules has the judges' packages
	work    string // scratch folder of this run
)

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	dir, err := os.MkdirTemp("", "tuikit-cli-e2e-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	// Temp folders may be links (macOS); the judges report real paths.
	if work, err = filepath.EvalSymlinks(dir); err != nil {
		return 1, err
	}
	if binary, err = build(work); err != nil {
		return 1, err
	}
	if modules, err = installJudges(); err != nil {
		return 1, err
	}
	return m.Run(), nil
}

// watchSources looks at every file of the repository, once. go test remembers a pass until
// a file that a test itself has looked at changes; what it builds and runs does not count.
var watchSources = sync.OnceValue(func() error {
	return filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && (d.Name() == ".git" || d.Name() == "node_modules") {
				return filepath.SkipDir
			}
			return err
		}
		if _, err := os.Stat(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
})

// build compiles the program once. E2E_BINARY names one that is built already, whatever it is
// called: commands in pages of docs/ find it by its own name.
func build(dir string) (string, error) {
	name := filepath.Join(dir, "tuikit-cli")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if ready := os.Getenv("E2E_BINARY"); ready != "" {
		data, err := os.ReadFile(ready)
		if err != nil {
			return "", err
		}
		return name, os.WriteFile(name, data, 0o755)
	}
	out, err := exec.Command("go", "build", "-o", name, "../cmd/tuikit-cli").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return name, nil
}

// installJudges installs package.json once per content, into a folder of its own beside
// the final one, so that an interrupted install is never taken for a whole one.
func installJudges() (string, error) {
	manifest, err := os.ReadFile("package.json")
	if err != nil {
		return "", err
	}
	cache := os.Getenv("E2E_CACHE")
	if cache == "" {
		if cache, err = os.UserCacheDir(); err != nil {
			return "", err
		}
		cache = filepath.Join(cache, "tuikit-cli-e2e")
	}
	sum := sha256.Sum256(manifest)
	final := filepath.Join(cache, "judges-"+hex.EncodeToString(sum[:6]))
	if _, err := os.Stat(filepath.Join(final, "node_modules")); err == nil {
		return final, nil
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	return final, installInto(final, manifest)
}

func installInto(final string, manifest []byte) error {
	scratch, err := os.MkdirTemp(filepath.Dir(final), "installing-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if err := os.WriteFile(filepath.Join(scratch, "package.json"), manifest, 0o644); err != nil {
		return err
	}
	// The judges need nothing that an install script makes.
	cmd := exec.Command(npm(), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
	cmd.Dir = scratch
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm install of the judges: %w\n%s", err, out)
	}
	err = os.Rename(scratch, final)
	if _, stat := os.Stat(final); stat == nil {
		return nil // another run was faster
	}
	return err
}

func npm() string {
	if runtime.GOOS == "windows" {
		return "npm.cmd"
	}
	return "npm"
}

// environ is this process's environment without what would steer the program under test.
func environ(extra ...string) []string {
	var env []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "TUIKIT_") {
			env = append(env, v)
		}
	}
	return append(env, extra...)
}
