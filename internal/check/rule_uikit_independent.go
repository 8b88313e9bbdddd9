package check

import (
	"strconv"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// uikitIndependent: the components call getApp() when they are loaded, and in an
// independent subpackage there may be no app yet (framework/subpackages/independent).
var uikitIndependent = &Rule{ID: "uikit-independent", Severity: diag.Error, Run: func(p *Pass) {
	for _, kit := range p.Kits {
		i := p.Project.PackageIndex(kit.Dir + "/index.js")
		if i == 0 || !p.Project.Package(i).Independent || kit.Unit == nil {
			continue
		}
		at := []string{p.Project.SubpackagesKey, strconv.Itoa(i - 1), "independent"}
		f := p.report(p.value(p.App, at...), msg.T("check.uikit-independent", "Root", p.Project.Package(i).Root))
		f.Hint = msg.T("check.uikit-independent.hint")
	}
}}
