package check

import (
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// pagePath: how a page may be written in app.json (miniprogram-ci 2.1.42: 10009).
var pagePath = &Rule{ID: "page-path", Severity: diag.Error, Run: func(p *Pass) {
	seen := map[string]bool{}
	p.eachPage(func(pkg project.Package, page string, keys []string) {
		at := func() diag.Place { return p.value(p.App, keys...) }
		name := pageFile(pkg, project.PagePath(page))
		switch {
		case page == "":
			if p.App.At(keys...) == "" { // else it is of another type: configShape's
				p.report(at(), msg.T("check.page-path.empty"))
			}
		case strings.HasPrefix(page, "/"), strings.HasPrefix(page, "."):
			f := p.report(at(), msg.T("check.page-path.start", "Page", page, "Start", page[:1]))
			f.Expected = msg.T("check.literal", "Value", strings.TrimLeft(page, "./"))
		case strings.Contains(page, `\`), strings.Contains(page, "//"), strings.Contains(page, "../"):
			p.report(at(), msg.T("check.page-path.odd", "Page", page)).Expected = msg.T("check.literal", "Value", path.Clean(strings.ReplaceAll(page, `\`, "/")))
		case seen[name]:
			p.report(at(), msg.T("check.page-path.twice", "Page", page)).Hint = msg.T("check.page-path.twice.hint")
		case pkg.Root == "" && p.Project.PackageIndex(name) > 0:
			root := p.Project.Package(p.Project.PackageIndex(name)).Root
			p.report(at(), msg.T("check.page-path.inside", "Page", page, "Root", root)).Hint = msg.T("check.page-path.inside.hint", "Root", root)
			return // and there it may stand
		}
		seen[name] = true
	})
}}
