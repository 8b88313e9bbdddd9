package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// uikitDependency: in "dependencies" the UIKit breaks WeChat's "build npm" (1.0.x:
// it does not parse) or becomes a stub that nobody can use (observed).
var uikitDependency = &Rule{ID: "uikit-dependency", Severity: diag.Warning, Run: func(p *Pass) {
	manifest := p.manifest
	if len(p.Kits) == 0 || manifest.Text("dependencies", uikit.Name) == "" {
		return
	}
	f := p.report(p.key(manifest, "dependencies", uikit.Name), msg.T("check.uikit-dependency"))
	f.Hint = msg.T("check.uikit-dependency.hint")
}}
