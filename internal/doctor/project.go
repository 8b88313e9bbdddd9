package doctor

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"github.com/Masterminds/semver/v3"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/shell"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// Mini is the mini program.
type Mini struct {
	In         *project.Inspection
	Modules    []fs.FS               // the folders node_modules in which Node.js looks
	Unfinished bool                  // an operation was cut off: what follows is not known
	Writable   bool                  // this process may make files in the project
	Broken     []Trouble             // settings that cannot be read
	Files      []scaffold.FileStatus // of what tuikit-cli has put in
	FilesErr   *Trouble              // why Files is not known
	Npm        Built
	Check      Checked
}

// Built is how miniprogram_npm compares with what build-npm would make.
type Built struct {
	Stale     int      // files that differ
	Conflicts int      // files that build-npm would not touch without being told
	Unknown   bool     // for a reason that another finding tells: what is used is not installed, or there is no app.json
	Unasked   []string // npm packages that are used, not installed, and not asked for by package.json
	Install   string   // the command line that installs these, in the project root
	Err       *Trouble
}

// Checked is what check has found.
type Checked struct {
	Errors, Warnings int
	Err              *Trouble
}

// place says which mini program is looked at, or why none is.
func (r *report) place() {
	switch p := r.Place; {
	case p.Refused != nil:
		r.trouble("project", Error, p.Refused)
	case r.Mini != nil:
		r.ok("project", msg.T("doctor.project", "Dir", p.Root))
	case p.Around != "":
		r.say("project", Info, msg.T("doctor.project.around", "Dir", p.Around), run("tuikit-cli", "doctor", p.Around))
	case len(p.Several) > 0:
		found := r.say("project", Info, msg.T("doctor.project.several", "Count", len(p.Several)))
		for _, root := range p.Several {
			found.Next = append(found.Next, run("tuikit-cli", "doctor", root))
		}
	default:
		r.say("project", Info, msg.T("doctor.project.none"), r.ours("init"))
	}
}

func (r *report) operation() {
	if r.Mini.Unfinished {
		r.say("operation", Error, msg.T("doctor.operation"), r.ours("recover"))
	}
}

func (r *report) writable() {
	if !r.Mini.Writable {
		r.say("writable", Error, msg.T("doctor.writable"), do(msg.T("doctor.writable.next")))
	}
}

// config: what DevTools cannot read, it opens as another project.
func (r *report) config() {
	for i := range r.Mini.Broken {
		r.trouble("project-config", Error, &r.Mini.Broken[i])
	}
	switch {
	case len(r.Mini.Broken) > 0:
	case r.Mini.In.Config == nil:
		r.say("project-config", Warning, msg.T("doctor.config.none"), do(msg.T("doctor.config.none.next")))
	default:
		r.ok("project-config", msg.T("doctor.config"))
	}
}

// setting is a value of the project's settings: the private file wins, as in DevTools
// (devtools/projectconfig).
func (m *Mini) setting(keys ...string) any {
	if value := m.In.Private.At(keys...); value != nil {
		return value
	}
	return m.In.Config.At(keys...)
}

// appID is of the form that WeChat gives them.
var appID = regexp.MustCompile(`^wx[0-9a-f]{16}$`)

// tourist is the AppID of a project without one (devtools/sandbox).
const tourist = "touristappid"

func (r *report) appID() {
	if r.Mini.In.Config == nil || r.Mini.In.Config.Err != nil {
		return // told already
	}
	id, _ := r.Mini.setting("appid").(string)
	next := do(msg.T("doctor.appid.next"))
	switch {
	case id == "":
		r.say("appid", Warning, msg.T("doctor.appid.none"), next)
	case id == tourist:
		r.say("appid", Info, msg.T("doctor.appid.tourist"), next)
	case !appID.MatchString(id):
		r.say("appid", Warning, msg.T("doctor.appid.odd", "ID", id), next)
	default:
		r.ok("appid", msg.T("doctor.appid", "ID", id))
	}
}

// neededLibrary is the base library that every generation of the UIKit needs: that of
// the refresher events of scroll-view (component/scroll-view), which its message list
// waits for. Of what else it calls, wx.chooseMedia is the newest (2.10.0).
const neededLibrary = "2.10.1"

// baseLibrary: libVersion is what the simulator runs with; phones have their own.
func (r *report) baseLibrary() {
	wanted, set := r.Mini.setting("libVersion").(string)
	version, err := semver.StrictNewVersion(wanted)
	switch {
	case !set || wanted == "":
		r.ok("base-library", msg.T("doctor.base-library.unset"))
	case slices.Contains([]string{"latest", "trial", "widelyUsed", "development"}, wanted):
		r.ok("base-library", msg.T("doctor.literal", "Text", wanted))
	case err != nil:
		r.say("base-library", Warning, msg.T("doctor.base-library.odd", "Value", wanted), do(msg.T("doctor.base-library.next", "Needed", neededLibrary)))
	case version.LessThan(semver.MustParse(neededLibrary)):
		level := Warning
		if !r.Mini.In.Project.Lock.HasUIKit() {
			level = Info
		}
		r.say("base-library", level, msg.T("doctor.base-library.old", "Version", wanted, "Needed", neededLibrary), do(msg.T("doctor.base-library.next", "Needed", neededLibrary)))
	default:
		r.ok("base-library", msg.T("doctor.literal", "Text", wanted))
	}
}

// es6: what is packed as it is runs on new phones only (see check's es6-off for the
// case in which it runs nowhere).
func (r *report) es6() {
	if r.Mini.In.Project.Config.WithoutES6() {
		r.say("es6", Warning, msg.T("doctor.es6.off"), do(msg.T("doctor.es6.next")))
		return
	}
	r.ok("es6", msg.T("doctor.es6"))
}

// urlCheck: until the server domains are registered, DevTools refuses the SDK's
// connections unless it is off (the vendor's guide, step 5). Without a setting it is on.
func (r *report) urlCheck() {
	value, set := r.Mini.setting("setting", "urlCheck").(bool)
	next := do(msg.T("doctor.url-check.next"))
	switch {
	case set && !value:
		r.ok("url-check", msg.T("doctor.url-check.off")).Detail = msg.T("doctor.url-check.release")
	case r.Mini.In.Project.Lock.HasUIKit():
		r.say("url-check", Warning, msg.T("doctor.url-check.on"), next)
	default:
		r.say("url-check", Info, msg.T("doctor.url-check.on"), next)
	}
}

// npmSettings are what DevTools' own "build npm" goes by.
func (r *report) npmSettings() {
	m := r.Mini
	config := m.In.Project.Config.Setting
	if !config.PackNpmManually {
		if m.hasBuilt() {
			r.say("npm-settings", Info, msg.T("doctor.npm-settings.rebuilds"), r.ours("build-npm"))
			return
		}
		r.ok("npm-settings", msg.T("doctor.npm-settings.default"))
		return
	}
	for _, relation := range config.PackNpmRelationList {
		name := relation.Package()
		if info, err := fs.Stat(m.In.FS, name); !fs.ValidPath(name) || err != nil || info.IsDir() {
			r.say("npm-settings", Warning, msg.T("doctor.npm-settings.missing", "File", relation.PackageJSONPath), do(msg.T("doctor.npm-settings.missing.next")))
			return
		}
	}
	if len(config.PackNpmRelationList) == 0 {
		r.ok("npm-settings", msg.T("doctor.npm-settings.nothing"))
		return
	}
	r.ok("npm-settings", msg.T("doctor.npm-settings.manual", "Count", len(config.PackNpmRelationList)))
}

// hasBuilt reports whether tuikit-cli has built npm packages.
func (m *Mini) hasBuilt() bool {
	if m.In.Project.Lock == nil {
		return false
	}
	for _, file := range m.In.Project.Lock.Files {
		if file.Kind == project.Built {
			return true
		}
	}
	return false
}

// nodeModules compares what is installed with what package.json asks for.
func (r *report) nodeModules() {
	npm := r.Mini.In.Project.Npm
	if !npm.HasPackage {
		r.ok("node-modules", msg.T("doctor.node-modules.no-package"))
		return
	}
	manifest := project.ReadDocument(r.Mini.In.FS, path.Join(npm.Dir, project.PackageFile))
	if manifest != nil && manifest.Err != nil && manifest.Value == nil {
		r.say("node-modules", Error, msg.T("doctor.node-modules.broken", "File", placeOf(manifest.Err), "Error", unread(manifest.Err)), do(msg.T("doctor.node-modules.broken.next")))
		return
	}
	wanted := manifest.Texts("devDependencies")
	maps.Copy(wanted, manifest.Texts("dependencies"))
	missing, other := r.Mini.compare(wanted)
	install := r.install()
	switch {
	case len(missing) > 0:
		r.say("node-modules", Warning, msg.T("doctor.node-modules.missing", "Names", list(missing)), install)
	case len(other) > 0:
		r.say("node-modules", Warning, msg.T("doctor.node-modules.other", "Names", list(other)), install)
	default:
		r.ok("node-modules", msg.T("doctor.node-modules", "Count", len(wanted)))
	}
}

// install is how the project's own package manager installs.
func (r *report) install() Step {
	npm := r.Mini.In.Project.Npm
	line := npm.Manager + " install"
	if npm.Dir != "." {
		line = shell.Line("cd", npm.Dir) + " && " + line
	}
	return r.there(line)
}

// there is a command line that is to be run in the project root.
func (r *report) there(line string) Step {
	if r.Place.Shown != "" {
		line = "cd " + r.Place.Shown + " && " + line
	}
	return run(line)
}

// compare finds the npm packages that are not installed, and those of another version
// than was asked for, with it. What is asked for by tag or address is not compared.
func (m *Mini) compare(wanted map[string]string) (missing, other []string) {
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		installed, there := m.installed(name)
		version, err := semver.NewVersion(installed)
		constraint, rangeErr := semver.NewConstraint(wanted[name])
		switch {
		case !there:
			missing = append(missing, name)
		case err == nil && rangeErr == nil && !constraint.Check(version) && version.Prerelease() == "":
			other = append(other, name+" "+installed+" ("+wanted[name]+")")
		}
	}
	return missing, other
}

// installed is the version of an npm package in the nearest node_modules.
func (m *Mini) installed(name string) (version string, there bool) {
	if !fs.ValidPath(name) {
		return "", true
	}
	for _, modules := range m.Modules {
		if document := project.ReadDocument(modules, name+"/"+project.PackageFile); document != nil {
			return document.Text("version"), true
		}
	}
	return "", false
}

// most is how many names a message lists.
const most = 4

func list(names []string) []string {
	if len(names) > most {
		return append(slices.Clip(names[:most]), "…")
	}
	return names
}

// lockFiles: two managers that install by turns undo each other's work.
func (r *report) lockFiles() {
	var found []string
	npm := r.Mini.In.Project.Npm
	for _, name := range []string{project.PackageLockFile, "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock"} {
		if info, err := fs.Stat(r.Mini.In.FS, path.Join(npm.Dir, name)); err == nil && !info.IsDir() {
			found = append(found, name)
		}
	}
	switch {
	case len(found) > 1:
		r.say("lock-files", Warning, msg.T("doctor.lock-files.several", "Files", found), do(msg.T("doctor.lock-files.next")))
	case len(found) == 1:
		r.ok("lock-files", msg.T("doctor.literal", "Text", found[0]))
	}
}

// unread is why a file of JSON says nothing.
func unread(err error) any {
	var syntax *jsonpatch.SyntaxError
	if errors.As(err, &syntax) {
		return project.Syntax(syntax)
	}
	return msg.Bare(err)
}

// placeOf is the file that cannot be read, with the line and the column if they are known.
func placeOf(err *project.FileError) string {
	if err.Line == 0 {
		return err.Path
	}
	return fmt.Sprintf("%s:%d:%d", err.Path, err.Line, err.Column)
}
