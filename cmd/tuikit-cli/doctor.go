package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/doctor"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// doctorFlags are the flags of doctor.
type doctorFlags struct {
	placeFlags
	offline bool
}

func newDoctor(u *ui) *cobra.Command {
	f := &doctorFlags{}
	command := &cobra.Command{
		Use:     "doctor [DIR]",
		Short:   "help.doctor",
		Long:    "help.doctor.long",
		Example: doctorExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return runDoctor(command.Context(), u, f, args)
		},
	}
	f.bind(command)
	command.Flags().BoolVar(&f.offline, "offline", false, "flag.offline")
	return command
}

const doctorExample = `  tuikit-cli doctor
  tuikit-cli doctor my-app --offline
  tuikit-cli doctor --format json`

func runDoctor(ctx context.Context, u *ui, f *doctorFlags, args []string) error {
	dir, err := f.root(u, args)
	if err != nil {
		return err
	}
	d := &doctoring{ui: u, dir: dir, offline: f.offline}
	done := u.progress("progress.doctor")
	err = interruptible(ctx, func() error { return d.gather(ctx) })
	done()
	if err != nil {
		return err
	}
	findings := doctor.Diagnose(&d.facts)
	if u.json {
		err = u.printJSON(doctorReport(d.shownRoot(), findings))
	} else {
		u.tellFindings(findings)
	}
	if err == nil && doctor.Count(findings)[doctor.Error] > 0 {
		return errFound
	}
	return err
}

type doctorJSON struct {
	Version int               `json:"version"`
	Root    string            `json:"root"`
	Summary doctorSummaryJSON `json:"summary"`
	Checks  []doctorCheckJSON `json:"checks"`
}

type doctorSummaryJSON struct {
	OK      int `json:"ok"`
	Info    int `json:"info"`
	Warning int `json:"warning"`
	Error   int `json:"error"`
}

type doctorCheckJSON struct {
	ID      string   `json:"id"`
	Level   string   `json:"level"`
	Message string   `json:"message"`
	Detail  string   `json:"detail"` // "" for none
	Next    []string `json:"next"`   // command lines, or words
}

func doctorReport(root string, findings []doctor.Finding) doctorJSON {
	counts := doctor.Count(findings)
	out := doctorJSON{Version: 1, Root: root, Checks: []doctorCheckJSON{}}
	out.Summary = doctorSummaryJSON{counts[doctor.OK], counts[doctor.Info], counts[doctor.Warning], counts[doctor.Error]}
	for _, f := range findings {
		check := doctorCheckJSON{ID: f.ID, Level: string(f.Level), Message: f.Message.String(), Next: []string{}}
		if !f.Detail.IsZero() {
			check.Detail = f.Detail.String()
		}
		for _, step := range f.Next {
			check.Next = append(check.Next, sayStep(step, msg.English))
		}
		out.Checks = append(out.Checks, check)
	}
	return out
}

// sayStep is a step as it is shown: a command line, or words.
func sayStep(step doctor.Step, lang msg.Lang) string {
	if step.Command != "" {
		return step.Command
	}
	return step.Text.In(lang)
}

// levelMarks are how a level looks, and its colour.
var levelMarks = map[doctor.Level]struct{ mark, colour string }{
	doctor.OK: {"✓", "32"}, doctor.Info: {"i", "36"}, doctor.Warning: {"!", "33"}, doctor.Error: {"✗", "31"},
}

// tellFindings lists the findings, one a line, under the names of their groups. The IDs
// are the same in both languages, so that the columns are, too.
func (u *ui) tellFindings(findings []doctor.Finding) {
	width := 0
	for _, f := range findings {
		width = max(width, len(f.ID))
	}
	titles := map[doctor.Group]string{
		doctor.Environment: u.text("doctor.group.environment"), doctor.DevTools: u.text("doctor.group.devtools"),
		doctor.Project: u.text("doctor.group.project"), doctor.UIKit: u.text("doctor.group.uikit"),
	}
	group := doctor.Group("")
	for _, f := range findings {
		if f.Group != group {
			group = f.Group
			u.tell(u.paint("1", titles[group]))
		}
		u.tellFinding(f, width)
	}
	counts := doctor.Count(findings)
	u.tell("", u.text("doctor.summary", "OK", counts[doctor.OK], "Info", counts[doctor.Info], "Warnings", msg.T("diag.count.warnings", "Count", counts[doctor.Warning]), "Errors", msg.T("diag.count.errors", "Count", counts[doctor.Error])))
}

// tellFinding: what is well takes one line, unless --verbose wants more.
func (u *ui) tellFinding(f doctor.Finding, width int) {
	look := levelMarks[f.Level]
	indent := strings.Repeat(" ", width+6)
	lines := strings.Split(strings.TrimSpace(f.Message.In(u.lang)), "\n")
	u.tell(fmt.Sprintf("  %s %-*s  %s", u.paint(look.colour, look.mark), width, f.ID, lines[0]))
	more := lines[1:]
	if !f.Detail.IsZero() && (f.Level != doctor.OK || u.verbose) {
		more = append(slices.Clone(more), f.Detail.In(u.lang))
	}
	for _, line := range more {
		u.tell(indent + u.paint("2", strings.TrimSpace(line)))
	}
	for _, step := range f.Next {
		u.tell(indent + "→ " + sayStep(step, u.lang))
	}
}
