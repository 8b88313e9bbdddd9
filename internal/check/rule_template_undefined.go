package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
)

// templateUndefined: a <template is> whose name nobody defines renders nothing; nobody
// says anything (observed). <import> brings the templates of the file that it names,
// not those that this one imports (developers.weixin.qq.com, reference/wxml/import).
var templateUndefined = &Rule{ID: "template-undefined", Severity: diag.Warning, Run: func(p *Pass) {
	p.eachNode(func(n *graph.Node) {
		if n.Template == nil || !n.Reached {
			return
		}
		names, all := p.templatesOf(n)
		if !all {
			return
		}
		for _, r := range n.Template.Refs() {
			is := r.Attr
			if r.Kind != wxml.TemplateUse || !r.Static() || names[is.Value] {
				continue
			}
			f := p.report(p.at(n.Path, is.ValueOffset, len(is.Value)), msg.T("check.template-undefined", "Name", is.Value))
			f.Hint = msg.T("check.template-undefined.hint", "Name", is.Value)
			if near := p.nearest(is.Value, sortedKeys(names)); near != "" {
				f.Expected, f.Hint = msg.T("check.literal", "Value", near), msg.Text{}
			}
		}
	})
}}

// templatesOf are the names of the templates that a file can use; all is false where
// that cannot be told, as something that it imports is not there.
func (m *Mini) templatesOf(n *graph.Node) (names map[string]bool, all bool) {
	names = map[string]bool{}
	defined(n, names)
	for _, ref := range n.Refs {
		if ref.Use != graph.Include {
			continue
		}
		other := m.Graph.Nodes[ref.Target]
		if other == nil || other.Template == nil {
			return names, false
		}
		defined(other, names)
	}
	return names, !m.included(n)
}

func defined(n *graph.Node, names map[string]bool) {
	for _, r := range n.Template.Refs() {
		if r.Kind == wxml.TemplateDef {
			names[r.Attr.Value] = true
		}
	}
}

// included reports whether a template becomes part of another one, whose templates
// it can use.
func (m *Mini) included(n *graph.Node) bool {
	if m.includes == nil {
		m.includes = map[string]bool{}
		m.eachRef(func(_ *graph.Node, r graph.Ref) {
			if r.Use == graph.Include {
				m.includes[r.Target] = true
			}
		})
	}
	return m.includes[n.Path]
}
