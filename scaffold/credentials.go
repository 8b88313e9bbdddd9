package scaffold

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

// Config is what a tuikit-config.js says, as far as it stands there in plain numbers and
// strings. Of the SecretKey only whether there is one: nobody who reads this may print it.
type Config struct {
	SDKAppID  uint64 // 0: not filled in
	UserID    string
	UserSig   string
	URL       string // userSigURL
	HasKey    bool   // SECRETKEY is not empty
	Rewritten bool   // who signs in, or how, does not stand there in plain numbers and strings

	signed script.Value // userSig
}

// ReadConfig reads a tuikit-config.js, whatever its owner has made of it.
func ReadConfig(data []byte) Config {
	values := script.Exported(data)
	id, user, key := values["SDKAPPID"], values["userID"], values["SECRETKEY"]
	c := Config{UserID: user.Text, UserSig: values["userSig"].Text, URL: values["userSigURL"].Text, signed: values["userSig"]}
	number, err := strconv.ParseUint(id.Text, 10, 64)
	if err == nil {
		c.SDKAppID = number
	}
	c.HasKey = key.Text != "" || computed(key)
	c.Rewritten = !id.Literal || !user.Literal || err != nil && id.Text != "" || computed(values["userSig"]) || computed(values["userSigURL"])
	return c
}

// computed reports whether a value is there and cannot be read.
func computed(v script.Value) bool { return v.Length > 0 && !v.Literal }

// Credentials are those of one session, as its tuikit-config.js has them.
type Credentials struct {
	Config
	File     string // relative to the project root
	Root     string // of the isolated subpackage whose session it is; "" for that of the main package
	Mode     string // Debug, Static or Server: what the session module was made for
	Missing  bool   // there is no such file
	Pristine bool   // the file is as this tool has written it
}

// FindCredentials reads the tuikit-config.js of every session that was made in the project:
// that of the main package first. The error is a *project.FileError.
func FindCredentials(fsys fs.FS, p *project.Project) ([]Credentials, error) {
	var all []Credentials
	if p.Lock == nil {
		return nil, nil
	}
	if mode := p.Lock.UIKit.UserSig; mode != "" {
		all = append(all, Credentials{Mode: mode})
	}
	for _, i := range p.Lock.Integrations {
		if i.Isolated {
			all = append(all, Credentials{Root: i.Root, Mode: i.UserSig})
		}
	}
	for i := range all {
		if err := all[i].read(fsys, p); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (c *Credentials) read(fsys fs.FS, p *project.Project) error {
	c.File = p.Path(path.Join(c.Root, ConfigScript))
	data, err := fs.ReadFile(fsys, c.File)
	if errors.Is(err, fs.ErrNotExist) {
		c.Missing = true
		return nil
	}
	if err != nil {
		return &project.FileError{Path: c.File, Err: err}
	}
	c.Pristine = p.Lock.Files[c.File].SHA256 == plan.Hash(data)
	c.Config = ReadConfig(data)
	return nil
}

// Credentials reads the tuikit-config.js of the session that the options mean; one that is
// not there says nothing. The error is a *project.FileError.
func (o Options) Credentials(fsys fs.FS, p *project.Project) (Credentials, error) {
	c := Credentials{Root: o.sessionRoot(), Mode: o.Mode(p.Lock)}
	if p.Lock == nil {
		return c, nil
	}
	return c, c.read(fsys, p)
}

// Renewable refuses credentials whose UserSig is not one that was signed here: a *Refusal.
func (c Credentials) Renewable() error {
	switch {
	case c.Mode == Debug:
		return refuse("refuse.usersig-debug", "File", c.File)
	case c.Mode == Server:
		return refuse("refuse.usersig-server", "File", c.File)
	case c.Missing:
		return refuse("refuse.usersig-missing", "File", c.File)
	case !c.signed.String:
		return refuse("refuse.usersig-computed", "File", c.File, "Name", "userSig")
	case c.UserID == "":
		return refuse("refuse.usersig-computed", "File", c.File, "Name", "userID")
	case c.SDKAppID == 0:
		return refuse("refuse.usersig-computed", "File", c.File, "Name", "SDKAPPID")
	}
	return nil
}

// Renew makes the Plan that puts another UserSig, which needs no escapes, in the place of the
// one in the file, and changes not a byte else. The credentials are Renewable. A file that was as this tool had
// written it is so afterwards.
func Renew(fsys fs.FS, p *project.Project, c Credentials, userSig string) (*plan.Plan, error) {
	r := &recipe{Plan: plan.New(fsys), disk: fsys, project: p, lock: p.Lock.Clone()}
	r.Last(project.LockFile)
	err := r.editFile(c.File, msg.T("why.usersig"), func(data []byte) ([]byte, error) {
		from, to := c.signed.Offset+1, c.signed.Offset+c.signed.Length-1 // between the quotes
		return slices.Concat(data[:from], []byte(userSig), data[to:]), nil
	})
	if err != nil {
		return nil, err
	}
	r.hideSecrets()
	if r.lock.Files[c.File] == p.Lock.Files[c.File] {
		return r.Plan, nil
	}
	data, err := r.lock.Encode()
	if err != nil {
		return nil, err
	}
	return r.Plan, r.Write(project.LockFile, data, msg.T("why.lock"))
}
