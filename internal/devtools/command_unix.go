//go:build unix

package devtools

import (
	"context"
	"os/exec"
	"syscall"
)

// command gives DevTools a process group of its own, and interrupts all of it when the
// context ends, as Ctrl-C would.
func (i Installation) command(ctx context.Context, args []string) (*exec.Cmd, error) {
	command := exec.CommandContext(ctx, i.CLI, args...)
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGINT) }
	return command, nil
}
