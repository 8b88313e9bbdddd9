package check

import (
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// cause is what findings of one rule may have in common: it is told once, with all
// places.
type cause struct {
	of   string   // what it is, within the rule; "": the finding stands alone
	also msg.Text // is said of the place where that is not the first one
	hint msg.Text // what to do where there are several places; zero: as for one
}

// together makes one finding of those that have one cause. That comes after what was
// switched off is out: what is allowed in one place may not be in the next.
func together(found []*Finding) []*Finding {
	first := map[[2]string]*Finding{}
	return slices.DeleteFunc(found, func(f *Finding) bool {
		key := [2]string{f.Rule, f.cause.of}
		known := first[key]
		if f.cause.of == "" || known == nil {
			first[key] = f
			return false
		}
		known.relate(f.Place, f.cause.also)
		if f.Severity == diag.Error {
			known.Severity = f.Severity
		}
		if !f.cause.hint.IsZero() {
			known.Hint = f.cause.hint
		}
		return true
	})
}

// absence is the cause of not finding a file: the outermost folder of its path that is
// not there, or the file itself.
func (m *Mini) absence(name string) cause {
	for i, c := range name {
		if c == '/' && !m.Files.HasFolder(name[:i]) {
			return cause{
				of:   name[:i+1],
				also: msg.T("check.file-missing.also", "File", m.root(name)),
				hint: msg.T("check.file-missing.folder.hint", "Folder", m.root(name[:i])),
			}
		}
	}
	return cause{of: name, also: msg.T("check.also")}
}
