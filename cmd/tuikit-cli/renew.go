package main

import "github.com/tuikit-cli/tuikit-cli/scaffold"

// renew finds out whether the config is made anew, even though there is one: where
// --usersig names another way than that of the session, or the same with other values
// than those in a file that is still as this tool wrote it. With debug it is then the
// user's to edit: the SecretKey in it is not at hand. What no flag says stays as the
// config has it.
func (j *job) renew() error {
	mode := j.options.Mode(j.project.Lock)
	if j.options.Integration == scaffold.None || mode == "" || !j.given("usersig") {
		return nil
	}
	known, err := j.options.Credentials(j.fsys, j.project)
	if err != nil {
		return err
	}
	j.options.Renew = mode != j.userSig || mode != scaffold.Debug && known.Pristine && j.differs(known)
	if !j.options.Renew {
		return nil
	}
	if !j.given("sdkappid") {
		j.sdkAppID = known.SDKAppID
	}
	if !j.given("userid") {
		j.userID = known.UserID
	}
	if !j.given("usersig-url") {
		j.userSigURL = known.URL
	}
	return nil
}

// differs reports whether a flag says something else than the config.
func (j *job) differs(known scaffold.Credentials) bool {
	return j.given("sdkappid") && j.sdkAppID != known.SDKAppID ||
		j.given("userid") && j.userID != known.UserID ||
		j.userSig == scaffold.Server && j.given("usersig-url") && j.userSigURL != known.URL
}
