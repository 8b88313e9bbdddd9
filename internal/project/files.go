package project

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Files are the files of a folder as WeChat's compiler sees them: without
// node_modules, .git, .svn and .DS_Store, links followed.
type Files struct {
	sizes   map[string]int64 // bytes by path relative to the folder
	folders map[string]bool
	names   []string // sorted
	folded  map[string]string

	folderNames []string
}

// linksDeep is how many links to folders are followed inside one another: enough
// for every real project, and an end to those that contain themselves in a way that
// is not seen.
const linksDeep = 3

// ListFiles lists the files below dir of fsys. skip tells which folders (relative
// to dir) are somebody else's. The error is a *FileError for a folder that cannot be
// listed.
func ListFiles(fsys fs.FS, dir string, skip func(name string) bool) (*Files, error) {
	l := lister{Files: Files{sizes: map[string]int64{}, folders: map[string]bool{".": true}}, fsys: fsys, root: dir, skip: skip}
	if info, err := fs.Stat(fsys, dir); err == nil {
		l.above = append(l.above, info)
	}
	if err := l.list("", 0); err != nil {
		return nil, err
	}
	l.names = sortedKeys(l.sizes)
	return &l.Files, nil
}

type lister struct {
	Files
	fsys  fs.FS
	root  string
	skip  func(string) bool
	above []fs.FileInfo // the folders that hold the one that is listed
}

func (l *lister) list(dir string, links int) error {
	entries, err := fs.ReadDir(l.fsys, path.Join(l.root, dir))
	if err != nil {
		return &FileError{Path: path.Join(l.root, dir), Err: err}
	}
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		if Excluded(entry.Name()) || l.skip != nil && l.skip(name) {
			continue
		}
		if err := l.add(name, entry, links); err != nil {
			return err
		}
	}
	return nil
}

func (l *lister) add(name string, entry fs.DirEntry, links int) error {
	info, deep, err := l.follow(name, entry, links)
	switch {
	case err != nil:
		return nil // gone meanwhile, or a link to nowhere: not there for the compiler either
	case info.Mode().IsRegular():
		l.sizes[name] = info.Size()
	case info.IsDir():
		l.folders[name] = true
		if deep > linksDeep || deep > links && l.inside(info) {
			return nil
		}
		l.above = append(l.above, info)
		err = l.list(name, deep)
		l.above = l.above[:len(l.above)-1]
	}
	return err
}

// inside reports whether the folder holds the one that is listed, or is that itself.
func (l *lister) inside(folder fs.FileInfo) bool {
	return slices.ContainsFunc(l.above, func(above fs.FileInfo) bool { return os.SameFile(above, folder) })
}

// follow is the entry itself, or what it links to; deep counts the links.
func (l *lister) follow(name string, entry fs.DirEntry, links int) (info fs.FileInfo, deep int, err error) {
	if entry.Type()&fs.ModeSymlink == 0 {
		info, err = entry.Info()
		return info, links, err
	}
	info, err = fs.Stat(l.fsys, path.Join(l.root, name))
	return info, links + 1, err
}

// Excluded names the files and folders that WeChat's compiler never looks at
// (miniprogram-ci 2.1.42, observed), and what this tool keeps for itself.
func Excluded(base string) bool {
	switch base {
	case "node_modules", ".git", ".svn", ".DS_Store", ".tuikit":
		return true
	}
	return false
}

// Has reports whether there is a file of that name.
func (f *Files) Has(name string) bool { _, ok := f.sizes[name]; return ok }

// HasFolder reports whether there is a folder of that name.
func (f *Files) HasFolder(name string) bool { return f.folders[name] }

// Size is the length of a file in bytes.
func (f *Files) Size(name string) int64 { return f.sizes[name] }

// Names lists the files, sorted.
func (f *Files) Names() []string { return f.names }

// Spelled finds the file whose name differs from name only in case.
func (f *Files) Spelled(name string) (string, bool) {
	if f.folded == nil {
		f.folded = make(map[string]string, len(f.names))
		for _, n := range f.names {
			f.folded[strings.ToLower(n)] = n
		}
	}
	found, ok := f.folded[strings.ToLower(name)]
	return found, ok && found != name
}

// Drop takes the files out that drop names, and returns them.
func (f *Files) Drop(drop func(name string) bool) []string {
	var dropped []string
	f.names = slices.DeleteFunc(f.names, func(name string) bool {
		if !drop(name) {
			return false
		}
		dropped = append(dropped, name)
		delete(f.sizes, name)
		return true
	})
	f.folded = nil
	return dropped
}

// Ignores tells which files packOptions leaves out. Paths are relative to the
// miniprogram root; path and value are compared in lower case, and "include"
// beats "ignore" (miniprogram-ci 2.1.42, read in its source and observed).
func (c Config) Ignores() func(name string) bool {
	ignore, include := matchers(c.PackOptions.Ignore), matchers(c.PackOptions.Include)
	return func(name string) bool {
		if len(ignore) == 0 {
			return false
		}
		name = strings.ToLower(name)
		return matches(ignore, name) && !matches(include, name)
	}
}

// Includes tells which files packOptions puts in, whatever else leaves them out: the
// filter of unused files does not drop them either (miniprogram-ci 2.1.42, observed).
func (c Config) Includes() func(name string) bool {
	include := matchers(c.PackOptions.Include)
	return func(name string) bool { return matches(include, strings.ToLower(name)) }
}

type matcher func(name string) bool

func matches(all []matcher, name string) bool {
	return slices.ContainsFunc(all, func(m matcher) bool { return m(name) })
}

func matchers(rules []PackRule) []matcher {
	var all []matcher
	for _, rule := range rules {
		if m := rule.matcher(); m != nil {
			all = append(all, m)
		}
	}
	return all
}

func (r PackRule) matcher() matcher {
	value := strings.ToLower(r.Value)
	rooted := "/" + strings.TrimPrefix(value, "/")
	switch r.Type {
	case "file":
		return func(name string) bool { return "/"+name == rooted }
	case "folder":
		return func(name string) bool { return strings.HasPrefix("/"+name, strings.TrimSuffix(rooted, "/")+"/") }
	case "suffix":
		return func(name string) bool { return strings.HasSuffix(path.Base(name), value) }
	case "prefix":
		return func(name string) bool { return strings.HasPrefix(path.Base(name), value) }
	case "glob":
		return func(name string) bool { return glob(value, name) || glob(value, "/"+name) }
	case "regexp":
		expression, err := regexp.Compile("(?im)" + value)
		if err != nil {
			return nil
		}
		return func(name string) bool { return expression.MatchString(name) || expression.MatchString("/"+name) }
	}
	return nil
}

// glob is minimatch: "!" in front turns a pattern round, "#" makes it a comment.
func glob(pattern, name string) bool {
	if strings.HasPrefix(pattern, "#") {
		return false
	}
	if rest, negated := strings.CutPrefix(pattern, "!"); negated {
		return !glob(rest, name)
	}
	ok, err := doublestar.Match(pattern, name)
	return ok && err == nil
}

// Under are the same files as they are seen from a folder in which they lie below dir.
func (f *Files) Under(dir string) *Files {
	moved := &Files{sizes: make(map[string]int64, len(f.sizes)), folders: make(map[string]bool, len(f.folders))}
	for name, size := range f.sizes {
		moved.sizes[path.Join(dir, name)] = size
	}
	for name := range f.folders {
		moved.folders[path.Join(dir, name)] = true
	}
	for ; dir != "."; dir = path.Dir(dir) {
		moved.folders[dir] = true
	}
	moved.folders["."] = true
	moved.names = sortedKeys(moved.sizes)
	return moved
}

// Folders lists the folders, sorted.
func (f *Files) Folders() []string {
	if f.folderNames == nil {
		f.folderNames = sortedKeys(f.folders)
	}
	return f.folderNames
}
