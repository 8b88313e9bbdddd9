package npm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/otiai10/copy"
)

// Relock brings a package-lock.json in step with a package.json, in a folder of
// its own: it installs nothing. The lock keeps its format version.
func (c *Client) Relock(ctx context.Context, manifest, lock, npmrc []byte) (after []byte, err error) {
	scratch, err := NewScratch()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, scratch.Close()) }()
	for name, data := range map[string][]byte{"package.json": manifest, "package-lock.json": lock, ".npmrc": npmrc} {
		if err := scratch.Write(name, data); err != nil {
			return nil, err
		}
	}
	args := []string{"--package-lock-only"}
	var format struct {
		Version int `json:"lockfileVersion"`
	}
	if json.Unmarshal(lock, &format) == nil && format.Version > 0 {
		args = append(args, fmt.Sprintf("--lockfile-version=%d", format.Version))
	}
	if err := c.Install(ctx, scratch.Dir, args...); err != nil {
		return nil, err
	}
	return scratch.Read("package-lock.json")
}

// Scratch is a temporary folder in which npm works before anything in a project
// changes.
type Scratch struct{ Dir string }

// NewScratch makes one. The caller closes it.
func NewScratch() (*Scratch, error) {
	dir, err := os.MkdirTemp("", "tuikit-cli-")
	return &Scratch{Dir: dir}, err
}

// Close removes the folder with all that is in it.
func (s *Scratch) Close() error { return os.RemoveAll(s.Dir) }

// Path is the absolute path of a file, given with slashes.
func (s *Scratch) Path(name string) string { return filepath.Join(s.Dir, filepath.FromSlash(name)) }

// Mkdir makes a folder.
func (s *Scratch) Mkdir(name string) error { return os.MkdirAll(s.Path(name), 0o755) }

// Write writes a file in a folder that exists.
func (s *Scratch) Write(name string, data []byte) error {
	return os.WriteFile(s.Path(name), data, 0o600)
}

// Read reads a file.
func (s *Scratch) Read(name string) ([]byte, error) { return os.ReadFile(s.Path(name)) }

// Exists reports whether a file or folder is there.
func (s *Scratch) Exists(name string) bool {
	_, err := os.Lstat(s.Path(name))
	return err == nil
}

// Stage copies the files of the folder source that keep wants, given by their
// path in it, to the folder name. Symbolic links are left out.
func (s *Scratch) Stage(source, name string, keep func(name string) bool) (fs.FS, error) {
	err := copy.Copy(source, s.Path(name), copy.Options{
		Skip: func(_ os.FileInfo, from, _ string) (bool, error) {
			relative, err := filepath.Rel(source, from)
			return !keep(filepath.ToSlash(relative)), err
		},
		OnSymlink: func(string) copy.SymlinkAction { return copy.Skip },
	})
	return os.DirFS(s.Path(name)), err
}
