package check

import (
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
)

// templateMissing: an <import> or <include> that leads nowhere renders nothing; the
// compiler says nothing (observed), the console a warning.
var templateMissing = missing("template-missing", diag.Warning, graph.Include, func(file string) msg.Text { return msg.T("check.template-missing", "File", file) })

// wxsMissing: wcc rejects a <wxs src> or a require in WXS that leads nowhere; the
// compiler says nothing (observed).
var wxsMissing = missing("wxs-missing", diag.Error, graph.Wxs, func(file string) msg.Text { return msg.T("check.wxs-missing", "File", file) })

// styleMissing: wcsc rejects an @import that leads nowhere; the compiler says
// nothing (observed).
var styleMissing = missing("style-missing", diag.Error, graph.StyleImport, func(file string) msg.Text { return msg.T("check.style-missing", "File", file) })

// imageMissing: an image that is not there is not shown; nobody says anything
// (observed).
var imageMissing = missing("image-missing", diag.Warning, graph.Image, func(file string) msg.Text { return msg.T("check.image-missing", "File", file) })

// missing is the rule for references of one use that lead nowhere.
func missing(id string, severity diag.Severity, use graph.Use, words func(file string) msg.Text) *Rule {
	return &Rule{ID: id, Severity: severity, Run: func(p *Pass) {
		p.eachRef(func(n *graph.Node, r graph.Ref) {
			if r.Use != use || r.Found() || r.Plain {
				return
			}
			f := p.missingFile(words, n, r)
			if use == graph.Wxs && n.Kind == graph.WXS {
				f.Severity = diag.Warning // wcc takes it (observed); who calls it fails
			}
		})
	}}
}

func (p *Pass) missingFile(words func(file string) msg.Text, n *graph.Node, r graph.Ref) *Finding {
	at := p.ref(n, r)
	if len(r.Tried) == 0 {
		return p.report(at, msg.T("check.file-missing.outside", "Spec", r.Spec))
	}
	f := p.report(at, words(p.root(r.Tried[0])))
	near := p.nearestFile(r.Tried[0])
	switch rooted := path.Clean(r.Spec); {
	case p.ignored(r.Tried[0]):
		f.Hint = msg.T("check.ignored.hint")
	case p.Files.Has(rooted):
		f.Expected = msg.T("check.literal", "Value", "/"+rooted)
	case r.Use == graph.Wxs && p.Files.Has(r.Tried[0]+".wxs"):
		f.Expected = msg.T("check.literal", "Value", r.Spec+".wxs")
	case near != "":
		f.Expected = msg.T("check.literal", "Value", respelled(n.Path, near, r.Spec))
	default:
		f.Hint = msg.T("check.file-missing.hint", "File", p.root(r.Tried[0]))
	}
	return f
}

// respelled is target as the file from would name it, in the manner of spec.
func respelled(from, target, spec string) string {
	if path.Ext(spec) == "" {
		target = strings.TrimSuffix(target, ".wxml")
	}
	if strings.HasPrefix(spec, "/") {
		return "/" + target
	}
	relative := relativeTo(from, target)
	if !strings.HasPrefix(spec, ".") {
		relative = strings.TrimPrefix(relative, "./")
	}
	return relative
}

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
			if near := nearest(is.Value, sortedKeys(names)); near != "" {
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

// styleURL: a local file in url() cannot be loaded on a device
// (developers.weixin.qq.com, framework/view/wxss); a font or picture of the network,
// or base64, can.
var styleURL = &Rule{ID: "style-url", Severity: diag.Warning, Run: func(p *Pass) {
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if r.Use == graph.Local {
			p.report(p.ref(n, r), msg.T("check.style-url", "Spec", r.Spec)).Hint = msg.T("check.style-url.hint")
		}
	})
}}

// encoding: WeChat reads every file as UTF-8. A byte order mark is text in a
// template, an error to wcsc in a style, and nothing in a script (observed).
var encoding = &Rule{ID: "encoding", Severity: diag.Warning, Run: func(p *Pass) {
	for _, name := range p.Files.Names() {
		node := p.Graph.Nodes[name]
		if node == nil || !node.Reached {
			continue
		}
		if node.Latin {
			p.report(p.file(name), msg.T("check.encoding.utf8")).Hint = msg.T("check.encoding.hint")
		}
		if node.BOM && node.Kind != graph.Script {
			f := p.report(p.at(name, 0, 0), msg.T("check.encoding.bom"))
			f.Fix = removeBOM(p.root(name))
			if node.Kind != graph.Template {
				f.Severity = diag.Error
			}
		}
	}
}}
