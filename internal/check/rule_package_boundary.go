package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// packageBoundary: a file may use what is in its own package and, unless that is
// independent, in the main package; what lies in another is not loaded yet
// (developers.weixin.qq.com, framework/subpackages/basic and /independent). The
// compiler says nothing (observed). require.async loads first.
var packageBoundary = &Rule{ID: "package-boundary", Severity: diag.Error, Run: func(p *Pass) {
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if r.Target == "" || r.Partial || !bounded[r.Use] {
			return
		}
		to := p.Project.PackageIndex(r.Target)
		if p.mayUse(n.Package, to) {
			return
		}
		f := p.report(p.ref(n, r), msg.T("check.package-boundary."+crossing(p, n.Package, to),
			"From", p.packageName(n.Package), "To", p.packageName(to), "File", p.root(r.Target)))
		f.Hint = p.crossingHint(n.Package, r.Use)
		if r.Guarded || r.Use == graph.Image {
			f.Severity = diag.Warning
		}
	})
}}

// bounded are the uses that need what they use to be loaded.
var bounded = map[graph.Use]bool{graph.Require: true, graph.Include: true, graph.Wxs: true, graph.StyleImport: true, graph.Image: true}

// mayUse reports whether a file of one package may use a file of another at once.
func (m *Mini) mayUse(from, to int) bool {
	if from == to {
		return true
	}
	return to == 0 && !m.Project.Package(from).Independent
}

func crossing(p *Pass, from, to int) string {
	if to == 0 || p.Project.Package(from).Independent {
		return "independent"
	}
	return "other"
}

func (p *Pass) crossingHint(from int, use graph.Use) msg.Text {
	switch {
	case p.Project.Package(from).Independent && use == graph.Require:
		return msg.T("check.package-boundary.own-script.hint")
	case p.Project.Package(from).Independent:
		return msg.T("check.package-boundary.own.hint")
	case use == graph.Require:
		return msg.T("check.package-boundary.script.hint")
	}
	return msg.T("check.package-boundary.hint")
}

// packageName is a package as people know it; "" is the main package, for which
// each language has its own words.
func (m *Mini) packageName(i int) msg.Text {
	if i == 0 {
		return msg.T("check.main-package")
	}
	return msg.T("check.subpackage", "Root", m.Project.Package(i).Root)
}
