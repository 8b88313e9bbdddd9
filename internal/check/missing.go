package check

import (
	"path"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// missing is the rule for references of one use that lead nowhere.
func missing(id string, severity diag.Severity, use graph.Use, words func(file string) msg.Text) *Rule {
	return &Rule{ID: id, Severity: severity, Run: func(p *Pass) {
		p.eachRef(func(n *graph.Node, r graph.Ref) {
			if r.Use != use || r.Found() || r.Plain {
				return
			}
			f := p.missingFile(words, n.Path, n, r)
			if use == graph.Wxs && n.Kind == graph.WXS {
				f.Severity = diag.Warning // wcc takes it (observed); who calls it fails
			}
		})
	}}
}

// missingFile reports a file that n names and that was looked for from the file from.
func (p *Pass) missingFile(words func(file string) msg.Text, from string, n *graph.Node, r graph.Ref) *Finding {
	at := p.ref(n, r)
	if len(r.Tried) == 0 {
		f := p.report(at, msg.T("check.file-missing.outside", "Spec", r.Spec))
		if rooted := climbed(r.Spec); r.Use != graph.Wxs && (p.Files.Has(rooted) || p.Files.Has(rooted+path.Ext(n.Path))) {
			f.Expected = msg.T("check.literal", "Value", "/"+rooted)
		}
		return f
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
		f.Expected = msg.T("check.literal", "Value", respelled(from, near, r.Spec))
	default:
		f.Hint = msg.T("check.file-missing.hint", "File", p.root(r.Tried[0]))
	}
	return f
}
