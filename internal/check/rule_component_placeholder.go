package check

import (
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
)

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
