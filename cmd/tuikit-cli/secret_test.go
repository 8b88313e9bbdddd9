//go:build unix

package main

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// keys are SecretKeys that stand nowhere else: one as Tencent makes them, and one
// that has to be quoted wherever it is written.
var keys = map[string]string{
	"hexadecimal": "5e41c0de9b7f3a26d8e0475193cbfa6271b4d30986ef2ca5780d1b63fe94a27c",
	"odd":         `q'7"\z<&>K.8$2 xW#5^m`,
}

// leak is a key in some of the forms in which it could get away.
type leak struct{ forms [][]byte }

const fragment = 16 // bytes of a key that are as bad as all of it

func leakOf(t *testing.T, key string) leak {
	t.Helper()
	quoted, err := json.Marshal(key)
	if err != nil {
		t.Fatal(err)
	}
	var l leak
	for _, form := range []string{
		key, strings.Trim(string(quoted), `"`), strconv.Quote(key), hex.EncodeToString([]byte(key)),
		base64.StdEncoding.EncodeToString([]byte(key)), base64.StdEncoding.EncodeToString([]byte(" " + key))[2:], base64.StdEncoding.EncodeToString([]byte("  " + key))[3:],
	} {
		for i := 0; i+fragment <= len(form); i++ {
			l.forms = append(l.forms, []byte(form[i:i+fragment]))
		}
	}
	return l
}

var signed = regexp.MustCompile(`[A-Za-z0-9*_-]{80,}`)

// in reports whether data has the key, as it is or inside of a UserSig.
func (l leak) in(data []byte) bool {
	for _, form := range l.forms {
		if bytes.Contains(data, form) {
			return true
		}
	}
	for _, word := range signed.FindAll(data, -1) {
		plain, err := base64.StdEncoding.DecodeString(strings.NewReplacer("*", "+", "-", "/", "_", "=").Replace(string(word)))
		if err != nil {
			continue
		}
		if reader, err := zlib.NewReader(bytes.NewReader(plain)); err == nil {
			if inside, err := io.ReadAll(reader); err == nil && l.in(inside) {
				return true
			}
		}
	}
	return false
}

// find looks through all files below dir. The key may be in those that may have it,
// and in what is remembered of them; in both nobody else may read it.
func (l leak) find(t *testing.T, dir string, may []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil || !l.in(data) {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		remembered := len(may) > 0 && strings.HasPrefix(relative, ".tuikit/") && filepath.Base(relative) != "record"
		switch {
		case !remembered && !slices.Contains(may, filepath.ToSlash(relative)):
			t.Errorf("%s has the key", relative)
		case info.Mode().Perm() != 0o600:
			t.Errorf("%s has the key and the mode %v", relative, info.Mode().Perm())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// watched is a project in the making, with a key that must not get out of it.
type watched struct {
	*testing.T
	leak
	parent, dir string
	env         []string
	may         []string // files that may hold the key
}

// newGuarded puts an npm into PATH that writes down what it is given, and goes on.
func newGuarded(t *testing.T, key string) *watched {
	t.Helper()
	parent, err := os.MkdirTemp(memory(), "tuikit-cli-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(parent) })
	npm, err := exec.LookPath("npm")
	if err != nil {
		t.Fatal(err)
	}
	shim := fmt.Sprintf("#!/bin/sh\n{ echo \"$@\"; env; } >>'%s/npm-was-given'\nexec '%s' \"$@\"\n", parent, npm)
	writeFile(t, filepath.Join(parent, "bin", "npm"), shim)
	if err := os.Chmod(filepath.Join(parent, "bin", "npm"), 0o755); err != nil {
		t.Fatal(err)
	}
	g := &watched{T: t, leak: leakOf(t, key), parent: parent, dir: filepath.Join(parent, "app")}
	g.env = append(environment(filepath.Join(parent, "home")), "PATH="+filepath.Join(parent, "bin")+":"+os.Getenv("PATH"))
	return g
}

// refusing are commands that may have nothing to do, or not all that they need.
var refusing = []string{"undo", "build-npm"}

// run runs the program, whose exit code is one of those that say that it worked, and
// looks for the key.
func (g *watched) run(args ...string) {
	g.Helper()
	g.runWith(nil, args...)
}

func (g *watched) runWith(variables []string, args ...string) {
	g.Helper()
	command := exec.Command("tuikit-cli", args...)
	command.Dir, command.Env = g.parent, append(slices.Clone(g.env), variables...)
	out, err := command.CombinedOutput()
	if code := command.ProcessState.ExitCode(); err != nil && code != exitFound && !(code == exitFailed && slices.Contains(refusing, args[0])) {
		g.Errorf("%q: exit code %d\n%s", args, code, out)
	}
	if g.in(out) {
		g.Errorf("%q shows the key:\n%s", args, out)
	}
	if _, err := os.Stat(g.dir); err != nil {
		return // it is not there yet, or no more
	}
	if g.find(g.T, g.dir, g.may); g.Failed() {
		g.Fatalf("after %q", args)
	}
}

// TestTheKeyStaysWhereItIs runs every command on projects of each kind, and looks for
// the SecretKey in all that is printed, in every file, and in what npm was given.
func TestTheKeyStaysWhereItIs(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		uikit, mode string
		existing    bool
		integration []string
		config      string // has the key with --usersig debug
		key         string
	}{
		{"1.0.8", "debug", true, nil, "tuikit-config.js", "hexadecimal"},
		{"1.1.3", "debug", false, []string{"--integration", "subpackage"}, "tuikit-config.js", "odd"},
		{"latest", "static", false, nil, "", "odd"},
		{"latest", "debug", true, []string{"--integration", "subpackage", "--isolated"}, "TUI-CustomerService/tuikit-config.js", "hexadecimal"},
	} {
		t.Run(strings.Join(append([]string{row.uikit, row.mode}, row.integration...), " "), func(t *testing.T) {
			t.Parallel()
			g := newGuarded(t, keys[row.key])
			if row.config != "" {
				g.may = []string{row.config, "tuikit-config.js"}
			}
			if row.existing {
				if err := os.CopyFS(g.dir, os.DirFS(filepath.Join(shared.fixtures, "projects", "plain"))); err != nil {
					t.Fatal(err)
				}
			}
			secret := []string{secretKeyEnv + "=" + keys[row.key]}
			init := append([]string{"init", "app", "--uikit", row.uikit, "--usersig", row.mode, "--sdkappid", "1400000000", "--userid", "alice", "--verbose", "--yes"}, row.integration...)
			if row.mode == "server" {
				init = append(init, "--usersig-url", "https://example.org/sig")
			}
			g.runWith(secret, append(slices.Clone(init), "--diff")...)
			g.runWith(secret, append(slices.Clone(init), "--dry-run", "--format", "json")...)
			if row.existing {
				writeFile(t, filepath.Join(g.parent, "key"), keys[row.key])
				g.run(append(slices.Clone(init), "--secretkey-file", "key")...)
			} else {
				g.runWith(secret, init...)
			}
			g.tour(secret)
			for _, name := range []string{"app", "key"} {
				if err := os.RemoveAll(filepath.Join(g.parent, name)); err != nil {
					t.Fatal(err)
				}
			}
			g.find(t, g.parent, nil) // what npm was given, and a home folder
		})
	}
}

// tour is every command that looks at a project, or changes it.
func (g *watched) tour(secret []string) {
	g.Helper()
	for _, lang := range []string{"en", "zh"} {
		g.run("check", "app", "--lang", lang)
		g.run("status", "app", "--lang", lang)
		g.run("size", "app", "--lang", lang)
	}
	for _, format := range []string{"json", "sarif", "github"} {
		g.run("check", "app", "--release", "--format", format)
	}
	g.run("check", "app", "--fix", "--diff")
	g.run("check", "app", "--fix", "--verbose")
	g.run("check", "app", "--baseline", "app/baseline", "--update-baseline")
	g.run("size", "app", "--format", "json")
	g.run("size", "app", "--format", "html", "-o", "app/size.html")
	g.run("status", "app", "--format", "json")
	g.run("build-npm", "-C", "app", "--diff")
	g.run("build-npm", "-C", "app", "--format", "json", "--verbose")
	g.runWith(secret, "add-subpackage", "-C", "app", "second", "--no-install", "--yes", "--verbose")
	g.run("undo", "-C", "app", "--diff", "--on-conflict", "overwrite")
	for range 4 { // back, forth and back
		g.run("undo", "-C", "app", "--yes", "--verbose", "--on-conflict", "overwrite")
	}
	for _, id := range []string{"4", "3", "2", "1"} {
		g.run("undo", "-C", "app", id, "--dry-run", "--format", "json", "--on-conflict", "overwrite")
		g.run("undo", "-C", "app", id, "--yes", "--on-conflict", "overwrite")
	}
	if _, err := os.Stat(g.dir); err == nil {
		g.run("recover", "-C", "app")
	}
}

// TestTheKeyAtEveryChange looks at the disk before each change of it: whatever a
// process leaves that is killed there, nobody else can read the key in it.
func TestTheKeyAtEveryChange(t *testing.T) {
	t.Parallel()
	key := filepath.Join(t.TempDir(), "key")
	writeFile(t, key, keys["hexadecimal"])
	l := leakOf(t, keys["hexadecimal"])
	kit := []string{"--uikit", smallKit(t), "--no-install", "--yes"}
	dir := oddProject(t, t.TempDir())
	places := 0
	watch := func(step string) error {
		places++
		if l.find(t, dir, []string{"tuikit-config.js"}); t.Failed() {
			t.Fatalf("before %q", step)
		}
		return nil
	}
	for _, args := range [][]string{
		append([]string{"init", "--sdkappid", "1400000000", "--userid", "alice", "--secretkey-file", key}, kit...),
		append([]string{"add-subpackage", "chat"}, kit...),
		{"undo", "--yes"}, {"undo", "1", "--yes"}, {"undo", "--yes"}, {"recover"},
	} {
		code, out := call(t, dir, watch, args)
		if code != exitDone || l.in([]byte(out)) {
			t.Fatalf("%v: exit code %d\n%s", args, code, out)
		}
	}
	if places < 100 {
		t.Errorf("only %d places were looked at", places)
	}
}
