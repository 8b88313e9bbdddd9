package check

import (
	"bytes"
	"math"
	"regexp"
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
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

// scriptUnregistered: a page's or component's script that calls nothing registers
// nothing, and the page or component is not created. Any call may be the one that does,
// or that of a function that does.
var scriptUnregistered = &Rule{ID: "script-unregistered", Severity: diag.Error, Run: func(p *Pass) {
	for _, u := range p.Graph.Units {
		node := p.Graph.Nodes[u.Script]
		if u.Path == graph.AppUnit || node == nil || len(node.Refs) > 0 || bytes.ContainsAny(p.source(p.root(u.Script)), "(`") || p.misparsed(u.Script) {
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

func (m *Mini) misparsed(name string) bool {
	return slices.ContainsFunc(m.Graph.Syntax, func(fault script.SyntaxError) bool { return fault.Name == name })
}

// independentApp: in an independent subpackage that is opened first there is no app
// yet, and getApp() is undefined (framework/subpackages/independent); with
// {allowDefault: true} it is not.
var independentApp = &Rule{ID: "independent-app", Severity: diag.Warning, Run: func(p *Pass) {
	p.eachNode(func(n *graph.Node) {
		if !n.Reached || n.Script == nil || !p.Project.Packages()[n.Package].Independent {
			return
		}
		for _, call := range n.Script.Calls {
			if call.Name != "getApp" || call.Nested {
				continue
			}
			used := usesApp.Find(p.cut(p.root(n.Path), call.Offset+len("getApp"), math.MaxInt))
			if used == nil {
				continue
			}
			f := p.report(p.at(n.Path, call.Offset, len("getApp()")), msg.T("check.independent-app"))
			f.Hint = msg.T("check.independent-app.hint")
			if bytes.ContainsAny(used, ".[") {
				f.Severity = diag.Error
			}
		}
	})
}}

// usesApp is what follows getApp where it is called without arguments, with what is
// done with the app at once.
var usesApp = regexp.MustCompile(`^\s*\(\s*\)\s*[.\[]?`)
