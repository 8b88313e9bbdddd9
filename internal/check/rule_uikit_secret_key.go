package check

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/secret"
)

// uikitSecret: who has the SecretKey can sign in as anybody; it is for local
// debugging only (the vendor's guide, FAQ 2). It ships with every file that is
// packed, named by another one or not. A release has none at all, however short.
var uikitSecret = &Rule{ID: "uikit-secret-key", Severity: diag.Warning, Release: diag.Error, Run: func(p *Pass) {
	if len(p.Kits) == 0 {
		return
	}
	for _, name := range p.Files.Names() {
		if !slices.Contains(keyHolders, path.Ext(name)) || !p.ownOrDebug(name) {
			continue
		}
		data, err := project.ReadRegular(p.FS, p.root(name))
		if err != nil || !mayHaveKey(data) {
			continue
		}
		literals := secret.Find(data)
		at := slices.IndexFunc(literals, func(l secret.Literal) bool { return l.Key || l.Short && p.Options.Release })
		if at < 0 {
			continue
		}
		l := literals[at]
		f := p.report(p.at(name, l.Name, l.From-l.Name), msg.T("check.uikit-secret-key"))
		f.Hint, f.Secret = msg.T("check.uikit-secret-key.hint"), true
	}
}}

// keyHolders are the kinds of files in which text is packed as it is.
var keyHolders = []string{".js", ".ts", ".json", ".wxml", ".wxs"}

// mayHaveKey passes by most files, in little time.
func mayHaveKey(data []byte) bool {
	for _, word := range []string{"SECRET", "ecret", "TestUserSig"} {
		if bytes.Contains(data, []byte(word)) {
			return true
		}
	}
	return false
}

// ownOrDebug leaves out what npm and the UIKit brought, but for the debug folder,
// which some fill in.
func (m *Mini) ownOrDebug(name string) bool {
	base := path.Base(name)
	if strings.Contains(base, ".min.") || strings.Contains("/"+name, "/miniprogram_npm/") {
		return false
	}
	return !m.vendored(name) || strings.Contains("/"+name, "/debug/")
}
