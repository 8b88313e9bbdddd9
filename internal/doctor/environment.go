package doctor

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/Masterminds/semver/v3"

	"github.com/tuikit-cli/tuikit-cli/internal/devtools"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// The versions of Node.js: the vendor's guide asks for 12.13.0 to 17.0.0 and
// recommends 16.17.0. With an npm that fits, init was seen to work with the UIKit from
// the npm registry under 10.24, 12.22, 14.21, 16.17, 16.20, 18.20, 20.20, 22.23, 24.21
// and 26.10.
const (
	guideOldest      = "12.13.0"
	guideNewest      = "17.0.0"
	guideRecommended = "16.17.0"
	triedOldest      = 10 // major versions
	triedNewest      = 26
)

// engines are the versions of Node.js that a major version of npm is made for, as the
// "engines" in its package.json (npm 6.14.18, 7.24.2, 8.19.4, 9.9.4, 10.9.9 and 11.21.2)
// have it. npm 8, 9 and 10 were seen to fail under Node.js 10, 12 and 14, and npm 11 under
// 16; a little outside of its range npm warns and works.
var engines = []struct {
	npm  uint64
	node string
}{
	{6, ">=6.2.0"},
	{7, ">=10"},
	{8, "^12.13.0 || ^14.15.0 || >=16.0.0"},
	{9, "^14.17.0 || ^16.13.0 || >=18.0.0"},
	{10, "^18.17.0 || >=20.5.0"},
	{11, "^20.17.0 || >=22.9.0"},
}

func (r *report) node() {
	install := do(msg.T("doctor.node.install"))
	version, err := semver.NewVersion(r.Node.Version)
	switch {
	case r.Node.Path == "":
		r.say("node", Error, msg.T("doctor.node.missing"), install)
	case r.Node.Err != nil:
		r.say("node", Error, msg.T("doctor.broken", "Program", r.Node.Path, "Error", reasonOf(r.Node.Err)), install)
	case err != nil:
		r.say("node", Warning, msg.T("doctor.unknown-version", "Program", r.Node.Path), install)
	default:
		r.nodeVersion(version, install)
	}
}

func (r *report) nodeVersion(version *semver.Version, install Step) {
	level, message := OK, msg.T("doctor.node", "Version", r.Node.Version)
	switch {
	case version.Major() < triedOldest:
		level, message = Warning, msg.T("doctor.node.old", "Version", r.Node.Version, "Oldest", triedOldest)
	case version.Major() > triedNewest:
		level, message = Info, msg.T("doctor.node.new", "Version", r.Node.Version, "Newest", triedNewest)
	case version.LessThan(semver.MustParse(guideOldest)):
		level, message = Info, msg.T("doctor.node.before-guide", "Version", r.Node.Version, "Oldest", guideOldest)
	}
	found := r.say("node", level, message)
	found.Detail = msg.T("doctor.node.ranges", "Oldest", guideOldest, "Newest", guideNewest, "Best", guideRecommended, "First", triedOldest, "Last", triedNewest)
	if level != OK {
		found.Next = []Step{install}
	}
}

func (r *report) npm() {
	repair := do(msg.T("doctor.npm.install"))
	version, err := semver.NewVersion(r.Npm.Version)
	switch {
	case r.Npm.Path == "":
		r.say("npm", Error, msg.T("doctor.npm.missing"), repair)
	case r.Npm.Err != nil:
		r.say("npm", Error, msg.T("doctor.broken", "Program", r.Npm.Path, "Error", reasonOf(r.Npm.Err)), repair)
	case err != nil:
		r.say("npm", Warning, msg.T("doctor.unknown-version", "Program", r.Npm.Path), repair)
	default:
		r.npmVersion(version)
	}
}

// npmVersion: whether npm and Node.js fit each other.
func (r *report) npmVersion(version *semver.Version) {
	node, err := semver.NewVersion(r.Node.Version)
	best := uint64(0)
	wanted := ""
	for _, e := range engines {
		fits := err == nil && satisfies(node, e.node)
		if fits {
			best = e.npm
		}
		if e.npm == version.Major() && err == nil && !fits {
			wanted = e.node
		}
	}
	if wanted == "" {
		r.ok("npm", msg.T("doctor.npm", "Version", r.Npm.Version))
		return
	}
	next := do(msg.T("doctor.node.install"))
	if best > 0 {
		next = run("npm", "install", "-g", fmt.Sprintf("npm@%d", best))
	}
	r.say("npm", Warning, msg.T("doctor.npm.unfit", "Version", r.Npm.Version, "Node", r.Node.Version, "Range", wanted), next)
}

func satisfies(version *semver.Version, wanted string) bool {
	constraint, err := semver.NewConstraint(wanted)
	return err == nil && constraint.Check(version)
}

func (r *report) registry() {
	if r.Registry.Skipped {
		r.say("registry", Info, msg.T("doctor.registry.skipped"), r.ours("doctor"))
		return
	}
	if r.Npm.Path == "" || r.Npm.Err != nil {
		return // told already, and nobody could ask
	}
	settings := r.Registry.Settings
	var failed *npm.Error
	switch known := errors.As(r.Registry.Err, &failed); {
	case r.Registry.Err == nil:
		found := r.ok("registry", msg.T("doctor.registry", "URL", settings.Registry, "Name", uikit.Name, "Latest", r.Registry.Latest))
		found.Detail = r.proxy()
	case known && failed.NotFound():
		r.say("registry", Warning, msg.T("doctor.registry.none", "URL", settings.Registry, "Name", uikit.Name), run("npm", "config", "get", "registry"), do(msg.T("doctor.registry.mirror")))
	case known && !failed.Unreachable():
		r.say("registry", Warning, msg.T("doctor.registry.failed", "URL", settings.Registry, "Error", reasonOf(failed)), run("npm", "ping"), do(msg.T("doctor.registry.mirror"))).Detail = r.proxy()
	default:
		r.unreachable(failed)
	}
}

// unreachable is a warning only: what is installed goes on working.
func (r *report) unreachable(failed *npm.Error) {
	why := msg.T("doctor.registry.late")
	if failed != nil {
		why = msg.T("doctor.literal", "Text", failed.Code)
	}
	found := r.say("registry", Warning, msg.T("doctor.registry.unreachable", "URL", r.Registry.Settings.Registry, "Why", why),
		do(msg.T("doctor.registry.network")), do(msg.T("doctor.registry.mirror")))
	found.Detail = r.proxy()
}

func (r *report) proxy() msg.Text {
	if r.Registry.Settings.Proxy == "" {
		return msg.Text{}
	}
	return msg.T("doctor.registry.proxy", "URL", r.Registry.Settings.Proxy)
}

func (r *report) git() {
	if r.Git.Path == "" || r.Git.Err != nil {
		r.say("git", Info, msg.T("doctor.git.missing"), do(msg.T("doctor.git.install")))
		return
	}
	r.ok("git", msg.T("doctor.git", "Version", r.Git.Version))
}

func (r *report) devTools() {
	var missing *devtools.NotFoundError
	switch asked := errors.As(r.DevTools.Err, &missing) && missing.Asked != ""; {
	case asked:
		r.say("devtools", Warning, msg.T("doctor.devtools.not-there", "Path", missing.Asked), do(msg.T("doctor.devtools.variable", "Variable", devtools.Variable)))
	case r.DevTools.Err != nil && r.GOOS != "darwin" && r.GOOS != "windows":
		r.say("devtools", Info, msg.T("doctor.devtools.other"), do(msg.T("doctor.devtools.elsewhere")))
	case r.DevTools.Err != nil:
		r.say("devtools", Warning, msg.T("doctor.devtools.missing"), do(msg.T("doctor.devtools.install")), do(msg.T("doctor.devtools.variable", "Variable", devtools.Variable)))
	case r.DevTools.Found.Foreign():
		r.say("devtools", Info, msg.T("doctor.devtools.windows", "Path", r.DevTools.Found.CLI), do(msg.T("doctor.devtools.windows.next")))
	default:
		r.ok("devtools", msg.T("doctor.devtools", "Path", r.DevTools.Found.CLI))
	}
}

// servicePort: without it the command line of DevTools does nothing.
func (r *report) servicePort() {
	if r.DevTools.Err != nil || r.DevTools.Found.Foreign() {
		return
	}
	next := do(msg.T("doctor.devtools-port.switch"))
	switch service := r.DevTools.Service; {
	case service.State == devtools.Off:
		r.say("devtools-port", Warning, msg.T("doctor.devtools-port.off"), next)
	case service.State == devtools.Unknown:
		r.say("devtools-port", Info, msg.T("doctor.devtools-port.unknown"), next)
	case service.Port > 0:
		r.ok("devtools-port", msg.T("doctor.devtools-port", "Port", service.Port))
	default:
		r.ok("devtools-port", msg.T("doctor.devtools-port.on"))
	}
}

// noise is what says nothing of a failure: npm's numbers, and where in its code Node.js
// gave up.
var noise = regexp.MustCompile(`^(?:npm (?:error|ERR!) (?:code|errno|syscall)\b.*|(?:node:)?internal/.*|throw err;|\^+|)$`)

// ErrTimeUp: a program or the registry has not answered within the time that there is.
var ErrTimeUp = errors.New("no answer in time")

// signIn is what signs in, in an address: older versions of npm repeat it.
var signIn = regexp.MustCompile(`://[^/@\s]+@`)

// reasonOf is what matters of a failure, on one line.
func reasonOf(err error) any {
	if errors.Is(err, ErrTimeUp) {
		return msg.T("doctor.time-up")
	}
	return signIn.ReplaceAllString(lineOf(err), "://")
}

func lineOf(err error) string {
	text := err.Error()
	var failed *npm.Error
	if errors.As(err, &failed) && failed.Output != "" {
		text = failed.Output
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); !noise.MatchString(line) {
			return strings.TrimPrefix(strings.TrimPrefix(line, "npm error "), "npm ERR! ")
		}
	}
	return strings.TrimSpace(text)
}
