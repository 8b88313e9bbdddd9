package devtools

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Switch is a setting that may not be known.
type Switch string

// What is known of a Switch.
const (
	On      Switch = "on"
	Off     Switch = "off"
	Unknown Switch = "unknown"
)

// Service is what DevTools has written down of its service port, without which its
// command line does nothing.
type Service struct {
	State Switch // the setting; On does not say that DevTools runs
	Port  int    // where it listened last, 0 when unknown
	File  string // where State was read, or else Port; "" when neither is known
}

// profile is the name of a folder with user data: the MD5 of where DevTools is
// installed. Of what exactly, has changed between versions (http.html, and what
// others have found), so that it is not computed.
var profile = regexp.MustCompile(`^[0-9a-f]{32}$`)

// ServicePort reads what DevTools has written down: the port in the file .ide
// (http.html), and the setting as "On" or "Off" in .ide-status beside it (npm's
// @tarojs/plugin-mini-ci 4.2.0 reads it so). Of several installations, or versions, it is the
// one that wrote last. What cannot be read is unknown.
func ServicePort(look Look) Service {
	service, newest := Service{State: Unknown}, time.Time{}
	for _, dir := range look.profiles() {
		one, written := look.service(look.join(dir, "Default"))
		if one.File != "" && (service.File == "" || written.After(newest)) {
			service, newest = one, written
		}
	}
	return service
}

// service is what a folder says, and when that was written.
func (l Look) service(dir string) (Service, time.Time) {
	service, written := Service{State: Unknown}, time.Time{}
	for _, name := range []string{".ide", ".ide-status"} {
		file := l.join(dir, name)
		data, err := l.ReadFile(file)
		if err != nil {
			continue
		}
		value := strings.TrimSpace(string(data))
		switch port, err := strconv.Atoi(value); {
		case name == ".ide" && err == nil && port > 0 && port < 1<<16:
			service.Port = port
		case name == ".ide-status" && strings.EqualFold(value, string(On)):
			service.State = On
		case name == ".ide-status" && strings.EqualFold(value, string(Off)):
			service.State = Off
		default:
			continue
		}
		service.File = file
		if info, err := l.Stat(file); err == nil && info.ModTime().After(written) {
			written = info.ModTime()
		}
	}
	return service, written
}

// profiles are the folders with user data: older versions have just one.
func (l Look) profiles() []string {
	base := l.userData()
	dirs := []string{base}
	entries, err := l.ReadDir(base)
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		if profile.MatchString(entry.Name()) && entry.Type()&(fs.ModeDir|fs.ModeSymlink) != 0 {
			dirs = append(dirs, l.join(base, entry.Name()))
		}
	}
	return dirs
}

// userData is where DevTools keeps what it remembers of its user (http.html; for Linux,
// what its command line says that it reads).
func (l Look) userData() string {
	const name = "微信开发者工具"
	switch l.GOOS {
	case "darwin":
		return l.join(l.Home, "Library", "Application Support", name)
	case "windows":
		local := l.Getenv("LOCALAPPDATA")
		if local == "" {
			local = l.join(l.Home, "AppData", "Local")
		}
		return l.join(local, name, "User Data")
	}
	return l.join(l.Home, ".config", "wechat-devtools")
}
