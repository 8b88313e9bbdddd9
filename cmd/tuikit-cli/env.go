package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"github.com/tuikit-cli/tuikit-cli/internal/crash"
	"github.com/tuikit-cli/tuikit-cli/internal/locale"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
)

// Exit codes, as the contract in docs/architecture.md has them.
const (
	exitDone        = 0
	exitFound       = 1 // it worked, and there is something to look at
	exitUsage       = 2
	exitFailed      = 3 // nothing changed
	exitInterrupted = 130
)

// env is all that the program takes from the world around it.
type env struct {
	args   []string
	stdin  *os.File
	stdout *os.File
	stderr *os.File
	getenv func(string) string
	now    func() time.Time

	observe func(step string) error // sees every change of a project's files; for tests
	start   func()                  // is called as a part of the command; for tests
}

func systemEnv() env {
	return env{args: os.Args[1:], stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: ownVariables(), now: time.Now}
}

// ownVariables reads the environment. The SecretKey is taken out of it first: npm, what
// npm runs, and DevTools have no business with it. The system still shows what this process
// was started with; see private.
func ownVariables() func(name string) string {
	secret := os.Getenv(secretKeyEnv)
	if secret != "" {
		private()
	}
	_ = os.Unsetenv(secretKeyEnv) // fails for odd names only
	return func(name string) string {
		if name == secretKeyEnv {
			return secret
		}
		return os.Getenv(name)
	}
}

// interactive reports whether there is somebody to ask.
func (e env) interactive() bool { return isTerminal(e.stdin) && isTerminal(e.stderr) }

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// language is that of --lang, else the most wanted one that there is, else English.
func (e env) language() msg.Lang {
	if lang, ok := msg.Known(e.flag("--lang")); ok {
		return lang
	}
	for _, wanted := range locale.Preferred(e.getenv, func() []string { return locale.System(e.getenv) }) {
		if lang, ok := msg.Known(wanted); ok {
			return lang
		}
	}
	return msg.English
}

// flag looks for the value of a flag before flags are parsed: how to say that
// parsing failed depends on it. The last one counts, as it does then.
func (e env) flag(name string) string {
	found := ""
	for i, arg := range e.args {
		if arg == "--" {
			break
		}
		if value, ok := strings.CutPrefix(arg, name+"="); ok {
			found = value
		}
		if arg == name && i+1 < len(e.args) {
			found = e.args[i+1]
		}
	}
	return found
}

// color reports whether f may get colours (no-color.org).
func (e env) color(f *os.File) bool {
	return isTerminal(f) && e.getenv("NO_COLOR") == "" && !e.simple()
}

// simple reports whether a terminal can do no more than a printer: it would neither
// move its cursor nor say where that is. Windows has consoles instead of TERM.
func (e env) simple() bool {
	kind := e.getenv("TERM")
	return kind == "dumb" || kind == "" && runtime.GOOS != "windows"
}

var errInterrupted = errors.New("interrupted")

// run is the program: it returns the exit code.
func run(e env) int {
	ctx, stop := context.WithCancelCause(context.Background())
	defer stop(nil)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	go crash.Guarded(func() error {
		<-signals
		stop(errInterrupted)
		return nil
	})()

	run := context.Context(ctx)
	if e.observe != nil {
		run = plan.Observe(ctx, e.observe)
	}
	screen := newUI(e)
	return screen.end(crash.Run(func() error {
		if e.start != nil {
			e.start()
		}
		root := newRoot(e, screen)
		if meant, _, err := root.Find(e.args); err == nil {
			screen.command = meant.CommandPath()
		}
		if err := typed(e.args); err != nil {
			return err
		}
		root.SetArgs(e.args)
		root.SetIn(e.stdin)
		root.SetOut(screen)
		root.SetErr(io.Discard) // errors are explained by end, in the user's language
		return root.ExecuteContext(run)
	}))
}
