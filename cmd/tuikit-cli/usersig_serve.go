package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/crash"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/sigserver"
	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// defaultPort is assigned to nothing by IANA, and is not what other development servers take.
const defaultPort = 7269

type serveFlags struct {
	placeFlags
	keyFlags
	subpackage  string
	sdkAppID    uint64
	expire      int64
	port        uint16
	listen      string
	allowRemote bool
	users       []string
}

func newUserSigServe(u *ui) *cobra.Command {
	f := &serveFlags{}
	command := &cobra.Command{
		Use:     "serve",
		Short:   "help.usersig-serve",
		Long:    "help.usersig-serve.long",
		Example: serveExample,
		Args:    noArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			return serveUserSigs(command.Context(), u, command, f)
		},
	}
	f.placeFlags.bind(command)
	f.keyFlags.bind(command)
	flags := command.Flags()
	flags.Uint64Var(&f.sdkAppID, "sdkappid", 0, "flag.usersig-sdkappid")
	flags.Int64Var(&f.expire, "expire", defaultExpire, "flag.expire")
	flags.Uint16Var(&f.port, "port", defaultPort, "flag.port")
	flags.StringVar(&f.listen, "listen", "127.0.0.1", "flag.listen")
	flags.BoolVar(&f.allowRemote, "allow-remote", false, "flag.allow-remote")
	flags.StringArrayVar(&f.users, "user", nil, "flag.user")
	bindSession(command, &f.subpackage)
	return command
}

const serveExample = `  tuikit-cli usersig serve -C my-app
  tuikit-cli usersig serve --sdkappid 1400000000 --port 8080 --user alice --user bob
  tuikit-cli usersig serve --listen 0.0.0.0 --allow-remote --user alice`

// serving is one run of usersig serve.
type serving struct {
	keyed
	serveFlags
	config scaffold.Credentials
	bound  net.Addr
}

func serveUserSigs(ctx context.Context, u *ui, command *cobra.Command, f *serveFlags) error {
	s := &serving{keyed: keyed{change{ui: u, command: command}, f.keyFlags}, serveFlags: *f}
	if err := s.check(); err != nil {
		return err
	}
	if err := s.readProject(); err != nil {
		return err
	}
	secret, err := s.secret()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(s.listen, strconv.Itoa(int(s.port))))
	if err != nil {
		return &listenError{address: s.listen, port: s.port, err: err}
	}
	s.bound = listener.Addr()
	if err := s.announce(); err != nil {
		return errors.Join(err, listener.Close())
	}
	return s.serve(ctx, listener, secret)
}

// listenError: the server cannot take that address.
type listenError struct {
	address string
	port    uint16
	err     error
}

func (e *listenError) Error() string { return e.err.Error() }
func (e *listenError) Unwrap() error { return e.err }

func (s *serving) check() error {
	s.ui.setFormat(s.serveFlags.format)
	if err := s.keyed.validate(); err != nil {
		return err
	}
	if err := validExpire(s.expire); err != nil {
		return err
	}
	for _, user := range s.users {
		if user == "" {
			return misused("usage.flag-invalid", "Flag", "--user", "Value", `""`)
		}
		if err := validUserID(user); err != nil {
			return err
		}
	}
	if _, err := netip.ParseAddr(s.listen); err != nil && s.listen != "localhost" {
		return misused("usage.listen", "Value", s.listen)
	}
	if !sigserver.IsLoopback(s.listen) && !s.allowRemote {
		return misused("usage.listen-remote", "Value", s.listen)
	}
	return nil
}

// readProject looks for the project's SDKAppID, and for what it asks for UserSigs now.
func (s *serving) readProject() error {
	found, err := sessionsIn(s.serveFlags.project)
	if err == nil {
		s.config, err = found.pick(s.subpackage)
	}
	if s.sdkAppID != 0 && !s.given("project") && !s.given("subpackage") {
		return nil // the project was only to be helpful
	}
	if err != nil {
		return err
	}
	if s.sdkAppID == 0 {
		s.sdkAppID = s.config.SDKAppID
	}
	if s.sdkAppID == 0 {
		return misused("usage.sign-missing", "Flags", "--sdkappid")
	}
	return nil
}

type serveJSON struct {
	Version  int      `json:"version"`
	URL      string   `json:"url"` // for userSigURL
	SDKAppID uint64   `json:"sdkAppID"`
	Expire   int64    `json:"expire"` // seconds
	Users    []string `json:"users"`  // none: everybody
	Remote   bool     `json:"remote"`
}

// announce says where the server is, and what to do with it.
func (s *serving) announce() error {
	url := "http://" + net.JoinHostPort(s.host(), s.boundPort()) + sigserver.Path
	if s.allowRemote {
		s.warn(s.text("warning.title") + s.text("serve.remote"))
		if len(s.users) == 0 {
			s.warn(s.text("warning.title") + s.text("serve.everybody"))
		}
	}
	if s.ui.json {
		return s.printJSON(serveJSON{1, url, s.sdkAppID, s.expire, append([]string{}, s.users...), s.allowRemote})
	}
	s.tell(s.text("serve.title", "URL", url, "SDKAppID", s.sdkAppID))
	setting := "  userSigURL: '" + url + "',"
	switch {
	case s.config.Mode == scaffold.Server && s.config.URL == url:
		s.tell(s.text("serve.set", "File", s.config.File))
	case s.config.Mode == scaffold.Server:
		s.tell(s.text("serve.put", "File", s.config.File), setting)
	case s.config.Mode != "":
		s.tell(s.text("serve.other-mode", "File", s.config.File, "Mode", s.config.Mode))
	default:
		s.tell(s.text("serve.put", "File", scaffold.ConfigScript), setting)
	}
	s.tell(s.text("serve.development"), s.text("serve.stop"))
	return nil
}

func (s *serving) boundPort() string {
	_, port, _ := net.SplitHostPort(s.bound.String())
	return port
}

// host is the address under which the server is found: where it listens on all, the first
// one of this machine that others reach.
func (s *serving) host() string {
	address, err := netip.ParseAddr(s.listen)
	if err != nil || !address.IsUnspecified() {
		return s.listen
	}
	own, err := net.InterfaceAddrs()
	if err != nil {
		return "127.0.0.1"
	}
	for _, a := range own {
		if prefix, err := netip.ParsePrefix(a.String()); err == nil && prefix.Addr().Is4() && prefix.Addr().IsGlobalUnicast() {
			return prefix.Addr().String()
		}
	}
	return "127.0.0.1"
}

// stopTimeout is how long requests that are being answered may take when the server stops.
const stopTimeout = 3 * time.Second

// serve answers requests until somebody stops the server, which is how it ends when all is
// well.
func (s *serving) serve(ctx context.Context, listener net.Listener, secret string) error {
	server := sigserver.NewServer(s.options(secret))
	failed := make(chan error, 1)
	go func() { failed <- crash.Run(func() error { return server.Serve(listener) }) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		_ = server.Close() // somebody does not read his answer
	}
	if !s.quiet {
		s.warn(s.text("serve.stopped"))
	}
	return nil
}

func (s *serving) options(secret string) sigserver.Options {
	o := sigserver.Options{Users: s.users, Remote: s.allowRemote, Limits: sigserver.DefaultLimits, Now: s.now}
	o.Sign = func(user string) (string, error) {
		return usersig.Sign(usersig.Claims{SDKAppID: s.sdkAppID, UserID: user, Issued: s.now(), Expire: time.Duration(s.expire) * time.Second}, secret)
	}
	if !s.quiet {
		o.Log = s.log
	}
	return o
}

// log prints a request, in the same words in every language: people search for them.
func (s *serving) log(r sigserver.Request) {
	user := r.User
	if user == "" {
		user = "-"
	}
	s.warn(fmt.Sprintf("%s  %d %s  %s  %s", s.now().Format("15:04:05"), r.Status, http.StatusText(r.Status), r.Client, user))
}

// explainListen: the address is taken, or not this machine's.
func explainListen(err error) (explanation, bool) {
	var failed *listenError
	if !errors.As(err, &failed) {
		return explanation{}, false
	}
	return explanation{exitFailed, msg.T("error.listen", "Address", failed.address, "Port", failed.port, "Error", msg.Bare(failed.err)), msg.T("error.listen.next")}, true
}
