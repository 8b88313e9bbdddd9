package check

import (
	"bytes"
	"math"
	"regexp"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// independentApp: in an independent subpackage that is opened first there is no app
// yet, and getApp() is undefined (framework/subpackages/independent); with
// {allowDefault: true} it is not.
var independentApp = &Rule{ID: "independent-app", Severity: diag.Warning, Run: func(p *Pass) {
	p.eachNode(func(n *graph.Node) {
		if !n.Reached || n.Script == nil || !p.Project.Package(n.Package).Independent {
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
