// Package doctor judges whether everything is there that it takes to make a mini
// program with the UIKit: Node.js and npm, the registry, WeChat DevTools, the settings
// of the project, and the UIKit in it.
//
// It is a function of Facts, which cmd gathers: nothing is run and nothing is asked
// here. What is wrong inside the project's code is the business of internal/check, of
// which only the sum is told.
package doctor

import (
	"strings"
	"time"

	"github.com/tuikit-cli/tuikit-cli/internal/devtools"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
)

// Level is how bad a finding is.
type Level string

// The levels. Only an Error makes the command fail.
const (
	OK      Level = "ok"
	Info    Level = "info"
	Warning Level = "warning"
	Error   Level = "error"
)

// Group is what a finding is about.
type Group string

// The groups, in the order in which they are shown.
const (
	Environment Group = "environment"
	DevTools    Group = "devtools"
	Project     Group = "project"
	UIKit       Group = "uikit"
)

// Finding is what was found out about one thing.
type Finding struct {
	ID      string // kebab-case, and the same for ever
	Group   Group
	Level   Level
	Message msg.Text
	Detail  msg.Text // more about it; may be empty
	Next    []Step   // what to do about it; empty only for OK
}

// Step is a command line to run, or in words what else to do.
type Step struct {
	Command string
	Text    msg.Text
}

// Trouble is an error in words: what is wrong, and what to do.
type Trouble struct{ What, Next msg.Text }

// Facts are all that is judged.
type Facts struct {
	GOOS     string // as runtime.GOOS
	Now      time.Time
	Node     npm.Tool
	Npm      npm.Tool
	Git      npm.Tool
	Registry Registry
	DevTools Tools
	Place    Place
	Mini     *Mini // nil: no mini program that could be looked at
}

// Registry is what npm said of its registry.
type Registry struct {
	Skipped  bool // nobody asked
	Settings npm.Settings
	Latest   string // version of the UIKit
	Err      error  // an *npm.Error, or one that says that time was up
}

// Tools is WeChat DevTools on this machine.
type Tools struct {
	Found   devtools.Installation
	Err     error // a *devtools.NotFoundError
	Service devtools.Service
}

// Place is the folder that was asked about.
type Place struct {
	Shown   string   // as it is typed after a command, quoted; "" for the current one
	Root    string   // of the mini program, for people
	Around  string   // the mini program that the folder lies in, quoted; "" for none
	Several []string // the mini programs in it, quoted, where there is more than one
	Refused *Trouble // it is the source of a framework, or a mini game
}

// report collects findings.
type report struct {
	*Facts
	group    Group
	findings []Finding
}

// Diagnose judges the facts. The findings come group by group, always in one order.
func Diagnose(f *Facts) []Finding {
	r := &report{Facts: f}
	for _, part := range []struct {
		group  Group
		checks []func(*report)
	}{
		{Environment, []func(*report){(*report).node, (*report).npm, (*report).registry, (*report).git}},
		{DevTools, []func(*report){(*report).devTools, (*report).servicePort}},
		{Project, []func(*report){(*report).place}},
		{Project, r.of((*report).operation, (*report).writable, (*report).config, (*report).appID, (*report).baseLibrary, (*report).es6, (*report).urlCheck, (*report).npmSettings, (*report).nodeModules, (*report).lockFiles)},
		{UIKit, r.of((*report).uikit, (*report).uikitFiles, (*report).miniprogramNpm, (*report).credentials, (*report).check)},
	} {
		r.group = part.group
		for _, check := range part.checks {
			check(r)
		}
	}
	return r.findings
}

// of are checks that need a mini program.
func (r *report) of(checks ...func(*report)) []func(*report) {
	if r.Mini == nil {
		return nil
	}
	return checks
}

// say adds a finding.
func (r *report) say(id string, level Level, message msg.Text, next ...Step) *Finding {
	r.findings = append(r.findings, Finding{ID: id, Group: r.group, Level: level, Message: message, Next: next})
	return &r.findings[len(r.findings)-1]
}

func (r *report) ok(id string, message msg.Text) *Finding { return r.say(id, OK, message) }

// trouble adds an error that has its words already.
func (r *report) trouble(id string, level Level, t *Trouble) {
	r.say(id, level, t.What, do(t.Next))
}

// do is a step in words.
func do(text msg.Text) Step { return Step{Text: text} }

// run is a step that is a command line.
func run(words ...string) Step { return Step{Command: strings.Join(words, " ")} }

// ours is a command of this program for the folder that was asked about.
func (r *report) ours(command string) Step {
	return Step{Command: strings.TrimSuffix("tuikit-cli "+command+" "+r.Place.Shown, " ")}
}

// within is a command of this program that takes the project as a flag, for the session
// of an isolated subpackage, or of the main package.
func (r *report) within(command, subpackage string) Step {
	line := "tuikit-cli " + command
	if r.Place.Shown != "" {
		line += " -C " + r.Place.Shown
	}
	if subpackage != "" {
		line += " --subpackage " + shell.Word(subpackage)
	}
	return Step{Command: line}
}

// Count is how many findings are of each level.
func Count(findings []Finding) map[Level]int {
	counts := map[Level]int{}
	for _, f := range findings {
		counts[f.Level]++
	}
	return counts
}
