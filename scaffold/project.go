package scaffold

import (
	"errors"
	"io/fs"
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
	wanted := map[string]map[string]string{"dependencies": fetched.Ranges}
	if !fetched.Local {
		wanted["devDependencies"] = map[string]string{uikit.Name: fetched.Version}
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
	if err == nil && string(after) != string(before) {
		r.install()
	}
	return err
}

// install brings node_modules in step, where the project has one: installing all
// of a fresh clone's dependencies is not what was asked for, and the mini program
// needs none of it to run.
func (r *recipe) install() {
	if !r.Install || !r.project.Npm.HasModules || r.project.Npm.Manager != "npm" {
		r.Notes = append(r.Notes, msg.T("note.install", "Manager", r.project.Npm.Manager))
		return
	}
	r.Tasks = append(r.Tasks, plan.Task{Dir: r.project.Npm.Dir, Args: []string{"install"}, Why: msg.T("why.install")})
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

// unpacked are the files that would be packed into the mini program only because
// they lie in the miniprogram root and end in .json (observed).
func (r *recipe) unpacked() []string {
	if r.project.Root != "." {
		return nil
	}
	files := []string{project.LockFile}
	if !r.project.Npm.HasPackage {
		files = append(files, project.PackageFile, project.PackageLockFile)
	}
	return files
}

// settings is step 5 of the guide, and what keeps our own files out of the package.
func (r *recipe) settings() error {
	if err := r.privateConfig(); err != nil {
		return err
	}
	if !r.project.HasConfig {
		return nil
	}
	setting := r.project.Config.Setting
	if off(setting.ES6) && (setting.Enhance == nil || off(setting.Enhance)) {
		r.Manual = append(r.Manual, msg.T("manual.es6"))
	}
	files := r.unpacked()
	if len(files) == 0 {
		return nil
	}
	return r.editFile(project.ConfigFile, msg.T("why.unpacked"), func(data []byte) ([]byte, error) {
		for _, file := range files {
			rule := project.PackRule{Type: "file", Value: file}
			if slices.Contains(r.project.Config.PackOptions.Ignore, rule) {
				continue
			}
			var err error
			if data, err = jsonpatch.Append(data, rule, "packOptions", "ignore"); err != nil {
				return nil, err
			}
		}
		return data, nil
	})
}

func off(flag *bool) bool { return flag != nil && !*flag }

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
	var wanted []string
	if r.source.Fetched != nil && !r.project.Npm.HasModules {
		wanted = append(wanted, "node_modules/")
	}
	if r.Config.UserSig == Debug && r.Integration != None { // the key is there, or will be
		wanted = append(wanted, "/"+r.project.Path(ConfigScript))
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
	for line := range strings.Lines(string(data)) {
		have[strings.Trim(strings.TrimSpace(line), "/")] = true
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
