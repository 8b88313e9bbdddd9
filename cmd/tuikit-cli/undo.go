package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

func newUndo(u *ui) *cobra.Command {
	f := &planFlags{}
	command := &cobra.Command{
		Use:     "undo [ID]",
		Short:   "help.undo",
		Long:    "help.undo.long",
		Example: undoExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return undo(command.Context(), u, command, f, args)
		},
	}
	f.bind(command)
	return command
}

const undoExample = `  tuikit-cli undo
  tuikit-cli undo --dry-run --diff
  tuikit-cli undo 1 -C my-app`

func undo(ctx context.Context, u *ui, command *cobra.Command, f *planFlags, args []string) error {
	u.setFormat(f.format)
	id := 0
	if len(args) == 1 {
		var err error
		if id, err = strconv.Atoi(args[0]); err != nil || id < 1 {
			return &operationError{args[0]}
		}
	}
	c := &change{ui: u, planFlags: *f, command: command, name: invocation(command, args)}
	if err := c.open(ctx, f.project); err != nil {
		return err
	}
	history, err := plan.History(c.fsys)
	if err != nil {
		return err
	}
	step, err := plan.ToUndo(history, id)
	if errors.Is(err, plan.ErrNothingToUndo) {
		return within(c.dir, err)
	}
	if err != nil {
		return err
	}
	if err := c.build(func(choices map[string]plan.Choice) (*plan.Plan, error) {
		return scaffold.Undo(c.fsys, step.Latest, choices)
	}); err != nil {
		return err
	}
	return c.takeBack(ctx, step)
}

// operationError: what undo was given is not the number of an operation.
type operationError struct{ given string }

func (e *operationError) Error() string { return "no operation: " + e.given }

// explainOperation: most other commands take a folder there.
func explainOperation(err *operationError) explanation {
	e := explanation{exitUsage, msg.T("usage.operation", "Value", err.given), msg.T("usage.operation.next")}
	if _, notFolder := folder("", []string{err.given}); notFolder == nil {
		e.next = msg.T("usage.operation-folder.next", "Dir", shell.Word(err.given))
	}
	return e
}

// takeBack shows or applies the Plan that inverts a record of the step.
func (c *change) takeBack(ctx context.Context, step plan.Step) error {
	if err := c.foresee(ctx); err != nil {
		return err
	}
	if len(c.plan.Conflicts) > 0 {
		return c.showConflicts(msg.T("conflict.undo"))
	}
	if c.dryRun || c.diff {
		return c.show()
	}
	if err := c.confirm(); err != nil {
		return err
	}
	if err := c.apply(ctx); err != nil {
		return err
	}
	if c.json {
		return c.printJSON(c.planJSON(true))
	}
	done := msg.T("done.undo", "Command", step.Record.Command)
	if !step.Applied {
		done = msg.T("done.redo", "Command", step.Record.Command)
	}
	c.tell(c.paint("32", done.In(c.lang)))
	c.tellCounts()
	c.listForecast()
	c.listNotes()
	if step.Applied {
		c.tell(c.text("next.redo", "Command", c.ours("tuikit-cli undo")))
	}
	return nil
}
