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

// Of an icon of the tab bar, in bytes (developers.weixin.qq.com, app.json tabBar;
// the compiler checks it).
const tabBarIconLimit = 40 << 10

// tabBar: its pages are pages of the main package, its icons are there, png or
// jpg, and at most 40 KB (miniprogram-ci 2.1.42: 10009).
var tabBar = &Rule{ID: "tabbar", Severity: diag.Error, Run: func(p *Pass) {
	seen := map[string]bool{}
	for i := range p.App.List("tabBar", "list") {
		at := []string{"tabBar", "list", strconv.Itoa(i)}
		keys := append(slices.Clone(at), "pagePath")
		switch page := p.App.Text(keys...); {
		case page != "" && seen[page]:
			p.report(p.value(p.App, keys...), msg.T("check.tabbar.twice", "Page", page))
		case page != "":
			seen[page] = true
			p.tabPage(page, keys)
		}
		for _, icon := range []string{"iconPath", "selectedIconPath"} {
			p.tabIcon(append(slices.Clone(at), icon))
		}
	}
}}

func (p *Pass) tabPage(page string, keys []string) {
	at := p.value(p.App, keys...)
	switch {
	case slices.Contains(p.Project.Main.Pages, project.PagePath(page)):
	case p.registered(page):
		p.report(at, msg.T("check.tabbar.subpackage", "Page", page)).Hint = msg.T("check.tabbar.subpackage.hint")
	default:
		f := p.report(at, msg.T("check.tabbar.page", "Page", page))
		if near := p.nearest(page, p.mainPages()); near != "" {
			f.Expected = msg.T("check.literal", "Value", near)
		}
	}
}

func (m *Mini) mainPages() []string {
	var pages []string
	for _, page := range m.Project.Main.Pages {
		pages = append(pages, string(page))
	}
	return pages
}

func (p *Pass) tabIcon(keys []string) {
	icon := p.App.Text(keys...)
	if icon == "" || strings.HasPrefix(icon, "@") { // a name of theme.json
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+icon), "/")
	at := p.value(p.App, keys...)
	switch {
	case !p.Files.Has(name):
		f := p.report(at, msg.T("check.tabbar.icon", "Icon", icon))
		if near := p.nearestFile(name); near != "" {
			f.Expected = msg.T("check.literal", "Value", near)
		}
	case !slices.Contains([]string{".png", ".jpg", ".jpeg"}, strings.ToLower(path.Ext(name))):
		p.report(at, msg.T("check.tabbar.format", "Icon", icon))
	case p.Files.Size(name) > tabBarIconLimit:
		p.report(at, msg.T("check.tabbar.size", "Icon", icon, "Size", p.Files.Size(name)>>10))
	}
}
