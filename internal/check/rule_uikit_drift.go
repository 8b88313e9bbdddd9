package check

import (
	"path"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// uikitDrift: what this tool has put in and is gone, or has been changed where it
// says that it is managed. Files that were edited are their owner's, and fine.
var uikitDrift = &Rule{ID: "uikit-drift", Severity: diag.Warning, Run: func(p *Pass) {
	files, err := scaffold.Status(p.FS, p.Project)
	if err != nil {
		return // it cannot be read: json-syntax says so
	}
	var gone *Finding // the files that are: most often a folder of them
	for _, file := range files {
		at := diag.Place{File: file.Path}
		switch {
		case file.Kind == scaffold.Patched && file.State == scaffold.Missing:
			p.report(at, msg.T("check.uikit-drift.part")).Hint = msg.T("check.uikit-drift.hint", "Command", p.ownCommand())
		case file.Kind == scaffold.Patched && file.State == scaffold.Modified:
			p.report(at, msg.T("check.uikit-drift.block")).Hint = msg.T("check.uikit-drift.block.hint")
		case file.State != scaffold.Missing || ourLeftOut(file.Path):
		case gone == nil:
			gone = p.report(at, msg.T("check.uikit-drift.file"))
			gone.Hint = msg.T("check.uikit-drift.hint", "Command", p.ownCommand())
		default:
			gone.relate(at, msg.T("check.uikit-drift.also"))
		}
	}
}}

// ourLeftOut: files that a clone does not have, because .gitignore names them, or
// that are for this machine only.
func ourLeftOut(name string) bool {
	switch path.Base(name) {
	case ".gitignore", project.PrivateConfigFile, project.PackageLockFile, scaffold.ConfigScript:
		return true
	}
	return false
}
