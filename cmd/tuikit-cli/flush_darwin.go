package main

import (
	"os"

	"golang.org/x/sys/unix"
)

const inputQueue = 1 // FREAD of sys/fcntl.h

// flush drops what a terminal has got and nobody has read. The error it drops says
// that f is no terminal.
func flush(f *os.File) { _ = unix.IoctlSetPointerInt(int(f.Fd()), unix.TIOCFLUSH, inputQueue) }
