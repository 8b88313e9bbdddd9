package check

import (
	"bytes"
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// uikitCopy: debug and lib in the main package are copies of those in the UIKit
// (step 4 of the guide's second path); a copy that has fallen behind is another
// library than the one the UIKit was made with.
var uikitCopy = &Rule{ID: "uikit-copy", Severity: diag.Warning, Run: func(p *Pass) {
	for _, kit := range p.Kits {
		for _, folder := range kit.Generation.Libraries() {
			p.compareCopies(kit, folder)
		}
	}
}}

func (p *Pass) compareCopies(kit *Kit, folder string) {
	for _, name := range p.Files.Names() {
		rest, inside := strings.CutPrefix(name, path.Join(kit.Dir, folder)+"/")
		copied := folder + "/" + rest
		if !inside || !p.Files.Has(copied) || path.Ext(name) != ".js" {
			continue
		}
		vendored, there := p.source(p.root(name)), p.source(p.root(copied))
		if bytes.Equal(vendored, there) || secretLiteral.Match(there) || secretLiteral.Match(vendored) {
			continue // one that was filled in is meant to differ
		}
		f := p.report(p.file(copied), msg.T("check.uikit-copy", "File", p.root(name)))
		from, to := p.root(name), p.root(copied)
		f.Fix = func(change *plan.Plan) error {
			data, err := change.ReadFile(from)
			if err != nil {
				return err
			}
			return change.Write(to, data, msg.T("check.fix.copy", "File", from))
		}
	}
}

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

// uikitURLCheck: until the server domains are registered, DevTools refuses the SDK's
// connections unless urlCheck is off (the vendor's guide, step 5).
var uikitURLCheck = &Rule{ID: "uikit-url-check", Severity: diag.Warning, Run: func(p *Pass) {
	if len(p.kitPages()) == 0 || p.Options.Release {
		return
	}
	for _, d := range []*project.Document{p.Private, p.Config} {
		if value, set := d.At("setting", "urlCheck").(bool); set {
			if value {
				f := p.report(p.value(d, "setting", "urlCheck"), msg.T("check.uikit-url-check"))
				f.Hint = msg.T("check.uikit-url-check.hint")
			}
			return
		}
	}
}}
