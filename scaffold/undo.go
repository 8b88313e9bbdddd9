package scaffold

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/secret"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// Undo makes the Plan that takes an operation back. A file that is kept as the
// user has edited it since loses only what refers to files that go: the managed
// block, and the pages in app.json. Where node_modules was brought in step with
// package.json, it is again.
func Undo(fsys fs.FS, record *plan.Record, choices map[string]plan.Choice) (*plan.Plan, error) {
	p, err := plan.Undo(fsys, record, choices)
	if err != nil {
		return nil, err
	}
	p.Secrets = secret.Texts(p.Contents()...)
	now, err := project.Load(fsys)
	if err != nil {
		return p, nil // the user has broken something since; taking back may well mend it
	}
	if len(record.Tasks) > 0 && now.Npm.HasModules && updates(p, path.Join(now.Npm.Dir, project.PackageFile)) {
		p.Tasks = append(p.Tasks, installTask(now.Npm))
		if now.Npm.Manager == "npm" && !now.Npm.HasLock { // observed: then npm takes nothing out
			p.Notes = append(p.Notes, msg.T("note.prune"))
		}
	}
	if now.Lock == nil {
		return p, nil
	}
	kept, err := plan.Undo(fsys, record, nil) // in its conflicts is what the files were
	if err != nil {
		return nil, err
	}
	for _, conflict := range kept.Conflicts {
		if choices[conflict.Path] != plan.Keep || conflict.Op == nil {
			continue
		}
		if err := takeOut(p, now, conflict.Path, conflict.Op.After); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// takeOut removes from a file that is kept what would be left pointing nowhere;
// before is what it was before the operation.
func takeOut(p *plan.Plan, now *project.Project, name string, before []byte) error {
	data, err := p.ReadFile(name)
	if err != nil {
		return nil // somebody has deleted it
	}
	_, hasBlock := now.Lock.Blocks[name]
	switch {
	case hasBlock && !p.Exists(now.Path(SessionScript)):
		return p.Write(name, removeBlock(data), msg.T("why.undo-part"))
	case name == now.Path(project.AppFile):
		data, err := unregister(p, now, data, before)
		if err != nil {
			return &project.FileError{Path: name, Err: err}
		}
		return p.Write(name, data, msg.T("why.undo-part"))
	}
	return nil
}

// unregister takes the pages out of app.json whose files go, and the list of
// subpackages if there was none before and it is empty now.
func unregister(p *plan.Plan, now *project.Project, data, before []byte) ([]byte, error) {
	gone := map[string][]int{} // indexes by key
	for _, i := range now.Lock.Integrations {
		if i.Page == "" || p.Exists(now.Path(i.Root, string(i.Page)+".js")) {
			continue
		}
		where, at := "pages", slices.Index(now.Main.Pages, i.Page)
		if i.Kind == Subpackage {
			var err error
			if data, err = dropPreload(data, i.Root); err != nil {
				return nil, err
			}
			where, at = now.SubpackagesKey, slices.IndexFunc(now.Subpackages, func(s project.Package) bool {
				return s.Root == i.Root && slices.Equal(s.Pages, []project.PagePath{i.Page})
			})
		}
		if at >= 0 {
			gone[where] = append(gone[where], at)
		}
	}
	for where, indexes := range gone {
		slices.Sort(indexes)
		for _, at := range slices.Backward(indexes) {
			var err error
			if data, err = jsonpatch.Delete(data, where, strconv.Itoa(at)); err != nil {
				return nil, err
			}
		}
		_, wasThere := jsonpatch.Find(before, where)
		if list, _ := jsonpatch.Find(data, where); !wasThere && len(bytes.Trim(list, "[] \t\r\n")) == 0 {
			var err error
			if data, err = jsonpatch.Delete(data, where); err != nil {
				return nil, err
			}
		}
	}
	return data, nil
}
