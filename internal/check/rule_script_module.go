package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// scriptModule: import() and a top-level await pass the compiler as they are
// (observed), and a mini program's scripts are functions, in which neither works.
// With es6 and enhance off, import and export stay, too (observed).
var scriptModule = &Rule{ID: "script-module", Severity: diag.Error, Run: func(p *Pass) {
	for _, name := range p.Files.Names() {
		node := p.Graph.Nodes[name]
		if node == nil || !node.Reached || node.Script == nil {
			continue
		}
		if at := node.Script.TopLevelAwait; at >= 0 {
			p.report(p.at(name, at, len("await")), msg.T("check.script-module.await")).Hint = msg.T("check.script-module.await.hint")
		}
		for _, ref := range node.Refs {
			if ref.Use == graph.Dynamic {
				p.report(p.ref(node, ref), msg.T("check.script-module.dynamic")).Hint = msg.T("check.script-module.dynamic.hint")
			}
		}
	}
}}
