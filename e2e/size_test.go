//go:build e2e

package e2e

import (
	"encoding/json"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sized is what size --format json prints, as far as it can be compared with what
// WeChat's compiler makes.
type sized struct {
	Packages []struct {
		Root  string `json:"root"`
		Bytes int64  `json:"bytes"`
	} `json:"packages"`
	Heaviest []struct {
		Path string `json:"path"`
	} `json:"heaviest"`
}

// sizeError is how far the weight of a package may be from what the compiler makes,
// as a share of that, and in bytes: a package of a kilobyte is some per cent off by one
// property more or less.
const (
	sizeError      = 0.03
	sizeErrorBytes = 100
)

// mode is a set of the compiler's settings, and how near size has to come to what it
// makes with them.
type mode struct {
	name     string
	settings map[string]bool
	share    float64
}

// modes are without any change of the files, without minification, and with all of it.
var modes = []mode{
	{"copied", map[string]bool{}, 0.001},
	{"lowered", map[string]bool{"es6": true, "enhance": true}, sizeError},
	{"minified", map[string]bool{"es6": true, "enhance": true, "postcss": true, "minified": true, "minifyWXML": true, "minifyWXSS": true, "ignoreUploadUnusedFiles": true}, sizeError},
}

// TestSize has WeChat's compiler judge what size says of the same project, package by
// package, with its settings off and on.
func TestSize(t *testing.T) {
	for _, r := range []recipe{
		{version: "1.0.8", way: "main"}, {version: "1.1.3", way: "main"}, {version: "2.4.5", way: "main"},
		{version: "2.4.5", way: "subpackage"}, {version: "2.4.5", way: "isolated"},
	} {
		t.Run(r.name(), func(t *testing.T) {
			t.Parallel()
			requireSizes(t, copyProject(t, generate(t, r)))
		})
	}
	for _, l := range libraries {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			dir := l.install(t)
			requireQuiet(t, dir, "build-npm", "-C", dir, "--yes")
			requireSizes(t, dir)
		})
	}
}

// requireSizes compiles a project in each of the modes, one after the other.
func requireSizes(t *testing.T, dir string) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			set(t, dir, m.settings)
			out := filepath.Join(t.TempDir(), "compiled")
			c := compile(t, dir, out)
			require(t, c)
			requireSized(t, dir, out, c, m.share)
		})
	}
}

// set writes the compiler's settings: those that are not named are off.
func set(t *testing.T, dir string, on map[string]bool) {
	t.Helper()
	var config map[string]any
	readJSON(t, &config, dir, "project.config.json")
	setting := map[string]any{"packNpmManually": true, "packNpmRelationList": []any{}}
	for name, value := range on {
		setting[name] = value
	}
	config["setting"] = setting
	data, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	writeFiles(t, dir, map[string]string{"project.config.json": string(data)})
}

// requireSized has size say what was compiled of a JavaScript project in dir: the same
// files, but for Babel's helpers, which are estimated, too, and about the same bytes, share
// being how far they may be apart.
func requireSized(t *testing.T, dir, out string, c compiled, share float64) {
	t.Helper()
	text, err := tuikit(recipe{}, "size", dir, "--format", "json", "--top", "0")
	if err != nil {
		t.Fatal(err)
	}
	var got sized
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	for _, pkg := range got.Packages {
		made := c.Packages[pkg.Root]
		off := float64(pkg.Bytes - made)
		t.Logf("package %q: size says %d, the compiler %d bytes: %+.2f %%", pkg.Root, pkg.Bytes, made, 100*off/float64(made))
		if math.Abs(off) > max(share*float64(made), sizeErrorBytes) {
			t.Errorf("package %q: size says %d bytes, the compiler makes %d", pkg.Root, pkg.Bytes, made)
		}
	}
	var names []string
	for _, file := range got.Heaviest {
		if !isHelper(file.Path) {
			names = append(names, file.Path)
		}
	}
	slices.Sort(names)
	if diff := cmp.Diff(packedFiles(t, out), names); diff != "" {
		t.Errorf("packed files (-compiler +size):\n%s", diff)
	}
}

func isHelper(name string) bool { return strings.Contains(name, "@babel/runtime/helpers/") }

// packedFiles lists what the compiler has packed, without Babel's helpers.
func packedFiles(t *testing.T, out string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(out), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !isHelper(name) {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}
