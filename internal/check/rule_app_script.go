package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// appScript: the compiler says nothing of a missing app.js (observed), and the mini
// program does not start.
var appScript = &Rule{ID: "app-script", Severity: diag.Error, Run: func(p *Pass) {
	if p.App == nil || p.App.Err != nil || p.Graph.Unit(graph.AppUnit).Script != "" || p.uncompiled("app") {
		return
	}
	f := p.report(p.file("app.js"), msg.T("check.app-script.none"))
	f.Hint = msg.T("check.app-script.none.hint")
}}
