package gitindex

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// repository is what git makes of some files, in an index of that version.
func repository(t testing.TB, version string) []byte {
	t.Helper()
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		command := exec.Command("git", args...)
		command.Dir = dir
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	git("init", "-q")
	for _, name := range []string{"app.js", "tuikit-config.js", "sub/深/tuikit-config.js", "sub/深/tuikit-config.json", "z"} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git("add", ".")
	git("add", "-N", "z") // intent to add: further flags
	git("update-index", "--index-version", version)
	index, err := os.ReadFile(filepath.Join(dir, ".git", "index"))
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func TestTracked(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	for _, version := range []string{"2", "3", "4"} {
		index := repository(t, version)
		for name, want := range map[string]bool{
			"app.js": true, "tuikit-config.js": true, "sub/深/tuikit-config.js": true, "sub/深/tuikit-config.json": true, "z": true,
			"config.js": false, "sub/tuikit-config.js": false, "": false, "sub": false,
		} {
			if got, err := Tracked(index, name); err != nil || got != want {
				t.Errorf("version %s, %q: got %v, %v", version, name, got, err)
			}
		}
		if _, err := Tracked(index[:len(index)/3], "zz"); !errors.Is(err, ErrFormat) {
			t.Errorf("version %s, cut off: got %v", version, err)
		}
	}
	if _, err := Tracked([]byte("something else"), "a"); !errors.Is(err, ErrFormat) {
		t.Errorf("got %v", err)
	}
}

func FuzzTracked(f *testing.F) {
	f.Add([]byte("DIRC\x00\x00\x00\x04\x00\x00\x00\x01"), "a")
	if _, err := exec.LookPath("git"); err == nil {
		f.Add(repository(f, "2"), "app.js")
		f.Add(repository(f, "4"), "app.js")
	}
	f.Fuzz(func(t *testing.T, index []byte, name string) {
		if tracked, err := Tracked(index, name); tracked && err != nil {
			t.Errorf("both tracked and %v", err)
		}
	})
}
