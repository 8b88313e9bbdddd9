package check

import (
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// uikitDebug: the debug library signs on the phone, with the SecretKey. A release
// must not reach it.
var uikitDebug = &Rule{ID: "uikit-debug-library", Severity: diag.Error, Run: func(p *Pass) {
	if !p.Options.Release {
		return
	}
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if !strings.HasSuffix("/"+r.Target, "/debug/GenerateTestUserSig.js") {
			return
		}
		f := p.report(p.ref(n, r), msg.T("check.uikit-debug-library", "File", p.root(r.Target)))
		f.Hint = msg.T("check.uikit-debug-library.hint")
	})
}}
