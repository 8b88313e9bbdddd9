package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// flagError puts what pflag says into the user's language.
func flagError(command *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		name := unknown.GetSpecifiedName()
		if name == "secretkey" && command.Flags().Lookup("secretkey-file") != nil {
			return misused("usage.secretkey-shown", "Variable", secretKeyEnv)
		}
		if len(name) > 1 {
			name = "--" + name
		} else {
			name = "-" + name
		}
		if near := nearestFlag(command, unknown.GetSpecifiedName()); near != "" {
			return misused("usage.flag-near", "Flag", name, "Near", "--"+near)
		}
		return misused("usage.flag", "Flag", name)
	}
	var needed *pflag.ValueRequiredError
	if errors.As(err, &needed) {
		if needed.GetFlag().Name == "secretkey" {
			return misused("usage.secretkey-shown", "Variable", secretKeyEnv)
		}
		return misused("usage.flag-value", "Flag", "--"+needed.GetFlag().Name)
	}
	var invalid *pflag.InvalidValueError
	if errors.As(err, &invalid) && invalid.GetFlag().Name == "lang" {
		return misused("usage.lang", "Value", invalid.GetValue())
	}
	if errors.As(err, &invalid) {
		return wrongForm(invalid.GetFlag(), invalid.GetValue())
	}
	var odd *pflag.InvalidSyntaxError
	if errors.As(err, &odd) {
		return misused("usage.flag", "Flag", odd.GetSpecifiedFlag())
	}
	return misused("usage.other", "Error", err.Error())
}

// wrongForm says what a flag takes, where its kind tells.
func wrongForm(flag *pflag.Flag, given string) error {
	switch kind := flag.Value.Type(); {
	case flag.Name == "expire":
		return misused("usage.expire", "Max", maxExpire, "Value", given)
	case strings.HasPrefix(kind, "int"), strings.HasPrefix(kind, "uint"):
		return misused("usage.flag-number", "Flag", "--"+flag.Name, "Value", given)
	}
	return misused("usage.flag-invalid", "Flag", "--"+flag.Name, "Value", given)
}

// invocation is a command with its arguments. Flags are left out: a registry or a
// file may be nobody's business.
func invocation(command *cobra.Command, args []string) string {
	return strings.Join(append([]string{command.CommandPath()}, args...), " ")
}

// planFlags are shared by the commands that write.
type planFlags struct {
	project string
	yes     bool
	dryRun  bool
	diff    bool
	format  string

	onConflict string
}

// What --on-conflict may say.
const (
	conflictAsk       = "ask"
	conflictKeep      = string(plan.Keep)
	conflictOverwrite = string(plan.Overwrite)
	conflictAbort     = "abort"
)

func (f *planFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVarP(&f.project, "project", "C", "", "flag.project")
	flags.BoolVarP(&f.yes, "yes", "y", false, "flag.yes")
	flags.BoolVar(&f.dryRun, "dry-run", false, "flag.dry-run")
	flags.BoolVar(&f.diff, "diff", false, "flag.diff")
	bindFormat(command, &f.format)
	flags.StringVar(&f.onConflict, "on-conflict", conflictAsk, "flag.on-conflict")
	complete(command, "on-conflict", conflictAsk, conflictKeep, conflictOverwrite, conflictAbort)
}

// placeFlags are those of a command that needs to know only where, and how to print.
type placeFlags struct {
	project string
	format  string
}

func (f *placeFlags) bind(command *cobra.Command) {
	command.Flags().StringVarP(&f.project, "project", "C", "", "flag.project")
	bindFormat(command, &f.format)
}

// root is the project root: the argument, the flag, or this folder, or the project
// root above that names it.
func (f *placeFlags) root(u *ui, args []string) (string, error) {
	u.setFormat(f.format)
	absolute, err := folder(f.project, args)
	if err != nil {
		return "", err
	}
	return projectRoot(absolute), nil
}

// folder is the absolute path of the one that was asked for: by the argument, by
// --project, or by being in it.
func folder(project string, args []string) (string, error) {
	dir := project
	if len(args) == 1 {
		if dir != "" {
			return "", misused("usage.directory-twice")
		}
		dir = args[0]
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	switch info, err := os.Stat(absolute); {
	case errors.Is(err, fs.ErrNotExist):
		return "", misused("usage.no-folder", "Dir", absolute)
	case err != nil || !info.IsDir():
		return "", misused("usage.not-a-folder", "Dir", absolute)
	}
	return absolute, nil
}

// bindFormat adds --format where there is text, or one JSON object.
func bindFormat(command *cobra.Command, format *string) {
	command.Flags().StringVar(format, "format", "text", "flag.format")
	complete(command, "format", "text", "json")
}

// setFormat takes --format, whose values complete has limited.
func (u *ui) setFormat(format string) { u.json = format == "json" }

// sourceFlags say where the UIKit comes from and who signs in.
type sourceFlags struct {
	uikit         string
	registry      string
	noInstall     bool
	sdkAppID      uint64
	userID        string
	expire        int64
	userSig       string
	userSigURL    string
	secretKeyFile string
}

const defaultExpire = 604800 // seconds: seven days, the guide's

func (f *sourceFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.uikit, "uikit", "latest", "flag.uikit")
	flags.StringVar(&f.registry, "registry", "", "flag.registry")
	flags.BoolVar(&f.noInstall, "no-install", false, "flag.no-install")
	flags.Uint64Var(&f.sdkAppID, "sdkappid", 0, "flag.sdkappid")
	flags.StringVar(&f.userID, "userid", "", "flag.userid")
	flags.Int64Var(&f.expire, "expire", defaultExpire, "flag.expire")
	flags.StringVar(&f.userSig, "usersig", scaffold.Debug, "flag.usersig")
	flags.StringVar(&f.userSigURL, "usersig-url", "", "flag.usersig-url")
	flags.StringVar(&f.secretKeyFile, "secretkey-file", "", "flag.secretkey-file")
	flags.Bool("independent", false, "")
	_ = flags.MarkHidden("independent") // it exists to be refused with the reason
	complete(command, "usersig", scaffold.Debug, scaffold.Static, scaffold.Server)
}

func (f *sourceFlags) validate(command *cobra.Command) error {
	if set, _ := command.Flags().GetBool("independent"); set {
		return misused("refuse.independent")
	}
	if err := validExpire(f.expire); err != nil {
		return err
	}
	if f.uikit == "" {
		return misused("usage.flag-invalid", "Flag", "--uikit", "Value", `""`)
	}
	return validUserID(f.userID)
}

func validUserID(id string) error {
	if usersig.CheckUserID(id) != nil {
		return misused("usage.userid", "Max", usersig.MaxUserID)
	}
	return nil
}

// integrateFlags are what init and add-subpackage have in common.
type integrateFlags struct {
	planFlags
	sourceFlags
	page     string
	entry    string
	isolated bool
	preload  string
}

func (f *integrateFlags) bind(command *cobra.Command, pageUsage string) {
	f.planFlags.bind(command)
	f.sourceFlags.bind(command)
	command.Flags().StringVar(&f.page, "page", "", pageUsage)
	command.Flags().StringVar(&f.entry, "entry", "", "flag.entry")
	command.Flags().BoolVar(&f.isolated, "isolated", false, "flag.isolated")
	command.Flags().StringVar(&f.preload, "preload", "", "flag.preload")
}

// start checks the flags and loads the project in dir; again is the command line
// that does the same once more.
func (f *integrateFlags) start(u *ui, command *cobra.Command, dir string, again ...string) (*job, error) {
	u.setFormat(f.planFlags.format)
	if err := f.sourceFlags.validate(command); err != nil {
		return nil, err
	}
	j := &job{sourceFlags: f.sourceFlags, again: again}
	j.change = change{ui: u, planFlags: f.planFlags, command: command, name: strings.Join(append([]string{"tuikit-cli"}, again...), " "), mirror: f.registry}
	if err := j.load(command.Context(), dir); err != nil {
		return nil, err
	}
	j.options = scaffold.Options{Page: project.PagePath(f.page), Entry: f.entry, ProjectName: filepath.Base(j.dir), Install: !f.noInstall}
	j.options.Isolated, j.options.Preload = f.isolated, f.preload
	return j, nil
}

// langValue is --lang. What the program speaks is known before flags are parsed; this
// refuses a language that it does not speak.
type langValue string

func (v *langValue) String() string { return string(*v) }

func (v *langValue) Set(value string) error {
	if _, ok := msg.Known(value); !ok {
		return errors.New("not a language of the catalogues")
	}
	*v = langValue(value)
	return nil
}

// Type is the name of the type, for pflag.
func (v *langValue) Type() string { return "language" }

// maxExpire in seconds: fifty years. Beyond that nobody means it, and a PrivateMapKey has
// four bytes for when it expires, which end in 2106.
const maxExpire = 50 * 365 * 24 * 3600

// validExpire refuses how long no UserSig can be valid, in seconds.
func validExpire(seconds int64) error {
	if seconds <= 0 || seconds > maxExpire {
		return misused("usage.expire", "Max", maxExpire, "Value", seconds)
	}
	return nil
}
