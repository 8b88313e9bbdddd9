package bundle

import (
	"iter"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// divide decides which scripts of an npm package become one file. A module that is
// asked for is a file, with all the scripts that nothing else uses. What two such
// files share becomes one itself: its state must exist once. In terms of graphs, a
// script belongs to the outermost of the scripts that dominate it (Cooper, Harvey,
// Kennedy: A Simple, Fast Dominance Algorithm).
func (b *builder) divide(p *npmPackage) {
	d := dominance{number: map[string]int{}, above: map[string]string{}, from: map[string][]string{}}
	for _, file := range slices.Compact(slices.Sorted(maps.Values(p.modules))) {
		d.from[file] = append(d.from[file], "")
		d.visit(b, file)
	}
	slices.Reverse(d.order)
	for i, file := range d.order {
		d.number[file] = i + 1
	}
	for d.pass() {
	}
	for _, file := range d.order {
		head := file
		for d.above[head] != "" && p.name != Runtime {
			head = d.above[head]
		}
		b.files[file].head = head
	}
}

// dominance of scripts; "" is what uses all the modules that are asked for.
type dominance struct {
	order  []string // each before what only it uses
	number map[string]int
	above  map[string]string // the closest script that dominates one
	from   map[string][]string
}

func (d *dominance) visit(b *builder, file string) {
	if _, seen := d.number[file]; seen {
		return
	}
	d.number[file] = 0
	for _, next := range b.internal(file) {
		d.from[next] = append(d.from[next], file)
		d.visit(b, next)
	}
	d.order = append(d.order, file)
}

// internal lists the scripts of its own npm package that a script uses, sorted.
func (b *builder) internal(file string) []string {
	var all []string
	src := b.files[file]
	for _, t := range src.uses {
		if other := b.files[t.file]; other != nil && other.pkg == src.pkg {
			all = append(all, t.file)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (d *dominance) pass() (changed bool) {
	for _, file := range d.order {
		above, known := "", false
		for _, from := range d.from[file] {
			if _, done := d.above[from]; from != "" && !done {
				continue
			}
			if !known {
				above, known = from, true
			} else {
				above = d.common(above, from)
			}
		}
		if old, done := d.above[file]; !done || old != above {
			d.above[file], changed = above, true
		}
	}
	return changed
}

func (d *dominance) common(x, y string) string {
	for x != y {
		for d.number[x] > d.number[y] {
			x = d.above[x]
		}
		for d.number[y] > d.number[x] {
			y = d.above[y]
		}
	}
	return x
}

// layout gives every file that is built of the npm package its path below the
// package's folder in miniprogram_npm: a module where the loader looks for it, a
// shared script where it lies in the package, if that is free.
func (b *builder) layout(p *npmPackage) {
	l := shelf{pkg: p, taken: map[string]bool{}, bare: b.bare(p)}
	for _, names := range []iter.Seq[string]{maps.Keys(p.copied), maps.Keys(p.files), maps.Keys(p.stubs)} {
		for name := range names {
			l.taken[name] = true
		}
	}
	for _, rest := range slices.Sorted(maps.Keys(p.modules)) {
		l.place(rest, p.modules[rest])
	}
	for _, file := range slices.Sorted(maps.Keys(b.files)) {
		if src := b.files[file]; src.pkg == p && src.head == file && p.paths[file] == "" {
			l.shared(file)
		}
	}
}

// bare are the modules that scripts of the npm package ask for by name, as they are
// written in what is built.
func (b *builder) bare(p *npmPackage) map[string]bool {
	names := map[string]bool{}
	for _, src := range b.files {
		if src.pkg != p {
			continue
		}
		for u, t := range src.uses {
			if t.module != "" {
				names[b.say(u.spec, t)] = true
				names[u.spec] = true
			}
		}
	}
	return names
}

// shelf hands out paths.
type shelf struct {
	pkg   *npmPackage
	taken map[string]bool
	bare  map[string]bool
}

func (l *shelf) place(rest, file string) {
	name := modulePath(rest)
	if at := l.pkg.paths[file]; at != "" && (at == name || l.pkg.stubs[name] == at) {
		return // "x" and "x.js" are one
	}
	if rest != "" && !l.free(name) {
		name = path.Join(rest, "index.js") // where the loader looks first
	}
	if l.pkg.paths[file] != "" {
		l.pkg.stubs[name] = l.pkg.paths[file]
	} else {
		l.pkg.paths[file] = name
	}
	l.taken[name] = true
}

// modulePath is where the loader looks for a module of an npm package.
func modulePath(rest string) string {
	if rest == "" {
		return "index.js"
	}
	return strings.TrimSuffix(path.Clean(rest), ".js") + ".js"
}

// free reports whether a script may lie there: where require("x") in a script of the
// same package means another npm package, there must be no x.js beside it, as the
// loader would take that.
func (l *shelf) free(name string) bool {
	if l.taken[name] {
		return false
	}
	for stem := strings.TrimSuffix(name, ".js"); ; {
		if l.bare[stem] || l.bare[stem+".js"] {
			return false
		}
		_, rest, more := strings.Cut(stem, "/")
		if !more {
			return true
		}
		stem = rest
	}
}

func (l *shelf) shared(file string) {
	relative, err := filepath.Rel(l.pkg.dir, file)
	if err != nil || strings.HasPrefix(relative, "..") {
		relative = filepath.Base(file)
	}
	name := filepath.ToSlash(relative)
	stem := strings.TrimSuffix(name, path.Ext(name))
	candidate := stem + ".js"
	if path.Ext(name) == ".json" {
		candidate = name + ".js"
	}
	for !l.free(candidate) {
		stem += "_"
		candidate = stem + ".js"
	}
	l.taken[candidate] = true
	l.pkg.paths[file] = candidate
}
