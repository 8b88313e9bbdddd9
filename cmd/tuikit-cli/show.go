package main

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// planJSON is a plan for machines; its texts are English.
type planJSON struct {
	Version   int               `json:"version"`
	Applied   bool              `json:"applied"`
	Ops       []opJSON          `json:"ops"`
	Conflicts []conflictJSON    `json:"conflicts"`
	Notes     []string          `json:"notes"`
	Manual    []string          `json:"manual"`
	Forecast  []budget.Forecast `json:"forecast"`
}

type opJSON struct {
	Op   plan.Kind `json:"op"`
	Path string    `json:"path"`
	From string    `json:"from,omitempty"`
	Why  string    `json:"why"`
}

type conflictJSON struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

func (j *job) planJSON(forecast []budget.Forecast, applied bool) planJSON {
	out := planJSON{Version: 1, Applied: applied, Ops: []opJSON{}, Conflicts: []conflictJSON{}, Notes: []string{}, Manual: []string{}, Forecast: forecast}
	for _, op := range j.plan.Ops() {
		out.Ops = append(out.Ops, opJSON{op.Kind, op.Path, op.From, op.Why.String()})
	}
	for _, tree := range j.plan.Trees() {
		out.Ops = append(out.Ops, opJSON{plan.Create, tree.Path + "/", "", tree.Why.String()})
	}
	for _, c := range j.plan.Conflicts {
		out.Conflicts = append(out.Conflicts, conflictJSON{c.Path, c.Why.String()})
	}
	for _, note := range j.plan.Notes {
		out.Notes = append(out.Notes, note.String())
	}
	for _, step := range j.plan.Manual {
		out.Manual = append(out.Manual, step.String())
	}
	return out
}

// nothingToDo says so; the project has what was asked for.
func (j *job) nothingToDo() error {
	j.plan = plan.New(j.fsys)
	j.plan.Notes = j.leftOut()
	if j.json {
		return j.printJSON(j.planJSON([]budget.Forecast{}, false))
	}
	j.tell(j.text("done.nothing", "Dir", j.shownDir()))
	j.listNotes()
	return nil
}

// show is --dry-run and --diff: the plan, and that nothing was written.
func (j *job) show(forecast []budget.Forecast) error {
	if j.json {
		return j.printJSON(j.planJSON(forecast, false))
	}
	if j.diff {
		diff, err := j.plan.Diff()
		if err != nil {
			return err
		}
		fmt.Fprint(j.stdout, j.paintDiff(diff))
	} else {
		j.listOps()
	}
	j.listForecast(forecast)
	j.listNotes()
	j.tell(j.text("done.dry-run"))
	return nil
}

func (j *job) showConflicts(forecast []budget.Forecast) error {
	if j.json {
		if err := j.printJSON(j.planJSON(forecast, false)); err != nil {
			return err
		}
		return errFound
	}
	j.warn(j.text("conflict.title"))
	for _, c := range j.plan.Conflicts {
		j.warn(fmt.Sprintf("  %s: %s", c.Path, c.Why.In(j.lang)))
	}
	j.warn(j.text("conflict.next"))
	return errFound
}

// listOps lists the files; a folder full of new ones takes one line.
func (j *job) listOps() {
	marks := map[plan.Kind]string{plan.Create: j.paint("32", "+"), plan.Update: j.paint("33", "~"), plan.Delete: j.paint("31", "-"), plan.Move: j.paint("36", ">")}
	for _, group := range groupOps(j.plan.Ops()) {
		line := fmt.Sprintf("%s %s", marks[group.kind], group.path)
		if group.files > 1 {
			line += " " + j.text("list.files", "Count", group.files)
		}
		j.tell(fmt.Sprintf("%s  %s", line, j.paint("2", group.why.In(j.lang))))
	}
	for _, tree := range j.plan.Trees() {
		j.tell(fmt.Sprintf("%s %s/  %s", marks[plan.Create], tree.Path, j.paint("2", tree.Why.In(j.lang))))
	}
	for _, task := range j.plan.Tasks {
		j.tell(fmt.Sprintf("$ npm %s  %s", strings.Join(task.Args, " "), j.paint("2", task.Why.In(j.lang))))
	}
}

type opGroup struct {
	kind  plan.Kind
	path  string
	files int
	why   msg.Text
}

// groupOps joins what happens to more than a few files of a folder for one reason.
func groupOps(ops []plan.Op) []opGroup {
	var groups []opGroup
	for _, op := range ops {
		folder := groupFolder(op.Path)
		if n := len(groups) - 1; n >= 0 && folder != "" && groups[n].path == folder+"/" && groups[n].kind == op.Kind {
			groups[n].files++
			continue
		}
		group := opGroup{kind: op.Kind, path: op.Path, files: 1, why: op.Why}
		if folder != "" {
			group.path = folder + "/"
		}
		groups = append(groups, group)
	}
	return groups
}

// groupFolder is the folder as whose content a file is listed: the vendored ones
// and those of npm packages.
func groupFolder(name string) string {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		switch path.Base(dir) {
		case scaffold.UIKitDir, "miniprogram_npm", "debug", "lib":
			if up := groupFolder(dir); up != "" {
				return up
			}
			return dir
		}
	}
	return ""
}

// listForecast lists the packages whose weight changes.
func (j *job) listForecast(forecast []budget.Forecast) {
	for _, f := range forecast {
		if f.Before == f.After {
			continue
		}
		name := f.Root
		if name == "" {
			name = j.text("forecast.main")
		}
		line := j.text("forecast.line", "Package", name, "Before", size(f.Before), "After", size(f.After), "Limit", size(f.Limit))
		if f.Over() {
			line = j.paint("31", line+" "+j.text("forecast.over"))
		}
		j.tell(line)
	}
}

func (j *job) listNotes() {
	for _, note := range j.plan.Notes {
		j.tell(j.text("note.title") + note.In(j.lang))
	}
	for _, step := range j.plan.Manual {
		j.warn(j.text("manual.title") + step.In(j.lang))
	}
}

// shownDir is the project root as the user would type it.
func (j *job) shownDir() string {
	here, err := filepath.Abs(".")
	if err != nil {
		return j.dir
	}
	if relative, err := filepath.Rel(here, j.dir); err == nil && relative != "." && !strings.HasPrefix(relative, "..") {
		return relative
	}
	return j.dir
}

// summary says what was done and what to do next.
func (j *job) summary(forecast []budget.Forecast) error {
	if j.json {
		if err := j.printJSON(j.planJSON(forecast, true)); err != nil {
			return err
		}
	} else {
		j.tellSummary(forecast)
	}
	if len(j.plan.Manual) > 0 {
		return errFound
	}
	return nil
}

func (j *job) tellSummary(forecast []budget.Forecast) {
	counts := map[plan.Kind]int{}
	for _, op := range j.plan.Ops() {
		counts[op.Kind]++
	}
	kit := j.source.Kit
	if kit == nil {
		kit = j.source.Fetched.Package
	}
	j.tell(j.paint("32", j.text("done.title", "Version", kit.Version, "Dir", j.shownDir())))
	j.tell("  " + j.text("done.files", "Created", counts[plan.Create], "Updated", counts[plan.Update], "Moved", counts[plan.Move]))
	j.listForecast(forecast)
	j.listNotes()
	j.tell(j.text("next.title"))
	for i, step := range j.nextSteps() {
		j.tell(fmt.Sprintf("  %d. %s", i+1, step.In(j.lang)))
	}
	if j.asked {
		j.tell(j.text("next.again"), "  "+j.commandLine())
		if j.typed {
			j.tell(j.text("next.again.secret", "Variable", secretKeyEnv))
		}
	}
}

func (j *job) nextSteps() []msg.Text {
	var steps []msg.Text
	if missing := j.placeholders(); j.options.Integration != scaffold.None && len(missing) > 0 {
		steps = append(steps, msg.T("next.fill", "File", j.project.Path(scaffold.ConfigScript), "Names", strings.Join(missing, ", ")))
	}
	steps = append(steps, msg.T("next.open", "Dir", j.shownDir()))
	if j.options.Integration == scaffold.None {
		return append(steps, msg.T("next.integrate"))
	}
	if j.options.Config.UserSig == scaffold.Debug {
		steps = append(steps, msg.T("next.secret"))
	}
	return append(steps, msg.T("next.domains"))
}

// placeholders names what is still to be filled in.
func (j *job) placeholders() []string {
	config, err := j.plan.ReadFile(j.project.Path(scaffold.ConfigScript))
	if err != nil {
		return nil
	}
	var missing []string
	for _, name := range []string{"SDKAPPID: 0,", "userID: '',", "SECRETKEY: '',", "userSigURL: '',"} {
		if strings.Contains(string(config), name) {
			missing = append(missing, name[:strings.IndexByte(name, ':')])
		}
	}
	return missing
}

// shellSafe are the characters that no shell takes for anything else.
const shellSafe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-"

// commandLine does the same again without a question. The SecretKey is not on it.
func (j *job) commandLine() string {
	words := append([]string{"tuikit-cli"}, j.again...)
	for i, word := range words {
		if word == "" || strings.Trim(word, shellSafe) != "" {
			words[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
		}
	}
	return strings.Join(append(words, "--yes"), " ")
}
