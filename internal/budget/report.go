package budget

import "fmt"

// TotalLimit is what WeChat allows for all packages together, in bytes
// (developers.weixin.qq.com, framework/subpackages). Service providers' mini
// programs get 20 MB.
const TotalLimit = 30 << 20

// Settings are those of project.config.json that change how many bytes WeChat's
// compiler makes of a file.
type Settings struct {
	ES6          bool // "es6" or "enhance": Babel, ES5 and CommonJS
	Minify       bool // "minified": scripts
	MinifyWXML   bool // "minifyWXML"
	MinifyWXSS   bool // "minifyWXSS"
	PostCSS      bool // "postcss": prefixes are added
	FilterUnused bool // "ignoreUploadUnusedFiles": code that nothing reaches is left out
}

// Text is a number of bytes for people, as WeChat counts: 1 MB is 1024 KB.
func Text(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%.2f MB", float64(bytes)/(1<<20))
	case bytes >= 1<<10:
		return fmt.Sprintf("%.0f KB", float64(bytes)/(1<<10))
	}
	return fmt.Sprintf("%d B", bytes)
}

// Report is the weight of a mini program.
type Report struct {
	Settings   Settings
	Packages   []Weight // the main package first, then as in app.json
	Total      int64    // bytes of all packages
	Limit      int64    // of Total
	Duplicates []Duplicate
}

// Weight is the weight of one package of a mini program, in bytes.
type Weight struct {
	Root       string // "" for the main package
	Name       string // as in app.json, "" without one
	Kind       string // "main", "subpackage" or "independent"
	Bytes      int64  // what WeChat counts: an estimate of what the compiler makes of the files
	Minified   int64  // the same if scripts, templates and styles were minified, whatever the settings are; see WeighAll
	Unminified int64  // the same if nothing was
	Source     int64  // the files as they lie on disk
	Added      int64  // the part of Bytes that the compiler adds in files of its own: Babel's helpers
	Limit      int64
	Budgeted   bool       // Limit is the project's own, lower than WeChat's
	Files      []FileSize // of the project, by path
	Extra      []FileSize // that the compiler adds, by path; Added is their sum
}

// FileSize is a packed file.
type FileSize struct {
	Path      string // relative to the miniprogram root
	Bytes     int64  // an estimate of what the compiler makes of it
	Source    int64  // as it lies on disk
	Unreached bool   // nothing uses it: code that could be left out
	Dropped   bool   // not packed, and in no sum: the filter of unused files leaves it out
}

// Duplicate is one content in several places, on disk.
type Duplicate struct {
	Bytes int64    // of one of them
	Paths []string // relative to the miniprogram root, sorted
}

// Over reports whether the package is too large.
func (w Weight) Over() bool { return w.Bytes > w.Limit }

// Count is how many files are packed.
func (w Weight) Count() int {
	packed := len(w.Extra)
	for _, file := range w.Files {
		if !file.Dropped {
			packed++
		}
	}
	return packed
}

// Over reports whether a package is too large, or all of them together.
func (r *Report) Over() bool {
	for _, w := range r.Packages {
		if w.Over() {
			return true
		}
	}
	return r.Total > r.Limit
}

// Find is the package with that root, nil for none.
func (r *Report) Find(root string) *Weight {
	for i := range r.Packages {
		if r.Packages[i].Root == root {
			return &r.Packages[i]
		}
	}
	return nil
}
