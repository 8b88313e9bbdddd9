package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// uikitNavigation: the UIKit draws its own navigation bar; without navigationStyle
// custom the page has two (the vendor's guide, step 3).
var uikitNavigation = &Rule{ID: "uikit-navigation-style", Severity: diag.Warning, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		style := page.Config.Text("navigationStyle")
		if style == "" {
			style = p.App.Text("window", "navigationStyle")
		}
		if style == "custom" {
			continue
		}
		f := p.report(p.file(page.Path+".json"), msg.T("check.uikit-navigation-style"))
		f.mendBySetting(page.Config, msg.T("check.fix.navigation"), "custom", "navigationStyle")
	}
}}
