//go:build unix

package plan

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestOwnerStays: what root changes stays the user's, also when it is taken back.
func TestOwnerStays(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can give files to others")
	}
	dir := t.TempDir()
	write(t, dir, someFiles)
	file := filepath.Join(dir, "app.json")
	must(t, os.Chown(file, 1234, 5678))
	must(t, os.Chmod(file, 0o640))
	check := func(when string) {
		t.Helper()
		info, err := os.Stat(file)
		must(t, err)
		owner, _ := info.Sys().(*syscall.Stat_t)
		if owner.Uid != 1234 || owner.Gid != 5678 || info.Mode().Perm() != 0o640 {
			t.Errorf("%s: %d:%d %v", when, owner.Uid, owner.Gid, info.Mode())
		}
	}
	must(t, somePlan(t, dir).Apply(t.Context(), dir, someRun))
	check("applied")
	must(t, lastUndone(t, dir).Apply(t.Context(), dir, someRun))
	check("undone")
	ctx, _ := stopAt(t.Context(), 1000, false)
	must(t, lastUndone(t, dir).Apply(ctx, dir, someRun))
	check("redone")
}
