// Package budget weighs the packages of a mini program.
//
// What counts is what WeChat packs: by extension, without npm's and hidden
// folders, without what packOptions.ignore names. The numbers are of the files
// as they lie on disk; WeChat's compiler makes scripts and styles smaller.
package budget

import (
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Limit is what WeChat allows for the main package and for each subpackage, in
// bytes (developers.weixin.qq.com, framework/subpackages).
const Limit = 2 << 20

// extensions that the compiler packs (miniprogram-ci 2.1.42, its offline list).
var extensions = strings.Fields("wxml wxss wxs png jpg jpeg gif svg js json cer mp3 aac m4a mp4 wav ogg silk wasm br cur ico skel crt cert ts less sass scss")

// Forecast is the weight of one package before and after a plan, in bytes.
type Forecast struct {
	Root   string `json:"root"`
	Kind   string `json:"kind"`
	Before int64  `json:"before"`
	After  int64  `json:"after"`
	Limit  int64  `json:"limit"`
}

// Over reports whether the package will be too large.
func (f Forecast) Over() bool { return f.After > f.Limit }

// Skip names the folders that WeChat never packs.
func Skip(name string) bool {
	base := path.Base(name)
	return base == "node_modules" || base == ".git" || base == ".svn" || base == plan.StateDir
}

// Weigh adds up the bytes of the files (relative to the miniprogram root) for
// each package. ignored are the files and folders that packOptions leaves out.
func Weigh(before, after map[string]int64, packages []project.Package, ignored []string) []Forecast {
	forecasts := make([]Forecast, len(packages))
	for i, p := range packages {
		forecasts[i] = Forecast{Root: p.Root, Kind: kind(p), Limit: Limit}
	}
	add := func(sizes map[string]int64, field func(*Forecast) *int64) {
		for name, size := range sizes {
			if packed(name, ignored) {
				*field(&forecasts[indexOf(packages, name)]) += size
			}
		}
	}
	add(before, func(f *Forecast) *int64 { return &f.Before })
	add(after, func(f *Forecast) *int64 { return &f.After })
	return forecasts
}

func kind(p project.Package) string {
	switch {
	case p.Root == "":
		return "main"
	case p.Independent:
		return "independent"
	}
	return "subpackage"
}

func indexOf(packages []project.Package, name string) int {
	for i, p := range packages {
		if p.Root != "" && project.Inside(name, p.Root) {
			return i
		}
	}
	return 0
}

// Packed reports whether WeChat packs a file of that name.
func Packed(name string) bool {
	return slices.Contains(extensions, strings.TrimPrefix(strings.ToLower(path.Ext(name)), "."))
}

func packed(name string, ignored []string) bool {
	if !Packed(name) {
		return false
	}
	for _, rule := range ignored {
		if name == rule || project.Inside(name, strings.TrimSuffix(rule, "/")) {
			return false
		}
	}
	return true
}
