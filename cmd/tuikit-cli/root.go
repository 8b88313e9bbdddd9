package main

import (
	"io"
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
	{"status", newStatus},
	{"undo", newUndo},
	{"recover", newRecover},
	{"usersig", newUserSig},
	{"domains", newDomains},
	{"doctor", newDoctor},
	{"devtools", newDevtools},
	{"version", newVersion},
	{"completion", newCompletion},
	{"man", newMan},
}

// addCommands gives root the command that args begin with, as a run needs no other
// one. Without a command in front, all may be wanted: by help, by completion, or to
// suggest one for a wrong one; and man describes any of them.
func addCommands(root *cobra.Command, u *ui, args []string) {
	for _, c := range commands {
		if len(args) > 0 && args[0] == c.name && c.name != "man" {
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
		Example:       rootExample,
	}
	flags := root.PersistentFlags()
	flags.BoolVarP(&u.quiet, "quiet", "q", false, "flag.quiet")
	flags.BoolVarP(&u.verbose, "verbose", "v", false, "flag.verbose")
	flags.BoolVar(&u.noColor, "no-color", false, "flag.no-color")
	flags.Var(new(langValue), "lang", "flag.lang")
	flags.BoolP("help", "h", false, "flag.help")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(newHelp())
	root.PersistentPreRunE = func(command *cobra.Command, _ []string) error {
		if command.Name() == cobra.ShellCompRequestCmd || command.Name() == cobra.ShellCompNoDescRequestCmd {
			u.speak(root)
			offer(root)
			return nil
		}
		return checkValues(command)
	}
	root.SetHelpFunc(func(command *cobra.Command, _ []string) { u.help(command) })
	root.SetFlagErrorFunc(func(command *cobra.Command, err error) error {
		if command == root {
			if err := unknownCommand(root, firstWords(e.args)); err != nil {
				return err // a wrong command, and flags that only the right one has
			}
		}
		return flagError(command, err)
	})
	addCommands(root, u, e.args)
	group(root)
	return root
}

const rootExample = `  tuikit-cli init my-app --sdkappid 1400000000 --userid alice --yes
  tuikit-cli check my-app
  tuikit-cli help add-subpackage`

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
		Use:     "help [COMMAND]",
		Short:   "help.help",
		Long:    "help.help.long",
		Example: "  tuikit-cli help\n  tuikit-cli help add-subpackage",
		RunE: func(command *cobra.Command, args []string) error {
			target, err := named(command.Root(), args)
			if err != nil {
				return err
			}
			return target.Help()
		},
	}
}

// named is the command that args name, one below the other.
func named(root *cobra.Command, args []string) (*cobra.Command, error) {
	target, rest, err := root.Find(args)
	if err != nil || len(rest) > 0 {
		return nil, unknownCommand(target, rest)
	}
	return target, nil
}

func newVersion(u *ui) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "help.version",
		Long:    "help.version.long",
		Example: "  tuikit-cli version",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(u, "tuikit-cli "+currentVersion()+"\n")
			return err
		},
	}
}

func newCompletion(u *ui) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:       "completion " + strings.Join(shells, "|"),
		Short:     "help.completion",
		Long:      "help.completion.long",
		Example:   completionExample,
		ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misused("usage.shell", "Shells", shells)
			}
			return nil
		},
		RunE: func(command *cobra.Command, args []string) error {
			root := command.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(u, true)
			case "zsh":
				return root.GenZshCompletion(u)
			case "fish":
				return root.GenFishCompletion(u, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(u)
			}
			return wrongValue("completion", args[0], shells)
		},
	}
}

const completionExample = `  source <(tuikit-cli completion bash)
  tuikit-cli completion zsh > "${fpath[1]}/_tuikit-cli"
  tuikit-cli completion fish | source
  tuikit-cli completion powershell | Out-String | Invoke-Expression`

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
