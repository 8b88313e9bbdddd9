package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/AlecAivazis/survey/v2"
	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/devtools"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
)

// devtoolsFlags are those of the commands below devtools.
type devtoolsFlags struct {
	placeFlags
	cli        string
	port       int
	yes        bool
	clean      bool
	cache      string
	qrFormat   string
	qrOutput   string
	infoOutput string
}

// steps are the command lines of DevTools that one command of ours runs, one after the
// other, without what all of them have in common (cli.html of WeChat's pages).
type steps [][]string

// caches are what `cli cache --clean` takes (cli.html).
var caches = []string{"all", "compile", "file", "storage", "session", "auth", "network"}

var qrFormats = []string{"terminal", "image", "base64"}

// devtoolsCommand is one command below devtools.
type devtoolsCommand struct {
	name    string
	short   string
	long    string
	example string
	project bool // it is about a mini program
	bind    func(*cobra.Command, *devtoolsFlags)
	steps   func(*devtoolsFlags) steps
}

var devtoolsCommands = []devtoolsCommand{
	{
		name: "open", short: "help.devtools-open", long: "help.devtools-open.long", example: "  tuikit-cli devtools open\n  tuikit-cli devtools open my-app --clean", project: true,
		bind: func(c *cobra.Command, f *devtoolsFlags) {
			c.Flags().BoolVar(&f.clean, "clean", false, "flag.devtools-clean")
		},
		steps: func(f *devtoolsFlags) steps {
			if f.clean {
				return steps{{"cache", "--clean", "all"}, {"open"}}
			}
			return steps{{"open"}}
		},
	},
	{
		name: "clean", short: "help.devtools-clean", long: "help.devtools-clean.long", example: "  tuikit-cli devtools clean\n  tuikit-cli devtools clean --cache compile", project: true,
		bind: func(c *cobra.Command, f *devtoolsFlags) {
			c.Flags().StringVar(&f.cache, "cache", caches[0], "flag.devtools-cache")
			complete(c, "cache", caches...)
		},
		steps: func(f *devtoolsFlags) steps { return steps{{"cache", "--clean", f.cache}} },
	},
	{
		name: "build-npm", short: "help.devtools-build-npm", long: "help.devtools-build-npm.long", example: "  tuikit-cli devtools build-npm", project: true,
		bind: func(c *cobra.Command, f *devtoolsFlags) {
			c.Flags().BoolVarP(&f.yes, "yes", "y", false, "flag.devtools-yes")
		},
		steps: func(*devtoolsFlags) steps { return steps{{"build-npm"}} },
	},
	{
		name: "preview", short: "help.devtools-preview", long: "help.devtools-preview.long", example: "  tuikit-cli devtools preview\n  tuikit-cli devtools preview --qr-format image --qr-output preview.png", project: true,
		bind: func(c *cobra.Command, f *devtoolsFlags) {
			f.bindQR(c)
			c.Flags().StringVar(&f.infoOutput, "info-output", "", "flag.devtools-info-output")
		},
		steps: func(f *devtoolsFlags) steps {
			return steps{append(append([]string{"preview"}, f.qr()...), option("--info-output", absolute(f.infoOutput))...)}
		},
	},
	{
		name: "login", short: "help.devtools-login", long: "help.devtools-login.long", example: "  tuikit-cli devtools login",
		bind:  func(c *cobra.Command, f *devtoolsFlags) { f.bindQR(c) },
		steps: func(f *devtoolsFlags) steps { return steps{append([]string{"login"}, f.qr()...)} },
	},
	{
		name: "quit", short: "help.devtools-quit", long: "help.devtools-quit.long", example: "  tuikit-cli devtools quit",
		steps: func(*devtoolsFlags) steps { return steps{{"quit"}} },
	},
}

func newDevtools(u *ui) *cobra.Command {
	command := &cobra.Command{
		Use:     "devtools",
		Short:   "help.devtools",
		Long:    "help.devtools.long",
		Example: "  tuikit-cli devtools open my-app --clean\n  tuikit-cli devtools path --format json",
	}
	for _, c := range devtoolsCommands {
		command.AddCommand(c.make(u))
	}
	command.AddCommand(newDevtoolsPath(u))
	return command
}

func (c devtoolsCommand) make(u *ui) *cobra.Command {
	f := &devtoolsFlags{}
	command := &cobra.Command{
		Use:     c.name,
		Short:   c.short,
		Long:    c.long,
		Example: c.example,
		Args:    noArgs,
		RunE: func(command *cobra.Command, args []string) error {
			return runDevtools(command.Context(), u, c, f, args)
		},
	}
	if c.project {
		command.Use, command.Args = c.name+" [DIR]", atMostOne
	}
	f.bind(command, c.project)
	if c.bind != nil {
		c.bind(command, f)
	}
	return command
}

func (f *devtoolsFlags) bind(command *cobra.Command, project bool) {
	if project {
		f.placeFlags.bind(command)
	} else {
		bindFormat(command, &f.format)
	}
	command.Flags().StringVar(&f.cli, "cli", "", "flag.devtools-cli")
	command.Flags().IntVar(&f.port, "port", 0, "flag.devtools-port")
}

func (f *devtoolsFlags) bindQR(command *cobra.Command) {
	command.Flags().StringVar(&f.qrFormat, "qr-format", qrFormats[0], "flag.devtools-qr-format")
	complete(command, "qr-format", qrFormats...)
	command.Flags().StringVar(&f.qrOutput, "qr-output", "", "flag.devtools-qr-output")
}

func (f *devtoolsFlags) qr() []string {
	return append([]string{"--qr-format", f.qrFormat}, option("--qr-output", absolute(f.qrOutput))...)
}

// option is a flag with its value, or nothing without one.
func option(name, value string) []string {
	if value == "" {
		return nil
	}
	return []string{name, value}
}

// absolute is a path that means the same in another process; DevTools looks from
// wherever it was started.
func absolute(name string) string {
	if name == "" {
		return ""
	}
	if whole, err := filepath.Abs(name); err == nil {
		return whole
	}
	return name
}

func (f *devtoolsFlags) validate(u *ui) error {
	u.setFormat(f.format)
	if f.port < 0 || f.port > 1<<16-1 {
		return misused("usage.flag-invalid", "Flag", "--port", "Value", strconv.Itoa(f.port))
	}
	return nil
}

// look is what package devtools is told of this machine.
func (e env) look(cli string) devtools.Look {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "" // nothing is found there then
	}
	return devtools.Look{GOOS: runtime.GOOS, Home: home, Explicit: cli, Getenv: e.getenv, Stat: os.Stat, ReadFile: os.ReadFile, ReadDir: os.ReadDir}
}

// findDevtools is the DevTools of this machine, as other processes can name it.
func (e env) findDevtools(cli string) (devtools.Installation, error) {
	found, err := devtools.Find(e.look(cli))
	found.CLI = absolute(found.CLI)
	return found, err
}

// exitError is an exit code of another program, which has said why.
type exitError struct{ code int }

func (e *exitError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// foreignError: DevTools is on the other side, in Windows.
type foreignError struct{ cli string }

func (e *foreignError) Error() string { return "DevTools is in Windows: " + e.cli }

// noConfigError: DevTools opens folders with a project.config.json only.
type noConfigError struct{ dir string }

func (e *noConfigError) Error() string { return "no " + project.ConfigFile + " in " + e.dir }

// devtoolsJSON is what a run has come to.
type devtoolsJSON struct {
	Version int        `json:"version"`
	CLI     string     `json:"cli"`
	Steps   []stepJSON `json:"steps"`
	PortOff bool       `json:"servicePortOff"`
}

type stepJSON struct {
	Args     []string `json:"args"`
	ExitCode int      `json:"exitCode"`
}

func runDevtools(ctx context.Context, u *ui, c devtoolsCommand, f *devtoolsFlags, args []string) error {
	if err := f.validate(u); err != nil {
		return err
	}
	var common []string
	if c.project {
		dir, err := f.root(u, args)
		if err != nil {
			return err
		}
		if _, err := os.Stat(filepath.Join(dir, project.ConfigFile)); err != nil {
			return &noConfigError{dir}
		}
		if c.name == "build-npm" {
			if err := u.confirmForeignBuild(ctx, dir, f.yes); err != nil {
				return err
			}
		}
		common = []string{"--project", dir}
	}
	found, err := u.findDevtools(f.cli)
	if err != nil {
		return err
	}
	if found.Foreign() {
		return &foreignError{found.CLI}
	}
	common = append(common, "--lang", string(u.lang))
	if f.port > 0 {
		common = append(common, "--port", strconv.Itoa(f.port))
	}
	return u.runSteps(ctx, found, c.steps(f), common)
}

// confirmForeignBuild asks before DevTools builds npm where tuikit-cli does.
func (u *ui) confirmForeignBuild(ctx context.Context, dir string, yes bool) error {
	p, err := project.Load(os.DirFS(dir))
	if err != nil {
		return err
	}
	setting := p.Config.Setting
	if yes || !setting.PackNpmManually || len(setting.PackNpmRelationList) > 0 {
		return nil
	}
	u.warn(u.text("devtools.own-npm"))
	if u.json || !u.interactive() {
		return misused("usage.devtools-yes")
	}
	build := false
	if err := u.ask(ctx, &survey.Confirm{Message: u.text("ask.devtools-npm")}, &build); err != nil {
		return err
	}
	if !build {
		return errDeclined
	}
	return nil
}

// runSteps runs the command lines until one fails, and passes on what they say and
// their exit code.
func (u *ui) runSteps(ctx context.Context, found devtools.Installation, lines steps, common []string) error {
	report, code := devtoolsJSON{Version: 1, CLI: found.CLI, Steps: []stepJSON{}}, exitDone
	for _, line := range lines {
		run := devtools.Run{Args: append(line, common...), Stdout: u, Stderr: u.stderr}
		if u.json {
			run.Stdout = u.stderr
		}
		if u.verbose {
			u.warn(shell.Line(append([]string{found.CLI}, run.Args...)...))
		}
		result, err := found.Start(ctx, run)
		if err != nil {
			return err
		}
		report.Steps = append(report.Steps, stepJSON{run.Args, result.Code})
		report.PortOff = report.PortOff || result.PortOff
		if code = result.Code; code != exitDone || result.PortOff {
			break
		}
	}
	if report.PortOff {
		u.warn(u.text("error.next") + u.text("devtools.port"))
		code = max(code, exitFound) // it may say so, and 0
	}
	if u.json {
		if err := u.printJSON(report); err != nil {
			return err
		}
	}
	if code != exitDone {
		return &exitError{code}
	}
	return nil
}

// devtoolsPathJSON is where DevTools is, and what it has written of its service port.
type devtoolsPathJSON struct {
	Version     int             `json:"version"`
	CLI         string          `json:"cli"`
	From        devtools.Origin `json:"from"`
	ServicePort portJSON        `json:"servicePort"`
}

type portJSON struct {
	State devtools.Switch `json:"state"`
	Port  int             `json:"port,omitempty"`
}

func newDevtoolsPath(u *ui) *cobra.Command {
	f := &devtoolsFlags{}
	command := &cobra.Command{
		Use:     "path",
		Short:   "help.devtools-path",
		Long:    "help.devtools-path.long",
		Example: "  tuikit-cli devtools path\n  tuikit-cli devtools path --format json",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			u.setFormat(f.format)
			found, err := u.findDevtools(f.cli)
			if err != nil {
				return err
			}
			service := devtools.ServicePort(u.look(f.cli))
			if u.json {
				return u.printJSON(devtoolsPathJSON{1, found.CLI, found.From, portJSON{service.State, service.Port}})
			}
			u.tell(found.CLI)
			if service.State == devtools.Off {
				u.warn(u.text("devtools.port-off"), u.text("error.next")+u.text("devtools.port"))
			}
			return nil
		},
	}
	bindFormat(command, &f.format)
	command.Flags().StringVar(&f.cli, "cli", "", "flag.devtools-cli")
	return command
}

// explainDevtools: DevTools is not there, or cannot be run from here.
func explainDevtools(err error) (explanation, bool) {
	switch err := err.(type) {
	case *devtools.NotFoundError:
		if err.Asked != "" {
			return explanation{exitFailed, msg.T("error.devtools-asked", "Path", err.Asked, "How", waysToName[err.From]), msg.T("error.devtools-asked.next")}, true
		}
		return explanation{exitFailed, msg.T("error.devtools-missing", "Looked", "\n  "+strings.Join(err.Looked, "\n  ")), msg.T("error.devtools-missing.next")}, true
	case *foreignError:
		return explanation{exitFailed, msg.T("error.devtools-foreign", "Path", err.cli), msg.T("error.devtools-foreign.next")}, true
	case *noConfigError:
		return explanation{exitFailed, msg.T("error.devtools-project", "Dir", err.dir), msg.T("error.devtools-project.next")}, true
	case *devtools.StartError:
		return explanation{exitFailed, msg.T("error.devtools-start", "Path", err.CLI, "Error", msg.Bare(err.Err)), msg.T("error.devtools-start.next")}, true
	}
	return explanation{}, false
}

// waysToName are how a path is given.
var waysToName = map[devtools.Origin]string{devtools.FromFlag: "--cli", devtools.FromVariable: devtools.Variable}
