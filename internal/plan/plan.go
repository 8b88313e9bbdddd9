// Package plan is the one door through which files are written.
//
// A command builds a Plan: at most one operation (Op) for a path, against what
// is on disk at that moment. The Plan can be shown (Ops, Diff), asked what the
// tree will be (ReadFile, Sizes), and applied: checked once more against the
// disk, staged, and then put in place all or nothing (Apply).
//
// The package knows nothing of WeChat, nor of what is in the files.
package plan

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// Kind says what an Op does.
type Kind string

// What can happen to a file.
const (
	Create Kind = "create"
	Update Kind = "update"
	Delete Kind = "delete"
	Move   Kind = "move"
)

// Op changes one file.
type Op struct {
	Kind   Kind
	Path   string      // slash-separated, relative to the project root
	From   string      // Move: where the file is now
	Before string      // Hash of what is expected on disk; "" for Create
	After  []byte      // content; nil for Delete
	Mode   fs.FileMode // permission bits; 0 for the usual ones (Create) or those that the file has (Update)
	Why    msg.Text    // shown to the user
}

// Tree is a whole folder (node_modules as npm made it) that is moved in where
// nothing is yet (Create), or moved out of the project's sight (Delete).
type Tree struct {
	Kind Kind
	Path string
	From string // Create: absolute, or below StateDir where an undo has put it
	Sum  string // Fingerprint: of what is expected on disk (Delete), or of what comes back (Create)
	Why  msg.Text
}

// Task is a program to run in the project after the files are in place.
type Task struct {
	Program string // "npm", or the package manager that the project uses
	Dir     string // slash-separated, relative to the project root
	Args    []string
	Files   []string // that it may rewrite: remembered for Undo, or put back if the Plan has their content
	Why     msg.Text
}

// Conflict is a path whose content is not what the Plan expects.
type Conflict struct {
	Path string
	Why  msg.Text
	Free bool // a Choice settles it; otherwise it has to be moved out of the way
	Op   *Op  // what Overwrite would do; nil where that is no single file
}

// Choice settles a Conflict.
type Choice string

// What to do about a file that is not what the Plan expects.
const (
	Keep      Choice = "keep"      // it stays as it is
	Overwrite Choice = "overwrite" // it is replaced; History keeps what it was
)

// Plan is what a command is going to do. The zero value is not usable; see New.
type Plan struct {
	Tasks     []Task
	Notes     []msg.Text // what remains to be done by hand, or is worth knowing
	Manual    []msg.Text // steps that the command could not do and the user must
	Conflicts []Conflict
	Secrets   []string            // never shown, whatever file they go into
	Hide      func([]byte) []byte // takes out of content what a Diff must not show; nil: nothing else
	Choices   map[string]Choice   // by path, for conflicts to come

	disk    fs.FS
	ops     map[string]*Op
	gone    map[string]bool // paths that are deleted or moved away
	trees   []Tree
	last    string
	folders *folders // nil: folders that are left empty go
	undoes  int      // ID of the operation that this Plan takes back
}

// folders are those that an operation had made or removed, for the Plan that
// takes it back: an empty folder of the user's own is not to go with them.
type folders struct {
	remove map[string]bool        // when empty
	modes  map[string]fs.FileMode // of those that are made again
}

// New starts a Plan for the tree that disk shows (the project root).
func New(disk fs.FS) *Plan {
	return &Plan{disk: disk, ops: map[string]*Op{}, gone: map[string]bool{}}
}

// Hash is how the content of a file is told apart: sha256 in hexadecimal.
func Hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// ReadFile reads a file as it will be when the Plan is applied.
func (p *Plan) ReadFile(name string) ([]byte, error) {
	name = path.Clean(name)
	if op := p.ops[name]; op != nil && op.Kind != Delete {
		return op.After, nil
	}
	if p.gone[name] {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return fs.ReadFile(p.disk, name)
}

// Exists reports whether a file or folder will be at name.
func (p *Plan) Exists(name string) bool {
	name = path.Clean(name)
	if op := p.ops[name]; op != nil {
		return op.Kind != Delete
	}
	for planned, op := range p.ops {
		if op.Kind != Delete && strings.HasPrefix(planned, name+"/") {
			return true
		}
	}
	if p.gone[name] {
		return false
	}
	_, err := fs.Stat(p.disk, name)
	return err == nil
}

// IsLink reports whether name is a symbolic link on disk.
func (p *Plan) IsLink(name string) bool {
	info, err := fs.Lstat(p.disk, name)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// Write plans that the file at name has the content data, whatever it has now.
// Content that is there already needs no operation; a symbolic link is a Conflict:
// what is behind it is not ours.
func (p *Plan) Write(name string, data []byte, why msg.Text) error {
	name = path.Clean(name)
	before, err := fs.ReadFile(p.disk, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.ops[name] = &Op{Kind: Create, Path: name, After: data, Why: why}
	case err != nil:
		return err
	case bytes.Equal(before, data):
		delete(p.ops, name)
	case p.IsLink(name):
		p.Conflicts = append(p.Conflicts, Conflict{Path: name, Why: msg.T("conflict.link")})
	default:
		p.ops[name] = &Op{Kind: Update, Path: name, Before: Hash(before), After: data, Why: why}
	}
	return nil
}

// Add plans a new file. One that is the same already needs no operation; one that
// differs is a Conflict, unless there is a Choice for it.
func (p *Plan) Add(name string, data []byte, why msg.Text) error {
	name = path.Clean(name)
	now, err := p.ReadFile(name)
	switch {
	case err != nil:
		if why := p.taken(name); !why.IsZero() {
			p.obstruct(name, why)
			return nil
		}
		if errors.Is(err, fs.ErrNotExist) {
			return p.Write(name, data, why)
		}
	case bytes.Equal(now, data):
		return nil
	case p.IsLink(name):
		p.Conflicts = append(p.Conflicts, Conflict{Path: name, Why: msg.T("conflict.link")})
		return nil
	default:
		p.settle(Op{Kind: Update, Path: name, Before: Hash(now), After: data, Why: why}, msg.T("conflict.exists"))
		return nil
	}
	p.Conflicts = append(p.Conflicts, Conflict{Path: name, Why: msg.T("conflict.unreadable", "Error", msg.Bare(err))})
	return nil
}

// Private has a file that the Plan writes be for its owner only: it holds a secret.
func (p *Plan) Private(name string) {
	if op := p.ops[path.Clean(name)]; op != nil && (op.Kind == Create || op.Kind == Update) {
		op.Mode = 0o600
	}
}

// settle plans op if its file may be overwritten, does nothing if it is to be
// kept, and makes a Conflict of it as long as nobody has chosen.
func (p *Plan) settle(op Op, why msg.Text) {
	switch p.Choices[op.Path] {
	case Overwrite:
		p.plan(op)
	case Keep:
	default:
		p.Conflicts = append(p.Conflicts, Conflict{Path: op.Path, Why: why, Free: true, Op: &op})
	}
}

func (p *Plan) plan(op Op) {
	if op.Kind == Delete {
		p.gone[op.Path] = true
	}
	p.ops[op.Path] = &op
}

// obstruct notes a Conflict with what is in the way, once for all the files that it
// is in the way of.
func (p *Plan) obstruct(name string, why msg.Text) {
	if !slices.ContainsFunc(p.Conflicts, func(c Conflict) bool { return c.Why.String() == why.String() }) {
		p.Conflicts = append(p.Conflicts, Conflict{Path: name, Why: why})
	}
}

// taken looks for an entry that stands in the way of name: a file or link where a
// folder is needed, or a name that differs only in case, which macOS and Windows
// take for the same.
func (p *Plan) taken(name string) msg.Text {
	parts := strings.Split(name, "/")
	for i := range parts {
		dir := path.Join(append([]string{"."}, parts[:i]...)...)
		entries, err := fs.ReadDir(p.disk, dir)
		if err != nil {
			return msg.Text{}
		}
		for _, entry := range entries {
			other := path.Join(dir, entry.Name())
			switch same := entry.Name() == parts[i]; {
			case same && i < len(parts)-1 && !entry.IsDir():
				return msg.T("conflict.in-the-way", "Other", other)
			case !same && strings.EqualFold(entry.Name(), parts[i]):
				return msg.T("conflict.name", "Other", other)
			}
		}
	}
	return msg.Text{}
}

// Move plans that the file at from is at to, unchanged.
func (p *Plan) Move(from, to string, why msg.Text) error {
	from, to = path.Clean(from), path.Clean(to)
	data, err := fs.ReadFile(p.disk, from)
	if err != nil {
		return err
	}
	p.gone[from] = true
	p.ops[to] = &Op{Kind: Move, Path: to, From: from, Before: Hash(data), After: data, Why: why}
	return nil
}

// MoveTree plans that the folder from, outside the project, becomes name.
func (p *Plan) MoveTree(from, name string, why msg.Text) {
	p.trees = append(p.trees, Tree{Kind: Create, From: from, Path: path.Clean(name), Why: why})
}

// Last names the file that is written after all others: the record of what was
// done must not be there before it is done.
func (p *Plan) Last(name string) { p.last = path.Clean(name) }

// SortConflicts orders the Conflicts by path.
func (p *Plan) SortConflicts() {
	slices.SortFunc(p.Conflicts, func(a, b Conflict) int { return strings.Compare(a.Path, b.Path) })
}

// Empty reports whether there is nothing to do.
func (p *Plan) Empty() bool { return len(p.ops) == 0 && len(p.trees) == 0 && len(p.Tasks) == 0 }

// Ops lists the operations by path, the one named by Last at the end.
func (p *Plan) Ops() []Op {
	ops := make([]Op, 0, len(p.ops))
	for _, op := range p.ops {
		ops = append(ops, *op)
	}
	slices.SortFunc(ops, func(a, b Op) int {
		if (a.Path == p.last) != (b.Path == p.last) {
			if a.Path == p.last {
				return 1
			}
			return -1
		}
		return strings.Compare(a.Path, b.Path)
	})
	return ops
}

// Contents are those of all files of the Plan, as they are and as they will be.
func (p *Plan) Contents() [][]byte {
	var contents [][]byte
	for _, op := range p.ops {
		contents = append(contents, op.After)
		if op.Before != "" {
			if data, err := fs.ReadFile(p.disk, op.Path); err == nil {
				contents = append(contents, data)
			}
		}
	}
	for _, conflict := range p.Conflicts {
		if data, err := fs.ReadFile(p.disk, conflict.Path); err == nil {
			contents = append(contents, data)
		}
	}
	return contents
}

// Undoes is the ID of the operation that this Plan takes back, 0 for none.
func (p *Plan) Undoes() int { return p.undoes }

// Trees lists the folders that are moved in or out.
func (p *Plan) Trees() []Tree { return slices.Clone(p.trees) }

// Sizes gives the bytes of every regular file below dir before and after, without
// the folders that skip names.
func (p *Plan) Sizes(dir string, skip func(name string) bool) (before, after map[string]int64, err error) {
	before = map[string]int64{}
	err = fs.WalkDir(p.disk, path.Clean(dir), func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
			return nil // what cannot be read weighs nothing
		case err != nil:
			return err
		case entry.IsDir() && skip(name):
			return fs.SkipDir
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			before[name] = info.Size()
		}
		return nil
	})
	after = make(map[string]int64, len(before)+len(p.ops))
	for name, size := range before {
		if !p.gone[name] {
			after[name] = size
		}
	}
	inside := path.Clean(dir) + "/"
	for name, op := range p.ops {
		if op.Kind == Delete {
			continue
		}
		if inside == "./" || strings.HasPrefix(name, inside) {
			after[name] = int64(len(op.After))
		}
	}
	return before, after, err
}
