package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/AlecAivazis/survey/v2/terminal"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/crash"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// errDeclined: the user was shown the plan and said no.
var errDeclined = errors.New("declined")

// explanation is an error for a person: what is wrong, and what to do next.
type explanation struct {
	code int
	what msg.Text
	next msg.Text
}

// end explains how the command ended, and returns the exit code.
func (u *ui) end(err error) int {
	u.still()
	if u.lost != nil && (err == nil || errors.Is(err, errFound) || errors.Is(err, u.lost)) {
		err = &lostError{u.lost, u.written}
	}
	return u.explain(err)
}

// lostError: the result could not be printed. written tells whether files of a project
// are in place nonetheless.
type lostError struct {
	err     error
	written bool
}

func (e *lostError) Error() string { return "cannot print the result: " + e.err.Error() }

func (e *lostError) Unwrap() error { return e.err }

// explain prints an error in the user's language and returns the exit code.
func (u *ui) explain(err error) int {
	var exit *exitError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errFound):
		return exitFound
	case errors.As(err, &exit):
		return exit.code
	}
	e := explanationOf(err)
	if e.next.ID == "usage.next" && u.command != "" {
		e.next = usageNext(u.command)
	}
	if u.json && e.code != exitInterrupted {
		_ = u.printJSON(map[string]any{"version": 1, "error": map[string]string{"message": e.what.String(), "hint": hint(e, msg.English)}})
	}
	u.warn(u.text("error.title") + e.what.In(u.lang))
	var caught *crash.Error
	if errors.As(err, &caught) && (slices.Contains(u.args, "--verbose") || u.verbose || u.getenv(debugEnv) != "") {
		u.warn(caught.Stack)
	}
	if next := hint(e, u.lang); next != "" {
		u.warn(u.text("error.next") + next)
	}
	return e.code
}

func hint(e explanation, lang msg.Lang) string {
	if e.next.IsZero() {
		return ""
	}
	return e.next.In(lang)
}

// explanationOf finds the words for an error by its type.
func explanationOf(err error) explanation {
	for _, known := range []func(error) (explanation, bool){
		explainWithin, explainTask, explainStop, explainCrash, explainLost, explainUsage, explainNpm, explainDevtools, explainFile, explainApply, explainUIKit,
		explainUserSig, explainListen,
	} {
		if e, ok := known(err); ok {
			return e
		}
	}
	return explanation{code: exitFailed, what: msg.T("error.other", "Error", msg.Reason(err)), next: msg.T("error.other.next")}
}

// explainWithin: what was wrong stays so, and the next step is the folder.
func explainWithin(err error) (explanation, bool) {
	var found *withinError
	if !errors.As(err, &found) {
		return explanation{}, false
	}
	e := explanationOf(found.err)
	e.next = msg.T("error.within.next", "Dir", shell.Word(found.root))
	return e, true
}

func explainStop(err error) (explanation, bool) {
	stopped := errors.Is(err, errInterrupted) || errors.Is(err, terminal.InterruptErr) || errors.Is(err, context.Canceled)
	var left *plan.ApplyError
	if stopped && !(errors.As(err, &left) && len(left.Left) > 0) {
		return explanation{code: exitInterrupted, what: msg.T("error.interrupted")}, true
	}
	if errors.Is(err, errDeclined) {
		return explanation{code: exitInterrupted, what: msg.T("error.declined")}, true
	}
	return explanation{}, false
}

// debugEnv shows, as --verbose does, where the program was when it failed.
const debugEnv = "TUIKIT_DEBUG"

// issues is where faults of the program are reported.
const issues = "https://github.com/tuikit-cli/tuikit-cli/issues"

// explainCrash: a fault of the program itself.
func explainCrash(err error) (explanation, bool) {
	var caught *crash.Error
	var left *plan.ApplyError
	if !errors.As(err, &caught) || errors.As(err, &left) && len(left.Left) > 0 {
		return explanation{}, false
	}
	return explanation{exitFailed, msg.T("error.crash", "Error", fmt.Sprint(caught.Value), "Version", currentVersion()), msg.T("error.crash.next", "URL", issues)}, true
}

// explainLost: nobody has got the result.
func explainLost(err error) (explanation, bool) {
	var lost *lostError
	switch {
	case !errors.As(err, &lost):
		return explanation{}, false
	case lost.written:
		return explanation{exitFound, msg.T("error.lost-done", "Error", reason(lost.err)), msg.T("error.lost-done.next")}, true
	}
	return explanation{exitFailed, msg.T("error.lost", "Error", reason(lost.err)), msg.T("error.lost.next")}, true
}

// reason is what the system says, without the name of the file.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error()
}

// program is what stands in front of every command.
const program = "tuikit-cli"

// usageNext: how a command is to be written.
func usageNext(command string) msg.Text { return msg.T("usage.next", "Command", command) }

func explainUsage(err error) (explanation, bool) {
	var usage *usageError
	if errors.As(err, &usage) {
		return explanation{code: exitUsage, what: usage.Text, next: usageNext(program)}, true
	}
	var operation *operationError
	if errors.As(err, &operation) {
		return explainOperation(operation), true
	}
	var refusal *scaffold.Refusal
	if errors.As(err, &refusal) {
		e := explanation{code: exitFailed, what: refusal.Reason, next: msg.T(refusal.Reason.ID + ".next")}
		if refusal.Usage {
			e.code = exitUsage
		}
		e.next.Values = refusal.Reason.Values
		if e.next.String() == e.next.ID {
			e.next = usageNext(program)
		}
		return e, true
	}
	return explanation{}, false
}

// explainTask: the files are in place, so that not even an interruption means that
// nothing changed.
func explainTask(err error) (explanation, bool) {
	var task *plan.TaskError
	if !errors.As(err, &task) {
		return explanation{}, false
	}
	command := strings.Join(append([]string{task.Task.Program}, task.Task.Args...), " ")
	if errors.Is(task.Err, npm.ErrMissing) {
		return explanation{exitFound, msg.T("error.manager-missing", "Manager", task.Task.Program), msg.T("error.task.next", "Command", command)}, true
	}
	return explanation{exitFound, msg.T("error.task", "Command", command, "Output", npmOutput(task.Err)), msg.T("error.task.next", "Command", command)}, true
}

func explainNpm(err error) (explanation, bool) {
	if errors.Is(err, npm.ErrMissing) {
		return explanation{exitFailed, msg.T("error.npm-missing"), msg.T("error.npm-missing.next")}, true
	}
	var failed *npm.Error
	if !errors.As(err, &failed) {
		return explanation{}, false
	}
	e := explanation{exitFailed, msg.T("error.npm", "Output", failed.Output), msg.T("error.npm.next")}
	switch {
	case failed.NotFound():
		name := failed.Package()
		if name == "" {
			name = uikit.Name
		}
		e.what, e.next = msg.T("error.npm-notfound", "Output", failed.Output), msg.T("error.npm-notfound.next", "Name", name)
	case failed.Unreachable():
		e.what, e.next = msg.T("error.npm-unreachable", "Output", failed.Output), msg.T("error.npm-unreachable.next")
	}
	return e, true
}

func npmOutput(err error) any {
	var failed *npm.Error
	if errors.As(err, &failed) {
		return failed.Output
	}
	return msg.Reason(err)
}

func explainFile(err error) (explanation, bool) {
	var file *project.FileError
	if !errors.As(err, &file) {
		return explanation{}, false
	}
	e := explanation{code: exitFailed, what: msg.T("error.file", "File", file.Path, "Error", msg.Bare(file.Err)), next: msg.T("error.file.next", "File", file.Path)}
	var syntax *jsonpatch.SyntaxError
	var inTheWay *jsonpatch.PathError
	var framework *project.FrameworkError
	var kind *project.KindError
	var size *budget.SizeError
	switch {
	case errors.As(file.Err, &kind) && kind.Kind == "plugin":
		e.what, e.next = msg.T("error.plugin", "File", file.Path), msg.T("error.plugin.next")
	case errors.As(file.Err, &kind):
		e.what, e.next = msg.T("error.game", "File", file.Path), msg.T("error.game.next")
	case errors.As(file.Err, &framework):
		e.what, e.next = msg.T("error.framework", "File", file.Path, "Name", framework.Name), msg.T("error.framework.next", "Name", framework.Name, "Way", ownWay(framework.Name))
	case errors.As(file.Err, &syntax):
		e.what = msg.T("error.json", "File", file.Path, "Line", syntax.Line, "Column", syntax.Column, "Error", project.Syntax(syntax))
	case errors.Is(file.Err, project.ErrShape):
		e.what = msg.T("error.shape", "File", file.Path, "Detail", strings.TrimPrefix(file.Err.Error(), project.ErrShape.Error()+": "))
	case errors.As(file.Err, &inTheWay):
		e.what = msg.T("error.shape", "File", file.Path, "Detail", inTheWay.Error())
	case explainsBaseline(file.Err):
		e.what, e.next = msg.T("error.baseline", "File", file.Path, "Error", file.Err.Error()), msg.T("error.baseline.next")
	case errors.As(file.Err, &size):
		e.what, e.next = msg.T("error.size", "File", file.Path, "Text", size.Text), msg.T("error.size.next")
	case errors.Is(file.Err, project.ErrNoApp):
		e.what, e.next = msg.T("error.no-app", "File", file.Path), msg.T("error.no-app.next")
	case errors.Is(file.Err, project.ErrBothSubpackages):
		e.what, e.next = msg.T("error.both-subpackages", "File", file.Path), msg.T("error.both-subpackages.next")
	case errors.Is(file.Err, project.ErrLockVersion):
		e.what, e.next = msg.T("error.lock-version"), msg.T("error.lock-version.next")
	}
	return e, true
}

// ownWay is where a framework's users find the UIKit, or how they use the SDK.
func ownWay(framework string) string {
	switch framework {
	case "uni-app":
		return "https://www.npmjs.com/package/@tencentcloud/chat-uikit-uniapp"
	case "Taro":
		return "https://docs.taro.zone/docs/mini-third-party"
	case "mpx":
		return "https://didi.github.io/mpx/"
	case "weapp-vite":
		return "https://vite.icebreaker.top/"
	}
	return "https://www.npmjs.com/package/@tencentcloud/chat"
}

func explainsBaseline(err error) bool {
	var broken *diag.BaselineError
	var newer *diag.NewerBaselineError
	return errors.As(err, &broken) || errors.As(err, &newer)
}

func explainApply(err error) (explanation, bool) {
	var nothing *nothingToCheckError
	if errors.As(err, &nothing) {
		e := explanation{exitFailed, msg.T("error.nothing-to-check", "Dir", nothing.dir), msg.T("error.nothing-to-check.next", "Command", nothing.command)}
		if nothing.around != "" {
			e.next = msg.T("error.nothing-to-check.around", "Command", nothing.command+" "+shell.Word(nothing.around))
		}
		return e, true
	}
	var inside *insideError
	if errors.As(err, &inside) {
		return explanation{exitFailed, msg.T("error.inside", "Dir", inside.root), msg.T("error.inside.next", "Dir", shell.Word(inside.root))}, true
	}
	var nested *nestedError
	if errors.As(err, &nested) {
		e := explanation{exitFailed, msg.T("error.nested", "Dir", nested.dir), msg.T("error.nested.next", "Dir", nested.dir)}
		if nested.hasConfig {
			e.next = msg.T("error.nested-config.next", "Dir", nested.dir)
		}
		return e, true
	}
	if e, ok := explainState(err); ok {
		return e, true
	}
	var changed *plan.ChangedError
	if errors.As(err, &changed) {
		return explanation{exitFailed, msg.T("error.changed", "File", changed.Path), msg.T("error.changed.next")}, true
	}
	var target *plan.TargetError
	if errors.As(err, &target) {
		return explanation{exitFailed, msg.T("error.target", "File", target.Path), msg.T("error.target.next")}, true
	}
	var failed *plan.ApplyError
	if !errors.As(err, &failed) {
		return explanation{}, false
	}
	e := explanation{exitFailed, msg.T("error.apply", "File", failed.Path, "Error", msg.Bare(failed.Err)), msg.T("error.apply.next")}
	switch {
	case len(failed.Left) > 0:
		e.what, e.next = msg.T("error.left", "File", failed.Path, "Error", msg.Bare(failed.Err), "Files", leftFiles(failed.Left)), leftHint(failed.Left)
	case errors.Is(failed.Err, fs.ErrPermission):
		e.what, e.next = msg.T("error.permission", "File", failed.Path), msg.T("error.permission.next")
	}
	return e, true
}

func leftFiles(left []plan.Left) []string {
	names := make([]string, len(left))
	for i, file := range left {
		names[i] = file.Path
	}
	return names
}

// leftHint names where the former content of a file lies that was not put back.
func leftHint(left []plan.Left) msg.Text {
	for _, file := range left {
		if file.Kept != "" {
			return msg.T("error.left.next", "File", file.Path, "Kept", file.Kept)
		}
	}
	return msg.T("error.unfinished.next")
}

// explainState: what is remembered in the project, or who is at work there.
func explainState(err error) (explanation, bool) {
	var busy *plan.BusyError
	var later *plan.LaterError
	switch {
	case errors.As(err, &busy):
		return explanation{exitFailed, msg.T("error.busy", "PID", busy.Holder.PID, "Command", busy.Holder.Command), msg.T("error.busy.next")}, true
	case errors.As(err, &later):
		return explanation{exitFailed, msg.T("error.later", "ID", later.ID, "Later", later.Later), msg.T("error.later.next", "Later", later.Later)}, true
	case errors.Is(err, plan.ErrUnfinished):
		return explanation{exitFailed, msg.T("error.unfinished"), msg.T("error.unfinished.next")}, true
	case errors.Is(err, plan.ErrNothingToUndo):
		return explanation{exitFailed, msg.T("error.nothing-to-undo"), msg.T("error.nothing-to-undo.next")}, true
	case errors.Is(err, plan.ErrForgotten), errors.Is(err, plan.ErrRecord):
		return explanation{exitFailed, msg.T("error.record", "Error", err.Error()), msg.T("error.record.next")}, true
	}
	return explanation{}, false
}

// explainMissing: npm packages that are used are not installed.
func explainMissing(missing *scaffold.MissingError) explanation {
	var lines strings.Builder
	for _, m := range missing.Modules {
		lines.WriteString("\n  " + m.From + ": " + m.Module)
	}
	if missing.Installed() {
		return explanation{exitFailed, msg.T("error.npm-module", "Modules", lines.String()), msg.T("error.npm-module.next")}
	}
	var commands []string
	for _, command := range missing.Commands() {
		commands = append(commands, shell.Line(command...))
	}
	return explanation{exitFailed, msg.T("error.npm-packages", "Modules", lines.String()), msg.T("error.npm-packages.next", "Command", strings.Join(commands, " && "))}
}

func explainUIKit(err error) (explanation, bool) {
	var missing *scaffold.MissingError
	if errors.As(err, &missing) {
		return explainMissing(missing), true
	}
	if errors.Is(err, uikit.ErrNotUIKit) {
		return explanation{exitFailed, msg.T("error.not-uikit"), msg.T("error.not-uikit.next")}, true
	}
	var script *graph.ScriptError
	if errors.As(err, &script) {
		return explanation{exitFailed, msg.T("error.script", "Error", script.Error()), msg.T("error.not-uikit.next")}, true
	}
	var built *bundle.Error
	if errors.As(err, &built) {
		return explanation{exitFailed, msg.T("error.bundle", "Module", built.Module, "Error", built.Message), msg.T("error.bundle.next")}, true
	}
	if errors.Is(err, fs.ErrNotExist) {
		return explanation{exitFailed, msg.T("error.missing", "Error", msg.Reason(err)), msg.T("error.not-uikit.next")}, true
	}
	return explanation{}, false
}
