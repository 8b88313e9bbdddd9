//go:build !unix

package plan

import "io/fs"

// keepOwner: on Windows a file takes its owner and rights from its folder.
func (d *disk) keepOwner(string, fs.FileInfo) {}
