//go:build !windows

package msg

// windowsOnly makes a number of Windows one that no error has here.
const windowsOnly = 1 << 16
