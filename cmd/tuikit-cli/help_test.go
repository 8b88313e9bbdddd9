package main

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// wholeTree is the program with all commands.
func wholeTree(lang msg.Lang) (*ui, *cobra.Command) {
	u := screenFor("help")
	u.lang = lang
	root := newRoot(u.env, u)
	root.InitDefaultHelpCmd()
	return u, root
}

// everyCommand visits a command and all below it.
func everyCommand(command *cobra.Command, visit func(*cobra.Command)) {
	visit(command)
	for _, below := range command.Commands() {
		everyCommand(below, visit)
	}
}

// TestEveryCommandIsDescribed: by words in the catalogues, and by an example.
func TestEveryCommandIsDescribed(t *testing.T) {
	_, root := wholeTree(msg.English)
	words := func(what, id string) {
		if text := msg.T(id).In(msg.Chinese); text == id || id == "" {
			t.Errorf("%s is described by %q, which is no message", what, id)
		}
	}
	everyCommand(root, func(command *cobra.Command) {
		words(command.CommandPath(), command.Short)
		words(command.CommandPath()+", at length,", command.Long)
		if len(invocations(command.Example)) == 0 {
			t.Errorf("%s has no example", command.CommandPath())
		}
		command.LocalFlags().VisitAll(func(flag *pflag.Flag) {
			if flag.Hidden {
				return
			}
			words("--"+flag.Name+" of "+command.CommandPath(), flag.Usage)
			if value := strings.Count(msg.T(flag.Usage).String(), "`"); (value == 2) == (flag.Value.Type() == "bool") {
				t.Errorf("--%s of %s is a %s, and the name of its value is %q", flag.Name, command.CommandPath(), flag.Value.Type(), msg.T(flag.Usage))
			}
		})
	})
}

// invocations are the command lines of this program in some text that is typed into a
// shell.
func invocations(text string) [][]string {
	var all [][]string
	for line := range strings.Lines(text) {
		words := strings.Fields(strings.NewReplacer("<(", "<( ", ")", " ) ", `"`, "", "'", "").Replace(line))
		for i, word := range words {
			if word != "tuikit-cli" {
				continue
			}
			end := slices.IndexFunc(words[i:], func(word string) bool { return strings.ContainsAny(word, "|<>)&;#") && word != "text|json" })
			if end < 0 {
				end = len(words) - i
			}
			all = append(all, words[i+1:i+end])
		}
	}
	return all
}

// TestExamplesCanBeTyped: every command line in help and in the catalogues is one of a
// command that there is, with flags and arguments that it takes.
func TestExamplesCanBeTyped(t *testing.T) {
	_, root := wholeTree(msg.English)
	lines := 0
	everyCommand(root, func(command *cobra.Command) {
		for _, line := range invocations(command.Example) {
			_, fresh := wholeTree(msg.English)
			target, rest, err := fresh.Find(line)
			if err == nil {
				err = target.ParseFlags(rest)
			}
			if err == nil {
				err = target.ValidateArgs(target.Flags().Args())
			}
			if err != nil || target == fresh {
				t.Errorf("%s: the example %q: %v", command.CommandPath(), line, err)
			}
			lines++
		}
	})
	if lines < len(commands) {
		t.Errorf("only %d examples were looked at", lines)
	}
}

// helpOf is what --help prints of a command, where it is so many columns wide.
func helpOf(u *ui, command *cobra.Command, columns int) string {
	var out bytes.Buffer
	command.SetOut(&out)
	u.width = columns
	u.help(command)
	return out.String()
}

// TestHelpFits: no line of it is wider than the terminal, but for examples and what else
// is to be typed.
func TestHelpFits(t *testing.T) {
	for _, lang := range []msg.Lang{msg.English, msg.Chinese} {
		for _, columns := range []int{usualWidth, 80, narrowestText} {
			u, root := wholeTree(lang)
			everyCommand(root, func(command *cobra.Command) {
				code := strings.Split(command.Example, "\n")
				for line := range strings.SplitSeq(described(command)+"\n"+u.text(described(command)), "\n") {
					if verbatim(line) {
						code = append(code, line)
					}
				}
				code = append(code, "  "+strings.Join(u.usageLines(command), "\n  "))
				for line := range strings.SplitSeq(helpOf(u, command, columns), "\n") {
					unbroken := len(strings.Fields(line)) <= 2 // a flag and the name of its value
					if diag.Columns(line) > columns && !unbroken && !slices.Contains(code, line) {
						t.Errorf("%s, %s, %d columns: %q has %d", command.CommandPath(), lang, columns, line, diag.Columns(line))
					}
				}
			})
		}
	}
}

// TestHelpHasItsColumns: texts of commands and of flags begin in one column, whatever the
// language.
func TestHelpHasItsColumns(t *testing.T) {
	begin := regexp.MustCompile(`^ +(-|[a-z])[^ ]*( [^ ]+)*?  +`)
	for _, lang := range []msg.Lang{msg.English, msg.Chinese} {
		u, root := wholeTree(lang)
		everyCommand(root, func(command *cobra.Command) {
			for section := range strings.SplitSeq(helpOf(u, command, usualWidth), "\n\n") {
				_, rows, _ := strings.Cut(section, "\n")
				if !strings.Contains(rows, "  -") && !strings.Contains(section, u.text("help.group.start")) {
					continue
				}
				columns := map[int]bool{}
				for line := range strings.SplitSeq(strings.TrimRight(rows, "\n"), "\n") {
					if found := begin.FindString(line); found != "" {
						columns[diag.Columns(found)] = true
					}
				}
				if len(columns) > 1 && !strings.Contains(rows, "tuikit-cli ") {
					t.Errorf("%s, %s: %v\n%s", command.CommandPath(), lang, columns, section)
				}
			}
		})
	}
}

// TestHelpOfACommandIsTheSame: by --help, which knows that command only, and by help.
func TestHelpOfACommandIsTheSame(t *testing.T) {
	for _, c := range commands {
		u := screenFor(c.name)
		alone, _, err := newRoot(u.env, u).Find([]string{c.name})
		if err != nil {
			t.Fatal(err)
		}
		alone.InitDefaultHelpFlag()
		all, root := wholeTree(msg.English)
		target, _, err := root.Find([]string{c.name})
		if err != nil {
			t.Fatal(err)
		}
		target.InitDefaultHelpFlag()
		if a, b := helpOf(u, alone, usualWidth), helpOf(all, target, usualWidth); a != b {
			t.Errorf("%s: --help prints\n%sand help\n%s", c.name, a, b)
		}
	}
}

// TestEveryCommandHasItsGroup: under "other" is only what is meant to be there.
func TestEveryCommandHasItsGroup(t *testing.T) {
	for _, c := range commands {
		other := slices.Contains([]string{"version", "completion", "man"}, c.name)
		if got := groupOf(c.name) == "help.group.other"; got != other {
			t.Errorf("%s stands in the group %s", c.name, groupOf(c.name))
		}
	}
}

// TestManPages: every page has its parts, in both languages, and no line that troff would
// take for a request by accident.
func TestManPages(t *testing.T) {
	request := regexp.MustCompile(`^\.(\\"|TH|SH|PP|TP|br|nf|fi|nh|ad)`)
	id := regexp.MustCompile(`\b(help|flag|man)\.[a-z]`)
	for _, lang := range []msg.Lang{msg.English, msg.Chinese} {
		u, root := wholeTree(lang)
		everyCommand(root, func(command *cobra.Command) {
			page := u.manPage(command)
			for line := range strings.Lines(page) {
				if (strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'")) && !request.MatchString(line) {
					t.Errorf("%s: %s", command.CommandPath(), line)
				}
			}
			for _, part := range []string{"man.name", "man.synopsis", "man.description", "man.examples", "man.exit", "man.environment"} {
				if !strings.Contains(page, "\n.SH "+u.text(part)+"\n") {
					t.Errorf("%s has no %s", command.CommandPath(), part)
				}
			}
			if left := id.FindString(page); left != "" {
				t.Errorf("%s has the ID %s", command.CommandPath(), left)
			}
			if page != u.manPage(command) {
				t.Errorf("%s differs from one time to the next", command.CommandPath())
			}
		})
	}
}

func TestRoff(t *testing.T) {
	for text, want := range map[string]string{
		`a-b`: `a\-b`, `C:\x`: `C:\ex`, `"'` + "`": `\(dq\(aq\(ga`, `~^`: `\(ti\(ha`, "中文": "中文",
	} {
		if got := roff(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	if got := guarded(".tuikit"); got != `\&.tuikit` {
		t.Error(got)
	}
}
