package check

import (
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// imageMissing: an image that is not there is not shown; nobody says anything
// (observed). A path without "/" starts at the page or component that shows it, even
// where it stands in a template that they import: published mini programs rely on that.
var imageMissing = &Rule{ID: "image-missing", Severity: diag.Warning, Run: func(p *Pass) {
	words := func(file string) msg.Text { return msg.T("check.image-missing", "File", file) }
	var shown map[string][]string
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if r.Use != graph.Image || r.Found() {
			return
		}
		if shown == nil {
			shown = p.shown()
		}
		from := n.Path
		for i, template := range shown[n.Path] {
			spec, _, _ := strings.Cut(strings.TrimSpace(r.Spec), "?") // as addresses are read
			target, tried := p.Graph.File(spec, template, "")
			if target != "" {
				return
			}
			if i == 0 {
				from, r.Tried = template, tried
			}
		}
		f := p.missingFile(words, from, n, r)
		if len(r.Tried) > 0 && f.Expected.IsZero() && !p.ignored(r.Tried[0]) {
			f.cause = p.absence(r.Tried[0])
		}
	})
}}

// shown are the templates of the pages and components in which each template is shown.
func (m *Mini) shown() map[string][]string {
	in := map[string][]string{}
	for _, u := range m.Graph.Units {
		seen := map[string]bool{}
		var follow func(name string)
		follow = func(name string) {
			node := m.Graph.Nodes[name]
			if node == nil || seen[name] {
				return
			}
			seen[name] = true
			in[name] = append(in[name], u.Template)
			for _, ref := range node.Refs {
				if ref.Use == graph.Include {
					follow(ref.Target)
				}
			}
		}
		follow(u.Template)
	}
	return in
}

// climbed is what remains of a path that leaves the miniprogram root, without its "../":
// where that is there, it was most likely meant.
func climbed(spec string) string {
	for strings.HasPrefix(spec, "./") || strings.HasPrefix(spec, "../") {
		_, spec, _ = strings.Cut(spec, "/")
	}
	return path.Clean(spec)
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
