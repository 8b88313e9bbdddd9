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
}

// Config is what matters of project.config.json.
type Config struct {
	MiniprogramRoot string `json:"miniprogramRoot"`
	PackOptions     struct {
		Ignore []PackRule `json:"ignore"`
	} `json:"packOptions"`
	Setting struct {
		ES6             *bool           `json:"es6"`
		Enhance         *bool           `json:"enhance"`
		CompilerPlugins json.RawMessage `json:"useCompilerPlugins"` // an array of names, or false
	} `json:"setting"`
}

// PackRule says which files packOptions leaves out, or puts in.
type PackRule struct {
	Type  string `json:"type"` // "file", "folder", "suffix", "prefix", "glob" or "regexp"
	Value string `json:"value"`
}

// TypeScript reports whether the project compiles .ts files (then app.ts beats
// app.js; otherwise a .ts file is dropped without a word, observed).
func (c Config) TypeScript() bool {
	return strings.Contains(string(c.Setting.CompilerPlugins), `"typescript"`)
}

// Npm is how the project uses npm.
type Npm struct {
	Dir        string // folder of package.json relative to the project root; "." when there is none
	HasPackage bool
	HasLock    bool   // package-lock.json
	HasModules bool   // node_modules
	Manager    string // "npm", or the other manager whose lock file is there: "pnpm", "yarn"
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
	if err := p.loadApp(fsys); err != nil {
		return nil, err
	}
	lock, err := loadLock(fsys)
	if err != nil {
		return nil, err
	}
	p.Lock = lock
	p.Npm = findNpm(fsys, p.Root)
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

func refuseFramework(fsys fs.FS) error {
	if exists(fsys, "manifest.json") && exists(fsys, "pages.json") {
		return &FileError{Path: "manifest.json", Err: &FrameworkError{"uni-app"}}
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

// Path is the path of a file of the miniprogram root, relative to the project root.
func (p *Project) Path(parts ...string) string {
	return path.Join(append([]string{p.Root}, parts...)...)
}

// Packages lists the main package and the subpackages.
func (p *Project) Packages() []Package { return append([]Package{p.Main}, p.Subpackages...) }

// PackageOf finds the package that a file of the miniprogram root belongs to:
// the subpackage whose root it is below, compared by path segment.
func (p *Project) PackageOf(file string) Package {
	for _, sub := range p.Subpackages {
		if Inside(file, sub.Root) {
			return sub
		}
	}
	return p.Main
}

// Inside reports whether file is below the folder dir, by path segments:
// "pages/user" does not hold "pages/usercenter/index".
func Inside(file, dir string) bool { return strings.HasPrefix(file, dir+"/") }

// ReadJSON reads a file as WeChat's tools do, strictly, into value. The error is
// fs.ErrNotExist or a *FileError.
func ReadJSON(fsys fs.FS, name string, value any) error {
	data, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err != nil {
		return &FileError{Path: name, Err: err}
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

// cleanRoot reads miniprogramRoot as miniprogram-ci does: slashes at the front
// and "./" are dropped, and every "../" is deleted, so it never leaves the
// project.
func cleanRoot(root string) string {
	var parts []string
	for _, part := range strings.FieldsFunc(root, func(r rune) bool { return r == '/' || r == '\\' }) {
		if part != "." && part != ".." {
			parts = append(parts, part)
		}
	}
	return path.Join(append([]string{"."}, parts...)...)
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
	p.Main = Package{Pages: app.Pages}
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
		p.Subpackages = append(p.Subpackages, Package{Root: strings.Trim(e.Root, "/"), Name: e.Name, Pages: e.Pages, Independent: e.Independent})
	}
	return nil
}

func findNpm(fsys fs.FS, root string) Npm {
	npm := Npm{Dir: ".", Manager: "npm"}
	for _, dir := range []string{".", root} {
		if exists(fsys, path.Join(dir, PackageFile)) {
			npm.Dir, npm.HasPackage = dir, true
			break
		}
	}
	npm.HasLock = exists(fsys, path.Join(npm.Dir, PackageLockFile))
	npm.HasModules = exists(fsys, path.Join(npm.Dir, "node_modules"))
	for manager, file := range map[string]string{"pnpm": "pnpm-lock.yaml", "yarn": "yarn.lock"} {
		if exists(fsys, path.Join(npm.Dir, file)) && !npm.HasLock {
			npm.Manager = manager
		}
	}
	return npm
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}
