// Package project is a read-only picture of a WeChat mini program: where its
// roots are, what app.json and project.config.json say, which packages it has,
// and what this tool has put there before (the Lock).
//
// A rule about what WeChat accepts names its source: the documentation, or the
// observed behaviour of the compiler (miniprogram-ci 2.1.42).
package project

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// The files that make a mini program.
const (
	ConfigFile        = "project.config.json"
	PrivateConfigFile = "project.private.config.json"
	AppFile           = "app.json"
	LockFile          = "tuikit-lock.json"
	PackageFile       = "package.json"
	PackageLockFile   = "package-lock.json"
)

// PagePath names a page below its package's root, without an extension, as in
// the "pages" of app.json: "pages/index/index".
type PagePath string

// Package is the main package (Root "") or a subpackage.
type Package struct {
	Root        string // without slashes at either end
	Name        string
	Pages       []PagePath
	Independent bool
}

// Project is an immutable snapshot of one mini program.
type Project struct {
	Root           string // miniprogram root, relative to the project root; "." when they are the same
	Config         Config
	HasConfig      bool
	HasApp         bool // app.json exists: an existing mini program, not a new one
	Main           Package
	Subpackages    []Package
	SubpackagesKey string // the spelling in app.json: "subPackages" or "subpackages"; "" without any
	Lock           *Lock  // nil: this tool was not here yet
	Npm            Npm

	roots map[string]int // of subpackages: index in Packages of the first one that has it
}

// Config is what matters of project.config.json.
type Config struct {
	MiniprogramRoot string `json:"miniprogramRoot"`
	PluginRoot      string `json:"pluginRoot"`
	PackOptions     struct {
		Ignore  []PackRule `json:"ignore"`
		Include []PackRule `json:"include"`
	} `json:"packOptions"`
	Setting struct {
		ES6                 *bool           `json:"es6"`
		Enhance             *bool           `json:"enhance"`
		CompilerPlugins     json.RawMessage `json:"useCompilerPlugins"` // an array of names, or false
		PackNpmManually     bool            `json:"packNpmManually"`
		PackNpmRelationList []NpmRelation   `json:"packNpmRelationList"`
	} `json:"setting"`
	CompileType       string `json:"compileType"`
	CloudFunctionRoot string `json:"cloudfunctionRoot"`
}

// NpmRelation says for "build npm" which package.json goes into which
// miniprogram_npm. It counts only with packNpmManually.
type NpmRelation struct {
	PackageJSONPath       string `json:"packageJsonPath"`
	MiniprogramNpmDistDir string `json:"miniprogramNpmDistDir"`
}

// Package is the path of the package.json, relative to the project root.
func (n NpmRelation) Package() string { return path.Clean(strings.TrimPrefix(n.PackageJSONPath, "/")) }

// Target is the folder that gets the miniprogram_npm, relative to the project root.
func (n NpmRelation) Target() string {
	return path.Clean("./" + strings.Trim(n.MiniprogramNpmDistDir, "/"))
}

// PackRule says which files packOptions leaves out, or puts in.
type PackRule struct {
	Type  string `json:"type"` // "file", "folder", "suffix", "prefix", "glob" or "regexp"
	Value string `json:"value"`
}

// TypeScript reports whether the project compiles .ts files (then app.ts beats
// app.js; otherwise a .ts file is dropped without a word, observed).
func (c Config) TypeScript() bool {
	return c.Compiles("typescript")
}

// WithoutES6 reports whether scripts are packed as they are: neither "es6" nor
// "enhance" has the compiler turn them into ES5 (observed). "es6" that is not set is
// DevTools' own default, which is on.
func (c Config) WithoutES6() bool {
	off := func(flag *bool) bool { return flag != nil && !*flag }
	return off(c.Setting.ES6) && (c.Setting.Enhance == nil || off(c.Setting.Enhance))
}

// Npm is how the project uses npm.
type Npm struct {
	Dir        string // folder of package.json relative to the project root; "." when there is none
	HasPackage bool
	HasLock    bool   // the manager's lock file
	HasModules bool   // node_modules
	Manager    string // "npm", or the other manager that the project uses: "pnpm", "yarn", "cnpm"
}

// lockFiles by package manager. cnpm has none.
var lockFiles = map[string]string{"npm": PackageLockFile, "pnpm": "pnpm-lock.yaml", "yarn": "yarn.lock"}

// Lock is the path of the manager's lock file, which need not be there; "" for a
// manager without one.
func (n Npm) Lock() string {
	if lockFiles[n.Manager] == "" {
		return ""
	}
	return path.Join(n.Dir, lockFiles[n.Manager])
}

// FileError: a file of the project cannot be used. Line and Column are 1-based,
// or 0 where the fault has no place.
type FileError struct {
	Path         string
	Line, Column int
	Err          error
}

func (e *FileError) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("%s:%d:%d: %v", e.Path, e.Line, e.Column, e.Err)
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

func (e *FileError) Unwrap() error { return e.Err }

// What makes a project unusable for us.
var (
	ErrNoApp           = errors.New("app.json is not in the miniprogram root that project.config.json names")
	ErrBothSubpackages = errors.New(`both "subPackages" and "subpackages": WeChat reads only "subpackages"`)
	ErrShape           = errors.New("not the shape that WeChat expects")
)

// Load reads the mini program whose project root fsys is. A folder without any
// is a Project too, one with HasApp false. Errors are *FileError.
func Load(fsys fs.FS) (*Project, error) {
	p := &Project{Root: "."}
	if err := refuseFramework(fsys); err != nil {
		return nil, err
	}
	if err := p.loadConfig(fsys); err != nil {
		return nil, err
	}
	if err := p.refuseKind(fsys); err != nil {
		return nil, err
	}
	if err := p.loadApp(fsys); err != nil {
		return nil, err
	}
	lock, err := loadLock(fsys)
	if err != nil {
		return nil, err
	}
	p.Lock = lock
	p.Npm = findNpm(fsys, p)
	return p, nil
}

// FrameworkError: the folder holds the source of another framework, which makes
// the mini program out of it. What is put beside that source would be lost.
type FrameworkError struct{ Name string }

func (e *FrameworkError) Error() string { return "the source of a " + e.Name + " project" }

// frameworks by the npm package that gives them away.
var frameworks = map[string]string{
	"@tarojs/taro": "Taro", "@dcloudio/uni-app": "uni-app", "@dcloudio/uni-mp-weixin": "uni-app", "@mpxjs/core": "mpx",
	"@wepy/core": "WePY", "wepy": "WePY", "mpvue": "mpvue", "remax": "Remax", "weapp-vite": "weapp-vite",
}

// frameworkFiles give a framework away where they are all there, by its name: first
// its source, then what it makes, which the next build makes anew.
var frameworkFiles = []struct {
	name  string
	files []string
}{
	{"uni-app", []string{"manifest.json", "pages.json"}},
	{"uni-app", []string{"src/manifest.json", "src/pages.json"}},
	{"WePY", []string{"src/app.wpy"}},
	{"mpx", []string{"src/app.mpx"}},
	{"Taro", []string{"taro.js", "base.wxml", "app.json"}},
	{"uni-app", []string{"common/vendor.js", "common/main.js", "common/runtime.js", "app.json"}},
}

func refuseFramework(fsys fs.FS) error {
	for _, framework := range frameworkFiles {
		if !slices.ContainsFunc(framework.files, func(name string) bool { return !exists(fsys, name) }) {
			return &FileError{Path: framework.files[0], Err: &FrameworkError{framework.name}}
		}
	}
	var manifest struct{ Dependencies, DevDependencies map[string]any }
	if ReadJSON(fsys, PackageFile, &manifest) != nil {
		return nil // a broken package.json is explained where it is needed
	}
	for name, framework := range frameworks {
		if manifest.Dependencies[name] != nil || manifest.DevDependencies[name] != nil {
			return &FileError{Path: PackageFile, Err: &FrameworkError{framework}}
		}
	}
	return nil
}

// KindError: the project is no mini program but something else that WeChat DevTools
// opens. Kind is as "compileType" has it: "plugin", "game" or "gamePlugin".
type KindError struct{ Kind string }

func (e *KindError) Error() string { return "a project of the kind " + e.Kind }

// refuseKind: the UIKit is pages and components, which a mini game has not, and it
// needs an app, which a plugin has not.
func (p *Project) refuseKind(fsys fs.FS) error {
	switch p.Config.CompileType {
	case "plugin", "game", "gamePlugin":
		return &FileError{Path: ConfigFile, Err: &KindError{p.Config.CompileType}}
	}
	if exists(fsys, p.Path("game.json")) && !exists(fsys, p.Path(AppFile)) {
		return &FileError{Path: p.Path("game.json"), Err: &KindError{"game"}}
	}
	return nil
}

// CloudRoot is the folder of the cloud functions, relative to the project root,
// "" where there is none.
func (p *Project) CloudRoot() string {
	if root := cleanRoot(p.Config.CloudFunctionRoot); root != "." {
		return root
	}
	return ""
}

// Nested finds mini programs in the folders of a folder that is none itself, as in
// a clone without its project.config.json.
func Nested(fsys fs.FS) []string {
	found, err := fs.Glob(fsys, "*/"+AppFile)
	if err != nil {
		return nil
	}
	var dirs []string
	for _, name := range found {
		dir := path.Dir(name)
		var app appConfig
		if dir != "node_modules" && ReadJSON(fsys, name, &app) == nil && (exists(fsys, dir+"/app.js") || exists(fsys, dir+"/app.ts")) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// Path is the path of a file of the miniprogram root, relative to the project root.
func (p *Project) Path(parts ...string) string {
	return path.Join(append([]string{p.Root}, parts...)...)
}

// Packages lists the main package and the subpackages.
func (p *Project) Packages() []Package { return append([]Package{p.Main}, p.Subpackages...) }

// Inside reports whether file is below the folder dir, by path segments:
// "pages/user" does not hold "pages/usercenter/index".
func Inside(file, dir string) bool { return strings.HasPrefix(file, dir+"/") }

// ReadJSON reads a file as WeChat's tools do, strictly, into value. The error is
// fs.ErrNotExist or a *FileError.
func ReadJSON(fsys fs.FS, name string, value any) error {
	data, err := ReadRegular(fsys, name)
	if err != nil {
		return err
	}
	return DecodeJSON(name, data, value)
}

// DecodeJSON is ReadJSON for content that is at hand.
func DecodeJSON(name string, data []byte, value any) error {
	if err := jsonpatch.Check(data); err != nil {
		var syntax *jsonpatch.SyntaxError
		if errors.As(err, &syntax) {
			return &FileError{Path: name, Line: syntax.Line, Column: syntax.Column, Err: err}
		}
		return &FileError{Path: name, Err: err}
	}
	data = []byte(strings.TrimPrefix(string(data), "\ufeff"))
	if err := json.Unmarshal(data, value); err != nil {
		return &FileError{Path: name, Err: fmt.Errorf("%w: %s", ErrShape, shape(err))}
	}
	return nil
}

// shape says what is of the wrong kind in a JSON file, without words of Go.
func shape(err error) string {
	var kind *json.UnmarshalTypeError
	if !errors.As(err, &kind) {
		return err.Error()
	}
	if kind.Field == "" {
		return kind.Value
	}
	return kind.Field + " (" + kind.Value + ")"
}

func (p *Project) loadConfig(fsys fs.FS) error {
	err := ReadJSON(fsys, ConfigFile, &p.Config)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	p.HasConfig = true
	private := struct {
		MiniprogramRoot *string `json:"miniprogramRoot"`
	}{}
	if err := ReadJSON(fsys, PrivateConfigFile, &private); err == nil && private.MiniprogramRoot != nil {
		p.Config.MiniprogramRoot = *private.MiniprogramRoot // DevTools: the private file wins
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	p.Root = cleanRoot(p.Config.MiniprogramRoot)
	return nil
}

// cleanRoot reads miniprogramRoot as miniprogram-ci does: normalised, without
// slashes at the front, and every "../" that is left is deleted, so it never leaves
// the project.
func cleanRoot(root string) string {
	root = path.Clean(strings.ReplaceAll(root, `\`, "/")) + "/"
	return path.Join(".", strings.ReplaceAll(strings.TrimLeft(root, "/"), "../", ""))
}

func (p *Project) loadApp(fsys fs.FS) error {
	name := p.Path(AppFile)
	var app appConfig
	err := ReadJSON(fsys, name, &app)
	if errors.Is(err, fs.ErrNotExist) {
		if p.Root != "." {
			return &FileError{Path: name, Err: ErrNoApp}
		}
		return nil
	}
	if err != nil {
		return err
	}
	return p.setApp(name, &app)
}

type appConfig struct {
	Pages        []PagePath      `json:"pages"`
	SubPackages  json.RawMessage `json:"subPackages"`
	Subpackages_ json.RawMessage `json:"subpackages"`
}

// UnmarshalJSON keeps the two spellings apart: encoding/json folds case.
func (a *appConfig) UnmarshalJSON(data []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	a.SubPackages, a.Subpackages_ = members["subPackages"], members["subpackages"]
	if members["pages"] == nil { // required; a page or component may be called app, too
		return errors.New("pages (missing)")
	}
	if err := json.Unmarshal(members["pages"], &a.Pages); err != nil {
		return fmt.Errorf("pages: %s", shape(err))
	}
	return nil
}

func (p *Project) setApp(name string, app *appConfig) error {
	p.HasApp = true
	p.Main = Package{Pages: cleanPages(app.Pages)}
	list := app.SubPackages
	switch {
	case app.SubPackages != nil && app.Subpackages_ != nil:
		return &FileError{Path: name, Err: ErrBothSubpackages}
	case app.SubPackages != nil:
		p.SubpackagesKey = "subPackages"
	case app.Subpackages_ != nil:
		p.SubpackagesKey, list = "subpackages", app.Subpackages_
	default:
		return nil
	}
	var entries []struct {
		Root        string     `json:"root"`
		Name        string     `json:"name"`
		Pages       []PagePath `json:"pages"`
		Independent bool       `json:"independent"`
	}
	if err := json.Unmarshal(list, &entries); err != nil {
		return &FileError{Path: name, Err: fmt.Errorf("%w: %s: %s", ErrShape, p.SubpackagesKey, shape(err))}
	}
	for _, e := range entries {
		p.Subpackages = append(p.Subpackages, Package{Root: strings.Trim(e.Root, "/"), Name: e.Name, Pages: cleanPages(e.Pages), Independent: e.Independent})
	}
	p.indexRoots()
	return nil
}

// cleanPages drops the slash that some write in front of a page path.
func cleanPages(pages []PagePath) []PagePath {
	for i, page := range pages {
		pages[i] = PagePath(strings.TrimPrefix(string(page), "/"))
	}
	return pages
}

// findNpm looks for the package.json from which miniprogram_npm is built: the one
// that packNpmRelationList names, else the one in the miniprogram root, where "build
// npm" looks, else the one in the project root.
func findNpm(fsys fs.FS, p *Project) Npm {
	npm := Npm{Dir: "."}
	var dirs []string
	if p.Config.Setting.PackNpmManually {
		for _, relation := range p.Config.Setting.PackNpmRelationList {
			if relation.Target() == p.Root && path.Base(relation.Package()) == PackageFile {
				dirs = append(dirs, path.Dir(relation.Package()))
			}
		}
	}
	for _, dir := range append(dirs, p.Root, ".") {
		if fs.ValidPath(dir) && exists(fsys, path.Join(dir, PackageFile)) {
			npm.Dir, npm.HasPackage = dir, true
			break
		}
	}
	npm.HasModules = exists(fsys, path.Join(npm.Dir, "node_modules"))
	npm.Manager = findManager(fsys, npm.Dir)
	npm.HasLock = npm.Lock() != "" && exists(fsys, npm.Lock())
	return npm
}

// findManager recognises the package manager by what package.json says, by its
// lock file, or by what it leaves in node_modules.
func findManager(fsys fs.FS, dir string) string {
	var manifest struct {
		Manager string `json:"packageManager"` // "pnpm@9.1.0", nodejs.org/api/corepack.html
	}
	if ReadJSON(fsys, path.Join(dir, PackageFile), &manifest) == nil {
		name, _, _ := strings.Cut(manifest.Manager, "@")
		if lockFiles[name] != "" {
			return name
		}
	}
	for _, manager := range []string{"npm", "pnpm", "yarn"} {
		if exists(fsys, path.Join(dir, lockFiles[manager])) {
			return manager
		}
	}
	for _, trace := range []string{".package_versions.json", ".recently_updates.txt"} {
		if exists(fsys, path.Join(dir, "node_modules", trace)) {
			return "cnpm"
		}
	}
	return "npm"
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}
