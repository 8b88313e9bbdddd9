// Package npmtest serves a folder of small packages as an npm registry on
// loopback, so that tests run the real npm client without the network.
//
// The packages lie in the folder as root/NAME/VERSION/..., scoped names as
// root/@SCOPE/NAME/VERSION/.... Every file of a version folder is packed. The
// dist-tag latest is the highest version, unless NAME/dist-tags.json says
// otherwise. Other files beside the folders are ignored. `npm publish` adds to what
// is served, with any credentials.
package npmtest

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Registry is a running registry. Its methods may be called while it serves.
type Registry struct {
	URL string // ends in a slash

	server *httptest.Server

	mu       sync.Mutex
	packages map[string]*npmPackage
	failures map[string]int
	requests []string
}

// Serve starts a registry of the packages and closes it when the test ends.
func Serve(t testing.TB, packages fs.FS) *Registry {
	t.Helper()
	r, err := New(packages)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// New starts a registry outside of a test, for a TestMain. The packages are
// read once, here: what changes in the folder later is not seen.
func New(packages fs.FS) (*Registry, error) {
	loaded, err := loadPackages(packages)
	if err != nil {
		return nil, err
	}
	r := &Registry{packages: loaded, failures: map[string]int{}}
	r.server = httptest.NewUnstartedServer(http.HandlerFunc(r.serve))
	r.URL = "http://" + r.server.Listener.Addr().String() + "/" // before anybody asks
	r.server.Start()
	return r, nil
}

// Close stops the registry and waits for the requests under way.
func (r *Registry) Close() {
	r.server.Close()
}

// Env returns the environment variables that make npm use this registry and
// nothing else of the machine. Append them to os.Environ. The cache is a folder
// of the test's own: npm fills it, and it may be shared by several runs.
//
// A failing request is not repeated, since npm waits ten seconds before it does.
func (r *Registry) Env(cache string) []string {
	return []string{
		"npm_config_registry=" + r.URL,
		"npm_config_noproxy=127.0.0.1",
		"npm_config_cache=" + cache,
		// npm takes a missing file for an empty one, but refuses one file in both roles.
		"npm_config_userconfig=" + filepath.Join(cache, "no-user-npmrc"),
		"npm_config_globalconfig=" + filepath.Join(cache, "no-global-npmrc"),
		"npm_config_update_notifier=false",
		"npm_config_audit=false",
		"npm_config_fund=false",
		"npm_config_fetch_retries=0",
	}
}

// Fail makes every later request for the package, its tarballs included,
// answer with the HTTP status. The status 0 makes it answer normally again.
// The package need not exist.
func (r *Registry) Fail(name string, status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if status == 0 {
		delete(r.failures, name)
		return
	}
	r.failures[name] = status
}

// Requests returns the unescaped paths that were asked for, in order, such as
// /@scope/name and /@scope/name/-/name-1.0.0.tgz.
func (r *Registry) Requests() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.requests)
}

// record notes the request and returns the status that Fail set for its package, or 0.
func (r *Registry) record(path, name string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.requests = append(r.requests, path)
	return r.failures[name]
}

// serve answers one request. The path comes unescaped, so that @scope%2fname,
// which npm asks for, and @scope/name are the same.
func (r *Registry) serve(w http.ResponseWriter, req *http.Request) {
	name, file, isTarball := strings.Cut(strings.TrimPrefix(req.URL.Path, "/"), "/-/")
	if status := r.record(req.URL.Path, name); status != 0 {
		reply(w, status, map[string]string{"error": http.StatusText(status)})
		return
	}
	if req.URL.Path == "/-/ping" {
		reply(w, http.StatusOK, map[string]string{})
		return
	}
	if req.Method == http.MethodPut && !isTarball {
		r.publish(w, req)
		return
	}
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		reply(w, http.StatusMethodNotAllowed, map[string]string{"error": "method_not_allowed"})
		return
	}
	p := r.find(name)
	switch {
	case p == nil:
		reply(w, http.StatusNotFound, map[string]string{"error": "not_found"})
	case !isTarball:
		reply(w, http.StatusOK, p.packument(r.URL))
	default:
		serveTarball(w, p, file)
	}
}

func (r *Registry) find(name string) *npmPackage {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.packages[name]
}

// serveTarball answers with the version of p whose tarball is called file.
func serveTarball(w http.ResponseWriter, p *npmPackage, file string) {
	for _, v := range p.versions {
		if p.tarballName(v) == file {
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = w.Write(v.tarball) // npm hung up: nobody is left to tell
			return
		}
	}
	reply(w, http.StatusNotFound, map[string]string{"error": "not_found"})
}

// reply sends body as JSON. Bodies are maps of plain values: they always encode.
func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
