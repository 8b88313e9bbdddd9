//go:build e2e

package e2e

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/doctest"
)

var updateDocs = flag.Bool("update-docs", false, "rewrite what the pages of docs/ say that commands print")

// TestDocs runs the pages of docs/ whose numbers are those of the real npm packages; all
// others are run by the tests of cmd/tuikit-cli.
func TestDocs(t *testing.T) {
	names, err := filepath.Glob("../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	run := 0
	for _, name := range names {
		base := filepath.Base(name)
		if strings.HasPrefix(base, "checks.") || base == "architecture.md" {
			continue
		}
		page, err := doctest.Parse(read(t, name))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !page.E2E {
			continue
		}
		run++
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			judgeDocs(t, name, page)
		})
	}
	if run == 0 {
		t.Error("no page is run")
	}
}

func judgeDocs(t *testing.T, name string, page *doctest.Page) {
	locale := "LANG=en_US.UTF-8"
	if strings.HasSuffix(name, ".zh-CN.md") {
		locale = "LANG=zh_CN.UTF-8"
	}
	path := filepath.Dir(binary) + string(os.PathListSeparator) + os.Getenv("PATH")
	machine := doctest.Machine{Env: environ("PATH="+path, "LC_ALL=", locale), Projects: "../testdata/projects"}
	wrong, err := page.Run(t.TempDir(), machine)
	if err != nil {
		t.Fatal(err)
	}
	if *updateDocs && len(wrong) > 0 {
		if err := os.WriteFile(name, []byte(page.Rewrite(wrong)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, w := range wrong {
		t.Error(w)
	}
}
