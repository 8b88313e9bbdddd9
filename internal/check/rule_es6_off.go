package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// es6Off: with es6 and enhance both off, import and export stay in what is packed
// and are a syntax error at run time (miniprogram-ci 2.1.42, observed).
var es6Off = &Rule{ID: "es6-off", Severity: diag.Error, Run: func(p *Pass) {
	es6, set := p.Setting("es6")
	enhance, _ := p.Setting("enhance")
	if es6 || enhance || !set {
		return
	}
	for _, name := range p.Files.Names() {
		node := p.Graph.Nodes[name]
		if node == nil || !node.Reached || node.Script == nil || !node.Script.Module {
			continue
		}
		f := p.report(p.value(p.Config, "setting", "es6"), msg.T("check.es6-off"))
		f.relate(p.at(name, node.Script.ModuleOffset, len("import")), msg.T("check.es6-off.module"))
		f.mendBySetting(p.Config, msg.T("check.fix.es6"), true, "setting", "es6")
		return
	}
}}
