package plan

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var errStopped = errors.New("stopped")

// stopAt has every change of the disk fail from the n-th on, as a full disk does;
// or, with kill, ends the process there.
func stopAt(ctx context.Context, n int, kill bool) (context.Context, *atomic.Int64) {
	var seen atomic.Int64
	return Observe(ctx, func(string) error {
		switch at := seen.Add(1); {
		case at < int64(n):
			return nil
		case kill:
			killSelf()
		}
		return errStopped
	}), &seen
}

// killSelf ends the process as nothing else does: no defer runs, no signal is caught.
func killSelf() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {} // it is on its way
}

// failOnce has only the n-th change of the disk fail.
func failOnce(ctx context.Context, n int) (context.Context, *atomic.Int64) {
	var seen atomic.Int64
	return Observe(ctx, func(string) error {
		if seen.Add(1) == int64(n) {
			return errStopped
		}
		return nil
	}), &seen
}

// inMemory is a folder on a file system that needs not be waited for, where there is
// one: what is tried a thousand times has every file on the disk before it goes on.
func inMemory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "tuikit-cli-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	must(t, os.Chmod(dir, 0o755))
	return dir
}

// userTree is the tree without StateDir.
func userTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := tree(t, dir)
	for name := range all {
		if strings.HasPrefix(name, StateDir+"/") {
			delete(all, name)
		}
	}
	return all
}

// scenario is an operation that the tests stop everywhere.
type scenario struct {
	name    string
	prepare func(t *testing.T, dir string) // the tree before
	plan    func(t *testing.T, dir string) *Plan
}

var scenarios = []scenario{
	{"apply", func(t *testing.T, dir string) {
		write(t, dir, someFiles)
		must(t, os.Mkdir(filepath.Join(dir, "pages"), 0o750)) // empty, and the user's
	}, somePlan},
	{"undo", func(t *testing.T, dir string) {
		write(t, dir, someFiles)
		must(t, somePlan(t, dir).Apply(context.Background(), dir, someRun))
	}, lastUndone},
	{"redo", func(t *testing.T, dir string) {
		write(t, dir, someFiles)
		must(t, somePlan(t, dir).Apply(context.Background(), dir, someRun))
		must(t, lastUndone(t, dir).Apply(context.Background(), dir, someRun))
	}, lastUndone},
	{"undo again", func(t *testing.T, dir string) {
		write(t, dir, someFiles)
		for range 2 {
			if history, _ := History(os.DirFS(dir)); history == nil {
				must(t, somePlan(t, dir).Apply(context.Background(), dir, someRun))
			}
			must(t, lastUndone(t, dir).Apply(context.Background(), dir, someRun))
		}
	}, lastUndone},
}

// lastUndone is the inverse of the last operation.
func lastUndone(t *testing.T, dir string) *Plan {
	t.Helper()
	disk := os.DirFS(dir)
	history, err := History(disk)
	must(t, err)
	step, err := ToUndo(history, 0)
	must(t, err)
	p, err := Undo(disk, step.Latest, nil)
	must(t, err)
	if len(p.Conflicts) > 0 {
		t.Fatalf("conflicts %v", p.Conflicts)
	}
	return p
}

// outcomeOf is the tree that the scenario leads to when nothing is in the way.
func (s scenario) outcomeOf(t *testing.T) map[string]string {
	t.Helper()
	dir := inMemory(t)
	s.prepare(t, dir)
	must(t, s.plan(t, dir).Apply(t.Context(), dir, someRun))
	return userTree(t, dir)
}

// TestAnErrorAnywhereTakesEverythingBack has each change of the disk fail, one
// after the other.
func TestAnErrorAnywhereTakesEverythingBack(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			after := s.outcomeOf(t)
			for n := 1; ; n++ {
				dir := inMemory(t)
				s.prepare(t, dir)
				before := tree(t, dir)
				ctx, seen := failOnce(t.Context(), n)
				err := s.plan(t, dir).Apply(ctx, dir, someRun)
				if seen.Load() < int64(n) {
					if n < 25 {
						t.Errorf("only %d changes", n-1)
					}
					t.Logf("%d places", n-1)
					return
				}
				now := tree(t, dir)
				if s.name != "apply" {
					before, now = withoutIDs(before), withoutIDs(now)
				}
				if err == nil { // what failed was not needed, as the removal of an old record
					if diff := cmp.Diff(after, userTree(t, dir)); diff != "" {
						t.Fatalf("%d: no error, and:\n%s", n, diff)
					}
					continue
				}
				if !errors.Is(err, errStopped) {
					t.Fatalf("%d: %v", n, err)
				}
				if diff := cmp.Diff(before, now); diff != "" {
					t.Fatalf("failed at %d (%v), the tree is not as it was:\n%s", n, err, diff)
				}
			}
		})
	}
}

// withoutIDs leaves out what may stay of the holder of the lock.
func withoutIDs(all map[string]string) map[string]string {
	for name := range all {
		if name == lockFile || name == holderFile {
			delete(all, name)
		}
	}
	return all
}

// TestADeadDiskIsRecovered has every change fail from the n-th on, so that
// nothing can be taken back either; then the disk works again.
func TestADeadDiskIsRecovered(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			after := s.outcomeOf(t)
			for n := 1; ; n++ {
				dir := inMemory(t)
				s.prepare(t, dir)
				before := userTree(t, dir)
				ctx, seen := stopAt(t.Context(), n, false)
				err := s.plan(t, dir).Apply(ctx, dir, someRun)
				if seen.Load() < int64(n) {
					must(t, err)
					return
				}
				recoverEverywhere(t, dir, fmt.Sprintf("%s stopped at %d", s.name, n), before, after)
			}
		})
	}
}

// recoverEverywhere stops the recovery itself at each place, then lets it go on.
func recoverEverywhere(t *testing.T, dir, what string, before, after map[string]string) {
	t.Helper()
	for m := 1; ; m++ {
		ctx, seen := stopAt(t.Context(), m, false)
		outcome, err := Recover(ctx, dir, Holder{})
		if seen.Load() >= int64(m) {
			continue // it was cut off; again, a step further
		}
		if err != nil || len(outcome.Left) > 0 {
			t.Fatalf("%s: recovery: %v, %v", what, err, outcome.Left)
		}
		break
	}
	if NeedsRecovery(os.DirFS(dir)) {
		t.Fatalf("%s: there is still something to recover", what)
	}
	now := userTree(t, dir)
	if fromBefore, fromAfter := cmp.Diff(before, now), cmp.Diff(after, now); fromBefore != "" && fromAfter != "" {
		t.Fatalf("%s: the tree is neither the one before:\n%s\nnor the one after:\n%s", what, fromBefore, fromAfter)
	}
}

const (
	killVariable = "TUIKIT_TEST_KILL_AT"
	killScenario = "TUIKIT_TEST_SCENARIO"
	killFolder   = "TUIKIT_TEST_FOLDER"
)

// TestChild is no test of its own: it is what TestKilledAnywhere kills.
func TestChild(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv(killVariable))
	if err != nil {
		t.Skip("run by TestKilledAnywhere")
	}
	for _, s := range scenarios {
		if s.name == os.Getenv(killScenario) {
			dir := os.Getenv(killFolder)
			ctx, _ := stopAt(t.Context(), n, true)
			must(t, s.plan(t, dir).Apply(ctx, dir, someRun))
		}
	}
}

// TestKilledAnywhere kills a process (SIGKILL) before each change of the disk, and
// recovers.
func TestKilledAnywhere(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot kill itself there without its parent's exit handling")
	}
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			after := s.outcomeOf(t)
			for n := 1; ; n++ {
				dir := inMemory(t)
				s.prepare(t, dir)
				before := userTree(t, dir)
				child := exec.Command(os.Args[0], "-test.run=^TestChild$")
				child.Env = append(os.Environ(), killVariable+"="+strconv.Itoa(n), killScenario+"="+s.name, killFolder+"="+dir, "TMPDIR="+t.TempDir())
				output, err := child.CombinedOutput()
				if err == nil {
					if diff := cmp.Diff(after, userTree(t, dir)); diff != "" {
						t.Fatal(diff)
					}
					if n < 25 {
						t.Errorf("only %d places", n-1)
					}
					return
				}
				if child.ProcessState.ExitCode() != -1 {
					t.Fatalf("%d: not killed: %v\n%s", n, err, output)
				}
				if disk := os.DirFS(dir); Unfinished(disk) {
					if err := New(disk).Apply(t.Context(), dir, someRun); !errors.Is(err, ErrUnfinished) {
						t.Fatalf("%d: Apply over an unfinished operation: %v", n, err)
					}
				}
				recoverEverywhere(t, dir, fmt.Sprintf("%s killed at %d", s.name, n), before, after)
			}
		})
	}
}

// FuzzRecover: a journal that somebody has damaged, or forged, leads to an error or
// to a recovery, and touches nothing outside of the project.
func FuzzRecover(f *testing.F) {
	f.Add([]byte(`{"version":1,"id":1,"command":"x","ops":[{"op":"create","path":"../outside","after":"x"}],"made":["../made"],"emptied":[{"path":"../gone","mode":493}]}`))
	f.Add([]byte(`{"version":1,"ops":[{"op":"delete","path":"a","before":"x","old":"../../../outside"}],"trees":[{"op":"delete","path":"../outside","old":"trees/0/x"}]}`))
	f.Add([]byte(`{"version":1,"ops":[{"op":"move","path":"a","from":"../outside"}],"above":9}`))
	f.Add([]byte(`{"version":2}`))
	f.Add([]byte(`{"version":1,"ops":[`))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, journal []byte) {
		parent := t.TempDir()
		dir := filepath.Join(parent, "project")
		write(t, parent, map[string]string{"outside": "secret", "project/a": "mine", "project/.tuikit/apply/old/0": "kept", "project/.tuikit/apply/record": string(journal)})
		outcome, err := Recover(t.Context(), dir, Holder{})
		if data, readErr := os.ReadFile(filepath.Join(parent, "outside")); readErr != nil || string(data) != "secret" {
			t.Fatalf("outside: %q, %v", data, readErr)
		}
		if entries, readErr := os.ReadDir(parent); readErr != nil || len(entries) != 2 {
			t.Fatalf("outside: %v, %v", entries, readErr)
		}
		if err == nil && NeedsRecovery(os.DirFS(dir)) {
			t.Fatalf("%v, and it is still to do", outcome)
		}
	})
}
