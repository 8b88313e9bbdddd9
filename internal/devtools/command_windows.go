package devtools

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// command runs a batch file by cmd.exe, as Windows would, with a line of our own. Ctrl-C
// reaches all processes of a console, so that there is nothing to do but to wait.
func (i Installation) command(ctx context.Context, args []string) (*exec.Cmd, error) {
	command := exec.CommandContext(ctx, i.CLI, args...)
	switch strings.ToLower(filepath.Ext(i.CLI)) {
	case ".bat", ".cmd":
		line, err := batchLine(i.CLI, args)
		if err != nil {
			return nil, err
		}
		command = exec.CommandContext(ctx, "cmd.exe")
		command.SysProcAttr = &syscall.SysProcAttr{CmdLine: line}
	}
	command.Cancel = func() error { return nil }
	return command, nil
}
