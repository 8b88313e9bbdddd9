package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

type initFlags struct {
	integrateFlags
	integration string
	subpackage  string
	appID       string
}

func newInit(u *ui) *cobra.Command {
	f := &initFlags{}
	command := &cobra.Command{
		Use:     "init [DIR]",
		Short:   "help.init",
		Long:    "help.init.long",
		Example: initExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return f.run(command.Context(), u, command, args)
		},
	}
	f.bind(command, "flag.page")
	flags := command.Flags()
	flags.StringVar(&f.integration, "integration", scaffold.Main, "flag.integration")
	complete(command, "integration", scaffold.Main, scaffold.Subpackage, scaffold.None)
	flags.StringVar(&f.subpackage, "subpackage", scaffold.DefaultSubpackage, "flag.subpackage")
	flags.StringVar(&f.appID, "appid", "touristappid", "flag.appid")
	return command
}

const initExample = `  tuikit-cli init my-app --sdkappid 1400000000 --userid alice --yes
  tuikit-cli init my-app --integration subpackage --isolated
  tuikit-cli init --uikit 1.0.8 --dry-run --diff`

func (f *initFlags) run(ctx context.Context, u *ui, command *cobra.Command, args []string) error {
	dir := f.project
	if len(args) == 1 {
		if dir != "" {
			return misused("usage.directory-twice")
		}
		dir = args[0]
	}
	j, err := f.start(u, command, dir, append([]string{"init"}, args...)...)
	if err != nil {
		return err
	}
	j.options.Integration, j.options.Subpackage, j.options.AppID = f.integration, f.subpackage, f.appID
	if err := j.askIntegration(); err != nil {
		return err
	}
	if err := f.unused(j); err != nil {
		return err
	}
	return j.run(ctx)
}

// unused refuses flags that the integration does not look at.
func (f *initFlags) unused(j *job) error {
	unused := map[string][]string{scaffold.Main: {"subpackage", "entry", "isolated", "preload"}, scaffold.None: {"subpackage", "entry", "page", "isolated", "preload"}}
	for _, flag := range unused[j.options.Integration] {
		if j.given(flag) {
			return misused("usage.flag-unused", "Flag", "--"+flag, "Integration", j.options.Integration)
		}
	}
	return nil
}
