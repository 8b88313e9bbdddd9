package check

import (
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// moduleMissing: the compiler never resolves require and import (observed); the
// run-time loader does, and throws "module … is not defined". Only what is reached
// from app.json counts, and a failure that is caught only degrades.
var moduleMissing = &Rule{ID: "module-missing", Severity: diag.Error, Run: func(p *Pass) {
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if r.Use != graph.Require && r.Use != graph.Async || r.Found() || p.underNested(r.Tried) || p.unbuilt(r.Spec) {
			return
		}
		if _, elsewhere := p.wantsTypeScript(r); elsewhere {
			return // typescriptOff's
		}
		if f := p.missingModule(n, r); !f.placed {
			f.cause = cause{of: missingKey(n, r), also: msg.T("check.also")}
		}
	})
	p.missingOutside()
}}

func missingKey(n *graph.Node, r graph.Ref) string {
	switch {
	case bare(r.Spec):
		return r.Spec
	case len(r.Tried) > 0:
		return r.Tried[0]
	}
	return n.Path + " " + r.Spec
}

// bare reports whether a specifier names an npm package.
func bare(spec string) bool { return !strings.HasPrefix(spec, ".") && !strings.HasPrefix(spec, "/") }

func (p *Pass) missingModule(n *graph.Node, r graph.Ref) *Finding {
	at := p.ref(n, r)
	f := p.explainModule(at, n, r)
	if p.caught(n, r) {
		f.Severity = diag.Warning
	}
	return f
}

// caught reports whether somebody sees to it that a module cannot be loaded: a .catch
// at the end of what follows require.async.
func (m *Mini) caught(n *graph.Node, r graph.Ref) bool {
	data := m.source(m.root(n.Path))
	if r.Guarded || r.Use != graph.Async || r.Offset+r.Length > len(data) {
		return r.Guarded
	}
	rest := afterBracket(string(data[r.Offset+r.Length:]))
	for {
		rest = strings.TrimLeft(strings.TrimLeft(rest, " \t\r\n"), "?")
		name, arguments, called := strings.Cut(strings.TrimPrefix(rest, "."), "(")
		name = strings.TrimSpace(name)
		if !called || !strings.HasPrefix(rest, ".") || name != "then" && name != "catch" && name != "finally" {
			return false
		}
		if name == "catch" {
			return true
		}
		rest = afterBracket(arguments)
	}
}

// afterBracket is what follows the bracket that is open at the beginning of a script's
// text. Comments are not known here: a bracket in one may lead astray, and then nothing
// is found.
func afterBracket(text string) string {
	depth := 1
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return text[i+1:]
			}
		case '"', '\'', '`':
			for i++; i < len(text) && text[i] != c; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		}
	}
	return ""
}

// explainModule finds out why a module is not there.
func (p *Pass) explainModule(at diag.Place, n *graph.Node, r graph.Ref) *Finding {
	if r.Spec == "" {
		return p.report(at, msg.T("check.module-missing.empty"))
	}
	if len(r.Tried) == 0 {
		f := p.report(at, msg.T("check.module-missing.outside", "Spec", r.Spec))
		if rooted := climbed(r.Spec); p.isScript(rooted) {
			f.Expected = msg.T("check.literal", "Value", relativeTo(n.Path, rooted))
		}
		return f
	}
	looked := p.root(r.Tried[0])
	found := stem(r.Tried[0])
	switch rooted := strings.TrimPrefix(r.Spec, "/"); {
	case rooted != r.Spec && p.isScript(rooted):
		f := p.report(at, msg.T("check.module-missing.absolute", "Spec", r.Spec, "File", looked))
		return p.respell(f, n, r, relativeTo(n.Path, rooted))
	case p.isScript(found+"/index") && !bare(r.Spec):
		f := p.report(at, msg.T("check.module-missing.folder", "Spec", r.Spec, "File", looked))
		return p.respell(f, n, r, strings.TrimRight(strings.TrimSuffix(r.Spec, ".js"), "/")+"/index")
	case p.Files.Has(found) && path.Ext(found) != ".js":
		f := p.report(at, msg.T("check.module-missing.ending", "Spec", r.Spec, "Ending", path.Ext(found)))
		f.Hint = msg.T("check.module-missing.ending.hint")
		return f
	case p.ignored(r.Tried[0]):
		f := p.report(at, msg.T("check.module-missing", "Spec", r.Spec, "File", looked))
		f.Hint = msg.T("check.ignored.hint")
		return f
	}
	return p.explainAbsence(at, n, r)
}

func (m *Mini) isScript(name string) bool {
	_, there := m.Source(strings.TrimSuffix(name, ".js") + ".js")
	return there
}

func (p *Pass) explainAbsence(at diag.Place, n *graph.Node, r graph.Ref) *Finding {
	if near := p.nearestFile(r.Tried[0]); near != "" && near != n.Path {
		f := p.report(at, msg.T("check.module-missing", "Spec", r.Spec, "File", p.root(r.Tried[0])))
		f.Expected = msg.T("check.literal", "Value", relativeTo(n.Path, near))
		return f
	}
	spec := npmSpec(r.Spec)
	if name := packageName(spec); bare(spec) && name != "" && (spec != r.Spec || p.npmNamed(name, spec)) {
		f := p.report(at, msg.T("check.module-missing.npm", "Spec", r.Spec, "Name", name))
		f.Hint = p.npmHint(name)
		return f
	}
	f := p.report(at, msg.T("check.module-missing", "Spec", r.Spec, "File", p.root(r.Tried[0])))
	p.library(f, r.Tried[0])
	return f
}

// npmNamed reports whether a bare specifier means an npm package rather than a file
// beside the script: package.json asks for it, it is installed, or its name can be
// nothing else.
func (p *Pass) npmNamed(name, spec string) bool {
	return strings.HasPrefix(name, "@") || !strings.Contains(spec, "/") || p.declared(name)
}

func (m *Mini) declared(name string) bool {
	manifest := m.manifest
	for _, section := range []string{"dependencies", "devDependencies"} {
		if manifest.Text(section, name) != "" {
			return true
		}
	}
	return false
}

// packageName is the npm package that a bare specifier names: "a" of "a/b",
// "@a/b" of "@a/b/c".
func packageName(spec string) string {
	parts := strings.SplitN(spec, "/", 3)
	if strings.HasPrefix(spec, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// npmHint says how the package gets into miniprogram_npm.
func (p *Pass) npmHint(name string) msg.Text {
	if p.Project.Lock != nil && p.Project.Lock.Npm[name] != "" {
		return msg.T("check.module-missing.ours.hint", "Command", p.ownCommand())
	}
	if p.declared(name) {
		return msg.T("check.module-missing.build.hint")
	}
	return msg.T("check.module-missing.install.hint", "Name", name)
}

// library says what to do about a file that is nowhere. debug/ and lib/ are what step 4
// of the guide's second path copies out of the UIKit: that can be done at once.
func (p *Pass) library(f *Finding, missing string) {
	top, _, _ := strings.Cut(missing, "/")
	for _, kit := range p.Kits {
		from := path.Join(kit.Dir, top)
		if top != "debug" && top != "lib" || !p.Files.Has(path.Join(kit.Dir, missing)) {
			continue
		}
		f.Hint = msg.T("check.module-missing.library.hint", "Folder", top, "From", p.root(from), "Command", p.ownCommand())
		f.Fix = p.copyFolder(from, top)
		return
	}
	for _, kit := range p.Kits {
		if sdk := kit.Generation.Wiring().SDK.From; guideLibrary(missing) && !strings.HasPrefix(sdk, "lib/") {
			f.Hint = msg.T("check.module-missing.generation.hint", "SDK", sdk)
			return
		}
	}
	f.Hint = msg.T("check.module-missing.hint", "File", p.root(missing))
}

// guideLibrary reports whether a script is one that the vendor's guide imports from the
// UIKit's lib folder, which only UIKit 1.0 has.
func guideLibrary(name string) bool {
	dir, base := path.Split(name)
	return path.Base(dir) == "lib" && (base == "tim-wx-sdk.js" || base == "tim-upload-plugin.js")
}

// copyFolder is the fix that copies what is missing of a folder of the miniprogram root.
func (p *Pass) copyFolder(from, to string) func(*plan.Plan) error {
	return func(change *plan.Plan) error {
		for _, name := range p.Files.Names() {
			rest, inside := strings.CutPrefix(name, from+"/")
			target := p.root(path.Join(to, rest))
			if !inside || change.Exists(target) {
				continue
			}
			data, err := change.ReadFile(p.root(name))
			if err != nil {
				return err
			}
			if err := change.Write(target, data, msg.T("check.fix.copy", "File", p.root(name))); err != nil {
				return err
			}
		}
		return nil
	}
}

// ownCommand is the command that makes again what is missing of ours.
func (m *Mini) ownCommand() string {
	if m.Project.Lock != nil {
		for _, i := range m.Project.Lock.Integrations {
			if i.Root != "" {
				return "tuikit-cli add-subpackage " + i.Root
			}
		}
	}
	return "tuikit-cli init"
}

// respell gives a finding the fix of writing another specifier.
func (p *Pass) respell(f *Finding, n *graph.Node, r graph.Ref, spec string) *Finding {
	f.Expected, f.placed = msg.T("check.literal", "Value", spec), true
	name, offset, length := p.root(n.Path), r.Offset, r.Length
	written := string(p.cut(name, offset, offset+length))
	if strings.Trim(written, "'\"`") != r.Spec {
		return f // written with escapes
	}
	f.edit = &edit{offset, written, written[:1] + spec + written[:1]}
	f.Fix = func(change *plan.Plan) error { return rewrite(change, name, []Finding{*f}) }
	return f
}

// relativeTo is the specifier by which the script from names the script target.
func relativeTo(from, target string) string {
	return strings.TrimSuffix(project.Relative(from, target), ".js")
}

// missingOutside looks at what WeChat's "build npm" has left for the loader: a
// package that is not there, or a module of Node.js. It fails only when it is used.
func (p *Pass) missingOutside() {
	for _, name := range p.Files.Names() {
		node := p.Graph.Nodes[name]
		if node == nil || !node.Reached || node.Script == nil {
			continue
		}
		for _, spec := range node.Script.OutsideDeps {
			if target, _ := p.Graph.Module(spec, p.Compiled(name)); target == "" && bare(spec) {
				f := p.warn(p.file(name), msg.T("check.module-missing.npm", "Spec", spec, "Name", packageName(spec)))
				f.Hint = p.npmHint(packageName(spec))
			}
		}
	}
}
