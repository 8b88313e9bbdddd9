package bundle

import (
	"cmp"
	"errors"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

// source is a script of an npm package that is bundled.
type source struct {
	pkg     *npmPackage
	file    string
	content []byte
	module  bool // an ES module
	uses    map[use]target
	head    string // the file whose output it is part of
}

// use is one way in which a script names another.
type use struct {
	spec string
	kind api.ResolveKind
}

// target is what is meant. None of file, module and nothing: it is nowhere, and stays
// as it is written.
type target struct {
	file    string // of the same npm package
	module  string // of another one
	pkg     *npmPackage
	nothing bool // an empty module: "browser" of package.json says so, or it is a style
	pure    bool // importing it does nothing by itself ("sideEffects" of package.json)
}

// scanAll reads the scripts of all the modules that are wanted, and of those that
// they want.
func (b *builder) scanAll() error {
	for len(b.wanted) > 0 {
		wanted := b.wanted
		b.wanted = map[want][]asked{}
		s := &scan{builder: b, wants: sortedWants(wanted), reads: map[string]*source{}}
		if err := s.run(); err != nil {
			return err
		}
		for i, w := range s.wants {
			if file := s.files[i]; file != "" {
				w.pkg.modules[w.rest] = file
				continue
			}
			for _, ask := range wanted[w] {
				b.lack(ask.asker, ask.need)
			}
		}
		s.settle()
	}
	return nil
}

func sortedWants(wanted map[want][]asked) []want {
	return slices.SortedFunc(maps.Keys(wanted), func(x, y want) int {
		return cmp.Or(strings.Compare(x.pkg.name, y.pkg.name), strings.Compare(x.pkg.dir, y.pkg.dir), strings.Compare(x.rest, y.rest))
	})
}

// scan is one run of esbuild, which parses scripts and resolves what they name, but
// neither links nor prints: one import is answered with an error. What belongs to
// other npm packages is left to the next run.
type scan struct {
	*builder
	wants []want
	mu    sync.Mutex // esbuild works on several goroutines
	files []string   // by want
	reads map[string]*source
}

const (
	entry     = "<entry>"
	resolving = "resolving"
	plugin    = "npm-packages"
)

var errStop = errors.New("not followed")

func (s *scan) run() error {
	s.files = make([]string, len(s.wants))
	var list strings.Builder
	list.WriteString("import '';\n")
	for i := range s.wants {
		list.WriteString("import '" + strconv.Itoa(i) + "';\n")
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     s.dir,
		Stdin:             &api.StdinOptions{Contents: list.String(), Sourcefile: entry},
		Bundle:            true,
		Format:            api.FormatCommonJS,
		Platform:          api.PlatformBrowser, // "browser" of package.json counts: there is no Node in WeChat
		Conditions:        []string{"browser"},
		MainFields:        []string{"main", "module", "browser"},
		TsconfigRaw:       "{}", // none of the machine's
		Define:            defines,
		LogLevel:          api.LogLevelSilent,
		ResolveExtensions: []string{".js", ".json", ".mjs", ".cjs", ".ts", ".tsx", ".jsx"},
		Plugins:           []api.Plugin{{Name: plugin, Setup: s.setup}},
	})
	for _, message := range result.Errors {
		if message.PluginName == "" {
			return s.fault(message)
		}
	}
	return nil
}

var defines = map[string]string{"process.env.NODE_ENV": `"production"`}

func (s *scan) fault(message api.Message) error {
	module := entry
	if message.Location != nil {
		module = strings.TrimPrefix(message.Location.File, "node_modules/")
	}
	return &Error{Module: module, Message: message.Text}
}

func (s *scan) setup(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		switch {
		case a.PluginData == resolving:
			return api.OnResolveResult{}, nil
		case a.Importer == entry:
			return s.resolveWant(build, a.Path)
		}
		t := s.resolve(build, a)
		s.mu.Lock()
		defer s.mu.Unlock()
		from := s.reads[a.Importer]
		from.uses[use{a.Path, a.Kind}] = t
		if t.file == "" || s.builder.files[t.file] != nil {
			return api.OnResolveResult{Path: a.Path, External: true}, nil
		}
		s.read(from.pkg, t.file)
		return api.OnResolveResult{Path: t.file}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*"}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		data, err := os.ReadFile(a.Path)
		if err != nil {
			return api.OnLoadResult{}, &Error{Module: a.Path, Message: err.Error()}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.reads[a.Path].content = data
		content := string(data)
		return api.OnLoadResult{Contents: &content, Loader: loaders[path.Ext(a.Path)]}, nil
	})
}

// loaders say how the files of an npm package are read. What is not here stays where
// it is.
var loaders = map[string]api.Loader{
	".js": api.LoaderJS, ".mjs": api.LoaderJS, ".cjs": api.LoaderJS, ".json": api.LoaderJSON,
	".ts": api.LoaderTS, ".mts": api.LoaderTS, ".cts": api.LoaderTS, ".jsx": api.LoaderJSX, ".tsx": api.LoaderTSX,
}

// read makes a file part of this run.
func (s *scan) read(p *npmPackage, file string) {
	if s.reads[file] == nil {
		s.reads[file] = &source{pkg: p, file: file, uses: map[use]target{}}
	}
}

// resolveWant finds the file of a module, the one for require where there are two:
// what is built is CommonJS, too.
func (s *scan) resolveWant(build api.PluginBuild, path string) (api.OnResolveResult, error) {
	i, err := strconv.Atoi(path)
	if err != nil {
		return api.OnResolveResult{}, errStop
	}
	w := s.wants[i]
	file := w.file(build)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files[i] = file; file == "" || s.builder.files[file] != nil {
		return api.OnResolveResult{Path: path, External: true}, nil
	}
	s.read(w.pkg, file)
	return api.OnResolveResult{Path: file}, nil
}

func (w want) file(build api.PluginBuild) string {
	for _, spec := range w.specs() {
		if file, _, ok := w.pkg.near(filepath.Join(w.pkg.dir, filepath.FromSlash(spec)), spec, api.ResolveJSRequireCall); ok {
			return file
		}
		for _, kind := range []api.ResolveKind{api.ResolveJSRequireCall, api.ResolveJSImportStatement} {
			found := build.Resolve(spec, api.ResolveOptions{Importer: w.pkg.dir, ResolveDir: w.pkg.dir, Kind: kind, PluginData: resolving})
			if usable(found) {
				return found.Path
			}
		}
	}
	return ""
}

// usable reports whether something was found; a package.json that is no JSON, of whatever
// folder on the way, is an error for esbuild and nothing else.
func usable(r api.ResolveResult) bool {
	return !r.External && filepath.IsAbs(r.Path) && loaders[path.Ext(r.Path)] != api.LoaderNone
}

// specs are the ways to ask for the module from inside the npm package: "exports" says
// what is meant, and what it does not name is taken as a path, as the official build
// takes everything.
func (w want) specs() []string {
	local := "./" + w.rest
	if len(w.pkg.Exports) == 0 || string(w.pkg.Exports) == "null" {
		return []string{local}
	}
	return []string{strings.TrimSuffix(cmp.Or(w.pkg.Name, w.pkg.name)+"/"+w.rest, "/"), local}
}

// resolve finds what a script names.
func (s *scan) resolve(build api.PluginBuild, a api.OnResolveArgs) target {
	s.mu.Lock()
	p := s.reads[a.Importer].pkg
	s.mu.Unlock()
	spec := a.Path
	if other, nothing := p.replaced(p.known(a.ResolveDir, spec)); nothing {
		return target{nothing: true}
	} else if other != "" {
		spec = other
	}
	if !strings.HasPrefix(spec, ".") && !strings.HasPrefix(spec, "#") && !filepath.IsAbs(spec) {
		return s.resolveBare(p, spec)
	}
	dir := a.ResolveDir
	if spec != a.Path {
		dir = p.dir // the paths of "browser" begin at the npm package
	}
	if file, pure, ok := p.near(filepath.Join(dir, filepath.FromSlash(spec)), spec, a.Kind); ok {
		return target{file: file, pure: pure}
	}
	found := build.Resolve(spec, api.ResolveOptions{Importer: a.Importer, ResolveDir: dir, Kind: a.Kind, PluginData: resolving})
	switch {
	case style(found.Path):
		return target{nothing: true}
	case !usable(found):
		return target{}
	}
	if _, nothing := p.replaced(p.known("", found.Path)); nothing {
		return target{nothing: true}
	}
	if other, module := s.elsewhere(p, found.Path); other {
		return target{module: module}
	}
	return target{file: found.Path, pure: !found.SideEffects}
}

// known is how "browser" of package.json names what scripts in the folder ask for: a
// path begins at the npm package.
func (p *npmPackage) known(dir, spec string) string {
	if !strings.HasPrefix(spec, ".") && !filepath.IsAbs(spec) {
		return spec
	}
	if !filepath.IsAbs(spec) {
		spec = filepath.Join(dir, filepath.FromSlash(spec))
	}
	relative, err := filepath.Rel(p.dir, spec)
	if err != nil {
		return spec
	}
	return "./" + filepath.ToSlash(relative)
}

// near answers for most paths without esbuild, which lists every folder on the way anew
// for each: the file itself, or the one with .js. pure is what "sideEffects" of
// package.json says of an import, if it is simple; it makes no difference to require.
func (p *npmPackage) near(file, spec string, kind api.ResolveKind) (found string, pure, ok bool) {
	listed := strings.HasPrefix(string(p.SideEffects), "[") && kind != api.ResolveJSRequireCall
	if !strings.HasPrefix(spec, ".") || strings.HasSuffix(spec, "/") || strings.HasSuffix(spec, ".") || listed || !p.holds(file) {
		return "", false, false
	}
	for _, name := range []string{file, file + ".js"} {
		if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
			continue
		}
		other, nothing := p.replaced(p.known("", name))
		return name, string(p.SideEffects) == "false", loaders[path.Ext(name)] != api.LoaderNone && other == "" && !nothing
	}
	return "", false, false
}

func style(file string) bool {
	switch path.Ext(file) {
	case ".css", ".less", ".scss", ".sass", ".wxss":
		return true
	}
	return false
}

// elsewhere tells of a file that was found by a path whether it lies in another npm
// package, and as which module that has it.
func (s *scan) elsewhere(p *npmPackage, file string) (bool, string) {
	parts := strings.Split(filepath.ToSlash(file), "/")
	i := len(parts) - 1
	for i >= 0 && parts[i] != "node_modules" {
		i--
	}
	if p.holds(file) || i < 0 {
		return false, ""
	}
	return true, strings.Join(parts[i+1:], "/")
}

func (s *scan) resolveBare(p *npmPackage, spec string) target {
	n := need{module: spec}
	s.aliased(p, &n)
	if style(n.module) {
		return target{nothing: true}
	}
	return target{module: strings.TrimSuffix(n.module, "/")}
}

// settle asks for what the scripts that have been read want of other npm packages.
func (s *scan) settle() {
	for _, file := range slices.Sorted(maps.Keys(s.reads)) {
		src := s.reads[file]
		scanned := script.Scan(src.content)
		src.module = scanned.Module || path.Ext(file) == ".mjs"
		s.builder.files[file] = src
		for _, u := range slices.SortedFunc(maps.Keys(src.uses), func(x, y use) int {
			return cmp.Or(strings.Compare(x.spec, y.spec), int(x.kind)-int(y.kind))
		}) {
			s.settleUse(src, u, guards(scanned)[u.spec])
		}
	}
}

func guards(scanned *script.Script) map[string]bool {
	guarded := map[string]bool{}
	for _, ref := range scanned.Refs {
		guarded[ref.Spec] = ref.Guarded
	}
	return guarded
}

func (s *scan) settleUse(src *source, u use, guarded bool) {
	t := src.uses[u]
	a := asker{pkg: src.pkg, file: src.pkg.below(src.file), name: src.file, dir: filepath.Dir(src.file)}
	switch {
	case t.module != "":
		t.pkg = s.need(a, need{module: t.module, kind: aScript, guarded: guarded})
		src.uses[u] = t
	case t.file == "" && !t.nothing:
		s.absent = append(s.absent, absence{asked{a, need{module: u.spec, guarded: guarded}}, u.spec})
	}
}
