package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/AlecAivazis/survey/v2"
	"github.com/spf13/cobra"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

type signFlags struct {
	userID     string
	sdkAppID   uint64
	expire     int64
	room       string
	roomString bool
	privilege  string
	write      bool
	subpackage string
}

func (f *signFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.userID, "userid", "", "flag.userid")
	flags.Uint64Var(&f.sdkAppID, "sdkappid", 0, "flag.usersig-sdkappid")
	flags.Int64Var(&f.expire, "expire", defaultExpire, "flag.expire")
	flags.StringVar(&f.room, "room", "", "flag.room")
	flags.BoolVar(&f.roomString, "room-string", false, "flag.room-string")
	flags.StringVar(&f.privilege, "privilege", "all", "flag.privilege")
	propose(command, "privilege", append([]string{"all"}, usersig.PrivilegeNames...)...)
	flags.BoolVar(&f.write, "write", false, "flag.write")
	bindSession(command, &f.subpackage)
}

func newUserSigSign(u *ui) *cobra.Command {
	s := &signing{}
	command := &cobra.Command{
		Use:     "sign [USERID]",
		Short:   "help.usersig-sign",
		Long:    "help.usersig-sign.long",
		Example: signExample,
		Args:    atMostOne,
		RunE: func(command *cobra.Command, args []string) error {
			return s.run(command.Context(), args)
		},
	}
	s.ui, s.command = u, command
	s.planFlags.bind(command)
	s.keyFlags.bind(command)
	s.signFlags.bind(command)
	return command
}

const signExample = `  export TUIKIT_SECRETKEY=...   # or --secretkey-file FILE, or type it when asked
  tuikit-cli usersig sign alice --sdkappid 1400000000 --expire 86400
  sig=$(tuikit-cli usersig sign alice --quiet)
  tuikit-cli usersig sign --write -C my-app
  tuikit-cli usersig sign alice --room 10000 --privilege join,receive-audio,receive-video`

// signing is one run of usersig sign.
type signing struct {
	keyed
	signFlags
	privileges usersig.Privileges
	found      *sessions
	config     scaffold.Credentials // the project's; without Mode if there are none
}

func (s *signing) run(ctx context.Context, args []string) error {
	s.name = s.command.CommandPath() + " --write"
	if err := s.check(args); err != nil {
		return err
	}
	if err := s.readProject(ctx); err != nil {
		return err
	}
	if err := s.complete(); err != nil {
		return err
	}
	secret, err := s.secret()
	if err != nil {
		return err
	}
	claims, err := s.claims()
	if err != nil {
		return err
	}
	signed, err := usersig.Sign(claims, secret)
	if err != nil {
		return err
	}
	if s.write {
		return s.renew(ctx, claims, signed, secret)
	}
	return s.print(claims, signed)
}

// check refuses what cannot be meant, before anything is read or asked.
func (s *signing) check(args []string) (err error) {
	s.ui.setFormat(s.planFlags.format)
	if err := s.keyed.validate(); err != nil {
		return err
	}
	if len(args) == 1 {
		if s.given("userid") && s.userID != args[0] {
			return misused("usage.userid-twice")
		}
		s.userID = args[0]
	}
	if err := validUserID(s.userID); err != nil {
		return err
	}
	if err := validExpire(s.expire); err != nil {
		return err
	}
	if s.privileges, err = usersig.ParsePrivileges(s.privilege); err != nil {
		return misused("usage.privilege", "Value", s.privilege, "Names", usersig.PrivilegeNames)
	}
	return s.together()
}

// together refuses flags that say something about what is not asked for.
func (s *signing) together() error {
	needs := map[string][]string{"room": {"room-string", "privilege"}, "write": {"dry-run", "diff", "on-conflict"}}
	for _, with := range []string{"room", "write"} {
		for _, flag := range needs[with] {
			if s.given(flag) && !s.given(with) {
				return misused("usage.flag-without", "Flag", "--"+flag, "With", "--"+with)
			}
		}
	}
	if s.write && s.given("room") {
		return misused("usage.write-room")
	}
	return nil
}

// readProject looks for the project's credentials where they are needed.
func (s *signing) readProject(ctx context.Context) (err error) {
	switch {
	case s.write:
		if _, err := folder(s.project, nil); err != nil {
			return err
		}
		if err := s.open(ctx, s.project); err != nil {
			return err
		}
		if s.found, err = findSessions(s.dir, s.fsys); err != nil {
			return err
		}
		if s.config, err = s.found.need(s.subpackage); err != nil {
			return err
		}
		return s.config.Renewable()
	case s.userID == "" || s.sdkAppID == 0 || s.subpackage != "":
		s.found, err = sessionsIn(s.project)
		if framework := (*project.FrameworkError)(nil); errors.As(err, &framework) && !s.given("project") {
			return nil // a UserSig is for every framework
		}
		if err == nil {
			s.config, err = s.found.pick(s.subpackage)
		}
	}
	return err
}

// complete finds out for whom to sign: what was not given, the project says, or somebody who
// is asked. A project that is written to has the last word.
func (s *signing) complete() error {
	if s.write {
		if s.userID != "" && s.userID != s.config.UserID {
			return &scaffold.Refusal{Reason: msg.T("refuse.usersig-user", "File", s.config.File, "Have", s.config.UserID, "Asked", s.userID)}
		}
		if s.sdkAppID != 0 && s.sdkAppID != s.config.SDKAppID {
			return &scaffold.Refusal{Reason: msg.T("refuse.usersig-app", "File", s.config.File, "Have", s.config.SDKAppID, "Asked", s.sdkAppID)}
		}
	}
	if s.userID == "" {
		s.userID = s.config.UserID
	}
	if s.sdkAppID == 0 {
		s.sdkAppID = s.config.SDKAppID
	}
	if s.asking() {
		if err := s.askFor(); err != nil {
			return err
		}
	}
	var missing []string
	if s.sdkAppID == 0 {
		missing = append(missing, "--sdkappid")
	}
	if s.userID == "" {
		missing = append(missing, "--userid")
	}
	if len(missing) > 0 {
		return misused("usage.sign-missing", "Flags", missing)
	}
	return validUserID(s.userID) // the project's may be anything
}

func (s *signing) askFor() error {
	if s.sdkAppID == 0 {
		answer := ""
		if err := s.ask(&survey.Input{Message: s.text("ask.sdkappid"), Help: s.text("ask.console")}, &answer, survey.WithValidator(s.validNumber)); err != nil {
			return err
		}
		s.sdkAppID, _ = strconv.ParseUint(plainNumber(answer), 10, 64)
	}
	if s.userID == "" {
		return s.ask(&survey.Input{Message: s.text("ask.userid")}, &s.userID, survey.WithValidator(s.validUser))
	}
	return nil
}

// claims are what is to be signed. A UserSig that is renewed is as long valid as before,
// unless --expire says otherwise.
func (s *signing) claims() (usersig.Claims, error) {
	c := usersig.Claims{SDKAppID: s.sdkAppID, UserID: s.userID, Issued: s.now().Truncate(time.Second), Expire: time.Duration(s.expire) * time.Second}
	if old, err := usersig.Inspect(s.config.UserSig); s.write && !s.given("expire") && err == nil && old.Expire > 0 {
		c.Expire = old.Expire
	}
	if !s.given("room") {
		return c, nil
	}
	number, err := strconv.ParseUint(s.room, 10, 32)
	name := ""
	if s.roomString || err != nil {
		number, name = 0, s.room
	}
	return c.Admit(uint32(number), name, s.privileges)
}

// print prints the UserSig alone on stdout, so that a script takes it as it is, and what it
// says on stderr.
func (s *signing) print(c usersig.Claims, signed string) error {
	if s.ui.json {
		out := claimsJSON(c)
		out.UserSig = signed
		return s.printJSON(out)
	}
	if !s.quiet {
		s.warn(s.describe(c)...)
	}
	_, err := fmt.Fprintln(s, signed)
	return err
}

// renew puts the UserSig into the project.
func (s *signing) renew(ctx context.Context, c usersig.Claims, signed, secret string) error {
	err := s.build(func(map[string]plan.Choice) (*plan.Plan, error) {
		return s.renewal(signed, secret)
	})
	if err != nil {
		return err
	}
	switch {
	case len(s.plan.Conflicts) > 0:
		return s.showConflicts(msg.T("conflict.title"))
	case s.plan.Empty(): // signed in this second already
		return s.nothing(msg.T("done.nothing", "Dir", s.shownDir()))
	case s.dryRun || s.diff:
		return s.show()
	}
	if err := s.confirm(); err != nil {
		return err
	}
	if err := s.apply(ctx); err != nil {
		return err
	}
	if s.ui.json {
		return s.printJSON(s.planJSON(true))
	}
	s.tell(s.paint("32", s.text("done.usersig", "File", s.config.File)))
	for _, line := range s.describe(c) {
		s.tell("  " + line)
	}
	s.listNotes()
	return nil
}

// renewal is the plan, with notes on what somebody would be surprised by later.
func (s *signing) renewal(signed, secret string) (*plan.Plan, error) {
	p, err := scaffold.Renew(s.fsys, s.found.project, s.config, signed)
	if err != nil {
		return nil, err
	}
	if _, err := usersig.Verify(s.config.UserSig, secret); errors.Is(err, usersig.ErrSignature) {
		p.Notes = append(p.Notes, msg.T("note.usersig-key"))
	}
	for _, other := range s.found.all {
		if other.File != s.config.File && other.Mode == scaffold.Static {
			p.Notes = append(p.Notes, msg.T("note.usersig-other", "File", other.File, "Root", other.Root))
		}
	}
	return p, nil
}

// explainUserSig: what is wrong with a UserSig, or with what one is to be made of.
func explainUserSig(err error) (explanation, bool) {
	switch {
	case errors.Is(err, usersig.ErrFormat):
		return explanation{exitFound, msg.T("error.usersig-format"), msg.T("error.usersig-format.next")}, true
	case errors.Is(err, usersig.ErrVersion):
		return explanation{exitFound, msg.T("error.usersig-version"), msg.T("error.usersig-version.next")}, true
	case errors.Is(err, usersig.ErrPermitUser):
		return explanation{exitUsage, msg.T("error.permit-user"), usageNext(program)}, true
	case errors.Is(err, usersig.ErrRoom):
		return explanation{exitUsage, msg.T("error.permit-room"), usageNext(program)}, true
	case errors.Is(err, usersig.ErrSDKAppID):
		return explanation{exitUsage, msg.T("error.permit-sdkappid"), usageNext(program)}, true
	}
	return explanation{}, false
}
