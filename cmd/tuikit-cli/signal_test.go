//go:build linux

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestSignalAtEveryChange sends SIGINT, SIGTERM or SIGHUP before a change of the
// disk, one by one: the project is as before, and the exit code says so, or the
// operation was as good as done.
func TestSignalAtEveryChange(t *testing.T) {
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
	arrived := make(chan os.Signal, 1) // and one that comes late does not end the test
	signal.Notify(arrived, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(arrived)
	for _, f := range faultedCommands(smallKit(t)) {
		t.Run(f.name, func(t *testing.T) {
			before, after := f.outcome(t)
			stopped := 0
			prepared := f.prepared(t)
			for n := int64(1); ; n++ {
				dir := prepared()
				var seen atomic.Int64
				code, out := call(t, dir, func(string) error {
					if seen.Add(1) == n {
						if err := syscall.Kill(os.Getpid(), signals[n%3]); err != nil {
							return err
						}
						<-arrived
						time.Sleep(5 * time.Millisecond) // for the program to hear of it, too
					}
					return nil
				}, f.args)
				if seen.Load() < n {
					if stopped < 20 {
						t.Errorf("stopped at %d places only", stopped)
					}
					return
				}
				want := after
				if code == exitInterrupted {
					stopped++
					want = before
				} else if code != exitDone {
					t.Fatalf("at %d: exit code %d\n%s", n, code, out)
				}
				if changed := changes(want, treeOf(t, dir).withoutState()); len(changed) > 0 {
					t.Fatalf("at %d (exit code %d):\n%s", n, code, strings.Join(changed, "\n"))
				}
			}
		})
	}
}

// TestTwoAtOnce runs the same command twice at the same time, over and over: the
// project is as one of them leaves it, whatever the other says.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	f := faultedCommands(smallKit(t))[1]
	_, after := f.outcome(t)
	said := map[int]int{}
	prepared := f.prepared(t)
	for range 20 {
		dir := prepared()
		var commands []*exec.Cmd
		for range 2 {
			command := exec.Command("tuikit-cli", append(f.args, "-C", dir)...)
			command.Env = append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"))
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			commands = append(commands, command)
		}
		done := 0
		for _, command := range commands {
			_ = command.Wait()
			code := command.ProcessState.ExitCode()
			said[code]++
			if code == exitDone {
				done++
			}
		}
		if done == 0 {
			t.Fatal("neither came to the end")
		}
		if changed := changes(after, treeOf(t, dir).withoutState()); len(changed) > 0 {
			t.Fatal(strings.Join(changed, "\n"))
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".tuikit", "apply*")); len(left) > 0 {
			t.Fatalf("left: %v", left)
		}
	}
	for code := range said {
		if code != exitDone && code != exitFound && code != exitFailed {
			t.Errorf("exit codes %v", said)
		}
	}
	t.Logf("exit codes %v", said)
}

// TestSmallDisk: the disk is full in the middle; nothing is left of the attempt, and
// with room again it comes to the end.
func TestSmallDisk(t *testing.T) {
	dir := t.TempDir()
	if os.Geteuid() != 0 || syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=96k") != nil {
		t.Skip("needs the right to mount a small tmpfs")
	}
	defer func() { _ = syscall.Unmount(dir, 0) }()
	project := oddProject(t, dir)
	before := treeOf(t, project)
	kit := smallKit(t)
	writeFile(t, filepath.Join(kit, "static", "large.png"), strings.Repeat("x", 90<<10))
	args := []string{"add-subpackage", "chat", "--uikit", kit, "--no-install", "--yes"}
	code, out := call(t, project, nil, args)
	if code != exitFailed || !strings.Contains(out, "no space left") {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	if changed := changes(before, treeOf(t, project)); len(changed) > 0 {
		t.Fatal(strings.Join(changed, "\n"))
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=4m"); err != nil {
		t.Fatal(err)
	}
	if code, out := call(t, project, nil, args); code != exitDone {
		t.Fatalf("exit code %d\n%s", code, out)
	}
}
