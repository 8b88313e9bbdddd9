// Package doctest runs the commands that Markdown pages show and compares what they
// print with what the pages say they print.
//
// A page runs from top to bottom in one empty folder. A block of console lines is run:
// what stands behind "$ " is a command, the lines below it are its output.
//
//	```console
//	$ tuikit-cli check
//	…
//	1 error in 1 mini program, 8 files
//	```
//
// A line "…" stands for any lines, also for none. What a reader need not see is said in
// HTML comments, each on a line of its own:
//
//	<!-- run: e2e -->              the page is run with the real npm packages
//	<!-- setup: project shop -->   copy testdata/projects/shop to ./shop
//	<!-- setup: fill FILE KB -->   make a file of so many kilobytes
//	<!-- setup: env NAME=VALUE --> set a variable for all that follows
//	<!-- setup: run COMMAND -->    run a command whose output is nobody's business
//	<!-- file: app.js -->          write the next block to this file
//	<!-- exit: 1 -->               the exit code of the next block's last command
package doctest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Kind is what a step of a page does.
type Kind string

const (
	Command Kind = "command" // Text is a command line of a console block
	Setup   Kind = "setup"   // Text is what the comment says
	File    Kind = "file"    // Text is the name, Lines the content
)

// Step is one thing that happens when a page is run.
type Step struct {
	Kind  Kind
	Text  string
	Lines []string // what a command prints, or what is in a file
	Exit  int      // the exit code of a command
	Line  int      // where it stands in the page, from 1

	from, to int // Lines in the page, as indexes; the end is not part of it
}

// Fence is a block of code.
type Fence struct {
	Language string
	Lines    []string
	Line     int // of its first line, from 1
}

// Page is a parsed Markdown page.
type Page struct {
	Steps  []Step
	Fences []Fence
	E2E    bool // it is run with the real npm packages

	lines []string
}

var directive = regexp.MustCompile(`^<!-- ([a-z]+): (.*) -->$`)

// reader goes through the lines of a page.
type reader struct {
	page *Page
	file string // where the next block goes
	exit int    // of the next block
}

// Parse reads a page. An error names the line.
func Parse(text string) (*Page, error) {
	r := reader{page: &Page{lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}}
	lines := r.page.lines
	for i := 0; i < len(lines); i++ {
		if found := directive.FindStringSubmatch(lines[i]); found != nil {
			if err := r.directive(found[1], found[2], i); err != nil {
				return nil, err
			}
			continue
		}
		language, ok := strings.CutPrefix(lines[i], "```")
		if !ok {
			continue
		}
		length := slices.Index(lines[i+1:], "```")
		if length < 0 {
			return nil, fmt.Errorf("line %d: the block does not end", i+1)
		}
		if err := r.fence(language, i+1, i+1+length); err != nil {
			return nil, err
		}
		i += 1 + length
	}
	if r.file != "" || r.exit != 0 {
		return nil, fmt.Errorf("the last comment waits for a block")
	}
	return r.page, nil
}

func (r *reader) directive(name, value string, at int) error {
	switch name {
	case "run":
		if r.page.E2E = value == "e2e"; !r.page.E2E {
			return fmt.Errorf("line %d: run: e2e is the only one", at+1)
		}
	case "setup":
		r.page.Steps = append(r.page.Steps, Step{Kind: Setup, Text: value, Line: at + 1})
	case "file":
		r.file = value
	case "exit":
		if _, err := fmt.Sscanf(value, "%d", &r.exit); err != nil || r.exit == 0 {
			return fmt.Errorf("line %d: exit: needs an exit code that is not 0", at+1)
		}
	default:
		return fmt.Errorf("line %d: unknown comment %s", at+1, name)
	}
	return nil
}

// fence takes the block whose lines are from to to.
func (r *reader) fence(language string, from, to int) error {
	lines := r.page.lines[from:to]
	r.page.Fences = append(r.page.Fences, Fence{language, lines, from + 1})
	if r.file != "" {
		r.page.Steps = append(r.page.Steps, Step{Kind: File, Text: r.file, Lines: lines, Line: from + 1})
		r.file = ""
		return nil
	}
	if language == "console" {
		return r.console(from, to)
	}
	if r.exit != 0 {
		return fmt.Errorf("line %d: exit: stands before a block that is not run", from)
	}
	for i, line := range lines {
		if strings.HasPrefix(line, "$ ") {
			return fmt.Errorf("line %d: a command with a prompt stands in a block that is not run", from+i+1)
		}
	}
	return nil
}

func (r *reader) console(from, to int) error {
	var steps []Step
	for i := from; i < to; i++ {
		command, ok := strings.CutPrefix(r.page.lines[i], "$ ")
		switch {
		case ok:
			at := i
			for strings.HasSuffix(command, `\`) && i+1 < to {
				i++
				command = strings.TrimSuffix(command, `\`) + strings.TrimSpace(r.page.lines[i])
			}
			steps = append(steps, Step{Kind: Command, Text: command, Line: at + 1, from: i + 1, to: i + 1})
		case len(steps) == 0:
			return fmt.Errorf("line %d: a console block begins with a command", i+1)
		default:
			last := &steps[len(steps)-1]
			last.Lines, last.to = append(last.Lines, r.page.lines[i]), i+1
		}
	}
	if len(steps) == 0 {
		return fmt.Errorf("line %d: an empty console block", from)
	}
	steps[len(steps)-1].Exit, r.exit = r.exit, 0
	r.page.Steps = append(r.page.Steps, steps...)
	return nil
}

// Outline is what a page does, without what it prints: pages of two languages have
// the same one. Names of files stand for their contents, which may have comments.
func (p *Page) Outline() []string {
	var all []string
	for _, s := range p.Steps {
		line := string(s.Kind) + " " + s.Text
		if s.Exit != 0 {
			line += fmt.Sprintf(" (exit code %d)", s.Exit)
		}
		all = append(all, line)
	}
	return all
}

var (
	inline  = regexp.MustCompile("`((?:npx )?tuikit-cli [^`]+)`")
	comment = regexp.MustCompile(`\s+#.*$`)
)

// Invocation is a command line of this program, wherever a page has it.
type Invocation struct {
	Text string
	Line int // from 1
}

// Invocations finds the command lines of this program: in blocks of code, after "$ ",
// "- run: " or the like, and between backquotes in prose.
func (p *Page) Invocations() []Invocation {
	var all []Invocation
	inside := map[int]bool{}
	for _, f := range p.Fences {
		for i, line := range f.Lines {
			inside[f.Line+i] = true
			if text, ok := invocation(line); ok {
				all = append(all, Invocation{text, f.Line + i})
			}
		}
	}
	for i, line := range p.lines {
		for _, found := range inline.FindAllStringSubmatch(line, -1) {
			if !inside[i+1] {
				all = append(all, Invocation{found[1], i + 1})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Invocation) int { return a.Line - b.Line })
	return all
}

// program is how a line begins that runs this program.
var program = regexp.MustCompile(`^(npx (--yes )?)?tuikit-cli(@\d\S*)? `)

// invocation takes off what stands around a command in a console, a workflow, a package.json.
func invocation(line string) (string, bool) {
	line = strings.TrimSpace(comment.ReplaceAllString(line, ""))
	for _, before := range []string{"$ ", "- ", "run: "} {
		line = strings.TrimPrefix(line, before)
	}
	return line, program.MatchString(line)
}
