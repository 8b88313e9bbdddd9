package doctor

import (
	"net/url"
	"time"

	"github.com/Masterminds/semver/v3"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/sigserver"
	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// uikit: which one there is, and whether there is a newer one.
func (r *report) uikit() {
	lock := r.Mini.In.Project.Lock
	if !lock.HasUIKit() {
		r.say("uikit", Info, msg.T("doctor.uikit.none"), r.ours("init"))
		return
	}
	now, err := semver.NewVersion(lock.UIKit.Version)
	latest, latestErr := semver.NewVersion(r.Registry.Latest)
	switch {
	case err != nil || latestErr != nil || r.Registry.Err != nil:
		r.ok("uikit", msg.T("doctor.uikit", "Version", lock.UIKit.Version, "Generation", lock.UIKit.Generation))
	case latest.GreaterThan(now):
		r.say("uikit", Info, msg.T("doctor.uikit.newer", "Version", lock.UIKit.Version, "Generation", lock.UIKit.Generation, "Latest", r.Registry.Latest), do(msg.T("doctor.uikit.newer.next")))
	default:
		r.ok("uikit", msg.T("doctor.uikit.latest", "Version", lock.UIKit.Version, "Generation", lock.UIKit.Generation))
	}
}

// uikitFiles is the sum of status.
func (r *report) uikitFiles() {
	switch {
	case r.Mini.Unfinished || r.Mini.In.Project.Lock == nil:
		return
	case r.Mini.FilesErr != nil:
		r.trouble("uikit-files", Error, r.Mini.FilesErr)
		return
	}
	counts := map[scaffold.State]int{}
	for _, file := range r.Mini.Files {
		counts[file.State]++
	}
	message := msg.T("status.counts", "Pristine", counts[scaffold.Pristine], "Modified", counts[scaffold.Modified], "Missing", counts[scaffold.Missing], "Extra", counts[scaffold.Extra])
	switch {
	case counts[scaffold.Missing] > 0:
		r.say("uikit-files", Warning, message, r.ours("status"))
	case counts[scaffold.Modified]+counts[scaffold.Extra] > 0:
		r.say("uikit-files", Info, message, r.ours("status"))
	default:
		r.ok("uikit-files", message)
	}
}

func (r *report) miniprogramNpm() {
	if r.Mini.Unfinished {
		return
	}
	switch built := r.Mini.Npm; {
	case len(built.Unasked) > 0:
		r.say("miniprogram-npm", Error, msg.T("doctor.miniprogram-npm.unasked", "Names", list(built.Unasked)), r.there(built.Install))
	case built.Unknown: // told already
	case built.Err != nil:
		r.trouble("miniprogram-npm", Error, built.Err)
	case built.Stale > 0:
		r.say("miniprogram-npm", Warning, msg.T("doctor.miniprogram-npm.stale", "Count", built.Stale), r.ours("build-npm"))
	case built.Conflicts > 0:
		r.say("miniprogram-npm", Warning, msg.T("doctor.miniprogram-npm.conflicts", "Count", built.Conflicts), r.ours("build-npm"))
	default:
		r.ok("miniprogram-npm", msg.T("doctor.miniprogram-npm"))
	}
}

// check is the sum of check; what it found, check tells.
func (r *report) check() {
	if r.Mini.Unfinished {
		return
	}
	found := r.Mini.Check
	message := msg.T("doctor.check", "Errors", msg.T("diag.count.errors", "Count", found.Errors), "Warnings", msg.T("diag.count.warnings", "Count", found.Warnings))
	switch {
	case found.Err != nil:
		r.trouble("check", Error, found.Err)
	case found.Errors > 0:
		r.say("check", Error, message, r.ours("check"))
	case found.Warnings > 0:
		r.say("check", Warning, message, r.ours("check"))
	default:
		r.ok("check", message)
	}
}

// credentials looks into the config of each session that tuikit-cli has generated.
func (r *report) credentials() {
	p := r.Mini.In.Project
	if r.Mini.Unfinished || !p.Lock.HasUIKit() {
		return
	}
	sessions, err := scaffold.FindCredentials(r.Mini.In.FS, p)
	if err != nil {
		r.say("credentials", Error, msg.T("doctor.literal", "Text", msg.Reason(err)), r.ours("status"))
	}
	for _, session := range sessions {
		r.session(session)
	}
}

// session is one config: who signs in, and with what.
func (r *report) session(session scaffold.Credentials) {
	name := session.File
	fill := do(msg.T("doctor.credentials.next", "File", name))
	switch {
	case session.Missing:
		r.say("credentials", Error, msg.T("doctor.credentials.missing", "File", name), r.ours("status"))
		return
	case session.Rewritten:
		r.say("credentials", Info, msg.T("doctor.credentials.unread", "File", name), do(msg.T("doctor.credentials.look", "File", name)))
		return
	case session.SDKAppID == 0 && session.UserID == "":
		r.say("credentials", Warning, msg.T("doctor.credentials.none", "File", name), fill)
	case session.SDKAppID == 0:
		r.say("credentials", Warning, msg.T("doctor.credentials.sdkappid", "File", name), fill)
	case session.UserID == "":
		r.say("credentials", Warning, msg.T("doctor.credentials.userid", "File", name), fill)
	default:
		r.ok("credentials", msg.T("doctor.credentials", "File", name, "SDKAppID", session.SDKAppID, "UserID", session.UserID))
	}
	r.way(session)
}

// way is how the session gets its UserSig.
func (r *report) way(session scaffold.Credentials) {
	name := session.File
	switch session.Mode {
	case scaffold.Debug:
		if !session.HasKey {
			r.say("usersig", Warning, msg.T("doctor.usersig.no-key", "File", name), do(msg.T("doctor.credentials.next", "File", name)))
			return
		}
		r.ok("usersig", msg.T("doctor.usersig.debug", "File", name)).Detail = msg.T("doctor.usersig.debug.detail")
	case scaffold.Static:
		r.static(session)
	case scaffold.Server:
		r.server(session)
	}
}

// The time that a UserSig has left, and how soon that is told. What init signs lasts
// seven days, so that a day is what is left to worry about.
const (
	soon     = 7 * 24 * time.Hour
	verySoon = 24 * time.Hour
)

func (r *report) static(session scaffold.Credentials) {
	name := session.File
	sign := r.within("usersig sign --write", session.Root)
	claims, err := usersig.Inspect(session.UserSig) // the key is elsewhere: only what it says counts
	left := claims.Expires().Sub(r.Now)
	until := claims.Expires().In(r.Now.Location()).Format("2006-01-02 15:04")
	switch {
	case session.UserSig == "":
		r.say("usersig", Warning, msg.T("doctor.usersig.none", "File", name), sign)
	case err != nil:
		r.say("usersig", Error, msg.T("doctor.usersig.odd", "File", name), sign)
	case claims.SDKAppID != session.SDKAppID || claims.UserID != session.UserID:
		r.say("usersig", Error, msg.T("doctor.usersig.other", "File", name, "SDKAppID", claims.SDKAppID, "UserID", claims.UserID), sign)
	case left <= 0:
		r.say("usersig", Error, msg.T("doctor.usersig.expired", "Time", until), sign)
	case left < verySoon:
		r.say("usersig", Warning, msg.T("doctor.usersig.until", "Time", until), sign)
	case left < soon:
		r.say("usersig", Info, msg.T("doctor.usersig.until", "Time", until), sign)
	default:
		r.ok("usersig", msg.T("doctor.usersig.until", "Time", until))
	}
}

// server: WeChat asks for https and a registered domain (framework/ability/network),
// but not in DevTools while urlCheck is off. Nobody is asked whether the server answers.
func (r *report) server(session scaffold.Credentials) {
	name := session.File
	address, err := url.Parse(session.URL)
	next := do(msg.T("doctor.usersig.server.next", "File", name))
	switch {
	case session.URL == "":
		r.say("usersig", Warning, msg.T("doctor.usersig.server.none", "File", name), next)
	case err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https":
		r.say("usersig", Error, msg.T("doctor.usersig.server.odd", "File", name), next)
	case address.Scheme == "http" && sigserver.IsLoopback(address.Hostname()):
		r.say("usersig", Info, msg.T("doctor.usersig.server.local", "Host", address.Host), r.within("usersig serve", session.Root), next)
	case address.Scheme == "http":
		r.say("usersig", Warning, msg.T("doctor.usersig.server.http", "Host", address.Host), next)
	default:
		r.ok("usersig", msg.T("doctor.usersig.server", "Host", address.Host))
	}
}
