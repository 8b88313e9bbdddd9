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
		if p.takesRules() {
			f.Fix = leaveOut(name)
		}
	}
}}

// takesRules reports whether project.config.json is of a shape that a rule can be
// added to.
func (m *Mini) takesRules() bool {
	options, set := m.Config.Object()["packOptions"]
	if m.Config.Object() == nil || !set {
		return m.Config.Object() != nil
	}
	object, isObject := options.(map[string]any)
	_, isList := object["ignore"].([]any)
	return isObject && (isList || object["ignore"] == nil)
}

// leaveOut is the fix that adds a file to packOptions.ignore.
func leaveOut(name string) func(*plan.Plan) error {
	return func(change *plan.Plan) error {
		data, err := change.ReadFile(project.ConfigFile)
		if err == nil {
			data, err = jsonpatch.Append(data, project.PackRule{Type: "file", Value: name}, "packOptions", "ignore")
		}
		if err != nil {
			return err
		}
		return change.Write(project.ConfigFile, data, msg.T("why.unpacked"))
	}
}
