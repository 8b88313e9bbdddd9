package check

import (
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// uikitJump: UIKit 1.1 and later open a page of this name when the user is removed
// from a group (its source). In the main package nothing is lost by that; a
// subpackage of that name is what they mean.
var uikitJump = &Rule{ID: "uikit-jump", Severity: diag.Warning, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		if page.Package == 0 || p.registered(jumpTarget) {
			continue
		}
		var f *Finding
		p.eachRef(func(n *graph.Node, r graph.Ref) {
			if r.Use != graph.URL || !strings.HasPrefix(n.Path, page.kit.Dir+"/") || !strings.HasSuffix(r.Spec, jumpTarget) {
				return
			}
			if f == nil {
				f = p.report(p.kitPlace(page), msg.T("check.uikit-jump", "Target", jumpTarget))
				f.Hint = msg.T("check.uikit-jump.hint")
			}
			f.relate(p.ref(n, r), msg.T("check.uikit-jump.place"))
		})
	}
}}

const jumpTarget = "TUI-CustomerService/pages/index"
