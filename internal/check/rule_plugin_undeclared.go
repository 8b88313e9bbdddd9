package check

import (
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

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
