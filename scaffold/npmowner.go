package scaffold

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// replaceable reports whether a file with that content can be made again: this tool
// has recorded it, DevTools made it, or node_modules has the same.
func (n *npmRecipe) replaceable(full string, data []byte) bool {
	if hash := n.lock.Files[full].SHA256; hash == plan.Hash(data) || hash == plan.Hash(unixLines(data)) {
		return true
	}
	return n.byDevTools(full, data) || n.copied(full, data)
}

// sameText reports whether two contents differ in nothing, or in their line ends alone,
// as git may write those of a clone (core.autocrlf). Like git, it takes what has a zero
// byte for no text.
func sameText(a, b []byte) bool { return bytes.Equal(unixLines(a), unixLines(b)) }

func unixLines(data []byte) []byte {
	if bytes.IndexByte(data, 0) >= 0 {
		return data
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
}

// devToolsScript is how every script begins that "build npm" of DevTools bundles
// (read in miniprogram-ci 2.1.42, and observed).
const devToolsScript = "module.exports = (function() {\nvar __MODS__ = {};\n"

// byDevTools: a bundled script, or the source map beside one.
func (n *npmRecipe) byDevTools(full string, data []byte) bool {
	if script, isMap := strings.CutSuffix(full, ".map"); isMap {
		data, _ = fs.ReadFile(n.disk, script)
	}
	return bytes.HasPrefix(unixLines(data), []byte(devToolsScript))
}

// copied reports whether an npm package in node_modules has a file of that content
// in the place of which it would be a copy: below the folder of its mini program
// code, below its own, or as its main script.
func (n *npmRecipe) copied(full string, data []byte) bool {
	for _, place := range n.placesOf(full) {
		for _, source := range place.sources() {
			if there, err := fs.ReadFile(place.modules, source); err == nil && sameText(there, data) {
				return true
			}
		}
	}
	return false
}

// installed reports whether node_modules has an npm package that a file is in.
func (n *npmRecipe) installed(full string) bool { return len(n.placesOf(full)) > 0 }

// modulePlace is where a file of miniprogram_npm can come from.
type modulePlace struct {
	modules fs.FS
	dir     string // of the npm package in modules
	rest    string // the file, below the folder of the npm package
}

// sources are the files of which it can be a copy.
func (p modulePlace) sources() []string {
	manifest, _ := fs.ReadFile(p.modules, path.Join(p.dir, project.PackageFile)) // without one, code has its usual place
	code, main := bundle.CodeOf(manifest)
	sources := []string{path.Join(p.dir, code, p.rest), path.Join(p.dir, p.rest)}
	if p.rest == "index.js" {
		sources = append(sources, path.Join(p.dir, main), path.Join(p.dir, main+".js"))
	}
	return sources
}

// placesOf are the places that a file can come from. Where npm packages are nested in
// one another, so they are in node_modules, or the inner one stands at the top, or the
// outer one has brought a miniprogram_npm of its own.
func (n *npmRecipe) placesOf(full string) []modulePlace {
	names, parts := npmNames(full), npmParts(full)
	var places []modulePlace
	for _, modules := range n.modules {
		for last := len(names); last > 0; last-- {
			rest := strings.TrimPrefix(strings.Join(parts[last-1:], "/"+bundle.Dir+"/"), names[last-1]+"/")
			for first := range last {
				dir := strings.Join(names[first:last], "/node_modules/")
				if info, err := fs.Stat(modules, dir); err == nil && info.IsDir() {
					places = append(places, modulePlace{modules, dir, rest})
				}
			}
		}
	}
	return places
}

// npmParts are what follows each miniprogram_npm in a path.
func npmParts(full string) []string {
	return strings.Split("/"+full, "/"+bundle.Dir+"/")[1:]
}

// npmNames are the npm packages that a file is in, from the outside: "a", "b" for
// miniprogram_npm/a/miniprogram_npm/b/index.js.
func npmNames(full string) []string {
	var names []string
	for _, part := range npmParts(full) {
		names = append(names, bundle.Name(part))
	}
	return names
}

// npmPackageFolder is the folder of the innermost npm package that a file is in.
func npmPackageFolder(full string) string {
	root, module, _ := bundle.Cut(full)
	return path.Join(root, bundle.Dir, bundle.Name(module))
}

// npmFolder is the outermost miniprogram_npm that a file is in, "" for none.
func npmFolder(name string) string {
	parts := strings.Split(path.Dir(name), "/")
	if i := slices.Index(parts, bundle.Dir); i >= 0 {
		return path.Join(parts[:i+1]...)
	}
	return ""
}
