package plan

import (
	"errors"
	"io/fs"
	"path"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// Delete plans that the file at name goes. One that is not there needs no
// operation; a symbolic link is a Conflict: it is not ours.
func (p *Plan) Delete(name string, why msg.Text) error {
	op, err := p.deletion(name, why)
	if op != nil {
		p.plan(*op)
	}
	return err
}

// Discard is Delete for a file that may be the user's: a Conflict for the reason
// doubt, unless there is a Choice for it.
func (p *Plan) Discard(name string, why, doubt msg.Text) error {
	op, err := p.deletion(name, why)
	if op != nil {
		p.settle(*op, doubt)
	}
	return err
}

// deletion is the Op that deletes a file, nil where there is none to be deleted.
func (p *Plan) deletion(name string, why msg.Text) (*Op, error) {
	name = path.Clean(name)
	if p.IsLink(name) {
		p.Conflicts = append(p.Conflicts, Conflict{Path: name, Why: msg.T("conflict.link")})
		return nil, nil
	}
	now, err := fs.ReadFile(p.disk, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		p.Conflicts = append(p.Conflicts, Conflict{Path: name, Why: msg.T("conflict.unreadable", "Error", msg.Bare(err))})
		return nil, nil
	}
	return &Op{Kind: Delete, Path: name, Before: Hash(now), Why: why}, nil
}

// Replace is Write for a file that is there and may be the user's: a Conflict for
// the reason doubt, unless there is a Choice for it.
func (p *Plan) Replace(name string, data []byte, why, doubt msg.Text) error {
	name = path.Clean(name)
	now, err := p.ReadFile(name)
	switch {
	case err != nil:
		p.Conflicts = append(p.Conflicts, Conflict{Path: name, Why: msg.T("conflict.unreadable", "Error", msg.Bare(err))})
	case p.IsLink(name):
		p.Conflicts = append(p.Conflicts, Conflict{Path: name, Why: msg.T("conflict.link")})
	default:
		p.settle(Op{Kind: Update, Path: name, Before: Hash(now), After: data, Why: why}, doubt)
	}
	return nil
}
