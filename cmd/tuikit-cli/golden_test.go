package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"
)

var updateGolden = flag.Bool("update-golden", false, "rewrite testdata/golden")

// TestGolden makes a project for each generation of the UIKit and each of the
// guide's two paths, the second one also isolated, and compares it with the one in testdata/golden, where a
// change of templates or recipes can be seen for what it does to a project.
func TestGolden(t *testing.T) {
	t.Parallel()
	for generation, version := range map[string]string{"bundled": "1.0.8", "tim": "1.1.3", "chat": "2.4.5"} {
		for _, path := range []string{"main", "subpackage", "isolated"} {
			name := generation + "-" + path
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				got := goldenProject(t, name, version, path)
				dir := filepath.Join("..", "..", "testdata", "golden", name)
				if *updateGolden {
					writeGolden(t, dir, got)
				}
				if diff := cmp.Diff(readGolden(t, dir), got); diff != "" {
					t.Errorf("not as in %s (-golden +now); if that is meant: make golden\n%s", dir, diff)
				}
			})
		}
	}
}

// goldenProject runs init as a user does and returns the files of the project, as
// they are kept in testdata/golden.
func goldenProject(t *testing.T, name, version, path string) map[string]string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	integration := []string{"--integration", path}
	if path == "isolated" {
		integration = []string{"--integration", "subpackage", "--isolated", "--preload", "pages/index/index"}
	}
	command := exec.Command("tuikit-cli", append([]string{"init", dir}, integration...)...)
	command.Args = append(command.Args, "--uikit", version,
		"--sdkappid", "1400000000", "--userid", "alice", "--yes", "--no-install")
	command.Env = append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"))
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("init: %v\n%s", err, out)
	}
	return normalise(t, readGolden(t, dir))
}

// normalise keeps what depends on this program alone:
//
//   - what is remembered for undo, with its times, is left out.
//   - .gitignore is kept as dot-gitignore: under its own name it would rule what of
//     the golden project goes into our git.
//   - package.json is kept to the name and the dependencies: the rest is what the
//     installed version of `npm init` writes.
//   - package-lock.json is kept to the versions: the rest is npm's own format, and
//     the integrity of the fixtures' tarballs, whose bytes are those of Go's gzip.
//   - so is the integrity in tuikit-lock.json, which is left out.
func normalise(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	for name := range files {
		if strings.HasPrefix(name, ".tuikit/") {
			delete(files, name)
		}
	}
	files["dot-gitignore"] = files[".gitignore"]
	delete(files, ".gitignore")

	type manifest struct {
		Name            string            `json:"name"`
		Dependencies    map[string]string `json:"dependencies,omitempty"`
		DevDependencies map[string]string `json:"devDependencies,omitempty"`
	}
	type versions struct {
		Packages map[string]struct {
			Version string `json:"version"`
		} `json:"packages"`
	}
	reduce(t, files, "package.json", &manifest{})
	reduce(t, files, "package-lock.json", &versions{})

	const lock = "tuikit-lock.json"
	if got := gjson.Get(files[lock], "uikit.integrity").String(); !strings.HasPrefix(got, "sha512-") {
		t.Errorf("%s: the UIKit's integrity is %q", lock, got)
	}
	var err error
	if files[lock], err = sjson.Set(files[lock], "uikit.integrity", "sha512-"); err != nil {
		t.Fatal(err)
	}
	return files
}

// reduce rewrites a JSON file with what into takes of it.
func reduce(t *testing.T, files map[string]string, name string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(files[name]), into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	kept, err := json.MarshalIndent(into, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	files[name] = string(kept) + "\n"
}

func readGolden(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		files[filepath.ToSlash(relative)] = string(data)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return files
}

// writeGolden replaces the golden project; a file that has not changed is left alone.
func writeGolden(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name := range readGolden(t, dir) {
		if _, kept := files[name]; !kept {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, content := range files {
		target := filepath.Join(dir, filepath.FromSlash(name))
		if now, err := os.ReadFile(target); err == nil && bytes.Equal(now, []byte(content)) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(target, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
