package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
)

// server is usersig serve at work.
type server struct {
	t       *testing.T
	command *exec.Cmd
	said    serveJSON
	stderr  bytes.Buffer
}

// serveIn runs usersig serve on a free port and waits until it listens.
func serveIn(t *testing.T, dir string, args ...string) *server {
	t.Helper()
	s := &server{t: t, command: exec.Command("tuikit-cli", append([]string{"usersig", "serve", "--port", "0", "--format", "json"}, args...)...)}
	s.command.Dir = dir
	s.command.Env = append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"), "TUIKIT_SECRETKEY=5bd2850fff3ecb11d7c805251c51ee46")
	s.command.Stderr = &s.stderr
	stdout, err := s.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.command.Process.Kill() })
	if err := json.NewDecoder(bufio.NewReader(stdout)).Decode(&s.said); err != nil {
		_ = s.command.Wait()
		t.Fatalf("%v\n%s", err, s.stderr.String())
	}
	return s
}

// get asks the server, with a header Host if one is given.
func (s *server) get(path, host string) (status int, body string) {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodGet, strings.TrimSuffix(s.said.URL, "/usersig")+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Host = host
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response.StatusCode, string(data)
}

// stop sends Ctrl-C and returns what the server has logged.
func (s *server) stop() string {
	s.t.Helper()
	if err := s.command.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.command.Wait() }()
	select {
	case err := <-ended:
		if err != nil { // a server that is stopped has done what it should
			s.t.Errorf("%v\n%s", err, s.stderr.String())
		}
	case <-time.After(30 * time.Second):
		s.t.Fatal("the server does not stop")
	}
	return s.stderr.String()
}

const serverKey = "5bd2850fff3ecb11d7c805251c51ee46"

func TestServe(t *testing.T) {
	t.Parallel()
	s := serveIn(t, t.TempDir(), "--sdkappid", "1400000000", "--expire", "60", "--user", "alice", "--user", "bob")
	if !strings.HasPrefix(s.said.URL, "http://127.0.0.1:") || s.said.SDKAppID != 1400000000 || s.said.Expire != 60 || s.said.Remote || len(s.said.Users) != 2 {
		t.Errorf("it says %+v", s.said)
	}
	if status, body := s.get("/healthz", ""); status != 200 {
		t.Errorf("healthz: %d %s", status, body)
	}
	status, body := s.get("/usersig?userID=alice", "")
	var answer struct{ UserSig string }
	if err := json.Unmarshal([]byte(body), &answer); err != nil || status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	claims, err := usersig.Verify(answer.UserSig, serverKey)
	if err != nil || claims.UserID != "alice" || claims.SDKAppID != 1400000000 || claims.Expire != time.Minute || time.Since(claims.Issued) > time.Minute {
		t.Errorf("signed %+v, %v", claims, err)
	}
	if status, body := s.get("/usersig?userID=eve", ""); status != 403 {
		t.Errorf("eve: %d %s", status, body)
	}
	if status, body := s.get("/usersig?userID=alice", "evil.example.com"); status != 421 {
		t.Errorf("another host: %d %s", status, body)
	}
	logged := s.stop()
	for _, want := range []string{"  200 OK  127.0.0.1  alice\n", "  403 Forbidden  127.0.0.1  eve\n", "  421 Misdirected Request  127.0.0.1  -\n", "stopped.\n"} {
		if !strings.Contains(logged, want) {
			t.Errorf("%q is not logged:\n%s", want, logged)
		}
	}
	if strings.Contains(logged, serverKey) || strings.Contains(logged, answer.UserSig) {
		t.Errorf("a secret is logged:\n%s", logged)
	}
}

// TestServeStopsInSpiteOfClients: one that never sends all of its request keeps nobody waiting.
func TestServeStopsInSpiteOfClients(t *testing.T) {
	t.Parallel()
	s := serveIn(t, t.TempDir(), "--sdkappid", "1400000000")
	address, _, _ := strings.Cut(strings.TrimPrefix(s.said.URL, "http://"), "/")
	client, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if _, err := client.Write([]byte("GET /usersig?userID=alice HTTP/1.1\r\nHost: localhost\r\n")); err != nil {
		t.Fatal(err)
	}
	if status, body := s.get("/healthz", ""); status != 200 {
		t.Errorf("healthz: %d %s", status, body)
	}
	s.stop()
}

func TestServeQuietly(t *testing.T) {
	t.Parallel()
	s := serveIn(t, t.TempDir(), "--sdkappid", "1400000000", "--quiet")
	if status, body := s.get("/usersig?userID=alice", ""); status != 200 {
		t.Errorf("%d %s", status, body)
	}
	if logged := s.stop(); logged != "" {
		t.Errorf("it says %q", logged)
	}
}

// TestServeRemotely warns, and answers to any name.
func TestServeRemotely(t *testing.T) {
	t.Parallel()
	s := serveIn(t, t.TempDir(), "--sdkappid", "1400000000", "--allow-remote")
	if status, body := s.get("/usersig?userID=alice", "dev.example.com"); status != 200 || !s.said.Remote {
		t.Errorf("%d %s", status, body)
	}
	if logged := s.stop(); !strings.Contains(logged, "can sign in as anybody") {
		t.Errorf("there is no warning:\n%s", logged)
	}
}

// phone is a wx with what the session module needs; its request puts data into the query as
// WeChat's does. It signs in and prints what the SDK is given.
const phone = `
const wx = {
  getStorageSync: () => '', setStorage() {},
  request({ url, data, success, fail }) {
    const query = Object.keys(data).map((key) => encodeURIComponent(key) + '=' + encodeURIComponent(data[key])).join('&');
    require('http').get(url + (url.includes('?') ? '&' : '?') + query, (response) => {
      let text = '';
      response.on('data', (piece) => { text += piece; });
      response.on('end', () => {
        let parsed = text;
        try { parsed = JSON.parse(text); } catch (e) {}
        success({ statusCode: response.statusCode, data: parsed });
      });
    }).on('error', fail);
  },
};
globalThis.wx = wx;
globalThis.getApp = () => ({});
console.error = (...all) => { console.log(JSON.stringify({ failed: all.map(String).join(' ') })); process.exit(0); };
const { signIn } = require(process.argv[2]);
signIn(process.argv[3] ? { userID: process.argv[3] } : undefined);
const timer = setInterval(() => {
  if (!wx.$chat_userSig) return;
  console.log(JSON.stringify({ userID: wx.$chat_userID, userSig: wx.$chat_userSig }));
  process.exit(0);
}, 10);
setTimeout(() => process.exit(1), 20000);
`

// TestSessionAsksTheServer: the session module of a project made with --usersig server gets
// its UserSig from usersig serve.
func TestSessionAsksTheServer(t *testing.T) {
	t.Parallel()
	dir, kit := t.TempDir(), filepath.Join(shared.fixtures, "registry", "@tencentcloud", "chat-uikit-wechat", "1.0.8")
	s := serveIn(t, dir, "--sdkappid", "1400000000", "--user", "alice", "--user", "李 a&b=+")
	run := exec.Command("tuikit-cli", "init", "app", "--uikit", kit, "--no-install", "--sdkappid", "1400000000", "--userid", "alice", "--usersig", "server", "--usersig-url", s.said.URL, "--yes")
	run.Dir, run.Env = dir, append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"))
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	session := filepath.Join(dir, "session.js")
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{filepath.Join(dir, "app", "tuikit-session.js")}, Outfile: session,
		Bundle: true, Write: true, Format: api.FormatCommonJS, Platform: api.PlatformNode, LogLevel: api.LogLevelSilent,
	})
	if len(result.Errors) > 0 {
		t.Fatal(result.Errors)
	}
	script := filepath.Join(dir, "phone.js")
	writeFile(t, script, phone)
	for user, want := range map[string]string{"": "alice", "李 a&b=+": "李 a&b=+", "eve": ""} {
		out, err := exec.Command("node", script, session, user).CombinedOutput()
		if err != nil {
			t.Fatalf("%q: %v\n%s", user, err, out)
		}
		var got struct{ UserID, UserSig, Failed string }
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("%q: %v\n%s", user, err, out)
		}
		claims, err := usersig.Verify(got.UserSig, serverKey)
		switch {
		case want == "" && !strings.Contains(got.Failed, "/usersig: 403"):
			t.Errorf("%q: %s", user, out)
		case want != "" && (err != nil || claims.UserID != want || got.UserID != want):
			t.Errorf("%q: %+v, %v\n%s", user, claims, err, out)
		}
	}
	s.stop()
}

func TestSpan(t *testing.T) {
	u := screenFor()
	for _, test := range []struct {
		length time.Duration
		want   string
	}{
		{0, "0 s"}, {59 * time.Second, "59 s"}, {60 * time.Second, "1 min"}, {59*time.Minute + 59*time.Second, "59 min"},
		{time.Hour, "1 h 0 min"}, {25 * time.Hour, "1 d 1 h"}, {180 * 24 * time.Hour, "180 d 0 h"},
	} {
		if got := u.span(test.length); got != test.want {
			t.Errorf("%v: %q, want %q", test.length, got, test.want)
		}
	}
}

func TestMoment(t *testing.T) {
	u := screenFor()
	now := time.Date(2024, 3, 1, 12, 0, 0, 500, time.FixedZone("CST", 8*3600))
	u.now = func() time.Time { return now }
	for at, want := range map[time.Time]string{
		time.Date(2024, 3, 1, 4, 0, 0, 0, time.UTC):  "2024-03-01 12:00:00 +08:00 (0 s ago)",
		time.Date(2024, 3, 1, 3, 59, 0, 0, time.UTC): "2024-03-01 11:59:00 +08:00 (1 min ago)",
		time.Date(2024, 3, 8, 4, 0, 0, 0, time.UTC):  "2024-03-08 12:00:00 +08:00 (in 7 d 0 h)",
	} {
		if got := u.moment(at); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestATicketIsShownOnItsLines: anybody may have written a UserSig, and what it says does
// not look like something that the program says.
func TestATicketIsShownOnItsLines(t *testing.T) {
	u := screenFor()
	u.now = time.Now
	c := usersig.Claims{UserID: "a\n\x1b[32mvalid", Issued: time.Now(), Expire: time.Hour}
	for _, line := range u.describe(c) {
		if strings.ContainsAny(line, "\n\x1b") {
			t.Errorf("got %q", line)
		}
	}
}
