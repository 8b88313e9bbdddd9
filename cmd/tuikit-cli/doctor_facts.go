package main

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/tuikit-cli/tuikit-cli/internal/check"
	"github.com/tuikit-cli/tuikit-cli/internal/crash"
	"github.com/tuikit-cli/tuikit-cli/internal/devtools"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/doctor"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// doctorPatience is how long programs and the registry have to answer, all together: a
// slow line takes some seconds, and who waits longer than this wants to know why.
const doctorPatience = 20 * time.Second

// doctoring gathers what doctor judges.
type doctoring struct {
	*ui
	dir     string // absolute path of the folder
	offline bool
	facts   doctor.Facts
}

// gather asks everything at once: most of the time is waiting.
func (d *doctoring) gather(ctx context.Context) error {
	d.facts.GOOS, d.facts.Now = runtime.GOOS, d.now()
	ctx, cancel := context.WithTimeoutCause(ctx, doctorPatience, doctor.ErrTimeUp)
	defer cancel()
	root, found := d.locate()
	group := errgroup.Group{}
	ask := func(work func() error) { group.Go(crash.Guarded(work)) }
	ask(func() error { d.facts.Node = npm.Look(ctx, "node"); return nil })
	ask(func() error { d.facts.Npm = npm.Look(ctx, "npm"); return nil })
	ask(func() error { d.facts.Git = npm.Look(ctx, "git"); return nil })
	ask(func() (err error) { d.facts.Registry, err = d.askRegistry(ctx, root); return err })
	ask(func() error { d.lookForDevTools(); return nil })
	if found {
		ask(func() (err error) { d.facts.Mini, err = d.lookAt(ctx, root); return err })
	}
	return group.Wait()
}

// locate finds the mini program: the folder itself, or the only one below it.
func (d *doctoring) locate() (root string, found bool) {
	place := &d.facts.Place
	place.Shown = typedDir(d.dir)
	fsys := os.DirFS(d.dir)
	if err := project.Refuse(fsys); err != nil {
		place.Refused = troubleOf(err)
		return d.dir, false
	}
	roots := project.Search(fsys)
	if _, err := fs.Stat(fsys, project.ConfigFile); err == nil {
		roots = []string{"."} // even one that has lost its app.json
	}
	switch len(roots) {
	case 0:
		if above := around(d.dir); above != "" {
			place.Around = shell.Word(above)
		}
		return d.dir, false
	case 1:
		root = filepath.Join(d.dir, filepath.FromSlash(roots[0]))
		place.Shown, place.Root = typedDir(root), shown(root)
		return root, true
	}
	for _, root := range roots {
		place.Several = append(place.Several, typedDir(filepath.Join(d.dir, filepath.FromSlash(root))))
	}
	return d.dir, false
}

// shownRoot is the folder that was looked at, as check names it.
func (d *doctoring) shownRoot() string {
	if d.facts.Place.Root != "" {
		return d.facts.Place.Root
	}
	return shownHere(d.dir)
}

func troubleOf(err error) *doctor.Trouble {
	e := explanationOf(err)
	return &doctor.Trouble{What: e.what, Next: e.next}
}

// askRegistry has npm ask, with the settings that count in the project. That it fails is a
// fact, too: the error is a fault of the program.
func (d *doctoring) askRegistry(ctx context.Context, dir string) (doctor.Registry, error) {
	r := doctor.Registry{Skipped: d.offline}
	client, err := npm.Find()
	if err != nil || d.offline {
		return r, nil
	}
	client.Log = d.npmLog()
	group := errgroup.Group{}
	group.Go(crash.Guarded(func() (err error) {
		r.Latest, err = client.Latest(ctx, dir, uikit.Name)
		return err
	}))
	settings, err := client.Settings(ctx, dir, "@tencentcloud")
	r.Err = errors.Join(group.Wait(), err)
	if fault := (*crash.Error)(nil); errors.As(r.Err, &fault) {
		return r, fault
	}
	r.Settings = npm.Settings{Registry: withoutSecrets(settings.Registry), Proxy: withoutSecrets(settings.Proxy)}
	return r, nil
}

// withoutSecrets is an address without what signs in there.
func withoutSecrets(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	u.User, u.RawQuery = nil, ""
	return u.String()
}

func (d *doctoring) lookForDevTools() {
	look := d.look("")
	d.facts.DevTools.Found, d.facts.DevTools.Err = devtools.Find(look)
	d.facts.DevTools.Service = devtools.ServicePort(look)
}

// lookAt reads the mini program. While an operation is unfinished, nothing that it
// touches is judged.
func (d *doctoring) lookAt(ctx context.Context, root string) (*doctor.Mini, error) {
	fsys := os.DirFS(root)
	in, err := project.Inspect(fsys)
	if err != nil {
		return nil, err
	}
	m := &doctor.Mini{In: in, Unfinished: plan.Unfinished(fsys), Writable: writable(root)}
	m.Modules = nodeModules(filepath.Join(root, filepath.FromSlash(in.Project.Npm.Dir)))
	for _, document := range []*project.Document{in.Config, in.Private} {
		if document != nil && document.Err != nil {
			m.Broken = append(m.Broken, *troubleOf(document.Err))
		}
	}
	if in.LockErr != nil {
		m.Broken = append(m.Broken, *troubleOf(in.LockErr))
	}
	if m.Unfinished {
		return m, nil
	}
	group := errgroup.Group{}
	group.Go(crash.Guarded(func() error { m.Check = checked(fsys); return nil }))
	group.Go(crash.Guarded(func() error { m.Npm = d.npmInStep(ctx, root, in); return nil }))
	if m.Files, err = scaffold.Status(fsys, in.Project); err != nil {
		m.FilesErr = troubleOf(err)
	}
	return m, group.Wait()
}

// writable reports whether the project can be worked on: its folder, and that of our
// own memory in it.
func writable(root string) bool {
	for _, dir := range []string{root, filepath.Join(root, plan.StateDir)} {
		if info, err := os.Stat(dir); err == nil && (!info.IsDir() || !plan.Writable(dir)) {
			return false
		}
	}
	return true
}

func checked(fsys fs.FS) doctor.Checked {
	result, err := check.Run(fsys, check.Options{})
	if err != nil {
		return doctor.Checked{Err: troubleOf(err)}
	}
	c := doctor.Checked{}
	for _, finding := range result.Findings {
		if finding.Severity == diag.Error {
			c.Errors++
		} else {
			c.Warnings++
		}
	}
	return c
}

// npmInStep is what build-npm --check finds, without a word of its own. That app.json is
// not there, or broken, is for check to tell.
func (d *doctoring) npmInStep(ctx context.Context, root string, in *project.Inspection) doctor.Built {
	if in.App == nil || in.App.Err != nil || in.LockErr != nil {
		return doctor.Built{Unknown: true}
	}
	n := &npmBuilding{change: change{ui: d.silent(), planFlags: planFlags{dryRun: true, onConflict: conflictAbort}, name: "tuikit-cli doctor"}}
	for _, step := range []func() error{
		func() error { return n.load(ctx, root) },
		func() error { return n.bundle(ctx, &buildNpmFlags{}) },
		func() error { return n.build(n.recipe) },
	} {
		if err := step(); err != nil {
			return unbuilt(err)
		}
	}
	return doctor.Built{Stale: len(n.made.Stale()), Conflicts: len(n.plan.Conflicts)}
}

// unbuilt is why nobody can tell whether npm is in step.
func unbuilt(err error) doctor.Built {
	var missing *scaffold.MissingError
	if !errors.As(err, &missing) || missing.Installed() {
		return doctor.Built{Err: troubleOf(err)}
	}
	b := doctor.Built{Unknown: true}
	for _, m := range missing.Modules {
		if !m.Declared && !m.Installed && !slices.Contains(b.Unasked, m.Package) {
			b.Unasked = append(b.Unasked, m.Package)
		}
	}
	var lines []string
	for _, command := range missing.Commands() {
		lines = append(lines, shell.Line(command...))
	}
	b.Install = strings.Join(lines, " && ")
	return b
}
