package plan

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/tuikit-cli/tuikit-cli/internal/crash"
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
	Left []Left
}

func (e *ApplyError) Error() string {
	if len(e.Left) > 0 {
		var names []string
		for _, left := range e.Left {
			names = append(names, left.Path)
		}
		return fmt.Sprintf("%s: %v (not put back: %s)", e.Path, e.Err, strings.Join(names, ", "))
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

func (e *ApplyError) Unwrap() error { return e.Err }

// TaskError: the files are in place, and a program that was to run after that
// failed. What it may rewrite is as it was before it ran.
type TaskError struct {
	Task Task
	Err  error
}

func (e *TaskError) Error() string { return e.Err.Error() }
func (e *TaskError) Unwrap() error { return e.Err }

// ErrUnfinished: there is an operation in the project that was cut off; Recover
// has to come first.
var ErrUnfinished = errors.New("an operation was cut off in the middle")

// Run says in whose name a Plan is applied, and how programs are run.
type Run struct {
	Command string
	Time    time.Time
	Task    func(ctx context.Context, task Task) error
}

// Apply puts the Plan into effect in dir, the project root, which is created
// when it is missing. Before the first change every operation is checked against
// the disk, every new content and every content that goes is on the disk in
// dir's StateDir, and so is the journal; what is left to do is renaming. When an
// operation fails or ctx ends, what was done is taken back, and the error says so
// (ApplyError, ChangedError, TargetError, BusyError, ErrUnfinished, or the cause
// of ctx). When the process is killed, Recover does it. Tasks run last, with the
// files in place; a *TaskError is theirs.
func (p *Plan) Apply(ctx context.Context, dir string, run Run) error {
	made, err := makeDir(dir)
	if err != nil {
		return &ApplyError{Path: dir, Err: err}
	}
	err = p.apply(ctx, dir, len(made), run)
	if task := (*TaskError)(nil); err != nil && !errors.As(err, &task) {
		for _, folder := range slices.Backward(made) {
			_ = os.Remove(folder) // stays when something is in it
		}
	}
	return err
}

func (p *Plan) apply(ctx context.Context, dir string, above int, run Run) error {
	s, err := openState(ctx, dir, Holder{Command: run.Command, Time: run.Time})
	if err != nil {
		return err
	}
	defer s.close()
	if s.exists(path.Join(applyDir, recordFile)) {
		return ErrUnfinished
	}
	a := &applier{state: s, record: &Record{
		Version: recordVersion, Command: run.Command, Time: run.Time.UTC(), Undoes: p.undoes, Last: p.last, Above: above,
		Ops: []Entry{},
	}}
	if err := a.verify(p); err != nil {
		return err
	}
	if err := crash.Run(func() error { return a.stage(ctx, p) }); err != nil {
		return errors.Join(err, s.discard())
	}
	if err := crash.Run(func() error { return a.commit(ctx, p) }); err != nil {
		return a.rollBack(err)
	}
	s.forget(a.record.ID - historyLength)
	return a.runTasks(ctx, p.Tasks, run.Task)
}

// applier is one run of Apply.
type applier struct {
	*state
	record *Record
}

func (a *applier) verify(p *Plan) error {
	for _, op := range p.Ops() {
		if err := a.verifyTarget(op); err != nil {
			return err
		}
	}
	for _, tree := range p.trees {
		if err := a.verifyTree(tree); err != nil {
			return err
		}
	}
	return nil
}

func (a *applier) verifyTree(tree Tree) error {
	if err := a.verifyFolders(tree.Path); err != nil {
		return err
	}
	if tree.Kind == Create {
		return a.verifyFree(tree.Path)
	}
	sum, err := Fingerprint(a.FS(), tree.Path)
	if err != nil {
		return &ApplyError{Path: tree.Path, Err: err}
	}
	if sum != tree.Sum {
		return &ChangedError{Path: tree.Path}
	}
	return nil
}

// verifyFree makes sure that nothing is at name, not even a link to nowhere.
func (a *applier) verifyFree(name string) error {
	info, err := a.Lstat(name)
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
	now, err := a.hash(source)
	switch target := (*TargetError)(nil); {
	case errors.As(err, &target):
		return err
	case err != nil:
		return &ApplyError{Path: source, Err: err}
	case now != op.Before:
		return &ChangedError{Path: source}
	}
	return nil
}

// verifyFolders makes sure that every folder on the way to name is one, or is
// not there yet. A symbolic link is refused: what is behind it is not ours.
func (a *applier) verifyFolders(name string) error {
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		info, err := a.Lstat(dir)
		if err == nil && !info.IsDir() {
			return &TargetError{Path: dir}
		}
	}
	return nil
}

// stage prepares everything in applyDir and ends with the journal: from there on
// the operation counts as begun.
func (a *applier) stage(ctx context.Context, p *Plan) error {
	if err := a.discard(); err != nil { // what a process left that was killed here
		return &ApplyError{Path: applyDir, Err: err}
	}
	for _, part := range []string{"", "new", "old", "trees"} {
		if err := a.mkdir(path.Join(applyDir, part), 0o700); err != nil {
			return &ApplyError{Path: applyDir, Err: err}
		}
	}
	ids, err := historyIDs(a.FS())
	if err != nil {
		return &ApplyError{Path: historyDir, Err: err}
	}
	a.record.ID = 1
	if len(ids) > 0 {
		a.record.ID = ids[len(ids)-1] + 1
	}
	if err := a.stageFiles(ctx, p.Ops()); err != nil {
		return err
	}
	for i, tree := range p.trees {
		if err := a.stageTree(i, tree); err != nil {
			return &ApplyError{Path: tree.Path, Err: err}
		}
	}
	for i, task := range p.Tasks {
		if err := a.stageTask(i, task); err != nil {
			return err
		}
	}
	a.planFolders(p)
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return a.writeRecord(applyDir)
}

// writeRecord puts the journal, or the record of what was done, in place in one step.
func (a *applier) writeRecord(dir string) error {
	data, err := json.MarshalIndent(a.record, "", " ")
	if err != nil {
		return err
	}
	name := path.Join(dir, recordFile)
	for _, folder := range []string{path.Join(dir, "new"), path.Join(dir, "old"), StateDir} {
		a.sync(folder)
	}
	if err := a.replace(name, name+"-new", append(data, '\n'), 0); err != nil {
		return &ApplyError{Path: name, Err: err}
	}
	a.sync(dir)
	return nil
}

// writers is how many files are staged at once: a disk syncs several in the time
// of one.
const writers = 16

func (a *applier) stageFiles(ctx context.Context, ops []Op) error {
	a.record.Ops = make([]Entry, len(ops))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(writers)
	for i, op := range ops {
		group.Go(crash.Guarded(func() error {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			entry, err := a.stageFile(i, op)
			if err != nil {
				return &ApplyError{Path: op.Path, Err: err}
			}
			a.record.Ops[i] = entry
			return nil
		}))
	}
	return group.Wait()
}

// stageFile writes the new content, and keeps a copy of the old: the file itself
// is then replaced by one rename and is never absent. A file that goes is itself
// what is kept.
func (a *applier) stageFile(i int, op Op) (Entry, error) {
	entry := Entry{Kind: op.Kind, Path: op.Path, From: op.From, Before: op.Before}
	switch op.Kind {
	case Move:
		return entry, nil
	case Create:
		entry.After = Hash(op.After)
		return entry, a.writeStaged(i, op.After, op.Mode, nil)
	}
	info, err := a.Lstat(op.Path)
	if err != nil {
		return entry, err
	}
	entry.Mode, entry.Old = info.Mode().Perm(), fmt.Sprintf("old/%d", i)
	if op.Kind == Delete {
		return entry, nil
	}
	before, err := a.ReadFile(op.Path)
	if err != nil {
		return entry, err
	}
	if Hash(before) != op.Before {
		return entry, &ChangedError{Path: op.Path}
	}
	if err := a.write(path.Join(applyDir, entry.Old), before, 0o600); err != nil {
		return entry, err
	}
	entry.After, entry.Set = Hash(op.After), op.Mode
	return entry, a.writeStaged(i, op.After, entry.Mode, info)
}

// writeStaged writes what will be renamed into place, with the owner of the file that
// it replaces, if any. Until then nobody else can read it, unless it is to have the
// usual mode (0): that is what the umask makes of it.
func (a *applier) writeStaged(i int, data []byte, mode fs.FileMode, replaced fs.FileInfo) error {
	first := fs.FileMode(0o644)
	if mode != 0 {
		first = 0o600
	}
	if err := a.write(staged(i), data, first); err != nil {
		return err
	}
	if replaced != nil {
		a.keepOwner(staged(i), replaced)
	}
	return nil
}

func staged(i int) string { return fmt.Sprintf("%s/new/%d", applyDir, i) }

// stageTree brings a folder that comes from outside next to where it will be. It
// keeps its own name: WeChat leaves out what is called node_modules.
func (a *applier) stageTree(i int, tree Tree) error {
	entry := TreeEntry{Kind: tree.Kind, Path: tree.Path, Sum: tree.Sum, Old: fmt.Sprintf("trees/%d/%s", i, path.Base(tree.Path))}
	if err := a.mkdir(path.Join(applyDir, path.Dir(entry.Old)), 0o700); err != nil {
		return err
	}
	if tree.Kind == Create && filepath.IsAbs(tree.From) {
		if err := a.bring(tree.From, path.Join(applyDir, entry.Old)); err != nil {
			return err
		}
		sum, err := Fingerprint(a.FS(), path.Join(applyDir, entry.Old))
		if err != nil {
			return err
		}
		entry.Sum = sum
	} else {
		entry.From = tree.From
	}
	a.record.Trees = append(a.record.Trees, entry)
	return nil
}

// stageTask keeps what the task may rewrite.
func (a *applier) stageTask(i int, task Task) error {
	entry := TaskEntry{Program: task.Program, Dir: task.Dir, Args: task.Args}
	for j, name := range task.Files {
		if a.planned(name) {
			continue
		}
		file := Entry{Kind: Create, Path: name}
		data, err := a.ReadFile(name)
		if err == nil {
			file = Entry{Kind: Update, Path: name, Before: Hash(data), Old: fmt.Sprintf("old/task-%d-%d", i, j)}
			if info, err := a.Lstat(name); err == nil {
				file.Mode = info.Mode().Perm()
			}
			err = a.write(path.Join(applyDir, file.Old), data, 0o600)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return &ApplyError{Path: name, Err: err}
		}
		entry.Files = append(entry.Files, file)
	}
	a.record.Tasks = append(a.record.Tasks, entry)
	return nil
}

// planFolders finds the folders that will be made, and those that may be left empty.
func (a *applier) planFolders(p *Plan) {
	made, emptied := map[string]bool{}, map[string]fs.FileMode{}
	add := func(name string) {
		for dir := path.Dir(name); dir != "." && !a.exists(dir); dir = path.Dir(dir) {
			made[dir] = true
		}
	}
	leave := func(name string) {
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			info, err := a.Lstat(dir)
			if err == nil && (p.folders == nil || p.folders.remove[dir]) {
				emptied[dir] = info.Mode().Perm()
			}
		}
	}
	for _, op := range a.record.Ops {
		switch op.Kind {
		case Create:
			add(op.Path)
		case Move:
			add(op.Path)
			leave(op.From)
		case Delete:
			leave(op.Path)
		}
	}
	for _, tree := range a.record.Trees {
		if tree.Kind == Create {
			add(tree.Path)
		} else {
			leave(tree.Path)
		}
	}
	a.record.Made = sortedKeys(made)
	for _, dir := range sortedKeys(emptied) {
		a.record.Emptied = append(a.record.Emptied, Folder{dir, emptied[dir]})
	}
}

// commit does what was staged. The last rename, of the whole staging area into
// the history, is the moment at which the operation is done.
func (a *applier) commit(ctx context.Context, p *Plan) error {
	for _, dir := range a.record.Made {
		if err := a.makeFolder(dir, p.folders); err != nil {
			return &ApplyError{Path: dir, Err: err}
		}
	}
	for _, tree := range a.record.Trees {
		if err := a.doTree(tree); err != nil {
			return &ApplyError{Path: tree.Path, Err: err}
		}
	}
	for i, op := range p.Ops() {
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
	for _, folder := range slices.Backward(a.record.Emptied) {
		if err := a.removeEmpty(folder.Path); err != nil {
			return &ApplyError{Path: folder.Path, Err: err}
		}
	}
	return a.finish()
}

func (a *applier) makeFolder(dir string, known *folders) error {
	mode := fs.FileMode(0o755)
	if known != nil && known.modes[dir] != 0 {
		mode = known.modes[dir]
	}
	if err := a.ensureDir(dir, mode); err != nil || known == nil || known.modes[dir] == 0 {
		return err
	}
	return a.Chmod(dir, mode) // whatever the umask is
}

func (a *applier) doTree(tree TreeEntry) error {
	here := path.Join(applyDir, tree.Old)
	switch {
	case tree.Kind == Delete:
		return a.rename(tree.Path, here)
	case tree.From != "":
		return a.rename(tree.From, tree.Path)
	}
	return a.rename(here, tree.Path)
}

func (a *applier) do(i int, op Op) error {
	switch op.Kind {
	case Delete:
		return a.rename(op.Path, path.Join(applyDir, a.record.Ops[i].Old))
	case Move:
		return a.rename(op.From, op.Path)
	}
	if mode := cmp.Or(op.Mode, a.record.Ops[i].Mode); mode != 0 {
		if err := a.Chmod(staged(i), mode); err != nil {
			return err
		}
	}
	return a.rename(staged(i), op.Path)
}

// removeEmpty removes a folder unless something is in it.
func (s *state) removeEmpty(dir string) error {
	entries, err := fs.ReadDir(s.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) > 0 {
		return nil
	}
	if err != nil {
		return err
	}
	return s.remove(dir)
}

// finish moves the staging area into the history.
func (a *applier) finish() error {
	folders := map[string]bool{}
	for _, op := range a.record.Ops {
		folders[path.Dir(op.Path)] = true
	}
	for dir := range folders {
		a.sync(dir)
	}
	for _, op := range a.record.Ops {
		if op.Kind == Delete { // the file itself is kept: from now on for its owner only
			_ = a.Chmod(path.Join(applyDir, op.Old), 0o600)
		}
	}
	if err := a.ensureDir(historyDir, 0o700); err != nil {
		return &ApplyError{Path: historyDir, Err: err}
	}
	if err := a.rename(applyDir, historyFolder(a.record.ID)); err != nil {
		return &ApplyError{Path: historyDir, Err: err}
	}
	a.sync(historyDir)
	a.sync(StateDir)
	return nil
}

// discard removes the staging area of an operation that has not begun.
func (s *state) discard() error {
	if !s.exists(applyDir) {
		return nil
	}
	return s.removeAll(applyDir)
}

// forget removes old records. One that cannot be removed is no reason to fail.
func (s *state) forget(id int) {
	for ; id > 0 && s.exists(historyFolder(id)); id-- {
		_ = s.removeAll(historyFolder(id))
	}
}

// planned reports whether the operation itself says what is in a file.
func (a *applier) planned(name string) bool {
	return slices.ContainsFunc(a.record.Ops, func(e Entry) bool { return e.Path == name })
}

// runTasks runs the programs. The record follows, so that Undo knows what they
// did; what they do to files of the Plan itself is put back.
func (a *applier) runTasks(ctx context.Context, tasks []Task, run func(context.Context, Task) error) error {
	for i, task := range tasks {
		before, err := a.contents(task.Files)
		if err == nil {
			err = context.Cause(ctx)
		}
		if err == nil {
			err = run(ctx, task)
		}
		for _, name := range task.Files {
			if err != nil || a.planned(name) {
				err = errors.Join(err, a.putBack(name, before[name]))
			}
		}
		if err == nil {
			err = a.recordTask(&a.record.Tasks[i])
		}
		if err != nil {
			return &TaskError{Task: task, Err: err}
		}
	}
	return nil
}

func (a *applier) recordTask(entry *TaskEntry) (err error) {
	entry.Done = true
	for j, file := range entry.Files {
		if entry.Files[j].After, err = a.hash(file.Path); err != nil {
			return err
		}
	}
	return a.writeRecord(historyFolder(a.record.ID))
}

// content is what a file was before a task; nil: it was not there.
type content struct {
	data []byte
	mode fs.FileMode
}

func (a *applier) contents(names []string) (map[string]*content, error) {
	found := map[string]*content{}
	for _, name := range names {
		info, err := a.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		data, err := a.ReadFile(name)
		if err != nil {
			return nil, err
		}
		found[name] = &content{data, info.Mode().Perm()}
	}
	return found, nil
}

// putBack gives a file the content that it had before a task.
func (a *applier) putBack(name string, was *content) error {
	now, err := a.hash(name)
	switch {
	case err != nil:
		return err
	case was == nil && now != "":
		return a.remove(name)
	case was != nil && now != Hash(was.data):
		return a.replace(name, path.Join(StateDir, "pinned"), was.data, was.mode)
	}
	return nil
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
