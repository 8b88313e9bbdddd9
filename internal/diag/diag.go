// Package diag holds what is found wrong in a project, and the ways to say it:
// as text for a terminal, as JSON, as SARIF 2.1.0 and as GitHub annotations.
// It also compares findings with those of an earlier run (Baseline).
//
// Printers only write to the io.Writer they are given. The text and the GitHub
// form speak the user's language; JSON, SARIF and baselines are for programs and
// always English, so that they do not depend on who ran the check.
package diag

import (
	"cmp"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// Severity says how bad a finding is. The values are also those of the JSON form,
// of SARIF levels and of GitHub's annotation commands.
type Severity string

// The severities: an Error is rejected by WeChat's compiler or fails at run time;
// a Warning is something to look at.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Place is where something stands.
type Place struct {
	// File is slash-separated and relative to the Root of the report.
	// Empty: the project as a whole.
	File string
	// Line and Column count from 1, columns in Unicode code points.
	// 0: the file, or the line, as a whole.
	Line, Column int
	// EndColumn is the column after the last one, on the same line. 0: unknown.
	EndColumn int
}

// Related is another place that helps to understand a Diagnostic.
type Related struct {
	Place
	Message msg.Text
}

// Diagnostic is one finding.
type Diagnostic struct {
	Rule     string // kebab-case id
	Severity Severity
	Place
	// Message says what is wrong. It should name no lines: they move, and the
	// message is what recognises a finding in a Baseline. Lines belong to Related.
	Message  msg.Text
	Expected msg.Text // what should be there; zero: nothing to say
	Hint     msg.Text // what to do next; zero: none
	Related  []Related
	Fixable  bool // the tool can repair it by itself
	Secret   bool // its line holds what must not be shown
}

// ProjectSummary counts what was found in one mini program.
type ProjectSummary struct {
	Root     string `json:"root"` // relative to the Root of the report
	Errors   int    `json:"errors"`
	Warnings int    `json:"warnings"`
	Files    int    `json:"files"` // how many files were looked at
}

// Report is the outcome of one check. The printers print its Diagnostics in the
// order they have; Sort makes that the customary one.
type Report struct {
	// Root is the folder that was checked, as the user named it. Text, SARIF and
	// GitHub annotations put it before file names, so that these are relative to
	// the working directory; empty is the same as ".".
	Root        string
	Diagnostics []Diagnostic
	Projects    []ProjectSummary
	// Known and Stale are what Baseline.Filter returned; only the text form
	// mentions them.
	Known, Stale int
}

// Counts returns how many errors and warnings the report has.
func (r Report) Counts() (errors, warnings int) {
	for _, d := range r.Diagnostics {
		if d.Severity == Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

// files adds up the files of all projects.
func (r Report) files() int {
	n := 0
	for _, p := range r.Projects {
		n += p.Files
	}
	return n
}

// fixable counts what the tool can repair by itself.
func (r Report) fixable() int {
	n := 0
	for _, d := range r.Diagnostics {
		if d.Fixable {
			n++
		}
	}
	return n
}

// path is the name of file as seen from the working directory.
func (r Report) path(file string) string { return path.Join(filepath.ToSlash(r.Root), file) }

// Sort returns the diagnostics by file, line, column, rule and message, without
// those that say the same as another in every respect. d stays as it is.
func Sort(d []Diagnostic) []Diagnostic {
	type keyed struct {
		Diagnostic
		words []string // rendered once: comparing renders nothing
	}
	all := make([]keyed, len(d))
	for i := range d {
		all[i] = keyed{d[i], words(d[i])}
	}
	compare := func(a, b keyed) int {
		return cmp.Or(comparePlaces(a.Place, b.Place), slices.Compare(a.words, b.words))
	}
	slices.SortStableFunc(all, compare)
	all = slices.CompactFunc(all, func(a, b keyed) bool { return compare(a, b) == 0 })
	sorted := make([]Diagnostic, len(all))
	for i := range all {
		sorted[i] = all[i].Diagnostic
	}
	return sorted
}

func comparePlaces(a, b Place) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column))
}

// words is all of d that a reader sees except its place, most important first.
func words(d Diagnostic) []string {
	all := []string{d.Rule, english(d.Message), strconv.Itoa(d.EndColumn), string(d.Severity),
		english(d.Expected), english(d.Hint), strconv.FormatBool(d.Fixable)}
	for _, r := range d.Related {
		all = append(all, r.String(), english(r.Message))
	}
	return all
}

// english is the English form of text, and nothing for no text.
func english(text msg.Text) string { return in(text, msg.English) }

func in(text msg.Text, lang msg.Lang) string {
	if text.IsZero() {
		return ""
	}
	return text.In(lang)
}

// fullMessage is all that d says, for forms that have one field for it.
func fullMessage(d Diagnostic, lang msg.Lang) string {
	all := []string{in(d.Message, lang)}
	if !d.Expected.IsZero() {
		all = append(all, msg.T("diag.expected", "Text", d.Expected).In(lang))
	}
	if !d.Hint.IsZero() {
		all = append(all, msg.T("diag.next", "Text", d.Hint).In(lang))
	}
	return strings.Join(all, "\n")
}

// String is the form that editors and terminals recognise: file:line:column.
func (p Place) String() string {
	parts := []string{p.File}
	if p.Line > 0 {
		parts = append(parts, strconv.Itoa(p.Line))
		if p.Column > 0 {
			parts = append(parts, strconv.Itoa(p.Column))
		}
	}
	return strings.Join(parts, ":")
}
