package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"time"
)

// StateDir is the folder of the project in which an operation is staged and past
// ones are remembered. Nothing in it has a file name extension: WeChat packs by
// extension, and a mini program must not ship it (observed: dot-folders are
// packed).
const StateDir = ".tuikit"

// What is in StateDir.
const (
	applyDir   = StateDir + "/apply"      // the operation under way
	historyDir = StateDir + "/history"    // one folder for each that was done
	asideDir   = StateDir + "/aside"      // what Recover could not put back
	lockFile   = StateDir + "/lock"       // locked by the process that is at work
	holderFile = StateDir + "/holder"     // who that is
	ignoreFile = StateDir + "/.gitignore" // git sees nothing of StateDir
	recordFile = "record"                 // below applyDir: the journal. Below historyDir: what was done
)

// historyLength is the number of operations that are remembered.
const historyLength = 20

// Record is one operation: what it changes, and what was there before. While it
// is under way it is the journal from which Recover works; afterwards Undo makes
// the inverse Plan of it.
type Record struct {
	Version int       `json:"version"`
	ID      int       `json:"id"`
	Command string    `json:"command"`
	Time    time.Time `json:"time"`
	Undoes  int       `json:"undoes,omitempty"` // ID of the operation that this one took back
	Last    string    `json:"last,omitempty"`

	Ops     []Entry     `json:"ops"`
	Trees   []TreeEntry `json:"trees,omitempty"`
	Tasks   []TaskEntry `json:"tasks,omitempty"`
	Made    []string    `json:"made,omitempty"`    // folders that were not there, the outermost first
	Emptied []Folder    `json:"emptied,omitempty"` // folders that go if nothing is left in them, the outermost first
	Above   int         `json:"above,omitempty"`   // how many folders, from the project root upwards, were not there
}

// Entry is one file of a Record.
type Entry struct {
	Kind   Kind        `json:"op"`
	Path   string      `json:"path"`
	From   string      `json:"from,omitempty"`
	Before string      `json:"before,omitempty"` // Hash
	After  string      `json:"after,omitempty"`  // Hash
	Mode   fs.FileMode `json:"mode,omitempty"`   // permission bits of the file that was there
	Set    fs.FileMode `json:"set,omitempty"`    // Update: those that it was given, 0 for the same
	Old    string      `json:"old,omitempty"`    // where its content is kept, below the Record's folder
}

// TreeEntry is one folder that was moved in or out.
type TreeEntry struct {
	Kind Kind   `json:"op"`
	Path string `json:"path"`
	From string `json:"from,omitempty"` // Create: where below StateDir it came from, "" for outside
	Sum  string `json:"sum"`            // Fingerprint
	Old  string `json:"old"`            // where it is kept, below the Record's folder
}

// TaskEntry is a program that ran after the files were in place. Files has what
// it may have changed: until it has run, After is not known.
type TaskEntry struct {
	Program string   `json:"program"`
	Dir     string   `json:"dir"`
	Args    []string `json:"args"`
	Done    bool     `json:"done"`
	Files   []Entry  `json:"files,omitempty"`
}

// Folder is a folder with its permission bits.
type Folder struct {
	Path string      `json:"path"`
	Mode fs.FileMode `json:"mode"`
}

const recordVersion = 1

// ErrRecord: a Record in StateDir cannot be read, or was written by a newer
// program.
var ErrRecord = errors.New("not a record of this version of tuikit-cli")

func readRecord(fsys fs.FS, dir string) (*Record, error) {
	name := path.Join(dir, recordFile)
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	record := &Record{}
	if err := json.Unmarshal(data, record); err != nil {
		return nil, &ApplyError{Path: name, Err: fmt.Errorf("%w: %v", ErrRecord, err)}
	}
	if record.Version != recordVersion {
		return nil, &ApplyError{Path: name, Err: ErrRecord}
	}
	return record, nil
}

// History lists the operations that were done in the project, the oldest first.
func History(fsys fs.FS) ([]*Record, error) {
	ids, err := historyIDs(fsys)
	if err != nil {
		return nil, err
	}
	var records []*Record
	for _, id := range ids {
		record, err := readRecord(fsys, historyFolder(id))
		if errors.Is(err, fs.ErrNotExist) {
			continue // one that was being forgotten
		}
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
	return records, nil
}

// historyIDs are those of the History, in their order.
func historyIDs(fsys fs.FS) ([]int, error) {
	entries, err := fs.ReadDir(fsys, historyDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var ids []int
	for _, entry := range entries {
		if id, err := strconv.Atoi(entry.Name()); err == nil && path.Base(historyFolder(id)) == entry.Name() {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, err
}

func historyFolder(id int) string { return fmt.Sprintf("%s/%04d", historyDir, id) }

// Unfinished reports whether an operation was cut off in the middle, or is under
// way just now.
func Unfinished(fsys fs.FS) bool {
	_, err := fs.Lstat(fsys, path.Join(applyDir, recordFile))
	return err == nil
}
