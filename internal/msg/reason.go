package msg

import (
	"errors"
	"io/fs"
	"syscall"
)

// reasons are errors of the operating system that have words in the catalogues. Windows
// knows some under numbers of its own; package syscall compares those for the first
// three.
var reasons = []struct {
	err  error
	text Text
}{
	{fs.ErrNotExist, T("os.not-there")},
	{fs.ErrPermission, T("os.permission")},
	{fs.ErrExist, T("os.exists")},
	{syscall.ENOSPC, T("os.full")},
	{windowsFull, T("os.full")},
	{syscall.EROFS, T("os.read-only")},
	{syscall.ENOTDIR, T("os.no-folder")},
	{syscall.EISDIR, T("os.folder")},
	{syscall.ENAMETOOLONG, T("os.long-name")},
	{syscall.ELOOP, T("os.links")},
	{syscall.EMFILE, T("os.many-files")},
	{syscall.EBUSY, T("os.busy")},
	{windowsShared, T("os.busy")},
	{syscall.EADDRINUSE, T("os.address-used")},
	{windowsUsed, T("os.address-used")},
	{syscall.EADDRNOTAVAIL, T("os.address-foreign")},
	{windowsForeign, T("os.address-foreign")},
}

// What Windows says of a full disk, of a file that another program holds, and of an address
// that is taken or not its own (ERROR_DISK_FULL, ERROR_SHARING_VIOLATION, WSAEADDRINUSE and
// WSAEADDRNOTAVAIL). The numbers are nothing elsewhere.
const (
	windowsFull    = syscall.Errno(112 | windowsOnly)
	windowsShared  = syscall.Errno(32 | windowsOnly)
	windowsUsed    = syscall.Errno(10048 | windowsOnly)
	windowsForeign = syscall.Errno(10049 | windowsOnly)
)

// Reason is an error for a person, as a value in a message: the operating system's own
// in the user's language, with the file that it is about; any other as it is.
func Reason(err error) any {
	var at *fs.PathError
	for _, known := range reasons {
		switch {
		case !errors.Is(err, known.err):
			continue
		case errors.As(err, &at):
			return T("os.at", "File", at.Path, "Error", known.text)
		}
		return known.text
	}
	return err.Error()
}

// Bare is the Reason without the file, where the message names that already.
func Bare(err error) any {
	var at *fs.PathError
	if errors.As(err, &at) {
		return Reason(at.Err)
	}
	return Reason(err)
}
