package plan

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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

// TestSomebodyEditsMeanwhile: what is saved by somebody in the middle of Apply stays.
// Before our change of the file that is the end of the operation; after it, what the
// file was before is set aside.
func TestSomebodyEditsMeanwhile(t *testing.T) {
	edit := func(t *testing.T, at, fail string) (dir string, before map[string]string, err error) {
		dir = inMemory(t)
		write(t, dir, someFiles)
		before = userTree(t, dir)
		ctx := Observe(t.Context(), func(step string) error {
			if strings.HasSuffix(step, at) {
				write(t, dir, map[string]string{"app.json": "mine"})
			}
			if fail != "" && strings.HasSuffix(step, fail) {
				return errStopped
			}
			return nil
		})
		return dir, before, somePlan(t, dir).Apply(ctx, dir, someRun)
	}
	t.Run("before", func(t *testing.T) {
		dir, before, err := edit(t, " to node_modules", "")
		if changed := (*ChangedError)(nil); !errors.As(err, &changed) || changed.Path != "app.json" {
			t.Fatalf("got %v", err)
		}
		before["app.json"] = "-rw-r--r-- mine"
		if diff := cmp.Diff(before, tree(t, dir)); diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("after", func(t *testing.T) {
		dir, before, err := edit(t, " to pages/index/index.js", " to lock.json")
		var failed *ApplyError
		if !errors.As(err, &failed) || !errors.Is(err, errStopped) || len(failed.Left) != 1 || failed.Left[0].Path != "app.json" {
			t.Fatalf("got %v", err)
		}
		if data, err := os.ReadFile(filepath.Join(dir, failed.Left[0].Kept)); err != nil || string(data) != "{}\n" {
			t.Errorf("set aside: %q, %v", data, err)
		}
		before["app.json"] = "-rw-r--r-- mine"
		if diff := cmp.Diff(before, userTree(t, dir)); diff != "" {
			t.Fatal(diff)
		}
		if NeedsRecovery(os.DirFS(dir)) {
			t.Error("there is still something to recover")
		}
		must(t, somePlan(t, dir).Apply(t.Context(), dir, someRun))
	})
}

func TestOneProcessAtATime(t *testing.T) {
	dir := inMemory(t)
	write(t, dir, someFiles)
	s, err := openState(t.Context(), dir, Holder{Command: "tuikit-cli init", Time: someRun.Time})
	must(t, err)
	before := userTree(t, dir)
	var busy *BusyError
	if err := somePlan(t, dir).Apply(t.Context(), dir, someRun); !errors.As(err, &busy) {
		t.Fatalf("got %v", err)
	}
	if busy.Holder.PID != os.Getpid() || busy.Holder.Command != "tuikit-cli init" {
		t.Errorf("holder %v", busy.Holder)
	}
	if _, err := Recover(t.Context(), dir, Holder{}); !errors.As(err, &busy) {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff(before, userTree(t, dir)); diff != "" {
		t.Error(diff)
	}
	s.close()
	if _, err := os.Lstat(filepath.Join(dir, StateDir)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("left behind: %v", err)
	}
	must(t, somePlan(t, dir).Apply(t.Context(), dir, someRun))
}

// TestDamagedHistory: a record that cannot be read is an error to those who need it,
// and in nobody else's way.
func TestDamagedHistory(t *testing.T) {
	dir := inMemory(t)
	write(t, dir, someFiles)
	must(t, somePlan(t, dir).Apply(t.Context(), dir, someRun))
	write(t, dir, map[string]string{".tuikit/history/0001/record": `{"version": 9}`, ".tuikit/history/notes": "x"})
	if _, err := History(os.DirFS(dir)); !errors.Is(err, ErrRecord) {
		t.Errorf("got %v", err)
	}
	p := New(os.DirFS(dir))
	must(t, p.Write("app.json", []byte("{}\n"), why))
	must(t, p.Apply(t.Context(), dir, someRun))
	if _, err := os.Stat(filepath.Join(dir, ".tuikit/history/0002/record")); err != nil {
		t.Error(err)
	}
}

// TestUndoOfWhatIsGone: a record whose former contents are gone is refused, not
// guessed at.
func TestUndoOfWhatIsGone(t *testing.T) {
	dir := inMemory(t)
	write(t, dir, someFiles)
	must(t, somePlan(t, dir).Apply(t.Context(), dir, someRun))
	must(t, os.RemoveAll(filepath.Join(dir, ".tuikit/history/0001/old")))
	history, err := History(os.DirFS(dir))
	must(t, err)
	if _, err := Undo(os.DirFS(dir), history[0], nil); !errors.Is(err, ErrForgotten) {
		t.Errorf("got %v", err)
	}
}

// TestHistoryIsShort: old operations are forgotten.
func TestHistoryIsShort(t *testing.T) {
	dir := inMemory(t)
	for n := range historyLength + 3 {
		p := New(os.DirFS(dir))
		must(t, p.Write("a", fmt.Append(nil, n), why))
		must(t, p.Apply(t.Context(), dir, someRun))
	}
	history, err := History(os.DirFS(dir))
	must(t, err)
	if len(history) != historyLength || history[0].ID != 4 {
		t.Errorf("%d operations, the first is %d", len(history), history[0].ID)
	}
}

// TestTasks: what a program does to files of the plan is put back, what it does to
// others is undone with the rest, and a failure leaves both as they were.
func TestTasks(t *testing.T) {
	for _, fails := range []bool{false, true} {
		dir := inMemory(t)
		write(t, dir, map[string]string{"package.json": "{}\n", "other.lock": "one"})
		before := userTree(t, dir)
		p := New(os.DirFS(dir))
		must(t, p.Write("package.json", []byte("{ }\n"), why))
		p.Tasks = []Task{{Program: "npm", Dir: ".", Files: []string{"package.json", "other.lock", "new.lock"}}}
		run := someRun
		run.Task = func(_ context.Context, task Task) error {
			write(t, dir, map[string]string{"package.json": "reformatted", "other.lock": "two", "new.lock": "made"})
			if fails {
				return errStopped
			}
			return nil
		}
		err := p.Apply(t.Context(), dir, run)
		after := userTree(t, dir)
		want := map[string]string{"./": after["./"], "package.json": "-rw-r--r-- { }\n", "other.lock": "-rw-r--r-- two", "new.lock": "-rw-r--r-- made"}
		if fails {
			if task := (*TaskError)(nil); !errors.As(err, &task) || !errors.Is(err, errStopped) {
				t.Fatalf("got %v", err)
			}
			want["other.lock"] = "-rw-r--r-- one"
			delete(want, "new.lock")
		} else {
			must(t, err)
		}
		if diff := cmp.Diff(want, after); diff != "" {
			t.Errorf("fails %v:\n%s", fails, diff)
		}
		must(t, lastUndone(t, dir).Apply(t.Context(), dir, someRun))
		if diff := cmp.Diff(before, userTree(t, dir)); diff != "" {
			t.Errorf("fails %v, undone:\n%s", fails, diff)
		}
	}
}

// TestUndoConflicts: what was edited, removed or put in the way since is a conflict
// until it is settled.
func TestUndoConflicts(t *testing.T) {
	dir := inMemory(t)
	write(t, dir, someFiles)
	must(t, somePlan(t, dir).Apply(t.Context(), dir, someRun))
	write(t, dir, map[string]string{"app.json": "mine", "pages/index/index.js": "mine", "TUIKit/index.js": "mine, too", "node_modules/mine.js": "x"})
	must(t, os.Remove(filepath.Join(dir, "lock.json"))) // that is what undo would do: no conflict
	history, err := History(os.DirFS(dir))
	must(t, err)
	p, err := Undo(os.DirFS(dir), history[0], nil)
	must(t, err)
	got := map[string]bool{}
	for _, conflict := range p.Conflicts {
		got[conflict.Path] = conflict.Free
	}
	want := map[string]bool{"app.json": true, "pages/index/index.js": true, "node_modules": true, "TUIKit/index.js": false}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	must(t, os.Remove(filepath.Join(dir, "TUIKit/index.js")))
	p, err = Undo(os.DirFS(dir), history[0], map[string]Choice{"app.json": Overwrite, "pages/index/index.js": Keep, "node_modules": Keep})
	must(t, err)
	if len(p.Conflicts) > 0 {
		t.Fatalf("conflicts %v", p.Conflicts)
	}
	must(t, p.Apply(t.Context(), dir, someRun))
	now := userTree(t, dir)
	for name, want := range map[string]string{"app.json": "{}\n", "pages/index/index.js": "mine", "TUIKit/index.js": "old\n", "node_modules/mine.js": "x"} {
		if !strings.HasSuffix(now[name], " "+want) {
			t.Errorf("%s: got %q", name, now[name])
		}
	}
}
