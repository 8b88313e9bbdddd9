package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// version is set at link time; go install sets the module's.
var version = ""

func currentVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// usageError: the command line is wrong, or an answer is missing.
type usageError struct{ msg.Text }

func (e *usageError) Error() string { return e.String() }

func misused(id string, pairs ...any) error { return &usageError{msg.T(id, pairs...)} }

// commands are the subcommands, each with its name.
var commands = []struct {
	name string
	make func(*ui) *cobra.Command
}{
	{"init", newInit},
	{"add-subpackage", newAddSubpackage},
	{"build-npm", newBuildNpm},
	{"check", newCheck},
	{"size", newSize},
	{"doctor", newDoctor},
	{"usersig", newUserSig},
	{"domains", newDomains},
	{"status", newStatus},
	{"undo", newUndo},
	{"recover", newRecover},
	{"devtools", newDevtools},
	{"version", newVersion},
	{"completion", newCompletion},
}

// addCommands gives root the command that args begin with, as a run needs no other
// one. Without a command in front, all may be wanted: by help, by completion, or to
// suggest one for a wrong one.
func addCommands(root *cobra.Command, u *ui, args []string) {
	for _, c := range commands {
		if len(args) > 0 && args[0] == c.name {
			root.AddCommand(c.make(u))
			return
		}
	}
	for _, c := range commands {
		root.AddCommand(c.make(u))
	}
}

// newRoot makes the command line. What it says of its commands and flags are the
// IDs of messages, until somebody looks (see speak).
func newRoot(e env, u *ui) *cobra.Command {
	root := &cobra.Command{
		Use:           "tuikit-cli",
		Short:         "help.root",
		Long:          "help.root.long",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          unknownCommand,
		RunE:          func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	flags := root.PersistentFlags()
	flags.BoolVarP(&u.quiet, "quiet", "q", false, "flag.quiet")
	flags.BoolVarP(&u.verbose, "verbose", "v", false, "flag.verbose")
	flags.BoolVar(&u.noColor, "no-color", false, "flag.no-color")
	flags.String("lang", "", "flag.lang")
	complete(root, "lang", string(msg.Chinese), string(msg.English))
	flags.BoolP("help", "h", false, "flag.help")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SuggestionsMinimumDistance = 2
	root.SetHelpCommand(newHelp())
	root.PersistentPreRun = func(command *cobra.Command, _ []string) {
		if command.Name() == cobra.ShellCompRequestCmd {
			u.speak(root)
		}
	}
	show := root.HelpFunc()
	root.SetHelpFunc(func(command *cobra.Command, args []string) {
		u.speak(root)
		cobra.AddTemplateFunc("flagUsages", u.flagUsages)
		root.SetUsageTemplate(usageTemplate(u))
		root.SetHelpTemplate("{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}\n\n{{end}}{{.UsageString}}")
		show(command, args)
	})
	root.SetFlagErrorFunc(func(command *cobra.Command, err error) error {
		if command == root {
			if err := unknownCommand(root, firstWords(e.args)); err != nil {
				return err // a wrong command, and flags that only the right one has
			}
		}
		return flagError(command, err)
	})
	addCommands(root, u, e.args)
	return root
}

// speak puts texts in the place of the IDs in a command and in all below it. Only
// help and completion show them; every other run is quicker without.
func (u *ui) speak(command *cobra.Command) {
	command.Short, command.Long = u.text(command.Short), u.text(command.Long)
	say := func(flag *pflag.Flag) { flag.Usage = u.text(flag.Usage) }
	command.Flags().VisitAll(say)
	command.PersistentFlags().VisitAll(say)
	for _, below := range command.Commands() {
		u.speak(below)
	}
}

// unknownCommand suggests the nearest command for a wrong one.
func unknownCommand(command *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := command.SuggestionsFor(args[0]); len(near) > 0 {
		return misused("usage.command-near", "Command", args[0], "Near", strings.Join(near, ", "))
	}
	return misused("usage.command", "Command", args[0])
}

// firstWords is the first argument that is no flag, if there is one.
func firstWords(args []string) []string {
	for i, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			return args[i : i+1]
		}
	}
	return nil
}

func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "help.help",
		RunE: func(command *cobra.Command, args []string) error {
			target, rest, err := command.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(command.Root(), args)
			}
			return target.Help()
		},
	}
}

func newVersion(u *ui) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "help.version",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if _, err := u.stdout.WriteString("tuikit-cli " + currentVersion() + "\n"); err != nil {
				return err
			}
			return nil
		},
	}
}

func newCompletion(u *ui) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion " + strings.Join(shells, "|"),
		Short:     "help.completion",
		Long:      "help.completion.long",
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misused("usage.shell")
			}
			return nil
		},
		RunE: func(command *cobra.Command, args []string) error {
			root := command.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(u.stdout, true)
			case "zsh":
				return root.GenZshCompletion(u.stdout)
			case "fish":
				return root.GenFishCompletion(u.stdout, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(u.stdout)
			}
			return misused("usage.shell")
		},
	}
}

func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return misused("usage.argument", "Argument", args[0])
	}
	return nil
}

func atMostOne(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return misused("usage.argument", "Argument", args[1])
	}
	return nil
}

func usageTemplate(u *ui) string {
	return `{{if .Runnable}}` + u.text("help.usage") + `
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}

` + u.text("help.commands") + `{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

` + u.text("help.examples") + `
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

` + u.text("help.flags") + `
{{flagUsages .LocalFlags}}{{end}}{{if .HasAvailableInheritedFlags}}

` + u.text("help.global-flags") + `
{{flagUsages .InheritedFlags}}{{end}}
`
}

// flagUsages lists flags in two columns. The name of a value, in backquotes at
// the beginning of a flag's text, goes into the first.
func (u *ui) flagUsages(flags *pflag.FlagSet) string {
	var names, texts []string
	width := 0
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
		width = max(width, len(name))
		names, texts = append(names, name), append(texts, text)
	})
	var out strings.Builder
	for i, name := range names {
		fmt.Fprintf(&out, "%-*s  %s\n", width, name, texts[i])
	}
	return strings.TrimSuffix(out.String(), "\n")
}
