//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// ticketServer is usersig serve at work on a project.
type ticketServer struct {
	url     string
	command *exec.Cmd
	log     bytes.Buffer
}

// serve starts the server on a free port.
func serve(t *testing.T, dir string, args ...string) *ticketServer {
	t.Helper()
	s := &ticketServer{command: exec.Command(binary, append([]string{"usersig", "serve", "-C", dir, "--port", "0", "--format", "json"}, args...)...)}
	s.command.Env = environ("TUIKIT_SECRETKEY=" + secretKey)
	s.command.Stderr = &s.log
	stdout, err := s.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.command.Process.Kill() })
	var said struct{ URL string }
	if err := json.NewDecoder(bufio.NewReader(stdout)).Decode(&said); err != nil {
		_ = s.command.Wait()
		t.Fatalf("%v\n%s", err, s.log.String())
	}
	s.url = said.URL
	return s
}

// stop ends the server and gives what it has logged.
func (s *ticketServer) stop() string {
	_ = s.command.Process.Kill()
	_ = s.command.Wait()
	return s.log.String()
}

// TestServe has projects of every generation ask usersig serve for the UserSigs with which the
// real SDK signs in; the key stays with the server.
func TestServe(t *testing.T) {
	for i, release := range releases {
		r := recipe{version: release.version, generation: release.generation, way: ways[i], usersig: "server"}
		t.Run(r.name(), func(t *testing.T) {
			t.Parallel()
			dir := copyProject(t, generate(t, r))
			server := serve(t, dir, "--user", userID)
			edit(t, dir, r.own("tuikit-config.js"), "https://example.com/usersig", server.url)
			s := r.boots(dir)
			s.Server = server.url
			require(t, boot(t, s))
			log := server.stop()
			if !strings.Contains(log, userID) || strings.Contains(log, secretKey) {
				t.Errorf("the server has logged: %s", log)
			}
			for _, name := range filesWith(t, dir, secretKey) {
				t.Errorf("the key is in %s", name)
			}
			s.Mode = "unserved" // it is gone
			require(t, boot(t, s))
		})
	}
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		r := recipe{version: "2.4.5", generation: "chat", way: "subpackage", usersig: "server"}
		dir := copyProject(t, generate(t, r))
		server := serve(t, dir, "--user", "somebody-else")
		edit(t, dir, r.own("tuikit-config.js"), "https://example.com/usersig", server.url)
		s := r.boots(dir)
		s.Server, s.Mode = server.url, "unserved"
		require(t, boot(t, s))
	})
}

// TestRenewed lets the UserSig in a project expire: the judge refuses it, and takes the one
// that usersig sign --write puts there.
func TestRenewed(t *testing.T) {
	t.Parallel()
	r := recipe{version: "2.4.5", generation: "chat", way: "subpackage", usersig: "static"}
	dir := copyProject(t, generate(t, r))
	renew := func(seconds string) {
		t.Helper()
		if _, err := tuikit(r, "usersig", "sign", "--write", "-C", dir, "--expire", seconds, "--yes"); err != nil {
			t.Fatal(err)
		}
	}
	renew("1")
	time.Sleep(2 * time.Second)
	stale := boot(t, r.boots(dir))
	if !strings.Contains(strings.Join(stale.problems(), "\n"), "not valid now") {
		t.Errorf("a UserSig that has expired: %v", stale.problems())
	}
	renew("3600")
	require(t, boot(t, r.boots(dir)))
	for _, name := range filesWith(t, dir, secretKey) {
		t.Errorf("the key is in %s", name)
	}
}
