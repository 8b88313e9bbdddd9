package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/tuikit-cli/tuikit-cli/internal/doctest"
	scripts "github.com/tuikit-cli/tuikit-cli/internal/script"
)

const docsDir = "../../docs"

// readPages reads the pages of docs/ that match, by their names there. It leaves out those
// that are run by a test of their own, and those that are not for users.
func readPages(t *testing.T, pattern string) map[string]*doctest.Page {
	t.Helper()
	pages := readAllPages(t, pattern)
	for _, name := range []string{"checks.md", "checks.zh-CN.md", "architecture.md"} {
		delete(pages, name)
	}
	return pages
}

func readAllPages(t *testing.T, pattern string) map[string]*doctest.Page {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(docsDir, pattern))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	pages := map[string]*doctest.Page{}
	for _, name := range names {
		base := filepath.Base(name)
		if pages[base], err = doctest.Parse(readText(t, name)); err != nil {
			t.Fatalf("%s: %v", base, err)
		}
	}
	return pages
}

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestDocsPages runs the commands of docs/ and compares what they print with what the
// pages say. Pages whose numbers are those of the real npm packages are compared by the
// end-to-end tests; here, each of their commands must at least end as they say, in one
// of the languages, which have the same commands.
func TestDocsPages(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip(err)
	}
	for name, page := range readPages(t, "*.md") {
		if page.E2E && strings.HasSuffix(name, ".zh-CN.md") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			machine := doctest.Machine{Env: docsEnvironment(t, name), Projects: filepath.Join(shared.fixtures, "projects"), Loose: page.E2E}
			wrong, err := page.Run(t.TempDir(), machine)
			if err != nil {
				t.Fatal(err)
			}
			if *update && len(wrong) > 0 {
				if err := os.WriteFile(filepath.Join(docsDir, name), []byte(page.Rewrite(wrong)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			for _, w := range wrong {
				t.Error(w)
			}
		})
	}
}

// docsEnvironment is the machine of a page, which speaks the page's language.
func docsEnvironment(t *testing.T, name string) []string {
	locale := "LANG=en_US.UTF-8"
	if strings.HasSuffix(name, ".zh-CN.md") {
		locale = "LANG=zh_CN.UTF-8"
	}
	return append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"), locale)
}

// TestDocsAreTranslated: the pages of both languages do the same, in the same order.
func TestDocsAreTranslated(t *testing.T) {
	all := readPages(t, "*.md")
	for name, page := range all {
		if strings.HasSuffix(name, ".zh-CN.md") {
			continue
		}
		chinese, ok := all[strings.TrimSuffix(name, ".md")+".zh-CN.md"]
		if !ok {
			t.Errorf("%s is not there in Chinese", name)
			continue
		}
		delete(all, strings.TrimSuffix(name, ".md")+".zh-CN.md")
		if difference := cmp.Diff(page.Outline(), chinese.Outline()); difference != "" {
			t.Errorf("%s: English -, Chinese +:\n%s", name, difference)
		}
		if difference := cmp.Diff(blocks(page), blocks(chinese)); difference != "" {
			t.Errorf("%s, blocks that are not run: English -, Chinese +:\n%s", name, difference)
		}
		if page.E2E != chinese.E2E {
			t.Errorf("%s: only one of both is run end to end", name)
		}
	}
	for name := range all {
		if english, ok := strings.CutSuffix(name, ".zh-CN.md"); ok && all[english+".md"] == nil {
			t.Errorf("%s is not there in English", name)
		}
	}
}

var commentEnd = regexp.MustCompile(`\s*(#|//|<!--) .*$`)

// blocks are the blocks that no console runs, without their comments.
func blocks(page *doctest.Page) []string {
	var all []string
	for _, f := range page.Fences {
		if f.Language == "console" || f.Language == "text" {
			continue
		}
		text := f.Language
		for _, line := range f.Lines {
			text += "\n" + commentEnd.ReplaceAllString(line, "")
		}
		all = append(all, text)
	}
	return all
}

// TestDocsCommandLines: every command line of this program in docs/ and in the READMEs
// has a command, flags and arguments that exist, whether it is run or not.
func TestDocsCommandLines(t *testing.T) {
	for _, pattern := range []string{"*.md", "../README*.md"} {
		for name, page := range readAllPages(t, pattern) {
			for _, line := range page.Invocations() {
				if err := parseLine(line.Text); err != nil {
					t.Errorf("%s:%d: %s: %v", name, line.Line, line.Text, err)
				}
			}
		}
	}
}

// shellWords end the part of a line that is this program's.
var shellWords = regexp.MustCompile(` [|<>&] .*$`)

// arguments are those that a command line of a page gives the program.
func arguments(line string) []string {
	line = shellWords.ReplaceAllString(line, "")
	words := strings.Fields(strings.ReplaceAll(line, "'", ""))
	program := slices.IndexFunc(words, func(word string) bool { return strings.HasPrefix(word, "tuikit-cli") })
	return words[program+1:]
}

// parseLine has the program's own parser read a command line, without running it.
func parseLine(line string) error {
	args := arguments(line)
	if len(args) == 1 && (args[0] == "--help" || args[0] == "-h") {
		return nil
	}
	u := screenFor(args...)
	root := newRoot(u.env, u)
	command, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if command == root {
		return unknownCommand(root, args)
	}
	if err := command.ParseFlags(rest); err != nil {
		return err
	}
	return command.ValidateArgs(command.Flags().Args())
}

// TestParseLine: the test above can fail.
func TestParseLine(t *testing.T) {
	for _, line := range []string{"tuikit-cli check my-app --release", "npx tuikit-cli init", "npx --yes tuikit-cli@0.1.0 check --release", "tuikit-cli check --format sarif > check.sarif", "tuikit-cli usersig inspect - < alice.sig", "tuikit-cli size --format json | jq .total", "tuikit-cli --help"} {
		if err := parseLine(line); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, line := range []string{"tuikit-cli chek", "tuikit-cli check --realise", "tuikit-cli check a b", "npx tuikit-cli init --sdkappid my-id"} {
		if parseLine(line) == nil {
			t.Errorf("%s is taken", line)
		}
	}
}

// TestDocsNameEveryCommand: every command that help shows has a line in docs/, in both
// languages. What only groups others counts by those.
func TestDocsNameEveryCommand(t *testing.T) {
	u := screenFor()
	root := newRoot(u.env, u)
	named := map[string]bool{}
	for name, page := range readPages(t, "*.md") {
		for _, line := range page.Invocations() {
			if found, _, err := root.Find(arguments(line.Text)); err == nil {
				named[inLanguage(strings.HasSuffix(name, ".zh-CN.md"), found)] = true
			}
		}
	}
	for _, command := range allCommands(root) {
		for _, inChinese := range []bool{false, true} {
			if !command.HasSubCommands() && !command.Hidden && !named[inLanguage(inChinese, command)] {
				t.Errorf("no page of docs/ names %s", inLanguage(inChinese, command))
			}
		}
	}
}

func inLanguage(inChinese bool, command *cobra.Command) string {
	if inChinese {
		return command.CommandPath() + " (in Chinese)"
	}
	return command.CommandPath()
}

// allCommands are the commands below one, and those below them.
func allCommands(command *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, c := range command.Commands() {
		all = append(append(all, c), allCommands(c)...)
	}
	return all
}

// TestDocsSnippets: JSON, YAML and JavaScript parse.
func TestDocsSnippets(t *testing.T) {
	for _, pattern := range []string{"*.md", "../README*.md"} {
		for name, page := range readPages(t, pattern) {
			for _, f := range page.Fences {
				text := strings.Join(f.Lines, "\n")
				switch f.Language {
				case "json":
					if !json.Valid([]byte(text)) {
						t.Errorf("%s:%d: this is not JSON", name, f.Line)
					}
				case "js":
					if faults, _ := scripts.Check(map[string][]byte{name: []byte(text)}); len(faults) > 0 {
						t.Errorf("%s:%d: %v", name, f.Line, faults)
					}
				case "yaml":
					var value any
					if err := yaml.Unmarshal([]byte(text), &value); err != nil {
						t.Errorf("%s:%d: %v", name, f.Line, err)
					}
				case "sh", "console", "text", "":
				default:
					t.Errorf("%s:%d: a block of an unknown kind, %s", name, f.Line, f.Language)
				}
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestDocsLinks: what a page of docs/ or a README links to in this repository is there,
// the heading, too.
func TestDocsLinks(t *testing.T) {
	for _, pattern := range []string{"*.md", "../README*.md"} {
		for name := range readPages(t, pattern) {
			dir := filepath.Dir(filepath.Join(docsDir, pattern))
			for _, found := range link.FindAllStringSubmatch(readText(t, filepath.Join(dir, name)), -1) {
				file, heading, _ := strings.Cut(found[1], "#")
				if strings.Contains(file, "://") {
					continue
				}
				target := filepath.Join(dir, name)
				if file != "" {
					target = filepath.Join(dir, file)
				}
				if _, err := os.Stat(target); err != nil {
					t.Errorf("%s: %v", name, err)
				} else if heading != "" && !slices.Contains(headings(readText(t, target)), heading) {
					t.Errorf("%s links to %s, where no heading is %s", name, target, heading)
				}
			}
		}
	}
}

var notInAnchor = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)

// headings are the anchors of a page, as GitHub makes them.
func headings(text string) []string {
	var all []string
	for _, line := range strings.Split(text, "\n") {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			all = append(all, strings.ReplaceAll(notInAnchor.ReplaceAllString(strings.ToLower(title), ""), " ", "-"))
		}
	}
	return all
}
