package check

import (
	"path"
	"regexp"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// uikitDebug: the debug library signs on the phone, with the SecretKey. A release must
// not reach it, under whatever folder it was copied to (the guide has it in two), nor
// what it calls, nor the npm package that is meant for servers.
var uikitDebug = &Rule{ID: "uikit-debug-library", Severity: diag.Error, Run: func(p *Pass) {
	if !p.Options.Release {
		return
	}
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if !signs(r.Target) || signs(n.Path) {
			return
		}
		f := p.report(p.ref(n, r), msg.T("check.uikit-debug-library", "File", p.root(r.Target)))
		f.Hint = msg.T("check.uikit-debug-library.hint")
	})
}}

// signer is what the vendor calls such scripts: GenerateTestUserSig.js,
// GenerateTestUserSig-es.js, lib-generate-test-usersig-es.min.js.
var signer = regexp.MustCompile(`(?i)^(?:lib-?)?generate-?test-?user-?sig[\w.-]*\.[jt]s$`)

func signs(name string) bool {
	return signer.MatchString(path.Base(name)) || strings.Contains("/"+name, "/miniprogram_npm/tls-sig-api-v2/")
}
