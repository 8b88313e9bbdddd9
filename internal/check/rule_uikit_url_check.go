package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// uikitURLCheck: until the server domains are registered, DevTools refuses the SDK's
// connections unless urlCheck is off (the vendor's guide, step 5).
var uikitURLCheck = &Rule{ID: "uikit-url-check", Severity: diag.Warning, Run: func(p *Pass) {
	if len(p.kitPages()) == 0 || p.Options.Release {
		return
	}
	for _, d := range []*project.Document{p.Private, p.Config} {
		if value, set := d.At("setting", "urlCheck").(bool); set {
			if value {
				f := p.report(p.value(d, "setting", "urlCheck"), msg.T("check.uikit-url-check"))
				f.Hint = msg.T("check.uikit-url-check.hint")
			}
			return
		}
	}
}}
