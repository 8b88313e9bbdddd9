//go:build linux

package plan

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mounted is a scenario in which a folder of the project is mounted from elsewhere,
// as containers have it: nothing can be renamed into it.
func mounted(t *testing.T, s scenario) scenario {
	t.Helper()
	prepare := s.prepare
	s.prepare = func(t *testing.T, dir string) {
		t.Helper()
		sub := filepath.Join(dir, "sub")
		must(t, os.MkdirAll(sub, 0o755))
		if err := syscall.Mount("tmpfs", sub, "tmpfs", 0, "size=1m,mode=755"); err != nil {
			t.Skip("needs the right to mount: ", err)
		}
		t.Cleanup(func() { _ = syscall.Unmount(sub, 0) })
		must(t, os.WriteFile(filepath.Join(sub, "mine"), []byte("mine"), 0o644))
		prepare(t, dir)
	}
	return s
}

func TestMountedFolder(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs the right to mount")
	}
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			s := mounted(t, s)
			after := s.outcomeOf(t)
			for n := 1; ; n += 3 { // what is done at each of them is tried elsewhere
				dir := t.TempDir()
				s.prepare(t, dir)
				before := userTree(t, dir)
				ctx, seen := failOnce(t.Context(), n)
				err := s.plan(t, dir).Apply(ctx, dir, someRun)
				if seen.Load() < int64(n) {
					must(t, err)
					return
				}
				want := before
				if err == nil {
					want = after
				} else if !errors.Is(err, errStopped) {
					t.Fatalf("%d: %v", n, err)
				}
				if diff := cmp.Diff(want, userTree(t, dir)); diff != "" {
					t.Fatalf("failed at %d (%v):\n%s", n, err, diff)
				}

				again := t.TempDir()
				s.prepare(t, again)
				before = userTree(t, again)
				ctx, _ = stopAt(t.Context(), n, false)
				_ = s.plan(t, again).Apply(ctx, again, someRun)
				recoverEverywhere(t, again, fmt.Sprintf("%s stopped at %d", s.name, n), before, after)
			}
		})
	}
}
