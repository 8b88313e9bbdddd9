package scaffold

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/templates"
)

// HelpersScript asks for every helper that the scripts of an isolated subpackage name
// in their marks: in a comment, WeChat's filter of unused files would not see them.
const HelpersScript = "tuikit-helpers.js"

// sessionRoot is the folder of the session module, relative to the miniprogram root:
// that of an isolated subpackage, else the miniprogram root itself.
func (o Options) sessionRoot() string {
	if o.Integration == Subpackage && o.Isolated {
		return o.Subpackage
	}
	return ""
}

// ConfigPath is the path of the file with the credentials, relative to the miniprogram root.
func (o Options) ConfigPath() string { return path.Join(o.sessionRoot(), ConfigScript) }

// Known completes the options with what is recorded: a subpackage that was made
// isolated is so.
func Known(p *project.Project, o Options) Options {
	known, done := p.Lock.Find(o.Integration, o.Subpackage)
	o.Isolated = o.Isolated || done && known.Isolated
	return o
}

// Mode is how the session that the options mean obtains a UserSig, "" where there is
// none yet.
func (o Options) Mode(lock *project.Lock) string {
	if o.sessionRoot() != "" {
		known, _ := lock.Find(Subpackage, o.Subpackage)
		return known.UserSig
	}
	if lock == nil {
		return ""
	}
	return lock.UIKit.UserSig
}

// helpers writes the script that asks for what the marks name.
func (r *recipe) helpers() error {
	if r.sessionRoot() == "" {
		return nil
	}
	names := map[string]bool{}
	err := eachScript(r.Plan, r.project, r.Subpackage, func(_ string, data []byte) {
		marked, _, _ := bundle.Marked(data)
		for _, name := range marked {
			names[name] = true
		}
	})
	if err != nil {
		return err
	}
	var modules []string
	for _, name := range sorted(names) {
		modules = append(modules, bundle.HelperModule(name))
	}
	file := path.Join(r.Subpackage, HelpersScript)
	if !r.pristine(file) {
		return r.generate(file, HelpersScript, templates.Helpers{Modules: modules}, msg.T("why.helpers"))
	}
	data, err := templates.Render(HelpersScript, templates.Helpers{Modules: modules})
	if err != nil {
		return err
	}
	return r.editFile(r.project.Path(file), msg.T("why.helpers"), func([]byte) ([]byte, error) { return data, nil })
}

// eachScript visits the scripts below a folder of the miniprogram root as they will be.
func eachScript(p *plan.Plan, proj *project.Project, root string, visit func(name string, data []byte)) error {
	_, after, err := p.Sizes(proj.Path(root), func(name string) bool { return path.Base(name) == "node_modules" })
	if err != nil {
		return err
	}
	for _, name := range sorted(after) {
		if path.Ext(name) != ".js" {
			continue
		}
		data, err := p.ReadFile(name)
		if err != nil {
			return err
		}
		visit(name, data)
	}
	return nil
}

// HelperUses are the helpers that the scripts of an isolated subpackage may need once
// they are as in the Plan.
func HelperUses(p *plan.Plan, proj *project.Project, o Options) ([]bundle.Use, error) {
	names := map[string]bool{}
	err := eachScript(p, proj, o.Subpackage, func(name string, data []byte) {
		if bundle.IsHelper(name) {
			return
		}
		for _, helper := range bundle.Helpers(data) {
			names[helper] = true
		}
	})
	var uses []bundle.Use
	for _, name := range sorted(names) {
		uses = append(uses, bundle.Use{Module: bundle.HelperModule(name), Root: o.Subpackage})
	}
	return uses, err
}

// marked is a script of an isolated subpackage with the mark of the helpers that it
// may need and that the subpackage has; any other file as it is.
func (r *recipe) marked(name string, data []byte) []byte {
	if r.sessionRoot() == "" || path.Ext(name) != ".js" || !project.Inside(name, r.Subpackage) || bundle.IsHelper(name) || path.Base(name) == HelpersScript {
		return data
	}
	return mark(data, r.hasHelper)
}

// mark names the helpers that a script may need, as far as the subpackage has them.
func mark(data []byte, has func(helper string) bool) []byte {
	return bundle.Mark(data, slices.DeleteFunc(bundle.Helpers(data), func(helper string) bool { return !has(helper) }))
}

func (r *recipe) hasHelper(name string) bool {
	file := path.Join(r.Subpackage, bundle.Dir, bundle.File(bundle.HelperModule(name)))
	if modules := r.source.Modules; modules != nil && modules.Files[file] != nil {
		return true
	}
	return r.Exists(r.project.Path(file))
}

// moveModules takes the npm packages along that nothing in the main package asks for
// any more: those that were built there as long as the UIKit was in it.
func (r *recipe) moveModules() error {
	built := r.builtModules()
	if err := r.keepUsed(built); err != nil {
		return err
	}
	for _, name := range sorted(built) {
		for _, file := range built[name] {
			if err := r.relocate(file, path.Join(r.Subpackage, file), msg.T("why.move")); err != nil {
				return err
			}
		}
	}
	return nil
}

// builtModules are the npm packages of the main package that are still as they were
// built: files relative to the miniprogram root, by name.
func (r *recipe) builtModules() map[string][]string {
	built, edited := map[string][]string{}, map[string]bool{}
	prefix := r.project.Path(bundle.Dir) + "/"
	for _, full := range sorted(r.lock.Files) {
		file, inside := strings.CutPrefix(full, prefix)
		if !inside || r.lock.Files[full].Kind != project.Built {
			continue
		}
		name := bundle.Name(file)
		built[name] = append(built[name], path.Join(bundle.Dir, file))
		edited[name] = edited[name] || !r.pristine(path.Join(bundle.Dir, file))
	}
	for name := range edited {
		if edited[name] {
			delete(built, name)
		}
	}
	return built
}

// keepUsed takes out of built what the session module in the main package or a file of
// the user's names, and what that asks for in turn.
func (r *recipe) keepUsed(built map[string][]string) error {
	var using [][]byte
	if r.sessionRoot() == "" {
		using = append(using, []byte(strings.Join(r.source.kit().Generation.SessionModules(), "\n")))
	}
	err := r.walk(".", func(name string) error {
		if project.Inside(name, UIKitDir) || !namesModules(name) {
			return nil
		}
		data, err := r.ReadFile(r.project.Path(name))
		using = append(using, data)
		return err
	})
	for ; err == nil && len(using) > 0; using = using[1:] {
		for _, name := range sorted(built) {
			if !bytes.Contains(using[0], []byte(name)) {
				continue
			}
			for _, file := range built[name] {
				data, failed := r.ReadFile(r.project.Path(file))
				using, err = append(using, data), failed
			}
			delete(built, name)
		}
	}
	return err
}

// namesModules reports whether a file may ask for npm packages: not one that only
// lists them.
func namesModules(name string) bool {
	switch path.Base(name) {
	case project.PackageFile, project.PackageLockFile, project.LockFile, project.ConfigFile:
		return false
	}
	switch path.Ext(name) {
	case ".js", ".ts", ".json", ".wxml", ".wxss", ".wxs":
		return true
	}
	return false
}

// relocate moves a file within the miniprogram root, with its record.
func (r *recipe) relocate(from, to string, why msg.Text) error {
	fullFrom, fullTo := r.project.Path(from), r.project.Path(to)
	data, err := r.ReadFile(fullFrom)
	if err != nil {
		return err
	}
	after := r.marked(to, data)
	if entry, ours := r.lock.Files[fullFrom]; ours {
		if entry.SHA256 == plan.Hash(data) {
			entry.SHA256 = plan.Hash(after)
		}
		r.lock.Files[fullTo] = entry
		delete(r.lock.Files, fullFrom)
	}
	if bytes.Equal(after, data) {
		return r.Move(fullFrom, fullTo, why)
	}
	if err := r.Delete(fullFrom, why); err != nil {
		return err
	}
	return r.Add(fullTo, after, why)
}

// libraries are the scripts of the UIKit that the session module imports.
func (r *recipe) libraries() []string {
	return r.source.kit().Generation.Wiring().Libraries(r.Config.UserSig == Debug)
}

// wanted reports whether a file of the UIKit belongs into a copy of it: of the folders
// with libraries, only what its components or the scripts that are named ask for.
func (r *recipe) wanted(scripts []string) func(name string) bool {
	files := r.source.files()
	for name := range files {
		if path.Ext(name) == ".js" && !uikit.IsLibrary(name) {
			scripts = append(scripts, name)
		}
	}
	reached := uikit.Reached(files, scripts)
	return func(name string) bool { return !uikit.IsLibrary(name) || reached[name] }
}

// Complete reports whether a vendored UIKit has the SDK and the debug library that the
// session module imports, or they are where it looks for them: a copy that needed
// neither was made without.
// An isolated subpackage needs the helpers, too.
func Complete(fsys fs.FS, p *project.Project, kit *uikit.Package, o Options) bool {
	has := func(name string) bool {
		_, err := fs.Stat(fsys, p.Path(name))
		return err == nil
	}
	root := o.sessionRoot()
	if root != "" && !has(path.Join(root, bundle.Dir, bundle.Runtime)) {
		return false
	}
	sdk := kit.Generation.Wiring().SDK.From
	for library, needed := range map[string]bool{sdk: uikit.IsLibrary(sdk), uikit.DebugLibrary: o.Config.UserSig == Debug} {
		there := has(path.Join(root, UIKitDir, library+".js")) || root == "" && has(library+".js")
		if needed && kit.Files[library+".js"] == nil && !there {
			return false
		}
	}
	return true
}
