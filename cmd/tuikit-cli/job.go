package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// job is one run of a command that integrates the UIKit.
type job struct {
	change
	sourceFlags
	again []string // the command line that asks no questions
	typed bool     // the SecretKey was, and is not on that command line

	project *project.Project
	options scaffold.Options
	source  scaffold.Source
}

// load reads the project.
func (j *job) load(ctx context.Context, dir string) (err error) {
	if err := j.open(ctx, dir); err != nil {
		return err
	}
	if j.project, err = project.Load(j.fsys); err != nil || j.project.HasApp {
		return err
	}
	return j.outside()
}

// outside makes sure that a new mini program is not made inside another one, nor
// around one.
func (j *job) outside() error {
	if nested := project.Nested(j.fsys); len(nested) > 0 {
		return &nestedError{dir: nested[0], hasConfig: j.project.HasConfig}
	}
	for dir := filepath.Dir(j.dir); ; dir = filepath.Dir(dir) {
		if around, err := project.Load(os.DirFS(dir)); err == nil && around.HasApp {
			return &insideError{dir}
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// insideError: the folder is inside the mini program whose project root is root.
type insideError struct{ root string }

func (e *insideError) Error() string { return "inside the mini program in " + e.root }

// nestedError: the folder is none, and has a mini program in one of its folders.
type nestedError struct {
	dir       string
	hasConfig bool
}

func (e *nestedError) Error() string { return "the mini program is in " + e.dir }

// run does what both commands have in common, once the options are known.
func (j *job) run(ctx context.Context) error {
	j.options = scaffold.Known(j.project, j.options)
	if err := scaffold.Validate(j.fsys, j.project, j.options); err != nil {
		return err
	}
	if j.given("uikit") && !uikit.IsLocal(j.uikit) {
		if err := scaffold.CheckVersion(j.project, j.uikit); err != nil {
			return err
		}
	}
	if err := j.renew(); err != nil {
		return err
	}
	if !j.options.Renew && scaffold.Done(j.fsys, j.project, j.options) {
		return j.nothingToDo()
	}
	if err := j.credentials(); err != nil {
		return err
	}
	if err := j.findSource(ctx); err != nil {
		return err
	}
	if j.source.Fetched != nil {
		defer j.source.Fetched.Close()
	}
	if err := j.build(j.recipe); err != nil {
		return err
	}
	if err := j.relock(ctx); err != nil {
		return err
	}
	return j.carryOut(ctx)
}

// recipe is the builder of the plan.
func (j *job) recipe(choices map[string]plan.Choice) (*plan.Plan, error) {
	j.options.Choices = choices
	built, err := scaffold.Build(j.fsys, j.project, j.source, j.options)
	if err == nil {
		built.Notes = append(append(built.Notes, j.leftOut()...), j.trackedKey()...)
	}
	return built, err
}

// trackedKey is a note on a file for the SecretKey that git has already: no line in
// .gitignore keeps it out.
func (j *job) trackedKey() []msg.Text {
	name := j.project.Path(j.options.ConfigPath())
	if j.options.Integration == scaffold.None || j.options.Config.UserSig != scaffold.Debug || !tracked(filepath.Join(j.dir, filepath.FromSlash(name))) {
		return nil
	}
	return []msg.Text{msg.T("note.tracked", "File", name, "Command", shell.Line("git", "rm", "--cached", name))}
}

// relock has npm bring package-lock.json in step with the package.json of the
// plan, so that `npm ci` goes on working, and makes the plan with it. Where npm
// cannot do that outside of the project, it stays for the user.
func (j *job) relock(ctx context.Context) error {
	manifest, lock, wanted := scaffold.Relock(j.plan, j.project)
	if !wanted || len(j.plan.Conflicts) > 0 {
		return nil
	}
	client, err := npm.Find()
	if err != nil {
		return err
	}
	client.Registry, client.Log = j.registry, j.npmLog()
	done := j.progress("progress.relock")
	after, err := client.Relock(ctx, manifest, lock, j.npmrc())
	done()
	if failed := (*npm.Error)(nil); errors.As(err, &failed) {
		return nil // the plan has a note on it
	}
	if err != nil {
		return err
	}
	j.source.Relocked = after
	return j.build(j.recipe)
}

func (j *job) npmrc() []byte {
	data, err := fs.ReadFile(j.fsys, path.Join(j.project.Npm.Dir, ".npmrc"))
	if err != nil {
		return nil
	}
	return data
}

// findSource takes the UIKit that the project has, or fetches one.
func (j *job) findSource(ctx context.Context) error {
	kit, dir, err := scaffold.FindVendored(j.fsys, j.project)
	if err != nil {
		return err
	}
	j.source.Kit, j.source.Dir = kit, dir
	if kit != nil && j.complete(kit) {
		return nil
	}
	if lock := j.project.Lock; lock != nil && lock.UIKit.Source == "local" && !uikit.IsLocal(j.uikit) {
		return &scaffold.Refusal{Reason: msg.T("refuse.local", "Version", lock.UIKit.Version)}
	}
	if err := j.fetch(ctx); err != nil {
		return err
	}
	if err := scaffold.CheckVersion(j.project, j.source.Fetched.Version); err != nil {
		return err
	}
	done := j.progress("progress.modules")
	defer done()
	if uses := scaffold.Uses(j.source.Fetched.Package, j.options); len(uses) > 0 {
		if j.source.Modules, err = j.bundle(uses); err != nil {
			return err
		}
	}
	if j.options.Isolated {
		return j.helpers()
	}
	return nil
}

// bundle builds npm packages from what was fetched.
func (j *job) bundle(uses []bundle.Use) (*bundle.Output, error) {
	options := bundle.Options{Aliases: j.source.Fetched.Generation.Wiring().Aliases}
	if j.options.Isolated {
		options.Independent = []string{j.options.Subpackage}
	}
	return bundle.Build(filepath.Dir(j.source.Fetched.NodeModules), uses, options)
}

// helpers builds the helpers that the scripts of an isolated subpackage may need, as
// far as a plan without them knows these.
func (j *job) helpers() error {
	trial, err := scaffold.Build(j.fsys, j.project, j.source, j.options)
	if err != nil {
		return err
	}
	uses, err := scaffold.HelperUses(trial, j.project, j.options)
	if err != nil {
		return err
	}
	built, err := j.bundle(uses)
	if err != nil {
		return err
	}
	if j.source.Modules == nil {
		j.source.Modules = built
		return nil
	}
	maps.Copy(j.source.Modules.Files, built.Files)
	return nil
}

// complete reports whether every npm module of the kit is built, and nothing of
// what was vendored, nor of what the session imports, is missing.
func (j *job) complete(kit *uikit.Package) bool {
	if !scaffold.Complete(j.fsys, j.project, kit, j.options) {
		return false
	}
	for _, module := range kit.Modules {
		if !j.built(module) {
			return false
		}
	}
	for name, file := range j.project.Lock.Files {
		if _, err := fs.Stat(j.fsys, name); err != nil && (file.Kind == project.Vendored || j.options.Isolated && file.Kind == project.Built) {
			return false
		}
	}
	return true
}

// built reports whether a module is where the loader finds it: in the main package
// or in the subpackage, which must have it if it is isolated.
func (j *job) built(module string) bool {
	roots := []string{"", j.options.Subpackage}
	if j.options.Isolated {
		roots = roots[1:]
	}
	for _, root := range roots {
		if _, err := fs.Stat(j.fsys, j.project.Path(root, bundle.Dir, bundle.File(module))); err == nil {
			return true
		}
	}
	return false
}

func (j *job) fetch(ctx context.Context) error {
	client, err := npm.Find()
	if err != nil {
		return err
	}
	client.Registry, client.Log = j.registry, j.npmLog()
	request := uikit.Request{Spec: j.spec(), Name: filepath.Base(j.dir), HasPackage: j.project.Npm.HasPackage, Ranges: j.ranges(), Helpers: j.options.Isolated}
	request.Npmrc = j.npmrc()
	done := j.progress("progress.fetch", "Spec", request.Spec)
	defer done()
	j.source.Fetched, err = uikit.Fetch(ctx, client, request)
	return err
}

// spec is the UIKit to fetch: the one that is in the project already, else what
// was asked for.
func (j *job) spec() string {
	if lock := j.project.Lock; lock != nil && lock.UIKit.Source == "npm" && !uikit.IsLocal(j.uikit) {
		return lock.UIKit.Version
	}
	return j.uikit
}

// ranges is what the project's package.json asks for already.
func (j *job) ranges() map[string]string {
	ranges := map[string]string{}
	data, err := fs.ReadFile(j.fsys, path.Join(j.project.Npm.Dir, project.PackageFile))
	if err != nil {
		return ranges
	}
	var manifest struct{ Dependencies, DevDependencies map[string]string }
	if project.DecodeJSON(project.PackageFile, data, &manifest) != nil {
		return ranges
	}
	for _, section := range []map[string]string{manifest.DevDependencies, manifest.Dependencies} {
		for name, asked := range section {
			if !strings.Contains(asked, ":") { // file:, link: and git: mean something only in the project
				ranges[name] = asked
			}
		}
	}
	return ranges
}

func (j *job) carryOut(ctx context.Context) error {
	if err := j.foresee(ctx); err != nil {
		return err
	}
	if len(j.plan.Conflicts) > 0 {
		title := msg.T("conflict.title")
		if j.options.Renew {
			title = msg.T("conflict.edited-title")
		}
		return j.showConflicts(title)
	}
	if j.plan.Empty() && len(j.plan.Manual) == 0 {
		return j.nothingToDo()
	}
	if j.dryRun || j.diff {
		return j.show()
	}
	if err := j.confirm(); err != nil {
		return err
	}
	err := j.apply(ctx)
	var task *plan.TaskError
	if err != nil && !errors.As(err, &task) {
		return err
	}
	if task != nil && j.json { // one object, whatever happens
		j.plan.Manual = append(j.plan.Manual, explanationOf(task).what)
		err = nil
	}
	if err := j.summary(); err != nil {
		return err
	}
	return err
}

// errFound: the command did its work and there is something to look at, which
// has been said already.
var errFound = errors.New("there is something to look at")
