package check

import (
	"bytes"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// scriptUnregistered: a page's or component's script that calls nothing registers
// nothing, and the page or component is not created. Any call may be the one that does,
// or that of a function that does.
var scriptUnregistered = &Rule{ID: "script-unregistered", Severity: diag.Error, Run: func(p *Pass) {
	misparsed := map[string]bool{}
	for _, fault := range p.Graph.Syntax {
		misparsed[fault.Name] = true
	}
	for _, u := range p.Graph.Units {
		node := p.Graph.Nodes[u.Script]
		if u.Path == graph.AppUnit || node == nil || len(node.Refs) > 0 || len(node.Script.Calls) > 0 || misparsed[u.Script] || bytes.ContainsAny(p.source(p.root(u.Script)), "(`") {
			continue
		}
		name := "Component"
		if u.Page {
			name = "Page"
		}
		f := p.report(p.file(u.Script), msg.T("check.script-unregistered", "Name", name))
		f.Hint = msg.T("check.script-unregistered.hint", "Name", name)
	}
}}
