package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
)

func newRecover(u *ui) *cobra.Command {
	f := &placeFlags{}
	command := &cobra.Command{
		Use:     "recover [DIR]",
		Short:   "help.recover",
		Long:    "help.recover.long",
		Example: "  tuikit-cli recover my-app",
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return runRecover(command.Context(), u, f, args)
		},
	}
	f.bind(command)
	return command
}

func runRecover(ctx context.Context, u *ui, f *placeFlags, args []string) error {
	dir, err := f.root(u, args)
	if err != nil {
		return err
	}
	outcome := plan.Outcome{}
	if plan.NeedsRecovery(os.DirFS(dir)) {
		if outcome, err = recoverProject(ctx, u, dir, "tuikit-cli recover"); err != nil {
			return err
		}
	}
	if u.json {
		return u.printJSON(recoverJSON(outcome))
	}
	if outcome.Record == nil {
		u.tell(u.text("recover.nothing", "Dir", shown(dir)))
	}
	return nil
}

type recoveryJSON struct {
	Version int         `json:"version"`
	Outcome string      `json:"outcome"` // "nothing", "rolled-back" or "finished"
	Command string      `json:"command,omitempty"`
	Left    []plan.Left `json:"left"`
}

func recoverJSON(outcome plan.Outcome) recoveryJSON {
	out := recoveryJSON{Version: 1, Outcome: "nothing", Left: []plan.Left{}}
	if outcome.Record != nil {
		out.Outcome, out.Command = "rolled-back", outcome.Record.Command
		if outcome.Finished {
			out.Outcome = "finished"
		}
	}
	out.Left = append(out.Left, outcome.Left...)
	return out
}

// recoverProject puts right what a killed run has left, and says what it did.
func recoverProject(ctx context.Context, u *ui, dir, name string) (plan.Outcome, error) {
	outcome, err := plan.Recover(context.WithoutCancel(ctx), dir, plan.Holder{Command: name, Time: u.now()})
	if err != nil || outcome.Record == nil {
		return outcome, err
	}
	said := msg.T("recover.rolled-back", "Command", outcome.Record.Command)
	if outcome.Finished {
		said = msg.T("recover.finished", "Command", outcome.Record.Command)
	}
	u.remark(said.In(u.lang))
	for _, left := range outcome.Left {
		if left.Kept == "" {
			u.warn("  " + u.text("recover.left-new", "File", left.Path))
			continue
		}
		u.warn("  " + u.text("recover.left", "File", left.Path, "Kept", left.Kept))
	}
	return outcome, nil
}
