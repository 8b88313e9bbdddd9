package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
	"golang.org/x/term"

	"github.com/tuikit-cli/tuikit-cli/docs"
	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/check"
	"github.com/tuikit-cli/tuikit-cli/internal/crash"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/secret"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
)

// checkFlags are the flags of check.
type checkFlags struct {
	planFlags
	fix      bool
	strict   bool
	release  bool
	baseline string
	update   bool
	explain  string
}

var checkFormats = []string{"text", "json", "sarif", "github"}

func newCheck(u *ui) *cobra.Command {
	f := &checkFlags{}
	command := &cobra.Command{
		Use:     "check [DIR]",
		Short:   "help.check",
		Long:    "help.check.long",
		Example: checkExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return runCheck(command.Context(), u, command, f, args)
		},
	}
	flags := command.Flags()
	flags.StringVarP(&f.project, "project", "C", "", "flag.project")
	flags.StringVar(&f.format, "format", "text", "flag.check-format")
	complete(command, "format", checkFormats...)
	flags.BoolVar(&f.fix, "fix", false, "flag.fix")
	flags.BoolVar(&f.dryRun, "dry-run", false, "flag.fix-dry-run")
	flags.BoolVar(&f.diff, "diff", false, "flag.fix-diff")
	flags.BoolVar(&f.strict, "strict", false, "flag.strict")
	flags.BoolVar(&f.release, "release", false, "flag.release")
	flags.StringVar(&f.baseline, "baseline", "", "flag.baseline")
	flags.BoolVar(&f.update, "update-baseline", false, "flag.update-baseline")
	flags.StringVar(&f.explain, "explain", "", "flag.explain")
	propose(command, "explain", check.IDs()...)
	return command
}

const checkExample = `  tuikit-cli check
  tuikit-cli check my-app --fix --diff
  tuikit-cli check --strict --format github
  tuikit-cli check --explain module-missing`

// checking is one run of check.
type checking struct {
	*ui
	checkFlags
	command *cobra.Command
	dir     string // absolute path of what is checked
	shown   string // as the user named it
	roots   []string
	results []*check.Result
	keys    []string // SecretKeys in the files that have findings, once the report is assembled
}

func runCheck(ctx context.Context, u *ui, command *cobra.Command, f *checkFlags, args []string) error {
	if f.explain != "" {
		return u.explainRule(f.explain)
	}
	c := &checking{ui: u, checkFlags: *f, command: command}
	if err := c.start(args); err != nil {
		return err
	}
	done := u.progress("progress.check")
	err := interruptible(ctx, c.findAndLook)
	done()
	if err != nil {
		return err
	}
	if f.fix || f.dryRun || f.diff {
		if shown, err := c.mend(ctx, args); err != nil || shown {
			return err
		}
	}
	return c.report()
}

// start reads the flags and the arguments.
func (c *checking) start(args []string) error {
	if err := c.validate(); err != nil {
		return err
	}
	dir, err := folder(c.project, args)
	if err != nil {
		return err
	}
	c.dir = projectRoot(dir)
	c.shown = shownHere(c.dir)
	return nil
}

// interruptible does work that writes nothing. When the user stops it, what is being
// read is left to end by itself.
func interruptible(ctx context.Context, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- crash.Run(work) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (c *checking) findAndLook() error {
	if err := c.find(); err != nil {
		return err
	}
	return c.look()
}

// find looks for the mini programs.
func (c *checking) find() error {
	fsys := os.DirFS(c.dir)
	if err := project.Refuse(fsys); err != nil {
		return err
	}
	c.roots = project.Search(fsys)
	if _, err := fs.Stat(fsys, project.ConfigFile); err == nil {
		c.roots = []string{"."} // even one that has lost its app.json
	}
	for _, root := range append([]string{"."}, c.roots...) {
		if plan.Unfinished(os.DirFS(filepath.Join(c.dir, filepath.FromSlash(root)))) {
			return plan.ErrUnfinished
		}
	}
	if len(c.roots) == 0 {
		return &nothingToCheckError{shown(c.dir), around(c.dir), "tuikit-cli check"}
	}
	return nil
}

// around is the mini program that a folder lies in, "" for none.
func around(dir string) string {
	for above := filepath.Dir(dir); above != dir; dir, above = above, filepath.Dir(above) {
		if project.Is(os.DirFS(above), ".") {
			return above
		}
	}
	return ""
}

// withinError: a command found nothing to work on in its folder, which lies in the mini
// program at root.
type withinError struct {
	err  error
	root string
}

func (e *withinError) Error() string { return e.err.Error() }

func (e *withinError) Unwrap() error { return e.err }

// within is err, with the mini program that dir lies in where there is one.
func within(dir string, err error) error {
	if root := around(dir); root != "" {
		return &withinError{err, root}
	}
	return err
}

// nothingToCheckError: there is no mini program in dir; it may lie in one. command is
// the one that looked.
type nothingToCheckError struct{ dir, around, command string }

func (e *nothingToCheckError) Error() string { return "no mini program in " + e.dir }

func (f *checkFlags) validate() error {
	switch {
	case (f.dryRun || f.diff) && f.format != "text" && f.format != "json":
		return misused("usage.fix-format", "Value", f.format)
	case f.update && f.baseline == "":
		return misused("usage.update-baseline")
	}
	return nil
}

// look checks every mini program, on all cores.
func (c *checking) look() error {
	c.results = make([]*check.Result, len(c.roots))
	group := errgroup.Group{}
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, root := range c.roots {
		group.Go(crash.Guarded(func() (err error) {
			c.results[i], err = check.Run(os.DirFS(filepath.Join(c.dir, filepath.FromSlash(root))), check.Options{Release: c.release})
			var file *project.FileError
			if errors.As(err, &file) {
				return &project.FileError{Path: path.Join(root, file.Path), Err: file.Err}
			}
			return err
		}))
	}
	return group.Wait()
}

// assembled is what was found, with files relative to what was checked.
func (c *checking) assembled() diag.Report {
	report := diag.Report{Root: c.shown}
	for i, result := range c.results {
		report.Projects = append(report.Projects, diag.ProjectSummary{Root: c.roots[i], Files: result.Files})
		for _, finding := range result.Findings {
			d := finding.Diagnostic
			d.File = path.Join(c.roots[i], d.File)
			d.Related = slices.Clone(d.Related)
			for j := range d.Related {
				d.Related[j].File = path.Join(c.roots[i], d.Related[j].File)
			}
			report.Diagnostics = append(report.Diagnostics, d)
		}
	}
	c.conceal(report)
	report.Diagnostics = diag.Sort(report.Diagnostics)
	return report
}

// conceal takes the keys out of the messages: a baseline has these, and goes into git.
func (c *checking) conceal(report diag.Report) {
	c.keys = c.secrets(report)
	if len(c.keys) == 0 {
		return
	}
	for i := range report.Diagnostics {
		d := &report.Diagnostics[i]
		d.Message = d.Message.Changed(func(text string) string { return string(secret.Without([]byte(text), c.keys)) })
	}
}

func (c *checking) report() error {
	report := c.assembled()
	if c.update {
		return c.writeBaseline(report)
	}
	if err := c.filter(&report); err != nil {
		return err
	}
	count(report)
	if err := c.print(report); err != nil {
		return err
	}
	if errorCount, warningCount := report.Counts(); errorCount > 0 || c.strict && warningCount > 0 {
		return errFound
	}
	return nil
}

// count gives each mini program its share of what the report has left.
func count(report diag.Report) {
	for i := range report.Projects {
		summary := &report.Projects[i]
		for _, d := range report.Diagnostics {
			switch {
			case summary.Root != "." && !project.Inside(d.File, summary.Root):
			case d.Severity == diag.Error:
				summary.Errors++
			default:
				summary.Warnings++
			}
		}
	}
}

// filter takes out what the baseline knows.
func (c *checking) filter(report *diag.Report) error {
	if c.baseline == "" {
		return nil
	}
	data, err := os.ReadFile(c.baseline)
	if errors.Is(err, fs.ErrNotExist) {
		return misused("usage.baseline", "File", c.baseline)
	}
	if err != nil {
		return err
	}
	known, err := diag.ReadBaseline(data)
	if err != nil {
		return &project.FileError{Path: c.baseline, Err: err}
	}
	report.Diagnostics, report.Known, report.Stale = known.Filter(report.Diagnostics)
	return nil
}

// print prints the report, which may be published, without the keys that are in the
// files it tells of: a message may quote them.
func (c *checking) print(report diag.Report) error {
	var out bytes.Buffer
	if err := c.write(&out, report); err != nil {
		return err
	}
	_, err := c.Write(secret.Without(out.Bytes(), c.keys))
	return err
}

// secrets are the keys in the files that have findings.
func (c *checking) secrets(report diag.Report) []string {
	var texts []string
	last := ""
	for _, d := range report.Diagnostics {
		if d.File == "" || d.File == last {
			continue
		}
		last = d.File
		if data, err := project.ReadRegular(os.DirFS(c.dir), d.File); err == nil {
			texts = append(texts, secret.Texts(data)...)
		}
	}
	return texts
}

func (c *checking) write(out io.Writer, report diag.Report) error {
	switch c.format {
	case "json":
		return diag.WriteJSON(out, report)
	case "sarif":
		return diag.WriteSARIF(out, report, sarifTool())
	case "github":
		return diag.WriteGitHub(out, report, c.lang)
	}
	if c.quiet {
		return nil
	}
	options := diag.TextOptions{Lang: c.lang, Source: c.source}
	if !c.noColor && c.color(c.stdout) {
		options.Paint = c.paint
	}
	if width, _, err := term.GetSize(int(c.stdout.Fd())); err == nil {
		options.Width = width
	}
	return diag.WriteText(out, report, options)
}

func (c *checking) source(file string) ([]byte, bool) {
	data, err := project.ReadRegular(os.DirFS(c.dir), file)
	return secret.Mask(data), err == nil
}

func sarifTool() diag.SARIFTool {
	tool := diag.SARIFTool{Name: "tuikit-cli", Version: currentVersion(), InformationURI: "https://github.com/tuikit-cli/tuikit-cli"}
	for _, rule := range check.Rules {
		title, page, _ := docs.Rule(rule.ID, false)
		tool.Rules = append(tool.Rules, diag.SARIFRule{ID: rule.ID, Title: title, Help: page, HelpMarkdown: page, HelpURI: tool.InformationURI + "/blob/main/docs/checks.md#" + rule.ID, Severity: rule.Severity})
	}
	return tool
}

// explainRule is --explain: the rule's page.
func (u *ui) explainRule(id string) error {
	_, page, ok := docs.Rule(id, u.lang == msg.Chinese)
	if !ok || check.Find(id) == nil {
		if near := check.Nearest(id); near != "" {
			return misused("usage.rule-near", "Rule", id, "Near", near)
		}
		return misused("usage.rule", "Rule", id, "Rules", check.IDs())
	}
	_, err := io.WriteString(u, page)
	return err
}

// mend is --fix: one plan for each mini program that has something to mend. shown
// tells that it was a preview.
func (c *checking) mend(ctx context.Context, args []string) (shown bool, err error) {
	changes := make([]*change, len(c.roots))
	for i, root := range c.roots {
		if changes[i], err = c.fixes(ctx, i, filepath.Join(c.dir, filepath.FromSlash(root)), args); err != nil {
			return false, err
		}
	}
	if c.dryRun || c.diff {
		return true, c.preview(changes)
	}
	for i, change := range changes {
		if len(change.plan.Ops()) == 0 {
			continue
		}
		change.warnAhead()
		if err := change.apply(ctx); err != nil {
			return false, err
		}
		c.tellMended(c.roots[i], change)
	}
	defer c.progress("progress.check")()
	return false, c.look()
}

// fixes is the plan of what can be mended in one mini program.
func (c *checking) fixes(ctx context.Context, i int, dir string, args []string) (*change, error) {
	change := &change{ui: c.ui, planFlags: c.planFlags, command: c.command, name: invocation(c.command, args) + " --fix"}
	if err := change.open(ctx, dir); err != nil {
		return nil, err
	}
	change.plan = plan.New(change.fsys)
	if err := c.results[i].Mend(change.plan); err != nil {
		return nil, err
	}
	for _, conflict := range change.plan.Conflicts { // a link, which is left as it is
		c.warn(fmt.Sprintf("%s: %s", path.Join(c.roots[i], conflict.Path), conflict.Why.In(c.lang)))
	}
	if len(change.plan.Ops()) > 0 {
		return change, change.foresee(ctx)
	}
	return change, nil
}

// preview is --fix --dry-run or --fix --diff.
func (c *checking) preview(changes []*change) error {
	if c.json {
		return c.printJSON(c.joined(changes))
	}
	shown := false
	for i, change := range changes {
		switch {
		case len(change.plan.Ops()) == 0:
			continue
		case len(changes) > 1:
			c.tell(c.roots[i] + ":")
		}
		shown = true
		if err := change.show(); err != nil {
			return err
		}
	}
	if !shown {
		c.tell(c.text("check.nothing-to-mend"))
	}
	return nil
}

// joined is what all plans are together, with paths relative to what is checked.
func (c *checking) joined(changes []*change) planJSON {
	all := changes[0].planJSON(false)
	all.Ops, all.Conflicts, all.Forecast = []opJSON{}, []conflictJSON{}, []budget.Forecast{}
	for i, change := range changes {
		one := change.planJSON(false)
		for _, op := range one.Ops {
			op.Path = path.Join(c.roots[i], op.Path)
			if op.From != "" {
				op.From = path.Join(c.roots[i], op.From)
			}
			all.Ops = append(all.Ops, op)
		}
		for _, f := range one.Forecast {
			if f.Root != "" || c.roots[i] != "." {
				f.Root = path.Join(c.roots[i], f.Root)
			}
			all.Forecast = append(all.Forecast, f)
		}
		for _, conflict := range one.Conflicts {
			conflict.Path = path.Join(c.roots[i], conflict.Path)
			all.Conflicts = append(all.Conflicts, conflict)
		}
	}
	return all
}

// tellMended lists what --fix has done, and how to take it back.
func (c *checking) tellMended(root string, change *change) {
	if c.format != "text" {
		return
	}
	undo := "tuikit-cli undo"
	if change.dir != c.dir || c.shown != "." {
		undo += " -C " + shell.Word(change.shownDir())
	}
	if root != "." {
		c.tell(root + ":")
	}
	change.listOps()
	c.tell(c.text("check.mended", "Command", undo), "")
}

// writeBaseline is --update-baseline: from now on only what is new is reported.
func (c *checking) writeBaseline(report diag.Report) error {
	data, err := diag.NewBaseline(report.Diagnostics).Encode()
	if err != nil {
		return err
	}
	if err := plan.WriteFile(c.baseline, data); err != nil {
		return &project.FileError{Path: c.baseline, Err: err}
	}
	c.written = true
	if c.format == "text" {
		c.tell(c.text("check.baseline", "File", c.baseline, "Count", len(report.Diagnostics)))
	}
	return nil
}
