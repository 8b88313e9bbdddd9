// Package graph reads scripts as WeChat's compiler does and tells what they ask
// for. Parsing is esbuild's: TypeScript and everything up to the newest syntax.
package graph

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// Import is one module that a script asks for.
type Import struct {
	From string // the script
	Spec string // as written
}

// Bare reports whether the import names an npm package: it does not begin with
// "." or "/".
func (i Import) Bare() bool {
	return !strings.HasPrefix(i.Spec, ".") && !strings.HasPrefix(i.Spec, "/")
}

// ScriptError: a script cannot be parsed. Line and Column are 1-based.
type ScriptError struct {
	Path         string
	Line, Column int
	Message      string
}

func (e *ScriptError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Message)
}

// Imports lists what the scripts (content by path) ask for, sorted. The error is
// a *ScriptError for the first script that does not parse.
func Imports(scripts map[string][]byte) ([]Import, error) {
	names := slices.Sorted(maps.Keys(scripts))
	var found []Import
	if len(names) == 0 {
		return nil, nil
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: names,
		Outdir:      "out",
		Bundle:      true,
		Write:       false,
		LogLevel:    api.LogLevelSilent,
		Plugins:     []api.Plugin{inMemory(scripts, &found)},
	})
	if len(result.Errors) > 0 {
		return nil, scriptError(result.Errors[0])
	}
	slices.SortFunc(found, func(a, b Import) int {
		return strings.Compare(a.From+"\x00"+a.Spec, b.From+"\x00"+b.Spec)
	})
	return slices.Compact(found), nil
}

// inMemory serves the scripts to esbuild and notes every import instead of following it.
func inMemory(scripts map[string][]byte, found *[]Import) api.Plugin {
	var mu sync.Mutex // esbuild resolves on several goroutines
	return api.Plugin{Name: "scripts", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
			if a.Kind == api.ResolveEntryPoint {
				return api.OnResolveResult{Path: a.Path, Namespace: "script"}, nil
			}
			mu.Lock()
			defer mu.Unlock()
			*found = append(*found, Import{From: a.Importer, Spec: a.Path})
			return api.OnResolveResult{Path: a.Path, External: true}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "script"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
			content := string(scripts[a.Path])
			return api.OnLoadResult{Contents: &content, Loader: loader(a.Path)}, nil
		})
	}}
}

func loader(name string) api.Loader {
	if path.Ext(name) == ".ts" {
		return api.LoaderTS
	}
	return api.LoaderJS
}

func scriptError(message api.Message) error {
	e := &ScriptError{Message: message.Text}
	if at := message.Location; at != nil {
		e.Path, e.Line, e.Column = at.File, at.Line, at.Column+1
		e.Path = strings.TrimPrefix(e.Path, "script:")
	}
	return e
}

// IsModule parses a script and reports whether it is an ES module: whether it
// has an import or export of its own. The error is a *ScriptError.
func IsModule(name string, content []byte) (bool, error) {
	result := api.Build(api.BuildOptions{
		Stdin:    &api.StdinOptions{Contents: string(content), Sourcefile: name, Loader: loader(name)},
		Bundle:   true,
		External: []string{"*"},
		Metafile: true,
		Write:    false,
		LogLevel: api.LogLevelSilent,
	})
	if len(result.Errors) > 0 {
		return false, scriptError(result.Errors[0])
	}
	var meta struct {
		Inputs map[string]struct {
			Format string `json:"format"`
		} `json:"inputs"`
	}
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return false, fmt.Errorf("esbuild's metafile: %w", err)
	}
	for _, input := range meta.Inputs {
		return input.Format == "esm", nil
	}
	return false, nil
}
