package check

import (
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
)

// uikitNested: "cp -r …/chat-uikit-wechat/ ./TUIKit", as the guide has it, makes a
// folder in the folder on Linux where TUIKit exists (observed).
var uikitNested = &Rule{ID: "uikit-nested", Severity: diag.Error, Run: func(p *Pass) {
	for _, kit := range p.Kits {
		dir := path.Dir(kit.Dir)
		if path.Base(kit.Dir) != "chat-uikit-wechat" || path.Base(dir) != "TUIKit" || p.Files.Has(dir+"/index.json") {
			continue
		}
		f := p.report(p.file(kit.Dir), msg.T("check.uikit-nested", "Folder", p.root(kit.Dir), "Above", p.root(dir)))
		f.Hint = msg.T("check.uikit-nested.hint", "Above", p.root(dir))
		f.Fix = p.unnest(kit.Dir, dir)
	}
}}

// unnest is the fix that moves the files of a folder into the one above.
func (p *Pass) unnest(from, to string) func(*plan.Plan) error {
	return func(change *plan.Plan) error {
		for _, name := range p.Files.Names() {
			rest, inside := strings.CutPrefix(name, from+"/")
			if !inside || p.Files.Has(to+"/"+rest) {
				continue
			}
			if err := change.Move(p.root(name), p.root(to+"/"+rest), msg.T("check.fix.nested")); err != nil {
				return err
			}
		}
		return nil
	}
}

// underNested reports whether a path is missing only because the UIKit lies one
// folder too deep.
func (m *Mini) underNested(tried []string) bool {
	for _, kit := range m.Kits {
		if path.Base(kit.Dir) != "chat-uikit-wechat" {
			continue
		}
		for _, name := range tried {
			if rest, inside := strings.CutPrefix(name, path.Dir(kit.Dir)+"/"); inside && (m.Files.Has(kit.Dir+"/"+rest) || m.Files.Has(kit.Dir+"/"+rest+".json")) {
				return true
			}
		}
	}
	return false
}
