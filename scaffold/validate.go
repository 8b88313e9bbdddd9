package scaffold

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Refusal: what was asked for cannot be done to this project. Nothing has been
// fetched or written.
type Refusal struct {
	Reason msg.Text
	Usage  bool // the command line is at fault, not the project
}

func (e *Refusal) Error() string { return e.Reason.String() }

func refuse(id string, pairs ...any) error { return &Refusal{Reason: msg.T(id, pairs...)} }

func misuse(id string, pairs ...any) error {
	return &Refusal{Reason: msg.T(id, pairs...), Usage: true}
}

// folderName is what a folder of a package root or page path may be called: the
// characters that WeChat's documentation asks for in names, and no dot in front.
var folderName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*$`)

// reserved are folders of the miniprogram root that are ours or npm's.
var reserved = []string{UIKitDir, "debug", "lib", "miniprogram_npm", "node_modules", "__APP__"}

// Validate refuses what cannot be done, before anything is fetched. The error is
// a *Refusal.
func Validate(fsys fs.FS, p *project.Project, o Options) error {
	if err := validateUIKit(fsys, p); err != nil {
		return err
	}
	switch o.Integration {
	case Main:
		return validateMain(fsys, p, o)
	case Subpackage:
		return validateSubpackage(fsys, p, o)
	case None:
		return nil
	}
	return misuse("refuse.integration", "Value", o.Integration)
}

// validateUIKit: a TUIKit that this tool did not make is the user's.
func validateUIKit(fsys fs.FS, p *project.Project) error {
	if p.Lock.HasUIKit() {
		return nil
	}
	if other := entryLike(fsys, p.Path("."), UIKitDir); other != "" {
		return refuse("refuse.foreign-uikit", "Path", p.Path(other))
	}
	return nil
}

// entryLike finds an entry of dir with that name in any case.
func entryLike(fsys fs.FS, dir, name string) string {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return ""
	}
	for _, entry := range entries {
		if strings.EqualFold(entry.Name(), name) {
			return entry.Name()
		}
	}
	return ""
}

func validateMain(fsys fs.FS, p *project.Project, o Options) error {
	if known, done := p.Lock.Find(Main, ""); done {
		if o.Page != "" && o.Page != known.Page {
			return refuse("refuse.main-exists", "Page", known.Page)
		}
		return nil
	}
	page := mainPage(p, o)
	if !plainPath(string(page)) {
		return misuse("refuse.page", "Page", page)
	}
	for _, sub := range p.Subpackages {
		if project.Inside(string(page), sub.Root) {
			return refuse("refuse.page-in-subpackage", "Page", page, "Root", sub.Root)
		}
	}
	return validatePageFree(fsys, p, page)
}

// validatePageFree: the page is registered or has files already.
func validatePageFree(fsys fs.FS, p *project.Project, page project.PagePath) error {
	if !p.HasApp {
		return nil // files in the way of the skeleton are conflicts, all listed
	}
	taken := slices.Contains(p.Main.Pages, page)
	for _, ext := range []string{".js", ".ts", ".json", ".wxml"} {
		_, err := fs.Stat(fsys, p.Path(string(page)+ext))
		taken = taken || err == nil
	}
	if taken {
		return refuse("refuse.page-taken", "Page", page)
	}
	return nil
}

func validateSubpackage(fsys fs.FS, p *project.Project, o Options) error {
	root := o.Subpackage
	if root == "" {
		return misuse("refuse.name-empty")
	}
	if !plainPath(root) {
		return misuse("refuse.name", "Name", root)
	}
	first, _, _ := strings.Cut(root, "/")
	for _, name := range reserved {
		if strings.EqualFold(first, name) {
			return misuse("refuse.name-reserved", "Name", root, "Folder", name)
		}
	}
	if cloud := p.CloudRoot(); cloud != "" && project.Inside(p.Path(root)+"/", cloud) {
		return misuse("refuse.cloud", "Name", root, "Folder", cloud)
	}
	if o.Page != "" && !plainPath(string(o.Page)) {
		return misuse("refuse.page", "Page", o.Page)
	}
	if first, _, _ := strings.Cut(string(o.Page), "/"); strings.EqualFold(first, UIKitDir) {
		return misuse("refuse.page", "Page", o.Page)
	}
	if err := validateEntry(fsys, p, o.Entry); err != nil {
		return err
	}
	if err := validatePreload(p, o.Preload); err != nil {
		return err
	}
	if known, done := p.Lock.Find(Subpackage, root); done {
		if o.Isolated && !known.Isolated {
			return refuse("refuse.isolated", "Name", root)
		}
		if o.Page != "" && o.Page != known.Page {
			return refuse("refuse.subpackage-exists", "Name", root)
		}
		return nil
	}
	return validateRoot(fsys, p, root)
}

// validateEntry: --entry names a page of the main package with a .wxml file.
func validateEntry(fsys fs.FS, p *project.Project, entry string) error {
	if entry == "" || entry == "none" || !p.HasApp && entry == string(HomePage) {
		return nil
	}
	if !slices.Contains(p.Main.Pages, project.PagePath(entry)) {
		return refuse("refuse.entry", "Page", entry)
	}
	if _, err := fs.Stat(fsys, p.Path(entry+".wxml")); err != nil {
		return refuse("refuse.entry", "Page", entry)
	}
	return nil
}

// validatePreload: --preload names a page that app.json has (observed: the compiler
// refuses a rule for any other).
func validatePreload(p *project.Project, page string) error {
	if page == "" || !p.HasApp && page == string(HomePage) {
		return nil
	}
	for _, pkg := range p.Packages() {
		if slices.ContainsFunc(pkg.Pages, func(known project.PagePath) bool { return path.Join(pkg.Root, string(known)) == page }) {
			return nil
		}
	}
	return refuse("refuse.preload", "Page", page)
}

// validateRoot: WeChat's rules for subpackage roots (observed: "have same root",
// "should not contain", a page of the main package "should not exist in").
func validateRoot(fsys fs.FS, p *project.Project, root string) error {
	for _, sub := range p.Subpackages {
		switch {
		case strings.EqualFold(sub.Root, root):
			return refuse("refuse.subpackage-exists", "Name", root)
		case project.Inside(root, sub.Root):
			return refuse("refuse.nested", "Name", root, "Root", sub.Root)
		case project.Inside(sub.Root, root):
			return refuse("refuse.contains", "Name", root, "Root", sub.Root)
		}
	}
	pages := p.Main.Pages
	if !p.HasApp {
		pages = []project.PagePath{HomePage}
	}
	for _, page := range pages {
		if project.Inside(strings.TrimPrefix(string(page), "/"), root) {
			return refuse("refuse.holds-page", "Name", root, "Page", page)
		}
	}
	for _, sub := range p.Subpackages {
		if sub.Name == root {
			return refuse("refuse.subpackage-exists", "Name", root)
		}
	}
	if other := entryLike(fsys, p.Path(path.Dir(root)), path.Base(root)); other != "" {
		return refuse("refuse.folder-exists", "Path", p.Path(path.Dir(root), other))
	}
	return nil
}

// plainPath reports whether a path is made of plain folder names only: relative,
// no "..", no backslash, no empty part.
func plainPath(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if !folderName.MatchString(part) {
			return false
		}
	}
	return true
}

// Done reports whether the project has what the options ask for already, with
// every file that was written for it.
func Done(fsys fs.FS, p *project.Project, o Options) bool {
	if !p.Lock.HasUIKit() || !p.HasApp || !integrated(fsys, p, o) {
		return false
	}
	for name := range p.Lock.Files {
		if _, err := fs.Stat(fsys, name); err != nil {
			return false
		}
	}
	return true
}

// integrated: what was recorded is still wired in.
func integrated(fsys fs.FS, p *project.Project, o Options) bool {
	switch o.Integration {
	case Main:
		known, ok := p.Lock.Find(Main, "")
		return ok && slices.Contains(p.Main.Pages, known.Page)
	case Subpackage:
		known, ok := p.Lock.Find(Subpackage, o.Subpackage)
		registered := slices.ContainsFunc(p.Subpackages, func(s project.Package) bool { return s.Root == o.Subpackage })
		app, err := fs.ReadFile(fsys, p.Path(appScript(fsys, p)))
		launches := err == nil && strings.Contains(string(app), sessionModule)
		config, err := fs.ReadFile(fsys, p.Path(project.AppFile))
		loads := o.Preload == "" || err == nil && preloads(config, o)
		return ok && registered && loads && (launches || known.Isolated) && (o.Entry == "" || o.Entry == "none")
	}
	return len(p.Lock.Integrations) > 0
}

var (
	exactVersion = regexp.MustCompile(`^[v=]?(\d+\.\d+\.\d+\S*)$`) // one release
	majorVersion = regexp.MustCompile(`^[v=^~]?(\d+)(?:\.|$)`)     // the beginning of a range
)

// CheckVersion refuses to put a second version of the UIKit into a project. A tag,
// or a range of the same major version, is met by what is there.
func CheckVersion(p *project.Project, spec string) error {
	if !p.Lock.HasUIKit() {
		return nil
	}
	have := p.Lock.UIKit.Version
	exact, major := exactVersion.FindStringSubmatch(spec), majorVersion.FindStringSubmatch(spec)
	if exact != nil && exact[1] != have || exact == nil && major != nil && !strings.HasPrefix(have, major[1]+".") {
		return refuse("refuse.version", "Have", have, "Want", spec)
	}
	return nil
}
