package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/AlecAivazis/survey/v2"
	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/secret"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
)

// change is one run of a command that changes a project by a Plan.
type change struct {
	*ui
	planFlags
	command *cobra.Command
	name    string // what is remembered as having been done: the command and its arguments, without flags
	dir     string // absolute path of the project root
	mirror  string // --registry, for what npm has to do at the end
	fsys    fs.FS
	plan    *plan.Plan
	npm     *npmJSON // what build-npm tells besides the plan; nil for other commands
	asked   bool
	choices map[string]plan.Choice

	forecast []budget.Forecast // what becomes of each package
	warnings []msg.Text        // about those that will be too large by the plan
}

// builder makes the Plan, with the user's choices about conflicts.
type builder func(choices map[string]plan.Choice) (*plan.Plan, error)

// open looks at the project root before anything else does: what a killed run has
// left there is put right first, or pointed out where nothing is to be written.
func (c *change) open(ctx context.Context, dir string) error {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	c.dir = projectRoot(absolute)
	if c.dir != absolute {
		c.remark(c.text("root.above", "Dir", c.shownDir()))
	}
	info, err := os.Stat(c.dir)
	if err == nil && !info.IsDir() {
		return misused("usage.not-a-folder", "Dir", c.dir)
	}
	disk := os.DirFS(c.dir)
	c.fsys = plan.Snapshot(disk)
	if !plan.NeedsRecovery(disk) {
		return nil
	}
	if c.dryRun || c.diff {
		if plan.Unfinished(disk) {
			return plan.ErrUnfinished
		}
		return nil
	}
	_, err = recoverProject(ctx, c.ui, c.dir, c.name)
	return err
}

// projectRoot is dir, or the folder above it whose project.config.json says that
// dir is its miniprogram root.
func projectRoot(dir string) string {
	if _, err := os.Stat(filepath.Join(dir, project.ConfigFile)); err == nil {
		return dir
	}
	if _, err := os.Stat(filepath.Join(dir, project.AppFile)); err != nil {
		return dir
	}
	for above := filepath.Dir(dir); ; above = filepath.Dir(above) {
		around, err := project.Load(os.DirFS(above))
		if err == nil && around.HasConfig && around.HasApp && filepath.Join(above, filepath.FromSlash(around.Root)) == dir {
			return above
		}
		if above == filepath.Dir(above) {
			return dir
		}
	}
}

// asking reports whether questions can be put.
func (c *change) asking() bool { return !c.yes && !c.ui.json && c.interactive() }

// ask puts one question.
func (c *change) ask(prompt survey.Prompt, answer any, options ...survey.AskOpt) error {
	c.asked = true
	return c.ui.ask(c.command.Context(), prompt, answer, options...)
}

// build makes the Plan, and once more with what the user has chosen to do about
// its conflicts. Those that remain are the Plan's.
func (c *change) build(build builder) (err error) {
	if c.choices == nil {
		c.choices = map[string]plan.Choice{}
	}
	for {
		if c.plan, err = build(c.choices); err != nil {
			return err
		}
		settled, err := c.settle(c.plan.Conflicts)
		if err != nil {
			return err
		}
		if !settled {
			return nil
		}
	}
}

// settle adds to the choices as --on-conflict says. It reports whether there is
// one for every conflict now.
func (c *change) settle(conflicts []plan.Conflict) (bool, error) {
	policy := c.policy()
	if len(conflicts) == 0 || policy == conflictAbort {
		return false, nil
	}
	for _, conflict := range conflicts {
		if !conflict.Free || c.choices[conflict.Path] != "" {
			return false, nil
		}
	}
	for _, conflict := range conflicts {
		switch policy {
		case conflictKeep, conflictOverwrite:
			c.choices[conflict.Path] = plan.Choice(policy)
			continue
		}
		choice, all, err := c.askConflict(conflict)
		if err != nil {
			return false, err
		}
		c.choices[conflict.Path] = choice
		if all {
			policy = string(choice)
		}
	}
	return true, nil
}

// policy is --on-conflict; a preview, and a run without anybody to ask, list the
// conflicts.
func (c *change) policy() string {
	switch {
	case c.onConflict == conflictKeep || c.onConflict == conflictOverwrite:
		return c.onConflict
	case c.onConflict == conflictAsk && c.asking() && !c.dryRun && !c.diff:
		return conflictAsk
	}
	return conflictAbort
}

// askConflict shows what would become of a file, and asks. all is for the rest as
// well.
func (c *change) askConflict(conflict plan.Conflict) (choice plan.Choice, all bool, err error) {
	c.warn(fmt.Sprintf("%s: %s", conflict.Path, conflict.Why.In(c.lang)))
	if conflict.Op != nil {
		c.plan.Hide = secret.Mask
		diff, err := c.plan.DiffOf(*conflict.Op)
		if err != nil {
			return "", false, err
		}
		fmt.Fprint(c.stderr, c.paintDiff(diff))
	}
	options := []string{"keep", "overwrite", "keep-all", "overwrite-all", "abort"}
	answer := ""
	err = c.ask(&survey.Select{
		Message: c.text("ask.conflict", "Path", conflict.Path), Options: options,
		Description: func(value string, _ int) string { return c.text("ask.conflict." + value) },
	}, &answer)
	if err != nil {
		return "", false, err
	}
	if answer == "abort" {
		return "", false, errDeclined
	}
	name, all := strings.CutSuffix(answer, "-all")
	return plan.Choice(name), all, nil
}

// confirm shows the plan and asks once more, where somebody is there to ask.
// Warnings come in any case, before anything is written.
func (c *change) confirm() error {
	if !c.asking() {
		c.warnAhead()
		return nil
	}
	c.preview()
	c.keyboard().forget() // a key that was hit while npm was at work agrees to nothing
	apply := true
	if err := c.ask(&survey.Confirm{Message: c.text("ask.apply"), Default: true}, &apply); err != nil {
		return err
	}
	if !apply {
		return errDeclined
	}
	return nil
}

// preview shows what is going to be agreed to: on the terminal, wherever the result
// goes, and in any case.
func (c *change) preview() {
	screen := *c.ui
	screen.stdout, screen.quiet = c.stderr, false
	shown := *c
	shown.ui = &screen
	if c.npm != nil {
		shown.tellPackages()
	}
	shown.listOps()
	shown.listForecast()
	shown.warnAhead()
}

// apply puts the plan into effect. A task that fails is a *plan.TaskError: the
// files are in place.
func (c *change) apply(ctx context.Context) error {
	defer c.progress("progress.apply")()
	err := c.plan.Apply(ctx, c.dir, plan.Run{Command: c.name, Time: c.now(), Task: c.runTask})
	var task *plan.TaskError
	c.written = c.written || err == nil || errors.As(err, &task)
	return err
}

func (c *change) runTask(ctx context.Context, task plan.Task) error {
	client, err := npm.FindManager(task.Program)
	if err != nil {
		return err
	}
	client.Registry, client.Log = c.mirror, c.npmLog()
	done := c.progress("progress.install", "Manager", task.Program)
	defer done()
	return client.Run(ctx, filepath.Join(c.dir, filepath.FromSlash(task.Dir)), task.Args...)
}

// shownDir is the project root as the user would type it.
func (c *change) shownDir() string { return shown(c.dir) }

// ours is a command for this project, as it is typed where the user is.
func (c *change) ours(command string) string {
	if here, err := filepath.Abs("."); err == nil && here == c.dir {
		return command
	}
	return command + " -C " + shell.Word(c.shownDir())
}

func shown(dir string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return dir
	}
	if relative, err := filepath.Rel(here, dir); err == nil && relative != "." && !strings.HasPrefix(relative, "..") {
		return relative
	}
	return dir
}

// shownHere is shown, and "." for the current folder.
func shownHere(dir string) string {
	if here, err := filepath.Abs("."); err == nil && here == dir {
		return "."
	}
	return shown(dir)
}

// typedDir is a folder as it is typed after a command, "" for the current one.
func typedDir(dir string) string {
	if at := shownHere(dir); at != "." {
		return shell.Word(at)
	}
	return ""
}
