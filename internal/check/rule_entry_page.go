package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// entryPage: entryPagePath is a page of app.json (miniprogram-ci 2.1.42: 10009).
var entryPage = &Rule{ID: "entry-page", Severity: diag.Error, Run: func(p *Pass) {
	page := p.App.Text("entryPagePath")
	if page == "" || p.registered(page) {
		return
	}
	f := p.report(p.value(p.App, "entryPagePath"), msg.T("check.entry-page", "Page", page))
	f.Hint = msg.T("check.entry-page.hint")
	if near := p.nearest(page, p.allPages()); near != "" {
		f.Expected = msg.T("check.literal", "Value", near)
	}
}}
