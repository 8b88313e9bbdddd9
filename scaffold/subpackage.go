package scaffold

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

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
		Session:   relative(file, sessionModule),
		Component: relative(file, path.Join(root, UIKitDir, "index")),
		Launch:    true,
	}); err != nil {
		return err
	}
	if err := r.registerSubpackage(root, page); err != nil {
		return err
	}
	if err := r.signInAtLaunch(); err != nil {
		return err
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

// place puts the UIKit into the subpackage, and what the session needs of it into
// the main package. It returns where that is. A UIKit in the main package that no
// page of it uses moves: it would count against the main package.
func (r *recipe) place(root string) (libraries string, err error) {
	target := path.Join(root, UIKitDir)
	inMain := r.source.Kit != nil && r.source.Dir == UIKitDir
	switch {
	case inMain && r.usedByMain():
		return UIKitDir + "/", r.vendor(target) // debug and lib are in the main package already
	case inMain:
		err = r.moveUIKit(target)
	default:
		err = r.vendor(target)
	}
	if err != nil {
		return "", err
	}
	return "", r.copyLibraries()
}

func (r *recipe) copyLibraries() error {
	for _, folder := range r.source.kit().Generation.Libraries() {
		if folder == "debug" && r.Config.UserSig != Debug {
			continue
		}
		for name, data := range r.source.files() {
			if !project.Inside(name, folder) {
				continue
			}
			if err := r.put(name, data, project.Vendored, msg.T("why.library")); err != nil {
				return err
			}
		}
	}
	return nil
}

// usedByMain looks for anything in the miniprogram root, outside the UIKit, that
// names it.
func (r *recipe) usedByMain() bool {
	if _, ours := r.project.Lock.Find(Main, ""); ours {
		return true
	}
	used := false
	_ = r.walk(".", func(name string, data []byte) error {
		switch path.Ext(name) {
		case ".js", ".ts", ".json", ".wxml", ".wxss":
			inApp := !project.Inside(name, UIKitDir) && name != project.LockFile
			used = used || inApp && strings.Contains(string(data), UIKitDir+"/")
		}
		return nil
	})
	return used
}

// walk visits the files below dir of the miniprogram root as they are on disk,
// without npm's folders.
func (r *recipe) walk(dir string, visit func(name string, data []byte) error) error {
	before, _, err := r.Sizes(r.project.Path(dir), func(name string) bool {
		base := path.Base(name)
		return base == "node_modules" || base == "miniprogram_npm" || base != "." && strings.HasPrefix(base, ".")
	})
	if err != nil {
		return err
	}
	for _, full := range sorted(before) {
		data, err := r.ReadFile(full)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(full, r.project.Root+"/")
		if err := visit(name, data); err != nil {
			return err
		}
	}
	return nil
}

// moveUIKit moves TUIKit with all that the user has added and changed in it.
func (r *recipe) moveUIKit(target string) error {
	return r.walk(UIKitDir, func(name string, _ []byte) error {
		from := r.project.Path(name)
		to := r.project.Path(target, strings.TrimPrefix(name, UIKitDir+"/"))
		if entry, ours := r.lock.Files[from]; ours {
			delete(r.lock.Files, from)
			r.lock.Files[to] = entry
		}
		return r.Move(from, to, msg.T("why.move"))
	})
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

func (r *recipe) noteJumpTarget(root string, page project.PagePath) {
	if r.source.kit().Generation != uikit.Bundled && (root != DefaultSubpackage || page != DefaultSubpackagePage) {
		r.Notes = append(r.Notes, msg.T("note.jump", "Target", DefaultSubpackage+"/"+string(DefaultSubpackagePage)))
	}
}

// entry is step 6: the way in from a page of the main package.
func (r *recipe) entry() error {
	page := r.entryPage()
	target := r.entryTarget(page)
	switch {
	case target == "":
		r.Notes = append(r.Notes, msg.T("note.open", "URL", r.chatURL()))
		return nil
	case page == string(HomePage) && r.ownHome():
		return r.homePage(target)
	}
	return r.navigator(page, target)
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
	case !r.project.HasApp || r.ownHome():
		return string(HomePage)
	}
	return ""
}

// entryTarget is the URL that page leads to; "" when it has no way in.
func (r *recipe) entryTarget(page string) string {
	if r.Integration != Subpackage || page == "" || page != r.entryPage() {
		return ""
	}
	return r.chatURL()
}

func (r *recipe) chatURL() string {
	return "/" + path.Join(r.Subpackage, string(r.subpackagePage()))
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
	if p.Lock == nil {
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
