package check

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// Mend plans every fix. A file that one fix moves is left alone by the others: they
// come into their own at the next run. The error is one of reading.
func (r *Result) Mend(change *plan.Plan) error {
	var moves, edits []Finding
	for _, f := range r.Findings {
		switch {
		case f.Fix == nil:
		case f.Rule == uikitNested.ID:
			moves = append(moves, f)
		default:
			edits = append(edits, f)
		}
	}
	slices.Reverse(edits) // from the end of a file to its beginning: what is before a place stays where it is
	all := append(moves, edits...)
	for len(all) > 0 {
		n := rewritten(all)
		fix := all[0].Fix
		if n > 1 {
			fix = func(change *plan.Plan) error { return rewrite(change, all[0].File, all[:n]) }
		}
		if err := fix(change); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		all = all[n:]
	}
	return nil
}

// edit is a text in the place of another one.
type edit struct {
	offset   int // in bytes
	old, new string
}

// rewritten is how many of the first findings are edits of one file, and at least one.
func rewritten(found []Finding) int {
	n := 1
	for found[0].edit != nil && n < len(found) && found[n].edit != nil && found[n].File == found[0].File {
		n++
	}
	return n
}

// rewrite plans the edits of a file, which come from its end to its beginning, all at
// once: there may be thousands. Where somebody has changed the file since, nothing is
// done.
func rewrite(change *plan.Plan, name string, found []Finding) error {
	data, err := change.ReadFile(name)
	if err != nil {
		return err
	}
	var out []byte
	done := 0
	for _, f := range slices.Backward(found) {
		if from := min(f.edit.offset, len(data)); from >= done && bytes.HasPrefix(data[from:], []byte(f.edit.old)) {
			out = append(append(out, data[done:from]...), f.edit.new...)
			done = from + len(f.edit.old)
		}
	}
	return change.Write(name, append(out, data[done:]...), msg.T("check.fix.specifier"))
}

// mendBySetting gives a finding the fix that sets one value of a JSON file; where there
// can be none (see patch), it says what should stand there. value is a bool or a string.
func (f *Finding) mendBySetting(d *project.Document, why msg.Text, value any, keys ...string) {
	f.Fix = patch(d, why, func(data []byte) ([]byte, error) { return jsonpatch.Set(data, value, keys...) })
	if f.Fix == nil {
		f.Expected = msg.T("check.literal", "Value", fmt.Sprintf("%q: %#v", keys[len(keys)-1], value))
	}
}

// patch is the fix that edits a JSON file. It is nil where that cannot be done without
// a guess: a key is there twice, or something of another kind stands in the way.
func patch(d *project.Document, why msg.Text, edit func([]byte) ([]byte, error)) func(*plan.Plan) error {
	if d == nil {
		return nil
	}
	if _, err := edit(d.Data); err != nil {
		return nil
	}
	return func(change *plan.Plan) error {
		data, err := change.ReadFile(d.Path)
		if err != nil {
			return err
		}
		edited, err := edit(data)
		if err != nil {
			return nil // somebody has changed it since
		}
		return change.Write(d.Path, edited, why)
	}
}
