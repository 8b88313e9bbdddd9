//go:build e2e

package e2e

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// files are a project by slash-separated name, relative to the folder of project.config.json.
type files map[string]string

// change does one thing to a project; it fails where it would change nothing, as a fault that
// changes nothing proves nothing.
type change func(files) error

// mutation is testdata/faults with something done to it.
type mutation struct {
	name    string // begins with the id of the compiler experiment that it repeats, where there is one
	changes []change
	// documented is the source of the rule where only a device or the server sees the fault.
	documented string
}

// faults are mutations that break something, most of them; the judges say which.
func faults() []mutation {
	return slices.Concat(configFaults, appFaults, pageFaults, packageFaults, componentFaults, scriptFaults, markupFaults, styleFaults)
}

// inRoot gives the name of a file of the mini program; a leading slash is the project root.
func inRoot(name string) string {
	if rest, ok := strings.CutPrefix(name, "/"); ok {
		return rest
	}
	return path.Join("mini", name)
}

// does makes the changes of one mutation.
func does(changes ...change) []change { return changes }

// put writes a file.
func put(name, text string) change {
	return func(f files) error {
		if old, ok := f[inRoot(name)]; ok && old == text {
			return fmt.Errorf("%s is so already", name)
		}
		f[inRoot(name)] = text
		return nil
	}
}

// sub replaces the first old text of a file.
func sub(name, old, new string) change {
	return func(f files) error {
		text, ok := f[inRoot(name)]
		if !ok || !strings.Contains(text, old) || old == new {
			return fmt.Errorf("%s has no %q", name, old)
		}
		f[inRoot(name)] = strings.Replace(text, old, new, 1)
		return nil
	}
}

// before puts text at the beginning of a file, after at its end.
func before(name, text string) change {
	return func(f files) error { return put(name, text+f[inRoot(name)])(f) }
}

func after(name, text string) change {
	return func(f files) error { return put(name, f[inRoot(name)]+text)(f) }
}

// asByHand has a library of the main package in the subpackage's TUIKit, too, where the
// guide's steps leave it.
func asByHand(name string) change {
	return func(f files) error { return put("/TUI-CustomerService/TUIKit"+name, f[inRoot(name)])(f) }
}

// drop takes files away, or folders with all that is in them.
func drop(names ...string) change {
	return func(f files) error {
		for _, name := range names {
			if err := f.drop(inRoot(name)); err != nil {
				return err
			}
		}
		return nil
	}
}

func (f files) drop(name string) error {
	count := len(f)
	maps.DeleteFunc(f, func(have, _ string) bool { return have == name || strings.HasPrefix(have, name+"/") })
	if len(f) == count {
		return fmt.Errorf("there is no %s", name)
	}
	return nil
}

// move renames a file, or a folder.
func move(from, to string) change {
	return func(f files) error {
		moved := files{}
		for name, text := range f {
			if rest, ok := strings.CutPrefix(name, inRoot(from)); ok && (rest == "" || rest[0] == '/') {
				moved[inRoot(to)+rest] = text
			}
		}
		if err := f.drop(inRoot(from)); err != nil {
			return err
		}
		maps.Copy(f, moved)
		return nil
	}
}

// all changes every file whose name ends so.
func all(suffixes []string, with func(string) string) change {
	return func(f files) error {
		for name, text := range f {
			if slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(name, s) }) {
				f[name] = with(text)
			}
		}
		return nil
	}
}

// baseProject reads testdata/faults.
func baseProject(t *testing.T) files {
	t.Helper()
	root := filepath.Join("testdata", "faults")
	f := files{}
	for name := range tree(t, root) {
		f[name] = read(t, root, filepath.FromSlash(name))
	}
	return f
}

// of gives the project of a mutation.
func (m mutation) of(t *testing.T, base files) files {
	t.Helper()
	f := maps.Clone(base)
	for _, change := range m.changes {
		if err := change(f); err != nil {
			t.Fatalf("%s: %v", m.name, err)
		}
	}
	return f
}

// digest condenses a project into what tells it from any other.
func (f files) digest() string {
	hashes := map[string]hash{}
	for name, text := range f {
		hashes[name] = sha256.Sum256([]byte(text))
	}
	return sum(hashes)
}

// write puts the project into dir, which must not have anything else in it.
func (f files) write(t *testing.T, dir string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	writeFiles(t, dir, f)
}
