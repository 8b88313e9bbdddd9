package plan

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
)

// Diff shows the Plan as unified diffs, one after the other. Files that are not
// text are named with their size. The Secrets, and what
// Hide takes out, never appear.
func (p *Plan) Diff() (string, error) {
	var out strings.Builder
	for _, op := range p.Ops() {
		text, err := p.DiffOf(op)
		if err != nil {
			return "", err
		}
		out.WriteString(text)
	}
	for _, tree := range p.trees {
		fmt.Fprintf(&out, "%s folder %s/\n", tree.Kind, tree.Path)
	}
	return out.String(), nil
}

// DiffOf shows one operation.
func (p *Plan) DiffOf(op Op) (string, error) {
	if op.Kind == Move {
		return fmt.Sprintf("rename %s => %s\n", op.From, op.Path), nil
	}
	var before []byte
	if op.Before != "" {
		data, err := fs.ReadFile(p.disk, op.Path)
		if err != nil {
			return "", err
		}
		before = data
	}
	return p.diffFile(op, before), nil
}

func (p *Plan) diffFile(op Op, before []byte) string {
	if !isText(before) || !isText(op.After) {
		return fmt.Sprintf("binary %s (%d bytes)\n", op.Path, len(op.After))
	}
	oldName, newName := "a/"+op.Path, "b/"+op.Path
	switch op.Kind {
	case Create:
		oldName = "/dev/null"
	case Delete:
		newName = "/dev/null"
	}
	return string(diff.Diff(oldName, p.conceal(before), newName, p.conceal(op.After)))
}

func (p *Plan) conceal(data []byte) []byte {
	for _, secret := range p.Secrets {
		if secret != "" {
			data = bytes.ReplaceAll(data, []byte(secret), []byte("******"))
		}
	}
	if p.Hide != nil {
		data = p.Hide(data)
	}
	return data
}

func isText(data []byte) bool {
	return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0
}
