package project

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Inspection is a mini program as it lies on disk, faults and all: what Load
// refuses to go on with, Inspect notes and passes by.
type Inspection struct {
	FS      fs.FS     // the project root
	Config  *Document // project.config.json; nil: not there
	Private *Document // project.private.config.json
	App     *Document // app.json; nil: not there
	Project *Project  // as far as it can be told
	Files   *Files    // of the miniprogram root, without what packOptions leaves out
	Ignored []string  // what packOptions leaves out, sorted
	LockErr error     // why tuikit-lock.json cannot be read
}

// Inspect looks at the mini program whose project root fsys is. Only a miniprogram
// root that cannot be listed is an error.
func Inspect(fsys fs.FS) (*Inspection, error) {
	in := &Inspection{FS: fsys, Config: ReadDocument(fsys, ConfigFile), Private: ReadDocument(fsys, PrivateConfigFile)}
	p := &Project{Root: ".", HasConfig: in.Config != nil}
	in.Project = p
	in.Config.Decode(&p.Config)
	p.Root = chosenRoot(fsys, ".", in.Config, in.Private)
	in.App = ReadDocument(fsys, p.Path(AppFile))
	in.readApp()
	p.Lock, in.LockErr = loadLock(fsys)
	p.Npm = findNpm(fsys, p)
	return in, in.listFiles()
}

// chosenRoot is the miniprogram root, relative to the project root dir. The private
// config wins, as in DevTools; but miniprogram-ci never reads it (2.1.42, observed),
// so that one which leads nowhere is passed over.
func chosenRoot(fsys fs.FS, dir string, config, private *Document) string {
	if at, set := private.At("miniprogramRoot").(string); set && config != nil {
		if root := cleanRoot(at); exists(fsys, path.Join(dir, root, AppFile)) {
			return root
		}
	}
	return cleanRoot(config.Text("miniprogramRoot"))
}

func (in *Inspection) listFiles() error {
	p := in.Project
	var err error
	in.Files, err = ListFiles(in.FS, p.Root, in.foreign)
	if err != nil {
		if _, stat := fs.Stat(in.FS, p.Root); stat != nil {
			in.Files, err = &Files{sizes: map[string]int64{}, folders: map[string]bool{}}, nil
		}
		return err
	}
	ignored := p.Config.Ignores()
	in.Ignored = in.Files.Drop(ignored)
	return nil
}

// foreign tells which folders of the miniprogram root are not the mini program's:
// the plugin that is developed beside it, and cloud functions, which run elsewhere.
func (in *Inspection) foreign(name string) bool {
	full := in.Project.Path(name)
	return full == cleanRoot(in.Project.Config.PluginRoot) || full == in.Project.CloudRoot()
}

// readApp takes from app.json what has the right shape. Of the two spellings of
// subpackages "subpackages" counts (observed).
func (in *Inspection) readApp() {
	p := in.Project
	p.HasApp = in.App != nil
	p.Main = Package{Pages: pagePaths(in.App.List("pages"))}
	p.SubpackagesKey = in.subpackagesKey()
	for _, entry := range in.App.List(p.SubpackagesKey) {
		object, _ := entry.(map[string]any)
		root, _ := object["root"].(string)
		name, _ := object["name"].(string)
		pages, _ := object["pages"].([]any)
		independent, _ := object["independent"].(bool)
		p.Subpackages = append(p.Subpackages, Package{Root: strings.Trim(root, "/"), Name: name, Pages: pagePaths(pages), Independent: independent})
	}
	p.indexRoots()
}

// indexRoots makes PackageIndex answer for the subpackages that are known by now.
func (p *Project) indexRoots() {
	p.roots = make(map[string]int, len(p.Subpackages))
	for i, pkg := range slices.Backward(p.Subpackages) {
		p.roots[pkg.Root] = i + 1
	}
	delete(p.roots, "") // a fault, and no package
}

func (in *Inspection) subpackagesKey() string {
	object := in.App.Object()
	for _, key := range []string{"subpackages", "subPackages"} {
		if _, there := object[key]; there {
			return key
		}
	}
	return ""
}

func pagePaths(list []any) []PagePath {
	var pages []PagePath
	for _, value := range list {
		page, _ := value.(string)
		pages = append(pages, PagePath(page))
	}
	return pages
}

// PackageIndex is the index in Packages of the package that a file of the
// miniprogram root belongs to: of the first subpackage whose root it is below, compared
// by path segment.
func (p *Project) PackageIndex(file string) int {
	first := 0
	for end, c := range file {
		if c != '/' {
			continue
		}
		if i := p.roots[file[:end]]; i > 0 && (first == 0 || i < first) {
			first = i
		}
	}
	return first
}

// Package is the package with that index in Packages.
func (p *Project) Package(i int) Package {
	if i == 0 {
		return p.Main
	}
	return p.Subpackages[i-1]
}

// Setting is a flag under "setting" of project.config.json; set tells whether it
// is there.
func (in *Inspection) Setting(name string) (value, set bool) {
	value, set = in.Config.At("setting", name).(bool)
	return value, set
}

// Compiles reports whether the compiler plugin ("typescript", "less" or "sass") is
// switched on.
func (c Config) Compiles(plugin string) bool {
	return strings.Contains(string(c.Setting.CompilerPlugins), `"`+plugin+`"`)
}

// sources are the endings that a compiler plugin turns into another, in the order
// in which they are taken: a .ts file beats the .js beside it, a .less file the
// .wxss (observed).
var sources = map[string][]struct{ plugin, ext string }{
	".js":   {{"typescript", ".ts"}},
	".wxss": {{"less", ".less"}, {"sass", ".scss"}, {"sass", ".sass"}},
}

// Source is the file from which WeChat makes name, which is relative to the
// miniprogram root and ends as the run time knows it (.js, .wxss …).
func (in *Inspection) Source(name string) (string, bool) {
	ext := path.Ext(name)
	for _, source := range sources[ext] {
		if from := strings.TrimSuffix(name, ext) + source.ext; in.Project.Config.Compiles(source.plugin) && in.Files.Has(from) {
			return from, true
		}
	}
	return name, in.Files.Has(name)
}

// Compiled is the name under which the run time knows a file: Source undone.
func (in *Inspection) Compiled(name string) string {
	for ext, list := range sources {
		for _, source := range list {
			if strings.HasSuffix(name, source.ext) && in.Project.Config.Compiles(source.plugin) {
				return strings.TrimSuffix(name, source.ext) + ext
			}
		}
	}
	return name
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
