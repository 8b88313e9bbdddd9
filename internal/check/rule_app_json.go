package check

import (
	"path"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// appJSON: without app.json in the miniprogram root there is no mini program
// (miniprogram-ci 2.1.42: 10005).
var appJSON = &Rule{ID: "app-json", Severity: diag.Error, Run: func(p *Pass) {
	if p.App != nil || p.Config != nil && p.Config.Err != nil {
		return // or nobody knows where it should be
	}
	if p.Config == nil || p.Project.Root == "." {
		p.report(diag.Place{File: p.root(project.AppFile)}, msg.T("check.app-json.none")).Hint = msg.T("check.app-json.none.hint")
		return
	}
	f := p.report(p.value(p.Config, "miniprogramRoot"), msg.T("check.app-json.root", "Root", p.Project.Root))
	f.Hint = msg.T("check.app-json.root.hint", "File", path.Join(p.Project.Root, project.AppFile))
}}
