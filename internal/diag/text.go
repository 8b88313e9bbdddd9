package diag

import (
	"fmt"
	"io"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// relatedShown is how many related places the text form lists for one finding.
const relatedShown = 5

// TextOptions say how the text form is to look.
type TextOptions struct {
	Lang msg.Lang
	// Paint puts text into a colour, named by an SGR code such as "31".
	// Nil: no colour.
	Paint func(code, text string) string
	// Source returns the content of a file that a Place names; ok is false when
	// there is none. Nil: no source lines are shown.
	Source func(file string) (content []byte, ok bool)
	// Width of the terminal in columns. 0: unknown.
	Width int
}

// WriteText writes the report for a person: every finding with its source line,
// then a summary. Control characters, in file names too, come out as symbols.
// It returns the error of w.
func WriteText(w io.Writer, r Report, o TextOptions) error {
	p := textPrinter{TextOptions: o, report: r}
	if p.Paint == nil {
		p.Paint = func(_, text string) string { return text }
	}
	for _, d := range r.Diagnostics {
		p.diagnostic(d)
		p.out.WriteByte('\n')
	}
	p.summary()
	_, err := io.WriteString(w, p.out.String())
	return err
}

// SGR codes.
const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

func (s Severity) colour() string {
	if s == Error {
		return red
	}
	return yellow
}

func (s Severity) text() msg.Text {
	if s == Error {
		return msg.T("diag.severity.error")
	}
	return msg.T("diag.severity.warning")
}

type textPrinter struct {
	TextOptions
	report Report
	out    strings.Builder

	file    string // whose lines these are: findings come file by file
	lines   *lines
	hasFile bool
}

func (p *textPrinter) diagnostic(d Diagnostic) {
	fmt.Fprintf(&p.out, "%s  %s  %s", p.Paint(bold, p.place(d.Place)),
		p.Paint(d.Severity.colour(), d.Severity.text().In(p.Lang)), p.Paint(faint, visible(d.Rule)))
	if d.Fixable {
		p.out.WriteString("  " + p.Paint(faint, msg.T("diag.fixable").In(p.Lang)))
	}
	p.out.WriteByte('\n')
	p.text(d.Message)
	p.frame(d)
	p.related(d.Related)
	if !d.Expected.IsZero() {
		p.text(msg.T("diag.expected", "Text", d.Expected))
	}
	if !d.Hint.IsZero() {
		p.text(msg.T("diag.next", "Text", d.Hint))
	}
}

// place is file:line:column as seen from the working directory.
func (p *textPrinter) place(at Place) string {
	if at.File == "" {
		return msg.T("diag.project").In(p.Lang)
	}
	at.File = p.report.path(at.File)
	return visible(at.String())
}

// text writes a message, indented, its further lines a little more indented.
func (p *textPrinter) text(text msg.Text) {
	prefix := "  "
	for line := range strings.SplitSeq(in(text, p.Lang), "\n") {
		p.out.WriteString(prefix + visible(line) + "\n")
		prefix = "    "
	}
}

// frame writes the source line of d, if there is one, with its place underlined.
func (p *textPrinter) frame(d Diagnostic) {
	line, ok := p.sourceLine(d.Place)
	if !ok || d.Secret {
		return
	}
	gutter := fmt.Sprintf("  %d | ", d.Line)
	room := usualRoom
	if p.Width > 0 {
		room = p.Width - len(gutter)
	}
	f := newFrame(line, d.Column, d.EndColumn, p.lines.offset(d.Column), room)
	fmt.Fprintf(&p.out, "%s%s\n", p.Paint(faint, gutter), f.code)
	if f.mark != "" {
		below := strings.Repeat(" ", len(gutter)-2) + "| "
		fmt.Fprintf(&p.out, "%s%s\n", p.Paint(faint, below), p.Paint(d.Severity.colour(), f.mark))
	}
}

func (p *textPrinter) sourceLine(at Place) (string, bool) {
	if p.Source == nil || at.File == "" || at.Line < 1 {
		return "", false
	}
	if p.file != at.File {
		var data []byte
		p.file = at.File
		data, p.hasFile = p.Source(at.File)
		p.lines = splitLines(data)
	}
	if !p.hasFile {
		return "", false
	}
	return p.lines.line(at.Line)
}

func (p *textPrinter) related(all []Related) {
	for _, r := range all[:min(len(all), relatedShown)] {
		p.out.WriteString("  " + p.place(r.Place))
		if r.Message.IsZero() {
			p.out.WriteByte('\n')
			continue
		}
		p.text(r.Message)
	}
	if more := len(all) - relatedShown; more > 0 {
		p.text(msg.T("diag.more", "Count", more))
	}
}

// summary writes the last lines: what was found, in how much, and what a baseline
// has kept back.
func (p *textPrinter) summary() {
	r := p.report
	errors, warnings := r.Counts()
	colour, line := green, msg.T("diag.clean", "Projects", projects(len(r.Projects)), "Files", files(r.files()))
	if errors+warnings > 0 {
		line = msg.T("diag.summary", "Found", found(errors, warnings),
			"Projects", projects(len(r.Projects)), "Files", files(r.files()))
		colour = yellow
	}
	if errors > 0 {
		colour = red
	}
	p.line(colour, line)
	if n := r.fixable(); n > 0 {
		p.line("", msg.T("diag.fix", "Count", n))
	}
	if r.Known > 0 {
		p.line("", msg.T("diag.known", "Count", r.Known))
	}
	if r.Stale > 0 {
		p.line("", msg.T("diag.stale", "Count", r.Stale))
	}
}

// line writes a line that stands by itself, in a colour if one is given.
func (p *textPrinter) line(colour string, text msg.Text) {
	words := visible(text.In(p.Lang))
	if colour != "" {
		words = p.Paint(colour, words)
	}
	p.out.WriteString(words + "\n")
}

// found is "2 errors, 1 warning", or only one of these.
func found(errors, warnings int) msg.Text {
	switch {
	case warnings == 0:
		return errorCount(errors)
	case errors == 0:
		return warningCount(warnings)
	}
	return msg.T("diag.found", "Errors", errorCount(errors), "Warnings", warningCount(warnings))
}

func errorCount(n int) msg.Text {
	return msg.T("diag.count.errors", "Count", n)
}

func warningCount(n int) msg.Text {
	return msg.T("diag.count.warnings", "Count", n)
}

func projects(n int) msg.Text {
	return msg.T("diag.count.projects", "Count", n)
}

func files(n int) msg.Text {
	return msg.T("diag.count.files", "Count", n)
}
