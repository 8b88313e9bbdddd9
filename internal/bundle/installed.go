package bundle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
)

// manifest is what matters of a package.json (docs.npmjs.com/cli/configuring-npm/package-json;
// "miniprogram" is WeChat's: developers.weixin.qq.com/miniprogram/dev/devtools/npm.html).
type manifest struct {
	Name        string          `json:"name"`
	Version     string          `json:"version"`
	Main        string          `json:"main"`
	MiniProgram string          `json:"miniprogram"`
	Browser     browserField    `json:"browser"`
	Exports     json.RawMessage `json:"exports"`
	SideEffects json.RawMessage `json:"sideEffects"`
}

// browserField is "browser" of a package.json, where it is an object: elsewhere it is
// another main script, for esbuild to find.
type browserField map[string]any

// UnmarshalJSON makes browserField a json.Unmarshaler.
func (f *browserField) UnmarshalJSON(data []byte) error {
	var files map[string]any
	if json.Unmarshal(data, &files) == nil {
		*f = files
	}
	return nil
}

// npmPackage is an npm package as it is installed, with what is wanted of it.
type npmPackage struct {
	manifest
	name string // in node_modules, which may be another than it gives itself
	dir  string // the real folder, in which its files lie: links are followed
	mini string // the folder with its code for mini programs; "" for none

	modules map[string]string // file by module, which is relative to the package: "" for the package itself
	code    *graph.Graph      // of mini; nil until something of it is wanted
	drained map[string]bool   // the files and components of code that have been looked at
	copied  map[string]bool   // the files that go as they are, below mini
	loose   map[string]bool   // those of them that are there on suspicion
	stubs   map[string]string // a module by the path of the script that only hands it on
	own     bool              // the project itself asks for it
	users   map[string]bool   // roots of the packages whose files ask for it
	pins    map[string]bool   // folders whose miniprogram_npm a path names
	asks    map[*npmPackage]bool
	beside  map[*npmPackage]bool // what it names by a path that leads to the folder beside its own

	out   string            // its name below miniprogram_npm
	least map[string]string // of the modules that are one file, the one whose name it has; by file
	paths map[string]string // of what is built of it: path below out by file
	files map[string][]byte // content by path below out
	roots map[string]bool   // where it goes
	edits map[string][]edit // of what goes as it is, by path below mini
}

func newPackage(name, dir string) *npmPackage {
	return &npmPackage{
		name: name, dir: dir, drained: map[string]bool{}, modules: map[string]string{}, copied: map[string]bool{}, loose: map[string]bool{}, stubs: map[string]string{},
		users: map[string]bool{}, pins: map[string]bool{}, asks: map[*npmPackage]bool{}, beside: map[*npmPackage]bool{},
		paths: map[string]string{}, files: map[string][]byte{}, roots: map[string]bool{}, edits: map[string][]edit{},
	}
}

// readManifest reads the package.json in dir as far as it has the expected shape.
func readManifest(dir string) manifest {
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return manifest{}
	}
	return parseManifest(data)
}

func parseManifest(data []byte) manifest {
	var m manifest
	_ = json.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &m) // what is of another shape is left out, as npm does
	return m
}

// CodeOf says where an npm package has its code for mini programs, and its main script,
// by its package.json: paths relative to it. main is "" where nothing is said.
func CodeOf(packageJSON []byte) (code, main string) {
	m := parseManifest(packageJSON)
	return m.code(), m.Main
}

// code is the folder that "miniprogram" names, else miniprogram_dist (miniprogram-ci
// 2.1.42, pack-npm).
func (m manifest) code() string {
	return strings.TrimPrefix(path.Clean("/"+cmp.Or(m.MiniProgram, "miniprogram_dist")), "/")
}

// miniFolder is the folder with code for mini programs, "" where there is none.
func (m manifest) miniFolder(dir string) string {
	folder := filepath.Join(dir, filepath.FromSlash(m.code()))
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return ""
	}
	return folder
}

// replaced is what "browser" of package.json says of a module or of a file of the
// package ("./x.js", or as scripts name it, "./x"): another, or nothing at all
// (github.com/defunctzombie/package-browser-field-spec).
func (m manifest) replaced(name string) (other string, nothing bool) {
	keys := []string{name, strings.TrimSuffix(name, ".js")}
	if strings.HasPrefix(name, "./") {
		keys = append(keys, name+".js", name+"/index.js")
	}
	for _, key := range keys {
		switch value := m.Browser[key].(type) {
		case string:
			return value, false
		case bool:
			return "", !value
		}
	}
	return "", false
}

// installed finds npm packages.
type installed struct {
	dir   string // of the project's package.json
	mu    sync.Mutex
	found map[[2]string]string // real folder by folder and name
	known map[[2]string]*npmPackage
	first map[string]*npmPackage // by name and version
	all   []*npmPackage
}

// locate is the real folder of the npm package that files in the folder from mean by
// a name, as Node looks for it (nodejs.org/api/modules.html); "" for none.
func (in *installed) locate(name, from string) string {
	in.mu.Lock()
	defer in.mu.Unlock()
	key := [2]string{from, name}
	if dir, known := in.found[key]; known {
		return dir
	}
	dir := locate(name, from)
	in.found[key] = dir
	return dir
}

func locate(name, from string) string {
	if !packageName(name) {
		return ""
	}
	for dir := from; ; dir = filepath.Dir(dir) {
		if filepath.Base(dir) != "node_modules" {
			candidate := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
			if info, err := os.Stat(candidate); err == nil && info.IsDir() {
				if real, err := filepath.EvalSymlinks(candidate); err == nil {
					return real
				}
			}
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// packageName reports whether the text can be the name of an npm package, and so of
// a folder in node_modules.
func packageName(name string) bool {
	scope, base, scoped := strings.Cut(name, "/")
	if !scoped {
		base, scope = scope, "@"
	}
	return base != "" && strings.HasPrefix(scope, "@") && !strings.HasPrefix(base, ".") && !strings.ContainsAny(name, "\\:*?\"<>|\x00") &&
		!strings.Contains(base, "/") && (!scoped || len(scope) > 1)
}

// pkg is the npm package in a real folder. Of several folders with the same version
// of it, all mean one: that of the project, or the first.
func (in *installed) pkg(name, dir string) *npmPackage {
	key := [2]string{name, dir}
	if p := in.known[key]; p != nil {
		return p
	}
	var m manifest
	if dir != "" {
		m = readManifest(dir)
	}
	id := name + "@" + m.Version
	if same := in.first[id]; same != nil && m.Version != "" {
		in.known[key] = same
		return same
	}
	if top := in.locate(name, in.dir); top != "" && top != dir && m.Version != "" && readManifest(top).Version == m.Version {
		dir = top
	}
	p := newPackage(name, dir)
	if p.manifest = m; dir != "" {
		p.mini = m.miniFolder(dir)
	}
	in.known[key], in.known[[2]string{name, dir}], in.first[id] = p, p, p
	in.all = append(in.all, p)
	return p
}

// below is the path of a file below node_modules, for people; a package that is
// linked from elsewhere counts as lying there under its name.
func (p *npmPackage) below(file string) string {
	base := path.Join("node_modules", p.name)
	if parts := strings.Split(filepath.ToSlash(p.dir), "/"); slices.Contains(parts, "node_modules") {
		base = path.Join(parts[slices.Index(parts, "node_modules"):]...)
	}
	if relative, err := filepath.Rel(p.dir, file); err == nil {
		base = path.Join(base, filepath.ToSlash(relative))
	}
	return strings.TrimPrefix(base, "node_modules/")
}

// holds reports whether the file belongs to the package, and not to one that lies in it.
func (p *npmPackage) holds(file string) bool {
	inside, ok := strings.CutPrefix(file, p.dir+string(filepath.Separator))
	return ok && !slices.Contains(strings.Split(filepath.ToSlash(inside), "/"), "node_modules")
}
