package plan

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/otiai10/copy"
)

// ChangedError: the disk is no longer as it was when the Plan was made.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string { return e.Path + " has changed since the plan was made" }

// TargetError: what is at Path, or on the way to it, is not a regular file in a
// real folder.
type TargetError struct{ Path string }

func (e *TargetError) Error() string { return e.Path + " is not a regular file or folder" }

// ApplyError: an operation failed. When Left is empty the tree is as it was
// before; otherwise Left names what could not be put back.
type ApplyError struct {
	Path string
	Err  error
	Left []string
}

func (e *ApplyError) Error() string {
	if len(e.Left) > 0 {
		return fmt.Sprintf("%s: %v (not put back: %s)", e.Path, e.Err, strings.Join(e.Left, ", "))
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

func (e *ApplyError) Unwrap() error { return e.Err }

// Apply puts the Plan into effect in dir, the project root, which is created
// when it is missing. Before the first change every operation is checked
// against the disk and every new content is staged in dir's StateDir, so that
// what is left to do is renaming. When an operation fails or ctx ends, all that
// was done is taken back, and the error says so (ApplyError, ChangedError,
// TargetError, or the cause of ctx).
func (p *Plan) Apply(ctx context.Context, dir string) (err error) {
	made, err := makeDir(dir)
	if err != nil {
		return &ApplyError{Path: dir, Err: err}
	}
	a := &applier{dir: dir, made: made}
	defer func() {
		if err != nil {
			err = a.rollBack(err)
		}
		a.clean(err != nil)
	}()
	if a.root, err = os.OpenRoot(dir); err != nil {
		return &ApplyError{Path: dir, Err: err}
	}
	if err := a.verify(p); err != nil {
		return err
	}
	if err := a.stage(ctx, p); err != nil {
		return err
	}
	return a.commit(ctx, p)
}

// applier is one run of Apply: what it has done so far, and how to take it back.
type applier struct {
	root  *os.Root
	dir   string
	stash string   // below StateDir: staged files and what they replaced
	made  []string // folders above and including dir that did not exist, deepest last
	undo  []step   // in the order of doing
	state bool     // StateDir was not there before
	stuck bool     // something could not be taken back: the stash is all there is of it
}

type step struct {
	path string
	back func() error
}

func (a *applier) verify(p *Plan) error {
	for _, op := range p.Ops() {
		if err := a.verifyTarget(op); err != nil {
			return err
		}
	}
	for _, tree := range p.trees {
		if err := a.verifyFree(tree.Path); err != nil {
			return err
		}
	}
	return nil
}

// verifyFree makes sure that nothing is at name, not even a link to nowhere.
func (a *applier) verifyFree(name string) error {
	info, err := a.root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && info.Mode()&fs.ModeSymlink != 0:
		return &TargetError{Path: name}
	}
	return &ChangedError{Path: name}
}

func (a *applier) verifyTarget(op Op) error {
	source := op.Path
	if op.Kind == Move {
		source = op.From
	}
	for _, name := range []string{op.Path, source} {
		if err := a.verifyFolders(name); err != nil {
			return err
		}
	}
	if op.Kind == Create || op.Kind == Move {
		if err := a.verifyFree(op.Path); err != nil {
			return err
		}
	}
	if op.Before == "" {
		return nil
	}
	info, err := a.root.Lstat(source)
	if errors.Is(err, fs.ErrNotExist) {
		return &ChangedError{Path: source}
	}
	if err != nil || !info.Mode().IsRegular() {
		return &TargetError{Path: source}
	}
	data, err := a.root.ReadFile(source)
	if err != nil {
		return &ApplyError{Path: source, Err: err}
	}
	if Hash(data) != op.Before {
		return &ChangedError{Path: source}
	}
	return nil
}

// verifyFolders makes sure that every folder on the way to name is one, or is
// not there yet. A symbolic link is refused: what is behind it is not ours.
func (a *applier) verifyFolders(name string) error {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		info, err := a.root.Lstat(dir)
		if err == nil && !info.IsDir() {
			return &TargetError{Path: dir}
		}
	}
	return nil
}

func (a *applier) stage(ctx context.Context, p *Plan) error {
	info, err := a.root.Lstat(StateDir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := a.root.Mkdir(StateDir, 0o755); err != nil {
			return &ApplyError{Path: StateDir, Err: err}
		}
		a.state = true
	case err != nil || !info.IsDir():
		return &TargetError{Path: StateDir}
	}
	stash := path.Join(StateDir, "apply-"+strings.ToLower(rand.Text()[:10]))
	for _, part := range []string{"", "new", "old"} {
		if err := a.root.Mkdir(path.Join(stash, part), 0o700); err != nil {
			return &ApplyError{Path: stash, Err: err}
		}
		a.stash = stash
	}
	for i, op := range p.Ops() {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if op.Kind != Create && op.Kind != Update {
			continue
		}
		if err := a.stageFile(i, op); err != nil {
			return &ApplyError{Path: op.Path, Err: err}
		}
	}
	return nil
}

// stageFile writes the new content, and for Update a copy of the old: the file
// itself is then replaced by one rename and is never absent.
func (a *applier) stageFile(i int, op Op) error {
	mode := fs.FileMode(0o644)
	if op.Kind == Update {
		info, err := a.root.Lstat(op.Path)
		if err != nil {
			return err
		}
		mode = info.Mode().Perm()
		before, err := a.root.ReadFile(op.Path)
		if err != nil {
			return err
		}
		if err := a.writeStaged(a.kept(i), before, mode); err != nil {
			return err
		}
	}
	return a.writeStaged(a.staged(i), op.After, mode)
}

func (a *applier) writeStaged(name string, data []byte, mode fs.FileMode) error {
	if err := a.root.WriteFile(name, data, 0o600); err != nil {
		return err
	}
	return a.root.Chmod(name, mode)
}

func (a *applier) staged(i int) string { return fmt.Sprintf("%s/new/%d", a.stash, i) }
func (a *applier) kept(i int) string   { return fmt.Sprintf("%s/old/%d", a.stash, i) }

func (a *applier) commit(ctx context.Context, p *Plan) error {
	ops := p.Ops()
	for _, tree := range p.trees {
		if err := a.moveTree(tree); err != nil {
			return &ApplyError{Path: tree.Path, Err: err}
		}
	}
	for i, op := range ops {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if err := a.verifyTarget(op); err != nil { // once more: somebody may be editing
			return err
		}
		if err := a.do(i, op); err != nil {
			return &ApplyError{Path: op.Path, Err: err}
		}
	}
	return nil
}

func (a *applier) do(i int, op Op) error {
	if err := a.makeFolders(path.Dir(op.Path)); err != nil {
		return err
	}
	switch op.Kind {
	case Create:
		return a.rename(a.staged(i), op.Path)
	case Update:
		if err := a.root.Rename(a.staged(i), op.Path); err != nil {
			return err
		}
		a.undo = append(a.undo, step{op.Path, func() error { return a.root.Rename(a.kept(i), op.Path) }})
		return nil
	case Delete:
		if err := a.rename(op.Path, a.kept(i)); err != nil {
			return err
		}
		return a.pruneFolders(path.Dir(op.Path))
	default:
		if err := a.rename(op.From, op.Path); err != nil {
			return err
		}
		return a.pruneFolders(path.Dir(op.From))
	}
}

func (a *applier) rename(from, to string) error {
	if err := a.root.Rename(from, to); err != nil {
		return err
	}
	a.undo = append(a.undo, step{to, func() error { return a.root.Rename(to, from) }})
	return nil
}

func (a *applier) makeFolders(dir string) error {
	if dir == "." {
		return nil
	}
	if _, err := a.root.Lstat(dir); err == nil {
		return nil
	}
	if err := a.makeFolders(path.Dir(dir)); err != nil {
		return err
	}
	if err := a.root.Mkdir(dir, 0o755); err != nil {
		return err
	}
	a.undo = append(a.undo, step{dir, func() error { return a.root.Remove(dir) }})
	return nil
}

// pruneFolders removes the folders that an operation has left empty.
func (a *applier) pruneFolders(dir string) error {
	for ; dir != "."; dir = path.Dir(dir) {
		info, err := a.root.Lstat(dir)
		if err != nil {
			return err
		}
		if a.root.Remove(dir) != nil {
			return nil // not empty
		}
		removed := dir
		a.undo = append(a.undo, step{removed, func() error { return a.root.Mkdir(removed, info.Mode().Perm()) }})
	}
	return nil
}

// moveTree renames the folder into place, or copies it where it comes from
// another file system.
func (a *applier) moveTree(tree Tree) error {
	target := filepath.Join(a.dir, filepath.FromSlash(tree.Path))
	if err := a.makeFolders(path.Dir(tree.Path)); err != nil {
		return err
	}
	if os.Rename(tree.From, target) != nil {
		if err := copy.Copy(tree.From, target); err != nil {
			return errors.Join(err, os.RemoveAll(target))
		}
	}
	a.undo = append(a.undo, step{tree.Path, func() error { return a.root.RemoveAll(tree.Path) }})
	return nil
}

// rollBack takes back what was done, the last step first.
func (a *applier) rollBack(cause error) error {
	var left []string
	for i := len(a.undo) - 1; i >= 0; i-- {
		if err := a.undo[i].back(); err != nil {
			left = append(left, a.undo[i].path)
		}
	}
	if len(left) == 0 {
		return cause
	}
	a.stuck = true
	return &ApplyError{Path: left[0], Err: cause, Left: left}
}

// clean removes the staging area, and after a failure the folders that only
// this Apply needed. What could not be put back stays for the user to find.
func (a *applier) clean(failed bool) {
	if a.stash != "" && !a.stuck {
		_ = a.root.RemoveAll(a.stash)
	}
	if a.state {
		_ = a.root.Remove(StateDir) // only when empty
	}
	if a.root != nil {
		_ = a.root.Close()
	}
	if failed {
		for i := len(a.made) - 1; i >= 0; i-- {
			_ = os.Remove(a.made[i])
		}
	}
}

// makeDir creates dir and returns the folders that were missing, the outermost first.
func makeDir(dir string) ([]string, error) {
	var missing []string
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Lstat(d); err == nil || d == filepath.Dir(d) {
			break
		}
		missing = append([]string{d}, missing...)
	}
	for i, d := range missing {
		if err := os.Mkdir(d, 0o755); err != nil {
			for j := i - 1; j >= 0; j-- {
				_ = os.Remove(missing[j])
			}
			return nil, err
		}
	}
	return missing, nil
}
