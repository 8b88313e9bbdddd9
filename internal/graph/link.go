package graph

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
	"github.com/tuikit-cli/tuikit-cli/internal/wxs"
)

// AppUnit is the path of the unit that stands for the app itself.
const AppUnit = "app"

// Build finds out who uses whom, from app.json on. known tells of a script that
// its syntax need not be checked: it is as it was when it was last looked at. The
// error is one of reading.
func Build(in *project.Inspection, known func(name string, data []byte) bool) (*Graph, error) {
	g := &Graph{In: in, Nodes: map[string]*Node{}, units: map[string]*Unit{}, prefixes: map[string]bool{}, live: map[string]map[script.LiveKey]bool{}}
	if err := g.parse(known); err != nil {
		return nil, err
	}
	slices.SortFunc(g.Syntax, func(a, b script.SyntaxError) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), a.Line-b.Line, a.Column-b.Column)
	})
	g.link()
	return g, nil
}

func (g *Graph) link() {
	app := g.unit(AppUnit, "")
	app.Config = g.In.App
	g.linkUnit(app)
	for _, pkg := range g.Packages() {
		for _, page := range pkg.Pages {
			if name, ok := normalize(below(pkg.Root, string(page))); ok && name != "" && g.hasUnit(name) {
				g.unit(name, project.AppFile).Page = true
			}
		}
	}
	if custom, _ := g.In.App.At("tabBar", "custom").(bool); custom && g.hasUnit("custom-tab-bar/index") {
		g.unit("custom-tab-bar/index", project.AppFile)
	}
	for _, name := range g.entries() {
		g.reach(name, project.AppFile)
	}
	for i := 1; i < len(g.Units); i++ { // grows while it is walked
		g.linkUnit(g.Units[i])
	}
}

// hasUnit reports whether there is any file of a page or component.
func (g *Graph) hasUnit(name string) bool {
	_, hasScript := g.script(name)
	return hasScript || g.In.Files.Has(name+".wxml") || g.In.Files.Has(name+".json")
}

// entries are the scripts that app.json names besides pages: of independent
// subpackages and of plugins' exports.
func (g *Graph) entries() []string {
	var names []string
	for _, value := range g.In.App.List(g.In.Project.SubpackagesKey) {
		object, _ := value.(map[string]any)
		root, _ := object["root"].(string)
		entry, _ := object["entry"].(string)
		if name, ok := normalize(root + "/" + entry); ok && entry != "" {
			if file, there := g.script(name); there {
				names = append(names, file)
			}
		}
		plugins, _ := object["plugins"].(map[string]any)
		names = append(names, g.exports(plugins, root)...)
	}
	plugins, _ := g.In.App.At("plugins").(map[string]any)
	return append(names, g.exports(plugins, "")...)
}

func (g *Graph) exports(plugins map[string]any, root string) []string {
	var names []string
	for _, value := range plugins {
		plugin, _ := value.(map[string]any)
		export, _ := plugin["export"].(string)
		if name, ok := normalize(root + "/" + export); ok && export != "" {
			if file, there := g.script(name); there {
				names = append(names, file)
			}
		}
	}
	slices.Sort(names)
	return names
}

// unit makes the unit of that path known; via is the JSON file that names it.
func (g *Graph) unit(name, via string) *Unit {
	if known := g.units[name]; known != nil {
		return known
	}
	u := &Unit{Path: name, Package: g.In.Project.PackageIndex(name), Via: via, Tags: map[string]bool{}}
	g.units[name] = u
	g.Units = append(g.Units, u)
	return u
}

func (g *Graph) linkUnit(u *Unit) {
	if u.Path != AppUnit || u.Config == nil {
		u.Config = project.ReadDocument(g.In.FS, g.In.Project.Path(u.Path+".json"))
	}
	via := cmp.Or(u.Via, project.AppFile)
	for _, part := range []struct {
		ext  string
		file *string
	}{{".js", &u.Script}, {".wxml", &u.Template}, {".wxss", &u.Style}} {
		if u.Path == AppUnit && part.ext == ".wxml" {
			continue
		}
		if name, there := g.In.Source(u.Path + part.ext); there {
			*part.file = name
			g.reach(name, via)
		}
	}
	g.linkComponents(u)
}

// linkComponents follows usingComponents and componentGenerics.
func (g *Graph) linkComponents(u *Unit) {
	for _, tag := range sorted(u.Config.Texts("usingComponents")) {
		u.Tags[strings.TrimSpace(tag)] = true
		g.linkComponent(u, tag, "usingComponents", tag)
	}
	generics, _ := u.Config.At("componentGenerics").(map[string]any)
	for _, tag := range sorted(generics) {
		u.Tags[tag] = true
		if u.Config.Text("componentGenerics", tag, "default") != "" {
			g.linkComponent(u, tag, "componentGenerics", tag, "default")
		}
	}
	if !g.cut(u) {
		for tag := range g.In.App.Texts("usingComponents") {
			u.Tags[strings.TrimSpace(tag)] = true
		}
	}
}

// cut reports whether the components of app.json are not the unit's: in an
// independent subpackage and below miniprogram_npm (miniprogram-ci 2.1.42).
func (g *Graph) cut(u *Unit) bool {
	return g.In.Project.Package(u.Package).Independent || slices.Contains(strings.Split(u.Path, "/"), "miniprogram_npm")
}

func (g *Graph) linkComponent(u *Unit, tag string, keys ...string) {
	value := u.Config.Text(keys...)
	from := u.Path + ".json"
	ref := Ref{Use: Component, Name: strings.TrimSpace(tag), Spec: value, Keys: keys}
	ref.Target, ref.External, ref.Tried = g.Component(value, from)
	if ref.Target != "" {
		g.unit(ref.Target, from)
	}
	u.Using = append(u.Using, ref)
}

// reach marks a code file as used and follows what it uses.
func (g *Graph) reach(name, via string) {
	node := g.Nodes[name]
	if node == nil || node.Reached {
		return
	}
	node.Reached, node.Via = true, via
	queue := []*Node{node}
	for len(queue) > 0 {
		node, queue = queue[0], queue[1:]
		g.refs(node)
		for _, ref := range node.Refs {
			if next := g.Nodes[ref.Target]; next != nil && !next.Reached && ref.Use != URL && ref.Use != Local {
				next.Reached, next.Via = true, node.Path
				queue = append(queue, next)
			}
		}
	}
}

func (g *Graph) refs(n *Node) {
	switch n.Kind {
	case Script:
		g.scriptRefs(n)
	case Template:
		g.templateRefs(n)
	case Style:
		g.styleRefs(n)
	case WXS:
		g.wxsRefs(n)
	}
}

var scriptUses = map[script.Kind]Use{
	script.Import: Require, script.Require: Require, script.Async: Async, script.Dynamic: Dynamic, script.URL: URL, script.Plugin: Plugin,
}

func (g *Graph) scriptRefs(n *Node) {
	live, checked := g.live[n.Path]
	for _, r := range n.Script.Refs {
		static := r.Kind == script.Import || r.Kind == script.Require
		if checked && static && !r.Partial && !live[script.LiveKey{Kind: r.Kind, Spec: r.Spec}] {
			continue // a type of TypeScript, or code that never runs
		}
		ref := Ref{Use: scriptUses[r.Kind], Name: r.Name, Spec: r.Spec, Offset: r.Offset, Length: r.Length, Guarded: r.Guarded, Nested: r.Nested, Partial: r.Partial}
		if ref.Use != URL && ref.Use != Plugin && !ref.Partial {
			ref.Target, ref.Tried = g.Module(r.Spec, g.In.Compiled(n.Path))
		}
		n.Refs = append(n.Refs, ref)
		if ref.Partial && ref.Use != URL && ref.Use != Plugin {
			g.reachPrefix(n, r.Spec)
		}
	}
	g.outsideRefs(n)
}

// outsideRefs are the npm packages that one which WeChat's "build npm" has bundled asks
// for: no require of it is the loader's, and a comment names them, which WeChat's
// analyser trusts. It fails only when it is used, so that check has its own word on
// those that are missing.
func (g *Graph) outsideRefs(n *Node) {
	for _, spec := range n.Script.OutsideDeps {
		target, _ := g.Module(spec, g.In.Compiled(n.Path))
		if target != "" && !slices.ContainsFunc(n.Refs, func(r Ref) bool { return r.Target == target }) {
			n.Refs = append(n.Refs, Ref{Use: Require, Spec: spec, Target: target, Guarded: true, Nested: true})
		}
	}
}

// reachPrefix marks the scripts that require(prefix + …) can find: WeChat's own
// analyser keeps the whole folder, too. Of many scripts that have the same prefix,
// the first names what begins with it.
func (g *Graph) reachPrefix(n *Node, prefix string) {
	start, ok := normalize(dirname(n.Path) + "/" + prefix)
	if strings.HasSuffix(prefix, "/") {
		start += "/"
	}
	if !ok || strings.Trim(start, "/") == "" || g.prefixes[start] {
		return
	}
	g.prefixes[start] = true
	names := g.In.Files.Names()
	first, _ := slices.BinarySearch(names, start)
	for _, name := range names[first:] {
		if !strings.HasPrefix(name, start) {
			return
		}
		if g.kindOf(name) == Script {
			n.Refs = append(n.Refs, Ref{Use: Require, Spec: prefix, Target: name, Guarded: true, Partial: true})
		}
	}
}

var templateUses = map[wxml.RefKind]Use{
	wxml.Import: Include, wxml.Include: Include, wxml.Wxs: Wxs, wxml.Resource: Image, wxml.Page: URL,
}

// opens is the function that a <navigator> stands for, by its open-type.
var opens = map[string]string{"navigate": "navigateTo", "redirect": "redirectTo"}

func (g *Graph) templateRefs(n *Node) {
	for _, r := range n.Template.Refs() {
		use, known := templateUses[r.Kind]
		if !known || !r.Static() || use == Image && remote(r.Attr.Value) {
			continue
		}
		ref := Ref{Use: use, Spec: r.Attr.Value, Offset: r.Attr.ValueOffset, Length: len(r.Attr.Value)}
		if use == URL {
			ref.Name = cmp.Or(opens[r.OpenType], r.OpenType)
		} else {
			ref.Target, ref.Tried = g.File(r.Attr.Value, n.Path, extensionOf[use])
		}
		n.Refs = append(n.Refs, ref)
	}
	for i := range n.Template.Elements {
		if e := &n.Template.Elements[i]; e.Name == "wxs" && e.Content != "" {
			g.inlineRefs(n, e)
		}
	}
}

// inlineRefs are those of a script in a template.
func (g *Graph) inlineRefs(n *Node, e *wxml.Element) {
	for _, r := range wxs.Parse([]byte(e.Content)).Refs {
		ref := Ref{Use: Wxs, Spec: r.Spec, Offset: e.ContentOffset + r.Offset, Length: r.Length}
		ref.Target, ref.Tried = g.File(r.Spec, n.Path, "")
		n.Refs = append(n.Refs, ref)
	}
}

var extensionOf = map[Use]string{Include: ".wxml", StyleImport: ".wxss"}

func (g *Graph) styleRefs(n *Node) {
	if n.Style == nil {
		for i := range n.Refs {
			n.Refs[i].Target, n.Refs[i].Tried = g.sourceFile(n.Refs[i].Spec, n.Path)
		}
		return
	}
	for _, r := range n.Style.Refs {
		use := StyleImport
		if r.Kind == "url" {
			use = Local
		}
		if remote(r.Spec) {
			continue
		}
		ref := Ref{Use: use, Spec: r.Spec, Offset: r.Offset, Length: r.Length, Plain: r.URLFunc}
		ref.Target, ref.Tried = g.File(r.Spec, n.Path, extensionOf[use])
		n.Refs = append(n.Refs, ref)
	}
}

func (g *Graph) wxsRefs(n *Node) {
	for _, r := range n.WXS.Refs {
		ref := Ref{Use: Wxs, Spec: r.Spec, Offset: r.Offset, Length: r.Length}
		ref.Target, ref.Tried = g.File(r.Spec, n.Path, "")
		n.Refs = append(n.Refs, ref)
	}
}

// remote reports whether a source is not a file of the project: it has a scheme
// (https:, data:, cloud:, wxfile:), or is empty.
func remote(spec string) bool {
	scheme, _, ok := strings.Cut(spec, ":")
	return spec == "" || strings.HasPrefix(spec, "//") || strings.HasPrefix(spec, "#") || ok && !strings.ContainsAny(scheme, "/.") || path.Base(spec) == "."
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
