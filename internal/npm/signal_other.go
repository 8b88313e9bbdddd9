//go:build !unix

package npm

import "os/exec"

// gentle: outside unix, ending npm itself is all that can be done.
func gentle(*exec.Cmd) {}
