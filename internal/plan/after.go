package plan

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// After is the tree as it will be: what the Plan was made of, with its operations.
// Folders that come in or go as a whole (Tree) are as they are now. What it reads
// of the disk it reads when it is asked.
func (p *Plan) After() fs.FS {
	t := &after{disk: p.disk, files: map[string]*Op{}, gone: map[string]bool{}, below: map[string]map[string]bool{}}
	for name, op := range p.ops {
		if op.Kind != Delete {
			t.put(name, op)
		}
	}
	empty := map[string]bool{}
	for name := range p.gone {
		if t.files[name] == nil {
			t.gone[name] = true
			empty[path.Dir(name)] = true
		}
	}
	for len(empty) > 0 {
		empty = t.sweep(empty, p.folders)
	}
	return t
}

// after is a disk with operations on top.
type after struct {
	disk  fs.FS
	files map[string]*Op             // that the operations make, by path
	gone  map[string]bool            // files that go, and folders that are left empty
	below map[string]map[string]bool // names that the operations make, by folder: true for a folder
}

func (t *after) put(name string, op *Op) {
	t.files[name] = op
	for folder := false; name != "."; folder = true {
		dir := path.Dir(name)
		if t.below[dir] == nil {
			t.below[dir] = map[string]bool{}
		}
		t.below[dir][path.Base(name)] = folder
		name = dir
	}
}

// sweep takes out those of the folders that have nothing in them any more, as Apply
// does, and returns the folders around them.
func (t *after) sweep(dirs map[string]bool, known *folders) map[string]bool {
	around := map[string]bool{}
	for dir := range dirs {
		if dir == "." || known != nil && !known.remove[dir] {
			continue
		}
		if entries, err := t.ReadDir(dir); err == nil && len(entries) == 0 {
			t.gone[dir] = true
			around[path.Dir(dir)] = true
		}
	}
	return around
}

func missing(op, name string) error {
	return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// ReadFile makes after an fs.ReadFileFS.
func (t *after) ReadFile(name string) ([]byte, error) {
	switch op := t.files[name]; {
	case op != nil:
		return bytes.Clone(op.After), nil
	case t.gone[name]:
		return nil, missing("open", name)
	}
	return fs.ReadFile(t.disk, name)
}

// Stat makes after an fs.StatFS.
func (t *after) Stat(name string) (fs.FileInfo, error) { return t.info(name, fs.Stat) }

// Lstat makes after an fs.ReadLinkFS.
func (t *after) Lstat(name string) (fs.FileInfo, error) { return t.info(name, fs.Lstat) }

// ReadLink makes after an fs.ReadLinkFS.
func (t *after) ReadLink(name string) (string, error) { return fs.ReadLink(t.disk, name) }

func (t *after) info(name string, ask func(fs.FS, string) (fs.FileInfo, error)) (fs.FileInfo, error) {
	switch op := t.files[name]; {
	case op != nil:
		return planned{name: path.Base(name), size: int64(len(op.After)), mode: 0o644}, nil
	case t.gone[name]:
		return nil, missing("stat", name)
	}
	info, err := ask(t.disk, name)
	if err != nil && t.below[name] != nil {
		return planned{name: path.Base(name), mode: fs.ModeDir | 0o755}, nil
	}
	return info, err
}

// ReadDir makes after an fs.ReadDirFS.
func (t *after) ReadDir(name string) ([]fs.DirEntry, error) {
	if t.gone[name] {
		return nil, missing("open", name)
	}
	made := t.below[name]
	entries, err := fs.ReadDir(t.disk, name)
	if err != nil && made == nil {
		return nil, err
	}
	var all []fs.DirEntry
	for _, entry := range entries {
		folder, covered := made[entry.Name()]
		if t.gone[path.Join(name, entry.Name())] || covered && !(folder && entry.IsDir()) {
			continue
		}
		all = append(all, entry)
	}
	for base := range made {
		if slices.ContainsFunc(all, func(entry fs.DirEntry) bool { return entry.Name() == base }) {
			continue
		}
		if info, err := t.Lstat(path.Join(name, base)); err == nil {
			all = append(all, fs.FileInfoToDirEntry(info))
		}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}

// Open makes after an fs.FS.
func (t *after) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	info, err := t.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		entries, err := t.ReadDir(name)
		return &openFolder{openFile: openFile{info: info, Reader: bytes.NewReader(nil)}, entries: entries}, err
	}
	if op := t.files[name]; op != nil {
		return &openFile{info: info, Reader: bytes.NewReader(op.After)}, nil
	}
	return t.disk.Open(name)
}

// planned is the fs.FileInfo of what is not on the disk yet.
type planned struct {
	name string
	size int64
	mode fs.FileMode
}

func (p planned) Name() string       { return p.name }
func (p planned) Size() int64        { return p.size }
func (p planned) Mode() fs.FileMode  { return p.mode }
func (p planned) ModTime() time.Time { return time.Time{} }
func (p planned) IsDir() bool        { return p.mode.IsDir() }
func (p planned) Sys() any           { return nil }

type openFile struct {
	*bytes.Reader
	info fs.FileInfo
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

type openFolder struct {
	openFile
	entries []fs.DirEntry
}

// Read fails: a folder has no content.
func (f *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.info.Name(), Err: fs.ErrInvalid}
}

// ReadDir makes openFolder an fs.ReadDirFile.
func (f *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(f.entries)
	} else if len(f.entries) == 0 {
		return nil, io.EOF
	}
	first := f.entries[:min(n, len(f.entries))]
	f.entries = f.entries[len(first):]
	return first, nil
}
