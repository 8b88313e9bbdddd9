package check

import (
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// subpackageRoot: what the root and name of a subpackage may be (miniprogram-ci
// 2.1.42: 10009).
var subpackageRoot = &Rule{ID: "subpackage-root", Severity: diag.Error, Run: func(p *Pass) {
	key := p.Project.SubpackagesKey
	for i, pkg := range p.Project.Subpackages {
		keys := []string{key, strconv.Itoa(i), "root"}
		written := p.App.Text(keys...)
		at := p.value(p.App, keys...)
		switch other := p.nested(i); {
		case written == "" && p.App.At(keys...) != "": // not there, or no text: configShape's
		case pkg.Root == "":
			p.report(at, msg.T("check.subpackage-root.empty"))
		case strings.HasPrefix(written, "/"), strings.HasPrefix(written, "."):
			p.report(at, msg.T("check.subpackage-root.start", "Root", written, "Start", written[:1])).Expected = msg.T("check.literal", "Value", strings.TrimLeft(written, "./"))
		case pkg.Root == "__APP__":
			p.report(at, msg.T("check.subpackage-root.reserved", "Root", pkg.Root))
		case other == pkg.Root:
			p.report(at, msg.T("check.subpackage-root.twice", "Root", written))
		case other != "":
			p.report(at, msg.T("check.subpackage-root.nested", "Root", written, "Other", other)).Hint = msg.T("check.subpackage-root.nested.hint", "Other", other)
		case !p.Files.HasFolder(pkg.Root):
			p.missingRoot(at, pkg.Root)
		}
		p.subpackageName(i, pkg)
	}
}}

// nested is the root of another subpackage that holds that of subpackage i, is held
// by it, or is the same and stands before it.
func (m *Mini) nested(i int) string {
	own := m.Project.Subpackages[i].Root
	for j, other := range m.Project.Subpackages {
		if j == i || other.Root == "" {
			continue
		}
		if own == other.Root && j < i || project.Inside(own, other.Root) {
			return other.Root
		}
	}
	return ""
}

func (p *Pass) missingRoot(at diag.Place, root string) {
	f := p.report(at, msg.T("check.subpackage-root.missing", "Root", root))
	f.Hint = msg.T("check.subpackage-root.missing.hint", "Folder", p.root(root))
	if near := nearest(root, p.Files.Folders()); near != "" {
		f.Expected = msg.T("check.literal", "Value", near)
	}
}

func (p *Pass) subpackageName(i int, pkg project.Package) {
	at := p.value(p.App, p.Project.SubpackagesKey, strconv.Itoa(i), "name")
	if pkg.Name == "__APP__" {
		p.report(at, msg.T("check.subpackage-root.reserved", "Root", pkg.Name))
		return
	}
	for j := range i {
		if pkg.Name != "" && p.Project.Subpackages[j].Name == pkg.Name {
			p.report(at, msg.T("check.subpackage-root.name", "Name", pkg.Name))
			return
		}
	}
}

// subpackageSpelling: with both spellings the compiler reads only "subpackages"
// (miniprogram-ci 2.1.42, observed): the others are lost without a word.
var subpackageSpelling = &Rule{ID: "subpackage-spelling", Severity: diag.Warning, Run: func(p *Pass) {
	object := p.App.Object()
	if object["subpackages"] == nil || object["subPackages"] == nil {
		return
	}
	f := p.report(p.key(p.App, "subPackages"), msg.T("check.subpackage-spelling"))
	f.Hint = msg.T("check.subpackage-spelling.hint")
	f.relate(p.key(p.App, "subpackages"), msg.T("check.subpackage-spelling.counts"))
}}
