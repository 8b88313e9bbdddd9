package bundle

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Project builds every npm package that the mini program's files reach from app.json
// on, each as far as it is reached. dir is the folder whose package.json counts:
// node_modules is looked for there and in the folders above. The independent
// subpackages are the project's. The error is an *Error, or one of reading the project.
func Project(in *project.Inspection, dir string, o Options) (*Output, error) {
	o.Independent = slices.Clone(o.Independent)
	for _, pkg := range in.Project.Subpackages {
		if pkg.Independent {
			o.Independent = append(o.Independent, pkg.Root)
		}
	}
	byHand := map[string]bool{}
	for {
		out, err := attempt(in, dir, o, byHand)
		if err != nil || !handPlaced(in.Files, out.Missing, byHand) {
			return out, err
		}
	}
}

// attempt builds for a project in which the npm packages of byHand, although they are
// installed, are as they lie in miniprogram_npm.
func attempt(in *project.Inspection, dir string, o Options, byHand map[string]bool) (*Output, error) {
	b, err := newBuilder(dir, o)
	if err != nil {
		return nil, err
	}
	own, err := project.Inspect(hidden{in.FS, func(name string) bool { return !byHand[name] && b.locate(name, b.dir) != "" }})
	if err != nil {
		return nil, err
	}
	g, err := graph.Build(own, plain)
	if err != nil {
		return nil, err
	}
	b.seed(g)
	if err := b.scanAll(); err != nil {
		return nil, err
	}
	out, err := b.output()
	if err != nil {
		return nil, err
	}
	out.Kept = kept(g)
	return out, nil
}

// handPlaced adds the npm packages of which somebody has put files into miniprogram_npm
// that node_modules does not have, and reports whether there are any new ones.
func handPlaced(files *project.Files, missing []Missing, byHand map[string]bool) bool {
	found := false
	for _, m := range missing {
		for _, end := range []string{"", ".js", "/index.js", ".json", "/index.json"} {
			name := "/" + path.Join(Dir, m.Module) + end
			there := slices.ContainsFunc(files.Names(), func(file string) bool { return strings.HasSuffix("/"+file, name) })
			if there && !byHand[m.Package] {
				byHand[m.Package], found = true, true
			}
		}
	}
	return found
}

// plain: only of TypeScript must esbuild tell which imports are there at run time.
func plain(name string, _ []byte) bool { return path.Ext(name) != ".ts" }

// seed asks for what the files of the project ask for.
func (b *builder) seed(g *graph.Graph) {
	_, extended := g.In.App.At("useExtendedLib").(map[string]any)
	root := func(pkg int) string { return g.In.Project.Package(pkg).Root }
	for _, name := range slices.Sorted(maps.Keys(g.Nodes)) {
		if node := g.Nodes[name]; node.Reached {
			for _, ref := range node.Refs {
				b.seedRef(ref, name, root(node.Package), extended)
			}
		}
	}
	for _, unit := range g.Units {
		for _, ref := range unit.Using {
			b.seedRef(ref, unit.Path+".json", root(unit.Package), extended)
		}
	}
}

// seedRef asks for what one reference means. The extension library that app.json asks
// for is part of WeChat (developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html, useExtendedLib).
func (b *builder) seedRef(ref graph.Ref, file, root string, extended bool) {
	n, ok := needOf(ref)
	if !ok || extended && Name(n.module) == "weui-miniprogram" {
		return
	}
	if _, module, npm := Cut(file); npm && n.path && Name(module) == Name(n.module) {
		return // a file that an npm package which somebody has put there does not have
	}
	b.need(asker{file: file, dir: b.dir, root: root}, n)
}

// kept are the files below miniprogram_npm that the project uses.
func kept(g *graph.Graph) []string {
	used := map[string]bool{}
	keep := func(name string) {
		if _, _, built := Cut(name); built && g.In.Files.Has(name) {
			used[name] = true
		}
	}
	for name, node := range g.Nodes {
		if !node.Reached {
			continue
		}
		keep(name)
		for _, ref := range node.Refs {
			keep(ref.Target)
		}
	}
	for _, unit := range g.Units {
		keep(unit.Path + ".json")
	}
	return slices.Sorted(maps.Keys(used))
}
