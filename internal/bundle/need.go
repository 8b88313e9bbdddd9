package bundle

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// builder is a build under way.
type builder struct {
	installed
	options Options
	strict  bool // what is not found ends the build
	wanted  map[want][]asked
	modules map[string]bool
	absent  []absence
	seeds   []seed
	answers map[node][]thing
	files   map[string]*source // scripts of npm packages that are bundled, by path
}

func newBuilder(dir string, o Options) (*builder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, &Error{Module: dir, Message: err.Error()}
	}
	return &builder{
		installed: installed{dir: dir, found: map[[2]string]string{}, known: map[[2]string]*npmPackage{}, first: map[string]*npmPackage{}},
		options:   o, wanted: map[want][]asked{}, modules: map[string]bool{}, answers: map[node][]thing{}, files: map[string]*source{},
	}, nil
}

// asker is a file that asks for something.
type asker struct {
	pkg  *npmPackage // nil: the project
	file string      // for people: relative to the miniprogram root, or below node_modules
	name string      // of an npm package: as in node
	dir  string      // the folder from which npm packages are looked for
	root string      // of the package of the mini program; only of the project's files
}

// kind is what is asked for.
type kind int

const (
	aScript    kind = iota
	aComponent      // a path without an ending
	aFile           // a file: a template, a style, WXS, an image
)

// need is what a file asks for.
type need struct {
	kind    kind
	module  string // the npm package's name and what follows
	guarded bool   // its failure is caught
	path    bool   // it is named by a path, not by name
	root    string // then the folder that the path leads to, where it begins at the miniprogram root
	beside  bool   // the path leads to the folder in which the asking npm package lies
}

type asked struct {
	asker
	need
}

// want is a module of an npm package that is bundled.
type want struct {
	pkg  *npmPackage
	rest string // relative to the npm package; "" for itself
}

// absence is what was asked for and is nowhere.
type absence struct {
	asked
	Module string
}

func (a absence) err() error {
	if a.pkg == nil {
		return &Error{Module: a.Module, Message: "not in node_modules"}
	}
	return &Error{Module: a.file, Message: fmt.Sprintf("asks for %q, which is not in node_modules", a.Module)}
}

// need gives what is asked for, and reports the npm package that has it.
func (b *builder) need(a asker, n need) *npmPackage {
	if n.kind == aScript {
		n.module = strings.TrimSuffix(n.module, "/")
	}
	name := Name(n.module)
	dir := b.locate(name, a.dir)
	if dir == "" && polyfills[n.module] == "" {
		b.lack(a, n)
		return nil
	}
	p := b.pkg(name, dir)
	t, ok := b.give(p, a, n)
	if !ok {
		b.lack(a, n)
		return p
	}
	b.answer(a, n, t)
	if n.kind == aScript && !n.path {
		b.modules[n.module] = true
	}
	b.link(p, a, n)
	return p
}

func (b *builder) lack(a asker, n need) {
	if !n.guarded && packageName(Name(n.module)) {
		b.absent = append(b.absent, absence{asked{a, n}, n.module})
	}
}

// answer notes what uses the thing.
func (b *builder) answer(a asker, n need, t thing) {
	switch {
	case a.pkg != nil:
		from := node{a.pkg, a.name}
		b.answers[from] = append(b.answers[from], t)
		if n.path && !n.beside {
			b.seeds = append(b.seeds, seed{n.root, t})
		}
	case n.path:
		b.seeds = append(b.seeds, seed{n.root, t})
	default:
		b.seeds = append(b.seeds, seed{a.root, t})
	}
}

// link notes who needs the npm package where.
func (b *builder) link(p *npmPackage, a asker, n need) {
	switch {
	case n.beside:
		a.pkg.beside[p] = true
	case n.path:
		p.pins[n.root] = true
	case a.pkg != nil && a.pkg != p:
		a.pkg.asks[p] = true
	case a.pkg == nil:
		p.users[a.root] = true
	}
	p.own = p.own || a.pkg == nil
}

// give makes the thing part of what is built, and reports whether there is any: of
// a module to bundle that is known only later.
func (b *builder) give(p *npmPackage, a asker, n need) (thing, bool) {
	if n.kind == aScript && polyfills[n.module] != "" {
		name := strings.TrimPrefix(File(n.module), p.name+"/")
		p.files[name] = []byte(polyfills[n.module])
		return thing{pkg: p, name: name}, true
	}
	rest := strings.TrimPrefix(strings.TrimPrefix(n.module, p.name), "/")
	if !fs.ValidPath(path.Clean(rest)) {
		return thing{}, false // it leads out of the npm package
	}
	if p.mini != "" && !b.strict { // the UIKit's own modules are bundled: each is one file
		if name := b.giveCode(p, rest, n); name != "" {
			return thing{pkg: p, name: name}, true
		}
	}
	if n.kind != aScript {
		return thing{}, false
	}
	if (n.path || a.pkg == nil) && (rest == "index" || rest == "index.js") {
		rest = "" // the official build makes index.js of what "main" names
	}
	w := want{p, rest}
	if _, done := p.modules[rest]; !done {
		b.wanted[w] = append(b.wanted[w], asked{a, n})
	}
	return thing{pkg: p, rest: rest}, true
}

// giveCode looks in the package's code for mini programs, by WeChat's rules, and
// returns the path of the file there.
func (b *builder) giveCode(p *npmPackage, rest string, n need) string {
	g := b.open(p)
	base := path.Join(Dir, p.name, rest)
	name := ""
	switch n.kind {
	case aComponent:
		if name, _, _ = g.Component("/"+base, ""); name != "" {
			g.FollowUnit(name)
			name += ".json"
		}
	case aFile:
		if g.In.Files.Has(base) {
			name = base
		}
	default:
		name = p.script(base, rest)
	}
	if name == "" {
		return ""
	}
	p.copy(name)
	g.Follow(name)
	b.drain(p)
	name = strings.TrimPrefix(name, path.Join(Dir, p.name)+"/")
	if n.kind == aScript && rest == "" && name != "index.js" {
		p.stubs["index.js"] = name
		return "index.js"
	}
	return name
}

// script finds a script in the code for mini programs: by its path, as a module, or as
// what "main" names.
func (p *npmPackage) script(base, rest string) string {
	if name, _ := p.code.Module("./"+base, project.AppFile); name != "" {
		return name
	}
	if name, _ := p.code.Module(path.Join(p.name, rest), project.AppFile); name != "" || rest != "" {
		return name
	}
	return p.mainScript()
}

// mainScript is the script in the code for mini programs that "main" names, as a path
// of the graph. The official build copies such a package without it, and so cannot be
// asked for it by name.
func (p *npmPackage) mainScript() string {
	main := filepath.Join(p.dir, filepath.FromSlash(cmp.Or(p.Main, "index.js")))
	relative, err := filepath.Rel(p.mini, main)
	if err != nil {
		return ""
	}
	name := path.Join(Dir, p.name, filepath.ToSlash(relative))
	for _, candidate := range []string{name, name + ".js", path.Join(name, "index.js")} {
		if p.code.In.Files.Has(candidate) && path.Ext(candidate) == ".js" {
			return candidate
		}
	}
	return ""
}

// drain looks at what the graph of the npm package has reached since, and asks for
// what that asks for elsewhere.
func (b *builder) drain(p *npmPackage) {
	g := p.code
	var fresh []string
	for name, node := range g.Nodes {
		if node.Reached && !p.drained[name] {
			p.drained[name] = true
			fresh = append(fresh, name)
		}
	}
	slices.Sort(fresh)
	var later []elsewhere
	for _, name := range fresh {
		p.copy(name)
		for _, ref := range g.Nodes[name].Refs {
			if ref.Target != "" {
				p.copy(ref.Target)
			}
			later = b.askFor(later, p, name, ref, edit{offset: ref.Offset, length: ref.Length})
		}
	}
	for _, unit := range g.Units {
		if p.drained[unit.Path+".json"] || unit.Config == nil {
			continue
		}
		p.drained[unit.Path+".json"] = true
		p.copy(unit.Path + ".json")
		for _, ref := range unit.Using {
			span := unit.Config.Span(ref.Keys...)
			later = b.askFor(later, p, unit.Path+".json", ref, edit{offset: span.Start, length: span.End - span.Start})
		}
	}
	for _, l := range later {
		if l.edit.pkg = b.need(l.asker, l.need); l.edit.pkg != nil && l.kind != aFile && !l.path {
			p.edits[l.name] = append(p.edits[l.name], l.edit)
		}
	}
}

func (p *npmPackage) copy(name string) {
	if rest, ok := strings.CutPrefix(name, path.Join(Dir, p.name)+"/"); ok {
		p.copied[rest] = true
	}
}

// elsewhere is what a file of an npm package asks for of another one.
type elsewhere struct {
	asked
	edit
	name string // of the file, below the code for mini programs
}

func (b *builder) askFor(later []elsewhere, p *npmPackage, file string, ref graph.Ref, e edit) []elsewhere {
	n, ok := needOf(ref)
	if !ok || n.path && Name(n.module) == p.name {
		return later
	}
	n.beside = n.path && !strings.HasPrefix(ref.Spec, "/")
	if b.aliased(p, &n) {
		n.path = false
	}
	name := strings.TrimPrefix(file, path.Join(Dir, p.name)+"/")
	inside := filepath.Join(p.mini, filepath.FromSlash(name))
	e.spec, e.module = ref.Spec, n.module
	return append(later, elsewhere{asked{asker{pkg: p, file: p.below(inside), name: name, dir: filepath.Dir(inside)}, n}, e, name})
}

func (b *builder) aliased(p *npmPackage, n *need) bool {
	for _, alias := range b.options.Aliases {
		if alias.In == p.name && alias.Module == n.module {
			n.module = alias.Target
			return true
		}
	}
	return false
}

// needOf is what a reference that leads nowhere asks for of an npm package, if it does.
func needOf(ref graph.Ref) (need, bool) {
	if ref.Found() || len(ref.Tried) == 0 || ref.Use == graph.URL || ref.Use == graph.Plugin {
		return need{}, false
	}
	n := need{guarded: ref.Guarded}
	switch ref.Use {
	case graph.Require, graph.Async, graph.Dynamic:
		n.kind = aScript
	case graph.Component:
		n.kind = aComponent
	default:
		n.kind = aFile
	}
	bare := n.kind != aFile && !strings.HasPrefix(ref.Spec, ".") && !strings.HasPrefix(ref.Spec, "/")
	if bare && !strings.Contains(ref.Spec, Dir+"/") {
		n.module = ref.Spec
		if n.kind == aScript {
			n.module = tail(ref.Tried[1], n.module) // resolveAlias may say something else
		}
		return n, n.module != ""
	}
	root, module, ok := Cut(ref.Tried[0])
	n.path, n.root, n.module = true, root, module
	if n.kind == aScript {
		n.module = strings.TrimSuffix(module, ".js")
	}
	return n, ok && module != ""
}

// tail is what the loader looks for in the miniprogram_npm folders, told from the
// first place there where it does.
func tail(tried, spec string) string {
	_, module, ok := Cut(tried)
	module, index := strings.CutSuffix(module, "/index.js")
	if !ok || !index {
		return path.Clean(spec)
	}
	return module
}
