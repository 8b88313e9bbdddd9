package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/core"
	"github.com/AlecAivazis/survey/v2/terminal"
	"golang.org/x/term"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// ask puts one question; prompts go to stderr, so that stdout is the result alone. An
// answer that is refused, or not understood, is asked for again. Whoever stops it, by
// a key, a signal or by hanging up, finds the terminal as it was.
func (u *ui) ask(ctx context.Context, prompt survey.Prompt, answer any, options ...survey.AskOpt) error {
	u.still()
	before, err := term.GetState(int(u.stdin.Fd()))
	if err != nil {
		return err
	}
	put := u.askOnScreen
	if u.simple() {
		put = u.askOnPaper
	}
	err = interruptible(ctx, func() error { return put(prompt, answer, options) })
	if ctx.Err() != nil { // the question is still there, and the terminal is in its hands
		_ = term.Restore(int(u.stdin.Fd()), before)
		u.showCursor()
	}
	if errors.Is(err, io.EOF) {
		return errInterrupted
	}
	return err
}

// showCursor undoes what a question may have hidden, on a line of its own.
func (u *ui) showCursor() {
	if u.simple() {
		fmt.Fprintln(u.stderr)
		return
	}
	fmt.Fprint(u.stderr, "\x1b[?25h\r\n")
}

// askOnScreen has survey ask.
func (u *ui) askOnScreen(prompt survey.Prompt, answer any, options []survey.AskOpt) error {
	u.speakPrompts()
	core.DisableColor = u.noColor || !u.color(u.stderr)
	keys := u.keyboard()
	out := &paper{u.stderr, keys}
	err := survey.AskOne(prompt, answer, append(options, survey.WithStdio(keys, out, out))...)
	if keys.stopped {
		return terminal.InterruptErr
	}
	return err
}

// keyboard is what the user types on, the same for all questions.
func (u *ui) keyboard() *keyboard {
	if u.keys == nil {
		u.keys = &keyboard{in: u.stdin}
	}
	return u.keys
}

// askOnPaper asks by lines alone, for a simple terminal.
func (u *ui) askOnPaper(prompt survey.Prompt, answer any, options []survey.AskOpt) error {
	asked := survey.AskOptions{}
	for _, option := range options {
		if option == nil {
			continue
		}
		if err := option(&asked); err != nil {
			return err
		}
	}
	for {
		value, refused, err := u.paperAnswer(prompt)
		if err != nil {
			return err
		}
		for _, validate := range asked.Validators {
			if refused.IsZero() {
				if err := validate(value); err != nil {
					refused = msg.T("error.other", "Error", err.Error())
				}
			}
		}
		if refused.IsZero() {
			return core.WriteAnswer(answer, "", value)
		}
		u.warn(refused.In(u.lang))
	}
}

// paperAnswer prints a question and reads one line. refused says why that is no answer.
func (u *ui) paperAnswer(prompt survey.Prompt) (value any, refused msg.Text, err error) {
	switch p := prompt.(type) {
	case *survey.Input:
		line, err := u.line(p.Message, p.Default)
		return line, msg.Text{}, err
	case *survey.Password:
		fmt.Fprint(u.stderr, p.Message+": ")
		secret, err := term.ReadPassword(int(u.stdin.Fd()))
		fmt.Fprintln(u.stderr)
		return string(secret), msg.Text{}, err
	case *survey.Confirm:
		line, err := u.line(p.Message+" (y/n)", map[bool]string{true: "y", false: "n"}[p.Default])
		switch strings.ToLower(line) {
		case "y", "yes":
			return true, msg.Text{}, err
		case "n", "no":
			return false, msg.Text{}, err
		}
		return nil, msg.T("prompt.yes-or-no"), err
	case *survey.Select:
		return u.paperChoice(p)
	}
	return nil, msg.Text{}, fmt.Errorf("a question of the kind %T", prompt)
}

// paperChoice takes the number of an option, or the option itself.
func (u *ui) paperChoice(p *survey.Select) (value any, refused msg.Text, err error) {
	preset := p.Options[0]
	if name, ok := p.Default.(string); ok {
		preset = name
	}
	for i, option := range p.Options {
		if p.Description != nil {
			option += " - " + p.Description(option, i)
		}
		fmt.Fprintf(u.stderr, "  %d. %s\n", i+1, option)
	}
	line, err := u.line(p.Message, preset)
	if err != nil {
		return nil, msg.Text{}, err
	}
	number, _ := strconv.Atoi(line)
	for i, option := range p.Options {
		if number == i+1 || line == option {
			return core.OptionAnswer{Value: option, Index: i}, msg.Text{}, nil
		}
	}
	return nil, msg.T("ask.one-of", "Values", p.Options), nil
}

// line asks for a line, which is preset when it is empty.
func (u *ui) line(question, preset string) (string, error) {
	if preset != "" {
		question += " [" + preset + "]"
	}
	fmt.Fprint(u.stderr, question+": ")
	if u.lines == nil {
		u.lines = bufio.NewReader(u.stdin)
	}
	line, err := u.lines.ReadString('\n')
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		line = preset
	}
	return line, err
}
