package plan

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

func TestDeleteAndReplace(t *testing.T) {
	disk := fstest.MapFS{"ours.js": {Data: []byte("1")}, "edited.js": {Data: []byte("2")}, "other.js": {Data: []byte("3")}, "same.js": {Data: []byte("4")}}
	why, doubt := msg.T("why.lock"), msg.T("conflict.edited")
	for _, test := range []struct {
		choice    Choice
		ops       []string
		conflicts []string
	}{
		{"", []string{"delete ours.js"}, []string{"edited.js", "other.js"}},
		{Keep, []string{"delete ours.js"}, nil},
		{Overwrite, []string{"delete edited.js", "update other.js", "delete ours.js"}, nil},
	} {
		p := New(disk)
		if test.choice != "" {
			p.Choices = map[string]Choice{"edited.js": test.choice, "other.js": test.choice}
		}
		for _, err := range []error{
			p.Delete("ours.js", why), p.Delete("gone.js", why),
			p.Discard("edited.js", why, doubt), p.Discard("gone.js", why, doubt),
			p.Replace("other.js", []byte("new"), why, doubt),
		} {
			if err != nil {
				t.Error(err)
			}
		}
		var ops, conflicts []string
		for _, op := range p.Ops() {
			ops = append(ops, string(op.Kind)+" "+op.Path)
		}
		for _, conflict := range p.Conflicts {
			conflicts = append(conflicts, conflict.Path)
			if !conflict.Free || conflict.Op == nil || conflict.Why.ID != doubt.ID {
				t.Errorf("%q: %+v is not for the user to settle", test.choice, conflict)
			}
		}
		if diff := cmp.Diff(test.ops, ops) + cmp.Diff(test.conflicts, conflicts); diff != "" {
			t.Errorf("%q: %s", test.choice, diff)
		}
		if p.Exists("ours.js") || p.Exists("edited.js") == (test.choice == Overwrite) {
			t.Errorf("%q: what goes is still there, or the other way round", test.choice)
		}
	}
}
