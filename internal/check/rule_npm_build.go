package check

import (
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// npmBuild: node_modules is invisible to WeChat; an npm package is there only after
// "build npm" has put it into miniprogram_npm (framework, devtools/npm). Where that
// was never done, everything that uses npm fails for one cause.
var npmBuild = &Rule{ID: "npm-build", Severity: diag.Error, Run: func(p *Pass) {
	var first *Finding
	names := map[string]bool{}
	note := func(spec string, at diag.Place) {
		spec = npmSpec(spec)
		if first == nil {
			first = p.report(at, msg.Text{})
		} else {
			first.relate(at, msg.T("check.npm-build.also", "Name", packageName(spec)))
		}
		names[packageName(spec)] = true
	}
	p.eachComponent(func(u *graph.Unit, r graph.Ref) {
		if !r.Found() && p.unbuilt(r.Spec) {
			note(r.Spec, p.value(u.Config, r.Keys...))
		}
	})
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if (r.Use == graph.Require || r.Use == graph.Async) && !r.Found() && p.unbuilt(r.Spec) {
			note(r.Spec, p.ref(n, r))
		}
	})
	if first != nil {
		first.Message = msg.T("check.npm-build", "Names", sortedKeys(names))
		first.Hint = msg.T("check.module-missing.build.hint")
	}
}}

// unbuilt reports whether a specifier names an npm package of package.json in a
// project where npm was never built. What this tool has built itself is not meant.
func (m *Mini) unbuilt(spec string) bool {
	spec = npmSpec(spec)
	if !bare(spec) || m.builtNpm || m.Project.Lock != nil && m.Project.Lock.Npm[packageName(spec)] != "" {
		return false
	}
	return m.declared(packageName(spec))
}

// npmSpec is how a path into miniprogram_npm reads for what lies there; what is no such
// path stays as it is.
func npmSpec(spec string) string {
	const folder = "/miniprogram_npm/"
	rooted := "/" + spec
	if i := strings.LastIndex(rooted, folder); i >= 0 {
		return rooted[i+len(folder):]
	}
	return spec
}
