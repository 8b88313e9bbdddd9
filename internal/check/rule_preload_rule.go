package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

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
			if near := p.nearest(page, p.allPages()); near != "" {
				f.Expected = msg.T("check.literal", "Value", near)
			}
		}
		for i, value := range p.App.List("preloadRule", page, "packages") {
			name, isText := value.(string)
			if isText && !slices.Contains(known, name) {
				f := p.report(p.value(p.App, "preloadRule", page, "packages", strconv.Itoa(i)), msg.T("check.preload-rule.package", "Name", name))
				if near := p.nearest(name, known); near != "" {
					f.Expected = msg.T("check.literal", "Value", near)
				}
			}
		}
	}
}}
