package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

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
