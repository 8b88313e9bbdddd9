package check

import (
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// navigateTarget: navigateTo and its kin fail for a page that app.json does not
// have, switchTab for one that is no tab, navigateTo and redirectTo for one that is
// (developers.weixin.qq.com, api/route). Only what is written as a whole can be
// judged; a relative URL only where it is certain which page it starts from.
var navigateTarget = &Rule{ID: "navigate-target", Severity: diag.Error, Run: func(p *Pass) {
	if p.App == nil || p.App.Err != nil {
		return
	}
	tabs := p.tabs()
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if r.Use != graph.URL || r.Partial || p.vendored(n.Path) {
			return
		}
		page, known := p.target(n, r.Spec)
		if !known {
			return
		}
		isTab := slices.Contains(tabs, page)
		at := p.ref(n, r)
		switch {
		case !p.registered(page):
			f := p.report(at, msg.T("check.navigate-target", "Page", page))
			f.Hint = msg.T("check.navigate-target.hint", "Page", page)
			f.cause = cause{of: page, also: msg.T("check.also")}
			if near := p.nearest(page, p.allPages()); near != "" {
				f.Expected, f.Hint = msg.T("check.literal", "Value", "/"+near), msg.Text{}
				f.cause = cause{} // each is to be corrected
			}
		case r.Name == "switchTab" && !isTab && len(tabs) > 0:
			p.report(at, msg.T("check.navigate-target.no-tab", "Page", page)).Hint = msg.T("check.navigate-target.no-tab.hint")
		case isTab && (r.Name == "navigateTo" || r.Name == "redirectTo" || r.Name == "navigate" || r.Name == "redirect"):
			p.report(at, msg.T("check.navigate-target.tab", "Page", page, "Name", r.Name)).Hint = msg.T("check.navigate-target.tab.hint")
		}
	})
}}

func (m *Mini) tabs() []string {
	var tabs []string
	for _, value := range m.App.List("tabBar", "list") {
		if object, _ := value.(map[string]any); object != nil {
			page, _ := object["pagePath"].(string)
			tabs = append(tabs, page)
		}
	}
	return tabs
}

// target is the page that a URL names, and whether that can be told.
func (m *Mini) target(n *graph.Node, url string) (string, bool) {
	url, _, _ = strings.Cut(url, "?")
	url, _, _ = strings.Cut(url, "#")
	if url == "" || strings.Contains(url, ":") || strings.Contains(url, "{{") {
		return "", false
	}
	if rest, rooted := strings.CutPrefix(url, "/"); rooted {
		return path.Clean(rest), rest != ""
	}
	if !m.registered(stem(n.Path)) {
		return "", false // it depends on the page that is open
	}
	page := path.Join(path.Dir(n.Path), url)
	return page, !strings.HasPrefix(page, "..")
}
