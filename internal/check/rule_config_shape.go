package check

import (
	"cmp"
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
		key := cmp.Or(strings.Join(fault.Path, "."), d.Path)
		f := p.report(at, msg.T("check.config-shape."+string(fault.Kind), "Key", key, "Got", fault.Got))
		if len(fault.Want) > 0 && fault.Kind != schema.Required {
			f.Expected = msg.T("check.literal", "Value", fault.Want)
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
