// Package graph finds out who uses whom in a mini program: scripts, components,
// templates, styles and npm packages, each looked for as WeChat does.
package graph

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

// Import is one module that a script asks for.
type Import struct {
	From string // the script
	Spec string // as written
}

// Bare reports whether the import names an npm package: it does not begin with
// "." or "/".
func (i Import) Bare() bool {
	return !strings.HasPrefix(i.Spec, ".") && !strings.HasPrefix(i.Spec, "/")
}

// ScriptError: a script cannot be parsed. Line and Column are 1-based.
type ScriptError struct {
	Path         string
	Line, Column int
	Message      string
}

func (e *ScriptError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.Path, e.Line, e.Column, e.Message)
}

// Imports lists what the scripts (content by path) ask for, sorted. The error is
// a *ScriptError for the first script that does not parse.
func Imports(scripts map[string][]byte) ([]Import, error) {
	faults, live := script.Check(scripts)
	if len(faults) > 0 {
		return nil, scriptError(faults[0])
	}
	var found []Import
	for name, keys := range live {
		for key := range keys {
			found = append(found, Import{From: name, Spec: key.Spec})
		}
	}
	slices.SortFunc(found, func(a, b Import) int {
		return strings.Compare(a.From+"\x00"+a.Spec, b.From+"\x00"+b.Spec)
	})
	return slices.Compact(found), nil
}

func scriptError(fault script.SyntaxError) error {
	return &ScriptError{Path: fault.Name, Line: fault.Line, Column: fault.Column, Message: fault.Message}
}

// IsModule parses a script and reports whether it is an ES module: whether it
// has an import or export of its own. The error is a *ScriptError.
func IsModule(name string, content []byte) (bool, error) {
	if faults, _ := script.Check(map[string][]byte{path.Clean(name): content}); len(faults) > 0 {
		return false, scriptError(faults[0])
	}
	return script.Scan(content).Module, nil
}
