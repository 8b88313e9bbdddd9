package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

func newAddSubpackage(u *ui) *cobra.Command {
	f := &integrateFlags{}
	command := &cobra.Command{
		Use:     "add-subpackage NAME",
		Short:   "help.add-subpackage",
		Long:    "help.add-subpackage.long",
		Example: addSubpackageExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return addSubpackage(command.Context(), u, command, f, args)
		},
	}
	f.bind(command, "flag.subpackage-page")
	return command
}

const addSubpackageExample = `  tuikit-cli add-subpackage TUI-CustomerService
  tuikit-cli add-subpackage TUI-CustomerService --isolated --preload pages/index/index
  tuikit-cli add-subpackage packages/chat --page pages/home --entry pages/index/index -C my-app`

func addSubpackage(ctx context.Context, u *ui, command *cobra.Command, f *integrateFlags, args []string) error {
	if len(args) == 0 {
		return misused("refuse.name-empty")
	}
	j, err := f.start(u, command, f.project, "add-subpackage", args[0])
	if err != nil {
		return err
	}
	if !j.project.HasApp {
		return misused("usage.no-project", "Dir", j.dir)
	}
	j.options.Integration, j.options.Subpackage = scaffold.Subpackage, args[0]
	return j.run(ctx)
}
