package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/AlecAivazis/survey/v2"
	"github.com/spf13/pflag"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/secret"
	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
	"github.com/tuikit-cli/tuikit-cli/templates"
)

// secretKeyEnv is where CI puts the SecretKey: it must not be on a command line.
const secretKeyEnv = "TUIKIT_SECRETKEY"

// askIntegration asks what goes where, and which UIKit.
func (j *job) askIntegration() error {
	if !j.asking() {
		return nil
	}
	if !j.given("integration") {
		if err := j.choose("ask.integration", "integration", []string{scaffold.Main, scaffold.Subpackage, scaffold.None}, &j.options.Integration); err != nil {
			return err
		}
	}
	if j.options.Integration == scaffold.Subpackage && !j.given("subpackage") {
		if err := j.ask(&survey.Input{Message: j.text("ask.subpackage"), Default: j.options.Subpackage}, &j.options.Subpackage, survey.WithValidator(j.validName)); err != nil {
			return err
		}
		j.again = append(j.again, "--subpackage", j.options.Subpackage)
	}
	if j.options.Integration == scaffold.Subpackage && !j.given("isolated") {
		if err := j.askIsolated(); err != nil {
			return err
		}
	}
	if !j.given("uikit") && !j.project.Lock.HasUIKit() {
		return j.choose("ask.uikit", "uikit", []string{"latest", "1.1.3", "1.0.8"}, &j.sourceFlags.uikit)
	}
	return nil
}

// askIsolated asks where the SDK and the npm packages go.
func (j *job) askIsolated() error {
	answer := scaffold.Main
	if err := j.pick("ask.isolated", []string{scaffold.Main, scaffold.Subpackage}, &answer); err != nil {
		return err
	}
	if j.options.Isolated = answer == scaffold.Subpackage; j.options.Isolated {
		j.again = append(j.again, "--isolated")
	}
	return nil
}

// pick lets the user pick a value; the words beside the values are in the catalogue
// under the question's ID.
func (j *job) pick(id string, values []string, answer *string) error {
	return j.ask(&survey.Select{Message: j.text(id), Options: values, Description: func(value string, _ int) string {
		return j.text(id + "." + value)
	}}, answer)
}

// choose lets the user pick a value of a flag.
func (j *job) choose(id, flag string, values []string, answer *string) error {
	if err := j.pick(id, values, answer); err != nil {
		return err
	}
	j.again = append(j.again, "--"+flag, *answer)
	return nil
}

// credentials fills in the config: from flags, from the environment, by asking.
// Without a terminal a missing answer is an error that names its flag, unless
// --yes leaves the placeholder.
func (j *job) credentials() error {
	j.recordFlags()
	configured := j.configured()
	if j.options.Integration == scaffold.None || configured {
		j.options.Config.UserSig = j.userSig
		return nil
	}
	secret, err := j.readSecret(j.secretKeyFile)
	if err != nil {
		return err
	}
	wantsSecret := j.userSig != scaffold.Server
	if j.asking() {
		if err := j.askCredentials(&secret, wantsSecret); err != nil {
			return err
		}
	}
	if err := j.unanswered(secret, wantsSecret); err != nil {
		return err
	}
	j.options.Config = templates.Config{
		SDKAppID: j.sdkAppID, UserID: j.userID, UserSig: j.userSig, Expire: j.expire, URL: j.userSigURL,
	}
	switch j.userSig {
	case scaffold.Debug:
		j.options.Config.SecretKey = secret
	case scaffold.Static:
		claims := usersig.Claims{SDKAppID: j.sdkAppID, UserID: j.userID, Issued: j.now(), Expire: time.Duration(j.expire) * time.Second}
		if j.options.Config.Signed, err = usersig.Sign(claims, secret); err != nil {
			return err
		}
	}
	return nil
}

// configured reports whether the project has its credentials already: the file
// is the user's, and nothing is asked again. A clone may well lack it: with a
// SecretKey in it, git does not have it. How a UserSig is obtained stays as it was,
// unless --usersig says otherwise.
func (j *job) configured() bool {
	if !j.project.Lock.HasUIKit() {
		return false
	}
	if j.options.Renew {
		return false
	}
	if mode := j.options.Mode(j.project.Lock); mode != "" {
		j.userSig = mode
	}
	name := j.project.Path(j.options.ConfigPath())
	_, ours := j.project.Lock.Files[name]
	_, err := fs.Stat(j.fsys, name)
	return ours && err == nil
}

// leftOut is a note on credentials that were given and go nowhere, because the
// project's config is the user's by now.
func (j *job) leftOut() []msg.Text {
	name := j.project.Path(j.options.ConfigPath())
	if j.options.Integration == scaffold.None || !j.configured() && !(j.options.Renew && j.options.Choices[name] == plan.Keep) {
		return nil
	}
	var flags []string
	for _, flag := range []string{"sdkappid", "userid", "expire", "usersig", "usersig-url", "secretkey-file"} {
		if j.given(flag) {
			flags = append(flags, "--"+flag)
		}
	}
	if len(flags) == 0 {
		return nil
	}
	return []msg.Text{msg.T("note.credentials", "File", name, "Flags", flags)}
}

// recordFlags puts the flags that were given on the line that is printed at the end.
func (j *job) recordFlags() {
	j.command.Flags().Visit(func(flag *pflag.Flag) {
		switch flag.Name {
		case "yes", "lang", "quiet", "verbose", "no-color":
			return
		}
		if flag.Value.Type() == "bool" {
			j.again = append(j.again, "--"+flag.Name)
			return
		}
		j.again = append(j.again, "--"+flag.Name, flag.Value.String())
	})
}

// readSecret takes the SecretKey from a file, without one from the environment.
func (u *ui) readSecret(file string) (string, error) {
	if file == "" {
		return plainKey(u.getenv(secretKeyEnv), secretKeyEnv)
	}
	data, err := os.ReadFile(file)
	if err != nil && secret.Like(file) {
		return "", misused("usage.secretkey-given", "Variable", secretKeyEnv)
	}
	if err != nil {
		return "", misused("usage.secretkey-file", "File", file, "Error", msg.Bare(err))
	}
	return plainKey(string(data), file)
}

// plainKey is a SecretKey without what editors put around it. What has several lines, or
// letters that no key has, would sign as well, and nobody could sign in with that.
func plainKey(text, from string) (string, error) {
	key := strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if strings.ContainsFunc(key, func(r rune) bool { return r < ' ' || r > '~' }) {
		return "", misused("usage.secretkey-odd", "From", from)
	}
	return key, nil
}

func (j *job) askCredentials(secret *string, wantsSecret bool) error {
	label, needed := j.labels()
	if !j.given("sdkappid") && j.sdkAppID == 0 {
		answer := ""
		err := j.ask(&survey.Input{Message: label.sdkAppID, Help: j.text("ask.console")}, &answer, survey.WithValidator(j.validNumber), needed)
		if err != nil {
			return err
		}
		if answer = plainNumber(answer); answer != "" {
			j.sdkAppID, _ = strconv.ParseUint(answer, 10, 64)
			j.again = append(j.again, "--sdkappid", answer)
		}
	}
	if !j.given("userid") && j.userID == "" {
		err := j.ask(&survey.Input{Message: label.userID}, &j.userID, survey.WithValidator(j.validUser), needed)
		if err != nil {
			return err
		}
		if j.userID != "" {
			j.again = append(j.again, "--userid", j.userID)
		}
	}
	if wantsSecret && *secret == "" {
		if err := j.ask(&survey.Password{Message: label.secretKey}, secret, needed); err != nil {
			return err
		}
		*secret = strings.TrimSpace(*secret)
		j.typed = *secret != ""
	}
	if !wantsSecret && !j.given("usersig-url") && j.userSigURL == "" {
		if err := j.ask(&survey.Input{Message: j.text("ask.usersig-url")}, &j.userSigURL, survey.WithValidator(j.notEmpty)); err != nil {
			return err
		}
		j.again = append(j.again, "--usersig-url", j.userSigURL)
	}
	return nil
}

// credentialLabels are how the credentials are asked for.
type credentialLabels struct{ sdkAppID, userID, secretKey string }

// labels are by whether credentials may be left out. needed refuses that they are.
func (j *job) labels() (label credentialLabels, needed survey.AskOpt) {
	if j.userSig == scaffold.Static {
		return credentialLabels{j.text("ask.sdkappid-needed"), j.text("ask.userid-needed"), j.text("ask.secretkey-needed")}, survey.WithValidator(j.notEmpty)
	}
	return credentialLabels{j.text("ask.sdkappid"), j.text("ask.userid"), j.text("ask.secretkey")}, nil
}

func (j *job) notEmpty(answer any) error {
	if strings.TrimSpace(fmt.Sprint(answer)) == "" {
		return &answerError{j.text("ask.needed", "Mode", j.userSig)}
	}
	return nil
}

// validName refuses what cannot be the name of a subpackage here. What else is wrong is
// told when all is known.
func (j *job) validName(answer any) error {
	options := j.options
	options.Subpackage = fmt.Sprint(answer)
	var refusal *scaffold.Refusal
	err := scaffold.Validate(j.fsys, j.project, scaffold.Known(j.project, options))
	if errors.As(err, &refusal) && refusal.Reason.Values["Name"] == options.Subpackage {
		return &answerError{refusal.Reason.In(j.lang)}
	}
	return nil
}

// plainNumber is a number without what pasting and input methods add.
func plainNumber(answer string) string { return strings.TrimSpace(halfWidth(answer)) }

func (u *ui) validNumber(answer any) error {
	text := plainNumber(fmt.Sprint(answer))
	if text == "" {
		return nil
	}
	if _, err := strconv.ParseUint(text, 10, 64); err != nil {
		return &answerError{u.text("ask.number")}
	}
	return nil
}

func (u *ui) validUser(answer any) error {
	if err := validUserID(fmt.Sprint(answer)); err != nil {
		return &answerError{u.text("usage.userid", "Max", usersig.MaxUserID)}
	}
	return nil
}

// unanswered is the error that names the flags of what is missing. Placeholders do
// where --yes accepts them or somebody was asked and left them; signing here and
// asking a server cannot do without.
func (j *job) unanswered(secret string, wantsSecret bool) error {
	var missing []string
	switch {
	case j.userSig == scaffold.Server:
		if j.userSigURL != "" {
			return nil
		}
		missing = append(missing, "--usersig-url")
	case j.userSig == scaffold.Debug && (j.yes || j.asking()):
		return nil
	}
	if wantsSecret && j.sdkAppID == 0 {
		missing = append(missing, "--sdkappid")
	}
	if wantsSecret && j.userID == "" {
		missing = append(missing, "--userid")
	}
	if wantsSecret && secret == "" {
		missing = append(missing, "--secretkey-file ("+secretKeyEnv+")")
	}
	switch {
	case len(missing) == 0:
		return nil
	case j.userSig == scaffold.Debug:
		return misused("usage.missing", "Flags", missing)
	}
	return misused("usage.needed", "Mode", j.userSig, "Flags", missing)
}
