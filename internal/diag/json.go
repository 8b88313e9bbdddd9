package diag

import (
	"encoding/json"
	"io"
)

// jsonVersion is raised when a key changes its meaning or goes.
const jsonVersion = 1

type jsonReport struct {
	Version     int              `json:"version"`
	Root        string           `json:"root"`
	Summary     jsonSummary      `json:"summary"`
	Projects    []ProjectSummary `json:"projects"`
	Diagnostics []jsonDiagnostic `json:"diagnostics"`
}

type jsonSummary struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
}

type jsonDiagnostic struct {
	Rule      string        `json:"rule"`
	Severity  Severity      `json:"severity"`
	File      string        `json:"file"`
	Line      int           `json:"line"`
	Column    int           `json:"column"`
	EndColumn int           `json:"endColumn,omitempty"`
	Message   string        `json:"message"`
	Expected  string        `json:"expected,omitempty"`
	Hint      string        `json:"hint"`
	Related   []jsonRelated `json:"related,omitempty"`
	Fixable   bool          `json:"fixable,omitempty"`
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// WriteJSON writes the report as one JSON object, indented, for other programs.
// Files are relative to root; places and severities are those of this package.
// It returns the error of w.
func WriteJSON(w io.Writer, r Report) error {
	errors, warnings := r.Counts()
	report := jsonReport{
		Version:     jsonVersion,
		Root:        r.Root,
		Summary:     jsonSummary{errors, warnings},
		Projects:    append([]ProjectSummary{}, r.Projects...),
		Diagnostics: make([]jsonDiagnostic, len(r.Diagnostics)),
	}
	for i, d := range r.Diagnostics {
		report.Diagnostics[i] = newJSONDiagnostic(d)
	}
	return encode(w, report)
}

func newJSONDiagnostic(d Diagnostic) jsonDiagnostic {
	related := make([]jsonRelated, len(d.Related))
	for i, r := range d.Related {
		related[i] = jsonRelated{r.File, r.Line, r.Column, english(r.Message)}
	}
	return jsonDiagnostic{
		Rule:      d.Rule,
		Severity:  d.Severity,
		File:      d.File,
		Line:      d.Line,
		Column:    d.Column,
		EndColumn: d.EndColumn,
		Message:   english(d.Message),
		Expected:  english(d.Expected),
		Hint:      english(d.Hint),
		Related:   related,
		Fixable:   d.Fixable,
	}
}

// encode writes value as people like to read JSON: indented, "<" as it is.
func encode(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
