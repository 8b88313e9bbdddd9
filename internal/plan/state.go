package plan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// Holder is the process that is at work in a project.
type Holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Time    time.Time `json:"time"`
}

// BusyError: another process is at work in the project.
type BusyError struct{ Holder Holder }

func (e *BusyError) Error() string {
	return fmt.Sprintf("another process is at work here: %d (%s)", e.Holder.PID, e.Holder.Command)
}

// state is StateDir, locked by this process. The operating system gives the lock
// back when the process ends in whatever way, so it cannot be stale.
type state struct {
	*disk
	lock *flock.Flock
}

// openState makes StateDir where it is missing, and locks it.
func openState(ctx context.Context, dir string, holder Holder) (*state, error) {
	d, err := openDisk(ctx, dir)
	if err != nil {
		return nil, err
	}
	s := &state{disk: d}
	if err := s.acquire(holder); err != nil {
		_ = d.Close()
		return nil, err
	}
	return s, nil
}

func (s *state) acquire(holder Holder) error {
	for range 10 { // another process may remove StateDir between two of the steps
		if err := s.ensureDir(StateDir, 0o755); err != nil {
			return stateError(err)
		}
		if info, err := s.Lstat(lockFile); err == nil && !info.Mode().IsRegular() {
			return &TargetError{Path: lockFile}
		}
		lock := flock.New(s.full(lockFile), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
		locked, err := lock.TryLock()
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return stateError(err)
		case !locked:
			return &BusyError{Holder: s.holder()}
		}
		if !s.same(lock) {
			_ = lock.Close()
			continue
		}
		s.lock = lock
		return s.settle(holder)
	}
	return &BusyError{Holder: s.holder()}
}

// stateError is err, as one of StateDir.
func stateError(err error) error {
	var target *TargetError
	if errors.As(err, &target) {
		return err
	}
	return &ApplyError{Path: StateDir, Err: err}
}

// same reports whether the file that is locked is still the one at its path.
func (s *state) same(lock *flock.Flock) bool {
	locked, err := lock.Stat()
	if err != nil {
		return false
	}
	there, err := s.Lstat(lockFile)
	return err == nil && os.SameFile(locked, there)
}

func (s *state) holder() Holder {
	var holder Holder
	if data, err := s.ReadFile(holderFile); err == nil {
		_ = json.Unmarshal(data, &holder) // half written: who it is will not be known
	}
	return holder
}

// settle writes who is at work, and keeps git out.
func (s *state) settle(holder Holder) error {
	holder.PID = os.Getpid()
	data, err := json.Marshal(holder)
	if err == nil {
		err = s.WriteFile(holderFile, data, 0o600)
	}
	if err == nil && !s.exists(ignoreFile) {
		err = s.WriteFile(ignoreFile, []byte("*\n"), 0o644)
	}
	if err != nil {
		s.close()
		return stateError(err)
	}
	return nil
}

// close gives the lock back, and removes StateDir unless there is something in it
// to remember.
func (s *state) close() {
	_ = s.Remove(holderFile)
	_ = s.Remove(historyDir) // while it is empty
	if s.exists(historyDir) || s.exists(applyDir) || s.exists(asideDir) {
		_ = s.lock.Close()
		_ = s.Close()
		return
	}
	_ = s.Remove(ignoreFile)
	held := s.Remove(lockFile) // before it is unlocked, so that nobody locks a file that goes
	_ = s.lock.Close()
	if held != nil { // Windows removes no open file
		_ = s.Remove(lockFile)
	}
	_ = s.Remove(StateDir)
	_ = s.Close()
}
