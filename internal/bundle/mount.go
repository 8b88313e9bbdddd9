package bundle

import (
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// mount shows a folder as lying at a path; only its files can be opened.
type mount struct {
	fsys fs.FS
	at   string
}

func (m mount) Open(name string) (fs.File, error) {
	rest, ok := strings.CutPrefix(name, m.at+"/")
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return m.fsys.Open(rest)
}

// open makes the graph of a package's code for mini programs, as it will lie below
// miniprogram_npm. Nothing else is there: what it asks of others is not found, and
// so becomes known.
func (b *builder) open(p *npmPackage) *graph.Graph {
	if p.code != nil {
		return p.code
	}
	at := path.Join(Dir, p.name)
	fsys := os.DirFS(p.mini)
	files, err := project.ListFiles(fsys, ".", nil)
	if err != nil {
		files = &project.Files{}
	}
	p.code = graph.Open(&project.Inspection{FS: mount{fsys, at}, Project: &project.Project{Root: "."}, Files: files.Under(at)})
	return p.code
}

// hidden is a project without what has been built of the npm packages that are
// installed: that is no code of the project, nor does it answer for them.
type hidden struct {
	fs.FS
	installed func(name string) bool
}

func (h hidden) hides(name string) bool {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if part != Dir {
			continue
		}
		module := strings.Join(parts[i+1:], "/")
		if h.installed(Name(module)) || polyfills[strings.TrimSuffix(module, ".js")] != "" {
			return true
		}
	}
	return false
}

func (h hidden) Open(name string) (fs.File, error) {
	if h.hides(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return h.FS.Open(name)
}

// ReadDir lists a folder without what is hidden.
func (h hidden) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(h.FS, name)
	kept := entries[:0:0]
	for _, entry := range entries {
		if !h.hides(path.Join(name, entry.Name())) {
			kept = append(kept, entry)
		}
	}
	return kept, err
}

// Stat describes a file, unless it is hidden.
func (h hidden) Stat(name string) (fs.FileInfo, error) {
	if h.hides(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return fs.Stat(h.FS, name)
}
