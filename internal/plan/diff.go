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
// text are named with their size. The Secrets never appear.
func (p *Plan) Diff() (string, error) {
	var out strings.Builder
	for _, op := range p.Ops() {
		if op.Kind == Move {
			fmt.Fprintf(&out, "rename %s => %s\n", op.From, op.Path)
			continue
		}
		var before []byte
		if op.Before != "" {
			data, err := fs.ReadFile(p.disk, op.Path)
			if err != nil {
				return "", err
			}
			before = data
		}
		out.WriteString(p.diffFile(op, before))
	}
	for _, tree := range p.trees {
		fmt.Fprintf(&out, "create folder %s/\n", tree.Path)
	}
	return out.String(), nil
}

func (p *Plan) diffFile(op Op, before []byte) string {
	if !isText(before) || !isText(op.After) {
		return fmt.Sprintf("binary %s (%d bytes)\n", op.Path, len(op.After))
	}
	oldName, newName := "a/"+op.Path, "b/"+op.Path
	if op.Kind == Create {
		oldName = "/dev/null"
	}
	return string(diff.Diff(oldName, p.conceal(before), newName, p.conceal(op.After)))
}

func (p *Plan) conceal(data []byte) []byte {
	for _, secret := range p.Secrets {
		if secret != "" {
			data = bytes.ReplaceAll(data, []byte(secret), []byte("******"))
		}
	}
	return data
}

func isText(data []byte) bool {
	return utf8.Valid(data) && bytes.IndexByte(data, 0) < 0
}
