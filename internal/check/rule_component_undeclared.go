package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
)

// componentUndeclared: a tag that is neither built in nor declared is rendered as an
// empty node (wcc and the compiler say nothing, observed).
var componentUndeclared = &Rule{ID: "component-undeclared", Severity: diag.Warning, Run: func(p *Pass) {
	for _, u := range p.Graph.Units {
		node := p.Graph.Nodes[u.Template]
		if node == nil || node.Template == nil || u.Config != nil && u.Config.Err != nil || p.App == nil || p.App.Err != nil {
			continue
		}
		seen := map[string]bool{}
		for _, e := range node.Template.Elements {
			if seen[e.Name] || u.Tags[e.Name] || wxml.Builtin(e.Name) {
				continue
			}
			seen[e.Name] = true
			f := p.report(p.at(u.Template, e.Offset, len(e.Name)), msg.T("check.component-undeclared", "Tag", e.Name))
			f.Hint = msg.T("check.component-undeclared.hint", "File", p.root(u.Path+".json"))
			if htmlTags[e.Name] {
				f.Hint = msg.T("check.component-undeclared.html.hint")
			} else if near := p.nearest(e.Name, append(sortedKeys(u.Tags), wxml.Builtins()...)); near != "" {
				f.Expected = msg.T("check.literal", "Value", near) // a guess: the hint stays
			}
		}
	}
}}

// htmlTags are elements of HTML that are written out of habit.
var htmlTags = map[string]bool{
	"a": true, "article": true, "b": true, "br": true, "div": true, "em": true, "footer": true, "h1": true, "h2": true,
	"h3": true, "h4": true, "h5": true, "h6": true, "header": true, "hr": true, "i": true, "img": true, "li": true,
	"main": true, "nav": true, "ol": true, "p": true, "pre": true, "section": true, "small": true, "strong": true,
	"table": true, "tbody": true, "td": true, "th": true, "thead": true, "tr": true, "u": true, "ul": true,
}
