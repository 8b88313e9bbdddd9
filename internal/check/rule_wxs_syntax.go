package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxs"
)

// wxsSyntax: WXS is less than JavaScript; what wcc refuses of it, see package wxs.
// The compiler says nothing (observed).
var wxsSyntax = &Rule{ID: "wxs-syntax", Severity: diag.Error, Run: func(p *Pass) {
	p.eachNode(func(n *graph.Node) {
		if n.WXS != nil {
			p.wxsFaults(n, n.WXS, 0)
		}
		if n.Template == nil {
			return
		}
		for i := range n.Template.Elements {
			if e := &n.Template.Elements[i]; e.Name == "wxs" && e.Content != "" {
				p.wxsFaults(n, wxs.Parse([]byte(e.Content)), e.ContentOffset)
			}
		}
	})
}}

func (p *Pass) wxsFaults(n *graph.Node, module *wxs.Module, offset int) {
	for _, fault := range module.Faults {
		switch {
		case n.BOM && n.WXS == module && fault.Offset == 0:
			continue // encoding's
		case !n.Reached && (fault.Silent || p.drops()):
			continue // wcc takes it, and nobody runs it; or wcc never sees it
		}
		id := "check.wxs-syntax." + wxsWords[fault.Kind]
		if fault.Kind == wxs.Syntax && fault.Name == "" {
			id = "check.wxs-syntax.end"
		}
		f := p.report(p.at(n.Path, offset+fault.Offset, fault.Length), msg.T(id, "Name", fault.Name))
		if fault.Silent { // only what calls it is not shown
			f.Severity, f.Hint = diag.Warning, msg.T("check.wxs-syntax.silent.hint")
		}
	}
}

var wxsWords = map[wxs.FaultKind]string{
	wxs.Syntax: "syntax", wxs.Unsupported: "unsupported", wxs.Reserved: "reserved", wxs.Character: "character",
	wxs.Number: "number", wxs.StringBreak: "string-break", wxs.Shorthand: "shorthand", wxs.Unterminated: "unterminated",
	wxs.Misplaced: "misplaced", wxs.BareThis: "bare-this", wxs.CaseLabel: "case-label", wxs.DefaultPlace: "default-place",
	wxs.Require: "require",
}
