package bundle

import (
	"cmp"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// output names, makes and places what has been found.
func (b *builder) output() (*Output, error) {
	slices.SortFunc(b.all, func(x, y *npmPackage) int {
		return cmp.Or(strings.Compare(x.name, y.name), strings.Compare(x.dir, y.dir))
	})
	b.name()
	for _, p := range b.all {
		p.least = map[string]string{}
		for _, rest := range slices.Backward(slices.Sorted(maps.Keys(p.modules))) {
			p.least[p.modules[rest]] = rest
		}
	}
	for _, p := range b.all {
		p.assets()
		b.divide(p)
	}
	for _, p := range b.all {
		b.layout(p)
	}
	if err := b.emit(); err != nil {
		return nil, err
	}
	for _, p := range b.all {
		if err := b.copies(p); err != nil {
			return nil, err
		}
	}
	b.place()
	return b.collect(), nil
}

// name gives the npm packages their names below miniprogram_npm. Of several versions,
// the one that the project itself asks for, else the one that most ask for, has the
// name; each of the others is NAME@VERSION, and those that ask for it say so.
func (b *builder) name() {
	askers := map[*npmPackage]int{}
	for _, p := range b.all {
		for asked := range p.asks {
			askers[asked]++
		}
	}
	rank := func(p *npmPackage) int {
		if p.own {
			return -1 << 30
		}
		return -askers[p]
	}
	byName := map[string][]*npmPackage{}
	for _, p := range b.all {
		byName[p.name] = append(byName[p.name], p)
	}
	for name, same := range byName {
		slices.SortStableFunc(same, func(x, y *npmPackage) int { return cmp.Compare(rank(x), rank(y)) })
		for i, p := range same {
			p.out = name
			if i > 0 {
				p.out += "@" + p.label(i)
			}
		}
	}
}

// label tells the npm package from the others of its name: its version, or a number
// where that cannot be part of a folder's name.
func (p *npmPackage) label(i int) string {
	if plainVersion.MatchString(p.Version) {
		return p.Version
	}
	return strconv.Itoa(i)
}

var plainVersion = regexp.MustCompile(`^\w[\w.+-]*$`)

// place finds out where each npm package goes. What asks for one must find it in the
// folders around itself, so that its users are also those of what it asks for.
func (b *builder) place() {
	for _, p := range b.all {
		for root := range p.users {
			spread(p, root, map[*npmPackage]bool{})
		}
		if slices.Contains(b.options.Main, p.name) && slices.ContainsFunc(slices.Collect(maps.Keys(p.users)), b.shares) {
			spread(p, "", map[*npmPackage]bool{})
		}
		for root := range p.pins {
			for asked := range p.asks {
				spread(asked, root, map[*npmPackage]bool{})
			}
		}
	}
	for settled := false; !settled; {
		settled = true
		for _, p := range b.all {
			p.roots = b.homes(p)
			for beside := range p.beside {
				for root := range p.roots {
					if !beside.pins[root] {
						beside.pins[root], settled = true, false
						for asked := range beside.asks {
							spread(asked, root, map[*npmPackage]bool{})
						}
					}
				}
			}
		}
	}
}

// shares reports whether the package of the mini program with that root takes npm
// packages from the main package.
func (b *builder) shares(root string) bool { return !slices.Contains(b.options.Independent, root) }

func spread(p *npmPackage, root string, seen map[*npmPackage]bool) {
	if seen[p] {
		return
	}
	seen[p] = true
	p.users[root] = true
	for asked := range p.asks {
		spread(asked, root, seen)
	}
}

// homes are the folders that an npm package goes to: the main package, or the one
// subpackage that alone uses it; every independent subpackage that uses it, too; and
// where a path names it.
func (b *builder) homes(p *npmPackage) map[string]bool {
	homes := maps.Clone(p.pins)
	var sharing []string
	for root := range p.users {
		if b.shares(root) {
			sharing = append(sharing, root)
		} else {
			homes[root] = true
		}
	}
	switch {
	case len(sharing) == 1:
		homes[sharing[0]] = true
	case len(sharing) > 1:
		homes[""] = true
	}
	return homes
}

// collect makes the Output.
func (b *builder) collect() *Output {
	out := &Output{Files: map[string][]byte{}, Modules: slices.Sorted(maps.Keys(b.modules))}
	kept := b.trim()
	for _, p := range b.all {
		placed := Placed{Name: p.name, Version: p.Version, Dir: p.below(p.dir), MiniProgram: len(p.copied) > 0}
		once := map[string]bool{}
		for _, root := range slices.Sorted(maps.Keys(p.roots)) {
			names := b.keeps(kept, p, root)
			for _, name := range names {
				out.Files[path.Join(root, Dir, p.out, name)] = p.files[name]
				if !once[name] {
					once[name] = true
					placed.Bytes += int64(len(p.files[name]))
				}
			}
			if len(names) > 0 {
				placed.Roots = append(placed.Roots, root)
			}
		}
		if len(placed.Roots) > 0 {
			out.Packages = append(out.Packages, placed)
		}
	}
	slices.SortFunc(b.absent, func(x, y absence) int {
		return cmp.Or(strings.Compare(x.Module, y.Module), strings.Compare(x.file, y.file))
	})
	for _, a := range slices.CompactFunc(b.absent, func(x, y absence) bool { return x.Module == y.Module && x.file == y.file }) {
		if a.pkg == nil {
			out.Missing = append(out.Missing, Missing{Module: a.Module, From: a.file, Package: Name(a.Module)})
		} else {
			out.Left = append(out.Left, Left{Module: a.Module, From: a.file})
		}
	}
	return out
}
