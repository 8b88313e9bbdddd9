package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newMan(u *ui) *cobra.Command {
	return &cobra.Command{
		Use:     "man [COMMAND]",
		Short:   "help.man",
		Long:    "help.man.long",
		Example: "  tuikit-cli man > tuikit-cli.1\n  tuikit-cli man add-subpackage | man -l -",
		Hidden:  true, // for those who make packages
		RunE: func(command *cobra.Command, args []string) error {
			target, err := named(command.Root(), args)
			if err != nil {
				return err
			}
			_, err = io.WriteString(u, u.manPage(target))
			return err
		},
	}
}

// manPage is what --help says of a command, as a page for man(1). Nothing in it depends
// on where and when it is made.
func (u *ui) manPage(command *cobra.Command) string {
	u.speak(command.Root())
	m := manual{ui: u}
	name := strings.ReplaceAll(command.CommandPath(), " ", "-")
	m.out.WriteString(`.\" -*- mode: troff; coding: utf-8 -*-` + "\n")
	m.line(`.TH "` + roff(strings.ToUpper(name)) + `" 1 "" "tuikit\-cli ` + roff(currentVersion()) + `" "tuikit\-cli"`)
	m.line(".nh") // no hyphens, and no spaces put in to fill lines
	m.line(".ad l")
	m.section("man.name")
	m.line(roff(name) + ` \- ` + roff(command.Short))
	m.section("man.synopsis")
	for i, usage := range u.usageLines(command) {
		if i > 0 {
			m.line(".br")
		}
		m.text(usage)
	}
	m.section("man.description")
	m.description(described(command))
	m.commands(command)
	m.flags("man.options", command.LocalFlags())
	m.flags("man.global-options", command.InheritedFlags())
	if command.Example != "" {
		m.section("man.examples")
		m.verbatim(strings.Split(command.Example, "\n"))
	}
	m.ending(command)
	return m.out.String()
}

// manual writes a page in roff, with the macros of man(7).
type manual struct {
	*ui
	out strings.Builder
}

func (m *manual) line(text string) { m.out.WriteString(text + "\n") }

// text writes a line of words, broken where Chinese may be: troff itself breaks at
// spaces only.
func (m *manual) text(text string) {
	var line strings.Builder
	for _, piece := range pieces(text) {
		if line.Len() > 0 && !strings.HasSuffix(line.String(), " ") {
			line.WriteString(`\:`)
		}
		line.WriteString(roff(piece))
	}
	m.line(guarded(line.String()))
}

// section begins one, under a title from the catalogue.
func (m *manual) section(title string) { m.line(".SH " + roff(m.ui.text(title))) }

func (m *manual) description(text string) {
	for i, block := range paragraphs(text) {
		if i > 0 {
			m.line(".PP")
		}
		for _, line := range block {
			if verbatim(line) {
				m.verbatim([]string{line})
				continue
			}
			m.text(line)
		}
	}
}

// verbatim writes lines as they are.
func (m *manual) verbatim(lines []string) {
	m.line(".nf")
	for _, line := range lines {
		m.line(guarded(roff(line)))
	}
	m.line(".fi")
}

func (m *manual) commands(command *cobra.Command) {
	rows := commandRows(command, "")
	if len(rows) == 0 {
		return
	}
	m.section("man.commands")
	for _, row := range rows {
		m.entry(row)
	}
}

func (m *manual) flags(title string, flags *pflag.FlagSet) {
	rows := m.flagRows(flags)
	if len(rows) == 0 {
		return
	}
	m.section(title)
	for _, row := range rows {
		m.entry(row)
	}
}

// entry is a name in bold, and what it is.
func (m *manual) entry(row [2]string) {
	m.line(".TP")
	m.line(`\fB` + roff(strings.TrimSpace(row[0])) + `\fR`)
	m.text(row[1])
}

// ending tells what is the same for every command, and where to go on.
func (m *manual) ending(command *cobra.Command) {
	m.section("man.exit")
	m.text(m.ui.text("man.exit.text"))
	m.section("man.environment")
	m.text(m.ui.text("man.environment.text"))
	if !command.HasParent() {
		return
	}
	m.section("man.see-also")
	m.line(`\fB` + roff(strings.ReplaceAll(command.Parent().CommandPath(), " ", "-")) + `\fR(1)`)
}

var roffEscapes = strings.NewReplacer(`\`, `\e`, "-", `\-`, `"`, `\(dq`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`)

// roff is text as troff prints it, quotes and dashes as they are typed.
func roff(text string) string { return roffEscapes.Replace(text) }

// guarded is a line that is no request, though it may begin like one.
func guarded(line string) string {
	if strings.HasPrefix(line, ".") {
		return `\&` + line
	}
	return line
}
