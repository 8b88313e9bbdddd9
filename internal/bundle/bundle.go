// Package bundle does in process what DevTools calls "build npm" (构建 npm): it
// makes miniprogram_npm out of node_modules. Unlike the official build it ships
// only what is asked for, and every npm package that others share stands once.
//
// Where a module lies is the run-time loader's rule (observed): require('a')
// looks for miniprogram_npm/a/index.js and miniprogram_npm/a.js, require('a/b')
// for miniprogram_npm/a/b.js; "main" of package.json is never read.
package bundle

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
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
	Independent []string // roots of the independent subpackages: they get what they use for themselves
	Aliases     []Alias
}

// Output is what has been built: content by path relative to the miniprogram root.
type Output struct {
	Files   map[string][]byte
	Modules []string // every module, the ones asked for and what they ask for themselves
}

// Name is the npm package that a module such as "a/b" or "@s/a/b" belongs to.
func Name(module string) string {
	parts := strings.SplitN(module, "/", 3)
	if strings.HasPrefix(module, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// Build bundles the modules that are used, and in turn what they ask for, each into
// a file of its own, from the node_modules in dir. An npm package goes into the
// miniprogram_npm of the main package, or of the subpackage that alone uses it,
// and once more into that of every independent subpackage that does. The error is
// an *Error.
func Build(dir string, uses []Use, o Options) (*Output, error) {
	b := &builder{dir: dir, options: o, files: map[string][]byte{}, asks: map[string]map[string]bool{}}
	var modules, helpers []string
	for _, use := range uses {
		if Name(use.Module) == Runtime {
			helpers = append(helpers, use.Module)
		} else {
			modules = append(modules, use.Module)
		}
	}
	slices.Sort(helpers)
	maps.Copy(b.files, helperFiles(dir, helpers))
	slices.Sort(modules)
	for next := slices.Compact(modules); len(next) > 0; {
		wanted, err := b.build(next)
		if err != nil {
			return nil, err
		}
		next = wanted
	}
	out := &Output{Files: map[string][]byte{}, Modules: slices.Sorted(slices.Values(b.modules))}
	b.place(out, uses)
	return out, nil
}

// builder is a Build under way.
type builder struct {
	dir     string
	options Options
	files   map[string][]byte          // by path below Dir
	modules []string                   // built
	asks    map[string]map[string]bool // by npm package: the npm packages that it asks for
}

// place gives every file its package.
func (b *builder) place(out *Output, uses []Use) {
	users := map[string]map[string]bool{} // by npm package
	var spread func(name, root string)
	spread = func(name, root string) {
		if users[name] == nil {
			users[name] = map[string]bool{}
		}
		if users[name][root] {
			return
		}
		users[name][root] = true
		for asked := range b.asks[name] {
			spread(asked, root)
		}
	}
	for _, use := range uses {
		spread(Name(use.Module), use.Root)
	}
	for file, content := range b.files {
		for _, root := range b.homes(users[Name(file)]) {
			out.Files[path.Join(root, Dir, file)] = content
		}
	}
}

// homes are the roots of the packages that an npm package goes to.
func (b *builder) homes(users map[string]bool) []string {
	var homes, sharing []string
	for root := range users {
		if slices.Contains(b.options.Independent, root) {
			homes = append(homes, root)
		} else {
			sharing = append(sharing, root)
		}
	}
	switch len(sharing) {
	case 0:
		return homes
	case 1:
		return append(homes, sharing[0])
	}
	return append(homes, "")
}

// build bundles modules and returns the modules that they ask for and that are
// not built yet.
func (b *builder) build(modules []string) ([]string, error) {
	r := &resolver{builder: b, modulesDir: filepath.Join(b.dir, "node_modules"), wanted: map[string]bool{}}
	entries := make([]api.EntryPoint, 0, len(modules))
	for _, module := range modules {
		entries = append(entries, api.EntryPoint{InputPath: module, OutputPath: outputPath(module)})
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:       b.dir,
		EntryPointsAdvanced: entries,
		Outdir:              filepath.Join(b.dir, outdir),
		Bundle:              true,
		Write:               false,
		Format:              api.FormatCommonJS,
		Platform:            api.PlatformNeutral,
		MainFields:          []string{"main", "module"},
		Target:              api.ES2017,
		MinifyWhitespace:    true,
		MinifySyntax:        true, // the SDKs come minified; printed plainly they would grow
		Charset:             api.CharsetUTF8,
		Metafile:            true,
		TsconfigRaw:         "{}", // none of the machine's
		Define:              map[string]string{"process.env.NODE_ENV": `"production"`},
		LogLevel:            api.LogLevelSilent,
		Plugins:             []api.Plugin{r.plugin()},
	})
	if len(result.Errors) > 0 {
		return nil, &Error{Module: strings.Join(modules, ", "), Message: result.Errors[0].Text}
	}
	if err := b.collect(result); err != nil {
		return nil, err
	}
	b.modules = append(b.modules, modules...)
	var next []string
	for module := range r.wanted {
		if !slices.Contains(b.modules, module) {
			next = append(next, module)
		}
	}
	slices.Sort(next)
	return next, nil
}

const outdir = "out" // never written to

// collect takes over what esbuild made. A script that is CommonJS and complete
// in itself, as most SDKs ship, is taken as its author built it: printing it
// anew would only make it larger.
func (b *builder) collect(result api.BuildResult) error {
	var meta struct {
		Inputs  map[string]struct{ Format string }
		Outputs map[string]struct{ Inputs map[string]struct{} }
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return &Error{Module: outdir, Message: err.Error()}
	}
	for _, file := range result.OutputFiles {
		relative, err := filepath.Rel(b.dir, file.Path)
		if err != nil {
			return &Error{Module: file.Path, Message: err.Error()}
		}
		name := filepath.ToSlash(relative)
		content := file.Contents
		inputs := slices.Collect(maps.Keys(meta.Outputs[name].Inputs))
		if len(inputs) == 1 && meta.Inputs[inputs[0]].Format != "esm" && path.Ext(inputs[0]) == ".js" {
			if content, err = os.ReadFile(filepath.Join(b.dir, filepath.FromSlash(inputs[0]))); err != nil {
				return &Error{Module: inputs[0], Message: err.Error()}
			}
		}
		b.files[strings.TrimPrefix(name, outdir+"/")] = content
	}
	return nil
}

// outputPath is where the loader looks for the module, without ".js".
func outputPath(module string) string {
	if Name(module) == module {
		return path.Join(module, "index")
	}
	return strings.TrimSuffix(module, ".js")
}

// resolver leaves what other npm packages are asked for to their own files.
type resolver struct {
	*builder
	modulesDir string
	mu         sync.Mutex
	wanted     map[string]bool
}

const resolving = "resolving"

func (r *resolver) plugin() api.Plugin {
	return api.Plugin{Name: "npm-packages", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: "^[^./]"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			if a.Kind == api.ResolveEntryPoint || a.PluginData == resolving {
				return api.OnResolveResult{}, nil
			}
			module := r.aliased(a)
			found := build.Resolve(module, api.ResolveOptions{
				Importer: a.Importer, ResolveDir: a.ResolveDir, Kind: a.Kind, PluginData: resolving,
			})
			if len(found.Errors) > 0 || !r.shared(found.Path, module) {
				return api.OnResolveResult{}, nil // esbuild reports it, or bundles the nested copy
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.wanted[module] = true
			r.note(a.Importer, module)
			return api.OnResolveResult{Path: module, External: true}, nil
		})
	}}
}

// aliased is the module that is meant.
func (r *resolver) aliased(a api.OnResolveArgs) string {
	from := r.npmPackage(a.Importer)
	for _, alias := range r.options.Aliases {
		if alias.In == from && alias.Module == a.Path {
			return alias.Target
		}
	}
	return a.Path
}

// npmPackage is the npm package that a file at the top of node_modules belongs to.
func (r *resolver) npmPackage(file string) string {
	relative, err := filepath.Rel(r.modulesDir, file)
	if err != nil {
		return ""
	}
	return Name(filepath.ToSlash(relative))
}

// note: the file asks for the module.
func (r *resolver) note(file, module string) {
	from := r.npmPackage(file)
	if r.asks[from] == nil {
		r.asks[from] = map[string]bool{}
	}
	r.asks[from][Name(module)] = true
}

// shared reports whether the module was found at the top of node_modules: then
// all can use one file. A nested copy is another version, for its package alone.
func (r *resolver) shared(file, module string) bool {
	top := filepath.Join(r.modulesDir, filepath.FromSlash(Name(module)))
	return strings.HasPrefix(file, top+string(filepath.Separator)) &&
		!strings.Contains(strings.TrimPrefix(file, top), string(filepath.Separator)+"node_modules"+string(filepath.Separator))
}

// File is where the loader looks for a module, relative to Dir.
func File(module string) string { return outputPath(module) + ".js" }
