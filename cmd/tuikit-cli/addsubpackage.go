package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

type addSubpackageFlags struct {
	planFlags
	sourceFlags
	page  string
	entry string
}

func newAddSubpackage(u *ui) *cobra.Command {
	f := &addSubpackageFlags{}
	command := &cobra.Command{
		Use:     "add-subpackage NAME",
		Short:   u.text("help.add-subpackage"),
		Long:    u.text("help.add-subpackage.long"),
		Example: addSubpackageExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return f.run(command.Context(), u, command, args)
		},
	}
	f.planFlags.bind(u, command)
	f.sourceFlags.bind(u, command)
	command.Flags().StringVar(&f.page, "page", "", u.text("flag.subpackage-page"))
	command.Flags().StringVar(&f.entry, "entry", "", u.text("flag.entry"))
	return command
}

const addSubpackageExample = `  tuikit-cli add-subpackage TUI-CustomerService
  tuikit-cli add-subpackage packages/chat --page pages/home --entry pages/index/index -C my-app`

func (f *addSubpackageFlags) run(ctx context.Context, u *ui, command *cobra.Command, args []string) error {
	if err := f.planFlags.validate(u); err != nil {
		return err
	}
	if err := f.sourceFlags.validate(command); err != nil {
		return err
	}
	if len(args) == 0 {
		return misused("refuse.name-empty")
	}
	dir, err := filepath.Abs(f.project)
	if err != nil {
		return err
	}
	j := &job{ui: u, planFlags: f.planFlags, sourceFlags: f.sourceFlags, command: command, dir: dir, again: []string{"add-subpackage", args[0]}}
	if err := j.load(); err != nil {
		return err
	}
	if !j.project.HasApp {
		return misused("usage.no-project", "Dir", dir)
	}
	j.options = scaffold.Options{
		Integration: scaffold.Subpackage, Subpackage: args[0], Page: project.PagePath(f.page), Entry: f.entry,
		ProjectName: filepath.Base(dir),
	}
	return j.run(ctx)
}
