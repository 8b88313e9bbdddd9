package npmtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// fixtures are the packages that the rest of the project tests with.
var fixtures = os.DirFS("../../testdata/registry")

// npm runs the real client in dir and returns what it printed.
func npm(t *testing.T, r *Registry, dir string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "npm", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), r.Env(t.TempDir())...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// fetch asks the registry for a path and returns status and body.
func fetch(t *testing.T, r *Registry, path string) (int, []byte) {
	t.Helper()
	res, err := http.Get(r.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, body
}

func TestNpmInstall(t *testing.T) {
	t.Parallel()
	r := Serve(t, fixtures)
	dir := t.TempDir()
	out, err := npm(t, r, dir, "install", "@tencentcloud/chat-uikit-wechat@2.4.5", "@tencentcloud/chat",
		"tim-upload-plugin", "tim-profanity-filter-plugin")
	if err != nil {
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	for name, want := range map[string]string{
		"@tencentcloud/chat":                   "3.6.6",
		"@tencentcloud/chat-uikit-engine-lite": "1.0.7",
		"@tencentcloud/chat-uikit-wechat":      "2.4.5",
		"@tencentcloud/lite-chat":              "1.6.13",
		"@tencentcloud/tui-core-lite":          "1.0.0",
		"tim-profanity-filter-plugin":          "1.1.0",
		"tim-upload-plugin":                    "1.4.3",
	} {
		if got := installedVersion(t, dir, name); got != want {
			t.Errorf("%s: installed %s, want %s", name, got, want)
		}
	}
	compareTrees(t, os.DirFS("../../testdata/registry/@tencentcloud/chat-uikit-wechat/2.4.5"),
		os.DirFS(filepath.Join(dir, "node_modules/@tencentcloud/chat-uikit-wechat")))
	if !slices.Contains(r.Requests(), "/@tencentcloud/tui-core-lite/-/tui-core-lite-1.0.0.tgz") {
		t.Errorf("no request for the tarball of tui-core-lite in %q", r.Requests())
	}
}

func installedVersion(t *testing.T, dir, name string) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join(dir, "node_modules", name, "package.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Version string }
	if err := json.Unmarshal(source, &manifest); err != nil {
		t.Fatal(err)
	}
	return manifest.Version
}

// compareTrees fails the test unless got holds the files of want and no others.
func compareTrees(t *testing.T, want, got fs.FS) {
	t.Helper()
	wantFiles, gotFiles := readTree(t, want), readTree(t, got)
	for name, data := range wantFiles {
		if gotData, ok := gotFiles[name]; !ok || !bytes.Equal(data, gotData) {
			t.Errorf("%s is missing or differs", name)
		}
	}
	if len(gotFiles) != len(wantFiles) {
		t.Errorf("%d files, want %d", len(gotFiles), len(wantFiles))
	}
}

func readTree(t *testing.T, tree fs.FS) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[name], err = fs.ReadFile(tree, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// The ranges of 1.1.3 must not reach the newest versions.
func TestNpmInstallRanges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := npm(t, Serve(t, fixtures), dir, "install", "@tencentcloud/chat-uikit-wechat@1.1.3"); err != nil {
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	for name, want := range map[string]string{
		"aegis-mp-sdk": "1.36.7", "tim-profanity-filter-plugin": "0.9.0", "tim-wx-sdk": "2.27.6",
	} {
		if got := installedVersion(t, dir, name); got != want {
			t.Errorf("%s: installed %s, want %s", name, got, want)
		}
	}
}

func TestNpmErrors(t *testing.T) {
	t.Parallel()
	r := Serve(t, fixtures)
	r.Fail("tim-wx-sdk", http.StatusServiceUnavailable)
	for _, test := range []struct{ name, want string }{
		{"@tencentcloud/no-such-package", "E404"},
		{"tim-wx-sdk@9.9.9", "E503"},
		{"tim-upload-plugin@9.9.9", "ETARGET"},
	} {
		out, err := npm(t, r, t.TempDir(), "install", test.name)
		if err == nil || !strings.Contains(out, test.want) {
			t.Errorf("npm install %s: error %v, want one with %s:\n%s", test.name, err, test.want, out)
		}
	}
}

func TestFail(t *testing.T) {
	t.Parallel()
	r := Serve(t, fixtures)
	for _, path := range []string{"@tencentcloud%2fchat", "@tencentcloud/chat/-/chat-3.6.6.tgz"} {
		r.Fail("@tencentcloud/chat", http.StatusInternalServerError)
		if status, _ := fetch(t, r, path); status != http.StatusInternalServerError {
			t.Errorf("%s: status %d after Fail, want 500", path, status)
		}
		r.Fail("@tencentcloud/chat", 0)
		if status, _ := fetch(t, r, path); status != http.StatusOK {
			t.Errorf("%s: status %d after Fail with 0, want 200", path, status)
		}
	}
}

func TestNotFound(t *testing.T) {
	t.Parallel()
	r := Serve(t, fixtures)
	for _, path := range []string{"no-such-package", "@no%2fpackage", "", "tim-wx-sdk/-/tim-wx-sdk-9.9.9.tgz"} {
		status, body := fetch(t, r, path)
		if status != http.StatusNotFound || strings.TrimSpace(string(body)) != `{"error":"not_found"}` {
			t.Errorf("%q: %d %s", path, status, body)
		}
	}
}

func TestLatest(t *testing.T) {
	t.Parallel()
	packages := fstest.MapFS{
		"README.md":             {Data: []byte("ignored")},
		"a/9.0.0/package.json":  {Data: []byte(`{"name": "a", "version": "9.0.0"}`)},
		"a/10.0.0/package.json": {Data: []byte(`{"name": "a", "version": "10.0.0"}`)},
		"@s/b/1.0.0/package.json": {
			Data: []byte(`{"name": "@s/b", "version": "1.0.0"}`)},
		"@s/b/2.0.0/package.json": {Data: []byte(`{"name": "@s/b", "version": "2.0.0"}`)},
		"@s/b/dist-tags.json":     {Data: []byte(`{"latest": "1.0.0", "next": "2.0.0"}`)},
	}
	r := Serve(t, packages)
	for path, want := range map[string]string{"a": "10.0.0", "@s%2fb": "1.0.0"} {
		_, body := fetch(t, r, path)
		var document struct {
			Tags map[string]string `json:"dist-tags"`
		}
		if err := json.Unmarshal(body, &document); err != nil {
			t.Fatal(err)
		}
		if got := document.Tags["latest"]; got != want {
			t.Errorf("%s: latest is %s, want %s", path, got, want)
		}
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	path := "@tencentcloud/chat-uikit-wechat/-/chat-uikit-wechat-1.0.8.tgz"
	_, first := fetch(t, Serve(t, fixtures), path)
	_, second := fetch(t, Serve(t, fixtures), path)
	if len(first) == 0 || !bytes.Equal(first, second) {
		t.Error("two registries of the same folder gave different tarballs")
	}
}

func TestBadPackages(t *testing.T) {
	t.Parallel()
	good := &fstest.MapFile{Data: []byte(`{"name": "a", "version": "1.0.0"}`)}
	for _, test := range []struct {
		packages fstest.MapFS
		want     string
	}{
		{fstest.MapFS{"a/1.0.0/index.js": {}}, "package.json"},
		{fstest.MapFS{"a/1.0.0/package.json": {Data: []byte("{")}}, "package.json: unexpected end"},
		{fstest.MapFS{"b/1.0.0/package.json": good}, "package.json is of a@1.0.0"},
		{fstest.MapFS{"a/README.md": {}}, "a has no versions"},
		{fstest.MapFS{"a/1.0.0/package.json": good, "a/dist-tags.json": {Data: []byte(`{"next": "2.0.0"}`)}}, "dist-tag next is 2.0.0"},
		{fstest.MapFS{"a/1.0.0/package.json": good, "a/1.0.0/link": {Mode: fs.ModeSymlink}}, "link is not a regular file"},
	} {
		r, err := New(test.packages)
		if err == nil {
			r.Close()
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want an error with %q", err, test.want)
		}
	}
}

func TestCompareVersions(t *testing.T) {
	t.Parallel()
	ascending := []string{"0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2",
		"1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0", "10.0.0"}
	for i, a := range ascending {
		for j, b := range ascending {
			if got, want := compareVersions(a, b), min(1, max(-1, i-j)); got != want {
				t.Errorf("compareVersions(%s, %s) = %d, want %d", a, b, got, want)
			}
		}
	}
	if compareVersions("1.0.0+a", "1.0.0+b") != 0 {
		t.Error("build metadata must not count")
	}
}

// A version is published once; another one joins it, and the tag moves.
func TestNpmPublish(t *testing.T) {
	t.Parallel()
	r := Serve(t, fixtures)
	dir := t.TempDir()
	token := "--" + strings.TrimPrefix(r.URL, "http:") + ":_authToken=any"
	for _, test := range []struct {
		version string
		ok      bool
	}{{"1.0.0", true}, {"1.0.0", false}, {"1.10.0", true}, {"1.9.0", true}} {
		manifest := `{"name": "@own/new", "version": "` + test.version + `"}`
		if err := os.WriteFile(filepath.Join(dir, "package.json"), []byte(manifest), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := npm(t, r, dir, "publish", "--tag", "next", token); (err == nil) != test.ok {
			t.Errorf("npm publish of %s: %v\n%s", test.version, err, out)
		}
	}
	project := t.TempDir()
	if out, err := npm(t, r, project, "install", "@own/new@^1"); err != nil {
		t.Fatalf("npm install: %v\n%s", err, out)
	}
	if got := installedVersion(t, project, "@own/new"); got != "1.10.0" {
		t.Errorf("installed %s, want 1.10.0", got)
	}
}
