package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
)

// usualWidth is how many columns there are where nobody knows; narrowest is where
// bars give way.
const (
	usualWidth = 100
	widestBar  = 30
	leastBar   = 8
	widestName = 40
)

// sizeText writes the report for a person.
type sizeText struct {
	*sizing
	out   *bytes.Buffer
	width int
}

// line writes one line; the names of files in it may hold anything.
func (t *sizeText) line(text string) { t.out.WriteString(harmless(text) + "\n") }

// colour is paint for what goes to the terminal and into no file.
func (t *sizeText) colour(code, text string) string {
	if t.output != "" {
		return text
	}
	return t.paint(code, text)
}

func (t *sizeText) write() {
	t.packages()
	t.about()
	t.heaviest()
	t.duplicates()
	t.unreached()
	for _, advice := range t.overs() {
		t.line(t.colour("31", advice))
	}
}

// row is one line with a bar.
type row struct {
	name         string
	bytes, limit int64
}

func (t *sizeText) packages() {
	var rows []row
	for _, w := range t.report.Packages {
		rows = append(rows, row{t.packageName(w), w.Bytes, w.Limit})
	}
	if len(rows) > 1 {
		rows = append(rows, row{t.text("size.total"), t.report.Total, t.report.Limit})
	}
	names := 0
	for _, r := range rows {
		names = max(names, min(widestName, diag.Columns(r.name)))
	}
	for _, r := range rows {
		t.row(r, names)
	}
}

func (t *sizeText) row(r row, names int) {
	over := r.bytes > r.limit
	numbers := fmt.Sprintf("%9s  %4s  %s", budget.Text(r.bytes), percent(r.bytes, r.limit), t.text("size.of", "Limit", budget.Text(r.limit)))
	line := "  " + padded(r.name, names) + "  "
	if room := min(widestBar, t.width-names-diag.Columns(numbers)-len("    []  ")-1); room >= leastBar {
		line += bar(r.bytes, r.limit, room) + "  "
	}
	line += numbers
	if over {
		line = t.colour("31", line+"  "+t.text("size.over"))
	}
	t.line(line)
}

// bar is drawn in ASCII: block characters are one column wide here and two there.
func bar(bytes, limit int64, room int) string {
	full := 0
	if limit > 0 {
		full = int(min(float64(room), float64(bytes)/float64(limit)*float64(room)+0.5))
	}
	return "[" + strings.Repeat("#", full) + strings.Repeat(".", room-full) + "]"
}

// percent is over 100 for what is over its limit, however little.
func percent(bytes, limit int64) string {
	if limit <= 0 {
		return ""
	}
	half := limit / 2
	if bytes > limit {
		half = limit - 1
	}
	return fmt.Sprintf("%d%%", (bytes*100+half)/limit)
}

func (t *sizeText) packageName(w budget.Weight) string {
	name := t.mainOr(w.Root)
	if w.Kind == "independent" {
		name += " " + t.text("size.independent")
	}
	return name
}

// about says what the numbers are.
func (t *sizeText) about() {
	var source, added, minified int64
	for _, w := range t.report.Packages {
		source, added, minified = source+w.Source, added+w.Added, minified+w.Minified
	}
	t.line(t.colour("2", t.text("size.about", "Source", budget.Text(source), "Added", budget.Text(added))))
	if total := t.report.Total; minified < total-total/20 {
		t.line(t.text("size.minify", "Size", budget.Text(minified)))
	}
}

func (t *sizeText) heaviest() {
	t.title(t.text("size.heaviest"))
	for _, p := range t.report.Heaviest(t.top) {
		line := fmt.Sprintf("  %9s  %4s  %s", budget.Text(p.Bytes), percent(p.Bytes, t.report.Packages[p.Package].Bytes), p.Path)
		switch {
		case p.Added:
			line += "  " + t.colour("2", t.text("size.added"))
		case p.Npm:
			line += "  " + t.colour("2", t.text("size.npm", "Name", p.Owner))
		}
		if p.Unreached {
			line += "  " + t.colour("33", t.text("size.unused"))
		}
		t.line(line)
	}
}

func (t *sizeText) title(text string) { t.line("\n" + t.colour("1", text)) }

// more says how many lines are left out.
func (t *sizeText) more(n int) {
	if n > 0 {
		t.line("  " + t.text("size.more", "Count", n))
	}
}

func (t *sizeText) duplicates() {
	all := t.report.Duplicates
	if len(all) == 0 {
		return
	}
	t.title(t.text("size.duplicates"))
	for _, d := range first(all, t.top) {
		for i, name := range d.Paths {
			weight := ""
			if i == 0 {
				weight = budget.Text(d.Bytes)
			}
			t.line(fmt.Sprintf("  %9s  %s", weight, name))
		}
	}
	t.more(len(all) - len(first(all, t.top)))
}

func (t *sizeText) unreached() {
	all := t.report.Unreached()
	if len(all) == 0 {
		return
	}
	weight := budget.Text(bytesOf(all))
	if t.report.Settings.FilterUnused {
		t.title(t.text("size.unreached.dropped", "Count", len(all), "Size", weight))
	} else {
		t.title(t.text("size.unreached.packed", "Count", len(all), "Size", weight))
	}
	for _, p := range first(all, t.top) {
		t.line(fmt.Sprintf("  %9s  %s", budget.Text(p.Bytes), p.Path))
	}
	t.more(len(all) - len(first(all, t.top)))
}

// overs says which packages are too large, and what may help.
func (t *sizeText) overs() []string {
	var lines []string
	for i, w := range t.report.Packages {
		if w.Over() {
			lines = append(lines, "", t.text("size.over.package", "Package", t.mainOr(w.Root), "Size", budget.Text(w.Bytes-w.Limit)))
			for _, way := range waysOut(t.graph.In.Project, t.report, i) {
				lines = append(lines, "  - "+way.In(t.lang))
			}
		}
	}
	if r := t.report; r.Total > r.Limit {
		lines = append(lines, "", t.text("size.over.total", "Size", budget.Text(r.Total-r.Limit)))
	}
	return lines
}
