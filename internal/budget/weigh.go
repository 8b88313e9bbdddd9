package budget

import (
	"cmp"
	"crypto/sha256"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Scale weighs mini programs, and remembers what it has weighed: of a tree before
// and after a change most files are the same. The zero value is ready to use, by
// several goroutines at once.
type Scale struct {
	known sync.Map // Compiled by fileKey
}

type fileKey struct {
	name     string
	settings Settings
	sum      [sha256.Size]byte
}

// Weigh weighs a mini program under the settings. A file that cannot be read weighs
// what it does on disk.
func (s *Scale) Weigh(g *graph.Graph, o Settings) *Report { return s.WeighOnly(g, o, nil) }

// WeighOnly is Weigh for some packages, by their index: in the others, files weigh what
// they do on disk, and no helpers are added for them.
func (s *Scale) WeighOnly(g *graph.Graph, o Settings, wanted []bool) *Report {
	w := weighing{Scale: s, graph: g, settings: o, wanted: wanted, report: &Report{Settings: o, Limit: TotalLimit}}
	for _, pkg := range g.Packages() {
		w.report.Packages = append(w.report.Packages, Weight{Root: pkg.Root, Name: pkg.Name, Kind: kind(pkg), Limit: Limit})
	}
	w.files()
	w.add()
	w.sum()
	return w.report
}

// WeighAll is Weigh, with what the packages would weigh if everything was minified
// or nothing was, and with the duplicates.
func WeighAll(g *graph.Graph, o Settings) *Report {
	s := new(Scale)
	r := s.Weigh(g, o)
	all := map[bool]*Report{}
	for _, on := range []bool{false, true} {
		if all[on] = r; o != o.minified(on) {
			all[on] = s.Weigh(g, o.minified(on))
		}
	}
	for i := range r.Packages {
		r.Packages[i].Unminified, r.Packages[i].Minified = all[false].Packages[i].Bytes, all[true].Packages[i].Bytes
	}
	r.Duplicates = duplicates(g.In, r)
	return r
}

func kind(p project.Package) string {
	switch {
	case p.Root == "":
		return "main"
	case p.Independent:
		return "independent"
	}
	return "subpackage"
}

// weighing is one run of Weigh.
type weighing struct {
	*Scale
	graph    *graph.Graph
	settings Settings
	wanted   []bool // packages by index; nil: all
	report   *Report
	needed   []map[string]bool // helpers of @babel/runtime, by package
}

// files puts every packed file into its package, on all cores.
func (w *weighing) files() {
	in := w.graph.In
	used, included := reached(w.graph), in.Project.Config.Includes()
	var all []FileSize
	for _, name := range in.Files.Names() {
		if !packed(in, name) {
			continue
		}
		file := FileSize{Path: name, Source: in.Files.Size(name), Bytes: in.Files.Size(name)}
		file.Unreached = isCode(name) && !used(name)
		file.Dropped = file.Unreached && w.settings.FilterUnused && !included(name)
		all = append(all, file)
	}
	estimates := make([]Compiled, len(all))
	group := errgroup.Group{}
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range all {
		if w.estimates(file) {
			group.Go(func() error { estimates[i] = w.estimate(file); return nil })
		}
	}
	_ = group.Wait() // none of them fails
	w.needed = make([]map[string]bool, len(w.report.Packages))
	for i, file := range all {
		if w.estimates(file) {
			file.Bytes = estimates[i].Bytes
		}
		at := in.Project.PackageIndex(file.Path)
		w.report.Packages[at].Files = append(w.report.Packages[at].Files, file)
		if !file.Dropped {
			w.help(at, estimates[i].Helpers)
		}
	}
}

// estimates reports whether the compiler changes the file, and its package is wanted.
func (w *weighing) estimates(file FileSize) bool {
	return isCode(file.Path) && (w.wanted == nil || w.wanted[w.graph.In.Project.PackageIndex(file.Path)])
}

// estimate is the weight of a code file.
func (w *weighing) estimate(file FileSize) Compiled {
	if file.Path == project.ConfigFile {
		return Compiled{Bytes: configBytes}
	}
	in := w.graph.In
	data, err := project.ReadFile(in.FS, in.Project.Path(file.Path))
	if err != nil {
		return Compiled{Bytes: file.Source}
	}
	key := fileKey{file.Path, w.settings, sha256.Sum256(data)}
	if ext := kindOf(file.Path); ext == ".js" || ext == ".ts" { // nothing else makes a difference
		key.settings = Settings{ES6: w.settings.ES6, Minify: w.settings.Minify}
	}
	if known, ok := w.known.Load(key); ok {
		return known.(Compiled)
	}
	compiled := Estimate(file.Path, data, w.settings)
	w.known.Store(key, compiled)
	return compiled
}

// help notes the helpers that a script needs, for the package in which the compiler
// puts them: the main package, or the independent subpackage itself (observed).
func (w *weighing) help(at int, names []string) {
	if w.report.Packages[at].Kind != "independent" {
		at = 0
	}
	if w.needed[at] == nil {
		w.needed[at] = map[string]bool{}
	}
	for _, name := range names {
		w.needed[at][name] = true
	}
}

// configBytes is what project.config.json weighs: whatever it says, and wherever it
// lies, the compiler packs one of its own into the main package (observed).
const configBytes = 64

// add puts in what the compiler adds.
func (w *weighing) add() {
	if !w.graph.In.Files.Has(project.ConfigFile) {
		w.addFile(0, FileSize{Path: project.ConfigFile, Bytes: configBytes})
	}
	for at, names := range w.needed {
		for _, name := range helperClosure(slices.Sorted(maps.Keys(names))) {
			file := project.Join(w.report.Packages[at].Root, "@babel/runtime/helpers", name+".js")
			if !w.graph.In.Files.Has(file) {
				w.addFile(at, FileSize{Path: file, Bytes: helpers[name].size})
			}
		}
	}
}

func (w *weighing) addFile(at int, file FileSize) {
	pkg := &w.report.Packages[at]
	pkg.Extra = append(pkg.Extra, file)
	pkg.Added += file.Bytes
}

func (w *weighing) sum() {
	for i := range w.report.Packages {
		pkg := &w.report.Packages[i]
		slices.SortFunc(pkg.Extra, func(a, b FileSize) int { return strings.Compare(a.Path, b.Path) })
		pkg.Bytes = pkg.Added
		for _, file := range pkg.Files {
			if !file.Dropped {
				pkg.Bytes += file.Bytes
				pkg.Source += file.Source
			}
		}
		w.report.Total += pkg.Bytes
	}
}

// worthSharing is how large a file must be, in bytes, to be told as a duplicate.
const worthSharing = 1 << 10

// duplicates finds packed files with the same content, those that waste most first.
func duplicates(in *project.Inspection, r *Report) []Duplicate {
	sizes := map[int64][]string{}
	for _, pkg := range r.Packages {
		for _, file := range pkg.Files {
			if !file.Dropped && file.Source >= worthSharing {
				sizes[file.Source] = append(sizes[file.Source], file.Path)
			}
		}
	}
	same := map[[sha256.Size]byte][]string{}
	for _, names := range sizes {
		for _, name := range names {
			if len(names) == 1 {
				break
			}
			if data, err := project.ReadFile(in.FS, in.Project.Path(name)); err == nil {
				sum := sha256.Sum256(data)
				same[sum] = append(same[sum], name)
			}
		}
	}
	var found []Duplicate
	for _, names := range same {
		if len(names) > 1 {
			slices.Sort(names)
			found = append(found, Duplicate{Bytes: in.Files.Size(names[0]), Paths: names})
		}
	}
	slices.SortFunc(found, func(a, b Duplicate) int {
		return cmp.Or(cmp.Compare(b.wasted(), a.wasted()), strings.Compare(a.Paths[0], b.Paths[0]))
	})
	return found
}

// wasted is how many bytes one place instead of several would save.
func (d Duplicate) wasted() int64 { return d.Bytes * int64(len(d.Paths)-1) }
