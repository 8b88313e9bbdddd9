package project

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// searchDeep is how many folders deep Search looks: demos of component libraries
// lie four deep.
const searchDeep = 6

// Search finds the mini programs in a folder, by the paths of their project roots,
// sorted: the folder itself, if it is one, else those below it. What frameworks have
// built is passed by, and so is what lies in another mini program.
func Search(fsys fs.FS) []string {
	if Is(fsys, ".") {
		return []string{"."}
	}
	var found []string
	search(fsys, ".", 0, &found)
	slices.Sort(found)
	return found
}

func search(fsys fs.FS, dir string, deep int, found *[]string) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil || deep > searchDeep {
		return
	}
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		if !entry.IsDir() || strings.HasPrefix(entry.Name(), ".") || Excluded(entry.Name()) || entry.Name() == "miniprogram_npm" {
			continue
		}
		if Is(fsys, name) {
			if !built(fsys, name) {
				*found = append(*found, name)
			}
			continue
		}
		search(fsys, name, deep+1, found)
	}
}

// Is reports whether dir is the root of a mini program: it has a
// project.config.json whose miniprogram root has an app.json, or an app.json with
// an app script beside it. A page, too, may be called "app".
func Is(fsys fs.FS, dir string) bool {
	config, private := ReadDocument(fsys, path.Join(dir, ConfigFile)), ReadDocument(fsys, path.Join(dir, PrivateConfigFile))
	root := path.Join(dir, chosenRoot(fsys, dir, config, private))
	app := ReadDocument(fsys, path.Join(root, AppFile))
	switch {
	case app == nil:
		return false
	case app.Err != nil: // broken, but somebody's
		return config != nil || hasApp(fsys, root)
	}
	_, pages := app.Object()["pages"]
	return pages && (config != nil || hasApp(fsys, root))
}

func hasApp(fsys fs.FS, root string) bool {
	return exists(fsys, path.Join(root, "app.js")) || exists(fsys, path.Join(root, "app.ts"))
}

func built(fsys fs.FS, dir string) bool {
	sub, err := fs.Sub(fsys, dir)
	return err == nil && refuseFramework(sub) != nil
}

// Refuse tells why a folder cannot be checked as a native mini program: it is the
// source of a framework, or a mini game. The error is a *FileError.
func Refuse(fsys fs.FS) error {
	if err := refuseFramework(fsys); err != nil {
		return err
	}
	p := &Project{Root: "."}
	config := ReadDocument(fsys, ConfigFile)
	config.Decode(&p.Config)
	p.Root = chosenRoot(fsys, ".", config, ReadDocument(fsys, PrivateConfigFile))
	if p.Config.CompileType == "plugin" {
		return nil // the mini program beside it can be looked at
	}
	return p.refuseKind(fsys)
}
