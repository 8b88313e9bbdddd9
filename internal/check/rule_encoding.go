package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// encoding: WeChat reads every file as UTF-8. A byte order mark is text in a
// template, an error to wcsc in a style, and nothing in a script (observed).
var encoding = &Rule{ID: "encoding", Severity: diag.Warning, Run: func(p *Pass) {
	for _, name := range p.Files.Names() {
		node := p.Graph.Nodes[name]
		if node == nil || !node.Reached {
			continue
		}
		if node.Latin {
			p.report(p.file(name), msg.T("check.encoding.utf8")).Hint = msg.T("check.encoding.hint")
		}
		if node.BOM && node.Kind != graph.Script {
			f := p.report(p.at(name, 0, 0), msg.T("check.encoding.bom"))
			f.Fix = removeBOM(p.root(name))
			if node.Kind != graph.Template {
				f.Severity = diag.Error
			}
		}
	}
}}
