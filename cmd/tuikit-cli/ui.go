package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// ui is the screen: results go to stdout, everything else to stderr.
type ui struct {
	env
	lang    msg.Lang
	quiet   bool
	verbose bool
	noColor bool
	json    bool
	width   int    // columns of stdout; 0: as many as the terminal has
	command string // the one that was called, with those above it; "" for none

	keys    *keyboard     // of a terminal; nil until something is asked
	lines   *bufio.Reader // of a simple terminal; nil until something is asked
	running *progress     // nil while nothing takes its time
	lost    error         // why a result could not be printed
	written bool          // files of a project
}

func newUI(e env) *ui { return &ui{env: e, lang: e.language(), json: e.flag("--format") == "json"} }

// silent is a screen for a part of the work that has nothing to say: even what goes on is
// the business of the whole.
func (u *ui) silent() *ui {
	silent := *u
	silent.quiet, silent.json, silent.verbose = true, true, false
	silent.running = nil
	return &silent
}

func (u *ui) text(id string, pairs ...any) string { return msg.T(id, pairs...).In(u.lang) }

// Write prints a part of the result as it is. That something could not be printed is
// remembered: see end.
func (u *ui) Write(p []byte) (int, error) {
	u.still()
	n, err := u.stdout.Write(p)
	if err != nil && u.lost == nil {
		u.lost = err
	}
	return n, err
}

// tell prints a line of the result.
func (u *ui) tell(lines ...string) {
	if u.quiet || u.json {
		return
	}
	for _, line := range lines {
		fmt.Fprintln(u, harmless(line))
	}
}

// remark prints a line that is neither the result nor wrong.
func (u *ui) remark(lines ...string) {
	if !u.quiet {
		u.warn(lines...)
	}
}

// warn prints a line that is not the result.
func (u *ui) warn(lines ...string) {
	u.still()
	for _, line := range lines {
		fmt.Fprintln(u.stderr, harmless(line))
	}
}

// controls are control characters other than line ends and tabs. An escape counts with
// the colour that it sets, if it does.
var controls = regexp.MustCompile(`\r\n|\x1b(?:\[[0-9;]*m)?|[\x00-\x08\x0b-\x1f\x7f-\x{9f}]`)

// harmless is text for a terminal: the name of a file may hold what moves the cursor, or
// clears the screen. Line ends and colours stay.
func harmless(text string) string {
	return controls.ReplaceAllStringFunc(text, func(found string) string {
		if len(found) > 1 && found[0] < ' ' {
			return found
		}
		return strings.Trim(strconv.QuoteToASCII(found), `"`)
	})
}

// printJSON prints the one object that --format json promises.
func (u *ui) printJSON(value any) error {
	data, err := encodeJSON(value)
	if err != nil {
		return err
	}
	_, err = u.Write(data)
	return err
}

// encodeJSON is a value as --format json prints it.
func encodeJSON(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return out.Bytes(), err
}

// mainOr names the package of the mini program with that root.
func (u *ui) mainOr(root string) string {
	if root == "" {
		return u.text("forecast.main")
	}
	return root
}

// paint wraps text in a colour (an SGR code) when stdout takes colours.
func (u *ui) paint(code, text string) string {
	if u.noColor || !u.color(u.stdout) {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// paintDiff colours a unified diff.
func (u *ui) paintDiff(diff string) string {
	var out strings.Builder
	for line := range strings.Lines(diff) {
		switch {
		case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"), strings.HasPrefix(line, "diff "):
			line = u.paint("1", strings.TrimSuffix(line, "\n")) + "\n"
		case strings.HasPrefix(line, "+"):
			line = u.paint("32", strings.TrimSuffix(line, "\n")) + "\n"
		case strings.HasPrefix(line, "-"):
			line = u.paint("31", strings.TrimSuffix(line, "\n")) + "\n"
		}
		out.WriteString(line)
	}
	return out.String()
}

// npmLog is where npm's own output goes.
func (u *ui) npmLog() io.Writer {
	if u.verbose {
		return u.stderr
	}
	return nil
}
