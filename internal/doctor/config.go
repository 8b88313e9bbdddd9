package doctor

import (
	"regexp"
	"strconv"
	"strings"
)

// config is what the config of a session says. Of the SecretKey only whether there is
// one: nothing here may print it.
type config struct {
	known      bool // it still has the lines that were generated
	sdkAppID   uint64
	userID     string
	secretKey  bool
	userSig    string
	userSigURL string
}

// member is a line such as `userID: 'admin',`, with any quotes, or with a number.
var member = regexp.MustCompile(`^\s*(\w+|'\w+'|"\w+")\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|` + "`([^`$\\\\]*)`" + `|(\d+))\s*,?\s*(?://.*)?$`)

// escaped is what templates write with a backslash.
var escaped = regexp.MustCompile(`\\(.)`)

// readConfig reads the lines that the template tuikit-config.js has, as their owner has
// filled them in. It is no JavaScript: what is computed is not known.
func readConfig(data []byte) config {
	c := config{}
	seen := map[string]string{}
	for line := range strings.Lines(string(data)) {
		found := member.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if found == nil {
			continue
		}
		value := escaped.ReplaceAllString(found[2]+found[3]+found[4], "$1") + found[5]
		seen[strings.Trim(found[1], `'"`)] = value
	}
	id, hasID := seen["SDKAPPID"]
	user, hasUser := seen["userID"]
	number, err := strconv.ParseUint(id, 10, 64)
	c.known = hasID && hasUser && (err == nil || id == "")
	c.sdkAppID, c.userID, c.secretKey = number, user, seen["SECRETKEY"] != ""
	c.userSig, c.userSigURL = seen["userSig"], seen["userSigURL"]
	return c
}
