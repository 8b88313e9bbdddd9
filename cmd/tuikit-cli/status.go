package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

func newStatus(u *ui) *cobra.Command {
	f := &placeFlags{}
	command := &cobra.Command{
		Use:     "status [DIR]",
		Short:   "help.status",
		Long:    "help.status.long",
		Example: "  tuikit-cli status\n  tuikit-cli status my-app --format json",
		Args:    atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			return runStatus(u, f, args)
		},
	}
	f.bind(command)
	return command
}

type statusJSON struct {
	Version      int                   `json:"version"`
	UIKit        project.LockedUIKit   `json:"uikit"`
	Integrations []project.Integration `json:"integrations"`
	Files        []scaffold.FileStatus `json:"files"`
	Operations   []operationJSON       `json:"operations"`
}

type operationJSON struct {
	ID      int       `json:"id"`
	Command string    `json:"command"`
	Time    time.Time `json:"time"`
	Applied bool      `json:"applied"`
}

func runStatus(u *ui, f *placeFlags, args []string) error {
	dir, err := f.root(u, args)
	if err != nil {
		return err
	}
	fsys := os.DirFS(dir)
	if plan.Unfinished(fsys) {
		return plan.ErrUnfinished
	}
	p, err := project.Load(fsys)
	if err != nil {
		return err
	}
	history, err := plan.History(fsys)
	if err != nil {
		return err
	}
	steps := plan.Steps(history)
	if p.Lock == nil && len(steps) == 0 {
		return within(dir, &scaffold.Refusal{Reason: scaffold.NotIntegrated(shown(dir))})
	}
	files, err := scaffold.Status(fsys, p)
	if err != nil {
		return err
	}
	if err := u.printStatus(p, files, steps); err != nil {
		return err
	}
	if slices.ContainsFunc(files, func(s scaffold.FileStatus) bool { return s.State != scaffold.Pristine }) {
		return errFound
	}
	return nil
}

func (u *ui) printStatus(p *project.Project, files []scaffold.FileStatus, steps []plan.Step) error {
	lock := p.Lock.Clone()
	if u.json {
		out := statusJSON{Version: 1, UIKit: lock.UIKit, Integrations: lock.Integrations, Files: files, Operations: []operationJSON{}}
		if out.Integrations == nil {
			out.Integrations = []project.Integration{}
		}
		for _, step := range steps {
			out.Operations = append(out.Operations, operationJSON{step.ID, step.Record.Command, step.Latest.Time, step.Applied})
		}
		return u.printJSON(out)
	}
	switch {
	case p.Lock.HasUIKit():
		u.tell(u.text("status.title", "Version", lock.UIKit.Version, "Generation", lock.UIKit.Generation))
	case p.Lock != nil:
		u.tell(u.text("status.title-npm"))
	}
	for _, i := range lock.Integrations {
		line := "  " + u.text("status.integration", "Kind", i.Kind, "Root", i.Root, "Page", string(i.Page))
		if i.Isolated {
			line += u.text("status.isolated")
		}
		u.tell(line)
	}
	counts := map[scaffold.State]int{}
	for _, file := range files {
		counts[file.State]++
	}
	u.tellChanged(files)
	if p.Lock != nil {
		u.tell(u.text("status.counts", "Pristine", counts[scaffold.Pristine], "Modified", counts[scaffold.Modified], "Missing", counts[scaffold.Missing], "Extra", counts[scaffold.Extra]))
	}
	u.tellSteps(steps)
	return nil
}

// tellChanged lists the files that are not as they were put in.
func (u *ui) tellChanged(files []scaffold.FileStatus) {
	var states, lines []string
	for _, file := range files {
		if file.State != scaffold.Pristine {
			states = append(states, u.text("status.state."+string(file.State)))
			lines = append(lines, u.text("status.file", "Path", file.Path, "Kind", u.text("status.kind."+file.Kind)))
		}
	}
	for i, line := range lines {
		u.tell("  " + u.paint("33", padded(states[i], widest(states))) + "  " + line)
	}
}

// tellSteps lists the operations that undo knows.
func (u *ui) tellSteps(steps []plan.Step) {
	if len(steps) > 0 {
		u.tell(u.text("status.operations"))
	}
	var numbers, states []string
	for _, step := range steps {
		state := u.text("status.applied")
		if !step.Applied {
			state = u.text("status.undone")
		}
		numbers, states = append(numbers, strconv.Itoa(step.ID)), append(states, state)
	}
	for i, step := range steps {
		u.tell(fmt.Sprintf("  %*s  %s  %s  %s", widest(numbers), numbers[i], step.Latest.Time.In(u.now().Location()).Format("2006-01-02 15:04"), padded(states[i], widest(states)), step.Record.Command))
	}
}
