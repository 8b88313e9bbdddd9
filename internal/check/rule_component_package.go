package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

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
