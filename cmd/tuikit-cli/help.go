package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// groups are the headings of the list of commands, with what stands below each. What
// stands nowhere is under the last.
var groups = []struct {
	title    string
	commands []string
}{
	{"help.group.start", []string{"init", "add-subpackage"}},
	{"help.group.check", []string{"check", "build-npm", "size"}},
	{"help.group.live", []string{"status", "undo", "recover"}},
	{"help.group.environment", []string{"usersig", "domains", "doctor", "devtools"}},
	{"help.group.other", nil},
}

func groupOf(name string) string {
	for _, group := range groups {
		if slices.Contains(group.commands, name) {
			return group.title
		}
	}
	return groups[len(groups)-1].title
}

// help prints what a command does and how it is used, in the user's language.
func (u *ui) help(command *cobra.Command) {
	u.speak(command.Root())
	var out strings.Builder
	page := helpPage{u, command, &out, u.columns()}
	page.description()
	page.section(u.text("help.usage"), "  "+strings.Join(u.usageLines(command), "\n  ")+"\n")
	page.commands()
	if command.Example != "" {
		page.section(u.text("help.examples"), command.Example+"\n")
	}
	page.flags(u.text("help.flags"), command.LocalFlags())
	page.flags(u.text("help.global-flags"), command.InheritedFlags())
	_, _ = io.WriteString(command.OutOrStdout(), out.String()) // who has gone needs no help
}

// helpPage is what --help prints of one command.
type helpPage struct {
	*ui
	command *cobra.Command
	out     *strings.Builder
	width   int
}

func (p helpPage) description() {
	for i, block := range paragraphs(described(p.command)) {
		if i > 0 {
			p.out.WriteByte('\n')
		}
		for _, line := range block {
			if !verbatim(line) {
				line = strings.Join(wrap(line, p.width), "\n")
			}
			p.out.WriteString(line + "\n")
		}
	}
}

// described is the long text of a command, or the short one where that says it all.
func described(command *cobra.Command) string {
	if command.Long != "" {
		return command.Long
	}
	return command.Short
}

func (p helpPage) section(title, body string) {
	if body != "" {
		p.out.WriteString("\n" + title + "\n" + body)
	}
}

// usageLines are the forms of a command line: with the command's own arguments, and,
// where there are commands below it, with one of these.
func (u *ui) usageLines(command *cobra.Command) []string {
	line := command.Use
	if command.HasParent() {
		line = command.Parent().CommandPath() + " " + line
	}
	flags := " [" + u.text("help.usage-flags") + "]"
	if !command.HasAvailableSubCommands() {
		return []string{line + flags}
	}
	below := command.CommandPath() + " COMMAND" + flags
	if command.Runnable() && command.HasParent() {
		return []string{line + flags, below}
	}
	return []string{below}
}

// commands lists those below this one, in groups where it is the root.
func (p helpPage) commands() {
	if p.command.HasParent() {
		p.section(p.text("help.commands"), table(commandRows(p.command, ""), p.width))
		return
	}
	for _, group := range groups {
		p.section(p.text(group.title), table(commandRows(p.command, group.title), p.width))
	}
}

// commandRows are the commands below another one, or those of one group: in the order of
// the group, which is that in which they are needed.
func commandRows(command *cobra.Command, title string) [][2]string {
	below := slices.Clone(command.Commands())
	for _, group := range groups {
		if group.title == title {
			slices.SortStableFunc(below, func(a, b *cobra.Command) int {
				return slices.Index(group.commands, a.Name()) - slices.Index(group.commands, b.Name())
			})
		}
	}
	var rows [][2]string
	width := 0
	for _, c := range command.Commands() {
		width = max(width, len(c.Name()))
	}
	for _, c := range below {
		if c.IsAvailableCommand() && (title == "" || groupOf(c.Name()) == title) {
			rows = append(rows, [2]string{"  " + padded(c.Name(), width), c.Short})
		}
	}
	return rows
}

func (p helpPage) flags(title string, flags *pflag.FlagSet) {
	p.section(title, table(p.flagRows(flags), p.width))
}

// flagRows are flags with their texts. The name of a value, in backquotes in a flag's
// text, goes to its name; it is the same in every language.
func (u *ui) flagRows(flags *pflag.FlagSet) [][2]string {
	var rows [][2]string
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden {
			return
		}
		value, text := pflag.UnquoteUsage(flag)
		name := "      --" + flag.Name
		if flag.Shorthand != "" {
			name = "  -" + flag.Shorthand + ", --" + flag.Name
		}
		if flag.Value.Type() != "bool" {
			name += " " + value
			text = strings.TrimPrefix(text, value+" ")
			if flag.DefValue != "" && flag.DefValue != "0" && flag.DefValue != "[]" {
				text += u.text("flag.default", "Value", flag.DefValue)
			}
		}
		rows = append(rows, [2]string{name, text})
	})
	return rows
}
