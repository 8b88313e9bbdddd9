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
)

// State says how a file compares with what this tool put there.
type State string

// What has become of a file.
const (
	Pristine State = "pristine"
	Modified State = "modified"
	Missing  State = "missing"
	Extra    State = "extra" // in a vendored folder, and not from us
)

// Patched is the kind of a file of the user's that has a part of ours in it; the
// other kinds are those of project.File.
const Patched = "patched"

// FileStatus is one file of Status.
type FileStatus struct {
	Path  string `json:"path"` // relative to the project root
	Kind  string `json:"kind"`
	State State  `json:"state"`
}

// NotIntegrated says that there is nothing of this tool in dir.
func NotIntegrated(dir string) msg.Text { return msg.T("refuse.not-integrated", "Dir", dir) }

// Status compares the project with its lock: every file that this tool wrote,
// every part that it put into a file of the user's, and what lies beside the
// vendored files, sorted by path.
func Status(fsys fs.FS, p *project.Project) ([]FileStatus, error) {
	files := []FileStatus{}
	if p.Lock == nil {
		return files, nil
	}
	folders := map[string]bool{}
	for _, name := range sorted(p.Lock.Files) {
		entry := p.Lock.Files[name]
		state, err := stateOf(fsys, name, entry.SHA256)
		if err != nil {
			return nil, err
		}
		files = append(files, FileStatus{name, entry.Kind, state})
		if dir := vendoredFolder(name); entry.Kind == project.Vendored && dir != "" {
			folders[dir] = true
		}
	}
	for dir := range folders {
		extra, err := extraFiles(fsys, p.Lock, dir)
		if err != nil {
			return nil, err
		}
		files = append(files, extra...)
	}
	files = append(files, patchedFiles(fsys, p)...)
	slices.SortFunc(files, func(a, b FileStatus) int { return strings.Compare(a.Path, b.Path) })
	return files, nil
}

func stateOf(fsys fs.FS, name, sum string) (State, error) {
	data, err := fs.ReadFile(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Missing, nil
	case err != nil:
		return "", &project.FileError{Path: name, Err: err}
	case plan.Hash(data) == sum:
		return Pristine, nil
	}
	return Modified, nil
}

// vendoredFolder is the folder TUIKit that a file is below, or "".
func vendoredFolder(name string) string {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if path.Base(dir) == UIKitDir {
			return dir
		}
	}
	return ""
}

func extraFiles(fsys fs.FS, lock *project.Lock, dir string) ([]FileStatus, error) {
	var extra []FileStatus
	err := fs.WalkDir(fsys, dir, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		if _, ours := lock.Files[name]; !ours {
			extra = append(extra, FileStatus{name, project.Vendored, Extra})
		}
		return nil
	})
	return extra, err
}

// patchedFiles looks for our parts in the user's files: the managed blocks, and
// the pages in app.json.
func patchedFiles(fsys fs.FS, p *project.Project) []FileStatus {
	var files []FileStatus
	for _, name := range sorted(p.Lock.Blocks) {
		state := Missing
		if data, err := fs.ReadFile(fsys, name); err == nil {
			if block, _, ok := findBlock(data); ok {
				state = Modified
				if plan.Hash([]byte(block)) == p.Lock.Blocks[name] {
					state = Pristine
				}
			}
		}
		files = append(files, FileStatus{name, Patched, state})
	}
	state := Pristine
	for _, i := range p.Lock.Integrations {
		if i.Kind != None && !registered(p, i) {
			state = Missing
		}
	}
	if _, ours := p.Lock.Files[p.Path(project.AppFile)]; !ours && p.Lock.HasUIKit() {
		files = append(files, FileStatus{p.Path(project.AppFile), Patched, state})
	}
	return files
}

// registered reports whether the page of an integration is in app.json.
func registered(p *project.Project, i project.Integration) bool {
	for _, pkg := range p.Packages() {
		if pkg.Root == i.Root && slices.Contains(pkg.Pages, i.Page) {
			return true
		}
	}
	return false
}
