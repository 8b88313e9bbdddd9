package check

import (
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// uikitGlobals: the components read the SDK and the account from wx when they are
// loaded and shown; somebody must have put them there (the UIKit's source).
var uikitGlobals = &Rule{ID: "uikit-globals", Severity: diag.Error, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		var missing []string
		for _, name := range []string{"$TUIKit", page.kit.Generation.Wiring().Global, "$chat_SDKAppID", "$chat_userID", "$chat_userSig"} {
			if !p.mentions(name, p.own) {
				missing = append(missing, "wx."+name)
			}
		}
		if len(missing) > 0 {
			f := p.report(p.kitPlace(page), msg.T("check.uikit-globals", "Names", strings.Join(missing, ", ")))
			f.Hint = msg.T("check.uikit-globals.hint", "Command", p.ownCommand())
		}
	}
}}

// uikitInit: the component shows nothing until its init is called.
var uikitInit = &Rule{ID: "uikit-init", Severity: diag.Error, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		if page.Script == "" || p.mentions("init", func(n *graph.Node) bool { return n.Path == page.Script }) {
			continue
		}
		f := p.report(p.file(page.Script), msg.T("check.uikit-init"))
		f.Hint = msg.T("check.uikit-init.hint")
	}
}}

// uikitNavigation: the UIKit draws its own navigation bar; without navigationStyle
// custom the page has two (the vendor's guide, step 3).
var uikitNavigation = &Rule{ID: "uikit-navigation-style", Severity: diag.Warning, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		style := page.Config.Text("navigationStyle")
		if style == "" {
			style = p.App.Text("window", "navigationStyle")
		}
		if style == "custom" {
			continue
		}
		f := p.report(p.file(page.Path+".json"), msg.T("check.uikit-navigation-style"))
		f.Fix = setJSON(p.root(page.Path+".json"), msg.T("check.fix.navigation"), "custom", "navigationStyle")
	}
}}

// uikitSkyline: the UIKit is made for WebView (cloud.tencent.com, 269/62768).
var uikitSkyline = &Rule{ID: "uikit-skyline", Severity: diag.Error, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		d, renderer := page.Config, page.Config.Text("renderer")
		if renderer == "" {
			d, renderer = p.App, p.App.Text("renderer")
		}
		if renderer == "skyline" {
			f := p.report(p.value(d, "renderer"), msg.T("check.uikit-skyline", "Page", page.Path))
			f.Hint = msg.T("check.uikit-skyline.hint", "File", p.root(page.Path+".json"))
		}
	}
}}

// uikitIndependent: the components call getApp() when they are loaded, and in an
// independent subpackage there may be no app yet (framework/subpackages/independent).
var uikitIndependent = &Rule{ID: "uikit-independent", Severity: diag.Error, Run: func(p *Pass) {
	for _, kit := range p.Kits {
		i := p.Project.PackageIndex(kit.Dir + "/index.js")
		if i == 0 || !p.Project.Packages()[i].Independent || kit.Unit == nil {
			continue
		}
		at := []string{p.Project.SubpackagesKey, itoa(i - 1), "independent"}
		f := p.report(p.value(p.App, at...), msg.T("check.uikit-independent", "Root", p.Project.Packages()[i].Root))
		f.Hint = msg.T("check.uikit-independent.hint")
	}
}}

// uikitGlobalData: UIKit 2.x goes back with switchTab to a page of the vendor's demo
// unless getApp().globalData is there (its source).
var uikitGlobalData = &Rule{ID: "uikit-global-data", Severity: diag.Error, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		if page.kit.Generation != uikit.Chat || p.mentions("globalData", p.own) {
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
	at := strings.Index(string(p.source(name)), "App({")
	node := p.Graph.Nodes[app]
	if at < 0 || len(node.Script.Calls) == 0 {
		return nil
	}
	return func(change *plan.Plan) error {
		data, err := change.ReadFile(name)
		if err != nil {
			return err
		}
		before, after, _ := strings.Cut(string(data), "App({")
		eol := "\n"
		if strings.Contains(before+after, "\r\n") {
			eol = "\r\n"
		}
		fixed := []byte(before + "App({" + eol + "  globalData: {}," + after)
		if _, err := graph.IsModule(app, fixed); err != nil {
			return &project.FileError{Path: name, Err: err}
		}
		return change.Write(name, fixed, msg.T("check.fix.global-data"))
	}
}

// uikitJump: UIKit 1.1 and later open a page of this name when the user is removed
// from a group (its source). In the main package nothing is lost by that; a
// subpackage of that name is what they mean.
var uikitJump = &Rule{ID: "uikit-jump", Severity: diag.Warning, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		if page.Package == 0 || p.registered(jumpTarget) {
			continue
		}
		var f *Finding
		p.eachRef(func(n *graph.Node, r graph.Ref) {
			if r.Use != graph.URL || !strings.HasPrefix(n.Path, page.kit.Dir+"/") || !strings.HasSuffix(r.Spec, jumpTarget) {
				return
			}
			if f == nil {
				f = p.report(p.kitPlace(page), msg.T("check.uikit-jump", "Target", jumpTarget))
				f.Hint = msg.T("check.uikit-jump.hint")
			}
			f.relate(p.ref(n, r), msg.T("check.uikit-jump.place"))
		})
	}
}}

const jumpTarget = "TUI-CustomerService/pages/index"

// uikitNested: "cp -r …/chat-uikit-wechat/ ./TUIKit", as the guide has it, makes a
// folder in the folder on Linux where TUIKit exists (observed).
var uikitNested = &Rule{ID: "uikit-nested", Severity: diag.Error, Run: func(p *Pass) {
	for _, kit := range p.Kits {
		dir := path.Dir(kit.Dir)
		if path.Base(kit.Dir) != "chat-uikit-wechat" || path.Base(dir) != "TUIKit" || p.Files.Has(dir+"/index.json") {
			continue
		}
		f := p.report(p.file(kit.Dir), msg.T("check.uikit-nested", "Folder", p.root(kit.Dir), "Above", p.root(dir)))
		f.Hint = msg.T("check.uikit-nested.hint", "Above", p.root(dir))
		f.Fix = p.unnest(kit.Dir, dir)
	}
}}

// unnest is the fix that moves the files of a folder into the one above.
func (p *Pass) unnest(from, to string) func(*plan.Plan) error {
	return func(change *plan.Plan) error {
		for _, name := range p.Files.Names() {
			rest, inside := strings.CutPrefix(name, from+"/")
			if !inside || p.Files.Has(to+"/"+rest) {
				continue
			}
			if err := change.Move(p.root(name), p.root(to+"/"+rest), msg.T("check.fix.nested")); err != nil {
				return err
			}
		}
		return nil
	}
}

// underNested reports whether a path is missing only because the UIKit lies one
// folder too deep.
func (m *Mini) underNested(tried []string) bool {
	for _, kit := range m.Kits {
		if path.Base(kit.Dir) != "chat-uikit-wechat" {
			continue
		}
		for _, name := range tried {
			if rest, inside := strings.CutPrefix(name, path.Dir(kit.Dir)+"/"); inside && (m.Files.Has(kit.Dir+"/"+rest) || m.Files.Has(kit.Dir+"/"+rest+".json")) {
				return true
			}
		}
	}
	return false
}

// uikitDependency: in "dependencies" the UIKit breaks WeChat's "build npm" (1.0.x:
// it does not parse) or becomes a stub that nobody can use (observed).
var uikitDependency = &Rule{ID: "uikit-dependency", Severity: diag.Warning, Run: func(p *Pass) {
	manifest := p.manifest()
	if len(p.Kits) == 0 || manifest.Text("dependencies", uikit.Name) == "" {
		return
	}
	f := p.report(p.key(manifest, "dependencies", uikit.Name), msg.T("check.uikit-dependency"))
	f.Hint = msg.T("check.uikit-dependency.hint")
}}
