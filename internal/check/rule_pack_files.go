package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// packFiles: every .json of the miniprogram root is packed, npm's lock file and this
// tool's too, unless packOptions or ignoreUploadUnusedFiles leaves it out (miniprogram-ci
// 2.1.42, observed). They count against the 2 MB and tell everybody what is inside.
var packFiles = &Rule{ID: "pack-files", Severity: diag.Warning, Run: func(p *Pass) {
	if p.drops() {
		return
	}
	for _, name := range []string{project.PackageLockFile, project.LockFile} {
		if !p.Files.Has(name) {
			continue
		}
		f := p.report(p.file(name), msg.T("check.pack-files", "Size", p.Files.Size(name)>>10+1))
		f.Hint = msg.T("check.pack-files.hint")
		f.Fix = p.leaveOut(name)
	}
}}

// leaveOut is the fix that adds a file to packOptions.ignore; nil where
// packOptions.include has it, which counts for more.
func (m *Mini) leaveOut(name string) func(*plan.Plan) error {
	rule := project.PackRule{Type: "file", Value: name}
	config := m.Project.Config
	config.PackOptions.Ignore = []project.PackRule{rule}
	if !config.Ignores()(name) {
		return nil
	}
	return patch(m.Config, msg.T("why.unpacked"), func(data []byte) ([]byte, error) {
		return jsonpatch.Append(data, rule, "packOptions", "ignore")
	})
}
