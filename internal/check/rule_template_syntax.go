package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
	"github.com/tuikit-cli/tuikit-cli/internal/wxs"
	"github.com/tuikit-cli/tuikit-cli/internal/wxss"
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

// eachNode visits every code file that is packed, used or not, in order.
func (m *Mini) eachNode(visit func(*graph.Node)) {
	for _, name := range m.Files.Names() {
		if node := m.Graph.Nodes[name]; node != nil {
			visit(node)
		}
	}
}

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

// styleSyntax: what wcsc or the compiler refuses (10037), see package wxss.
var styleSyntax = &Rule{ID: "style-syntax", Severity: diag.Error, Run: func(p *Pass) {
	p.eachNode(func(n *graph.Node) {
		if n.Style == nil {
			return
		}
		for _, fault := range n.Style.Faults {
			p.styleFault(n, fault)
		}
	})
}}

func (p *Pass) styleFault(n *graph.Node, fault wxss.Fault) {
	words, told := wxssWords[fault.Kind]
	if !told || !n.Reached && (!fault.Rejected || p.drops()) {
		return // encoding's, or nobody's
	}
	f := p.report(p.at(n.Path, fault.Offset, fault.Length), msg.T("check.style-syntax."+words, "Name", fault.Name))
	if fault.Kind == wxss.Unsupported {
		f.Hint = msg.T("check.doubtful.hint")
	}
}

var wxssWords = map[wxss.FaultKind]string{
	wxss.UnclosedBlock:    "unclosed-block",
	wxss.UnclosedString:   "unclosed-string",
	wxss.UnclosedComment:  "unclosed-comment",
	wxss.UnclosedBracket:  "unclosed-bracket",
	wxss.UnexpectedClose:  "unexpected-close",
	wxss.UnknownWord:      "unknown-word",
	wxss.DoubleColon:      "double-colon",
	wxss.MissedSemicolon:  "missed-semicolon",
	wxss.UnnamedAtRule:    "unnamed-at-rule",
	wxss.LineComment:      "line-comment",
	wxss.ExtraSemicolon:   "extra-semicolon",
	wxss.EmptySelector:    "empty-selector",
	wxss.Universal:        "universal",
	wxss.Escape:           "escape",
	wxss.Character:        "character",
	wxss.BadSelector:      "bad-selector",
	wxss.BadProperty:      "bad-property",
	wxss.EmptyValue:       "empty-value",
	wxss.StrayDeclaration: "stray-declaration",
	wxss.EmptyAtRule:      "empty-at-rule",
	wxss.ImportForm:       "import-form",
	wxss.Unsupported:      "unsupported",
}

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
		if n.BOM && n.WXS == module && fault.Offset == 0 {
			continue // encoding's
		}
		id := "check.wxs-syntax." + wxsWords[fault.Kind]
		if fault.Kind == wxs.Syntax && fault.Name == "" {
			id = "check.wxs-syntax.end"
		}
		p.report(p.at(n.Path, offset+fault.Offset, fault.Length), msg.T(id, "Name", fault.Name))
	}
}

var wxsWords = map[wxs.FaultKind]string{
	wxs.Syntax: "syntax", wxs.Unsupported: "unsupported", wxs.Reserved: "reserved", wxs.Character: "character",
	wxs.Number: "number", wxs.StringBreak: "string-break", wxs.Shorthand: "shorthand", wxs.Unterminated: "unterminated",
	wxs.Misplaced: "misplaced", wxs.BareThis: "bare-this", wxs.CaseLabel: "case-label", wxs.DefaultPlace: "default-place",
	wxs.Require: "require",
}
