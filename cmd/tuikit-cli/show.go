package main

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/secret"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// planJSON is a plan for machines; its texts are English.
type planJSON struct {
	Version   int               `json:"version"`
	Applied   bool              `json:"applied"`
	Ops       []opJSON          `json:"ops"`
	Undoes    int               `json:"undoes,omitempty"` // ID of the operation that is taken back
	Conflicts []conflictJSON    `json:"conflicts"`
	Notes     []string          `json:"notes"`
	Manual    []string          `json:"manual"`
	Forecast  []budget.Forecast `json:"forecast"`
	Npm       *npmJSON          `json:"npm,omitempty"`
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
	Free bool   `json:"resolvable"` // by --on-conflict
}

func (c *change) planJSON(applied bool) planJSON {
	out := planJSON{Version: 1, Applied: applied, Undoes: c.plan.Undoes(), Ops: []opJSON{}, Conflicts: []conflictJSON{}, Notes: []string{}, Manual: []string{}, Forecast: c.forecast, Npm: c.npm}
	for _, op := range c.plan.Ops() {
		out.Ops = append(out.Ops, opJSON{op.Kind, op.Path, op.From, op.Why.String()})
	}
	for _, tree := range c.plan.Trees() {
		out.Ops = append(out.Ops, opJSON{tree.Kind, tree.Path + "/", "", tree.Why.String()})
	}
	for _, conflict := range c.plan.Conflicts {
		out.Conflicts = append(out.Conflicts, conflictJSON{conflict.Path, conflict.Why.String(), conflict.Free})
	}
	for _, note := range c.plan.Notes {
		out.Notes = append(out.Notes, note.String())
	}
	for _, warning := range c.warnings {
		out.Notes = append(out.Notes, warning.String())
	}
	if out.Forecast == nil {
		out.Forecast = []budget.Forecast{}
	}
	for _, step := range c.plan.Manual {
		out.Manual = append(out.Manual, step.String())
	}
	return out
}

// nothingToDo says so; the project has what was asked for.
func (j *job) nothingToDo() error {
	j.plan = plan.New(j.fsys)
	j.plan.Notes = j.leftOut()
	return j.nothing(msg.T("done.nothing", "Dir", j.shownDir()))
}

// nothing says that all is as it should be.
func (c *change) nothing(said msg.Text) error {
	if c.json {
		return c.printJSON(c.planJSON(false))
	}
	c.tell(said.In(c.lang))
	c.listNotes()
	return nil
}

// show is --dry-run and --diff: the plan, and that nothing was written.
func (c *change) show() error {
	if c.json {
		return c.printJSON(c.planJSON(false))
	}
	if c.diff {
		c.plan.Hide = secret.Mask
		diff, err := c.plan.Diff()
		if err != nil {
			return err
		}
		fmt.Fprint(c, c.paintDiff(diff))
	} else {
		c.listOps()
	}
	c.listForecast()
	c.listNotes()
	c.warnAhead()
	c.tell(c.text("done.dry-run"))
	return nil
}

// showConflicts lists what is in the way, under a title.
func (c *change) showConflicts(title msg.Text) error {
	if c.json {
		if err := c.printJSON(c.planJSON(false)); err != nil {
			return err
		}
		return errFound
	}
	c.warn(title.In(c.lang))
	for _, group := range groupConflicts(c.plan.Conflicts) {
		c.warn(fmt.Sprintf("  %s: %s", c.counted(group.path, group.files), group.why.In(c.lang)))
	}
	next := msg.T("conflict.next")
	switch {
	case slices.ContainsFunc(c.plan.Conflicts, func(conflict plan.Conflict) bool { return !conflict.Free }):
		next = msg.T("conflict.next-fixed")
	case c.plan.Undoes() != 0:
		next = msg.T("conflict.undo-next")
	}
	c.warn(next.In(c.lang))
	return errFound
}

// opMarks are the signs in front of what happens to a file.
func (c *change) opMarks() map[plan.Kind]string {
	return map[plan.Kind]string{plan.Create: c.paint("32", "+"), plan.Update: c.paint("33", "~"), plan.Delete: c.paint("31", "-"), plan.Move: c.paint("36", ">")}
}

// listOps lists the files; a folder full of new ones takes one line.
func (c *change) listOps() {
	marks := c.opMarks()
	for _, group := range groupOps(c.plan.Ops()) {
		c.tell(fmt.Sprintf("%s %s  %s", marks[group.kind], c.counted(group.path, group.files), c.paint("2", group.why.In(c.lang))))
	}
	for _, tree := range c.plan.Trees() {
		c.tell(fmt.Sprintf("%s %s/  %s", marks[tree.Kind], tree.Path, c.paint("2", tree.Why.In(c.lang))))
	}
	for _, task := range c.plan.Tasks {
		c.tell(fmt.Sprintf("$ %s %s  %s", task.Program, strings.Join(task.Args, " "), c.paint("2", task.Why.In(c.lang))))
	}
}

// counted is a folder with the number of files that are meant, or one file.
func (c *change) counted(path string, files int) string {
	if files > 1 {
		return path + " " + c.text("list.files", "Count", files)
	}
	return path
}

type opGroup struct {
	kind  plan.Kind
	path  string // of the folder, with a slash, or of the one file
	files int
	why   msg.Text
}

// groupOps joins what happens in the same way to several files of a folder.
func groupOps(ops []plan.Op) []opGroup {
	type key struct {
		kind   plan.Kind
		folder string
	}
	var groups []opGroup
	at := map[key]int{}
	for _, op := range ops {
		k := key{op.Kind, groupFolder(op.Path)}
		if i, known := at[k]; known && k.folder != "" {
			groups[i].files++
			groups[i].path = k.folder + "/"
			continue
		}
		at[k] = len(groups)
		groups = append(groups, opGroup{kind: op.Kind, path: op.Path, files: 1, why: op.Why})
	}
	return groups
}

// manyConflicts are so many of one npm package that nobody would read them.
const manyConflicts = 6

// groupConflicts joins those of an npm package that are many and of one kind.
func groupConflicts(conflicts []plan.Conflict) []opGroup {
	type key struct{ folder, why string }
	keyOf := func(c plan.Conflict) key { return key{packageFolder(c.Path), c.Why.String()} }
	count := map[key]int{}
	for _, conflict := range conflicts {
		count[keyOf(conflict)]++
	}
	var groups []opGroup
	for _, conflict := range conflicts {
		switch k := keyOf(conflict); {
		case k.folder == "" || count[k] < manyConflicts && count[k] > 0:
			groups = append(groups, opGroup{path: conflict.Path, files: 1, why: conflict.Why})
		case count[k] > 0:
			groups = append(groups, opGroup{path: k.folder + "/", files: count[k], why: conflict.Why})
			count[k] = 0
		}
	}
	return groups
}

// packageFolder is the folder of the npm package that a file of miniprogram_npm is in,
// "" for any other file.
func packageFolder(name string) string {
	before, inside, found := strings.Cut("/"+name, "/"+bundle.Dir+"/")
	if !found {
		return ""
	}
	return strings.TrimPrefix(before+"/"+bundle.Dir+"/", "/") + bundle.Name(inside)
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
func (c *change) listForecast() {
	for _, f := range c.forecast {
		if f.Before == f.After {
			continue
		}
		line := c.text("forecast.line", "Package", c.mainOr(f.Root), "Before", budget.Text(f.Before), "After", budget.Text(f.After), "Limit", budget.Text(f.Limit))
		if f.Over() {
			line = c.paint("31", line+" "+c.text("forecast.over"))
		}
		c.tell(line)
	}
}

// warnAhead tells what will be too large. It goes to stderr: nothing else may hide it.
func (c *change) warnAhead() {
	for _, warning := range c.warnings {
		if !c.json { // there it is a note
			c.remark(c.text("warning.title") + warning.In(c.lang))
		}
	}
}

func (c *change) listNotes() {
	for _, note := range c.plan.Notes {
		c.tell(c.text("note.title") + note.In(c.lang))
	}
	for _, step := range c.plan.Manual {
		c.warn(c.text("manual.title") + step.In(c.lang))
	}
}

// summary says what was done and what to do next.
func (j *job) summary() error {
	if j.json {
		if err := j.printJSON(j.planJSON(true)); err != nil {
			return err
		}
	} else {
		j.tellSummary()
	}
	if len(j.plan.Manual) > 0 {
		return errFound
	}
	return nil
}

func (j *job) tellSummary() {
	kit := j.source.Kit
	if kit == nil {
		kit = j.source.Fetched.Package
	}
	j.tell(j.paint("32", j.text("done.title", "Version", kit.Version, "Dir", j.shownDir())))
	j.tellCounts()
	j.listForecast()
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

// tellCounts says how many files were changed in which way.
func (c *change) tellCounts() {
	counts := map[plan.Kind]int{}
	for _, op := range c.plan.Ops() {
		counts[op.Kind]++
	}
	line := c.text("done.files", "Count", counts[plan.Create], "Updated", counts[plan.Update], "Moved", counts[plan.Move])
	if counts[plan.Delete] > 0 {
		line += c.text("done.files-deleted", "Deleted", counts[plan.Delete])
	}
	c.tell("  " + line)
}

func (j *job) nextSteps() []msg.Text {
	var steps []msg.Text
	if missing := j.placeholders(); j.options.Integration != scaffold.None && len(missing) > 0 {
		steps = append(steps, msg.T("next.fill", "File", j.project.Path(j.options.ConfigPath()), "Names", missing))
	}
	steps = append(steps, msg.T("next.open", "Dir", j.shownDir()))
	if j.options.Integration == scaffold.None {
		return append(steps, msg.T("next.integrate"))
	}
	switch j.options.Config.UserSig {
	case scaffold.Debug:
		steps = append(steps, msg.T("next.secret"))
	case scaffold.Static:
		steps = append(steps, msg.T("next.static", "Command", j.ours("tuikit-cli usersig sign --write")))
	case scaffold.Server:
		steps = append(steps, msg.T("next.server", "Command", j.ours("tuikit-cli usersig serve")))
	}
	return append(steps, msg.T("next.domains"))
}

// placeholders names what is still to be filled in.
func (j *job) placeholders() []string {
	config, err := j.plan.ReadFile(j.project.Path(j.options.ConfigPath()))
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

// commandLine does the same again without a question. The SecretKey is not on it.
func (j *job) commandLine() string {
	return "tuikit-cli " + shell.Line(append(slices.Clone(j.again), "--yes")...)
}
