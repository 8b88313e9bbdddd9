package main

import (
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
)

// ticketFlags are those of a command that reads a UserSig.
type ticketFlags struct {
	placeFlags
	subpackage string
}

func (f *ticketFlags) bind(command *cobra.Command) {
	f.placeFlags.bind(command)
	bindSession(command, &f.subpackage)
}

func newUserSigInspect(u *ui) *cobra.Command {
	f := &ticketFlags{}
	command := &cobra.Command{
		Use:     "inspect [USERSIG|-]",
		Short:   "help.usersig-inspect",
		Long:    "help.usersig-inspect.long",
		Example: inspectExample,
		Args:    atMostOne,
		RunE: func(_ *cobra.Command, args []string) error {
			return inspectUserSig(u, f, args)
		},
	}
	f.bind(command)
	return command
}

const inspectExample = `  tuikit-cli usersig inspect -C my-app
  tuikit-cli usersig sign alice --sdkappid 1400000000 | tuikit-cli usersig inspect`

// ticket is a UserSig that was read, and where it was found.
type ticket struct {
	usersig.Ticket
	file string // relative to the project root; "" for one that was given
}

func inspectUserSig(u *ui, f *ticketFlags, args []string) error {
	u.setFormat(f.format)
	t, err := u.readTicket(f, args)
	if err != nil {
		return err
	}
	expired := !u.now().Before(t.Expires())
	if err := u.showTicket(t, expired); err != nil {
		return err
	}
	if expired {
		return errFound
	}
	return nil
}

func (u *ui) showTicket(t ticket, expired bool) error {
	if u.json {
		out := claimsJSON(t.Claims)
		out.File, out.Expired = t.file, &expired
		return u.printJSON(out)
	}
	u.tellTicket(t)
	if expired {
		u.tell(u.paint("31", u.text("usersig.expired")), u.text("usersig.renew"))
	}
	u.tell(u.text("usersig.unverified"))
	return nil
}

// tellTicket says what a UserSig says.
func (u *ui) tellTicket(t ticket) {
	title := u.text("usersig.title", "Version", t.Version)
	if t.UserBuf != "" {
		title = u.text("usersig.title-permit", "Version", t.Version)
	}
	if t.file != "" {
		title += u.text("usersig.title-file", "File", t.file)
	}
	u.tell(title)
	for _, line := range u.describe(t.Claims) {
		u.tell("  " + line)
	}
	if t.Issued.After(u.now().Add(clockTolerance)) {
		u.tell(u.text("usersig.future"))
	}
}

// clockTolerance is how far clocks may be apart before it is told.
const clockTolerance = time.Minute

// readTicket finds the UserSig: the argument, what is piped in, or the project's. With
// --project or --subpackage, nothing is expected to be piped in.
func (u *ui) readTicket(f *ticketFlags, args []string) (t ticket, err error) {
	text := ""
	switch {
	case len(args) == 1 && args[0] != "-":
		text = args[0]
	case len(args) == 1 || f.project == "" && f.subpackage == "" && piped(u.stdin):
		if text, err = u.readStdin(); err != nil {
			return t, err
		}
	}
	if text = strings.TrimSpace(text); text == "" && len(args) == 0 {
		s, err := sessionsIn(f.project)
		if err != nil {
			return t, err
		}
		config, err := s.need(f.subpackage)
		if err != nil {
			return t, err
		}
		if err := config.Renewable(); config.UserSig == "" && err != nil {
			return t, err
		}
		text, t.file = config.UserSig, config.File
	}
	t.Ticket, err = usersig.Inspect(text)
	return t, err
}

// piped reports whether something is led into the program.
func piped(stdin *os.File) bool {
	info, err := stdin.Stat()
	return err == nil && (info.Mode()&os.ModeNamedPipe != 0 || info.Mode().IsRegular())
}

// readStdin reads one UserSig; what is longer than any is cut off, and none.
func (u *ui) readStdin() (string, error) {
	data, err := io.ReadAll(io.LimitReader(u.stdin, 1<<20))
	return string(data), err
}

type verifyFlags struct {
	ticketFlags
	keyFlags
	sdkAppID uint64
}

func newUserSigVerify(u *ui) *cobra.Command {
	f := &verifyFlags{}
	command := &cobra.Command{
		Use:     "verify [USERSIG|-]",
		Short:   "help.usersig-verify",
		Long:    "help.usersig-verify.long",
		Example: verifyExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return verifyUserSig(u, command, f, args)
		},
	}
	f.ticketFlags.bind(command)
	f.keyFlags.bind(command)
	command.Flags().Uint64Var(&f.sdkAppID, "sdkappid", 0, "flag.verify-sdkappid")
	return command
}

const verifyExample = `  tuikit-cli usersig verify -C my-app --secretkey-file ~/chat.key
  curl -s 'https://shop.example.com/usersig?userID=alice' | jq -r .userSig | tuikit-cli usersig verify - --sdkappid 1400000000`

func verifyUserSig(u *ui, command *cobra.Command, f *verifyFlags, args []string) error {
	k := &keyed{change{ui: u, command: command}, f.keyFlags}
	u.setFormat(f.format)
	if err := k.validate(); err != nil {
		return err
	}
	t, err := u.readTicket(&f.ticketFlags, args)
	if err != nil {
		return err
	}
	secret, err := k.secret()
	if err != nil {
		return err
	}
	reasons := f.reasons(t, secret, u.now())
	if err := u.showVerdict(t, f.sdkAppID, reasons); err != nil {
		return err
	}
	if len(reasons) > 0 {
		return errFound
	}
	return nil
}

// Why a UserSig is not valid.
const (
	otherKey = "signature"
	otherApp = "sdkappid"
	expired  = "expired"
)

// reasons are why nobody signs in with the UserSig.
func (f *verifyFlags) reasons(t ticket, secret string, now time.Time) []string {
	reasons := []string{}
	if !t.SignedWith(secret) {
		reasons = append(reasons, otherKey)
	}
	if f.sdkAppID != 0 && f.sdkAppID != t.SDKAppID {
		reasons = append(reasons, otherApp)
	}
	if !now.Before(t.Expires()) {
		reasons = append(reasons, expired)
	}
	return reasons
}

func (u *ui) showVerdict(t ticket, app uint64, reasons []string) error {
	valid := len(reasons) == 0
	if u.json {
		out := claimsJSON(t.Claims)
		late := !u.now().Before(t.Expires())
		out.File, out.Expired, out.Valid, out.Reasons = t.file, &late, &valid, reasons
		return u.printJSON(out)
	}
	u.tellTicket(t)
	for _, reason := range reasons {
		words := u.text("usersig.expired")
		switch reason {
		case otherKey:
			words = u.text("usersig.other-key")
		case otherApp:
			words = u.text("usersig.other-app", "Have", t.SDKAppID, "Asked", app)
		}
		u.tell(u.paint("31", words))
	}
	if valid {
		u.tell(u.paint("32", u.text("usersig.valid")))
	}
	return nil
}
