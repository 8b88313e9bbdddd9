package scaffold

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/templates"
)

// switched reports whether the session is to get its UserSig in another way than it did.
func (r *recipe) switched() bool {
	mode := r.Mode(r.project.Lock)
	return r.Integration != None && mode != "" && mode != r.Config.UserSig
}

// credentialScripts writes the session module and its config: as new files, and in the
// place of those that are to say something else.
func (r *recipe) credentialScripts(session templates.Session) error {
	name, write := path.Join(r.sessionRoot(), SessionScript), r.generate
	if r.switched() {
		write = r.regenerate
	}
	if err := write(name, SessionScript, session, msg.T("why.session")); err != nil {
		return err
	}
	if r.switched() && r.Plan.Choices[r.project.Path(name)] == plan.Keep {
		r.Notes = append(r.Notes, msg.T("note.session-kept", "File", r.project.Path(name), "Mode", r.Config.UserSig))
	}
	if write = r.generate; r.Renew {
		write = r.regenerate
	}
	return write(r.ConfigPath(), ConfigScript, r.Config, msg.T("why.config"))
}

// regenerate is generate for a file that is made anew if it is as this tool left it. One
// that was edited since is a Conflict.
func (r *recipe) regenerate(name, template string, values any, why msg.Text) error {
	full := r.project.Path(name)
	if _, ours := r.lock.Files[full]; !ours || !r.Exists(full) {
		return r.generate(name, template, values, why)
	}
	data, err := templates.Render(template, values)
	if err != nil {
		return err
	}
	data = r.marked(name, data)
	now, err := r.ReadFile(full)
	if err != nil {
		return &project.FileError{Path: full, Err: err}
	}
	same := bytes.Equal(now, data)
	pristine := r.pristine(name)
	if same || pristine || r.Plan.Choices[full] == plan.Overwrite {
		r.lock.Files[full] = project.File{Kind: project.Generated, SHA256: plan.Hash(data)}
	}
	if same || pristine {
		return r.Write(full, data, why)
	}
	return r.Replace(full, data, why, msg.T("conflict.edited"))
}

// librariesBeside reports whether the session has the folders debug and lib beside it: it
// was made for a subpackage, when there was no TUIKit in the main package.
func (r *recipe) librariesBeside() bool {
	if r.sessionRoot() != "" {
		return false
	}
	for name, entry := range r.lock.Files {
		beside := func(folder string) bool { return project.Inside(name, r.project.Path(folder)) }
		if entry.Kind == project.Vendored && slices.ContainsFunc(uikit.LibraryFolders(), beside) {
			return true
		}
	}
	return false
}

// leaveDebug takes out what only signed in the mini program, once nobody does so any
// more, and tells what stays because it is the user's, or in use by the user's code.
func (r *recipe) leaveDebug() error {
	if !r.switched() || r.Config.UserSig == Debug {
		return nil
	}
	r.noteIgnored()
	for _, place := range []string{"", UIKitDir} {
		if err := r.dropDebug(path.Join(r.sessionRoot(), place)); err != nil {
			return err
		}
	}
	return nil
}

// noteIgnored: what has no SecretKey in it may be in git, and a clone without it would
// not run. A line that keeps something out of git is for the user to take out.
func (r *recipe) noteIgnored() {
	line := "/" + r.project.Path(r.ConfigPath())
	data, err := r.ReadFile(".gitignore")
	if err == nil && bytes.Equal(addLines(data, []string{line}), data) {
		r.Notes = append(r.Notes, msg.T("note.ignored", "File", strings.TrimPrefix(line, "/"), "Line", line))
	}
}

// dropDebug takes the debug library out of a folder of the miniprogram root.
func (r *recipe) dropDebug(place string) error {
	library := path.Join(place, path.Dir(uikit.DebugLibrary))
	wanted, edited := r.wanted(r.libraries()), false
	var gone []string
	for _, full := range sorted(r.lock.Files) {
		name, below := strings.CutPrefix(full, r.project.Path(library)+"/")
		if !below || r.lock.Files[full].Kind != project.Vendored || wanted(path.Join(path.Dir(uikit.DebugLibrary), name)) {
			continue
		}
		gone = append(gone, full)
		edited = edited || r.Exists(full) && !r.pristine(path.Join(library, name))
	}
	if len(gone) == 0 {
		return nil
	}
	user, err := r.userOf(library)
	switch {
	case err != nil:
		return err
	case user != "":
		r.Notes = append(r.Notes, msg.T("note.debug-used", "Folder", r.project.Path(library), "File", r.project.Path(user)))
		return nil
	case edited:
		r.Notes = append(r.Notes, msg.T("note.debug-edited", "Folder", r.project.Path(library)))
		return nil
	}
	for _, full := range gone {
		delete(r.lock.Files, full)
		if err := r.Delete(full, msg.T("why.unused")); err != nil {
			return err
		}
	}
	return nil
}

// userOf finds a script of the miniprogram root that asks for one in a folder and is not
// in it, "" for none.
func (r *recipe) userOf(folder string) (user string, err error) {
	err = r.walk(".", func(name string) error {
		full := r.project.Path(name)
		if user != "" || project.Inside(name, folder) || !slices.Contains([]string{".js", ".ts"}, path.Ext(name)) || !r.Exists(full) {
			return nil
		}
		data, err := r.ReadFile(full)
		for _, ref := range script.Scan(data).Refs {
			if project.Inside(path.Join(path.Dir(name), ref.Spec), folder) {
				user = name
			}
		}
		return err
	})
	return user, err
}
