package budget

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
)

// Place is a packed file and where it belongs.
type Place struct {
	FileSize
	Package int    // index in Packages of the report
	Owner   string // the npm package it is of, else its folder; "" for the miniprogram root
	Npm     bool   // Owner is an npm package
	Added   bool   // not on disk: the compiler adds it
}

// Heaviest are the n largest files that are packed, the largest first; all of them
// if n is 0.
func (r *Report) Heaviest(n int) []Place {
	return r.largest(n, func(f FileSize) bool { return !f.Dropped })
}

// Unreached is the code that nothing uses, packed or not, the largest first.
func (r *Report) Unreached() []Place {
	return r.largest(0, func(f FileSize) bool { return f.Unreached })
}

func (r *Report) largest(n int, wanted func(FileSize) bool) []Place {
	var found []Place
	for i, pkg := range r.Packages {
		for n, file := range slices.Concat(pkg.Files, pkg.Extra) {
			if wanted(file) {
				place := Place{FileSize: file, Package: i, Added: n >= len(pkg.Files)}
				place.Owner, place.Npm = owner(file.Path)
				found = append(found, place)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Place) int {
		return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), strings.Compare(a.Path, b.Path))
	})
	if n > 0 && len(found) > n {
		found = found[:n]
	}
	return found
}

// owner is the npm package that a file is of, or its folder.
func owner(name string) (owner string, npm bool) {
	_, module, built := bundle.Cut(name)
	if !built {
		if dir := path.Dir(name); dir != "." {
			return dir, false
		}
		return "", false
	}
	if owner = bundle.Name(module); owner == module { // a script beside the folders
		owner = strings.TrimSuffix(module, ".js")
	}
	return owner, true
}
