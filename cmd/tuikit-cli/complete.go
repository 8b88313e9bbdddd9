package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// offer has the shell complete what a command's texts say of it: where a value is DIR,
// folders; FILE, files; one of several words, or of those that complete has named, these;
// COMMAND, the commands; and nothing for any other value, as files would be wrong. What a
// command has said for itself counts.
func offer(command *cobra.Command) {
	if command.ValidArgsFunction == nil && command.ValidArgs == nil && !command.HasSubCommands() {
		_, arguments, _ := strings.Cut(command.Use, " ")
		command.ValidArgsFunction = completer(strings.Trim(arguments, "[]."))
	}
	command.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		if _, said := command.GetFlagCompletionFunc(flag.Name); !said && flag.Value.Type() != "bool" {
			value, _ := pflag.UnquoteUsage(flag)
			if values := flag.Annotations[valuesOf]; values != nil {
				value = strings.Join(values, "|")
			}
			_ = command.RegisterFlagCompletionFunc(flag.Name, completer(value)) // the error: no such flag
		}
	})
	for _, below := range command.Commands() {
		offer(below)
	}
}

// propose has the shell offer values of a flag that takes others, too. The error it drops
// says that there is no such flag, which the tests would find.
func propose(command *cobra.Command, flag string, values ...string) {
	_ = command.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// completer is for a value by its name.
func completer(value string) cobra.CompletionFunc {
	switch {
	case value == "FILE":
		return nil
	case value == "DIR":
		return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		}
	case value == "COMMAND":
		return completeCommand
	case strings.Contains(value, "|"):
		return cobra.FixedCompletions(strings.Split(value, "|"), cobra.ShellCompDirectiveNoFileComp)
	}
	return cobra.NoFileCompletions
}

// completeCommand offers the commands below the one that args name.
func completeCommand(command *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var found []cobra.Completion
	above, err := named(command.Root(), args)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, below := range above.Commands() {
		if below.IsAvailableCommand() && strings.HasPrefix(below.Name(), begun) {
			found = append(found, cobra.CompletionWithDesc(below.Name(), below.Short))
		}
	}
	slices.Sort(found)
	return found, cobra.ShellCompDirectiveNoFileComp
}
