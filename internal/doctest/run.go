package doctest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Machine is where pages are run.
type Machine struct {
	Env      []string // PATH has the program, and sh
	Projects string   // the folder that "setup: project" copies from
	Loose    bool     // only exit codes over 1 count: the npm packages are not those of the page
}

// Mismatch is a command that does not do what its page says.
type Mismatch struct {
	Step     Step
	Exit     int
	Got      []string
	exitOnly bool // what it prints is as the page says, or does not count
}

func (m Mismatch) String() string {
	text := fmt.Sprintf("line %d: $ %s\nexit code %d, in the page %d", m.Step.Line, m.Step.Text, m.Exit, m.Step.Exit)
	if !m.exitOnly || m.Exit != m.Step.Exit {
		text += "\nit prints\n" + strings.Join(m.Got, "\n")
	}
	return text
}

// Run does what the page says, in dir, which should be empty. It goes on after a
// mismatch, and stops with an error where it cannot.
func (p *Page) Run(dir string, m Machine) ([]Mismatch, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return nil, err
	}
	r := run{Machine: m, top: dir, dir: dir}
	var all []Mismatch
	for _, step := range p.Steps {
		switch step.Kind {
		case Setup:
			err = r.setup(step.Text)
		case File:
			err = r.write(step.Text, strings.Join(step.Lines, "\n")+"\n")
		default:
			var wrong *Mismatch
			if wrong, err = r.command(step); wrong != nil {
				all = append(all, *wrong)
			}
		}
		if err != nil {
			return all, fmt.Errorf("line %d: %s: %w", step.Line, step.Text, err)
		}
	}
	return all, nil
}

// run is the state of a page that is being run.
type run struct {
	Machine
	top string // the page's folder
	dir string // the working directory
}

func (r *run) setup(text string) error {
	verb, rest, _ := strings.Cut(text, " ")
	words := strings.Fields(rest)
	switch {
	case verb == "project" && len(words) == 1:
		return os.CopyFS(filepath.Join(r.dir, words[0]), os.DirFS(filepath.Join(r.Projects, words[0])))
	case verb == "fill" && len(words) == 2:
		size, err := strconv.Atoi(words[1])
		if err != nil {
			return err
		}
		return r.write(words[0], strings.Repeat("\x00", size<<10))
	case verb == "env" && strings.Contains(rest, "="):
		r.Env = append(slices.Clip(r.Env), rest)
		return nil
	case verb == "run" && rest != "":
		code, out, err := r.sh(rest)
		if err == nil && code != 0 {
			err = fmt.Errorf("exit code %d\n%s", code, out)
		}
		return err
	}
	return errors.New("unknown setup")
}

func (r *run) write(name, content string) error {
	name = filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(content), 0o644)
}

// command runs one command of a console block. "cd" lasts.
func (r *run) command(step Step) (*Mismatch, error) {
	if folder, ok := strings.CutPrefix(step.Text, "cd "); ok {
		r.dir = filepath.Join(r.dir, folder)
		_, err := os.Stat(r.dir)
		return nil, err
	}
	code, out, err := r.sh(step.Text)
	if err != nil {
		return nil, err
	}
	got := r.lines(out)
	said := r.Loose || Match(step.Lines, got)
	if said && (code == step.Exit || r.Loose && code <= 1) { // 1: something was found, in smaller files perhaps nothing
		return nil, nil
	}
	return &Mismatch{Step: step, Exit: code, Got: got, exitOnly: said}, nil
}

// sh has the shell run a line; stdout and stderr come as they would on a terminal.
func (r *run) sh(line string) (code int, out string, err error) {
	command := exec.Command("sh", "-c", line)
	command.Dir, command.Env = r.dir, append(slices.Clip(r.Env), "PWD="+r.dir)
	data, err := command.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), string(data), nil
	}
	return 0, string(data), err
}

// lines are what a command has printed, without the place where the test runs.
func (r *run) lines(out string) []string {
	out = strings.ReplaceAll(strings.ReplaceAll(out, "\r\n", "\n"), r.top, "~")
	if out = strings.TrimRight(out, "\n"); out == "" {
		return nil
	}
	lines := strings.Split(out, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}

// varies is what differs between two runs: the time, with its zone and how far it is
// from now, and UserSigs, which have the time in them.
var varies = regexp.MustCompile(`\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?( [+-]\d\d:\d\d( \([^)]*\)|（[^）]*）)?)?|eJ[A-Za-z0-9*_-]{100,}`)

// Match reports whether a command printed what the page says. A line "…" in want stands
// for any lines; dates, times and UserSigs may differ.
func Match(want, got []string) bool {
	for i, line := range want {
		switch {
		case line == "…":
			for skip := 0; skip <= len(got)-i; skip++ {
				if Match(want[i+1:], got[i+skip:]) {
					return true
				}
			}
			return false
		case i >= len(got) || !sameLine(line, got[i]):
			return false
		}
	}
	return len(want) == len(got)
}

func sameLine(want, got string) bool {
	return varies.ReplaceAllString(want, "VARIES") == varies.ReplaceAllString(got, "VARIES")
}

// Rewrite puts what was printed in the place of what the page says.
func (p *Page) Rewrite(wrong []Mismatch) string {
	lines := slices.Clone(p.lines)
	for _, m := range slices.Backward(wrong) {
		if !m.exitOnly {
			lines = slices.Replace(lines, m.Step.from, m.Step.to, m.Got...)
		}
	}
	return strings.Join(lines, "\n")
}
