package check

import (
	"path"
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// appFile: the theme file and the folder of workers that app.json names must be
// there (miniprogram-ci 2.1.42: 10009).
var appFile = &Rule{ID: "app-file", Severity: diag.Error, Run: func(p *Pass) {
	p.themeFile(p.App.Text("themeLocation"))
	keys := []string{"workers"}
	if _, isObject := p.App.At(keys...).(map[string]any); isObject {
		keys = append(keys, "path")
	}
	if workers := p.App.Text(keys...); workers != "" && (strings.HasPrefix(workers, "/") || strings.HasPrefix(workers, ".") || !p.Files.HasFolder(project.Join(workers))) {
		p.report(p.value(p.App, keys...), msg.T("check.app-file.workers", "Folder", p.root(workers))).Hint = msg.T("check.file-missing.hint", "File", p.root(workers))
	}
	p.subpackageEntries()
}}

// themeFile: besides being there, it may not be written with "/" or "." in front
// (miniprogram-ci 2.1.42: 10009).
func (p *Pass) themeFile(location string) {
	at := p.value(p.App, "themeLocation")
	switch {
	case location == "", p.Files.Has(location):
	case p.Files.Has(strings.TrimLeft(location, "./")):
		f := p.report(at, msg.T("check.page-path.start", "Page", location, "Start", location[:1]))
		f.Expected = msg.T("check.literal", "Value", strings.TrimLeft(location, "./"))
	default:
		p.report(at, msg.T("check.app-file.theme", "File", p.root(location))).Hint = msg.T("check.file-missing.hint", "File", p.root(location))
	}
}

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
