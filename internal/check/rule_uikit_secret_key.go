package check

import (
	"path"
	"regexp"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// secretLiteral is a SecretKey that is written down: a key of that name with a text
// that is not empty.
var secretLiteral = regexp.MustCompile(`(?i)\bSECRET_?KEY['"]?\s*[:=]\s*(['"` + "`" + `])([^'"` + "`" + `\s]{8,})`)

// uikitSecret: who has the SecretKey can sign in as anybody; it is for local
// debugging only (the vendor's guide, FAQ 2). It ships with every script that is
// packed.
var uikitSecret = &Rule{ID: "uikit-secret-key", Severity: diag.Warning, Release: diag.Error, Run: func(p *Pass) {
	for _, name := range p.Files.Names() {
		node := p.Graph.Nodes[name]
		if node == nil || node.Kind != graph.Script || len(p.Kits) == 0 || !p.ownOrDebug(name) {
			continue
		}
		data := p.source(p.root(name))
		found := secretLiteral.FindSubmatchIndex(data)
		if found == nil {
			continue
		}
		f := p.report(p.at(name, found[0], found[3]-found[0]), msg.T("check.uikit-secret-key"))
		f.Hint, f.Secret = msg.T("check.uikit-secret-key.hint"), true
	}
}}

// ownOrDebug leaves out what npm and the UIKit brought, but for the debug folder,
// which some fill in.
func (m *Mini) ownOrDebug(name string) bool {
	base := path.Base(name)
	if strings.Contains(base, ".min.") || strings.Contains("/"+name, "/miniprogram_npm/") {
		return false
	}
	return !m.vendored(name) || strings.Contains("/"+name, "/debug/")
}
