package check

import (
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/schema"
)

// configShape: types, values and required keys of the JSON files that the compiler
// reads (miniprogram-ci 2.1.42: 10009).
var configShape = &Rule{ID: "config-shape", Severity: diag.Error, Run: func(p *Pass) {
	p.eachFault(func(d *project.Document, fault schema.Fault) {
		if !fault.Rejected && !p.extends(fault) || fault.Kind == schema.Version && p.Project.Config.CompileType == "plugin" {
			return
		}
		at := p.value(d, fault.Path...)
		if fault.Kind == schema.Unknown {
			at = p.key(d, fault.Path...)
		}
		f := p.report(at, msg.T("check.config-shape."+string(fault.Kind), "Key", strings.Join(fault.Path, "."), "Got", fault.Got))
		if len(fault.Want) > 0 && fault.Kind != schema.Required {
			f.Expected = msg.T("check.literal", "Value", strings.Join(fault.Want, ", "))
		}
	})
}}

// extends reports whether a library of useExtendedLib that nobody knows matters: the
// compiler looks only when some component is looked for (observed).
func (p *Pass) extends(fault schema.Fault) bool {
	if len(fault.Path) == 0 || fault.Path[0] != "useExtendedLib" || fault.Kind != schema.Enum && fault.Kind != schema.Unknown {
		return false
	}
	return slices.ContainsFunc(p.Graph.Units, func(u *graph.Unit) bool {
		return slices.ContainsFunc(u.Using, func(r graph.Ref) bool { return !strings.HasPrefix(r.Spec, "plugin") })
	})
}

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
	validate(schema.Theme, m.theme())
}
