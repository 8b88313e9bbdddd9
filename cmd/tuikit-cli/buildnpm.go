package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// buildNpmFlags are the flags of build-npm.
type buildNpmFlags struct {
	planFlags
	minify     bool
	sourceMaps bool
	check      bool
}

func newBuildNpm(u *ui) *cobra.Command {
	f := &buildNpmFlags{}
	command := &cobra.Command{
		Use:     "build-npm [DIR]",
		Short:   "help.build-npm",
		Long:    "help.build-npm.long",
		Example: buildNpmExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return buildNpm(command.Context(), u, command, f, args)
		},
	}
	f.bind(command)
	flags := command.Flags()
	flags.BoolVar(&f.minify, "minify", false, "flag.minify")
	flags.BoolVar(&f.sourceMaps, "source-map", false, "flag.source-map")
	flags.BoolVar(&f.check, "check", false, "flag.build-npm-check")
	return command
}

const buildNpmExample = `  tuikit-cli build-npm
  tuikit-cli build-npm my-app --dry-run
  tuikit-cli build-npm --minify --yes
  tuikit-cli build-npm --check`

// npmBuilding is one run of build-npm.
type npmBuilding struct {
	change
	in      *project.Inspection
	options scaffold.NpmOptions
	notes   []msg.Text
	made    *scaffold.NpmBuild
}

// npmJSON is what build-npm tells besides the plan.
type npmJSON struct {
	Packages []npmPackageJSON `json:"packages"`
	Before   int64            `json:"before"` // bytes of all folders miniprogram_npm
	After    int64            `json:"after"`
	Fresh    *bool            `json:"fresh,omitempty"` // --check
}

type npmPackageJSON struct {
	Name        string   `json:"name"`
	Version     string   `json:"version"`
	Roots       []string `json:"roots"` // of the packages that it goes to; "" for the main package
	Bytes       int64    `json:"bytes"` // of one copy
	MiniProgram bool     `json:"miniprogram"`
}

func buildNpm(ctx context.Context, u *ui, command *cobra.Command, f *buildNpmFlags, args []string) error {
	u.setFormat(f.format)
	dir, err := folder(f.project, args)
	if err != nil {
		return err
	}
	n := &npmBuilding{change: change{ui: u, planFlags: f.planFlags, command: command, name: invocation(command, args)}}
	n.dryRun = n.dryRun || f.check
	if err := n.load(ctx, dir); err != nil {
		return err
	}
	if err := n.bundle(ctx, f); err != nil {
		return err
	}
	if err := n.build(n.recipe); err != nil {
		return err
	}
	n.describe()
	if f.check {
		return n.verdict()
	}
	return n.carryOut(ctx)
}

// load reads the mini program, which must be one that WeChat can read.
func (n *npmBuilding) load(ctx context.Context, dir string) (err error) {
	if err := n.open(ctx, dir); err != nil {
		return err
	}
	if err := project.Refuse(n.fsys); err != nil {
		return err
	}
	if n.in, err = project.Inspect(n.fsys); err != nil {
		return err
	}
	for _, document := range []*project.Document{n.in.Config, n.in.App} {
		if document != nil && document.Value == nil && document.Err != nil {
			return document.Err
		}
	}
	switch {
	case n.in.LockErr != nil:
		return n.in.LockErr
	case n.in.App != nil:
		return nil
	}
	if nested := project.Nested(n.fsys); len(nested) > 0 {
		return &nestedError{dir: nested[0], hasConfig: n.in.Project.HasConfig}
	}
	return within(n.dir, misused("usage.no-app", "Dir", n.dir))
}

// bundle builds the npm packages in memory.
func (n *npmBuilding) bundle(ctx context.Context, f *buildNpmFlags) error {
	dir := filepath.Join(n.dir, filepath.FromSlash(n.in.Project.Npm.Dir))
	o := scaffold.BundleOptions(n.in)
	o.Minify, o.SourceMaps = f.minify, f.sourceMaps
	done := n.progress("progress.modules")
	defer done()
	n.options = scaffold.NpmOptions{ProjectName: filepath.Base(n.dir), Modules: nodeModules(dir)}
	err := interruptible(ctx, func() (err error) {
		n.options.Output, err = bundle.Project(n.in, dir, o)
		return err
	})
	if err != nil {
		return err
	}
	n.notes, err = scaffold.CheckMissing(n.in, n.options)
	return err
}

// nodeModules are the folders node_modules in which Node looks from dir: there, and
// in the folders above.
func nodeModules(dir string) []fs.FS {
	var found []fs.FS
	for {
		name := filepath.Join(dir, "node_modules")
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			found = append(found, os.DirFS(name))
		}
		if dir == filepath.Dir(dir) {
			return found
		}
		dir = filepath.Dir(dir)
	}
}

// recipe is the builder of the plan.
func (n *npmBuilding) recipe(choices map[string]plan.Choice) (_ *plan.Plan, err error) {
	n.options.Choices = choices
	if n.made, err = scaffold.BuildNpm(n.fsys, n.in, n.options); err != nil {
		return nil, err
	}
	n.made.Notes = append(n.made.Notes, n.notes...)
	if n.ui.json || n.verbose {
		for _, left := range n.options.Output.Left {
			n.made.Notes = append(n.made.Notes, msg.T("note.npm-outside", "Module", left.Module, "From", left.From))
		}
	}
	return n.made.Plan, nil
}

// describe tells machines of the npm packages.
func (n *npmBuilding) describe() {
	n.npm = &npmJSON{Packages: []npmPackageJSON{}, Before: n.made.Before, After: n.made.After}
	for _, p := range n.options.Output.Packages {
		n.npm.Packages = append(n.npm.Packages, npmPackageJSON{p.Name, p.Version, p.Roots, p.Bytes, p.MiniProgram})
	}
}

// carryOut shows the plan, or puts it into effect.
func (n *npmBuilding) carryOut(ctx context.Context) error {
	if err := n.foresee(ctx); err != nil {
		return err
	}
	switch {
	case len(n.plan.Conflicts) > 0:
		return n.showConflicts(msg.T("conflict.npm-title"))
	case n.plan.Empty():
		return n.nothing(msg.T("done.nothing", "Dir", n.shownDir()))
	case n.dryRun || n.diff:
		if !n.diff {
			n.tellPackages()
		}
		return n.show()
	}
	if err := n.confirm(); err != nil {
		return err
	}
	if err := n.apply(ctx); err != nil {
		return err
	}
	if n.ui.json {
		return n.printJSON(n.planJSON(true))
	}
	n.tell(n.paint("32", n.text("done.npm", "Dir", n.shownDir())))
	if !n.asking() {
		n.tellPackages()
	}
	n.tellCounts()
	n.listNotes()
	return nil
}

// verdict is --check: whether every miniprogram_npm is as it would be built now.
func (n *npmBuilding) verdict() error {
	stale := n.made.Stale()
	fresh := len(stale) == 0 && len(n.plan.Conflicts) == 0
	n.npm.Fresh = &fresh
	if fresh {
		return n.nothing(msg.T("done.npm-fresh", "Dir", n.shownDir()))
	}
	if n.ui.json {
		return errors.Join(n.printJSON(n.planJSON(false)), errFound)
	}
	n.tell(n.text("check-npm.stale", "Dir", n.shownDir()))
	marks := n.opMarks()
	for _, op := range stale {
		n.tell(fmt.Sprintf("  %s %s", marks[op.Kind], op.Path))
	}
	for _, group := range groupConflicts(n.plan.Conflicts) {
		n.tell(fmt.Sprintf("  ! %s  %s", n.counted(group.path, group.files), n.paint("2", group.why.In(n.lang))))
	}
	n.tell(n.text("check-npm.next"))
	return errFound
}

// tellPackages lists the npm packages: how heavy each is, and where it goes.
func (c *change) tellPackages() {
	var names, sizes []string
	for _, p := range c.npm.Packages {
		names, sizes = append(names, p.Name+" "+p.Version), append(sizes, budget.Text(p.Bytes))
	}
	for i, p := range c.npm.Packages {
		c.tell(fmt.Sprintf("  %s  %*s  %s", padded(names[i], widest(names)), widest(sizes), sizes[i], c.paint("2", c.placesOf(p))))
	}
	c.tell("  " + c.text("list.npm-total", "After", budget.Text(c.npm.After), "Before", budget.Text(c.npm.Before)))
}

// placesOf names the packages that an npm package goes to.
func (c *change) placesOf(p npmPackageJSON) string {
	names := make([]string, len(p.Roots))
	for i, root := range p.Roots {
		names[i] = c.mainOr(root)
	}
	return strings.Join(names, ", ")
}
