//go:build e2e

package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const (
	sdkAppID  = 1400000000
	userID    = "alice"
	secretKey = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

	subpackage = "TUI-CustomerService"
	homePage   = "pages/index/index"
	subPage    = subpackage + "/pages/index"
)

// releases are the UIKit versions on npm, one per generation.
var releases = []struct{ version, generation string }{
	{"1.0.8", "bundled"},
	{"1.1.3", "tim"},
	{"2.4.5", "chat"},
}

// ways are the paths of the vendor's guide, and the commands that follow them; isolated is a
// subpackage that keeps everything to itself.
var ways = []string{"main", "add-subpackage", "subpackage", "isolated"}

// recipe says which commands make a project.
type recipe struct {
	version, generation, way string
	usersig                  string // "" is the default
	unfilled                 bool
}

func (r recipe) name() string {
	parts := []string{r.version, r.way}
	if r.usersig != "" {
		parts = append(parts, r.usersig)
	}
	if r.unfilled {
		parts = append(parts, "unfilled")
	}
	return strings.Join(parts, "-")
}

// credentials are the flags that fill in the placeholders.
func (r recipe) credentials() []string {
	if r.unfilled {
		return nil
	}
	flags := []string{"--sdkappid", "1400000000", "--userid", userID}
	if r.usersig != "" {
		flags = append(flags, "--usersig", r.usersig)
	}
	if r.usersig == "server" {
		flags = append(flags, "--usersig-url", "https://example.com/usersig")
	}
	return flags
}

// commands are the command lines that make the project in dir.
func (r recipe) commands(dir string) [][]string {
	start := []string{"init", dir, "--yes", "--uikit", r.version}
	switch r.way {
	case "main":
		return [][]string{append(start, r.credentials()...)}
	case "none":
		return [][]string{append(start, "--integration", "none")}
	case "subpackage":
		return [][]string{append(append(start, "--integration", "subpackage"), r.credentials()...)}
	default:
		add := []string{"add-subpackage", subpackage, "-C", dir, "--yes"}
		if r.way == "isolated" {
			add = append(add, "--isolated")
		}
		return [][]string{append(start, "--integration", "none"), append(add, r.credentials()...)}
	}
}

// boots is the spec for the boot judge on this recipe's project in root.
func (r recipe) boots(root string) spec {
	s := spec{Root: root, Mode: "filled", Generation: r.generation, Page: homePage, SDKAppID: sdkAppID, UserID: userID, Key: secretKey}
	if r.way != "main" {
		s.Page, s.Home = subPage, homePage
	}
	if r.way == "isolated" { // nothing of the main package leads there unless asked for
		s.Home, s.Session = "", r.own("tuikit-session.js")
	}
	if r.unfilled {
		s.Mode = "unfilled"
	}
	return s
}

// own is where a file lies that the session needs.
func (r recipe) own(name string) string {
	if r.way == "isolated" {
		return subpackage + "/" + name
	}
	return name
}

// project is a generated project; tests share it and do not write to it.
type project struct {
	recipe
	dir    string
	digest string // of all files that can make a difference to a judge
}

// The verdict on a project holds for every project of the same bytes.

func (p project) analysed(t *testing.T) analysed {
	t.Helper()
	return shared("analyse "+p.digest, func() analysed { return analyse(t, p.dir) })
}

func (p project) booted(t *testing.T) booted {
	t.Helper()
	s := p.boots(p.dir)
	return shared("boot "+s.Mode+s.Page+p.digest, func() booted { return boot(t, s) })
}

// bootedCompiled boots what compiled left in out().
func (p project) bootedCompiled(t *testing.T) booted {
	t.Helper()
	s := p.boots(p.out())
	s.Compiled = true
	return shared("boot compiled "+s.Mode+s.Page+p.digest, func() booted { return boot(t, s) })
}

func (p project) compiled(t *testing.T) compiled {
	t.Helper()
	return shared("compile "+p.digest, func() compiled { return compile(t, p.dir, p.out()) })
}

func (p project) out() string { return filepath.Join(work, "compiled", p.digest) }

var made sync.Map // recipe -> func() (project, error)

// generate makes the project of a recipe once, whoever asks first.
func generate(t *testing.T, r recipe) project {
	t.Helper()
	once, _ := made.LoadOrStore(r, sync.OnceValues(func() (project, error) {
		// The folder's own name gets into the project, so it is always the same.
		p := project{recipe: r, dir: filepath.Join(work, "projects", r.name(), "app")}
		if err := os.MkdirAll(p.dir, 0o755); err != nil {
			return p, err
		}
		if err := p.make(p.dir); err != nil {
			return p, err
		}
		files, err := digests(p.dir)
		p.digest = sum(files)
		return p, err
	}))
	p, err := once.(func() (project, error))()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (r recipe) make(dir string) error {
	for _, args := range r.commands(dir) {
		if _, err := tuikit(r, args...); err != nil {
			return err
		}
	}
	return nil
}

// commandError is a command that did not end with exit code 0.
type commandError struct {
	args   []string
	code   int
	output string
}

func (e *commandError) Error() string {
	return fmt.Sprintf("tuikit-cli %s: exit code %d\n%s", strings.Join(e.args, " "), e.code, e.output)
}

// tuikit runs the program as a script would: no terminal, the key in the environment.
func tuikit(r recipe, args ...string) (string, error) {
	if err := watchSources(); err != nil {
		return "", err
	}
	cmd := exec.Command(binary, args...)
	cmd.Dir = work
	cmd.Env = environ()
	if !r.unfilled {
		cmd.Env = environ("TUIKIT_SECRETKEY=" + secretKey)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return out.String(), &commandError{args, exit.ExitCode(), out.String()}
	}
	return out.String(), err
}

type hash = [sha256.Size]byte

// digests gives the hash of every file under dir, node_modules included.
func digests(dir string) (map[string]hash, error) {
	files := map[string]hash{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		data, err := content(path, d)
		files[filepath.ToSlash(name)] = sha256.Sum256(data)
		return err
	})
	return files, err
}

// sum condenses digests into one, without what no judge and no phone gets to see.
func sum(files map[string]hash) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != "tuikit-lock.json" && !strings.HasPrefix(name, "node_modules/") && !strings.HasPrefix(name, ".tuikit/") {
			fmt.Fprintf(h, "%s %x\n", name, files[name])
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

func tree(t *testing.T, dir string) map[string]hash {
	t.Helper()
	files, err := digests(dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func content(path string, d fs.DirEntry) ([]byte, error) {
	if d.Type()&fs.ModeSymlink != 0 {
		target, err := os.Readlink(path)
		return []byte(target), err
	}
	return os.ReadFile(path)
}

// differences names the files that are not the same in both trees.
func differences(before, after map[string]hash) []string {
	var names []string
	for name, d := range before {
		if a, ok := after[name]; !ok {
			names = append(names, "gone: "+name)
		} else if a != d {
			names = append(names, "changed: "+name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, "new: "+name)
		}
	}
	slices.Sort(names)
	return names
}

// writeFiles puts files into dir, by slash-separated name.
func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, elem ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func readJSON(t *testing.T, value any, elem ...string) {
	t.Helper()
	if err := json.Unmarshal([]byte(read(t, elem...)), value); err != nil {
		t.Fatalf("%s: %v", filepath.Join(elem...), err)
	}
}
