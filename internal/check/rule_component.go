package check

import (
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
)

// componentMissing: a component is a .json and a .wxml of the same name, found from
// the JSON file that names it (miniprogram-ci 2.1.42: 10009).
var componentMissing = &Rule{ID: "component-missing", Severity: diag.Error, Run: func(p *Pass) {
	p.eachComponent(func(u *graph.Unit, r graph.Ref) {
		if r.Found() || p.underNested(r.Tried) || p.unbuilt(r.Spec) {
			return
		}
		if r.Spec == "" {
			p.report(p.value(u.Config, r.Keys...), msg.T("check.component-missing.empty", "Tag", r.Name))
			return
		}
		f := p.report(p.value(u.Config, r.Keys...), msg.T("check.component-missing", "Tag", r.Name, "Path", r.Spec))
		p.explainComponent(f, u, r)
	})
}}

// eachComponent visits what the reached JSON files name as components.
func (m *Mini) eachComponent(visit func(*graph.Unit, graph.Ref)) {
	for _, u := range m.Graph.Units {
		for _, ref := range u.Using {
			visit(u, ref)
		}
	}
}

// explainComponent finds out why a component is not there.
func (p *Pass) explainComponent(f *Finding, u *graph.Unit, r graph.Ref) {
	halves := func(name string) bool { return p.Files.Has(name+".json") != p.Files.Has(name+".wxml") }
	switch i := slices.IndexFunc(r.Tried, halves); {
	case i >= 0:
		missing := r.Tried[i] + ".wxml"
		if p.Files.Has(missing) {
			missing = r.Tried[i] + ".json"
		}
		f.Hint = msg.T("check.component-missing.half.hint", "File", p.root(missing))
	case len(r.Tried) == 0:
		f.Hint = msg.T("check.component-missing.outside.hint")
	case slices.Contains([]string{".js", ".wxml", ".json", ".ts"}, path.Ext(r.Spec)):
		f.Expected = msg.T("check.literal", "Value", stem(r.Spec))
	case strings.Contains(r.Spec, "node_modules/"):
		_, name, _ := strings.Cut(r.Spec, "node_modules/")
		f.Expected = msg.T("check.literal", "Value", name)
		f.Hint = msg.T("check.component-missing.modules.hint")
	default:
		p.suggestComponent(f, u, r)
	}
}

func (p *Pass) suggestComponent(f *Finding, u *graph.Unit, r graph.Ref) {
	if rooted := path.Clean(strings.TrimLeft(r.Spec, "./")); p.Files.Has(rooted+".wxml") || p.Files.Has(rooted+"/index.wxml") {
		f.Expected = msg.T("check.literal", "Value", "/"+rooted)
		return
	}
	for _, tried := range r.Tried {
		if near := p.nearestFile(tried + ".wxml"); near != "" {
			f.Expected = msg.T("check.literal", "Value", respelled(u.Path, stem(near), r.Spec))
			return
		}
	}
	if bare(r.Spec) && (strings.HasPrefix(r.Spec, "@") || p.declared(packageName(r.Spec))) {
		f.Hint = p.npmHint(packageName(r.Spec))
		return
	}
	if slices.ContainsFunc(r.Tried, func(name string) bool { return p.ignored(name+".wxml") || p.ignored(name+".json") }) {
		f.Hint = msg.T("check.ignored.hint")
		return
	}
	f.Hint = msg.T("check.component-missing.hint", "File", p.root(r.Tried[0]+".wxml"))
}

// componentScript: the compiler does not look for the .js of a component
// (observed); without it the component is not made.
var componentScript = &Rule{ID: "component-script", Severity: diag.Error, Run: func(p *Pass) {
	for _, u := range p.components() {
		if u.Script != "" || p.uncompiled(u.Path) {
			continue
		}
		f := p.report(p.file(u.Path+".js"), msg.T("check.component-script", "Path", p.root(u.Path)))
		f.Hint = msg.T("check.component-script.hint", "File", p.root(u.Via))
	}
}}

// components are the units that are no page and not the app.
func (m *Mini) components() []*graph.Unit {
	var all []*graph.Unit
	for _, u := range m.Graph.Units {
		if !u.Page && u.Path != graph.AppUnit && !m.registered(u.Path) {
			all = append(all, u)
		}
	}
	return all
}

// componentFlag: the documentation asks for "component": true (framework/
// custom-component); the compiler does not.
var componentFlag = &Rule{ID: "component-flag", Severity: diag.Warning, Run: func(p *Pass) {
	for _, u := range p.components() {
		if u.Config == nil || u.Config.Object() == nil || u.Config.At("component") != nil {
			continue
		}
		f := p.report(p.file(u.Path+".json"), msg.T("check.component-flag"))
		f.Fix = setJSON(p.root(u.Path+".json"), msg.T("check.fix.component"), true, "component")
	}
}}

// componentPackage: a component of another package needs a placeholder that stands
// for it until the package is loaded (framework/subpackages/async). The compiler
// says nothing (observed).
var componentPackage = &Rule{ID: "component-package", Severity: diag.Error, Run: func(p *Pass) {
	p.eachComponent(func(u *graph.Unit, r graph.Ref) {
		if r.Target == "" || p.mayUse(u.Package, p.Project.PackageIndex(r.Target)) || u.Config.Text("componentPlaceholder", r.Name) != "" {
			return
		}
		f := p.report(p.value(u.Config, r.Keys...), msg.T("check.component-package", "Tag", r.Name, "To", p.packageName(p.Project.PackageIndex(r.Target)), "From", p.packageName(u.Package)))
		f.Hint = msg.T("check.component-package.hint", "Tag", r.Name)
	})
}}

// componentPlaceholder: what stands for a component must be a built-in one or one
// that the file itself uses. The compiler does not look (observed).
var componentPlaceholder = &Rule{ID: "component-placeholder", Severity: diag.Warning, Run: func(p *Pass) {
	for _, u := range p.Graph.Units {
		for tag, stand := range u.Config.Texts("componentPlaceholder") {
			at := []string{"componentPlaceholder", tag}
			switch {
			case !u.Tags[tag]:
				p.report(p.key(u.Config, at...), msg.T("check.component-placeholder.tag", "Tag", tag))
			case !u.Tags[stand] && !wxml.Builtin(stand):
				p.report(p.value(u.Config, at...), msg.T("check.component-placeholder", "Tag", tag, "Name", stand))
			case p.outOfReach(u, stand):
				f := p.report(p.value(u.Config, at...), msg.T("check.component-placeholder.reach", "Tag", tag, "Name", stand))
				f.Severity = diag.Error
			}
		}
	}
}}

// outOfReach reports whether a tag is a component of a package that may not be loaded.
func (m *Mini) outOfReach(u *graph.Unit, tag string) bool {
	return slices.ContainsFunc(u.Using, func(r graph.Ref) bool {
		return r.Name == tag && r.Target != "" && !m.mayUse(u.Package, m.Project.PackageIndex(r.Target))
	})
}

// componentUndeclared: a tag that is neither built in nor declared is rendered as an
// empty node (wcc and the compiler say nothing, observed).
var componentUndeclared = &Rule{ID: "component-undeclared", Severity: diag.Warning, Run: func(p *Pass) {
	for _, u := range p.Graph.Units {
		node := p.Graph.Nodes[u.Template]
		if node == nil || node.Template == nil || u.Config != nil && u.Config.Err != nil || p.App == nil || p.App.Err != nil {
			continue
		}
		seen := map[string]bool{}
		for _, e := range node.Template.Elements {
			if seen[e.Name] || u.Tags[e.Name] || wxml.Builtin(e.Name) {
				continue
			}
			seen[e.Name] = true
			f := p.report(p.at(u.Template, e.Offset, len(e.Name)), msg.T("check.component-undeclared", "Tag", e.Name))
			f.Hint = msg.T("check.component-undeclared.hint", "File", p.root(u.Path+".json"))
			if near := nearest(e.Name, sortedKeys(u.Tags)); near != "" {
				f.Expected, f.Hint = msg.T("check.literal", "Value", near), msg.Text{}
			}
		}
	}
}}

// pluginUndeclared: a plugin must be in app.json or in the entry of the subpackage that
// uses it (framework/plugin/using). The compiler does not look (observed). A component
// that is not there is not shown; requirePlugin throws.
var pluginUndeclared = &Rule{ID: "plugin-undeclared", Severity: diag.Warning, Run: func(p *Pass) {
	if p.Project.Config.CompileType == "plugin" {
		return // it may be the plugin that is developed here
	}
	p.eachComponent(func(u *graph.Unit, r graph.Ref) {
		rest, isPlugin := strings.CutPrefix(r.Spec, "plugin://")
		name, _, _ := strings.Cut(rest, "/")
		if isPlugin && !p.plugins(u.Package)[name] {
			p.report(p.value(u.Config, r.Keys...), msg.T("check.plugin-undeclared", "Name", name)).Hint = msg.T("check.plugin-undeclared.hint")
		}
	})
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if r.Use != graph.Plugin || r.Partial || p.plugins(n.Package)[r.Spec] {
			return
		}
		f := p.report(p.ref(n, r), msg.T("check.plugin-undeclared", "Name", r.Spec))
		f.Hint = msg.T("check.plugin-undeclared.hint")
		if !r.Guarded {
			f.Severity = diag.Error
		}
	})
}}

// plugins are those that a package may use.
func (m *Mini) plugins(pkg int) map[string]bool {
	names := map[string]bool{}
	add := func(value any) {
		object, _ := value.(map[string]any)
		for name := range object {
			names[name] = true
		}
	}
	add(m.App.At("plugins"))
	for i, value := range m.App.List(m.Project.SubpackagesKey) {
		if object, _ := value.(map[string]any); i+1 == pkg || pkg == 0 {
			add(object["plugins"])
		}
	}
	return names
}
