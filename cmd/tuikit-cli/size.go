package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// sizeFlags are the flags of size.
type sizeFlags struct {
	project string
	format  string
	output  string
	budgets []string
	total   string
	top     int
}

var sizeFormats = []string{"text", "json", "html"}

func newSize(u *ui) *cobra.Command {
	f := &sizeFlags{}
	command := &cobra.Command{
		Use:     "size [DIR]",
		Short:   "help.size",
		Long:    "help.size.long",
		Example: sizeExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return runSize(command.Context(), u, f, args)
		},
	}
	flags := command.Flags()
	flags.StringVarP(&f.project, "project", "C", "", "flag.project")
	flags.StringVar(&f.format, "format", "text", "flag.size-format")
	complete(command, "format", sizeFormats...)
	flags.StringVarP(&f.output, "output", "o", "", "flag.output")
	flags.StringArrayVar(&f.budgets, "budget", nil, "flag.budget")
	flags.StringVar(&f.total, "total-limit", "", "flag.total-limit")
	flags.IntVar(&f.top, "top", 10, "flag.top")
	return command
}

const sizeExample = `  tuikit-cli size
  tuikit-cli size my-app --budget main=1.5MB --budget TUI-CustomerService=1800KB
  tuikit-cli size --format html -o size.html`

// sizing is one run of size.
type sizing struct {
	*ui
	sizeFlags
	limits budget.Limits // of the flags
	dir    string        // absolute path of the project root
	shown  string        // as the user named it
	graph  *graph.Graph
	report *budget.Report
}

func runSize(ctx context.Context, u *ui, f *sizeFlags, args []string) error {
	s := &sizing{ui: u, sizeFlags: *f}
	if err := s.start(args); err != nil {
		return err
	}
	done := u.progress("progress.weigh")
	err := interruptible(ctx, s.weigh)
	done()
	if err != nil {
		return err
	}
	if err := s.limit(); err != nil {
		return err
	}
	if err := s.write(); err != nil {
		return err
	}
	if s.report.Over() {
		return errFound
	}
	return nil
}

// start reads the flags and the arguments, and finds the mini program.
func (s *sizing) start(args []string) (err error) {
	if s.top < 0 {
		return misused("usage.flag-invalid", "Flag", "--top", "Value", s.top)
	}
	if s.limits, err = s.flagLimits(); err != nil {
		return err
	}
	dir, err := folder(s.project, args)
	if err != nil {
		return err
	}
	if s.dir, err = miniProgram(projectRoot(dir), "tuikit-cli size"); err != nil {
		return err
	}
	s.shown = shownHere(s.dir)
	return nil
}

// flagLimits are those of --budget and --total-limit.
func (f *sizeFlags) flagLimits() (budget.Limits, error) {
	l := budget.Limits{Budgets: budget.Budgets{}}
	for _, text := range f.budgets {
		at := strings.LastIndexByte(text, '=')
		if at < 1 {
			return l, misused("usage.budget", "Value", text)
		}
		bytes, err := budget.ParseSize(text[at+1:])
		if err != nil {
			return l, misused("usage.budget", "Value", text)
		}
		l.Budgets[text[:at]] = bytes
	}
	if f.total == "" {
		return l, nil
	}
	var err error
	if l.Total, err = budget.ParseSize(f.total); err != nil {
		return l, misused("usage.flag-invalid", "Flag", "--total-limit", "Value", f.total)
	}
	return l, nil
}

// miniProgram is the project root of the one mini program in dir: dir itself, or one
// of the folders below it. command is what to say to do the same elsewhere.
func miniProgram(dir, command string) (string, error) {
	fsys := os.DirFS(dir)
	if err := project.Refuse(fsys); err != nil {
		return "", err
	}
	roots := project.Search(fsys)
	switch len(roots) {
	case 0:
		return "", &nothingToCheckError{shown(dir), around(dir), command}
	case 1:
		dir = filepath.Join(dir, filepath.FromSlash(roots[0]))
	default:
		return "", misused("usage.several", "Roots", roots)
	}
	if plan.Unfinished(os.DirFS(dir)) {
		return "", plan.ErrUnfinished
	}
	return dir, nil
}

// weigh reads the mini program.
func (s *sizing) weigh() (err error) {
	if s.graph, err = look(os.DirFS(s.dir)); err != nil {
		return err
	}
	settings := budget.SettingsOf(s.graph.In)
	if s.format == "json" {
		s.report = budget.WeighAll(s.graph, settings)
	} else {
		s.report = budget.WeighShown(s.graph, settings)
	}
	return nil
}

// limit sets what the packages are measured by: a flag counts for more than what the
// project has written down.
func (s *sizing) limit() error {
	own, err := budget.OwnLimits(s.graph.In)
	if err != nil {
		return err
	}
	own.Add(s.limits)
	for _, name := range s.report.Apply(own) {
		what := msg.T("usage.budget-unknown", "Name", name, "Known", s.packageNames())
		if _, flag := s.limits.Budgets[name]; flag {
			return &usageError{what}
		}
		s.warn(s.text("warning.title") + what.In(s.lang)) // perhaps there will be such a package
	}
	return nil
}

// packageNames are what a budget may be for.
func (s *sizing) packageNames() []string {
	names := []string{budget.MainName, budget.TotalName}
	for _, pkg := range s.report.Packages[1:] {
		names = append(names, pkg.Root)
	}
	return names
}

// write puts the report where it is wanted.
func (s *sizing) write() error {
	done := s.progress("progress.encode")
	data, err := s.encode()
	done()
	if err != nil {
		return err
	}
	if s.output == "" {
		if s.quiet && s.format == "text" {
			return nil
		}
		_, err = s.Write(data)
		return err
	}
	if err := plan.WriteFile(s.output, data); err != nil {
		return &project.FileError{Path: s.output, Err: err}
	}
	return nil
}

func (s *sizing) encode() ([]byte, error) {
	var out bytes.Buffer
	switch s.format {
	case "json":
		return encodeJSON(s.json())
	case "html":
		return budget.HTML(s.report, budget.Page{Lang: s.lang, Project: filepath.Base(s.dir), Tool: "tuikit-cli " + currentVersion()})
	}
	t := sizeText{sizing: s, out: &out, width: usualWidth}
	if width, _, err := term.GetSize(int(s.stdout.Fd())); err == nil && s.output == "" {
		t.width = width
	}
	t.write()
	return out.Bytes(), nil
}
