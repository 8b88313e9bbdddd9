package plan

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// ErrForgotten: what an operation has replaced is no longer kept.
var ErrForgotten = errors.New("what it replaced is no longer kept")

// Undo makes the Plan that takes a recorded operation back: the tree that disk
// shows becomes what it was before. A file that has been edited since is a
// Conflict, unless choices settles it. Of the operation's Tasks nothing is run in
// reverse, but the files they rewrote are put back.
func Undo(disk fs.FS, record *Record, choices map[string]Choice) (*Plan, error) {
	p := New(disk)
	p.Choices, p.undoes = choices, record.ID
	p.Last(record.Last)
	p.folders = &folders{remove: map[string]bool{}, modes: map[string]fs.FileMode{}}
	for _, dir := range record.Made {
		p.folders.remove[dir] = true
	}
	for _, folder := range record.Emptied {
		p.folders.modes[folder.Path] = folder.Mode
	}
	u := &undoer{Plan: p, disk: disk, folder: historyFolder(record.ID)}
	entries := record.Ops
	for _, task := range record.Tasks {
		entries = append(slices.Clone(entries), taskFiles(task)...)
	}
	for _, entry := range entries {
		if err := u.invert(entry); err != nil {
			return nil, err
		}
	}
	for _, tree := range record.Trees {
		if err := u.invertTree(tree); err != nil {
			return nil, err
		}
	}
	p.SortConflicts()
	return p, nil
}

// taskFiles are the files that a task may have rewritten. What it made of them is
// not known when it was cut off: then anything but the former content is a
// Conflict.
func taskFiles(task TaskEntry) []Entry {
	files := slices.Clone(task.Files)
	for i := range files {
		if !task.Done {
			files[i].After = "unknown"
		}
	}
	return files
}

type undoer struct {
	*Plan
	disk   fs.FS
	folder string // of the Record
}

func (u *undoer) invert(entry Entry) error {
	now, err := u.now(entry.Path)
	if err != nil || now == "link" {
		u.block(entry.Path, msg.T("conflict.link"))
		return nil
	}
	switch {
	case entry.Kind == Move:
		return u.invertMove(entry, now)
	case now == entry.Before:
		return nil // it is as it was, whoever did that
	case entry.Before == "":
		u.add(Op{Kind: Delete, Path: entry.Path, Before: now, Why: msg.T("why.undo-delete")}, now == entry.After)
		return nil
	}
	data, err := fs.ReadFile(u.disk, path.Join(u.folder, entry.Old))
	if err != nil || Hash(data) != entry.Before {
		return &ApplyError{Path: path.Join(u.folder, entry.Old), Err: ErrForgotten}
	}
	op := Op{Kind: Update, Path: entry.Path, Before: now, After: data, Why: msg.T("why.undo-restore")}
	if entry.Set != 0 {
		op.Mode = entry.Mode
	}
	if now == "" {
		op.Kind, op.Mode = Create, entry.Mode
		if why := u.taken(entry.Path); !why.IsZero() {
			u.block(entry.Path, why)
			return nil
		}
	}
	u.add(op, now == entry.After)
	return nil
}

// add plans op where the disk is as the operation has left it; elsewhere the user
// decides.
func (u *undoer) add(op Op, expected bool) {
	if expected {
		u.plan(op)
		return
	}
	u.settle(op, msg.T("conflict.edited"))
}

// invertMove moves a file back, with whatever was changed in it since: nothing of
// that is lost.
func (u *undoer) invertMove(entry Entry, now string) error {
	if now == "" {
		return nil // somebody has deleted it
	}
	if there, err := u.now(entry.From); err != nil || there != "" {
		u.block(entry.From, msg.T("conflict.exists"))
		return nil
	}
	return u.Move(entry.Path, entry.From, msg.T("why.undo-move"))
}

func (u *undoer) invertTree(tree TreeEntry) error {
	now, err := Fingerprint(u.disk, tree.Path)
	if err != nil {
		return err
	}
	if tree.Kind == Delete {
		from := path.Join(u.folder, tree.Old)
		if _, err := fs.Stat(u.disk, from); err != nil {
			return &ApplyError{Path: from, Err: ErrForgotten}
		}
		if now != "" {
			u.block(tree.Path, msg.T("conflict.exists"))
			return nil
		}
		u.trees = append(u.trees, Tree{Kind: Create, Path: tree.Path, From: from, Sum: tree.Sum, Why: msg.T("why.undo-restore")})
		return nil
	}
	switch choice := u.Choices[tree.Path]; {
	case now == "", choice == Keep:
	case now == tree.Sum, choice == Overwrite:
		u.trees = append(u.trees, Tree{Kind: Delete, Path: tree.Path, Sum: now, Why: msg.T("why.undo-delete")})
	default:
		u.Conflicts = append(u.Conflicts, Conflict{Path: tree.Path, Why: msg.T("conflict.edited"), Free: true})
	}
	return nil
}

func (u *undoer) block(name string, why msg.Text) {
	u.Conflicts = append(u.Conflicts, Conflict{Path: name, Why: why})
}

// now is the Hash of a file, "" where there is none, "link" for a symbolic link.
func (u *undoer) now(name string) (string, error) {
	if u.IsLink(name) {
		return "link", nil
	}
	data, err := fs.ReadFile(u.disk, name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return Hash(data), err
}

// ErrNothingToUndo: no operation is remembered, or not the one that was named.
var ErrNothingToUndo = errors.New("no such operation is remembered here")

// LaterError: an operation cannot be taken back before a later one.
type LaterError struct{ ID, Later int }

func (e *LaterError) Error() string { return "a later operation has to be taken back first" }

// Step is an operation of the History as the user sees it: taking it back and
// doing it again are the same operation, done or not.
type Step struct {
	ID      int     // of the operation itself
	Record  *Record // the operation
	Latest  *Record // what was done to it last: itself, or what took it back, or again
	Applied bool
}

// Steps lists the operations of a History, the oldest first.
func Steps(history []*Record) []Step {
	var steps []Step
	root := map[int]int{} // by ID of a Record: index in steps
	for _, record := range history {
		i, known := root[record.Undoes]
		if record.Undoes == 0 || !known {
			i = len(steps)
			steps = append(steps, Step{ID: record.ID, Record: record})
		}
		root[record.ID] = i
		steps[i].Latest, steps[i].Applied = record, !steps[i].Applied
	}
	return steps
}

// ToUndo finds the Step whose Latest is to be inverted: for id 0 the one that was
// taken back or done last, so that undoing twice is doing again; else the one with
// that ID. The order of steps is kept: the error is a *LaterError where a later
// one is in the way, or ErrNothingToUndo.
func ToUndo(history []*Record, id int) (Step, error) {
	steps := Steps(history)
	i := slices.IndexFunc(steps, func(s Step) bool {
		return s.ID == id || id == 0 && s.Latest == history[len(history)-1]
	})
	if i < 0 {
		return Step{}, ErrNothingToUndo
	}
	for _, later := range slices.Backward(steps[i+1:]) {
		if later.Applied {
			return Step{}, &LaterError{ID: id, Later: later.ID}
		}
	}
	return steps[i], nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
