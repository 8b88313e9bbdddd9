// Package check finds what will go wrong in a mini program: what WeChat's compiler
// rejects, what it accepts and the run time fails at, and what the UIKit needs.
//
// A rule is a value in a file of its own. What it means, with an example that is
// run by a test, stands in docs/checks.md under its ID. A rule names its source:
// WeChat's documentation, or the observed behaviour of the compiler
// (miniprogram-ci 2.1.42), of wcc and wcsc, or of the run-time loader.
package check

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Rule is one thing that can be wrong.
type Rule struct {
	ID       string // kebab-case; the heading of its section in docs/checks.md
	Severity diag.Severity
	Release  diag.Severity // with Options.Release; "": no other
	Run      func(*Pass)
}

// Options say how to look.
type Options struct {
	Release bool // nothing that must not ship
}

// Finding is a Diagnostic with its way to mend it, where that is certain.
type Finding struct {
	diag.Diagnostic
	Fix func(*plan.Plan) error // paths are relative to the project root

	cause  cause
	edit   *edit // what Fix does, where that is an edit of File
	placed bool  // it is about this place only: the same fault elsewhere is another finding
}

// Result is what was found in one mini program.
type Result struct {
	Findings []Finding // files are relative to the project root; sorted
	Files    int       // how many files were looked at
}

// Mini is the mini program that the rules look at.
type Mini struct {
	*project.Inspection
	Graph   *graph.Graph
	Kits    []*Kit
	Options Options

	manifest *project.Document // the project's package.json; nil: not there
	theme    *project.Document // that app.json names; nil: none, or not there
	builtNpm bool              // "build npm" was run: there is a miniprogram_npm

	sources  map[string]*source             // files in which something was found
	pages    map[string]bool                // of app.json, below the miniprogram root
	pageList []string                       // the same, in their order
	folders  map[string]map[string][]string // names of files by folder and ending
	includes map[string]bool                // templates that others take in
	guesses  int                            // names that were compared in search of one that was meant
}

// Pass is one rule's run over a mini program.
type Pass struct {
	*Mini
	rule     *Rule
	findings *[]*Finding
}

// Run checks the mini program whose project root fsys is. The error is one of
// reading.
func Run(fsys fs.FS, o Options) (*Result, error) {
	in, err := project.Inspect(fsys)
	if err != nil {
		return nil, err
	}
	g, err := graph.Build(in, pristine(in))
	if err != nil {
		return nil, err
	}
	m := newMini(in, g, o)
	if err := m.unread(); err != nil {
		return nil, err
	}
	m.Kits = findKits(m)
	var found []*Finding
	for _, rule := range Rules {
		rule.Run(&Pass{Mini: m, rule: rule, findings: &found})
	}
	found = together(slices.DeleteFunc(m.suppress(found), m.vendors))
	return &Result{Findings: sortFindings(found), Files: len(in.Files.Names())}, nil
}

func newMini(in *project.Inspection, g *graph.Graph, o Options) *Mini {
	m := &Mini{Inspection: in, Graph: g, Options: o, sources: map[string]*source{}}
	m.manifest = project.ReadDocument(in.FS, path.Join(in.Project.Npm.Dir, project.PackageFile))
	if location := in.App.Text("themeLocation"); in.Files.Has(location) {
		m.theme = project.ReadDocument(in.FS, m.root(location))
	}
	m.builtNpm = slices.ContainsFunc(in.Files.Folders(), func(name string) bool { return path.Base(name) == "miniprogram_npm" })
	return m
}

// unread is the error of a JSON file that cannot be read at all, nil where there is
// none.
func (m *Mini) unread() error {
	var errs []error
	for _, d := range append(m.documents(), m.Private, m.manifest) {
		if d != nil && d.Err != nil {
			errs = append(errs, d.Err)
		}
	}
	for _, err := range append(errs, m.LockErr) {
		var reading *fs.PathError
		if errors.As(err, &reading) {
			return err
		}
	}
	return nil
}

// vendors reports whether a warning is about a file that is as the UIKit's vendor, or
// npm, brought it: there is nothing that the project's owner could do about it.
func (m *Mini) vendors(f *Finding) bool {
	if m.Project.Lock == nil || f.Severity != diag.Warning || strings.HasPrefix(f.Rule, "uikit-") {
		return false
	}
	entry, ours := m.Project.Lock.Files[f.File]
	return ours && entry.Kind != project.Generated && entry.SHA256 == plan.Hash(m.source(f.File))
}

// pristine tells which scripts are as this tool wrote them: what was compiled
// once need not be parsed again.
func pristine(in *project.Inspection) func(string, []byte) bool {
	lock := in.Project.Lock
	return func(name string, data []byte) bool {
		if lock == nil {
			return false
		}
		entry, ours := lock.Files[in.Project.Path(name)]
		return ours && entry.SHA256 == plan.Hash(data)
	}
}

func sortFindings(found []*Finding) []Finding {
	slices.SortStableFunc(found, func(a, b *Finding) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message.String(), b.Message.String()))
	})
	var sorted []Finding
	for _, f := range found {
		f.Fixable = f.Fix != nil
		if f.Fixable && f.Hint.IsZero() && f.Expected.IsZero() {
			f.Hint = msg.T("check.fix.hint")
		}
		if n := len(sorted); n > 0 && sorted[n-1].Place == f.Place && sorted[n-1].Rule == f.Rule && sorted[n-1].Message.String() == f.Message.String() {
			continue
		}
		sorted = append(sorted, *f)
	}
	return sorted
}

// Find is the rule of that ID, nil for none.
func Find(id string) *Rule {
	for _, rule := range Rules {
		if rule.ID == id {
			return rule
		}
	}
	return nil
}

// root is the path of a file of the miniprogram root, relative to the project root.
func (m *Mini) root(name string) string { return m.Project.Path(name) }

// pageFile is where a page of app.json stands: the path of its files below the
// miniprogram root.
func pageFile(pkg project.Package, page project.PagePath) string {
	return project.Join(pkg.Root, string(page))
}

// stem is a path without its ending.
func stem(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }
