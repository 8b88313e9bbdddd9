package check

import (
	"bytes"
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// uikitGlobalData: UIKit 2.x goes back with switchTab to a page of the vendor's demo
// unless getApp().globalData is there (its source).
var uikitGlobalData = &Rule{ID: "uikit-global-data", Severity: diag.Error, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		if page.kit.Generation != uikit.Chat || p.sets("globalData", p.own) {
			continue
		}
		app := p.Graph.Unit(graph.AppUnit).Script
		if app == "" {
			return
		}
		f := p.report(p.appCall(app), msg.T("check.uikit-global-data"))
		f.Hint = msg.T("check.uikit-global-data.hint")
		f.Fix = p.addGlobalData(app)
		return
	}
}}

// appCall is where a script calls App, or the script as a whole.
func (p *Pass) appCall(name string) diag.Place {
	for _, call := range p.Graph.Nodes[name].Script.Calls {
		if call.Name == "App" {
			return p.at(name, call.Offset, len("App"))
		}
	}
	return p.file(name)
}

// addGlobalData is the fix that gives App({…}) its globalData; nil where app.js is
// written in another way.
func (p *Pass) addGlobalData(app string) func(*plan.Plan) error {
	name := p.root(app)
	if withGlobalData(app, p.source(name)) == nil {
		return nil
	}
	return func(change *plan.Plan) error {
		data, err := change.ReadFile(name)
		if err != nil {
			return err
		}
		fixed := withGlobalData(app, data)
		if fixed == nil {
			return nil // somebody has changed it since
		}
		return change.Write(name, fixed, msg.T("check.fix.global-data"))
	}
}

// withGlobalData is the script with a globalData in its App({…}); nil where there is no
// such call, or what came out would not parse.
func withGlobalData(app string, data []byte) []byte {
	const call = "App({"
	calls := script.Scan(data).Calls
	i := slices.IndexFunc(calls, func(c script.Call) bool { return bytes.HasPrefix(data[c.Offset:], []byte(call)) })
	if i < 0 {
		return nil
	}
	eol := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		eol = "\r\n"
	}
	at := calls[i].Offset + len(call)
	fixed := slices.Concat(data[:at], []byte(eol+"  globalData: {},"), data[at:])
	if _, err := graph.IsModule(app, fixed); err != nil {
		return nil
	}
	return fixed
}
