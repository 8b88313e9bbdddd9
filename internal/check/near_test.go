package check

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// among is a mini program in which the files lie.
func among(t *testing.T, names ...string) *Mini {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range names {
		files[name] = &fstest.MapFile{}
	}
	in, err := project.Inspect(files)
	if err != nil {
		t.Fatal(err)
	}
	return &Mini{Inspection: in}
}

func TestNearestFile(t *testing.T) {
	m := among(t, "a.js", "utils/util.js", "utils/util.wxs", "Pages/Home.wxml")
	for name, want := range map[string]string{
		"utils/utl.js":    "utils/util.js",
		"utils/utl.wxs":   "utils/util.wxs",
		"utils/utl.json":  "",
		"util/util.js":    "",
		"b.js":            "", // any name of one letter is as near
		"A.js":            "a.js",
		"pages/home.wxml": "Pages/Home.wxml",
		"gone/a.js":       "",
	} {
		if got := m.nearestFile(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// TestNearestEnds: of thousands of names that are missing among thousands, not every
// one is compared with every other.
func TestNearestEnds(t *testing.T) {
	var names []string
	for i := range 3000 {
		names = append(names, fmt.Sprintf("pages/page%04d.js", i))
	}
	m := among(t, names...)
	compared := 0
	for i := range 3000 {
		if m.nearestFile(fmt.Sprintf("pages/pages%04d.js", i)) != "" {
			compared += len(names)
		}
	}
	if compared == 0 || compared > guessesMost {
		t.Errorf("%d names were compared", compared)
	}
}
