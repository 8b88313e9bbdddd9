package check

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/secret"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// uikitCopy: debug and lib in the main package are copies of those in the UIKit
// (step 4 of the guide's second path); a copy that has fallen behind is another
// library than the one the UIKit was made with.
var uikitCopy = &Rule{ID: "uikit-copy", Severity: diag.Warning, Run: func(p *Pass) {
	for _, kit := range p.Kits {
		for _, folder := range uikit.LibraryFolders() {
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
		if bytes.Equal(vendored, there) || hasKey(there) || hasKey(vendored) {
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

func hasKey(data []byte) bool {
	return slices.ContainsFunc(secret.Find(data), func(l secret.Literal) bool { return l.Key })
}
