package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// uikitInit: the component shows nothing until its init is called.
var uikitInit = &Rule{ID: "uikit-init", Severity: diag.Error, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		if page.Script == "" || p.mentions("init", func(n *graph.Node) bool { return n.Path == page.Script }) {
			continue
		}
		f := p.report(p.file(page.Script), msg.T("check.uikit-init"))
		f.Hint = msg.T("check.uikit-init.hint")
	}
}}
