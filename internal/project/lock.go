package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
)

// LockVersion is the format of tuikit-lock.json that this program writes.
const LockVersion = 1

// ErrLockVersion: tuikit-lock.json was written by a newer program.
var ErrLockVersion = errors.New("tuikit-lock.json was written by a newer tuikit-cli")

// Lock records what this tool has put into the project: enough to tell what is
// still as it was, and to take it out again.
type Lock struct {
	Version      int               `json:"version"`
	UIKit        LockedUIKit       `json:"uikit,omitzero"`
	Integrations []Integration     `json:"integrations,omitempty"`
	Npm          map[string]string `json:"npm,omitempty"` // npm packages by name: resolved version
	Files        map[string]File   `json:"files"`         // by path relative to the project root
	Blocks       map[string]string `json:"blocks,omitempty"`
	Budgets      map[string]any    `json:"budgets,omitempty"` // limits of packages that the user has set; see internal/budget
}

// LockedUIKit says which UIKit is vendored.
type LockedUIKit struct {
	Name       string `json:"name"`
	Version    string `json:"version"`
	Generation string `json:"generation"`
	Integrity  string `json:"integrity,omitempty"` // as npm's lock file has it
	Source     string `json:"source"`              // "npm", or "local" for a folder or .tgz
	UserSig    string `json:"usersig,omitempty"`   // how the session module gets a UserSig
}

// Integration is one place where the UIKit is wired in.
type Integration struct {
	Kind string   `json:"kind"`           // "main", "subpackage" or "none"
	Root string   `json:"root,omitempty"` // of the subpackage
	Page PagePath `json:"page,omitempty"`

	Isolated bool   `json:"isolated,omitempty"` // the subpackage has a session and npm packages of its own
	UserSig  string `json:"usersig,omitempty"`  // how that session gets a UserSig
}

// File is one file that this tool wrote.
type File struct {
	Kind   string `json:"kind"` // see the constants
	SHA256 string `json:"sha256"`
}

// What a locked file is.
const (
	Vendored  = "vendored"  // copied from the UIKit
	Generated = "generated" // from our templates
	Built     = "built"     // an npm package in miniprogram_npm
)

func loadLock(fsys fs.FS) (*Lock, error) {
	lock := &Lock{}
	err := ReadJSON(fsys, LockFile, lock)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if lock.Version > LockVersion {
		return nil, &FileError{Path: LockFile, Err: ErrLockVersion}
	}
	return lock, nil
}

// HasUIKit reports whether the UIKit was put in. A project in which this tool has
// only built npm has a Lock, too.
func (l *Lock) HasUIKit() bool {
	return l != nil && (l.UIKit != LockedUIKit{} || len(l.Integrations) > 0)
}

// Empty reports whether the Lock says nothing, so that there is no need of a file.
func (l *Lock) Empty() bool {
	return !l.HasUIKit() && (l == nil || len(l.Files)+len(l.Budgets) == 0)
}

// NewLock is an empty Lock.
func NewLock() *Lock {
	return &Lock{Version: LockVersion, Npm: map[string]string{}, Files: map[string]File{}, Blocks: map[string]string{}}
}

// Clone is a copy that can be changed without changing l; that of nil is NewLock.
func (l *Lock) Clone() *Lock {
	if l == nil {
		return NewLock()
	}
	c := *l
	c.Integrations = append([]Integration(nil), l.Integrations...)
	for to, from := range map[*map[string]string]map[string]string{&c.Npm: l.Npm, &c.Blocks: l.Blocks} {
		*to = map[string]string{}
		maps.Copy(*to, from)
	}
	c.Files = map[string]File{}
	maps.Copy(c.Files, l.Files)
	return &c
}

// Find looks for an integration of that kind and root.
func (l *Lock) Find(kind, root string) (Integration, bool) {
	if l == nil {
		return Integration{}, false
	}
	for _, i := range l.Integrations {
		if i.Kind == kind && i.Root == root {
			return i, true
		}
	}
	return Integration{}, false
}

// Encode is the content of tuikit-lock.json.
func (l *Lock) Encode() ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(l); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
