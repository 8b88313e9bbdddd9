package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// componentFlag: the documentation asks for "component": true (framework/
// custom-component); the compiler does not.
var componentFlag = &Rule{ID: "component-flag", Severity: diag.Warning, Run: func(p *Pass) {
	for _, u := range p.components() {
		if u.Config == nil || u.Config.Object() == nil || u.Config.At("component") != nil {
			continue
		}
		f := p.report(p.file(u.Path+".json"), msg.T("check.component-flag"))
		f.mendBySetting(u.Config, msg.T("check.fix.component"), true, "component")
	}
}}
