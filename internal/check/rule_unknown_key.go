package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/schema"
)

// unknownKey: the compiler takes any key and puts a "__warning__" into what it packs
// (observed). One that nearly is a known key is a slip.
var unknownKey = &Rule{ID: "unknown-key", Severity: diag.Warning, Run: func(p *Pass) {
	p.eachFault(func(d *project.Document, fault schema.Fault) {
		if fault.Kind != schema.Unknown || fault.Rejected || len(fault.Want) == 0 {
			return
		}
		f := p.report(p.key(d, fault.Path...), msg.T("check.unknown-key", "Key", fault.Path[len(fault.Path)-1]))
		f.Expected = msg.T("check.literal", "Value", fault.Want[0])
	})
}}

// eachFault visits what is not of the shape that the compiler accepts.
func (m *Mini) eachFault(visit func(*project.Document, schema.Fault)) {
	validate := func(kind schema.File, d *project.Document) {
		if d == nil || d.Err != nil {
			return
		}
		for _, fault := range schema.Validate(kind, d.Value) {
			visit(d, fault)
		}
	}
	validate(schema.ProjectConfig, m.Config)
	for _, unit := range m.Graph.Units {
		kind := schema.Page
		if unit.Path == graph.AppUnit {
			kind = schema.App
		}
		validate(kind, unit.Config)
	}
	validate(schema.Theme, m.theme)
}
