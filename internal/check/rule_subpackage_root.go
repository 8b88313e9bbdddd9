package check

import (
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// subpackageRoot: what the root and name of a subpackage may be (miniprogram-ci
// 2.1.42: 10009).
var subpackageRoot = &Rule{ID: "subpackage-root", Severity: diag.Error, Run: func(p *Pass) {
	key := p.Project.SubpackagesKey
	roots, names := map[string]bool{"": true}, map[string]bool{"": true} // "": another fault, or none
	for i, pkg := range p.Project.Subpackages {
		keys := []string{key, strconv.Itoa(i), "root"}
		written := p.App.Text(keys...)
		at := p.value(p.App, keys...)
		switch around := p.Project.Package(p.Project.PackageIndex(pkg.Root)).Root; {
		case written == "" && p.App.At(keys...) != "": // not there, or no text: configShape's
		case pkg.Root == "":
			p.report(at, msg.T("check.subpackage-root.empty"))
		case strings.HasPrefix(written, "/"), strings.HasPrefix(written, "."):
			p.report(at, msg.T("check.subpackage-root.start", "Root", written, "Start", written[:1])).Expected = msg.T("check.literal", "Value", strings.TrimLeft(written, "./"))
		case pkg.Root == "__APP__":
			p.report(at, msg.T("check.subpackage-root.reserved", "Root", pkg.Root))
		case roots[pkg.Root]:
			p.report(at, msg.T("check.subpackage-root.twice", "Root", written))
		case around != "":
			p.report(at, msg.T("check.subpackage-root.nested", "Root", written, "Other", around)).Hint = msg.T("check.subpackage-root.nested.hint", "Other", around)
		case !p.Files.HasFolder(pkg.Root):
			p.missingRoot(at, pkg.Root)
		}
		p.subpackageName(i, pkg.Name, names[pkg.Name])
		roots[pkg.Root], names[pkg.Name] = true, true
	}
}}

func (p *Pass) missingRoot(at diag.Place, root string) {
	f := p.report(at, msg.T("check.subpackage-root.missing", "Root", root))
	f.Hint = msg.T("check.subpackage-root.missing.hint", "Folder", p.root(root))
	if near := p.nearest(root, p.Files.Folders()); near != "" {
		f.Expected = msg.T("check.literal", "Value", near)
	}
}

// subpackageName looks at the name of subpackage i; taken tells that one before it has
// that name.
func (p *Pass) subpackageName(i int, name string, taken bool) {
	at := p.value(p.App, p.Project.SubpackagesKey, strconv.Itoa(i), "name")
	switch {
	case name == "__APP__":
		p.report(at, msg.T("check.subpackage-root.reserved", "Root", name))
	case taken && name != "":
		p.report(at, msg.T("check.subpackage-root.name", "Name", name))
	}
}
