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

	"github.com/evanw/esbuild/pkg/api"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// say is how a script asks for a module of another npm package: as it is written,
// unless several versions of that are built.
func (b *builder) say(spec string, t target) string {
	if t.pkg == nil || !t.pkg.has(t.module) {
		return spec
	}
	return t.pkg.called(t.module)
}

// called is the module under the name that it has below miniprogram_npm. Of several
// names for one file it is the one at which that lies: what only hands it on knows
// nothing of it while it is being loaded, and scripts may ask for one another.
func (p *npmPackage) called(module string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(module, p.name), "/")
	if file, bundled := p.modules[rest]; bundled {
		rest = p.least[file]
	} else if target := p.stubs["index.js"]; rest == "" && target != "" {
		rest = strings.TrimSuffix(target, ".js")
	}
	return path.Join(p.out, rest)
}

// has reports whether anything of the module is built, as far as it is bundled.
func (p *npmPackage) has(module string) bool {
	rest := strings.TrimPrefix(strings.TrimPrefix(module, p.name), "/")
	_, bundled := p.modules[rest]
	return bundled || len(p.copied) > 0 || len(p.files) > 0
}

// emit makes the scripts that are bundled.
func (b *builder) emit() error {
	e := &emitter{builder: b, labels: map[string]*source{}}
	var entries []api.EntryPoint
	for _, src := range b.sources() {
		e.labels[src.label()] = src
		if src.head != src.file {
			continue
		}
		name := src.pkg.paths[src.file]
		if b.complete(src) {
			src.pkg.files[name] = src.packed()
			continue
		}
		entries = append(entries, api.EntryPoint{InputPath: src.label(), OutputPath: path.Join(src.pkg.out, strings.TrimSuffix(name, ".js"))})
	}
	if len(entries) == 0 {
		return nil
	}
	return e.run(entries)
}

// sources are the scripts to bundle, in the order of their labels.
func (b *builder) sources() []*source {
	var all []*source
	for _, src := range b.files {
		if src.head != "" {
			all = append(all, src)
		}
	}
	slices.SortFunc(all, func(x, y *source) int { return strings.Compare(x.label(), y.label()) })
	return all
}

// label names a script for esbuild: where it lies on this machine must not show.
func (s *source) label() string {
	relative, err := filepath.Rel(s.pkg.dir, s.file)
	if err != nil {
		relative = filepath.Base(s.file)
	}
	return path.Join(s.pkg.out, filepath.ToSlash(relative))
}

// complete reports whether a script needs no bundling: CommonJS, by itself one file,
// and all that it asks for is found under the names that it uses. The helpers of Runtime are lowered
// already, in a way that the compiler knows and leaves alone.
func (b *builder) complete(src *source) bool {
	ext := path.Ext(src.file)
	if src.pkg.name == Runtime && !src.module {
		return true
	}
	if src.module || ext != ".js" && ext != ".cjs" || b.options.Lower || b.options.Minify {
		return false
	}
	for u, t := range src.uses {
		switch {
		case u.kind != api.ResolveJSRequireCall && (t.file != "" || t.module != "") || t.nothing:
			return false
		case t.file != "":
			if b.files[t.file].head == src.file || !b.sameFile(src, u.spec, t) {
				return false
			}
		case t.module != "" && b.say(u.spec, t) != u.spec:
			return false
		}
	}
	return !bytes.Contains(src.content, []byte("process.env.NODE_ENV"))
}

// packed is a script that is complete as it ships: as its author built it, as most
// SDKs come minified and would grow, or, where that is worth it, without the white
// space and the comments that were meant for people.
func (s *source) packed() []byte {
	const (
		small    = 4 << 10 // bytes
		longLine = 200     // bytes: on average, that is, in a minified script
	)
	if s.pkg.name == Runtime || len(s.content) < small || bytes.Count(s.content, []byte("\n"))*longLine < len(s.content) {
		return s.content
	}
	result := api.Transform(string(s.content), api.TransformOptions{
		Loader: api.LoaderJS, Charset: api.CharsetUTF8, LogLevel: api.LogLevelSilent,
		MinifyWhitespace: true, MinifySyntax: true, Supported: noImport,
	})
	if len(result.Errors) > 0 || len(result.Code) >= len(s.content) {
		return s.content
	}
	return result.Code
}

// sameFile reports whether the loader finds the file by the path as it is written.
func (b *builder) sameFile(src *source, spec string, t target) bool {
	other := b.files[t.file]
	if other.pkg != src.pkg {
		return false
	}
	found := path.Join(path.Dir(src.pkg.paths[src.file]), spec)
	return strings.TrimSuffix(found, ".js")+".js" == other.pkg.paths[other.head]
}

// noImport: WeChat's compiler leaves import() as it is, and no run time knows it
// (miniprogram-ci 2.1.42, observed).
var noImport = map[string]bool{"dynamic-import": false}

// emitter lets esbuild make the files; what there is to resolve has been resolved.
type emitter struct {
	*builder
	labels map[string]*source
}

const (
	outdir  = "out" // never written to
	npmCode = "npm"
	nothing = "nothing"
)

func (e *emitter) run(entries []api.EntryPoint) error {
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:       e.dir,
		EntryPointsAdvanced: entries,
		Outdir:              filepath.Join(e.dir, outdir),
		Bundle:              true,
		Write:               false,
		Format:              api.FormatCommonJS,
		Platform:            api.PlatformNeutral,
		Target:              e.target(),
		Supported:           noImport,
		MinifyWhitespace:    true,
		MinifySyntax:        true, // most npm packages come minified; printed plainly they would grow
		MinifyIdentifiers:   e.options.Minify,
		Sourcemap:           e.maps(),
		Charset:             api.CharsetUTF8,
		TsconfigRaw:         "{}", // none of the machine's
		Define:              defines,
		LogLevel:            api.LogLevelSilent,
		Plugins:             []api.Plugin{{Name: plugin, Setup: e.setup}},
	})
	if len(result.Errors) > 0 {
		message := result.Errors[0]
		module := ""
		if message.Location != nil {
			module = strings.TrimPrefix(message.Location.File, npmCode+":")
		}
		return &Error{Module: module, Message: message.Text}
	}
	byOut := map[string]*npmPackage{}
	for _, p := range e.all {
		byOut[p.out] = p
	}
	for _, file := range result.OutputFiles {
		relative, err := filepath.Rel(filepath.Join(e.dir, outdir), file.Path)
		if err != nil {
			return &Error{Module: file.Path, Message: err.Error()}
		}
		name := filepath.ToSlash(relative)
		out := Name(name)
		byOut[out].files[strings.TrimPrefix(name, out+"/")] = bytes.ReplaceAll(file.Contents, []byte(outside), []byte("module"))
	}
	return nil
}

func (e *emitter) target() api.Target {
	if e.options.Lower {
		return api.ES2015
	}
	return api.ES2017
}

func (e *emitter) maps() api.SourceMap {
	if e.options.SourceMaps {
		return api.SourceMapLinked
	}
	return api.SourceMapNone
}

func (e *emitter) setup(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		if a.Kind == api.ResolveEntryPoint {
			return api.OnResolveResult{Path: a.Path, Namespace: npmCode}, nil
		}
		src := e.labels[a.Importer]
		t := src.uses[use{a.Path, a.Kind}]
		switch {
		case t.nothing:
			return api.OnResolveResult{Path: a.Path, Namespace: nothing, SideEffects: api.SideEffectsFalse}, nil
		case t.file == "":
			return api.OnResolveResult{Path: e.say(a.Path, t), External: true}, nil
		}
		other := e.files[t.file]
		r := api.OnResolveResult{Path: other.label(), Namespace: npmCode}
		back := other.file == src.head && !(src.module && other.module && a.Kind == api.ResolveJSImportStatement)
		if other.head != src.head || back {
			r = api.OnResolveResult{Path: e.path(src, other), External: true}
		}
		if t.pure {
			r.SideEffects = api.SideEffectsFalse
		}
		return r, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: npmCode}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		src := e.labels[a.Path]
		content := src.unwrapped()
		return api.OnLoadResult{Contents: &content, Loader: loaders[path.Ext(src.file)], ResolveDir: filepath.Dir(src.file)}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: nothing}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
		return api.OnLoadResult{Contents: new(string), Loader: api.LoaderJS}, nil
	})
}

// outside stands for the module of the loader, while esbuild works.
const outside = "__npm_module__"

// unwrapped is a script as esbuild gets it. The first one of an output, if it is
// CommonJS, uses the module of the loader itself: of one in a wrapper the loader knows
// nothing until it is through, and scripts that ask for one another would get an empty
// object.
func (s *source) unwrapped() string {
	content := string(s.content)
	if s.head != s.file || s.module || loaders[path.Ext(s.file)] != api.LoaderJS {
		return content
	}
	if strings.HasPrefix(content, "#!") {
		content = "//" + content
	}
	return "(function (module, exports) {" + content + "\n}).call(" + outside + ".exports, " + outside + ", " + outside + ".exports);\n"
}

// path is how the output of one script names that of another.
func (e *emitter) path(from, other *source) string {
	target := other.pkg.paths[other.head]
	if from.pkg != other.pkg {
		return path.Join(other.pkg.out, target)
	}
	return project.Relative(from.pkg.paths[from.head], target)
}

// copies takes over the code for mini programs.
func (b *builder) copies(p *npmPackage) error {
	for name := range p.copied {
		content, err := os.ReadFile(filepath.Join(p.mini, filepath.FromSlash(name)))
		if err != nil {
			return &Error{Module: path.Join(p.name, name), Message: err.Error()}
		}
		if path.Ext(name) == ".js" {
			content = b.convert(rewrite(content, p.edits[name]))
		} else {
			content = rewrite(content, p.edits[name])
		}
		p.files[name] = content
	}
	for name, target := range p.stubs {
		spec, _ := json.Marshal(project.Relative(name, target))
		p.files[name] = []byte("module.exports = require(" + string(spec) + ");\n")
	}
	return nil
}

// convert makes of a script what the project can use: nothing is changed but where
// the project does not compile scripts, or wants them small. A script that does not
// parse stays.
func (b *builder) convert(content []byte) []byte {
	if !b.options.Lower && !b.options.Minify {
		return content
	}
	o := api.TransformOptions{
		Loader: api.LoaderJS, Charset: api.CharsetUTF8, LogLevel: api.LogLevelSilent,
		MinifyWhitespace: b.options.Minify, MinifySyntax: b.options.Minify, MinifyIdentifiers: b.options.Minify,
	}
	if b.options.Lower {
		o.Target, o.Format, o.Supported = api.ES2015, api.FormatCommonJS, noImport
	}
	result := api.Transform(string(content), o)
	if len(result.Errors) > 0 {
		return content
	}
	return result.Code
}

// edit is a text in a file that becomes another.
type edit struct {
	offset, length int
	spec           string // what is written
	module         string // what is meant
	pkg            *npmPackage
}

// rewrite puts in the names that npm packages have below miniprogram_npm.
func rewrite(content []byte, edits []edit) []byte {
	slices.SortFunc(edits, func(x, y edit) int { return cmp.Compare(x.offset, y.offset) })
	var out []byte
	at := 0
	for _, e := range edits {
		called := e.pkg.called(e.module)
		if called == e.spec || called == path.Clean(e.spec) {
			continue
		}
		text, _ := json.Marshal(called)
		out = append(append(out, content[at:e.offset]...), text...)
		at = e.offset + e.length
	}
	return append(out, content[at:]...)
}
