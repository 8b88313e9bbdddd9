//go:build e2e

package e2e

import (
	"encoding/json"
	"io/fs"
	"math"
	"os"
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
// as a share of that.
const sizeError = 0.03

// requireSized has size say what was compiled of a JavaScript project in dir: the same
// files, but for Babel's helpers, which are estimated, too, and about the same bytes.
func requireSized(t *testing.T, dir, out string, c compiled) {
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
		off := float64(pkg.Bytes)/float64(c.Packages[pkg.Root]) - 1
		t.Logf("package %q: size says %d, the compiler %d bytes: %+.2f %%", pkg.Root, pkg.Bytes, c.Packages[pkg.Root], 100*off)
		if math.Abs(off) > sizeError {
			t.Errorf("package %q: size says %d bytes, the compiler makes %d", pkg.Root, pkg.Bytes, c.Packages[pkg.Root])
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
