package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
)

// templateSyntax: what wcc refuses fails as a whole; what only the minifier of the
// upload refuses does so when minifyWXML or minified is on (10038). Both were
// observed, see package wxml.
var templateSyntax = &Rule{ID: "template-syntax", Severity: diag.Error, Run: func(p *Pass) {
	p.eachNode(func(n *graph.Node) {
		if n.Template == nil {
			return
		}
		for _, fault := range n.Template.Faults {
			p.templateFault(n, fault)
		}
		if at := n.Template.OpenComment; at >= 0 && n.Reached {
			p.warn(p.at(n.Path, at, len("<!--")), msg.T("check.template-syntax.open-comment"))
		}
	})
}}

func (p *Pass) templateFault(n *graph.Node, fault wxml.Fault) {
	if !n.Reached && p.drops() || !fault.Fails && !p.minifies("minifyWXML") {
		return
	}
	f := p.report(p.at(n.Path, fault.Offset, fault.Length), msg.T("check.template-syntax."+string(fault.Kind), "Name", fault.Name))
	if fault.Doubtful {
		if p.App.Text("componentFramework") == "glass-easel" { // whose own compiler is newer
			f.Severity = diag.Warning
		}
		f.Hint = msg.T("check.doubtful.hint")
	}
}

// drops reports whether the upload leaves out what nothing uses, faults and all
// (miniprogram-ci 2.1.42, observed).
func (m *Mini) drops() bool {
	drops, _ := m.Setting("ignoreUploadUnusedFiles")
	return drops
}

// minifies reports whether the upload minifies a kind of file: by its own setting, or
// as part of all; an upload that is not told otherwise does.
func (m *Mini) minifies(setting string) bool {
	own, setOwn := m.Setting(setting)
	all, setAll := m.Setting("minified")
	return own || all || !setOwn && !setAll
}
