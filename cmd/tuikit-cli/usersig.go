package main

import (
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/AlecAivazis/survey/v2"
	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

func newUserSig(u *ui) *cobra.Command {
	command := &cobra.Command{
		Use:     "usersig",
		Short:   "help.usersig",
		Long:    "help.usersig.long",
		Example: userSigExample,
	}
	command.AddCommand(newUserSigSign(u), newUserSigInspect(u), newUserSigVerify(u), newUserSigServe(u))
	return command
}

const userSigExample = `  tuikit-cli usersig sign alice --sdkappid 1400000000
  tuikit-cli usersig sign --write -C my-app
  tuikit-cli usersig inspect -C my-app
  tuikit-cli usersig serve --sdkappid 1400000000`

// keyFlags are those of a command that needs the SecretKey.
type keyFlags struct{ secretKeyFile string }

func (f *keyFlags) bind(command *cobra.Command) {
	command.Flags().StringVar(&f.secretKeyFile, "secretkey-file", "", "flag.secretkey-file")
	command.Flags().String("secretkey", "", "")
	_ = command.Flags().MarkHidden("secretkey") // it exists to be refused with the reason
}

// keyed is one run of a command that needs the SecretKey.
type keyed struct {
	change
	keyFlags
}

// validate refuses a key on the command line, without repeating it.
func (k *keyed) validate() error {
	if k.given("secretkey") {
		return misused("usage.secretkey-shown", "Variable", secretKeyEnv)
	}
	return nil
}

func (c *change) given(flag string) bool { return c.command.Flags().Changed(flag) }

// secret is the SecretKey: from the file, from the environment, by asking.
func (k *keyed) secret() (string, error) {
	secret, err := k.readSecret(k.secretKeyFile)
	switch {
	case err != nil || secret != "":
		return secret, err
	case k.secretKeyFile != "":
		return "", misused("usage.secretkey-empty", "File", k.secretKeyFile)
	case k.asking():
		if err := k.ask(&survey.Password{Message: k.text("ask.secretkey-sign")}, &secret); err != nil {
			return "", err
		}
		secret = strings.TrimSpace(secret)
	}
	if secret == "" {
		return "", misused("usage.secretkey-needed", "Variable", secretKeyEnv)
	}
	return secret, nil
}

// sessions are those of a project, with what their tuikit-config.js says.
type sessions struct {
	dir     string // absolute path of the project root
	project *project.Project
	all     []scaffold.Credentials
}

// findSessions reads the project in dir, which is the project root.
func findSessions(dir string, fsys fs.FS) (*sessions, error) {
	if plan.Unfinished(fsys) {
		return nil, plan.ErrUnfinished
	}
	p, err := project.Load(fsys)
	if err != nil {
		return nil, err
	}
	all, err := scaffold.FindCredentials(fsys, p)
	return &sessions{dir, p, all}, err
}

// sessionsIn reads the project of --project or of this folder.
func sessionsIn(asked string) (*sessions, error) {
	dir, err := folder(asked, nil)
	if err != nil {
		return nil, err
	}
	dir = projectRoot(dir)
	return findSessions(dir, os.DirFS(dir))
}

// pick is the session of an isolated subpackage, else that of the main package or the only
// one. Where there is none, the zero Credentials have no Mode.
func (s *sessions) pick(subpackage string) (scaffold.Credentials, error) {
	at := slices.IndexFunc(s.all, func(c scaffold.Credentials) bool { return c.Root == subpackage })
	switch {
	case at >= 0:
		return s.all[at], nil
	case subpackage != "":
		return scaffold.Credentials{}, misused("usage.session-unknown", "Root", subpackage, "Roots", s.roots())
	case len(s.all) > 1:
		return scaffold.Credentials{}, misused("usage.session-which", "Roots", s.roots())
	case len(s.all) == 1:
		return s.all[0], nil
	}
	return scaffold.Credentials{}, nil
}

// need is pick where there must be a session.
func (s *sessions) need(subpackage string) (scaffold.Credentials, error) {
	c, err := s.pick(subpackage)
	if err == nil && c.Mode == "" {
		err = within(s.dir, &scaffold.Refusal{Reason: scaffold.NotIntegrated(shown(s.dir))})
	}
	return c, err
}

// roots are the subpackages that have a session of their own.
func (s *sessions) roots() []string {
	var roots []string
	for _, c := range s.all {
		if c.Root != "" {
			roots = append(roots, c.Root)
		}
	}
	return roots
}

// bindSession adds the flag that names a session.
func bindSession(command *cobra.Command, subpackage *string) {
	command.Flags().StringVar(subpackage, "subpackage", "", "flag.usersig-subpackage")
}

// userSigJSON is what a UserSig says, for machines. Times are in UTC.
type userSigJSON struct {
	Version  int         `json:"version"`
	File     string      `json:"file,omitempty"`    // where it was found
	UserSig  string      `json:"userSig,omitempty"` // one that was made
	SDKAppID uint64      `json:"sdkAppID"`
	UserID   string      `json:"userID"`
	Issued   time.Time   `json:"issued"`
	Expires  time.Time   `json:"expires"`
	Expire   int64       `json:"expire"` // seconds
	UserBuf  []byte      `json:"userBuf,omitempty"`
	Permit   *permitJSON `json:"permit,omitempty"` // of a PrivateMapKey

	Expired *bool    `json:"expired,omitempty"` // inspect and verify
	Valid   *bool    `json:"valid,omitempty"`   // verify
	Reasons []string `json:"reasons,omitzero"`  // verify: why it is not, "signature", "sdkappid", "expired"
}

type permitJSON struct {
	UserID     string    `json:"userID"`
	SDKAppID   uint32    `json:"sdkAppID"`
	RoomID     uint32    `json:"roomID,omitempty"`
	Room       string    `json:"room,omitempty"` // name
	Expires    time.Time `json:"expires"`
	Bits       uint32    `json:"bits"`
	Privileges []string  `json:"privileges"`
}

func claimsJSON(c usersig.Claims) userSigJSON {
	out := userSigJSON{
		Version: 1, SDKAppID: c.SDKAppID, UserID: c.UserID, Issued: c.Issued.UTC(), Expires: c.Expires().UTC(),
		Expire: int64(c.Expire / time.Second), UserBuf: []byte(c.UserBuf),
	}
	if p, err := c.Permit(); err == nil {
		out.UserBuf = nil
		out.Permit = &permitJSON{p.UserID, p.SDKAppID, p.RoomID, p.Room, p.Expires.UTC(), uint32(p.Privileges), p.Privileges.Names()}
	}
	return out
}

// describe is what a UserSig says, for people, a line each.
func (u *ui) describe(c usersig.Claims) []string {
	lines := []string{
		u.text("usersig.sdkappid", "SDKAppID", c.SDKAppID),
		u.text("usersig.userid", "UserID", oneLine(c.UserID)),
		u.text("usersig.issued", "Time", u.moment(c.Issued)),
		u.text("usersig.expires", "Time", u.moment(c.Expires())),
	}
	switch p, err := c.Permit(); {
	case c.UserBuf == "":
	case err != nil:
		lines = append(lines, u.text("usersig.userbuf", "Bytes", len(c.UserBuf)))
	default:
		room := u.text("usersig.room-number", "Room", p.RoomID)
		if p.Room != "" {
			room = u.text("usersig.room-name", "Room", oneLine(p.Room))
		}
		lines = append(lines, room, u.text("usersig.privileges", "Names", p.Privileges.Names(), "Bits", uint32(p.Privileges)))
	}
	return lines
}

// oneLine is a text that anybody may have written, on one line and without colours.
func oneLine(text string) string {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return strconv.Quote(text)
	}
	return text
}

// moment is a time as the clock here shows it, with how far away it is.
func (u *ui) moment(t time.Time) string {
	now := u.now()
	at := t.In(now.Location()).Format("2006-01-02 15:04:05 -07:00")
	if distance := t.Sub(now.Truncate(time.Second)); distance > 0 {
		return u.text("time.in", "Time", at, "Span", u.span(distance))
	}
	return u.text("time.ago", "Time", at, "Span", u.span(now.Sub(t)))
}

// span is a length of time, as exactly as somebody would say it.
func (u *ui) span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= day:
		return u.text("time.days", "Days", int(d/day), "Hours", int(d%day/time.Hour))
	case d >= time.Hour:
		return u.text("time.hours", "Hours", int(d/time.Hour), "Minutes", int(d%time.Hour/time.Minute))
	case d >= time.Minute:
		return u.text("time.minutes", "Minutes", int(d/time.Minute))
	}
	return u.text("time.seconds", "Seconds", int(d/time.Second))
}
