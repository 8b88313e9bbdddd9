//go:build unix

package npm

import (
	"os/exec"
	"syscall"
)

// gentle gives npm a process group of its own and ends the whole group when the
// context does: a Ctrl-C reaches us alone, and no child of npm outlives it.
func gentle(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGTERM) }
}
