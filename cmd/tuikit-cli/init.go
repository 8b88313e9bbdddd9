package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

type initFlags struct {
	planFlags
	sourceFlags
	integration string
	subpackage  string
	page        string
	entry       string
	appID       string
}

func newInit(u *ui) *cobra.Command {
	f := &initFlags{}
	command := &cobra.Command{
		Use:     "init [DIR]",
		Short:   u.text("help.init"),
		Long:    u.text("help.init.long"),
		Example: initExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return f.run(command.Context(), u, command, args)
		},
	}
	f.planFlags.bind(u, command)
	f.sourceFlags.bind(u, command)
	flags := command.Flags()
	flags.StringVar(&f.integration, "integration", scaffold.Main, u.text("flag.integration"))
	flags.StringVar(&f.subpackage, "subpackage", scaffold.DefaultSubpackage, u.text("flag.subpackage"))
	flags.StringVar(&f.page, "page", "", u.text("flag.page"))
	flags.StringVar(&f.entry, "entry", "", u.text("flag.entry"))
	flags.StringVar(&f.appID, "appid", "touristappid", u.text("flag.appid"))
	return command
}

const initExample = `  tuikit-cli init my-app --sdkappid 1400000000 --userid alice
  tuikit-cli init my-app --integration subpackage
  tuikit-cli init --uikit 1.0.8 --dry-run --diff`

func (f *initFlags) run(ctx context.Context, u *ui, command *cobra.Command, args []string) error {
	if err := f.planFlags.validate(u); err != nil {
		return err
	}
	if err := f.sourceFlags.validate(command); err != nil {
		return err
	}
	dir, err := f.directory(args)
	if err != nil {
		return err
	}
	j := &job{ui: u, planFlags: f.planFlags, sourceFlags: f.sourceFlags, command: command, dir: dir, again: []string{"init"}}
	j.again = append(j.again, args...)
	if err := j.load(); err != nil {
		return err
	}
	j.options = scaffold.Options{
		Integration: f.integration, Subpackage: f.subpackage, Page: project.PagePath(f.page), Entry: f.entry,
		AppID: f.appID, ProjectName: filepath.Base(dir),
	}
	if err := j.askIntegration(); err != nil {
		return err
	}
	return j.run(ctx)
}

func (f *initFlags) directory(args []string) (string, error) {
	dir := f.project
	if len(args) == 1 {
		if dir != "" {
			return "", misused("usage.directory-twice")
		}
		dir = args[0]
	}
	return filepath.Abs(dir)
}
