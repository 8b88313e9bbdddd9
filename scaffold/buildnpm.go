package scaffold

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// NpmOptions say what "build npm" has made, and how to put it in place.
type NpmOptions struct {
	Output      *bundle.Output
	Modules     []fs.FS // the folders node_modules, the nearest first
	ProjectName string
	Choices     map[string]plan.Choice // about conflicts, by path
}

// NpmBuild is the Plan that brings every miniprogram_npm in step with what is built.
type NpmBuild struct {
	*plan.Plan
	Before, After int64 // bytes of all files below these folders

	folders []string // relative to the project root
}

// BundleOptions are how npm is built for a mini program. Its package.json may name npm
// packages that are to stay in the main package:
//
//	{"tuikit-cli": {"npm": {"main": ["three"]}}}
func BundleOptions(in *project.Inspection) bundle.Options {
	o := bundle.Options{Lower: in.Project.Config.WithoutES6()}
	if lock := in.Project.Lock; lock != nil {
		for _, i := range lock.Integrations {
			if i.Isolated {
				o.Independent = append(o.Independent, i.Root)
			}
		}
	}
	manifest := project.ReadDocument(in.FS, path.Join(in.Project.Npm.Dir, project.PackageFile))
	for _, name := range manifest.List("tuikit-cli", "npm", "main") {
		if name, ok := name.(string); ok {
			o.Main = append(o.Main, name)
		}
	}
	if lock := in.Project.Lock; lock.HasUIKit() {
		o.Aliases = uikit.Generation(lock.UIKit.Generation).Wiring().Aliases
	}
	return o
}

// npmRecipe is an NpmBuild in the making.
type npmRecipe struct {
	recipe
	in      *project.Inspection
	output  *bundle.Output
	modules []fs.FS
	folders []string
	there   map[string]bool // the files in the folders; true for a link
}

// BuildNpm makes the Plan of build-npm. All of the folders miniprogram_npm of the
// main package and of subpackages is kept in step: a file that is not built any
// more goes. What this tool has not recorded, DevTools has not made and node_modules
// does not have is the user's, and a Conflict where it would change or go. The
// error is a *project.FileError, or one of reading.
func BuildNpm(fsys fs.FS, in *project.Inspection, o NpmOptions) (*NpmBuild, error) {
	p := plan.New(fsys)
	p.Choices = o.Choices
	p.Last(project.LockFile)
	n := &npmRecipe{in: in, output: markHelpers(in.Project.Lock, o.Output), modules: o.Modules, there: map[string]bool{}}
	n.recipe = recipe{Plan: p, disk: fsys, project: in.Project, lock: in.Project.Lock.Clone(), Options: Options{ProjectName: o.ProjectName, Choices: o.Choices}}
	for _, step := range []func() error{n.list, n.write, n.sweep, n.settings, n.record} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	n.SortConflicts()
	return n.weighed()
}

// markHelpers is the output with the marks that scripts of an isolated subpackage have.
func markHelpers(lock *project.Lock, output *bundle.Output) *bundle.Output {
	marked := *output
	marked.Files = maps.Clone(output.Files)
	for name, data := range output.Files {
		root := strings.TrimSuffix(npmFolder(name), "/"+bundle.Dir)
		if known, _ := lock.Find(Subpackage, root); !known.Isolated || path.Ext(name) != ".js" || bundle.IsHelper(name) {
			continue
		}
		marked.Files[name] = mark(data, func(helper string) bool {
			return output.Files[path.Join(root, bundle.Dir, bundle.File(bundle.HelperModule(helper)))] != nil
		})
	}
	return &marked
}

// weighed adds up the folders before and after.
func (n *npmRecipe) weighed() (*NpmBuild, error) {
	build := &NpmBuild{Plan: n.Plan, folders: n.folders}
	for _, folder := range n.folders {
		before, after, err := n.Sizes(folder, func(string) bool { return false })
		if err != nil {
			return nil, err
		}
		for _, size := range before {
			build.Before += size
		}
		for _, size := range after {
			build.After += size
		}
	}
	return build, nil
}

// Stale lists what differs from what is built: the operations in the folders
// miniprogram_npm.
func (b *NpmBuild) Stale() []plan.Op {
	return slices.DeleteFunc(b.Ops(), func(op plan.Op) bool {
		return !slices.ContainsFunc(b.folders, func(folder string) bool { return project.Inside(op.Path, folder) })
	})
}

// list finds the folders miniprogram_npm that are ours, and what is in them: those
// at the root of each package, those that are built into and those that were.
func (n *npmRecipe) list() error {
	folders := map[string]bool{}
	for _, pkg := range n.project.Packages() {
		folders[n.project.Path(pkg.Root, bundle.Dir)] = true
	}
	for name := range n.output.Files {
		folders[npmFolder(n.project.Path(name))] = true
	}
	for name, entry := range n.lock.Files {
		if folder := npmFolder(name); entry.Kind == project.Built && folder != "" {
			folders[folder] = true
		}
	}
	n.folders = slices.DeleteFunc(sorted(folders), func(folder string) bool { return !fs.ValidPath(folder) })
	for _, folder := range n.folders {
		if err := n.listFolder(folder); err != nil {
			return err
		}
	}
	return nil
}

// listFolder notes what is in a folder; one behind a link is somebody else's.
func (n *npmRecipe) listFolder(folder string) error {
	if info, err := fs.Lstat(n.disk, folder); err != nil || !info.IsDir() || n.behindLink(folder) {
		return nil
	}
	return fs.WalkDir(n.disk, folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return &project.FileError{Path: name, Err: err}
		case name != folder && project.Excluded(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case !entry.IsDir() && name != folder:
			n.there[name] = !entry.Type().IsRegular()
		}
		return nil
	})
}

// behindLink reports whether one of the folders around name is a link.
func (n *npmRecipe) behindLink(name string) bool {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if n.IsLink(dir) {
			return true
		}
	}
	return false
}

// write plans what is built.
func (n *npmRecipe) write() error {
	for _, name := range sorted(n.output.Files) {
		full, data := n.project.Path(name), n.output.Files[name]
		if err := n.writeFile(full, data); err != nil {
			return err
		}
		now, err := n.ReadFile(full)
		if err == nil && bytes.Equal(now, data) { // and not the user's, which was to be kept
			n.lock.Files[full] = project.File{Kind: project.Built, SHA256: plan.Hash(data)}
		}
	}
	return nil
}

func (n *npmRecipe) writeFile(full string, data []byte) error {
	why := msg.T("why.module")
	link, there := n.there[full]
	if !there || link {
		return n.Add(full, data, why)
	}
	now, err := n.ReadFile(full)
	switch {
	case err == nil && sameText(now, data):
		return nil
	case err == nil && n.replaceable(full, now):
		return n.Write(full, data, why)
	}
	return n.Replace(full, data, why, n.doubt(full))
}

// doubt is why a file may be the user's.
func (n *npmRecipe) doubt(full string) msg.Text {
	if _, ours := n.lock.Files[full]; ours {
		return msg.T("conflict.edited")
	}
	return msg.T("conflict.npm")
}

// sweep plans that what is not built any more goes.
func (n *npmRecipe) sweep() error {
	wanted := map[string]bool{}
	for name := range n.output.Files {
		wanted[n.project.Path(name)] = true
	}
	kept, left := map[string]int{}, map[string]int{} // files by folder of an npm package
	for _, name := range n.output.Kept {
		full := n.project.Path(name)
		wanted[full] = true
		kept[npmPackageFolder(full)]++
	}
	for name, entry := range n.lock.Files {
		if _, there := n.there[name]; entry.Kind == project.Built && !there && !wanted[name] {
			delete(n.lock.Files, name)
		}
	}
	built := n.builtFolders()
	for _, full := range sorted(n.there) {
		if wanted[full] || n.waiting(full) {
			continue
		}
		if n.foreign(full, built) {
			left[npmPackageFolder(full)]++
			continue
		}
		if err := n.sweepFile(full); err != nil {
			return err
		}
	}
	maps.DeleteFunc(left, func(folder string, _ int) bool { return kept[folder] > 0 })
	n.noteFolders(kept, left)
	return nil
}

// builtFolders are the folders of the npm packages that are built.
func (n *npmRecipe) builtFolders() map[string]bool {
	built := map[string]bool{}
	for name := range n.output.Files {
		built[npmPackageFolder(n.project.Path(name))] = true
	}
	return built
}

// foreign reports whether a file stays because it is none of "build npm"'s business:
// a link, or a part of an npm package that nothing reaches and node_modules does not
// have, so that it could not be made again.
func (n *npmRecipe) foreign(full string, built map[string]bool) bool {
	_, ours := n.lock.Files[full]
	return n.there[full] || !ours && !built[npmPackageFolder(full)] && !n.installed(full)
}

// waiting reports whether a file is what --integration none has put in for pages to
// come.
func (n *npmRecipe) waiting(full string) bool {
	_, waits := n.lock.Find(None, "")
	_, ours := n.lock.Files[full]
	return waits && ours && n.lock.Npm[npmNames(full)[0]] != ""
}

func (n *npmRecipe) sweepFile(full string) error {
	data, err := n.ReadFile(full)
	if err != nil {
		return &project.FileError{Path: full, Err: err}
	}
	why := msg.T("why.stale")
	if n.replaceable(full, data) {
		delete(n.lock.Files, full)
		return n.Delete(full, why)
	}
	if n.Options.Choices[full] == plan.Overwrite {
		delete(n.lock.Files, full)
	}
	return n.Discard(full, why, n.doubt(full))
}

func (n *npmRecipe) noteFolders(kept, left map[string]int) {
	if len(kept) > 0 {
		n.Notes = append(n.Notes, msg.T("note.npm-kept", "Folders", sorted(kept)))
	}
	if len(left) > 0 {
		n.Notes = append(n.Notes, msg.T("note.npm-left", "Folders", sorted(left)))
	}
}

// settings keeps the record out of the mini program, and leaves a click on "build
// npm" in DevTools nothing to build: it would make everything anew its own way.
// Where the project has told DevTools which package.json to build from, that is the
// user's decision, and only told.
func (n *npmRecipe) settings() error {
	if !n.built() {
		return nil
	}
	made := !n.project.HasConfig
	if made {
		if err := n.missingConfig(); err != nil {
			return err
		}
	}
	relies := len(n.project.Config.Setting.PackNpmRelationList) > 0
	if relies {
		n.Notes = append(n.Notes, msg.T("note.npm-devtools", "File", project.ConfigFile))
	}
	return n.editFile(project.ConfigFile, msg.T("why.npm-settings"), func(data []byte) (out []byte, err error) {
		if !made {
			if data, err = n.leaveOut(data); err != nil {
				return nil, err
			}
		}
		if relies {
			return data, nil
		}
		return nothingToPack(data)
	})
}

// leaveOut adds to packOptions what of ours is not to be packed.
func (n *npmRecipe) leaveOut(data []byte) (out []byte, err error) {
	for _, rule := range n.unpacked() {
		if rule.Value != project.LockFile && rule.Value != plan.StateDir || n.ignores(rule) {
			continue
		}
		if data, err = jsonpatch.Append(data, rule, "packOptions", "ignore"); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// nothingToPack sets what DevTools builds npm from: what the list says, and that is
// nothing.
func nothingToPack(data []byte) (out []byte, err error) {
	if now, _ := jsonpatch.Find(data, "setting", "packNpmManually"); string(now) != "true" {
		if data, err = jsonpatch.Set(data, true, "setting", "packNpmManually"); err != nil {
			return nil, err
		}
	}
	if _, set := jsonpatch.Find(data, "setting", "packNpmRelationList"); set {
		return data, nil
	}
	return jsonpatch.Set(data, []project.NpmRelation{}, "setting", "packNpmRelationList")
}

// built reports whether any file of an npm package is recorded.
func (n *npmRecipe) built() bool {
	for _, file := range n.lock.Files {
		if file.Kind == project.Built {
			return true
		}
	}
	return false
}

// record writes the lock file, if it is to say anything else. One that would say
// nothing goes.
func (n *npmRecipe) record() error {
	switch {
	case n.lock.Empty():
		return n.Delete(project.LockFile, msg.T("why.stale"))
	case reflect.DeepEqual(n.lock, n.project.Lock.Clone()):
		return nil
	}
	data, err := n.lock.Encode()
	if err != nil {
		return err
	}
	return n.Write(project.LockFile, data, msg.T("why.lock"))
}
