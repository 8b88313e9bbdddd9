package doctor

import (
	"strconv"

	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

// config is what the config of a session says. Of the SecretKey only whether there is
// one: nothing here may print it.
type config struct {
	known      bool // SDKAPPID and userID stand there in plain figures and letters
	sdkAppID   uint64
	userID     string
	secretKey  bool
	userSig    script.Value
	userSigURL script.Value
}

// readConfig reads a tuikit-config.js as its owner has filled it in.
func readConfig(data []byte) config {
	values := script.Exported(data)
	id, user := values["SDKAPPID"], values["userID"]
	number, err := strconv.ParseUint(id.Text, 10, 64)
	key, hasKey := values["SECRETKEY"]
	return config{
		known:      id.Literal && user.Literal && (err == nil || id.Text == ""),
		sdkAppID:   number,
		userID:     user.Text,
		secretKey:  hasKey && (key.Text != "" || !key.Literal),
		userSig:    values["userSig"],
		userSigURL: values["userSigURL"],
	}
}

// computed reports whether a value is there and cannot be read.
func computed(v script.Value) bool { return v.Length > 0 && !v.Literal }
