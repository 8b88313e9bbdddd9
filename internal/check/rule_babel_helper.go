package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// babelHelper: a script that names a helper in its mark goes on asking for the npm
// package once it is compiled (observed, miniprogram-ci 2.1.42); then the loader must
// find that from where the script is. It does not where the script was copied out of
// its subpackage, or the npm package went.
var babelHelper = &Rule{ID: "babel-helper", Severity: diag.Error, Run: func(p *Pass) {
	p.eachNode(func(n *graph.Node) {
		if !n.Reached || n.Kind != graph.Script {
			return
		}
		names, offset, length := bundle.Marked(p.source(p.root(n.Path)))
		var missing []string
		for _, name := range names {
			if target, _ := p.Graph.Module(bundle.HelperModule(name), n.Path); target == "" {
				missing = append(missing, name)
			}
		}
		if len(missing) > 0 {
			f := p.report(p.at(n.Path, offset, length), msg.T("check.babel-helper", "Names", missing))
			f.Hint = msg.T("check.babel-helper.hint", "Command", p.ownCommand())
		}
	})
}}
