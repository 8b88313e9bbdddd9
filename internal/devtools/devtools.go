// Package devtools finds WeChat DevTools on this machine, learns from its files
// whether its service port is on, and runs its own command line.
//
// Finding is a function of what Look brings: it touches nothing else. Sources are
// WeChat's pages on the command line and on HTTP calls
// (developers.weixin.qq.com/miniprogram/dev/devtools/cli.html and http.html), and
// where those are silent, what others have observed; each is named where it is used.
package devtools

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Variable is the environment variable that names the command line of DevTools, or
// where DevTools is installed.
const Variable = "WECHAT_DEVTOOLS_CLI"

// Look is what Find and ServicePort know of the machine.
type Look struct {
	GOOS     string // as runtime.GOOS
	Home     string // the user's home folder
	Explicit string // the path that the user has named, "" for none
	Getenv   func(name string) string
	Stat     func(name string) (fs.FileInfo, error) // as os.Stat
	ReadFile func(name string) ([]byte, error)      // as os.ReadFile
	ReadDir  func(name string) ([]fs.DirEntry, error)
}

// Origin is how an installation was found.
type Origin string

// The origins, in the order in which Find looks.
const (
	FromFlag     Origin = "flag"        // Look.Explicit
	FromVariable Origin = "environment" // Variable
	FromDefault  Origin = "default"     // where DevTools installs itself
	FromPath     Origin = "path"        // in PATH
	FromWindows  Origin = "windows"     // Windows' own, seen from its subsystem for Linux
)

// Installation is a DevTools that is there.
type Installation struct {
	CLI  string // path of its command line, absolute unless the user named it otherwise
	From Origin
}

// Foreign reports whether the command line is one of Windows, and this is not: it is
// a batch file, which only Windows can start.
func (i Installation) Foreign() bool { return i.From == FromWindows }

// NotFoundError: there is no DevTools, or not where the user said.
type NotFoundError struct {
	Asked  string   // the path that the user has named, "" for none
	From   Origin   // how that path was named
	Looked []string // what was looked for: files, and a name in PATH
}

func (e *NotFoundError) Error() string {
	if e.Asked != "" {
		return fmt.Sprintf("no command line of WeChat DevTools at %s", e.Asked)
	}
	return "WeChat DevTools is not installed; looked for " + strings.Join(e.Looked, ", ")
}

// Find looks for DevTools: where the user says, and only there; else where it installs
// itself; else in PATH. The error is a *NotFoundError.
func Find(look Look) (Installation, error) {
	if look.Explicit != "" {
		return look.named(look.Explicit, FromFlag)
	}
	if value := look.Getenv(Variable); value != "" {
		return look.named(value, FromVariable)
	}
	missing := &NotFoundError{}
	for _, place := range look.places() {
		if look.isFile(place.CLI) {
			return place, nil
		}
		if place.From == FromPath {
			place.CLI = pathCLI + " (PATH)"
		}
		if !slices.Contains(missing.Looked, place.CLI) {
			missing.Looked = append(missing.Looked, place.CLI)
		}
	}
	return Installation{}, missing
}

// pathCLI is what the DevTools of the community calls its command line.
const pathCLI = "wechat-devtools-cli"

// named is the installation at a path that may be the command line itself, the folder
// it lies in, or the application of macOS.
func (l Look) named(name string, from Origin) (Installation, error) {
	missing := &NotFoundError{Asked: name, From: from}
	candidates := []string{name}
	for _, inside := range []string{"cli", "Contents/MacOS/cli", "cli.bat", pathCLI, "bin/" + pathCLI} {
		candidates = append(candidates, l.join(name, strings.Split(inside, "/")...))
	}
	for _, candidate := range candidates {
		if l.isFile(candidate) {
			return Installation{candidate, from}, nil
		}
		missing.Looked = append(missing.Looked, candidate)
	}
	return Installation{}, missing
}

// places are where DevTools is on a machine that nobody has told about.
func (l Look) places() []Installation {
	switch l.GOOS {
	case "darwin":
		return l.macPlaces()
	case "windows":
		return l.windowsPlaces()
	}
	return l.otherPlaces()
}

// folder is what DevTools for Windows calls its folder, below Program Files.
const folder = "微信web开发者工具"

// macPlaces: "<installation>/Contents/MacOS/cli" (cli.html); the name of the
// application is that of http.html.
func (l Look) macPlaces() []Installation {
	const inside = "Applications/wechatwebdevtools.app/Contents/MacOS/cli"
	return []Installation{{"/" + inside, FromDefault}, {l.Home + "/" + inside, FromDefault}}
}

// windowsPlaces: "<installation>/cli.bat" (cli.html), in the folder that the installer
// proposes (as weapp-ide-cli and miniprogram-automator have it), which people who keep
// drive C small put on another drive.
func (l Look) windowsPlaces() []Installation {
	var places []Installation
	seen := map[string]bool{"": true}
	for _, programs := range []string{
		l.Getenv("ProgramFiles(x86)"), l.Getenv("ProgramFiles"), l.Getenv("ProgramW6432"), l.Getenv("LOCALAPPDATA"),
		`C:\Program Files (x86)`, `C:\Program Files`, `D:\Program Files (x86)`, `D:\Program Files`, `E:\Program Files (x86)`, `E:\Program Files`,
	} {
		if seen[programs] {
			continue
		}
		seen[programs] = true
		places = append(places, Installation{l.join(programs, "Tencent", folder, "cli.bat"), FromDefault})
	}
	return places
}

// otherPlaces: there is no official DevTools for Linux. The community's
// (github.com/msojocs/wechat-web-devtools-linux) has its command line in PATH. In
// Windows' subsystem for Linux, the DevTools of Windows is below /mnt/c.
func (l Look) otherPlaces() []Installation {
	var places []Installation
	for _, dir := range strings.Split(l.Getenv("PATH"), ":") {
		if strings.HasPrefix(dir, "/") { // a project's own folders are no place, as for os/exec
			places = append(places, Installation{l.join(dir, pathCLI), FromPath})
		}
	}
	for _, programs := range []string{"Program Files (x86)", "Program Files"} {
		places = append(places, Installation{l.join("/mnt/c", programs, "Tencent", folder, "cli.bat"), FromWindows})
	}
	return places
}

func (l Look) isFile(name string) bool {
	info, err := l.Stat(name)
	return err == nil && !info.IsDir()
}

// join joins a path of the machine that is looked at, which is not always the one that
// this runs on: tests look at all of them.
func (l Look) join(dir string, names ...string) string {
	separator := "/"
	if l.GOOS == "windows" {
		separator = `\`
	}
	return strings.TrimRight(dir, `/`+separator) + separator + strings.Join(names, separator)
}
