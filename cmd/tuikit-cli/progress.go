package main

import (
	"strings"
	"sync"
	"time"

	"github.com/AlecAivazis/survey/v2/terminal"
	"github.com/briandowns/spinner"
	"github.com/fatih/color"
	"golang.org/x/term"
)

// progressDelay is how long work takes before anything is said of it: what is done in
// a moment does not flash.
const progressDelay = 300 * time.Millisecond

// progress is the sign of work that goes on.
type progress struct {
	*ui
	text    string
	started time.Time

	mu    sync.Mutex
	timer *time.Timer
	done  bool
	sign  *spinner.Spinner
}

// progress shows what is being done, once that takes a while: a moving line with the
// time on a terminal, a line where lines cannot move, nothing elsewhere. The function
// that it returns ends it; so does whatever is printed.
func (u *ui) progress(id string, pairs ...any) (done func()) {
	u.still()
	text := harmless(u.text(id, pairs...))
	switch {
	case u.quiet, !u.verbose && !isTerminal(u.stderr):
		return func() {}
	case u.verbose:
		u.warn(text)
		return func() {}
	}
	p := &progress{ui: u, text: text, started: u.now()}
	p.timer = time.AfterFunc(progressDelay, p.show)
	u.running = p
	return p.end
}

// still ends the sign of what goes on: something else is about to be printed.
func (u *ui) still() {
	if u.running != nil {
		u.running.end()
		u.running = nil
	}
}

func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.done:
	case p.simple():
		_, _ = p.stderr.WriteString(p.text + "\n")
	default:
		color.NoColor = true // the sign needs none, and NO_COLOR is not asked there
		p.sign = spinner.New(spinner.CharSets[14], 100*time.Millisecond, spinner.WithWriterFile(p.stderr))
		p.sign.PreUpdate = func(s *spinner.Spinner) { s.Suffix = p.line() }
		p.sign.Start()
	}
}

func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = true
	p.timer.Stop()
	if p.sign != nil {
		p.sign.Stop()
		p.sign = nil
	}
}

// line is the text with the time, on one line of the terminal: what wraps cannot be
// taken away again when the window has another width by then.
func (p *progress) line() string {
	line := " " + p.text
	if seconds := int(p.now().Sub(p.started).Seconds()); seconds > 0 {
		line += " " + p.ui.text("progress.seconds", "Seconds", seconds)
	}
	if width, _, err := term.GetSize(int(p.stderr.Fd())); err == nil && width > 2 {
		return clipped(line, width-2) // the sign itself, and one free
	}
	return line
}

// clipped is as much of text as has room in so many columns.
func clipped(text string, columns int) string {
	var out strings.Builder
	for _, r := range text {
		if columns -= terminal.StringWidth(string(r)); columns < 0 {
			break
		}
		out.WriteRune(r)
	}
	return out.String()
}
