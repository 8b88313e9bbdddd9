// Package sigserver answers the requests of tuikit-session.js for a UserSig: a server for
// development, on the machine on which somebody works. It asks nobody who he is; a real one
// signs for the user that its own sign-in knows.
//
// The SecretKey is not here: Options.Sign has it.
package sigserver

import (
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
)

// Path is where a UserSig is asked for: GET Path?userID=ID answers {"userSig": "..."}, as
// tuikit-session.js expects it. HealthPath answers 200 as long as the server works.
const (
	Path       = "/usersig"
	HealthPath = "/healthz"
)

// Options say for whom to sign, and how often.
type Options struct {
	Sign   func(userID string) (string, error)
	Users  []string // the only users that are signed for; none: everybody
	Remote bool     // requests to any host are answered, not only to this machine
	Limits Limits
	Now    func() time.Time
	Log    func(Request) // after every answer, by several goroutines at once; nil: nothing is logged
}

// Limits are how many requests are answered.
type Limits struct {
	Client, All           rate.Limit // a second: of one address, and of all together
	ClientBurst, AllBurst int        // at once
}

// DefaultLimits are more than mini programs need that sign in now and then.
var DefaultLimits = Limits{Client: 5, ClientBurst: 20, All: 50, AllBurst: 100}

// Request is one that was answered.
type Request struct {
	User   string // "" if no user can have such an ID, or none was asked for
	Client string // IP address
	Status int    // HTTP
}

// What a request may be like.
const (
	maxQuery   = 1 << 10 // bytes; a userID has at most 32, 96 as it is escaped
	maxHeader  = 8 << 10
	maxClients = 1024 // that are told apart
)

// NewServer is an HTTP server with the timeouts and the size of headers that suit New. The
// caller has it listen.
func NewServer(o Options) *http.Server {
	return &http.Server{
		Handler:           New(o),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // broken connections are nobody's business
	}
}

// New is the handler. It sends no CORS headers, so that no web page reads an answer.
func New(o Options) http.Handler {
	return &handler{Options: o, all: rate.NewLimiter(o.Limits.All, o.Limits.AllBurst), clients: map[string]*rate.Limiter{}}
}

type handler struct {
	Options
	all *rate.Limiter

	mu      sync.Mutex
	clients map[string]*rate.Limiter
}

// answer is what is sent back: one of the two.
type answer struct {
	UserSig string `json:"userSig,omitempty"`
	Error   string `json:"error,omitempty"`
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	client, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		client = r.RemoteAddr
	}
	done := Request{Client: client}
	var body answer
	done.User, done.Status, body = h.respond(r, client)
	header := w.Header()
	header.Set("Content-Type", "application/json; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	switch done.Status {
	case http.StatusMethodNotAllowed:
		header.Set("Allow", http.MethodGet)
	case http.StatusTooManyRequests:
		header.Set("Retry-After", "1")
	}
	w.WriteHeader(done.Status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone needs no answer
	if h.Log != nil {
		h.Log(done)
	}
}

// respond decides on a request.
func (h *handler) respond(r *http.Request, client string) (user string, status int, body answer) {
	switch {
	case !h.allow(client):
		return "", http.StatusTooManyRequests, answer{Error: "too many requests"}
	case !h.Remote && !IsLoopback(hostname(r.Host)):
		return "", http.StatusMisdirectedRequest, answer{Error: "this server answers requests to this machine only"}
	case r.URL.Path != Path && r.URL.Path != HealthPath:
		return "", http.StatusNotFound, answer{Error: "ask for " + Path + "?userID=ID"}
	case r.Method != http.MethodGet:
		return "", http.StatusMethodNotAllowed, answer{Error: "GET only"}
	case r.URL.Path == HealthPath:
		return "", http.StatusOK, answer{}
	case len(r.URL.RawQuery) > maxQuery:
		return "", http.StatusRequestURITooLong, answer{Error: "the query is too long"}
	}
	user, ok := userOf(r.URL.RawQuery)
	if !ok {
		return "", http.StatusBadRequest, answer{Error: "one userID is needed; " + usersig.ErrUserID.Error()}
	}
	if len(h.Users) > 0 && !slices.Contains(h.Users, user) {
		return user, http.StatusForbidden, answer{Error: "this userID is not one of those that are signed for"}
	}
	signed, err := h.Sign(user)
	if err != nil {
		return user, http.StatusInternalServerError, answer{Error: "cannot sign"}
	}
	return user, http.StatusOK, answer{UserSig: signed}
}

// userOf is the one userID in a query.
func userOf(query string) (string, bool) {
	values, err := url.ParseQuery(query)
	if err != nil || len(values["userID"]) != 1 {
		return "", false
	}
	user := values.Get("userID")
	return user, user != "" && usersig.CheckUserID(user) == nil
}

// allow counts a request. When there are too many clients to remember, all are forgotten:
// the limit of all together stays.
func (h *handler) allow(client string) bool {
	now := h.Now()
	h.mu.Lock()
	own := h.clients[client]
	if own == nil {
		if len(h.clients) >= maxClients {
			clear(h.clients)
		}
		own = rate.NewLimiter(h.Limits.Client, h.Limits.ClientBurst)
		h.clients[client] = own
	}
	h.mu.Unlock()
	return own.AllowN(now, 1) && h.all.AllowN(now, 1)
}

// hostname is a Host header without its port.
func hostname(host string) string {
	u := url.URL{Host: host}
	return u.Hostname()
}

// IsLoopback reports whether a host is this machine, by its address or as localhost. Any
// other name is not: who owns a domain can have it point here, and a web page of that domain
// ask (DNS rebinding).
func IsLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}
