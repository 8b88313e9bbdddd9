package plan

import (
	"io/fs"
	"sync"
)

// Snapshot is fsys with a memory: what was read once is read the same ever after.
// A Plan made of it is made of one state of each file, and when somebody changes
// one meanwhile Apply finds out.
func Snapshot(fsys fs.FS) fs.FS {
	return &snapshot{FS: fsys}
}

type snapshot struct {
	fs.FS
	files, stats, lstats, folders memory
}

// memory has the answers to one kind of question by file name.
type memory struct{ answers sync.Map }

type answer struct {
	value any
	err   error
}

// recall is what was answered first.
func recall[T any](m *memory, name string, ask func(fs.FS, string) (T, error), fsys fs.FS) (T, error) {
	known, ok := m.answers.Load(name)
	if !ok {
		value, err := ask(fsys, name)
		known, _ = m.answers.LoadOrStore(name, answer{value, err})
	}
	first, _ := known.(answer)
	value, _ := first.value.(T)
	return value, first.err
}

func (s *snapshot) ReadFile(name string) ([]byte, error) {
	return recall(&s.files, name, fs.ReadFile, s.FS)
}

func (s *snapshot) Stat(name string) (fs.FileInfo, error) {
	return recall(&s.stats, name, fs.Stat, s.FS)
}

func (s *snapshot) Lstat(name string) (fs.FileInfo, error) {
	return recall(&s.lstats, name, fs.Lstat, s.FS)
}

func (s *snapshot) ReadLink(name string) (string, error) { return fs.ReadLink(s.FS, name) }

func (s *snapshot) ReadDir(name string) ([]fs.DirEntry, error) {
	return recall(&s.folders, name, fs.ReadDir, s.FS)
}
