package scaffold

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
	"github.com/tuikit-cli/tuikit-cli/templates"
)

// subpackage is step 3 of the guide, second path.
func (r *recipe) subpackage() error {
	root, page := r.Subpackage, r.subpackagePage()
	libraries, err := r.place(root)
	if err != nil {
		return err
	}
	if err := r.session(libraries); err != nil {
		return err
	}
	file := path.Join(root, string(page))
	if err := r.chat(project.PagePath(file), templates.ChatPage{
		Session:   project.Relative(file, path.Join(r.sessionRoot(), sessionModule)),
		Component: project.Relative(file, path.Join(root, UIKitDir, "index")),
	}); err != nil {
		return err
	}
	if err := r.registerSubpackage(root, page); err != nil {
		return err
	}
	if err := r.preload(); err != nil {
		return err
	}
	if r.sessionRoot() == "" { // else the page signs in
		if err := r.signInAtLaunch(); err != nil {
			return err
		}
	}
	r.noteJumpTarget(root, page)
	return r.entry()
}

func (r *recipe) subpackagePage() project.PagePath {
	if known, ok := r.project.Lock.Find(Subpackage, r.Subpackage); ok {
		return known.Page
	}
	if r.Page != "" {
		return r.Page
	}
	return DefaultSubpackagePage
}

// place puts the UIKit into the subpackage, and what a session in the main package
// needs of it beside that. It returns where that is, as seen from the session. A UIKit
// in the main package that no page of it uses moves: it would count against the main
// package.
func (r *recipe) place(root string) (libraries string, err error) {
	target := path.Join(root, UIKitDir)
	var inside []string // libraries that the session needs there
	if r.sessionRoot() != "" {
		inside, libraries = r.libraries(), UIKitDir+"/"
	}
	if r.source.Kit != nil && r.source.Dir == UIKitDir {
		used, err := r.usedByMain()
		if err != nil {
			return "", err
		}
		if used {
			return UIKitDir + "/", errors.Join(r.completeMain(), r.vendor(target, inside))
		}
		if err := r.moveUIKit(target, r.wanted(inside)); err != nil {
			return "", err
		}
	}
	if err := r.vendor(target, inside); err != nil || r.sessionRoot() != "" {
		return libraries, err
	}
	return "", r.copyLibraries("")
}

// completeMain adds to the TUIKit of the main package what a session beside it asks for,
// which may be more than it did.
func (r *recipe) completeMain() error {
	if r.sessionRoot() != "" || r.librariesBeside() {
		return nil
	}
	return r.copyLibraries(UIKitDir)
}

// copyLibraries puts what the session asks for into a folder of the miniprogram root.
func (r *recipe) copyLibraries(dir string) error {
	files := r.source.files()
	for name := range uikit.Reached(files, r.libraries()) {
		if err := r.put(path.Join(dir, name), files[name], project.Vendored, msg.T("why.library")); err != nil {
			return err
		}
	}
	return nil
}

// namesUIKit finds the folder TUIKit in a path, or at the end of one: a folder
// means its index component.
var namesUIKit = regexp.MustCompile("(^|[/\"'`])" + UIKitDir + "([/\"'`]|$)")

// usedByMain looks for anything in the miniprogram root, outside the UIKit, that
// names it.
func (r *recipe) usedByMain() (bool, error) {
	if _, ours := r.project.Lock.Find(Main, ""); ours {
		return true, nil
	}
	used := false
	err := r.walk(".", func(name string) error {
		switch path.Ext(name) {
		case ".js", ".ts", ".json", ".wxml", ".wxss":
		default:
			return nil
		}
		if used || project.Inside(name, UIKitDir) || name == project.LockFile {
			return nil
		}
		data, err := r.ReadFile(r.project.Path(name))
		used = namesUIKit.Match(data)
		return err
	})
	return used, err
}

// walk visits the files below dir of the miniprogram root as they are on disk,
// without npm's folders.
func (r *recipe) walk(dir string, visit func(name string) error) error {
	before, _, err := r.Sizes(r.project.Path(dir), func(name string) bool {
		base := path.Base(name)
		return base == "node_modules" || base == bundle.Dir || base != "." && strings.HasPrefix(base, ".")
	})
	if err != nil {
		return err
	}
	for _, full := range sorted(before) {
		if err := visit(strings.TrimPrefix(full, r.project.Root+"/")); err != nil {
			return err
		}
	}
	return nil
}

// moveUIKit moves TUIKit with all that the user has added and changed in it, and the
// npm packages that only it uses. A library that is not wanted there, and is as it
// came, goes. What is recorded and gone is forgotten; it comes again at the new place.
func (r *recipe) moveUIKit(target string, wanted func(name string) bool) error {
	err := r.walk(UIKitDir, func(name string) error {
		file := strings.TrimPrefix(name, UIKitDir+"/")
		if !wanted(file) && r.pristine(name) {
			return r.Delete(r.project.Path(name), msg.T("why.unused"))
		}
		return r.relocate(name, path.Join(target, file), msg.T("why.move"))
	})
	if err != nil {
		return err
	}
	err = r.moveModules()
	maps.DeleteFunc(r.lock.Files, func(name string, _ project.File) bool {
		return project.Inside(name, r.project.Path(UIKitDir))
	})
	return err
}

// registerSubpackage adds the entry to app.json, under the spelling that is
// there: with both, WeChat reads only "subpackages" (observed).
func (r *recipe) registerSubpackage(root string, page project.PagePath) error {
	for _, sub := range r.project.Subpackages {
		if sub.Root == root {
			return nil
		}
	}
	key := r.project.SubpackagesKey
	if key == "" {
		key = "subPackages"
	}
	entry := struct {
		Root        string             `json:"root"`
		Name        string             `json:"name"`
		Pages       []project.PagePath `json:"pages"`
		Independent bool               `json:"independent"`
	}{root, root, []project.PagePath{page}, false}
	return r.editJSON(project.AppFile, msg.T("why.subpackage", "Root", root), func(data []byte) ([]byte, error) {
		return jsonpatch.Append(data, entry, key)
	})
}

// noteJumpTarget: UIKit 1.1 and later jump to a page by name.
func (r *recipe) noteJumpTarget(root string, page project.PagePath) {
	there := root == DefaultSubpackage && page == DefaultSubpackagePage
	for _, sub := range r.project.Subpackages {
		there = there || sub.Root == DefaultSubpackage && slices.Contains(sub.Pages, DefaultSubpackagePage)
	}
	if !there && r.source.kit().Generation != uikit.Bundled {
		r.Notes = append(r.Notes, msg.T("note.jump", "Target", DefaultSubpackage+"/"+string(DefaultSubpackagePage)))
	}
}

// entry is step 6: the way in from a page of the main package.
func (r *recipe) entry() error {
	target := "/" + path.Join(r.Subpackage, string(r.subpackagePage()))
	switch page := r.entryPage(); {
	case page == "":
		r.Notes = append(r.Notes, msg.T("note.open", "URL", target))
		return nil
	case page == string(HomePage) && r.ownHome():
		return r.extendHome(target)
	default:
		return r.navigator(page, target)
	}
}

// ownHome reports whether the skeleton's home page is still as we made it.
func (r *recipe) ownHome() bool {
	_, chatIsHome := r.project.Lock.Find(Main, "")
	return !chatIsHome && r.pristine(string(HomePage)+".wxml") && r.pristine(string(HomePage)+".js")
}

// entryPage is the page that gets the way in: as asked for, else the skeleton's
// own, else none.
func (r *recipe) entryPage() string {
	switch {
	case r.Entry == "none":
		return ""
	case r.Entry != "":
		return r.Entry
	case r.ownHome() && (r.sessionRoot() == "" || !r.project.HasApp):
		return string(HomePage)
	}
	return ""
}

// navigator puts a tagged block at the end of an existing page. It is done only
// when asked for.
func (r *recipe) navigator(page, target string) error {
	name := r.project.Path(page + ".wxml")
	return r.editFile(name, msg.T("why.entry"), func(data []byte) ([]byte, error) {
		if strings.Contains(string(data), `url="`+target+`"`) {
			return data, nil
		}
		block, err := templates.Render("entry.block", templates.HomePage{Target: target})
		if err != nil {
			return nil, err
		}
		return appendBlock(data, string(block)), nil
	})
}

func appendBlock(data []byte, block string) []byte {
	eol := lineEnd(data)
	out := slices.Clone(data)
	if len(out) > 0 && !strings.HasSuffix(string(out), "\n") {
		out = append(out, eol...)
	}
	return append(out, strings.ReplaceAll(block, "\n", eol)...)
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// FindVendored looks for a UIKit that this tool has vendored in the project, and
// reads it with the user's changes. Without one it returns nil.
func FindVendored(fsys fs.FS, p *project.Project) (kit *uikit.Package, dir string, err error) {
	if !p.Lock.HasUIKit() {
		return nil, "", nil
	}
	dirs := []string{UIKitDir}
	for _, i := range p.Lock.Integrations {
		if i.Kind == Subpackage {
			dirs = append(dirs, path.Join(i.Root, UIKitDir))
		}
	}
	for _, dir := range dirs {
		if _, err := fs.Stat(fsys, p.Path(dir)); err != nil {
			continue
		}
		sub, err := fs.Sub(fsys, p.Path(dir))
		if err != nil {
			return nil, "", err
		}
		kit, err := uikit.LoadVendored(sub, uikit.Generation(p.Lock.UIKit.Generation))
		if err != nil {
			return nil, "", &project.FileError{Path: p.Path(dir), Err: err}
		}
		kit.Version = p.Lock.UIKit.Version
		return kit, dir, nil
	}
	return nil, "", nil
}
