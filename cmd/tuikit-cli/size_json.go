package main

import "github.com/tuikit-cli/tuikit-cli/internal/budget"

// sizeJSON is what size --format json prints. All sizes are in bytes.
type sizeJSON struct {
	Version    int             `json:"version"`
	Root       string          `json:"root"`
	Settings   settingsJSON    `json:"settings"`
	Packages   []packageJSON   `json:"packages"`
	Total      int64           `json:"total"`
	Limit      int64           `json:"limit"`
	Over       bool            `json:"over"` // one of the packages, or all together
	Heaviest   []fileJSON      `json:"heaviest"`
	Duplicates []duplicateJSON `json:"duplicates"`
	Unreached  unreachedJSON   `json:"unreached"`
}

// settingsJSON are the settings by which "bytes" was estimated.
type settingsJSON struct {
	ES6          bool `json:"es6"`
	Minify       bool `json:"minified"`
	MinifyWXML   bool `json:"minifyWXML"`
	MinifyWXSS   bool `json:"minifyWXSS"`
	PostCSS      bool `json:"postcss"`
	FilterUnused bool `json:"ignoreUploadUnusedFiles"`
}

type packageJSON struct {
	Root       string `json:"root"`
	Name       string `json:"name,omitempty"`
	Kind       string `json:"kind"`
	Bytes      int64  `json:"bytes"`      // estimated, under the settings
	Minified   int64  `json:"minified"`   // if everything was minified
	Unminified int64  `json:"unminified"` // if nothing was
	Source     int64  `json:"source"`     // on disk
	Added      int64  `json:"added"`      // of bytes: by the compiler, in files of its own
	Limit      int64  `json:"limit"`
	Budgeted   bool   `json:"budgeted"`
	Over       bool   `json:"over"`
	Files      int    `json:"files"`
}

type fileJSON struct {
	Path      string `json:"path"`
	Root      string `json:"root"` // of its package
	Owner     string `json:"owner"`
	Npm       bool   `json:"npm"` // owner is an npm package
	Bytes     int64  `json:"bytes"`
	Source    int64  `json:"source"`
	Unreached bool   `json:"unreached"`
	Added     bool   `json:"added"`
}

type duplicateJSON struct {
	Bytes int64    `json:"bytes"`
	Paths []string `json:"paths"`
}

type unreachedJSON struct {
	Dropped bool       `json:"dropped"` // by ignoreUploadUnusedFiles
	Count   int        `json:"count"`
	Bytes   int64      `json:"bytes"`
	Files   []fileJSON `json:"files"`
}

func (s *sizing) json() sizeJSON {
	r := s.report
	out := sizeJSON{
		Version: 1, Root: s.shown, Settings: settingsJSON(r.Settings), Total: r.Total, Limit: r.Limit, Over: r.Over(),
		Heaviest: s.filesJSON(r.Heaviest(s.top)), Duplicates: []duplicateJSON{},
	}
	for _, w := range r.Packages {
		out.Packages = append(out.Packages, packageJSON{w.Root, w.Name, w.Kind, w.Bytes, w.Minified, w.Unminified, w.Source, w.Added, w.Limit, w.Budgeted, w.Over(), w.Count()})
	}
	for _, d := range first(r.Duplicates, s.top) {
		out.Duplicates = append(out.Duplicates, duplicateJSON(d))
	}
	unreached := r.Unreached()
	out.Unreached = unreachedJSON{Dropped: r.Settings.FilterUnused, Count: len(unreached), Bytes: bytesOf(unreached), Files: s.filesJSON(first(unreached, s.top))}
	return out
}

func (s *sizing) filesJSON(places []budget.Place) []fileJSON {
	files := []fileJSON{}
	for _, p := range places {
		files = append(files, fileJSON{p.Path, s.report.Packages[p.Package].Root, p.Owner, p.Npm, p.Bytes, p.Source, p.Unreached, p.Added})
	}
	return files
}

// first are the first n of a list, all of it if n is 0.
func first[T any](list []T, n int) []T {
	if n == 0 {
		n = len(list)
	}
	return list[:min(n, len(list))]
}

func bytesOf(places []budget.Place) (sum int64) {
	for _, place := range places {
		sum += place.Bytes
	}
	return sum
}
