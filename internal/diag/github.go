package diag

import (
	"fmt"
	"io"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// GitHub's escapes of what would end a message or a property, as its toolkit
// writes them (docs.github.com, "Workflow commands for GitHub Actions").
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// WriteGitHub writes a workflow command for each finding, which GitHub Actions
// shows beside the line in question. What was expected and what to do next follow
// on lines of their own. It returns the error of w.
func WriteGitHub(w io.Writer, r Report, lang msg.Lang) error {
	var out strings.Builder
	for _, d := range r.Diagnostics {
		fmt.Fprintf(&out, "::%s %s::%s\n", d.Severity, githubProperties(r, d), githubData.Replace(fullMessage(d, lang)))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// githubProperties are those that GitHub knows; a place that is not known is left
// out, and a column means nothing to it without a line.
func githubProperties(r Report, d Diagnostic) string {
	var all []string
	add := func(name string, value any) {
		all = append(all, name+"="+githubProperty.Replace(fmt.Sprint(value)))
	}
	if d.File != "" {
		add("file", r.path(d.File))
	}
	if d.File != "" && d.Line > 0 {
		add("line", d.Line)
		if d.Column > 0 {
			add("col", d.Column)
		}
		if d.Column > 0 && d.EndColumn > d.Column {
			add("endColumn", d.EndColumn)
		}
	}
	add("title", d.Rule)
	return strings.Join(all, ",")
}
