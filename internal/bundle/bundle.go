// Package bundle does in process what DevTools calls "build npm" (构建 npm): it
// makes miniprogram_npm out of node_modules. Unlike the official build it ships
// only what is asked for, and every npm package that others share stands once.
//
// Where a module lies is the run-time loader's rule (observed): require('a')
// looks for miniprogram_npm/a/index.js and miniprogram_npm/a.js, require('a/b')
// for miniprogram_npm/a/b/index.js and miniprogram_npm/a/b.js, in the folder of the
// script and in those around it; "main" of package.json is never read.
//
// An npm package that ships code for mini programs is copied, file by file, as far
// as it is reached; of any other, each module that is asked for becomes one file,
// and what two of them share one more.
package bundle

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Dir is the folder in which the loader looks for npm packages.
const Dir = "miniprogram_npm"

// Error: npm packages cannot be built.
type Error struct {
	Module  string
	Message string
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Module, e.Message) }

// Use says that files of a package of the mini program ask for a module.
type Use struct {
	Module string
	Root   string // of that package; "" for the main package
}

// Alias: what the npm package In asks for as Module is Target instead.
type Alias struct{ In, Module, Target string }

// Options say how to build.
type Options struct {
	Independent []string // roots of the subpackages that get what they use for themselves; Project adds the independent ones
	Aliases     []Alias
	Main        []string // npm packages that go into the main package even if one subpackage alone uses them
	Minify      bool     // scripts, with short names
	SourceMaps  bool     // of the scripts that are not copied
	Lower       bool     // the project does not compile scripts: no ES modules, nothing newer than ES2015
}

// Placed is an npm package that has been built.
type Placed struct {
	Name        string
	Version     string   // of its package.json; may be empty
	Dir         string   // below node_modules, where it was found
	Roots       []string // the folders whose miniprogram_npm it went to: "" for the miniprogram root
	Bytes       int64    // of its files, each counted once
	MiniProgram bool     // it ships code for mini programs
}

// Missing is what the project asks for and no node_modules has.
type Missing struct {
	Module  string
	From    string // the file of the project, relative to the miniprogram root
	Package string // the npm package
}

// Left is what an npm package asks for and is nowhere, such as Node's own modules.
// It stays as it is written, and fails only when it is run.
type Left struct {
	Module string
	From   string // the file, below node_modules
}

// Output is what has been built: content by path relative to the miniprogram root.
type Output struct {
	Files    map[string][]byte
	Modules  []string // every module, the ones asked for and what they ask for themselves
	Packages []Placed
	Missing  []Missing
	Kept     []string // files below miniprogram_npm that the project uses and node_modules does not have
	Left     []Left
}

// Name is the npm package that a module such as "a/b" or "@s/a/b" belongs to.
func Name(module string) string {
	parts := strings.SplitN(module, "/", 3)
	if strings.HasPrefix(module, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// File is where the loader looks for a module, relative to Dir.
func File(module string) string {
	if Name(module) == module {
		return path.Join(module, "index.js")
	}
	return strings.TrimSuffix(module, ".js") + ".js"
}

// Cut divides a path at its last miniprogram_npm: the folder that has it, and what
// follows. ok tells whether the path has any.
func Cut(name string) (root, module string, ok bool) {
	if i := strings.LastIndex("/"+name, "/"+Dir+"/"); i >= 0 {
		return strings.TrimSuffix(name[:i], "/"), name[i+len(Dir)+1:], true
	}
	return "", "", false
}

// Build bundles the modules that are used, and in turn what they ask for, each into
// a file of its own, from the node_modules in dir and in the folders above. An npm
// package goes into the miniprogram_npm of the main package, or of the subpackage
// that alone uses it, and once more into that of every independent subpackage that
// does. What cannot be found is an error, an *Error, but for a helper of Runtime:
// which of them there are depends on its version.
func Build(dir string, uses []Use, o Options) (*Output, error) {
	b, err := newBuilder(dir, o)
	if err != nil {
		return nil, err
	}
	b.strict = true
	uses = slices.Clone(uses)
	slices.SortFunc(uses, func(x, y Use) int { return strings.Compare(x.Module+"\x00"+x.Root, y.Module+"\x00"+y.Root) })
	for _, use := range uses {
		b.need(asker{dir: b.dir, root: use.Root}, need{module: use.Module, kind: aScript, guarded: Name(use.Module) == Runtime})
	}
	if err := b.scanAll(); err != nil {
		return nil, err
	}
	if len(b.absent) > 0 {
		return nil, b.absent[0].err()
	}
	return b.output()
}
