package scaffold

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
	"github.com/tuikit-cli/tuikit-cli/templates"
)

// npm is step 2 of the guide: package.json, its lock file and node_modules.
func (r *recipe) npm() error {
	fetched := r.source.Fetched
	if fetched == nil {
		return nil
	}
	if r.project.Npm.HasPackage {
		return r.extendPackage(fetched)
	}
	dir := r.project.Npm.Dir
	if err := r.Add(path.Join(dir, project.PackageFile), fetched.PackageJSON, msg.T("why.package")); err != nil {
		return err
	}
	if fetched.PackageLock != nil {
		if err := r.Add(path.Join(dir, project.PackageLockFile), fetched.PackageLock, msg.T("why.package")); err != nil {
			return err
		}
	}
	if r.Install && !r.project.Npm.HasModules && fetched.NodeModules != "" {
		r.MoveTree(fetched.NodeModules, path.Join(dir, "node_modules"), msg.T("why.modules"))
	}
	return nil
}

// extendPackage adds what is missing to the user's package.json; installing it
// is a task for after the files are in place.
func (r *recipe) extendPackage(fetched *uikit.Fetched) error {
	name := path.Join(r.project.Npm.Dir, project.PackageFile)
	before, err := r.ReadFile(name)
	if err != nil {
		return err
	}
	wanted := map[string]map[string]string{"dependencies": fetched.Ranges, "devDependencies": {}}
	maps.Copy(wanted["devDependencies"], fetched.Development)
	if !fetched.Local {
		wanted["devDependencies"][uikit.Name] = fetched.Version
	}
	err = r.editFile(name, msg.T("why.dependencies"), func(data []byte) ([]byte, error) {
		for _, section := range []string{"dependencies", "devDependencies"} {
			for _, dependency := range sorted(wanted[section]) {
				if declared(data, dependency) {
					continue
				}
				var err error
				if data, err = jsonpatch.Set(data, wanted[section][dependency], section, dependency); err != nil {
					return nil, err
				}
			}
		}
		return data, nil
	})
	if err != nil {
		return err
	}
	if _, inDependencies := jsonpatch.Find(before, "dependencies", uikit.Name); inDependencies {
		r.Notes = append(r.Notes, msg.T("note.uikit-in-dependencies", "File", name))
	}
	after, err := r.ReadFile(name)
	if err != nil || string(after) == string(before) {
		return err
	}
	r.install()
	if r.source.Relocked == nil {
		return nil
	}
	return r.Write(r.project.Npm.Lock(), r.source.Relocked, msg.T("why.relock"))
}

// install brings node_modules in step, where the project has one: installing all
// of a fresh clone's dependencies is not what was asked for, and the mini program
// needs none of it to run. The project's own package manager does it.
func (r *recipe) install() {
	npm := r.project.Npm
	if r.Install && npm.HasModules {
		r.Tasks = append(r.Tasks, installTask(npm))
		return
	}
	if npm.Manager != "npm" || r.source.Relocked == nil {
		r.Notes = append(r.Notes, msg.T("note.install", "Manager", npm.Manager))
	}
}

// installTask installs what package.json asks for. A lock file that the project
// does not have is not made.
func installTask(npm project.Npm) plan.Task {
	task := plan.Task{Program: npm.Manager, Dir: npm.Dir, Args: []string{"install"}, Why: msg.T("why.install")}
	task.Files = []string{path.Join(npm.Dir, project.PackageFile)}
	switch lock := npm.Lock(); {
	case npm.HasLock:
		task.Files = append(task.Files, lock)
	case npm.Manager == "npm":
		task.Args = append(task.Args, "--no-package-lock")
	case lock != "":
		task.Files = append(task.Files, lock)
	}
	return task
}

// Relock returns the package.json of the Plan and the package-lock.json on disk,
// if the second has to follow the first and npm can do that in another folder:
// not where package.json names other folders.
func Relock(p *plan.Plan, proj *project.Project) (manifest, lock []byte, wanted bool) {
	npm := proj.Npm
	name := path.Join(npm.Dir, project.PackageFile)
	if npm.Manager != "npm" || !npm.HasLock || !updates(p, name) {
		return nil, nil, false
	}
	manifest, err := p.ReadFile(name)
	if err != nil || namesFolders(manifest) {
		return nil, nil, false
	}
	lock, err = p.ReadFile(npm.Lock())
	return manifest, lock, err == nil
}

func updates(p *plan.Plan, name string) bool {
	return slices.ContainsFunc(p.Ops(), func(op plan.Op) bool { return op.Path == name && op.Kind == plan.Update })
}

// namesFolders reports whether a package.json has workspaces, or dependencies
// that lie in folders.
func namesFolders(packageJSON []byte) bool {
	if _, ok := jsonpatch.Find(packageJSON, "workspaces"); ok {
		return true
	}
	var manifest struct{ Dependencies, DevDependencies, OptionalDependencies map[string]string }
	if project.DecodeJSON(project.PackageFile, packageJSON, &manifest) != nil {
		return true
	}
	for _, section := range []map[string]string{manifest.Dependencies, manifest.DevDependencies, manifest.OptionalDependencies} {
		for _, spec := range section {
			if strings.HasPrefix(spec, "file:") || strings.HasPrefix(spec, "link:") || strings.HasPrefix(spec, ".") || strings.HasPrefix(spec, "/") {
				return true
			}
		}
	}
	return false
}

func declared(packageJSON []byte, dependency string) bool {
	for _, section := range []string{"dependencies", "devDependencies"} {
		if _, ok := jsonpatch.Find(packageJSON, section, dependency); ok {
			return true
		}
	}
	return false
}

// skeleton is step 1 of the guide: what WeChat DevTools makes "without a template".
func (r *recipe) skeleton() error {
	if r.project.HasApp {
		return nil
	}
	for _, file := range []struct {
		name   string
		values any
	}{
		{"app.js", nil},
		{"app.wxss", nil},
		{"sitemap.json", nil},
		{"app.json", templates.AppConfig{Page: string(r.home())}},
	} {
		if err := r.generate(file.name, file.name, file.values, msg.T("why.skeleton")); err != nil {
			return err
		}
	}
	if !r.project.HasConfig {
		values := templates.ProjectConfig{AppID: r.AppID, Name: r.ProjectName, Ignored: r.unpacked()}
		if err := r.generate(project.ConfigFile, project.ConfigFile, values, msg.T("why.devtools")); err != nil {
			return err
		}
	}
	if r.Integration == Main {
		return nil
	}
	for _, ext := range []string{".js", ".json", ".wxml", ".wxss"} {
		if err := r.generate(string(HomePage)+ext, "home/index"+ext, templates.HomePage{}, msg.T("why.skeleton")); err != nil {
			return err
		}
	}
	return nil
}

// extendHome gives the skeleton's home page, which must be as we made it, a way in.
func (r *recipe) extendHome(target string) error {
	for _, ext := range []string{".js", ".wxml"} {
		data, err := templates.Render("home/index"+ext, templates.HomePage{Target: target})
		if err != nil {
			return err
		}
		full := r.project.Path(string(HomePage) + ext)
		if err := r.editFile(full, msg.T("why.entry"), func([]byte) ([]byte, error) { return data, nil }); err != nil {
			return err
		}
	}
	return nil
}

// unpacked are the files and folders that would be packed into the mini program
// only because they lie in the miniprogram root (observed: every .json is packed,
// and so is what is in dot-folders).
func (r *recipe) unpacked() []templates.PackRule {
	if r.project.Root != "." {
		return nil
	}
	rules := []templates.PackRule{{Type: "file", Value: project.LockFile}, {Type: "folder", Value: plan.StateDir}}
	if !r.project.Npm.HasPackage {
		rules = append(rules, templates.PackRule{Type: "file", Value: project.PackageFile}, templates.PackRule{Type: "file", Value: project.PackageLockFile})
	}
	return rules
}

// settings is step 5 of the guide, and what keeps our own files out of the package.
func (r *recipe) settings() error {
	if err := r.privateConfig(); err != nil {
		return err
	}
	if !r.project.HasConfig {
		return r.missingConfig()
	}
	if r.project.Config.WithoutES6() {
		r.Manual = append(r.Manual, msg.T("manual.es6"))
	}
	rules := r.unpacked()
	err := r.editFile(project.ConfigFile, msg.T("why.unpacked"), func(data []byte) ([]byte, error) {
		for _, rule := range rules {
			if r.ignores(rule) {
				continue
			}
			var err error
			if data, err = jsonpatch.Append(data, rule, "packOptions", "ignore"); err != nil {
				return nil, err
			}
		}
		return data, nil
	})
	if err != nil {
		return err
	}
	return r.relate()
}

// missingConfig makes the project.config.json that an existing mini program lacks:
// without it the UIKit's ES modules are not compiled in every set-up, and
// tuikit-lock.json is packed (observed). DevTools would make one, too.
func (r *recipe) missingConfig() error {
	if !r.project.HasApp {
		return nil // the skeleton has one
	}
	values := templates.ProjectConfig{AppID: r.AppID, Name: r.ProjectName, Existing: true, Ignored: r.unpacked()}
	if values.AppID == "" {
		values.AppID = guestAppID
	}
	if r.lock.Files[project.ConfigFile].SHA256 == "" {
		r.Notes = append(r.Notes, msg.T("note.config-made", "File", project.ConfigFile))
	}
	data, err := templates.Render(project.ConfigFile, values)
	if err != nil {
		return err
	}
	return r.putAt(project.ConfigFile, data, project.Generated, msg.T("why.devtools"))
}

// guestAppID opens a project in DevTools without an account (observed).
const guestAppID = "touristappid"

// ignores reports whether packOptions has a rule already, with slashes around it
// or not.
func (r *recipe) ignores(rule templates.PackRule) bool {
	return slices.ContainsFunc(r.project.Config.PackOptions.Ignore, func(have project.PackRule) bool {
		return have.Type == rule.Type && strings.Trim(strings.TrimPrefix(have.Value, "./"), "/") == rule.Value
	})
}

// relate adds our package.json to the list from which DevTools builds npm, where
// the project has such a list: without it a click on "build npm" would leave our
// npm packages out. An empty list leaves that click nothing to do, which is as well.
func (r *recipe) relate() error {
	setting, npm := r.project.Config.Setting, r.project.Npm
	if !setting.PackNpmManually || len(setting.PackNpmRelationList) == 0 || r.source.Fetched == nil || len(r.source.Fetched.Ranges) == 0 {
		return nil
	}
	for _, have := range setting.PackNpmRelationList {
		if have.Package() == path.Join(npm.Dir, project.PackageFile) && have.Target() == r.project.Root {
			return nil
		}
	}
	relation := project.NpmRelation{PackageJSONPath: "./" + path.Join(npm.Dir, project.PackageFile), MiniprogramNpmDistDir: "./"}
	if r.project.Root != "." {
		relation.MiniprogramNpmDistDir += r.project.Root + "/"
	}
	return r.editFile(project.ConfigFile, msg.T("why.relation"), func(data []byte) ([]byte, error) {
		return jsonpatch.Append(data, relation, "setting", "packNpmRelationList")
	})
}

// privateConfig switches off the check for legal domains, for local debugging.
func (r *recipe) privateConfig() error {
	data, err := r.ReadFile(project.PrivateConfigFile)
	if errors.Is(err, fs.ErrNotExist) {
		data, err := templates.Render(project.PrivateConfigFile, nil)
		if err != nil {
			return err
		}
		return r.putAt(project.PrivateConfigFile, data, project.Generated, msg.T("why.urlcheck"))
	}
	if err != nil {
		return err
	}
	value, set := jsonpatch.Find(data, "setting", "urlCheck")
	if set {
		if string(value) != "false" {
			r.Notes = append(r.Notes, msg.T("note.urlcheck"))
		}
		return nil
	}
	return r.editFile(project.PrivateConfigFile, msg.T("why.urlcheck"), func(data []byte) ([]byte, error) {
		return jsonpatch.Set(data, false, "setting", "urlCheck")
	})
}

// ignoreFiles keeps what is made on every machine anew, and a SecretKey, out of git.
func (r *recipe) ignoreFiles() error {
	const name = ".gitignore"
	wanted := []string{"/" + plan.StateDir + "/"}
	if r.source.Fetched != nil && !r.project.Npm.HasModules {
		wanted = append(wanted, "node_modules/")
	}
	if r.Config.UserSig == Debug && r.Integration != None { // the key is there, or will be
		wanted = append(wanted, "/"+r.project.Path(r.ConfigPath()))
	}
	if !r.Exists(name) {
		data, err := templates.Render("gitignore", nil)
		if err != nil {
			return err
		}
		return r.putAt(name, addLines(data, wanted), project.Generated, msg.T("why.gitignore"))
	}
	if r.IsLink(name) {
		r.Notes = append(r.Notes, msg.T("note.gitignore", "Lines", strings.Join(wanted, " ")))
		return nil
	}
	return r.editFile(name, msg.T("why.gitignore"), func(data []byte) ([]byte, error) { return addLines(data, wanted), nil })
}

// addLines appends the lines that a .gitignore does not have, with its line ends.
func addLines(data []byte, wanted []string) []byte {
	eol := lineEnd(data)
	have := map[string]bool{}
	for line := range strings.Lines(string(data)) { // the last one that names a file decides
		name, negated := strings.CutPrefix(strings.TrimSpace(line), "!")
		have[strings.Trim(name, "/")] = !negated
	}
	out := slices.Clone(data)
	for _, line := range wanted {
		if have[strings.Trim(line, "/")] {
			continue
		}
		if len(out) > 0 && !strings.HasSuffix(string(out), "\n") {
			out = append(out, eol...)
		}
		out = append(out, line+eol...)
	}
	return out
}
