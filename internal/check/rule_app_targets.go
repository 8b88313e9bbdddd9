package check

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// entryPage: entryPagePath is a page of app.json (miniprogram-ci 2.1.42: 10009).
var entryPage = &Rule{ID: "entry-page", Severity: diag.Error, Run: func(p *Pass) {
	page := p.App.Text("entryPagePath")
	if page == "" || p.registered(page) {
		return
	}
	f := p.report(p.value(p.App, "entryPagePath"), msg.T("check.entry-page", "Page", page))
	f.Hint = msg.T("check.entry-page.hint")
	if near := nearest(page, p.allPages()); near != "" {
		f.Expected = msg.T("check.literal", "Value", near)
	}
}}

// allPages lists the pages of app.json as paths below the miniprogram root.
func (m *Mini) allPages() []string {
	var pages []string
	for _, pkg := range m.Project.Packages() {
		for _, page := range pkg.Pages {
			pages = append(pages, pageFile(pkg, page))
		}
	}
	return pages
}

// preloadRule: its keys are pages, its packages are names or roots of subpackages,
// or __APP__. The compiler looks only where there are subpackages (miniprogram-ci
// 2.1.42: 10009).
var preloadRule = &Rule{ID: "preload-rule", Severity: diag.Error, Run: func(p *Pass) {
	rules, _ := p.App.At("preloadRule").(map[string]any)
	if len(p.Project.Subpackages) == 0 {
		return
	}
	known := []string{"__APP__"}
	for _, pkg := range p.Project.Subpackages {
		known = append(known, pkg.Name, pkg.Root, pkg.Root+"/")
	}
	for page := range rules {
		if !p.registered(page) && !strings.Contains(page, "__plugin__/") {
			f := p.report(p.key(p.App, "preloadRule", page), msg.T("check.preload-rule.page", "Page", page))
			if near := nearest(page, p.allPages()); near != "" {
				f.Expected = msg.T("check.literal", "Value", near)
			}
		}
		for i, value := range p.App.List("preloadRule", page, "packages") {
			name, isText := value.(string)
			if isText && !slices.Contains(known, name) {
				f := p.report(p.value(p.App, "preloadRule", page, "packages", strconv.Itoa(i)), msg.T("check.preload-rule.package", "Name", name))
				if near := nearest(name, known); near != "" {
					f.Expected = msg.T("check.literal", "Value", near)
				}
			}
		}
	}
}}

// sitemap: the compiler does not look whether it is there (observed); WeChat's
// analyser does, and without it every page is indexed.
var sitemap = &Rule{ID: "sitemap", Severity: diag.Warning, Run: func(p *Pass) {
	name := p.App.Text("sitemapLocation")
	if name != "" && !p.Files.Has(path.Clean(name)) {
		p.report(p.value(p.App, "sitemapLocation"), msg.T("check.sitemap", "File", p.root(name))).Hint = msg.T("check.sitemap.hint")
	}
}}

// appFile: the theme file and the folder of workers that app.json names must be
// there (miniprogram-ci 2.1.42: 10009).
var appFile = &Rule{ID: "app-file", Severity: diag.Error, Run: func(p *Pass) {
	if theme := p.App.Text("themeLocation"); theme != "" && !p.Files.Has(path.Clean(theme)) {
		p.report(p.value(p.App, "themeLocation"), msg.T("check.app-file.theme", "File", p.root(theme))).Hint = msg.T("check.file-missing.hint", "File", p.root(theme))
	}
	keys := []string{"workers"}
	if _, isObject := p.App.At(keys...).(map[string]any); isObject {
		keys = append(keys, "path")
	}
	if workers := p.App.Text(keys...); workers != "" && (strings.HasPrefix(workers, "/") || strings.HasPrefix(workers, ".") || !p.Files.HasFolder(project.Join(workers))) {
		p.report(p.value(p.App, keys...), msg.T("check.app-file.workers", "Folder", p.root(workers))).Hint = msg.T("check.file-missing.hint", "File", p.root(workers))
	}
	p.subpackageEntries()
}}

// subpackageEntries: the compiler does not look for the entry script of a subpackage
// (observed); WeChat's analyser does.
func (p *Pass) subpackageEntries() {
	for i, pkg := range p.Project.Subpackages {
		keys := []string{p.Project.SubpackagesKey, strconv.Itoa(i), "entry"}
		entry := p.App.Text(keys...)
		if entry == "" || !p.hasRoot(pkg) {
			continue
		}
		name := project.Join(pkg.Root, entry)
		if path.Ext(name) != ".js" {
			name += ".js"
		}
		if _, there := p.Source(name); !there {
			p.warn(p.value(p.App, keys...), msg.T("check.app-file.entry", "File", p.root(name))).Hint = msg.T("check.file-missing.hint", "File", p.root(name))
		}
	}
}
