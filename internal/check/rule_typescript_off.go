package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// typescriptOff: without the compiler plugin a .ts file is dropped without a word
// (observed), and whoever needs its .js goes without. One cause, one finding: the
// rules for missing scripts pass these by.
var typescriptOff = &Rule{ID: "typescript-off", Severity: diag.Error, Run: func(p *Pass) {
	var first *Finding
	seen := map[string]bool{}
	note := func(name string, at diag.Place) {
		switch {
		case !p.uncompiled(name) || seen[name]:
		case first == nil:
			first = p.report(at, msg.T("check.typescript-off", "File", p.root(name+".ts")))
			first.Hint = msg.T("check.typescript-off.hint")
		default:
			first.relate(p.file(name+".ts"), msg.T("check.typescript-off.also"))
		}
		seen[name] = true
	}
	for _, u := range p.Graph.Units {
		note(u.Path, p.file(u.Path+".ts"))
	}
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if name, missing := p.wantsTypeScript(r); missing {
			note(name, p.ref(n, r))
		}
	})
}}

// uncompiled reports whether a script is there in TypeScript only, in a project that
// does not compile it.
func (m *Mini) uncompiled(name string) bool {
	_, there := m.Source(name + ".js")
	return !there && m.Files.Has(name+".ts")
}

// wantsTypeScript reports whether a module is missing only because TypeScript is not
// compiled.
func (m *Mini) wantsTypeScript(r graph.Ref) (name string, missing bool) {
	if r.Use != graph.Require && r.Use != graph.Async || r.Found() || len(r.Tried) == 0 {
		return "", false
	}
	name = stem(r.Tried[0])
	return name, m.uncompiled(name)
}
