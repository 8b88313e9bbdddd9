package bundle

import (
	"cmp"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Placed is an npm package and where it went.
type Placed struct {
	Name, Version string
	Dir           string   // below node_modules
	Roots         []string // of the packages that it went to
	Bytes         int64    // of one copy
	MiniProgram   bool     // it ships mini-program code
}

// Missing is a module that a file of the project asks for and no node_modules has.
type Missing struct{ Module, From, Package string }

// Left is a module that an npm package asks for and that is nowhere.
type Left struct{ Module, From string }

// Project builds every npm package that the mini program's files reach.
func Project(in *project.Inspection, dir string, o Options) (*Output, error) {
	g, err := graph.Build(in, func(string, []byte) bool { return false })
	if err != nil {
		return nil, err
	}
	p := &projectBuild{in: in, g: g, dir: dir, out: &Output{Files: map[string][]byte{}}, kept: map[string]bool{}}
	p.seek()
	if len(p.out.Missing) > 0 {
		return p.out, nil
	}
	if len(p.uses) > 0 {
		built, err := Build(dir, p.uses, o)
		if err != nil {
			return nil, err
		}
		p.out.Files, p.out.Modules = built.Files, built.Modules
	}
	for name, root := range p.copies {
		if err := p.copy(name, root); err != nil {
			return nil, err
		}
	}
	p.tell()
	return p.out, nil
}

type projectBuild struct {
	in     *project.Inspection
	g      *graph.Graph
	dir    string
	out    *Output
	uses   []Use
	copies map[string]map[string]bool // npm packages with components: the roots that use them
	kept   map[string]bool
}

// seek finds what the project's own files ask for.
func (p *projectBuild) seek() {
	p.copies = map[string]map[string]bool{}
	for _, name := range p.in.Files.Names() {
		node := p.g.Nodes[name]
		if node == nil || !node.Reached || strings.Contains("/"+name, "/"+Dir+"/") {
			continue
		}
		for _, ref := range node.Refs {
			if ref.Use == graph.Require || ref.Use == graph.Async {
				p.ask(ref, name, node.Package, false)
			}
		}
	}
	for _, unit := range p.g.Units {
		if strings.Contains("/"+unit.Path, "/"+Dir+"/") {
			continue
		}
		for _, ref := range unit.Using {
			p.ask(ref, unit.Path+".json", unit.Package, true)
		}
	}
	p.out.Kept = sorted(p.kept)
}

func (p *projectBuild) ask(ref graph.Ref, from string, pkg int, component bool) {
	bare := !strings.HasPrefix(ref.Spec, ".") && !strings.HasPrefix(ref.Spec, "/")
	if !bare || ref.External || ref.Target != "" && !strings.Contains("/"+ref.Target, "/"+Dir+"/") {
		return
	}
	name, root := Name(ref.Spec), p.in.Project.Package(pkg).Root
	if _, err := os.Stat(filepath.Join(p.dir, "node_modules", filepath.FromSlash(name))); err != nil {
		switch {
		case ref.Target != "":
			for _, file := range p.in.Files.Names() {
				if node := p.g.Nodes[file]; file == ref.Target || node != nil && node.Reached && path.Dir(file) == path.Dir(ref.Target) {
					p.kept[file] = true
				}
			}
		case !ref.Guarded:
			p.out.Missing = append(p.out.Missing, Missing{Module: ref.Spec, From: from, Package: name})
		}
		return
	}
	if !component {
		p.uses = append(p.uses, Use{Module: ref.Spec, Root: root})
		return
	}
	if p.copies[name] == nil {
		p.copies[name] = map[string]bool{}
	}
	p.copies[name][root] = true
}

func (p *projectBuild) copy(name string, roots map[string]bool) error {
	for root := range roots {
		if len(roots) > 1 {
			root = ""
		}
		from := os.DirFS(filepath.Join(p.dir, "node_modules", filepath.FromSlash(name)))
		code := cmp.Or(project.ReadDocument(from, project.PackageFile).Text("miniprogram"), "miniprogram_dist")
		err := fs.WalkDir(from, path.Clean(code), func(file string, entry fs.DirEntry, err error) error {
			switch path.Ext(file) {
			case ".js", ".json", ".wxml", ".wxss", ".wxs":
			default:
				return err
			}
			data, err := fs.ReadFile(from, file)
			p.out.Files[path.Join(root, Dir, name, strings.TrimPrefix(file, path.Clean(code)+"/"))] = data
			return err
		})
		if err != nil {
			return &Error{Module: name, Message: err.Error()}
		}
	}
	return nil
}

// tell lists the npm packages.
func (p *projectBuild) tell() {
	placed := map[string]*Placed{}
	for _, file := range sorted(p.out.Files) {
		root, rest, _ := strings.Cut("/"+file, "/"+Dir+"/")
		name, root := Name(rest), strings.TrimPrefix(root, "/")
		at := placed[name]
		if at == nil {
			from := os.DirFS(filepath.Join(p.dir, "node_modules", filepath.FromSlash(name)))
			at = &Placed{Name: name, Dir: name, MiniProgram: p.copies[name] != nil}
			at.Version = project.ReadDocument(from, project.PackageFile).Text("version")
			placed[name] = at
		}
		if !slices.Contains(at.Roots, root) {
			at.Roots = append(at.Roots, root)
		}
		if root == at.Roots[0] {
			at.Bytes += int64(len(p.out.Files[file]))
		}
	}
	for _, name := range sorted(placed) {
		p.out.Packages = append(p.out.Packages, *placed[name])
	}
}
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
