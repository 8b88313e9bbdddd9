package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/schema"
)

// themeVariable: "@name" in app.json or in the JSON of a page stands for what the theme
// file says, in "light" and in "dark"; without the file, or without the name in both,
// the compiler stops (miniprogram-ci 2.1.42, observed).
var themeVariable = &Rule{ID: "theme-variable", Severity: diag.Error, Run: func(p *Pass) {
	location := p.App.Text("themeLocation")
	theme := p.theme
	if location != "" && (theme == nil || theme.Err != nil) {
		return // appFile's, jsonSyntax's
	}
	for _, u := range p.Graph.Units {
		kind := schema.Page
		if u.Path == graph.AppUnit {
			kind = schema.App
		}
		if u.Config == nil || u.Config.Err != nil || kind == schema.Page && !u.Page {
			continue
		}
		for _, variable := range schema.Variables(kind, u.Config.Value) {
			p.themed(u.Config, theme, variable)
		}
	}
}}

func (p *Pass) themed(d, theme *project.Document, variable schema.ThemeVariable) {
	at := p.value(d, variable.Path...)
	if theme == nil {
		p.report(at, msg.T("check.theme-variable.none", "Name", variable.Name)).Hint = msg.T("check.theme-variable.none.hint")
		return
	}
	for _, side := range []string{"light", "dark"} {
		if theme.At(side, variable.Name) != nil {
			continue
		}
		f := p.report(at, msg.T("check.theme-variable", "Name", variable.Name, "Side", side, "File", theme.Path))
		names, _ := theme.At(side).(map[string]any)
		if near := p.nearest(variable.Name, sortedKeys(names)); near != "" {
			f.Expected = msg.T("check.literal", "Value", "@"+near)
		}
		return
	}
}
