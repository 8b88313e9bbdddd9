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

// Output is a built miniprogram_npm: content by path below Dir.
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

// Build bundles the modules, and in turn what they ask for, each into a file of
// its own, from the node_modules in dir. The error is an *Error.
func Build(dir string, modules []string) (*Output, error) {
	out := &Output{Files: map[string][]byte{}}
	for next := slices.Sorted(slices.Values(modules)); len(next) > 0; {
		wanted, err := out.build(dir, slices.Compact(next))
		if err != nil {
			return nil, err
		}
		next = wanted
	}
	slices.Sort(out.Modules)
	return out, nil
}

// build bundles modules and returns the modules that they ask for and that are
// not built yet.
func (o *Output) build(dir string, modules []string) ([]string, error) {
	r := &resolver{modulesDir: filepath.Join(dir, "node_modules"), wanted: map[string]bool{}}
	entries := make([]api.EntryPoint, 0, len(modules))
	for _, module := range modules {
		entries = append(entries, api.EntryPoint{InputPath: module, OutputPath: outputPath(module)})
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:       dir,
		EntryPointsAdvanced: entries,
		Outdir:              filepath.Join(dir, outdir),
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
	if err := o.collect(dir, result); err != nil {
		return nil, err
	}
	o.Modules = append(o.Modules, modules...)
	var next []string
	for module := range r.wanted {
		if !slices.Contains(o.Modules, module) {
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
func (o *Output) collect(dir string, result api.BuildResult) error {
	var meta struct {
		Inputs  map[string]struct{ Format string }
		Outputs map[string]struct{ Inputs map[string]struct{} }
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return &Error{Module: outdir, Message: err.Error()}
	}
	for _, file := range result.OutputFiles {
		relative, err := filepath.Rel(dir, file.Path)
		if err != nil {
			return &Error{Module: file.Path, Message: err.Error()}
		}
		name := filepath.ToSlash(relative)
		content := file.Contents
		inputs := slices.Collect(maps.Keys(meta.Outputs[name].Inputs))
		if len(inputs) == 1 && meta.Inputs[inputs[0]].Format != "esm" && path.Ext(inputs[0]) == ".js" {
			if content, err = os.ReadFile(filepath.Join(dir, filepath.FromSlash(inputs[0]))); err != nil {
				return &Error{Module: inputs[0], Message: err.Error()}
			}
		}
		o.Files[strings.TrimPrefix(name, outdir+"/")] = content
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
			found := build.Resolve(a.Path, api.ResolveOptions{
				Importer: a.Importer, ResolveDir: a.ResolveDir, Kind: a.Kind, PluginData: resolving,
			})
			if len(found.Errors) > 0 || !r.shared(found.Path, a.Path) {
				return api.OnResolveResult{}, nil // esbuild reports it, or bundles the nested copy
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.wanted[a.Path] = true
			return api.OnResolveResult{Path: a.Path, External: true}, nil
		})
	}}
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
