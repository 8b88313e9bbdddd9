package graph

import (
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

// Open is a Graph that has read nothing yet. Follow and FollowUnit read what they
// reach and nothing else: of a component library with a thousand files, a mini
// program uses some. What of a script does not parse is not told.
func Open(in *project.Inspection) *Graph {
	return &Graph{
		In: in, Nodes: map[string]*Node{}, lazy: true,
		units: map[string]*Unit{}, prefixes: map[string]bool{}, live: map[string]map[script.LiveKey]bool{},
	}
}

// Follow reaches a code file, and what it uses. A file that cannot be read uses
// nothing.
func (g *Graph) Follow(name string) { g.reach(name, "") }

// FollowUnit reaches the component of that path (without an ending), and what it
// uses.
func (g *Graph) FollowUnit(name string) {
	first := len(g.Units)
	g.unit(name, "")
	for i := first; i < len(g.Units); i++ { // grows while it is walked
		g.linkUnit(g.Units[i])
	}
}

// node is a code file; an open Graph reads it now.
func (g *Graph) node(name string) *Node {
	known, there := g.Nodes[name]
	if there || !g.lazy {
		return known
	}
	kind := g.kindOf(name)
	if kind == "" || !g.In.Files.Has(name) {
		return nil
	}
	data, err := project.ReadFile(g.In.FS, g.In.Project.Path(name))
	if err != nil {
		return nil
	}
	node := &Node{Path: name, Kind: kind, Package: g.In.Project.PackageIndex(name)}
	node.read(data)
	g.Nodes[name] = node
	return node
}
