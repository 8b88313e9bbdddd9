package sigserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var start = time.Unix(1700000000, 0)

// options sign by naming the user, at a time that stands still.
func options() Options {
	return Options{
		Sign:   func(user string) (string, error) { return "sig of " + user, nil },
		Limits: DefaultLimits,
		Now:    func() time.Time { return start },
	}
}

func get(target string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.RemoteAddr = "127.0.0.1:50000"
	return r
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestAnswers(t *testing.T) {
	const here = "http://127.0.0.1:7269"
	long := strings.Repeat("x", 33)
	for name, test := range map[string]struct {
		method, target string
		users          []string
		remote         bool
		status         int
		sig            string
	}{
		"a user":                  {target: here + "/usersig?userID=alice", status: 200, sig: "sig of alice"},
		"escaped":                 {target: here + "/usersig?userID=%E6%9D%8E+a%26b", status: 200, sig: "sig of 李 a&b"},
		"beside other parameters": {target: here + "/usersig?t=1&userID=alice", status: 200, sig: "sig of alice"},
		"by name":                 {target: "http://localhost:7269/usersig?userID=alice", status: 200, sig: "sig of alice"},
		"IPv6":                    {target: "http://[::1]:7269/usersig?userID=alice", status: 200, sig: "sig of alice"},
		"without a port":          {target: "http://127.0.0.1/usersig?userID=alice", status: 200, sig: "sig of alice"},
		"alive":                   {target: here + "/healthz", status: 200},
		"one of those":            {target: here + "/usersig?userID=bob", users: []string{"alice", "bob"}, status: 200, sig: "sig of bob"},
		"none of those":           {target: here + "/usersig?userID=eve", users: []string{"alice", "bob"}, status: 403},
		"no user":                 {target: here + "/usersig", status: 400},
		"an empty user":           {target: here + "/usersig?userID=", status: 400},
		"two users":               {target: here + "/usersig?userID=a&userID=b", status: 400},
		"in other letters":        {target: here + "/usersig?userid=alice", status: 400},
		"too long":                {target: here + "/usersig?userID=" + long, status: 400},
		"a line end":              {target: here + "/usersig?userID=a%0Ab", status: 400},
		"no UTF-8":                {target: here + "/usersig?userID=%FF", status: 400},
		"a broken escape":         {target: here + "/usersig?userID=%2", status: 400},
		"a long query":            {target: here + "/usersig?userID=a&x=" + strings.Repeat(long, 64), status: 414},
		"another path":            {target: here + "/", status: 404},
		"a path below":            {target: here + "/usersig/x?userID=a", status: 404},
		"POST":                    {method: "POST", target: here + "/usersig?userID=alice", status: 405},
		"a preflight":             {method: "OPTIONS", target: here + "/usersig?userID=alice", status: 405},
		"DNS rebinding":           {target: "http://evil.example.com:7269/usersig?userID=alice", status: 421},
		"a name that begins so":   {target: "http://127.0.0.1.example.com/usersig?userID=alice", status: 421},
		"another address":         {target: "http://192.168.1.5:7269/usersig?userID=alice", status: 421},
		"alive for others":        {target: "http://evil.example.com/healthz", status: 421},
		"remote":                  {target: "http://192.168.1.5:7269/usersig?userID=alice", remote: true, status: 200, sig: "sig of alice"},
		"remote by name":          {target: "http://dev.example.com/usersig?userID=alice", remote: true, status: 200, sig: "sig of alice"},
	} {
		t.Run(name, func(t *testing.T) {
			o := options()
			o.Users, o.Remote = test.users, test.remote
			r := get(test.target)
			if test.method != "" {
				r.Method = test.method
			}
			w := serve(New(o), r)
			var body answer
			if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
				t.Fatalf("%v: %s", err, w.Body)
			}
			if w.Code != test.status || body.UserSig != test.sig || (body.Error == "") != (test.status == 200) {
				t.Errorf("got %d %s, want %d %q", w.Code, w.Body, test.status, test.sig)
			}
			for name := range w.Header() {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("there is a header %s", name)
				}
			}
			if got := w.Header().Get("Cache-Control"); got != "no-store" {
				t.Errorf("Cache-Control: %q", got)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	now := start
	o := options()
	o.Now = func() time.Time { return now }
	o.Limits = Limits{Client: 1, ClientBurst: 2, All: 2, AllBurst: 3}
	h := New(o)
	ask := func(client string) int {
		r := get("http://127.0.0.1/usersig?userID=a")
		r.RemoteAddr = client + ":1"
		return serve(h, r).Code
	}
	var got []int
	for _, client := range []string{"127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3"} {
		got = append(got, ask(client))
	}
	if want := []int{200, 200, 429, 200, 429}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v: two of a client, three of all", got, want)
	}
	now = now.Add(time.Second)
	if got := []int{ask("127.0.0.1"), ask("127.0.0.1"), ask("127.0.0.3")}; !slices.Equal(got, []int{200, 429, 200}) {
		t.Errorf("a second later: %v", got)
	}
}

// TestClientsAreForgotten: so many addresses do not fill the memory.
func TestClientsAreForgotten(t *testing.T) {
	o := options()
	o.Limits.All, o.Limits.AllBurst = 1e9, 1e9
	h := New(o).(*handler)
	for i := range 3 * maxClients {
		h.allow(fmt.Sprint(i))
	}
	if len(h.clients) > maxClients {
		t.Errorf("%d clients are remembered", len(h.clients))
	}
}

// TestLog: one line for each request, with no user that no user could be.
func TestLog(t *testing.T) {
	var got []Request
	o := options()
	o.Users = []string{"alice"}
	o.Log = func(r Request) { got = append(got, r) }
	h := New(o)
	for _, query := range []string{"?userID=alice", "?userID=eve", "?userID=a%0Ab", ""} {
		serve(h, get("http://127.0.0.1/usersig"+query))
	}
	want := []Request{{"alice", "127.0.0.1", 200}, {"eve", "127.0.0.1", 403}, {"", "127.0.0.1", 400}, {"", "127.0.0.1", 400}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestErrorsTellNothing: what signing says stays here.
func TestErrorsTellNothing(t *testing.T) {
	o := options()
	o.Sign = func(string) (string, error) { return "", errors.New("the key is 5bd2850f") }
	w := serve(New(o), get("http://127.0.0.1/usersig?userID=alice"))
	if w.Code != 500 || strings.Contains(w.Body.String(), "5bd2850f") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

// TestServer asks a real one, by many at once.
func TestServer(t *testing.T) {
	o := options()
	o.Limits = Limits{Client: 1e6, ClientBurst: 1e6, All: 1e6, AllBurst: 1e6}
	var mu sync.Mutex
	seen := 0
	o.Log = func(Request) { mu.Lock(); seen++; mu.Unlock() }
	server := httptest.NewUnstartedServer(nil)
	server.Config = NewServer(o)
	server.Start()
	defer server.Close()
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			response, err := http.Get(fmt.Sprintf("%s/usersig?userID=u%d", server.URL, i))
			if err != nil {
				t.Error(err)
				return
			}
			defer response.Body.Close()
			var body answer
			if err := json.NewDecoder(response.Body).Decode(&body); err != nil || body.UserSig != fmt.Sprintf("sig of u%d", i) {
				t.Errorf("got %+v, %v", body, err)
			}
		})
	}
	group.Wait()
	server.Close() // waits for the handlers
	if seen != 8 {
		t.Errorf("%d requests were logged", seen)
	}
}

func TestServerRefusesLargeHeaders(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	server.Config = NewServer(options())
	server.Start()
	defer server.Close()
	request, err := http.NewRequest(http.MethodGet, server.URL+HealthPath, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X", strings.Repeat("x", 64<<10))
	response, err := http.DefaultClient.Do(request)
	if err == nil {
		_ = response.Body.Close()
		if response.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
			t.Errorf("got %s", response.Status)
		}
	}
}
