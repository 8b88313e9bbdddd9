package check

import (
	"errors"
	"io/fs"
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/plan"
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
	for _, f := range append(moves, edits...) {
		if err := f.Fix(change); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
