package diag

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// say is a message in no language: an id that no catalogue has is its own text.
func say(words string) msg.Text { return msg.Text{ID: words} }

// at is a finding with little to say.
func at(file string, line, column int, rule, message string) Diagnostic {
	return Diagnostic{Rule: rule, Severity: Error, Place: Place{File: file, Line: line, Column: column}, Message: say(message)}
}

func TestSort(t *testing.T) {
	warning := at("a.js", 1, 1, "r", "m")
	warning.Severity = Warning
	related := at("a.js", 1, 1, "r", "m")
	related.Related = []Related{{Place{File: "b.js", Line: 2}, say("there")}}
	want := []Diagnostic{
		at("", 0, 0, "z", "project"),
		at("a.js", 0, 0, "z", "file"),
		at("a.js", 1, 1, "q", "z"),
		at("a.js", 1, 1, "r", "a"),
		at("a.js", 1, 1, "r", "m"),
		related,
		warning,
		at("a.js", 1, 2, "a", "a"),
		at("a.js", 2, 1, "a", "a"),
		at("a.js", 10, 1, "a", "a"),
		at("b.js", 1, 1, "a", "a"),
	}
	var given []Diagnostic
	for i := range want { // backwards and twice
		given = append(given, want[len(want)-1-i], want[i])
	}
	before := append([]Diagnostic{}, given...)
	if diff := cmp.Diff(want, Sort(given)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, given); diff != "" {
		t.Error("Sort changed its argument:", diff)
	}
	if got := Sort(nil); len(got) != 0 {
		t.Errorf("Sort(nil) = %v", got)
	}
}

func TestSortTellsApart(t *testing.T) {
	base := at("a.js", 1, 1, "r", "m")
	for name, change := range map[string]func(*Diagnostic){
		"end":      func(d *Diagnostic) { d.EndColumn = 9 },
		"expected": func(d *Diagnostic) { d.Expected = say("e") },
		"hint":     func(d *Diagnostic) { d.Hint = say("h") },
		"fixable":  func(d *Diagnostic) { d.Fixable = true },
		"related":  func(d *Diagnostic) { d.Related = []Related{{}} },
		"message":  func(d *Diagnostic) { d.Message = say("n") },
	} {
		other := base
		change(&other)
		if n := len(Sort([]Diagnostic{base, other, base, other})); n != 2 {
			t.Errorf("%s: %d are left, want 2", name, n)
		}
	}
}

// TestSortReadsWords: the number 3 and the text "3" look the same to the reader.
func TestSortReadsWords(t *testing.T) {
	a, b := at("a.js", 1, 1, "r", ""), at("a.js", 1, 1, "r", "")
	a.Message, b.Message = msg.T("diag.more", "Count", 3), msg.T("diag.more", "Count", "3")
	if n := len(Sort([]Diagnostic{a, b})); n != 1 {
		t.Errorf("%d are left, want 1", n)
	}
}

func TestCounts(t *testing.T) {
	warning := at("a.js", 1, 1, "r", "m")
	warning.Severity = Warning
	errors, warnings := Report{Diagnostics: []Diagnostic{warning, at("b.js", 1, 1, "r", "m"), warning}}.Counts()
	if errors != 1 || warnings != 2 {
		t.Errorf("got %d errors, %d warnings", errors, warnings)
	}
}

func TestPlaceString(t *testing.T) {
	for want, p := range map[string]Place{
		"":          {},
		"a.js":      {File: "a.js"},
		"b.js":      {File: "b.js", Column: 4},
		"a.js:3":    {File: "a.js", Line: 3},
		"a.js:3:14": {File: "a.js", Line: 3, Column: 14, EndColumn: 20},
	} {
		if got := p.String(); got != want {
			t.Errorf("%+v: got %q, want %q", p, got, want)
		}
	}
}

// sample has one finding of every kind.
func sample() Report {
	return Report{
		Root: "demo",
		Diagnostics: []Diagnostic{
			{Rule: "app-missing", Severity: Error, Message: say("there is no app.json")},
			{
				Rule: "module-missing", Severity: Error,
				Place:    Place{"pages/index/index.js", 1, 22, 39},
				Message:  say(`"../../utils/utl" is not there`),
				Expected: say("utils/util.js"), Hint: say("correct the path"),
				Related: []Related{{Place{"utils/util.js", 0, 0, 0}, say("has a similar name")}},
				Fixable: true,
			},
			{
				Rule: "text-only", Severity: Warning, Place: Place{"pages/首页 a.wxml", 2, 3, 0},
				Message: say("<b> & 100% [it](1)\nsecond line"),
			},
		},
		Projects: []ProjectSummary{{Root: "", Errors: 2, Warnings: 1, Files: 143}},
	}
}
