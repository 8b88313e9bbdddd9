// Package npm is the one door through which the program runs npm. It knows how
// to start npm and how to read its failures, nothing about the UIKit.
package npm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"time"
)

// ErrMissing: there is no npm on this machine.
var ErrMissing = errors.New("npm is not installed, or not in PATH")

// Error is a run of npm that failed.
type Error struct {
	Args   []string
	Code   string // npm's own, such as E404 or ETARGET; "" when it gave none
	Output string // what npm wrote on standard error
	Err    error
}

func (e *Error) Error() string {
	return fmt.Sprintf("npm %s: %v\n%s", strings.Join(e.Args, " "), e.Err, e.Output)
}

func (e *Error) Unwrap() error { return e.Err }

// Unreachable reports whether the registry could not be asked at all.
func (e *Error) Unreachable() bool {
	switch e.Code {
	case "ENOTFOUND", "ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ETIMEDOUT", "ERR_SOCKET_TIMEOUT", "ENETUNREACH":
		return true
	}
	return false
}

// NotFound reports whether the registry has no such package or version.
func (e *Error) NotFound() bool {
	return e.Code == "E404" || e.Code == "ETARGET" || e.Code == "ENOVERSIONS"
}

// Client runs npm.
type Client struct {
	Path     string
	Registry string    // "" for what npm is configured to use
	Log      io.Writer // gets npm's own output as it comes; nil for none

	other bool // another manager, which does not know npm's flags
}

// Find looks for npm in PATH.
func Find() (*Client, error) { return FindManager("npm") }

// FindManager looks for npm, or for another package manager that a project uses.
func FindManager(name string) (*Client, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, ErrMissing
	}
	return &Client{Path: path, other: name != "npm"}, nil
}

// Init runs `npm init -y` in dir.
func (c *Client) Init(ctx context.Context, dir string) error {
	return c.Run(ctx, dir, "init", "-y")
}

// Install runs `npm install` in dir with further arguments. Scripts of packages
// are not run: the UIKit and its SDKs have none, and a scaffold has no business
// running others.
func (c *Client) Install(ctx context.Context, dir string, args ...string) error {
	return c.Run(ctx, dir, append([]string{"install", "--ignore-scripts"}, args...)...)
}

// quiet keeps npm from doing what nobody asked for; the retries are npm's own
// number at a pace at which a person can wait for them.
var quiet = []string{"--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"}

// Run runs npm in dir, with the arguments as they are and the quiet ones. Unless
// they say otherwise, scripts run as they do when the user types the same.
func (c *Client) Run(ctx context.Context, dir string, args ...string) error {
	return c.run(ctx, dir, nil, args)
}

// Output is Run, and returns what npm prints on standard output.
func (c *Client) Output(ctx context.Context, dir string, args ...string) ([]byte, error) {
	var stdout bytes.Buffer
	err := c.run(ctx, dir, &stdout, args)
	return stdout.Bytes(), err
}

// run has npm's standard output go to stdout, nil for the log.
func (c *Client) run(ctx context.Context, dir string, stdout io.Writer, args []string) error {
	full := slices.Clone(args)
	if !c.other {
		full = append(full, quiet...)
	}
	if c.Registry != "" {
		full = append(full, "--registry="+c.Registry)
	}
	command := exec.CommandContext(ctx, c.Path, full...)
	command.Dir = dir
	command.WaitDelay = 5 * time.Second
	gentle(command)
	var stderr bytes.Buffer
	command.Stdout, command.Stderr = stdout, &stderr
	if c.Log != nil {
		command.Stderr = io.MultiWriter(c.Log, &stderr)
	}
	if c.Log != nil && stdout == nil {
		command.Stdout = c.Log
	}
	err := command.Run()
	if err == nil {
		return nil
	}
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return &Error{Args: args, Code: errorCode(stderr.String()), Output: tidy(stderr.String()), Err: err}
}

var noVersion = regexp.MustCompile(`No matching version found for (@?[^@\s]+)@`)

// Package is the npm package of which the registry has no such version, "" where
// npm does not name one.
func (e *Error) Package() string {
	if m := noVersion.FindStringSubmatch(e.Output); m != nil {
		return m[1]
	}
	return ""
}

// codeLine is how npm names the kind of a failure: "npm error code E404"
// ("npm ERR! code E404" before npm 10).
var codeLine = regexp.MustCompile(`(?m)^npm (?:error|ERR!) code (\S+)`)

func errorCode(output string) string {
	if m := codeLine.FindStringSubmatch(output); m != nil {
		return m[1]
	}
	return ""
}

// tidy keeps what npm says of the failure itself: not its warnings, not where
// its log lies.
func tidy(output string) string {
	var kept []string
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "npm warn") || strings.HasPrefix(line, "npm WARN") || strings.Contains(line, "A complete log of this run") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}
