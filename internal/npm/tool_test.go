package npm

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// standIn puts a shell script into an otherwise empty PATH.
func standIn(t *testing.T, name, script string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("a shell script")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

func TestLook(t *testing.T) {
	for script, want := range map[string]string{
		"echo v20.20.2": "20.20.2",
		"echo 'git version 2.39.5 (Apple Git-1)'": "2.39.5",
		"echo 11.0.0-pre.1; echo warn 1.2 >&2":    "11.0.0-pre.1",
		"echo hello":                              "",
	} {
		standIn(t, "thing", script)
		if got := Look(t.Context(), "thing"); got.Version != want || got.Path == "" || got.Err != nil {
			t.Errorf("%s: got %+v", script, got)
		}
	}
	if got := Look(t.Context(), "no-such-thing"); got != (Tool{}) {
		t.Errorf("got %+v", got)
	}
}

func TestLookFails(t *testing.T) {
	standIn(t, "thing", "echo 'cannot run here' >&2; exit 3")
	var failed *Error
	if got := Look(t.Context(), "thing"); got.Path == "" || !errors.As(got.Err, &failed) || failed.Output != "cannot run here" {
		t.Errorf("got %+v", got)
	}
	standIn(t, "thing", "while :; do :; done")
	cause := errors.New("time is up")
	ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, cause)
	defer cancel()
	if got := Look(ctx, "thing"); !errors.Is(got.Err, cause) {
		t.Errorf("got %+v", got)
	}
}

func TestLatestAndSettings(t *testing.T) {
	c, registry := client(t)
	dir := t.TempDir()
	if got, err := c.Latest(t.Context(), dir, "tim-upload-plugin"); err != nil || got == "" {
		t.Errorf("got %q, %v", got, err)
	}
	var failed *Error
	if _, err := c.Latest(t.Context(), dir, "no-such-package-here"); !errors.As(err, &failed) || !failed.NotFound() {
		t.Errorf("got %v", err)
	}
	if got, err := c.Settings(t.Context(), dir, "@scope"); err != nil || got.Registry != registry.URL {
		t.Errorf("got %+v, %v", got, err)
	}
	npmrc := "@scope:registry=https://scope.example/\nhttps-proxy=http://proxy.example:8080/\n"
	if err := os.WriteFile(filepath.Join(dir, ".npmrc"), []byte(npmrc), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "package.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	want := Settings{Registry: "https://scope.example/", Proxy: "http://proxy.example:8080/"}
	if got, err := c.Settings(t.Context(), dir, "@scope"); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
}
