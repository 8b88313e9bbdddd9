package domains

import (
	"regexp"
	"strconv"

	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

var (
	sdkAppID   = regexp.MustCompile(`\bSDKAPPID\s*[:=]\s*(?:Number\(\s*)?['"]?(\d{1,19})\b`)
	userSigURL = regexp.MustCompile(`\buserSigURL\s*[:=]\s*['"` + "`" + `]`)
)

// settings reads a tuikit-config.js. Who has made more of it than a list of values is
// asked for the SDKAppID.
func settings(name string, data []byte) Settings {
	s := Settings{File: name}
	if match := sdkAppID.FindSubmatch(data); match != nil {
		if id, err := strconv.ParseUint(string(match[1]), 10, 64); err == nil {
			s.SDKAppID = id
		}
	}
	if at := userSigURL.FindIndex(data); at != nil {
		for _, text := range script.Strings(data) {
			if text.Offset == at[1] {
				s.UserSigURL = text.Value
			}
		}
	}
	return s
}
