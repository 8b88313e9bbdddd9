package check

import (
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
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
		if len(r.Tried) > 0 && f.Expected.IsZero() && !p.leftOut(r) {
			f.cause = p.absence(r.Tried[0])
			if spec := npmSpec(r.Spec); p.npmComponent(r, spec) {
				f.cause = cause{of: packageName(spec)}
			}
			f.cause.also = msg.T("check.component-missing.also", "Tag", r.Name)
		}
	})
}}

// npmComponent reports whether a component is meant to come from an npm package.
func (p *Pass) npmComponent(r graph.Ref, spec string) bool {
	return bare(spec) && (spec != r.Spec || strings.HasPrefix(spec, "@") || p.declared(packageName(spec)))
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
		if rooted := climbed(r.Spec); p.Files.Has(rooted+".wxml") || p.Files.Has(rooted+"/index.wxml") {
			f.Expected = msg.T("check.literal", "Value", "/"+rooted)
		}
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
	if spec := npmSpec(r.Spec); p.npmComponent(r, spec) {
		f.Hint = p.npmHint(packageName(spec))
		return
	}
	if p.leftOut(r) {
		f.Hint = msg.T("check.ignored.hint")
		return
	}
	f.Hint = msg.T("check.component-missing.hint", "File", p.root(r.Tried[0]+".wxml"))
}

// leftOut reports whether a component is there, and packOptions.ignore leaves it out.
func (p *Pass) leftOut(r graph.Ref) bool {
	return slices.ContainsFunc(r.Tried, func(name string) bool { return p.ignored(name+".wxml") || p.ignored(name+".json") })
}
