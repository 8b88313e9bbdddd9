package scaffold

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// MissingModule is a module that a file of the project asks for and that is nowhere.
type MissingModule struct {
	From, Module string // From is relative to the project root
	Package      string // the npm package
	Installed    bool   // the npm package is there, without that module
	Declared     bool   // package.json asks for the npm package
}

// MissingError: npm cannot be built, as npm packages are not installed.
type MissingError struct {
	Modules []MissingModule
	Npm     project.Npm
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("%s: %s is not installed", e.Modules[0].From, e.Modules[0].Module)
}

// Installed reports whether all that is wrong is what is asked of npm packages that
// are there.
func (e *MissingError) Installed() bool {
	return !slices.ContainsFunc(e.Modules, func(m MissingModule) bool { return !m.Installed })
}

// adding is the word by which each package manager adds an npm package.
var adding = map[string]string{"npm": "install", "cnpm": "install", "pnpm": "add", "yarn": "add"}

// Commands install what is missing, with the project's own package manager: each is a
// program with its arguments.
func (e *MissingError) Commands() [][]string {
	var commands [][]string
	var wanted []string
	install := false
	for _, m := range e.Modules {
		install = install || m.Declared && !m.Installed
		if !m.Declared && !m.Installed && !slices.Contains(wanted, m.Package) {
			wanted = append(wanted, m.Package)
		}
	}
	if e.Npm.Dir != "." {
		commands = append(commands, []string{"cd", e.Npm.Dir})
	}
	if !e.Npm.HasPackage {
		commands = append(commands, []string{e.Npm.Manager, "init", "-y"})
	}
	if len(wanted) > 0 {
		return append(commands, append([]string{e.Npm.Manager, adding[e.Npm.Manager]}, wanted...))
	}
	if install {
		commands = append(commands, []string{e.Npm.Manager, "install"})
	}
	return commands
}

// CheckMissing tells what has to be installed before npm can be built. What can as
// well be the wrong path of a file, and what code asks for that was put into
// miniprogram_npm by hand, becomes a note. The error is a *MissingError.
func CheckMissing(in *project.Inspection, o NpmOptions) ([]msg.Text, error) {
	n := &npmRecipe{modules: o.Modules}
	manifest := project.ReadDocument(in.FS, path.Join(in.Project.Npm.Dir, project.PackageFile))
	missing := &MissingError{Npm: in.Project.Npm}
	var notes []msg.Text
	for _, m := range o.Output.Missing {
		from := in.Project.Path(m.From)
		found := MissingModule{From: from, Module: m.Module, Package: m.Package, Declared: declaredIn(manifest, m.Package)}
		found.Installed = n.installed(path.Join(bundle.Dir, m.Package, "index.js"))
		looksLikePath := !strings.HasPrefix(m.Package, "@") && strings.Contains(m.Module, "/")
		if !found.Declared && !found.Installed && (looksLikePath || npmFolder(from) != "") {
			notes = append(notes, msg.T("note.npm-path", "File", from, "Module", m.Module))
			continue
		}
		missing.Modules = append(missing.Modules, found)
	}
	missing.Modules = append(missing.Modules, n.uninstalled(in, o.Output.Kept, manifest)...)
	slices.SortFunc(missing.Modules, func(a, b MissingModule) int {
		return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.Module, b.Module))
	})
	if len(missing.Modules) > 0 {
		return nil, missing
	}
	return notes, nil
}

// uninstalled are npm packages that were built once, as the record or package.json
// says, and that node_modules has no longer: nobody has put these there by hand.
func (n *npmRecipe) uninstalled(in *project.Inspection, kept []string, manifest *project.Document) []MissingModule {
	var missing []MissingModule
	lock := in.Project.Lock.Clone()
	for _, file := range kept {
		full := in.Project.Path(file)
		found := MissingModule{From: project.LockFile, Module: npmNames(full)[0], Package: npmNames(full)[0]}
		found.Declared = declaredIn(manifest, found.Package)
		if lock.Files[full].Kind != project.Built {
			found.From = path.Join(in.Project.Npm.Dir, project.PackageFile)
		}
		recorded := found.From == project.LockFile
		if (recorded || found.Declared) && !n.installed(full) && !slices.Contains(missing, found) {
			missing = append(missing, found)
		}
	}
	return missing
}

func declaredIn(manifest *project.Document, name string) bool {
	return slices.ContainsFunc([]string{"dependencies", "devDependencies", "optionalDependencies", "peerDependencies"}, func(section string) bool {
		return manifest.Text(section, name) != ""
	})
}
