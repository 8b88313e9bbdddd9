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

	"github.com/tuikit-cli/tuikit-cli/internal/crash"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Scale weighs mini programs, and remembers what it has weighed: of a tree before
// and after a change most files are the same. The zero value is ready to use, by
// several goroutines at once.
type Scale struct {
	known sync.Map // Compiled, by fileKey
}

// fileKey has no settings but those that make a difference to the file.
type fileKey struct {
	name     string
	settings Settings
	sum      [sha256.Size]byte
}

// Weigh weighs a mini program under the settings. A file that cannot be read weighs
// what it does on disk.
func (s *Scale) Weigh(g *graph.Graph, o Settings) *Report {
	return s.weigh(weighing{graph: g, settings: o})
}

// WeighOnly is Weigh for some packages, by their index: in the others, files weigh what
// they do on disk, and no helpers are added for them.
func (s *Scale) WeighOnly(g *graph.Graph, o Settings, wanted []bool) *Report {
	return s.weigh(weighing{graph: g, settings: o, wanted: wanted})
}

func (s *Scale) weigh(w weighing) *Report {
	w.Scale, w.report = s, &Report{Settings: w.settings, Limit: TotalLimit}
	for _, pkg := range w.graph.Packages() {
		w.report.Packages = append(w.report.Packages, Weight{Root: pkg.Root, Name: pkg.Name, Kind: kind(pkg), Limit: Limit})
	}
	w.files()
	w.add()
	w.sum()
	return w.report
}

// WeighShown is Weigh, with what people are shown besides: what the packages would weigh
// if everything was minified, and the duplicates.
func WeighShown(g *graph.Graph, o Settings) *Report { return new(Scale).shown(g, o, o.minified(true)) }

// WeighAll is WeighShown, with what the packages would weigh if nothing was minified.
func WeighAll(g *graph.Graph, o Settings) *Report {
	s := new(Scale)
	plain := o.minified(false)
	r := s.shown(g, o, o.minified(true), plain)
	for i, pkg := range s.Weigh(g, plain).Packages {
		r.Packages[i].Unminified = pkg.Bytes
	}
	return r
}

// shown is WeighShown; also are the settings that will be asked for besides.
func (s *Scale) shown(g *graph.Graph, o Settings, also ...Settings) *Report {
	r := s.weigh(weighing{graph: g, settings: o, also: also})
	for i, pkg := range s.Weigh(g, o.minified(true)).Packages {
		r.Packages[i].Minified = pkg.Bytes
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
	also     []Settings // others that will be asked for: what is the same for all is done once
	wanted   []bool     // packages by index; nil: all
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
	estimates := w.estimates(all)
	w.needed = make([]map[string]bool, len(w.report.Packages))
	for i, file := range all {
		if w.changes(file) {
			file.Bytes = estimates[i].Bytes
		}
		at := in.Project.PackageIndex(file.Path)
		w.report.Packages[at].Files = append(w.report.Packages[at].Files, file)
		if !file.Dropped {
			w.help(at, estimates[i].Helpers)
		}
	}
}

// estimates foretells what becomes of the files, on all cores, the largest first.
func (w *weighing) estimates(files []FileSize) []Compiled {
	var order []int
	for i, file := range files {
		if w.changes(file) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(files[b].Source, files[a].Source) })
	found := make([]Compiled, len(files))
	group := errgroup.Group{}
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, i := range order {
		group.Go(crash.Guarded(func() error { found[i] = w.estimate(files[i]); return nil }))
	}
	if err := group.Wait(); err != nil {
		panic(err) // the only way in which one of them fails
	}
	return found
}

// changes reports whether the compiler changes the file, and its package is wanted.
func (w *weighing) changes(file FileSize) bool {
	return isCode(file.Path) && (w.wanted == nil || w.wanted[w.graph.In.Project.PackageIndex(file.Path)])
}

// estimate is what becomes of a code file.
func (w *weighing) estimate(file FileSize) Compiled {
	if file.Path == project.ConfigFile {
		return Compiled{Bytes: configBytes}
	}
	in := w.graph.In
	data, err := project.ReadFile(in.FS, in.Project.Path(file.Path))
	if err != nil {
		return Compiled{Bytes: file.Source}
	}
	sets := []Settings{w.settings.relevant(file.Path)}
	key := fileKey{file.Path, sets[0], sha256.Sum256(data)}
	if known, ok := w.known.Load(key); ok {
		return known.(Compiled)
	}
	for _, s := range w.also {
		if s = s.relevant(file.Path); !slices.Contains(sets, s) {
			sets = append(sets, s)
		}
	}
	all := compileAll(file.Path, data, sets...)
	for i, s := range sets {
		key.settings = s
		w.known.Store(key, all[i])
	}
	return all[0]
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
