// Package scaffold holds the recipes: what each command does to a mini program,
// as a plan.Plan. It is the only place that knows how the UIKit is wired in.
//
// A recipe adds files and never rewrites one that is not ours. A file that this
// tool made before (it is in the project's lock) belongs to the user by now and
// stays as it is; one that is missing is made again.
package scaffold

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/secret"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
	"github.com/tuikit-cli/tuikit-cli/templates"
)

// The names that generated code and vendored source have in a miniprogram root.
const (
	UIKitDir      = "TUIKit"
	ConfigScript  = "tuikit-config.js"
	SessionScript = "tuikit-session.js"
	HomePage      = project.PagePath("pages/index/index")
	ChatPage      = project.PagePath("pages/chat/index") // where HomePage is somebody else's

	// DefaultSubpackage is the one that UIKit 1.1 and later jump to by name when
	// the user is removed from a group.
	DefaultSubpackage     = "TUI-CustomerService"
	DefaultSubpackagePage = project.PagePath("pages/index")
)

// Ways to integrate.
const (
	Main       = "main"
	Subpackage = "subpackage"
	None       = "none"
)

// Ways to obtain a UserSig.
const (
	Debug  = "debug"  // the SecretKey is in the mini program: development only
	Static = "static" // signed on this machine
	Server = "server" // asked of the user's own server
)

// Options say what to integrate, and where.
type Options struct {
	Integration string
	Subpackage  string           // NAME, for Subpackage
	Page        project.PagePath // of the chat; "" for the usual one. Below NAME, for Subpackage
	Isolated    bool             // Subpackage: with all that it needs in it, and nothing of it in the main package
	Preload     string           // page with which WeChat loads the subpackage; "" for none
	Entry       string           // main-package page that gets a way in; "none"; "" for the skeleton's own
	AppID       string
	ProjectName string
	Config      templates.Config
	Renew       bool                   // the config is made anew, even though it is there
	Install     bool                   // node_modules, too
	Choices     map[string]plan.Choice // about conflicts, by path
}

// Source is the UIKit that is put in. What the project has already wins.
type Source struct {
	Kit     *uikit.Package // vendored in the project
	Dir     string         // of Kit, relative to the miniprogram root
	Fetched *uikit.Fetched
	Modules *bundle.Output // npm packages to add

	Relocked []byte // package-lock.json in step with the package.json of the Plan; nil: it is not
}

func (s Source) kit() *uikit.Package {
	if s.Kit != nil {
		return s.Kit
	}
	return s.Fetched.Package
}

// files are those of the kit; what the project has lost of it comes from the
// fetched one.
func (s Source) files() map[string][]byte {
	files := map[string][]byte{}
	if s.Fetched != nil {
		maps.Copy(files, s.Fetched.Files)
	}
	if s.Kit != nil {
		maps.Copy(files, s.Kit.Files)
	}
	return files
}

// recipe is a Plan in the making.
type recipe struct {
	*plan.Plan
	disk    fs.FS // the project root
	project *project.Project
	lock    *project.Lock
	source  Source
	Options
}

// Build makes the Plan. The error is a *Refusal, a *project.FileError, or one of
// reading; what is in the way of single files is in the Plan's Conflicts.
func Build(fsys fs.FS, p *project.Project, source Source, o Options) (*plan.Plan, error) {
	r := &recipe{Plan: plan.New(fsys), disk: fsys, project: p, lock: p.Lock.Clone(), source: source, Options: o}
	if quoted, err := templates.Quote(o.Config.SecretKey); err == nil {
		r.Secrets = []string{o.Config.SecretKey, strings.Trim(quoted, "'")}
	}
	r.Plan.Choices = o.Choices
	r.Last(project.LockFile)
	steps := []func() error{r.npm, r.skeleton, r.integrate, r.leaveDebug, r.modules, r.helpers, r.settings, r.ignoreFiles, r.record}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.SortConflicts()
	r.hideSecrets()
	return r.Plan, nil
}

// hideSecrets finds the SecretKeys in the user's files that a diff would show.
func (r *recipe) hideSecrets() {
	var shown []string
	for _, conflict := range r.Conflicts {
		shown = append(shown, conflict.Path)
	}
	for _, op := range r.Ops() {
		if op.Kind == plan.Update {
			shown = append(shown, op.Path)
		}
	}
	for _, name := range shown {
		if data, err := fs.ReadFile(r.disk, name); err == nil {
			r.Secrets = append(r.Secrets, secret.Texts(data)...)
		}
	}
}

func (r *recipe) integrate() error {
	switch r.Integration {
	case Main:
		return r.mainPackage()
	case Subpackage:
		return r.subpackage()
	}
	return r.vendor(UIKitDir, r.libraries())
}

// mainPackage is step 3 of the guide, first path.
func (r *recipe) mainPackage() error {
	if err := r.vendor(UIKitDir, r.libraries()); err != nil {
		return err
	}
	if err := r.session(UIKitDir + "/"); err != nil {
		return err
	}
	page := mainPage(r.project, r.Options)
	if err := r.chat(page, templates.ChatPage{
		Session:   project.Relative(string(page), sessionModule),
		Component: project.Relative(string(page), UIKitDir+"/index"),
	}); err != nil {
		return err
	}
	if r.project.HasApp {
		r.Notes = append(r.Notes, msg.T("note.open", "URL", "/"+string(page)))
	}
	return r.registerPage(page)
}

// mainPage is the page of the first path: the home page of a new project, a page
// of its own in an existing one.
func mainPage(p *project.Project, o Options) project.PagePath {
	if known, ok := p.Lock.Find(Main, ""); ok {
		return known.Page
	}
	switch {
	case o.Page != "":
		return o.Page
	case p.HasApp:
		return ChatPage
	}
	return HomePage
}

// vendor copies the UIKit to dir, which is relative to the miniprogram root, with
// those of its libraries that its components and the given scripts ask for.
func (r *recipe) vendor(dir string, scripts []string) error {
	wanted := r.wanted(scripts)
	for name, data := range r.source.files() {
		if !wanted(name) {
			continue
		}
		if err := r.put(path.Join(dir, name), data, project.Vendored, msg.T("why.vendored", "Version", r.source.kit().Version)); err != nil {
			return err
		}
	}
	return nil
}

// session writes the session module and its config; libraries is where the
// folders debug and lib are, relative to both. What was put beside the session stays there.
func (r *recipe) session(libraries string) error {
	if r.librariesBeside() {
		libraries = ""
		if err := r.copyLibraries(""); err != nil {
			return err
		}
	}
	wiring := r.source.kit().Generation.Wiring()
	values := templates.Session{
		SDK: module(wiring.SDK, libraries), Global: wiring.Global, CallKit: wiring.CallKit,
		UserSig: r.Config.UserSig, Isolated: r.sessionRoot() != "",
	}
	for _, plugin := range wiring.Plugins {
		values.Plugins = append(values.Plugins, module(plugin, libraries))
	}
	if r.Config.UserSig == Debug {
		values.Debug = "./" + libraries + "debug/GenerateTestUserSig"
	}
	if err := r.credentialScripts(values); err != nil {
		return err
	}
	if r.Config.UserSig == Debug { // the key is there, or will be
		r.Private(r.project.Path(r.ConfigPath()))
	}
	if !r.typed() {
		return nil
	}
	return r.generate(path.Join(r.sessionRoot(), sessionModule+".d.ts"), "tuikit-session.d.ts", nil, msg.T("why.types"))
}

// typed reports whether the project is written in TypeScript: a script without
// types is an error to a strict compiler that finds it imported.
func (r *recipe) typed() bool {
	return r.project.Config.TypeScript() || r.Exists(r.project.Path("app.ts")) || r.Exists("tsconfig.json")
}

const sessionModule = "tuikit-session"

// module turns a file of the UIKit's lib folder into a specifier.
func module(m uikit.Module, libraries string) templates.Module {
	from := m.From
	if strings.HasPrefix(from, "lib/") {
		from = "./" + libraries + from
	}
	return templates.Module{Name: m.Name, From: from, Key: m.Key}
}

// chat writes the page that shows the UIKit.
func (r *recipe) chat(page project.PagePath, values templates.ChatPage) error {
	for _, ext := range []string{".js", ".json", ".wxml", ".wxss"} {
		if err := r.generate(string(page)+ext, "chat/index"+ext, values, msg.T("why.page")); err != nil {
			return err
		}
	}
	return nil
}

// registerPage adds the page at the end of "pages": the first page is the home
// page, and the order is the user's.
func (r *recipe) registerPage(page project.PagePath) error {
	if slices.Contains(r.project.Main.Pages, page) || !r.project.HasApp && page == r.home() {
		return nil
	}
	return r.editJSON(project.AppFile, msg.T("why.register", "Page", page), func(data []byte) ([]byte, error) {
		return jsonpatch.Append(data, page, "pages")
	})
}

// home is the first page of a new project.
func (r *recipe) home() project.PagePath {
	if r.Integration == Main {
		return mainPage(r.project, r.Options)
	}
	return HomePage
}

// Uses are the npm modules that a UIKit needs, with the package of the mini program
// whose files ask for them: the session module is in the main package or in an isolated
// subpackage, the UIKit where it is put.
func Uses(kit *uikit.Package, o Options) []bundle.Use {
	var uses []bundle.Use
	for _, module := range kit.Generation.SessionModules() {
		uses = append(uses, bundle.Use{Module: module, Root: o.sessionRoot()})
	}
	root := ""
	if o.Integration == Subpackage {
		root = o.Subpackage
	}
	for _, module := range kit.Imports {
		uses = append(uses, bundle.Use{Module: module, Root: root})
	}
	return uses
}

// modules adds the npm packages to miniprogram_npm.
func (r *recipe) modules() error {
	if r.source.Modules == nil {
		return nil
	}
	for name, data := range r.source.Modules.Files {
		if err := r.put(name, data, project.Built, msg.T("why.module")); err != nil {
			return err
		}
	}
	return nil
}

// generate renders a template into a file of the miniprogram root.
func (r *recipe) generate(name, template string, values any, why msg.Text) error {
	data, err := templates.Render(template, values)
	if err != nil {
		return err
	}
	return r.put(name, data, project.Generated, why)
}

// put plans a file of the miniprogram root and records it.
func (r *recipe) put(name string, data []byte, kind string, why msg.Text) error {
	return r.putAt(r.project.Path(name), r.marked(name, data), kind, why)
}

func (r *recipe) putAt(name string, data []byte, kind string, why msg.Text) error {
	if _, ours := r.lock.Files[name]; ours && r.Exists(name) {
		return nil
	}
	if kind == project.Built && r.Exists(name) {
		return nil // DevTools' own "build npm", or the user's: it serves as well
	}
	if !r.Exists(name) || r.Plan.Choices[name] == plan.Overwrite { // one that is the same already is still the user's
		r.lock.Files[name] = project.File{Kind: kind, SHA256: plan.Hash(data)}
	}
	return r.Add(name, data, why)
}

// pristine reports whether a file of the miniprogram root is still as we wrote it.
func (r *recipe) pristine(name string) bool {
	full := r.project.Path(name)
	data, err := r.ReadFile(full)
	return err == nil && r.lock.Files[full].SHA256 == plan.Hash(data)
}

// editJSON edits a JSON file of the miniprogram root in place. When the file is
// one of ours and was untouched, the record follows.
func (r *recipe) editJSON(name string, why msg.Text, edit func([]byte) ([]byte, error)) error {
	return r.editFile(r.project.Path(name), why, func(data []byte) ([]byte, error) {
		out, err := edit(data)
		if syntax := (*jsonpatch.SyntaxError)(nil); errors.As(err, &syntax) {
			return nil, &project.FileError{Path: r.project.Path(name), Line: syntax.Line, Column: syntax.Column, Err: err}
		}
		return out, err
	})
}

func (r *recipe) editFile(name string, why msg.Text, edit func([]byte) ([]byte, error)) error {
	data, err := r.ReadFile(name)
	if err != nil {
		return err
	}
	out, err := edit(data)
	if err != nil {
		var known *project.FileError
		if errors.As(err, &known) {
			return err
		}
		return &project.FileError{Path: name, Err: err}
	}
	if entry, ours := r.lock.Files[name]; ours && entry.SHA256 == plan.Hash(data) {
		entry.SHA256 = plan.Hash(out)
		r.lock.Files[name] = entry
	}
	return r.Write(name, out, why)
}

// record writes the lock file, last of all.
func (r *recipe) record() error {
	r.recordSource()
	r.recordIntegration()
	data, err := r.lock.Encode()
	if err != nil {
		return err
	}
	return r.Write(project.LockFile, data, msg.T("why.lock"))
}

func (r *recipe) recordSource() {
	if r.Integration != None && r.sessionRoot() == "" {
		r.lock.UIKit.UserSig = r.Config.UserSig
	}
	fetched := r.source.Fetched
	if fetched == nil {
		return
	}
	for name, version := range fetched.Versions {
		if r.source.Kit == nil || r.lock.Npm[name] == "" {
			r.lock.Npm[name] = version
		}
	}
	if r.source.Kit != nil {
		return
	}
	r.lock.UIKit.Name, r.lock.UIKit.Version = fetched.Name, fetched.Version
	r.lock.UIKit.Generation = string(fetched.Generation)
	r.lock.UIKit.Integrity, r.lock.UIKit.Source = fetched.Integrity, "npm"
	if fetched.Local {
		r.lock.UIKit.Source = "local"
	}
}

func (r *recipe) recordIntegration() {
	entry := project.Integration{Kind: r.Integration}
	switch r.Integration {
	case Main:
		entry.Page = mainPage(r.project, r.Options)
	case Subpackage:
		entry.Root, entry.Page = r.Subpackage, r.subpackagePage()
		if entry.Isolated = r.Isolated; r.Isolated {
			entry.UserSig = r.Config.UserSig
		}
	}
	if at := slices.IndexFunc(r.lock.Integrations, func(i project.Integration) bool { return i.Kind == entry.Kind && i.Root == entry.Root }); at >= 0 {
		r.lock.Integrations[at].UserSig = entry.UserSig
		return
	}
	if r.Integration != None { // "none" was only the wait for something better
		r.lock.Integrations = slices.DeleteFunc(r.lock.Integrations, func(i project.Integration) bool { return i.Kind == None })
	}
	r.lock.Integrations = append(r.lock.Integrations, entry)
}
