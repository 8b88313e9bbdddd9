package main

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/text/width"
)

// dashes are what an input method, or a text processor, makes of a hyphen.
const dashes = "－—–―−‐‑﹣"

// typed refuses flags whose hyphens are none: they would be taken for the name of a
// folder. What comes after "--" is no flag.
func typed(args []string) error {
	for _, arg := range args {
		if arg == "--" {
			return nil
		}
		first, _ := utf8.DecodeRuneInString(arg)
		if !strings.ContainsRune(dashes, first) {
			continue
		}
		name := strings.TrimLeft(halfWidth(arg), dashes+"-")
		if utf8.RuneCountInString(name) > 1 {
			name = "-" + name
		}
		return misused("usage.dash", "Argument", arg, "Near", "-"+name)
	}
	return nil
}

// halfWidth is a word without what an input method for Chinese has made of its letters.
func halfWidth(word string) string {
	return strings.ReplaceAll(width.Narrow.String(word), "　", " ")
}

// nearest is the known word that was most likely meant: one that is the same but for
// case, width and the kind of its dashes, else the one with the fewest slips, else one
// that it begins, else "".
func nearest(word string, known []string) string {
	plain := func(word string) string {
		return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(halfWidth(word)), "_", "-"))
	}
	word = plain(word)
	if len(word) < 2 || len(word) > 64 {
		return ""
	}
	best, fewest := "", 1+min(2, len(word)/2)
	for _, candidate := range known {
		if n := slips(word, plain(candidate)); n < fewest {
			best, fewest = candidate, n
		}
	}
	if best != "" {
		return best
	}
	if at := slices.IndexFunc(known, func(candidate string) bool { return strings.HasPrefix(plain(candidate), word) }); at >= 0 {
		return known[at]
	}
	return ""
}

// slips of the fingers turn one word into the other: a letter too many, one missing or
// another one; or two in the wrong order, which Levenshtein's distance counts twice.
func slips(word, meant string) int {
	if n := len(word); n == len(meant) {
		for i := 1; i < n; i++ {
			if word[:i-1]+word[i:i+1]+word[i-1:i]+word[i+1:] == meant {
				return 1
			}
		}
	}
	return levenshtein.ComputeDistance(word, meant)
}

// unknownCommand suggests the nearest command for a wrong one.
func unknownCommand(command *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	above := strings.TrimPrefix(command.CommandPath()+" ", command.Root().Name()+" ")
	var known []string
	for _, below := range command.Commands() {
		if below.IsAvailableCommand() {
			known = append(known, below.Name())
		}
	}
	word, rest, _ := strings.Cut(halfWidth(args[0]), " ") // the space may be a wide one
	switch near := nearest(word, known); {
	case near == args[0]:
		return misused("usage.command-first", "Command", above+near)
	case near != "":
		return misused("usage.command-near", "Command", above+args[0], "Near", strings.TrimSpace(above+near+" "+rest))
	}
	return misused("usage.command", "Command", above+args[0])
}

// group makes a command whose subcommands do the work: without one it shows its help.
func group(command *cobra.Command) {
	if command.HasSubCommands() && !command.Runnable() {
		command.Args = unknownCommand
		command.RunE = func(command *cobra.Command, _ []string) error { return command.Help() }
	}
	for _, below := range command.Commands() {
		group(below)
	}
}

// nearestFlag is the flag of the command that was most likely meant.
func nearestFlag(command *cobra.Command, name string) string {
	var known []string
	command.Flags().VisitAll(func(flag *pflag.Flag) {
		if !flag.Hidden {
			known = append(known, flag.Name)
		}
	})
	return nearest(name, known)
}

// valuesOf is the annotation of a flag that takes one of a few values.
const valuesOf = "values"

// complete says which values a flag takes: others are refused, and the shell offers
// these. The error it drops says that there is no such flag, which the tests would find.
func complete(command *cobra.Command, flag string, values ...string) {
	_ = command.Flags().SetAnnotation(flag, valuesOf, values)
}

// checkValues refuses a value that a flag does not take, and suggests the nearest.
func checkValues(command *cobra.Command) (err error) {
	command.Flags().Visit(func(flag *pflag.Flag) {
		values := flag.Annotations[valuesOf]
		given := flag.Value.String()
		if err != nil || len(values) == 0 || slices.Contains(values, given) {
			return
		}
		err = wrongValue("--"+flag.Name, given, values)
	})
	return err
}

// wrongValue is the error about a value that is none of those that there are.
func wrongValue(name, given string, values []string) error {
	if near := nearest(given, values); near != "" {
		return misused("usage.value-near", "Name", name, "Value", given, "Near", near, "Values", values)
	}
	return misused("usage.value", "Name", name, "Value", given, "Values", values)
}
