//go:build unix

// Package installtest installs the program in every way that its users do, without the
// network: from a module proxy and an npm registry of the tests' own, as a GitHub Action,
// and as a hook of pre-commit.
package installtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tuikit-cli/tuikit-cli/internal/npmtest"
)

const (
	root        = "../.."
	testVersion = "1.2.3"
)

// built is what the tests install: the program of this platform, and a registry where
// it is published as a release would.
var built struct {
	dir      string
	binary   string
	platform string // as npm packages name it
	registry *npmtest.Registry
}

func TestMain(m *testing.M) { os.Exit(prepared(m)) }

func prepared(m *testing.M) int {
	var err error
	if built.dir, err = os.MkdirTemp("", "tuikit-cli-install-"); err != nil {
		return failed(err)
	}
	defer os.RemoveAll(built.dir)
	if built.registry, err = npmtest.New(os.DirFS(filepath.Join(root, "testdata", "registry"))); err != nil {
		return failed(err)
	}
	defer built.registry.Close()
	if err := errors.Join(build(), assemble(), publish()); err != nil {
		return failed(err)
	}
	return m.Run()
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func build() error {
	built.binary = filepath.Join(built.dir, "tuikit-cli"+exe(runtime.GOOS))
	command := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=v"+testVersion, "-o", built.binary, "./cmd/tuikit-cli")
	command.Dir = root
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	return output(command)
}

func exe(goos string) string {
	if goos == "windows" {
		return ".exe"
	}
	return ""
}

// platforms are those of a release, by Go's names and by Node's.
var platforms = []struct{ goos, goarch, npm string }{
	{"linux", "amd64", "linux-x64"},
	{"linux", "arm64", "linux-arm64"},
	{"darwin", "amd64", "darwin-x64"},
	{"darwin", "arm64", "darwin-arm64"},
	{"windows", "amd64", "win32-x64"},
	{"windows", "arm64", "win32-arm64"},
}

// assemble makes the npm packages of what goreleaser would have built. Only this
// platform's binary is a real one.
func assemble() error {
	dist := filepath.Join(built.dir, "dist")
	type artifact struct{ Type, Goos, Goarch, Path string }
	var artifacts []artifact
	for _, p := range platforms {
		file := filepath.Join("dist", p.npm, "tuikit-cli"+exe(p.goos))
		if err := os.MkdirAll(filepath.Join(dist, p.npm), 0o755); err != nil {
			return err
		}
		content := []byte("of another platform")
		if p.goos == runtime.GOOS && p.goarch == runtime.GOARCH {
			built.platform = p.npm
			var err error
			if content, err = os.ReadFile(built.binary); err != nil {
				return err
			}
		}
		if err := os.WriteFile(filepath.Join(built.dir, file), content, 0o644); err != nil {
			return err
		}
		artifacts = append(artifacts, artifact{"Binary", p.goos, p.goarch, file})
	}
	if err := errors.Join(writeJSON(filepath.Join(dist, "artifacts.json"), artifacts),
		writeJSON(filepath.Join(dist, "metadata.json"), map[string]string{"version": testVersion})); err != nil {
		return err
	}
	return output(exec.Command("node", filepath.Join(root, "npm", "assemble.js"), dist, packages()))
}

func packages() string { return filepath.Join(built.dir, "packages") }

// writeJSON writes keys as goreleaser does, in lower case.
func writeJSON(name string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	for _, key := range []string{"Type", "Goos", "Goarch", "Path"} {
		data = []byte(strings.ReplaceAll(string(data), `"`+key+`":`, `"`+strings.ToLower(key)+`":`))
	}
	return os.WriteFile(name, data, 0o644)
}

// publish runs the script of a release against the registry.
func publish() error {
	command := exec.Command(filepath.Join(root, "npm", "publish"), packages(), credentials())
	command.Env = environment()
	return output(command)
}

// credentials are a flag of npm: it publishes nothing without.
func credentials() string {
	return "--" + strings.TrimPrefix(built.registry.URL, "http:") + ":_authToken=any"
}

// environment is a machine of its own: an empty home, no locale, the registry.
func environment(more ...string) []string {
	var kept []string
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if !strings.HasPrefix(name, "LC_") && !strings.HasPrefix(strings.ToLower(name), "npm_") && !strings.HasPrefix(name, "TUIKIT_") {
			kept = append(kept, variable)
		}
	}
	own := append(built.registry.Env(filepath.Join(built.dir, "cache")), "HOME="+filepath.Join(built.dir, "home"), "LANG=C")
	return append(append(kept, own...), more...)
}

// output runs a command whose output matters only when it fails.
func output(command *exec.Cmd) error {
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", command, err, out)
	}
	return nil
}

// run runs a program and returns its exit code and all that it said.
func run(t *testing.T, dir string, env []string, name string, args ...string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, name, args...)
	command.Dir, command.Env = dir, env
	out, err := command.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", command, err)
	}
	return command.ProcessState.ExitCode(), string(out)
}

// must is run of what has to end well.
func must(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	code, out := run(t, dir, env, name, args...)
	if code != 0 {
		t.Fatalf("%s %s: exit code %d\n%s", name, strings.Join(args, " "), code, out)
	}
	return out
}

func write(t *testing.T, content string, path ...string) string {
	t.Helper()
	name := filepath.Join(path...)
	if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(content), 0o644)); err != nil {
		t.Fatal(err)
	}
	return name
}

// miniProgram is a folder with a mini program, which has the faults that are named: an
// error, a warning.
func miniProgram(t *testing.T, faults ...string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata", "projects", "plain"))); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(faults, "error") {
		write(t, "require('./no');\nPage({});\n", dir, "pages", "user", "index.js")
	}
	if slices.Contains(faults, "warning") {
		write(t, `<image src="/no.png"/>`, dir, "pages", "user", "index.wxml")
	}
	return dir
}
