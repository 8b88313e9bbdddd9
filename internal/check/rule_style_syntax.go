package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxss"
)

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
