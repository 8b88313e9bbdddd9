package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// uikitSkyline: the UIKit is made for WebView (cloud.tencent.com, 269/62768).
var uikitSkyline = &Rule{ID: "uikit-skyline", Severity: diag.Error, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		d, renderer := page.Config, page.Config.Text("renderer")
		if renderer == "" {
			d, renderer = p.App, p.App.Text("renderer")
		}
		if renderer == "skyline" {
			f := p.report(p.value(d, "renderer"), msg.T("check.uikit-skyline", "Page", page.Path))
			f.Hint = msg.T("check.uikit-skyline.hint", "File", p.root(page.Path+".json"))
		}
	}
}}
