package check

import (
	"strconv"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// eachPage visits the pages of app.json, with the keys of where they stand.
func (m *Mini) eachPage(visit func(pkg project.Package, page string, keys []string)) {
	if m.App == nil || m.App.Err != nil {
		return
	}
	for i, pkg := range m.Project.Packages() {
		for j, page := range pkg.Pages {
			keys := []string{"pages", strconv.Itoa(j)}
			if i > 0 {
				keys = []string{m.Project.SubpackagesKey, strconv.Itoa(i - 1), "pages", strconv.Itoa(j)}
			}
			visit(pkg, string(page), keys)
		}
	}
}

// eachNode visits every code file that is packed, used or not, in order.
func (m *Mini) eachNode(visit func(*graph.Node)) {
	for _, name := range m.Files.Names() {
		if node := m.Graph.Nodes[name]; node != nil {
			visit(node)
		}
	}
}

// eachRef visits what the reached files name, in order.
func (m *Mini) eachRef(visit func(*graph.Node, graph.Ref)) {
	for _, name := range m.Files.Names() {
		node := m.Graph.Nodes[name]
		if node == nil || !node.Reached {
			continue
		}
		for _, ref := range node.Refs {
			visit(node, ref)
		}
	}
}

// eachComponent visits what the reached JSON files name as components.
func (m *Mini) eachComponent(visit func(*graph.Unit, graph.Ref)) {
	for _, u := range m.Graph.Units {
		for _, ref := range u.Using {
			visit(u, ref)
		}
	}
}

// registered reports whether app.json has a page of that path below the
// miniprogram root.
func (m *Mini) registered(name string) bool {
	if m.pages == nil {
		m.pages = map[string]bool{}
		for _, pkg := range m.Project.Packages() {
			for _, page := range pkg.Pages {
				name := pageFile(pkg, page)
				m.pages[name] = true
				m.pageList = append(m.pageList, name)
			}
		}
	}
	return m.pages[name]
}

// allPages lists the pages of app.json as paths below the miniprogram root.
func (m *Mini) allPages() []string {
	m.registered("")
	return m.pageList
}

// components are the units that are no page and not the app.
func (m *Mini) components() []*graph.Unit {
	var all []*graph.Unit
	for _, u := range m.Graph.Units {
		if !u.Page && u.Path != graph.AppUnit && !m.registered(u.Path) {
			all = append(all, u)
		}
	}
	return all
}

// documents are the JSON files that the compiler reads.
func (m *Mini) documents() []*project.Document {
	all := []*project.Document{m.Config}
	for _, unit := range m.Graph.Units {
		all = append(all, unit.Config)
	}
	all = append(all, m.theme)
	var there []*project.Document
	for _, d := range all {
		if d != nil {
			there = append(there, d)
		}
	}
	return there
}
