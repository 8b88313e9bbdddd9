package plan

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"

	"github.com/otiai10/copy"
)

// observerKey finds the observer in a context.
type observerKey struct{}

// Observe has observe called before every single change that Apply and Recover
// make on disk, with what is about to be done. An error from it is taken for the
// failure of that change: it is how tests stop the program at each of them.
func Observe(ctx context.Context, observe func(step string) error) context.Context {
	return context.WithValue(ctx, observerKey{}, observe)
}

// disk is the project root. Every change of it goes through the methods below,
// and os.Root sees to it that none leaves it.
type disk struct {
	*os.Root
	dir     string
	observe func(step string) error
}

func openDisk(ctx context.Context, dir string) (*disk, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &ApplyError{Path: dir, Err: err}
	}
	observe, _ := ctx.Value(observerKey{}).(func(string) error)
	if observe == nil {
		observe = func(string) error { return nil }
	}
	return &disk{Root: root, dir: dir, observe: observe}, nil
}

func (d *disk) full(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

func (d *disk) exists(name string) bool {
	_, err := d.Lstat(name)
	return err == nil
}

func (d *disk) rename(from, to string) error {
	if err := d.observe("rename " + from + " to " + to); err != nil {
		return err
	}
	err := d.Rename(from, to)
	if errors.Is(err, syscall.EXDEV) {
		return d.carry(from, to)
	}
	return err
}

// carried ends the name of a file on its way to another file system.
const carried = ".tuikit-new"

// carry is rename to a folder that is mounted from elsewhere, as containers have
// them: a file is copied next to where it will be and renamed there. While both are
// there Recover knows by the Hash.
func (d *disk) carry(from, to string) error {
	info, err := d.Lstat(from)
	if err != nil {
		return err
	}
	if info.IsDir() {
		if err := copy.Copy(d.full(from), d.full(to)); err != nil {
			return errors.Join(err, d.RemoveAll(to))
		}
		return d.RemoveAll(from)
	}
	data, err := d.ReadFile(from)
	if err != nil {
		return err
	}
	temp := to + carried
	if d.exists(temp) {
		return &TargetError{Path: temp}
	}
	if err := d.replace(to, temp, data, info.Mode().Perm()); err != nil {
		return errors.Join(err, d.remove(temp))
	}
	return d.remove(from)
}

func (d *disk) remove(name string) error {
	if err := d.observe("remove " + name); err != nil {
		return err
	}
	return d.Remove(name)
}

func (d *disk) removeAll(name string) error {
	if err := d.observe("remove all of " + name); err != nil {
		return err
	}
	return d.RemoveAll(name)
}

func (d *disk) mkdir(name string, mode fs.FileMode) error {
	if err := d.observe("make folder " + name); err != nil {
		return err
	}
	return d.Mkdir(name, mode)
}

// ensureDir makes a folder unless it is there.
func (d *disk) ensureDir(name string, mode fs.FileMode) error {
	info, err := d.Lstat(name)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return &TargetError{Path: name}
	}
	return d.mkdir(name, mode)
}

// write makes a file and has it on the disk before it returns: what is renamed
// into place must not be empty after a power failure.
func (d *disk) write(name string, data []byte, mode fs.FileMode) (err error) {
	if err := d.observe("create " + name); err != nil {
		return err
	}
	file, err := d.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := d.observe("write " + name); err != nil {
		return err
	}
	if _, err := file.Write(data); err != nil {
		return err
	}
	return file.Sync()
}

// replace puts data in the place of a file in one step; by way of the file temp.
func (d *disk) replace(name, temp string, data []byte, mode fs.FileMode) error {
	if err := d.write(temp, data, 0o600); err != nil {
		return err
	}
	if replaced, err := d.Lstat(name); err == nil {
		d.keepOwner(temp, replaced)
	}
	if mode != 0 {
		if err := d.Chmod(temp, mode); err != nil {
			return err
		}
	}
	return d.rename(temp, name)
}

// sync has the entries of a folder on the disk. Where folders cannot be synced
// (Windows) the file system sees to it.
func (d *disk) sync(dir string) {
	if folder, err := d.Open(dir); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// hash is that of a regular file, or "" where there is nothing.
func (d *disk) hash(name string) (string, error) {
	info, err := d.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil || !info.Mode().IsRegular():
		return "", &TargetError{Path: name}
	}
	data, err := d.ReadFile(name)
	if err != nil {
		return "", err
	}
	return Hash(data), nil
}

// bring moves a folder from anywhere to name, by copying it where it is on
// another file system.
func (d *disk) bring(from, name string) error {
	if err := d.observe("bring " + name); err != nil {
		return err
	}
	if os.Rename(from, d.full(name)) == nil {
		return nil
	}
	return copy.Copy(from, d.full(name))
}

// Fingerprint tells folders apart by the paths, kinds and sizes of what is in
// them. It is "" for one that is not there.
func Fingerprint(fsys fs.FS, dir string) (string, error) {
	sum := sha256.New()
	empty := true
	err := fs.WalkDir(fsys, path.Clean(dir), func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && name == path.Clean(dir) {
			return fs.SkipAll
		}
		if err != nil {
			return err
		}
		empty = false
		info, err := entry.Info()
		if err != nil {
			return err
		}
		size := info.Size()
		if !info.Mode().IsRegular() {
			size = 0
		}
		fmt.Fprintf(sum, "%s\x00%s\x00%d\n", name[len(path.Clean(dir)):], info.Mode().Type(), size)
		return nil
	})
	if err != nil || empty {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
