//go:build !unix

package plan

import "io/fs"

// sameDevice: a folder from another volume is a reparse point there, which is not
// written into.
func sameDevice(fs.FileInfo, fs.FileInfo) bool { return true }

// keepOwner: on Windows a file takes its owner and rights from its folder.
func (d *disk) keepOwner(string, fs.FileInfo) {}
