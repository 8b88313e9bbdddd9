package check

import (
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// pageMissing: the .js and .wxml of a page must be there, in the very spelling
// (miniprogram-ci 2.1.42: 10005); .json and .wxss need not.
var pageMissing = &Rule{ID: "page-missing", Severity: diag.Error, Run: func(p *Pass) {
	seen := map[string]bool{}
	p.eachPage(func(pkg project.Package, page string, keys []string) {
		name := pageFile(pkg, project.PagePath(page))
		if !wellFormed(page) || !p.hasRoot(pkg) || seen[name] || pkg.Root == "" && p.Project.PackageIndex(name) > 0 {
			return // another rule's
		}
		seen[name] = true
		var missing []string
		for _, ending := range []string{".wxml", ".js"} {
			if _, there := p.Source(name + ending); !there && !(ending == ".js" && p.uncompiled(name)) {
				missing = append(missing, name+ending)
			}
		}
		if len(missing) > 0 {
			p.missingPage(pkg, page, keys, missing)
		}
	})
}}

// wellFormed reports whether a page is written as it may be.
func wellFormed(page string) bool {
	return page != "" && !strings.HasPrefix(page, "/") && !strings.HasPrefix(page, ".") && !strings.Contains(page, `\`) && !strings.Contains(page, "//") && !strings.Contains(page, "../")
}

func (m *Mini) hasRoot(pkg project.Package) bool {
	return pkg.Root == "" || m.Files.HasFolder(pkg.Root)
}

func (p *Pass) missingPage(pkg project.Package, page string, keys, missing []string) {
	at := p.value(p.App, keys...)
	for i, name := range missing {
		missing[i] = p.root(name)
	}
	f := p.report(at, msg.T("check.page-missing", "Page", page, "Files", missing))
	name := pageFile(pkg, project.PagePath(page))
	near := p.nearestFile(name + ".wxml")
	switch {
	case p.ignored(name + ".wxml"):
		f.Hint = msg.T("check.ignored.hint")
	case p.Files.Has(name) || p.Files.Has(stem(name)+".wxml") && path.Ext(page) != "":
		f.Expected = msg.T("check.literal", "Value", stem(page))
	case pkg.Root != "" && project.Inside(page, pkg.Root):
		f.Expected = msg.T("check.literal", "Value", strings.TrimPrefix(page, pkg.Root+"/"))
		f.Hint = msg.T("check.page-missing.root.hint")
	case near != "":
		f.Expected = msg.T("check.literal", "Value", strings.TrimPrefix(stem(near), pkg.Root+"/"))
	default:
		f.Hint = msg.T("check.page-missing.hint", "Page", page)
	}
}

// ignored reports whether packOptions leaves a file of the miniprogram root out.
func (m *Mini) ignored(name string) bool {
	_, left := slices.BinarySearch(m.Ignored, name)
	return left
}
