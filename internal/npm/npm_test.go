package npm

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/npmtest"
)

// client is the real npm against our registry on loopback.
func client(t *testing.T) (*Client, *npmtest.Registry) {
	t.Helper()
	registry := npmtest.Serve(t, os.DirFS("../../testdata/registry"))
	for _, variable := range registry.Env(t.TempDir()) {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	c, err := Find()
	if err != nil {
		t.Fatal(err)
	}
	return c, registry
}

func TestInitAndInstall(t *testing.T) {
	c, _ := client(t)
	dir := t.TempDir()
	if err := c.Init(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if err := c.Install(t.Context(), dir, "tim-upload-plugin"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"package.json", "package-lock.json", "node_modules/tim-upload-plugin/index.js"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestErrors(t *testing.T) {
	c, registry := client(t)
	registry.Fail("tim-wx-sdk", 500)
	for _, row := range []struct {
		what, install         string
		notFound, unreachable bool
	}{
		{"unknown package", "no-such-package-here", true, false},
		{"unknown version", "tim-upload-plugin@99", true, false},
		{"server error", "tim-wx-sdk", false, false},
	} {
		err := c.Install(t.Context(), t.TempDir(), row.install)
		var failed *Error
		if !errors.As(err, &failed) {
			t.Fatalf("%s: got %v", row.what, err)
		}
		if failed.NotFound() != row.notFound || failed.Unreachable() != row.unreachable || failed.Output == "" {
			t.Errorf("%s: got %+v", row.what, failed)
		}
	}
	c.Registry = "http://127.0.0.1:1/"
	err := c.Install(t.Context(), t.TempDir(), "tim-upload-plugin")
	if failed := (*Error)(nil); !errors.As(err, &failed) || !failed.Unreachable() {
		t.Errorf("closed port: got %v", err)
	}
}

func TestCancel(t *testing.T) {
	c, _ := client(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	cause := errors.New("enough")
	cancel(cause)
	if err := c.Install(ctx, t.TempDir(), "tim-upload-plugin"); !errors.Is(err, cause) {
		t.Errorf("got %v", err)
	}
}

func TestFindNothing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := Find(); !errors.Is(err, ErrMissing) {
		t.Errorf("got %v", err)
	}
}

func TestReadingOutput(t *testing.T) {
	const output = "npm warn Unknown user config\nnpm error code E404\nnpm error 404 Not Found\nnpm error A complete log of this run can be found in: /x\n"
	if got := errorCode(output); got != "E404" {
		t.Errorf("got %q", got)
	}
	if got := errorCode("npm ERR! code ETARGET\n"); got != "ETARGET" {
		t.Errorf("got %q", got)
	}
	if got, want := tidy(output), "npm error code E404\nnpm error 404 Not Found"; got != want {
		t.Errorf("got %q", got)
	}
}

func TestPackage(t *testing.T) {
	for output, want := range map[string]string{
		"npm error notarget No matching version found for @tencentcloud/chat@3.5.0.": "@tencentcloud/chat",
		"npm error notarget No matching version found for dayjs@99.":                 "dayjs",
		"npm error 404 Not Found": "",
	} {
		if got := (&Error{Output: output}).Package(); got != want {
			t.Errorf("%q: got %q", output, got)
		}
	}
}

func TestScratch(t *testing.T) {
	s, err := NewScratch()
	if err != nil {
		t.Fatal(err)
	}
	source := t.TempDir()
	for name, content := range map[string]string{"a.js": "a", "b.md": "b"} {
		if err := os.WriteFile(filepath.Join(source, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	staged, err := s.Stage(source, "kit", func(name string) bool { return !strings.HasSuffix(name, ".md") })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := staged.Open("a.js"); err != nil {
		t.Error(err)
	}
	if _, err := staged.Open("b.md"); err == nil {
		t.Error("what was not to be kept is there")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.Dir); err == nil {
		t.Error("the scratch folder is still there")
	}
}
