package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// skylinePage: a page with "renderer": "skyline" needs lazyCodeLoading in app.json and
// glass-easel there or in itself, and has no native navigation bar (miniprogram-ci
// 2.1.42, observed; developers.weixin.qq.com, framework/runtime/skyline/migration).
var skylinePage = &Rule{ID: "skyline-page", Severity: diag.Error, Run: func(p *Pass) {
	for _, u := range p.Graph.Units {
		if !u.Page || u.Config.Text("renderer") != "skyline" || p.showsKit(u) {
			continue // or uikitSkyline's
		}
		at := p.value(u.Config, "renderer")
		style := u.Config.Text("navigationStyle")
		custom := style == "custom" || style == "" && p.App.Text("window", "navigationStyle") == "custom"
		switch {
		case p.App.Text("lazyCodeLoading") == "":
			p.report(at, msg.T("check.skyline-page.lazy"))
		case p.App.Text("componentFramework") != "glass-easel" && u.Config.Text("componentFramework") != "glass-easel":
			p.report(at, msg.T("check.skyline-page.framework"))
		case style == "default":
			p.report(p.value(u.Config, "navigationStyle"), msg.T("check.skyline-page.bar", "Key", "navigationStyle"))
		case !custom:
			for _, key := range []string{"navigationBarTitleText", "navigationBarTextStyle", "navigationBarBackgroundColor"} {
				if u.Config.At(key) != nil {
					p.report(p.key(u.Config, key), msg.T("check.skyline-page.bar", "Key", key))
					break
				}
			}
		}
	}
}}
