package bundle

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// node is a file of an npm package: a script that is bundled by its path on this
// machine, any other by its path below the code for mini programs.
type node struct {
	pkg  *npmPackage
	name string
}

// thing is what a need was answered with: a file that is copied, or a module.
type thing struct {
	pkg  *npmPackage
	name string // "" for a module
	rest string
}

// seed is what files of the project use; those of an independent subpackage have no
// part in what the others have.
type seed struct {
	root string
	thing
}

// group is the part of the mini program that a folder belongs to, in terms of what is
// loaded together: an independent subpackage, or ("") everything else.
func (b *builder) group(folder string) string {
	for _, root := range b.options.Independent {
		if project.Inside(folder+"/", root) {
			return root
		}
	}
	return ""
}

// trim takes out of each independent subpackage, and of all the others, the files that
// only other parts use.
func (b *builder) trim() map[string]map[node]bool {
	members := map[string][]*source{}
	for _, src := range b.sources() {
		members[src.head] = append(members[src.head], src)
	}
	kept := map[string]map[node]bool{}
	for _, s := range b.seeds {
		group := b.group(s.root)
		if kept[group] == nil {
			kept[group] = map[node]bool{}
		}
		w := walk{builder: b, members: members, kept: kept[group], group: group}
		w.thing(s.thing, true)
	}
	return kept
}

// walk follows what files use, and keeps what of it is built, by its path below the
// package's folder in miniprogram_npm.
type walk struct {
	*builder
	members map[string][]*source
	kept    map[node]bool
	group   string
}

// thing follows one answer. byName tells that it is asked for under the name that is
// written, which may be that of a script that only hands on another.
func (w *walk) thing(t thing, byName bool) {
	p := t.pkg
	if t.name != "" {
		w.file(p, t.name)
		return
	}
	file, there := p.modules[t.rest]
	if !there {
		return
	}
	for _, name := range []string{modulePath(t.rest), path.Join(t.rest, "index.js")} {
		if byName && p.stubs[name] != "" && p.stubs[name] == p.paths[file] {
			w.kept[node{p, name}] = true
		}
	}
	w.script(p, file)
}

// script follows an output that is bundled, by its first script.
func (w *walk) script(p *npmPackage, file string) {
	at := node{p, p.paths[file]}
	if w.kept[at] {
		return
	}
	w.kept[at] = true
	w.kept[node{p, at.name + ".map"}] = true
	for _, src := range w.members[file] {
		for _, t := range src.uses {
			if other := w.files[t.file]; other != nil {
				w.script(other.pkg, other.head)
			}
		}
		for _, t := range w.answers[node{p, src.file}] {
			w.thing(t, false)
		}
	}
}

// file follows a file that is copied.
func (w *walk) file(p *npmPackage, name string) {
	at := node{p, name}
	if w.kept[at] || !p.copied[name] && p.stubs[name] == "" && p.files[name] == nil {
		return
	}
	w.kept[at] = true
	if target := p.stubs[name]; target != "" {
		w.file(p, target)
	}
	for _, t := range w.answers[at] {
		w.thing(t, false)
	}
	if p.code == nil {
		return
	}
	below := path.Join(Dir, p.name) + "/"
	if n := p.code.Nodes[below+name]; n != nil {
		for _, ref := range n.Refs {
			w.file(p, strings.TrimPrefix(ref.Target, below))
		}
	}
	if u := p.code.Unit(below + strings.TrimSuffix(name, ".json")); u != nil && path.Ext(name) == ".json" {
		for _, part := range []string{u.Script, u.Template, u.Style} {
			w.file(p, strings.TrimPrefix(part, below))
		}
		for _, ref := range u.Using {
			w.file(p, strings.TrimPrefix(ref.Target, below)+".json")
		}
	}
}

// keeps lists what of an npm package goes to a folder: what is reached there, and the
// files that nobody names outright.
func (b *builder) keeps(kept map[string]map[node]bool, p *npmPackage, root string) []string {
	reached := kept[b.group(root)]
	var names []string
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		if reached[node{p, name}] {
			names = append(names, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(p.loose)) {
		if len(names) > 0 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
