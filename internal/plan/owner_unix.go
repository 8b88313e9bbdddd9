//go:build unix

package plan

import (
	"io/fs"
	"syscall"
)

// sameDevice reports whether a file can be renamed from one folder into the other.
func sameDevice(a, b fs.FileInfo) bool {
	one, ok := a.Sys().(*syscall.Stat_t)
	other, ok2 := b.Sys().(*syscall.Stat_t)
	return !ok || !ok2 || one.Dev == other.Dev
}

// keepOwner gives a file that takes the place of another the owner of that one,
// where this process may: as root, in a container, the user's files would end up
// as root's.
func (d *disk) keepOwner(name string, replaced fs.FileInfo) {
	was, ok := replaced.Sys().(*syscall.Stat_t)
	if !ok {
		return
	}
	now, err := d.Lstat(name)
	if err != nil {
		return
	}
	if is, ok := now.Sys().(*syscall.Stat_t); ok && (is.Uid != was.Uid || is.Gid != was.Gid) {
		_ = d.Lchown(name, int(was.Uid), int(was.Gid))
	}
}
