package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// scriptSyntax: the compiler parses every script that is packed, used or not
// (miniprogram-ci 2.1.42: 10045).
var scriptSyntax = &Rule{ID: "script-syntax", Severity: diag.Error, Run: func(p *Pass) {
	for _, fault := range p.Graph.Syntax {
		f := p.report(p.at(fault.Name, fault.Offset, 1), msg.T("check.script-syntax", "Error", fault.Message))
		if node := p.Graph.Nodes[fault.Name]; node != nil && !node.Reached {
			f.Hint = msg.T("check.script-syntax.unused.hint")
		}
	}
}}
