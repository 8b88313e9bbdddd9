package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// flush drops what a terminal has got and nobody has read. The error it drops says
// that f is no terminal.
func flush(f *os.File) { _ = unix.IoctlSetInt(int(f.Fd()), unix.TCFLSH, unix.TCIFLUSH) }
