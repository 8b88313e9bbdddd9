package plan

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// Left is a file that could not be put back, as somebody has changed it since.
// Kept is where its former content lies, relative to the project root; "" for a
// file that was not there.
type Left struct {
	Path string `json:"path"`
	Kept string `json:"kept,omitempty"`
}

// Outcome is what Recover did.
type Outcome struct {
	Record   *Record // the operation that was cut off; nil: there was none
	Finished bool    // everything of it had been done; otherwise it was taken back
	Left     []Left
}

// NeedsRecovery reports whether Recover would find something to do: an operation
// that was cut off, or what is left of the preparations for one.
func NeedsRecovery(fsys fs.FS) bool {
	there := func(name string) bool {
		_, err := fs.Lstat(fsys, name)
		return err == nil
	}
	return there(applyDir) || there(StateDir) && !there(historyDir) && !there(asideDir)
}

// Recover puts right what a process has left that was killed: an operation of
// which everything was done counts as done, any other one is taken back. Running
// it again after it was itself cut off does no harm. The error is a *BusyError
// while the process is still at work, or of the file system.
func Recover(ctx context.Context, dir string, holder Holder) (Outcome, error) {
	s, err := openState(ctx, dir, holder)
	if err != nil {
		return Outcome{}, err
	}
	above := 0
	outcome, err := s.recover()
	if err == nil && outcome.Record != nil && !outcome.Finished {
		above = outcome.Record.Above
	}
	s.close()
	for folder := filepath.Clean(dir); above > 0; above-- { // the project root itself was made by it
		if os.Remove(folder) != nil {
			break
		}
		folder = filepath.Dir(folder)
	}
	return outcome, err
}

func (s *state) recover() (Outcome, error) {
	record, err := readRecord(s.FS(), applyDir)
	if errors.Is(err, fs.ErrNotExist) {
		return Outcome{}, s.discard()
	}
	if err != nil {
		return Outcome{}, err
	}
	a := &applier{state: s, record: record}
	done, err := a.allDone()
	if err != nil {
		return Outcome{}, err
	}
	if done {
		return Outcome{Record: record, Finished: true}, a.finish()
	}
	left, err := a.takeBack()
	return Outcome{Record: record, Left: left}, err
}

// rollBack takes back what was done after a failure.
func (a *applier) rollBack(cause error) error {
	left, err := a.takeBack()
	if err == nil && len(left) == 0 {
		return cause
	}
	if err != nil && len(left) == 0 {
		left = []Left{{Path: applyDir}}
	}
	return &ApplyError{Path: left[0].Path, Err: errors.Join(cause, err), Left: left}
}

// allDone reports whether the disk is as it is after the operation.
func (a *applier) allDone() (bool, error) {
	for _, tree := range a.record.Trees {
		if a.exists(tree.Path) != (tree.Kind == Create) {
			return false, nil
		}
	}
	for _, op := range a.record.Ops {
		now, err := a.hash(op.Path)
		if target := (*TargetError)(nil); errors.As(err, &target) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		want := op.After
		if op.Kind == Move {
			want = op.Before
		}
		if now != want || op.Kind == Move && a.exists(op.From) {
			return false, nil
		}
	}
	for _, folder := range a.record.Emptied {
		if entries, err := fs.ReadDir(a.FS(), folder.Path); err == nil && len(entries) == 0 {
			return false, nil
		}
	}
	return true, nil
}

// takeBack looks at the disk to see what was done of the operation, and undoes
// that. What somebody else has changed since is left as it is. It ends with the
// removal of the journal; until then it can be cut off and done again.
func (a *applier) takeBack() ([]Left, error) {
	for _, folder := range a.record.Emptied {
		if a.exists(folder.Path) {
			continue
		}
		if err := a.mkdir(folder.Path, folder.Mode); err != nil {
			return nil, err
		}
		if err := a.Chmod(folder.Path, folder.Mode); err != nil {
			return nil, err
		}
	}
	var left []Left
	for i, op := range slices.Backward(a.record.Ops) {
		if err := a.sweep(op); err != nil {
			return left, err
		}
		put, err := a.back(i, op)
		if err != nil {
			return left, err
		}
		if !put {
			left = append(left, Left{Path: op.Path, Kept: op.Old})
		}
	}
	for _, tree := range slices.Backward(a.record.Trees) {
		if err := a.backTree(tree); err != nil {
			return left, err
		}
	}
	for _, dir := range slices.Backward(a.record.Made) {
		if err := a.removeEmpty(dir); err != nil {
			return left, err
		}
	}
	if len(left) > 0 {
		return a.setAside(left)
	}
	if err := a.remove(path.Join(applyDir, recordFile)); err != nil {
		return nil, err
	}
	a.sync(applyDir)
	return nil, a.discard()
}

// sweep removes what a file left that was cut off on its way to another file system.
func (a *applier) sweep(op Entry) error {
	for _, name := range []string{op.Path, op.From} {
		if name == "" || !a.exists(name+carried) {
			continue
		}
		if err := a.remove(name + carried); err != nil {
			return err
		}
	}
	return nil
}

// back takes one operation back if it was done. It is not where somebody has
// changed the file since.
func (a *applier) back(i int, op Entry) (bool, error) {
	now, err := a.hash(op.Path)
	if target := (*TargetError)(nil); errors.As(err, &target) {
		now, err = "not a file", nil
	}
	if err != nil {
		return false, err
	}
	kept := path.Join(applyDir, op.Old)
	switch {
	case op.Kind == Move && now == op.Before && a.exists(op.From):
		return true, a.remove(op.Path) // it was being carried over
	case op.Kind == Move && now == op.Before:
		return true, a.rename(op.Path, op.From)
	case op.Kind != Move && now == op.Before:
		return true, nil
	case op.Kind == Delete && now == "":
		return true, errors.Join(a.Chmod(kept, op.Mode), a.rename(kept, op.Path))
	case op.Kind == Create && now == op.After:
		return true, a.remove(op.Path)
	case op.Kind == Update && now == op.After:
		before, err := a.ReadFile(kept)
		if err != nil {
			return false, err
		}
		return true, a.replace(op.Path, a.beside(op.Path, kept), before, op.Mode)
	}
	return !a.wasDone(i, op), nil
}

// beside is where the former content of a file is written before it is renamed: in
// the staging area, unless the file is on another file system.
func (a *applier) beside(name, kept string) string {
	here, err := a.Stat(applyDir)
	there, err2 := a.Stat(path.Dir(name))
	if err == nil && err2 == nil && !sameDevice(here, there) {
		return name + carried
	}
	return kept + "-back"
}

// wasDone tells by what is left in the staging area.
func (a *applier) wasDone(i int, op Entry) bool {
	switch op.Kind {
	case Delete:
		return a.exists(path.Join(applyDir, op.Old))
	case Move:
		return !a.exists(op.From)
	}
	return !a.exists(staged(i))
}

func (a *applier) backTree(tree TreeEntry) error {
	here := path.Join(applyDir, tree.Old)
	switch {
	case tree.Kind == Delete && a.exists(here):
		return a.rename(here, tree.Path)
	case tree.Kind == Delete:
		return nil
	case tree.From != "" && !a.exists(tree.From) && a.exists(tree.Path):
		return a.rename(tree.Path, tree.From)
	case tree.From == "" && !a.exists(here) && a.exists(tree.Path):
		return a.rename(tree.Path, here)
	}
	return nil
}

// setAside keeps what the operation had kept of the files that are left, and
// ends the operation.
func (a *applier) setAside(left []Left) ([]Left, error) {
	if err := a.ensureDir(asideDir, 0o700); err != nil {
		return left, err
	}
	folder := path.Join(asideDir, path.Base(historyFolder(a.record.ID)))
	if a.exists(folder) {
		if err := a.removeAll(folder); err != nil {
			return left, err
		}
	}
	if err := a.rename(applyDir, folder); err != nil {
		return left, err
	}
	for i := range left {
		if left[i].Kept != "" {
			left[i].Kept = path.Join(folder, left[i].Kept)
		}
	}
	return left, nil
}
