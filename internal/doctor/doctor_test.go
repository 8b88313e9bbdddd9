package doctor

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/tuikit-cli/tuikit-cli/internal/devtools"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/usersig"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

var now = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// world is what a case starts from: a machine and a mini program with which all is well.
type world struct {
	Facts
	files fstest.MapFS
}

func healthy() *world {
	w := &world{files: fstest.MapFS{}}
	w.GOOS, w.Now = "darwin", now
	w.Node = npm.Tool{Path: "/bin/node", Version: "20.20.2"}
	w.Npm = npm.Tool{Path: "/bin/npm", Version: "10.9.9"}
	w.Git = npm.Tool{Path: "/bin/git", Version: "2.39.5"}
	w.Registry = Registry{Settings: npm.Settings{Registry: "https://registry.example/"}, Latest: "2.4.5"}
	w.DevTools = Tools{Found: devtools.Installation{CLI: "/cli"}, Service: devtools.Service{State: devtools.On, Port: 1234}}
	w.Place = Place{Shown: "my-app", Root: "my-app"}
	w.Mini = &Mini{Writable: true}
	w.write("app.json", `{"pages": ["pages/index/index"]}`)
	w.write("project.config.json", `{"appid": "wx0123456789abcdef", "libVersion": "3.4.1", "setting": {"es6": true, "urlCheck": false}}`)
	w.write("package.json", `{"dependencies": {"@tencentcloud/chat": "^3.1.0"}}`)
	w.write("package-lock.json", `{}`)
	w.write("node_modules/@tencentcloud/chat/package.json", `{"version": "3.4.0"}`)
	w.write("tuikit-lock.json", `{"version": 1, "uikit": {"name": "@tencentcloud/chat-uikit-wechat", "version": "2.4.5", "generation": "chat", "source": "npm", "usersig": "debug"}, "integrations": [{"kind": "main", "page": "pages/index/index"}], "files": {}}`)
	w.config("SECRETKEY: 'k',")
	return w
}

func (w *world) write(name, content string) { w.files[name] = &fstest.MapFile{Data: []byte(content)} }

// config writes the config of the session, with more lines than who signs in.
func (w *world) config(lines string) {
	w.write("tuikit-config.js", "export default {\n  SDKAPPID: 1400000000,\n  userID: 'u',\n"+lines+"\n};\n")
}

func (w *world) way(way string) {
	w.write("tuikit-lock.json", strings.Replace(string(w.files["tuikit-lock.json"].Data), `"debug"`, `"`+way+`"`, 1))
}

// setting replaces the settings of the project.
func (w *world) setting(json string) { w.write("project.config.json", json) }

// signed is a config with a UserSig that has so long left.
func (w *world) signed(t *testing.T, left time.Duration, user string) {
	sig, err := usersig.Sign(usersig.Claims{SDKAppID: 1400000000, UserID: user, Issued: now.Add(left - time.Hour), Expire: time.Hour}, "k")
	if err != nil {
		t.Fatal(err)
	}
	w.way("static")
	w.config("userSig: '" + sig + "',")
}

func (w *world) diagnose(t *testing.T) []Finding {
	t.Helper()
	if w.Mini != nil {
		in, err := project.Inspect(w.files)
		if err != nil {
			t.Fatal(err)
		}
		w.Mini.In = in
		if modules, err := fs.Sub(w.files, "node_modules"); err == nil {
			w.Mini.Modules = []fs.FS{modules}
		}
	}
	return Diagnose(&w.Facts)
}

func TestHealthy(t *testing.T) {
	want := []string{"node", "npm", "registry", "git", "devtools", "devtools-port", "project", "project-config", "appid", "base-library", "es6", "url-check", "npm-settings", "node-modules", "lock-files", "uikit", "uikit-files", "miniprogram-npm", "credentials", "usersig", "check"}
	var got []string
	for _, f := range healthy().diagnose(t) {
		got = append(got, f.ID)
		if f.Level != OK || len(f.Next) > 0 {
			t.Errorf("%s: %s: %s %v", f.ID, f.Level, f.Message, f.Next)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func unreachable() error {
	return &npm.Error{Code: "ECONNREFUSED", Output: "npm error code ECONNREFUSED", Err: errors.New("exit status 1")}
}

// TestLevels has a case for every level of every check but its being well, of which
// TestHealthy is, and for each way of being well.
func TestLevels(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(*world)
		id     string
		level  Level
		says   string // part of the message
		next   string // the first step; "" for none
	}{
		{"no node", func(w *world) { w.Node = npm.Tool{} }, "node", Error, "not installed", "install the LTS"},
		{"broken node", func(w *world) { w.Node = npm.Tool{Path: "/n", Err: errors.New("bad CPU type")} }, "node", Error, "/n does not run: bad CPU type", "install the LTS"},
		{"nameless node", func(w *world) { w.Node.Version = "" }, "node", Warning, "does not tell", "install the LTS"},
		{"very old node", func(w *world) { w.Node.Version, w.Npm.Version = "8.17.0", "6.14.18" }, "node", Warning, "older than 10", "install the LTS"},
		{"old node", func(w *world) { w.Node.Version, w.Npm.Version = "10.24.1", "6.14.18" }, "node", Info, "asks for 12.13.0", "install the LTS"},
		{"the guide's node", func(w *world) { w.Node.Version, w.Npm.Version = "16.17.0", "8.19.4" }, "node", OK, "16.17.0", ""},
		{"newest node", func(w *world) { w.Node.Version, w.Npm.Version = "26.10.0", "11.21.2" }, "node", OK, "26.10.0", ""},
		{"unknown node", func(w *world) { w.Node.Version = "27.0.0" }, "node", Info, "newer than 26", "install the LTS"},

		{"no npm", func(w *world) { w.Npm = npm.Tool{} }, "npm", Error, "not installed", "install Node.js again"},
		{"npm that does not start", func(w *world) {
			w.Npm = npm.Tool{Path: "/npm", Err: &npm.Error{Output: "internal/modules/cjs/loader.js:818\n  throw err;\n  ^\n\nError: Cannot find module 'node:path'\nRequire stack:", Err: errors.New("exit status 1")}}
		}, "npm", Error, "/npm does not run: Error: Cannot find module 'node:path'", "install Node.js again"},
		{"nameless npm", func(w *world) { w.Npm.Version = "" }, "npm", Warning, "does not tell", "install Node.js again"},
		{"npm 9 under 12", func(w *world) { w.Node.Version, w.Npm.Version = "12.22.12", "9.9.4" }, "npm", Warning, "^14.17.0 || ^16.13.0 || >=18.0.0", "npm install -g npm@8"},
		{"npm 11 under 18", func(w *world) { w.Node.Version, w.Npm.Version = "18.20.8", "11.21.2" }, "npm", Warning, "and this is 18.20.8", "npm install -g npm@10"},
		{"npm 10 under 5", func(w *world) { w.Node.Version = "5.0.0" }, "npm", Warning, "and this is 5.0.0", "install the LTS"},
		{"npm 6 under 24", func(w *world) { w.Node.Version, w.Npm.Version = "24.21.0", "6.14.18" }, "npm", OK, "6.14.18", ""},
		{"unknown npm", func(w *world) { w.Npm.Version = "12.0.0" }, "npm", OK, "12.0.0", ""},

		{"offline", func(w *world) { w.Registry = Registry{Skipped: true} }, "registry", Info, "not asked", "tuikit-cli doctor my-app"},
		{"unreachable", func(w *world) { w.Registry.Err = unreachable() }, "registry", Warning, "https://registry.example/ cannot be reached (ECONNREFUSED)", "check the network"},
		{"late", func(w *world) { w.Registry.Err = ErrTimeUp }, "registry", Warning, "(no answer in time)", "check the network"},
		{"no such package", func(w *world) { w.Registry.Err = &npm.Error{Code: "E404", Err: errors.New("x")} }, "registry", Warning, "has no @tencentcloud/chat-uikit-wechat", "npm config get registry"},
		{"refused", func(w *world) {
			w.Registry.Err = &npm.Error{Code: "E401", Output: "npm error code E401\nnpm error Unable to authenticate", Err: errors.New("x")}
		}, "registry", Warning, "fails: Unable to authenticate", "npm ping"},

		{"refused at an address with a password", func(w *world) {
			w.Registry.Err = &npm.Error{Code: "E500", Output: "npm ERR! request to https://li:sesame@registry.example/@tencentcloud%2fx failed", Err: errors.New("x")}
		}, "registry", Warning, "fails: request to https://registry.example/@tencentcloud%2fx failed", "npm ping"},

		{"no git", func(w *world) { w.Git = npm.Tool{} }, "git", Info, "not installed", "https://git-scm.com"},

		{"no devtools", func(w *world) { w.DevTools = Tools{Err: &devtools.NotFoundError{}} }, "devtools", Warning, "was not found", "install it from"},
		{"no devtools on linux", func(w *world) { w.GOOS, w.DevTools = "linux", Tools{Err: &devtools.NotFoundError{}} }, "devtools", Info, "for macOS and Windows", "open the project on"},
		{"devtools not where they are said to be", func(w *world) { w.DevTools = Tools{Err: &devtools.NotFoundError{Asked: "/x"}} }, "devtools", Warning, "at /x", "where it is somewhere else, set WECHAT_DEVTOOLS_CLI"},
		{"devtools of Windows, seen from Linux in it", func(w *world) { w.DevTools.Found.From = devtools.FromWindows }, "devtools", Info, "only Windows can start", "run tuikit-cli on Windows"},
		{"port off", func(w *world) { w.DevTools.Service.State = devtools.Off }, "devtools-port", Warning, "is off", "in DevTools: Settings"},
		{"port unknown", func(w *world) { w.DevTools.Service = devtools.Service{State: devtools.Unknown} }, "devtools-port", Info, "nobody knows", "in DevTools: Settings"},
		{"port on, number unknown", func(w *world) { w.DevTools.Service.Port = 0 }, "devtools-port", OK, "is on", ""},

		{"no project", func(w *world) { w.Mini = nil }, "project", Info, "no mini program here", "tuikit-cli init my-app"},
		{"in a project", func(w *world) { w.Mini, w.Place.Around = nil, "../app" }, "project", Info, "in the mini program ../app", "tuikit-cli doctor ../app"},
		{"several projects", func(w *world) { w.Mini, w.Place.Several = nil, []string{"a", "b"} }, "project", Info, "mini programs here: 2;", "tuikit-cli doctor a"},
		{"another framework", func(w *world) {
			w.Mini, w.Place.Refused = nil, &Trouble{msg.T("error.no-app", "File", "app.json"), msg.T("error.no-app.next")}
		}, "project", Error, "app.json", msg.T("error.no-app.next").String()},
		{"cut off", func(w *world) { w.Mini.Unfinished = true }, "operation", Error, "cut off", "tuikit-cli recover my-app"},
		{"read-only", func(w *world) { w.Mini.Writable = false }, "writable", Error, "cannot be written", "give yourself the right"},
		{"broken settings", func(w *world) {
			w.Mini.Broken = []Trouble{{msg.T("error.no-app", "File", "x.json"), msg.T("error.no-app.next")}}
		}, "project-config", Error, "x.json", msg.T("error.no-app.next").String()},
		{"no settings", func(w *world) { delete(w.files, "project.config.json") }, "project-config", Warning, "there is no", "open the project"},

		{"no appid", func(w *world) { w.setting(`{}`) }, "appid", Warning, "no AppID", "put yours"},
		{"tourist", func(w *world) { w.setting(`{"appid": "touristappid"}`) }, "appid", Info, "tourist", "put yours"},
		{"odd appid", func(w *world) { w.setting(`{"appid": "wx12"}`) }, "appid", Warning, "wx12 is no AppID", "put yours"},
		{"private appid", func(w *world) {
			w.setting(`{"appid": ""}`)
			w.write("project.private.config.json", `{"appid": "wx0123456789abcdef"}`)
		}, "appid", OK, "wx0123456789abcdef", ""},

		{"old base library", func(w *world) { w.setting(`{"libVersion": "2.4.0"}`) }, "base-library", Warning, "needs 2.10.1", "in DevTools: Details"},
		{"old base library without a UIKit", func(w *world) { w.setting(`{"libVersion": "2.4.0"}`); delete(w.files, "tuikit-lock.json") }, "base-library", Info, "needs 2.10.1", "in DevTools: Details"},
		{"just enough base library", func(w *world) { w.setting(`{"libVersion": "2.10.1"}`) }, "base-library", OK, "2.10.1", ""},
		{"base library by name", func(w *world) { w.setting(`{"libVersion": "trial"}`) }, "base-library", OK, "trial", ""},
		{"odd base library", func(w *world) { w.setting(`{"libVersion": "3"}`) }, "base-library", Warning, "3 is no version", "in DevTools: Details"},
		{"any base library", func(w *world) { w.setting(`{}`) }, "base-library", OK, "DevTools chooses", ""},

		{"es6 off", func(w *world) { w.setting(`{"setting": {"es6": false, "enhance": false}}`) }, "es6", Warning, "old phones", "in DevTools: Details"},
		{"enhance alone", func(w *world) { w.setting(`{"setting": {"es6": false, "enhance": true}}`) }, "es6", OK, "ES5", ""},
		{"urlCheck on", func(w *world) { w.setting(`{"setting": {"urlCheck": true}}`) }, "url-check", Warning, "on:", "for debugging"},
		{"urlCheck not set", func(w *world) { w.setting(`{}`) }, "url-check", Warning, "on:", "for debugging"},
		{"urlCheck without a UIKit", func(w *world) { w.setting(`{}`); delete(w.files, "tuikit-lock.json") }, "url-check", Info, "on:", "for debugging"},
		{"private urlCheck", func(w *world) {
			w.setting(`{"setting": {"urlCheck": true}}`)
			w.write("project.private.config.json", `{"setting": {"urlCheck": false}}`)
		}, "url-check", OK, "off", ""},

		{"devtools rebuilds", func(w *world) {
			w.write("tuikit-lock.json", `{"version": 1, "files": {"miniprogram_npm/x/index.js": {"kind": "built", "sha256": ""}}}`)
		}, "npm-settings", Info, "would replace", "tuikit-cli build-npm my-app"},
		{"built by nobody else", func(w *world) { w.setting(`{"setting": {"packNpmManually": true, "packNpmRelationList": []}}`) }, "npm-settings", OK, "tuikit-cli build-npm does", ""},
		{"relation", func(w *world) {
			w.setting(`{"setting": {"packNpmManually": true, "packNpmRelationList": [{"packageJsonPath": "./package.json", "miniprogramNpmDistDir": "./"}]}}`)
		}, "npm-settings", OK, "1 relation", ""},
		{"relation to nowhere", func(w *world) {
			w.setting(`{"setting": {"packNpmManually": true, "packNpmRelationList": [{"packageJsonPath": "../x/package.json", "miniprogramNpmDistDir": "./"}]}}`)
		}, "npm-settings", Warning, "../x/package.json, which is not there", "mend packNpmRelationList"},

		{"nothing installed", func(w *world) { delete(w.files, "node_modules/@tencentcloud/chat/package.json") }, "node-modules", Warning, "not installed: @tencentcloud/chat", "cd my-app && npm install"},
		{"nothing installed here", func(w *world) {
			delete(w.files, "node_modules/@tencentcloud/chat/package.json")
			w.Place.Shown = ""
			delete(w.files, "package-lock.json")
			w.write("pnpm-lock.yaml", "")
		}, "node-modules", Warning, "not installed", "pnpm install"},
		{"package.json elsewhere", func(w *world) {
			w.setting(`{"miniprogramRoot": "mini"}`)
			w.write("mini/app.json", `{"pages": []}`)
			w.write("mini/package.json", `{"devDependencies": {"a": "1", "b": "1", "c": "1", "d": "1", "e": "1"}}`)
		}, "node-modules", Warning, "not installed: a, b, c, d, …", "cd my-app && cd mini && npm install"},
		{"package.json in an odd folder", func(w *world) {
			w.setting(`{"miniprogramRoot": "a;b c"}`)
			w.write("a;b c/app.json", `{"pages": []}`)
			w.write("a;b c/package.json", `{"devDependencies": {"a": "1"}}`)
		}, "node-modules", Warning, "not installed: a", "cd my-app && cd 'a;b c' && npm install"},
		{"another version", func(w *world) { w.write("node_modules/@tencentcloud/chat/package.json", `{"version": "2.9.0"}`) }, "node-modules", Warning, "@tencentcloud/chat 2.9.0 (^3.1.0)", "cd my-app && npm install"},
		{"by tag and address", func(w *world) {
			w.write("package.json", `{"dependencies": {"@tencentcloud/chat": "latest"}, "devDependencies": {"a": "git+https://h/a.git", "../b": "1"}}`)
			w.write("node_modules/a/package.json", `{"version": "0.0.1"}`)
		}, "node-modules", OK, "3 npm packages", ""},
		{"no package.json", func(w *world) { delete(w.files, "package.json") }, "node-modules", OK, "no package.json", ""},
		{"broken package.json", func(w *world) { w.write("package.json", `{`) }, "node-modules", Error, "package.json:1:", "mend package.json"},
		{"two managers", func(w *world) { w.write("yarn.lock", "") }, "lock-files", Warning, "package-lock.json, yarn.lock", "keep the one"},

		{"no uikit", func(w *world) { delete(w.files, "tuikit-lock.json") }, "uikit", Info, "no UIKit", "tuikit-cli init my-app"},
		{"newer uikit", func(w *world) { w.Registry.Latest = "2.5.0" }, "uikit", Info, "2.4.5 (chat); 2.5.0 is the latest", "what is new"},
		{"uikit of tomorrow", func(w *world) { w.Registry.Latest = "2.4.4" }, "uikit", OK, "the latest", ""},
		{"uikit, latest unknown", func(w *world) { w.Registry = Registry{Skipped: true} }, "uikit", OK, "UIKit 2.4.5 (chat)", ""},
		{"edited", func(w *world) { w.Mini.Files = []scaffold.FileStatus{{State: scaffold.Modified}} }, "uikit-files", Info, "1 modified", "tuikit-cli status my-app"},
		{"lost", func(w *world) {
			w.Mini.Files = []scaffold.FileStatus{{State: scaffold.Missing}, {State: scaffold.Extra}}
		}, "uikit-files", Warning, "1 missing, 1 extra", "tuikit-cli status my-app"},
		{"unreadable", func(w *world) {
			w.Mini.FilesErr = &Trouble{msg.T("error.no-app", "File", "x.js"), msg.T("error.no-app.next")}
		}, "uikit-files", Error, "x.js", msg.T("error.no-app.next").String()},
		{"stale", func(w *world) { w.Mini.Npm.Stale = 2 }, "miniprogram-npm", Warning, "2 files are not", "tuikit-cli build-npm my-app"},
		{"foreign", func(w *world) { w.Mini.Npm.Conflicts = 2 }, "miniprogram-npm", Warning, "neither built", "tuikit-cli build-npm my-app"},
		{"used and not asked for", func(w *world) {
			w.Mini.Npm = Built{Unknown: true, Unasked: []string{"a"}, Install: "npm install a"}
		}, "miniprogram-npm", Error, "in no package.json: a", "cd my-app && npm install a"},
		{"cannot be built", func(w *world) {
			w.Mini.Npm.Err = &Trouble{msg.T("error.no-app", "File", "x.js"), msg.T("error.no-app.next")}
		}, "miniprogram-npm", Error, "x.js", msg.T("error.no-app.next").String()},
		{"check warns", func(w *world) { w.Mini.Check.Warnings = 1 }, "check", Warning, "0 errors, 1 warning", "tuikit-cli check my-app"},
		{"check fails", func(w *world) { w.Mini.Check = Checked{Errors: 2, Warnings: 1} }, "check", Error, "2 errors, 1 warning", "tuikit-cli check my-app"},
		{"check cannot read", func(w *world) {
			w.Mini.Check.Err = &Trouble{msg.T("error.no-app", "File", "x.js"), msg.T("error.no-app.next")}
		}, "check", Error, "x.js", msg.T("error.no-app.next").String()},

		{"no config", func(w *world) { delete(w.files, "tuikit-config.js") }, "credentials", Error, "is not there", "tuikit-cli status my-app"},
		{"rewritten config", func(w *world) {
			w.write("tuikit-config.js", "import c from './mine';\nexport default { SDKAPPID: c.id, userID: c.user };\n")
		}, "credentials", Info, "was rewritten", "make sure"},
		{"nobody", func(w *world) { w.write("tuikit-config.js", "export default { SDKAPPID: 0, userID: '' };") }, "credentials", Warning, "SDKAPPID and userID are empty", "fill in tuikit-config.js"},
		{"no app", func(w *world) { w.write("tuikit-config.js", "export default { SDKAPPID: 0, userID: 'u' };") }, "credentials", Warning, "SDKAPPID is empty", "fill in tuikit-config.js"},
		{"no user", func(w *world) { w.write("tuikit-config.js", "export default { SDKAPPID: 1, userID: '' };") }, "credentials", Warning, "userID is empty", "fill in tuikit-config.js"},
		{"no key", func(w *world) { w.config("SECRETKEY: '',") }, "usersig", Warning, "SECRETKEY is empty", "fill in tuikit-config.js"},

		{"valid", func(w *world) { w.signed(t, 30*24*time.Hour, "u") }, "usersig", OK, "expires at 2026-06-03 12:00", ""},
		{"this week", func(w *world) { w.signed(t, 6*24*time.Hour, "u") }, "usersig", Info, "expires at 2026-05-10 12:00", "tuikit-cli usersig sign --write -C my-app"},
		{"today", func(w *world) { w.signed(t, time.Hour, "u") }, "usersig", Warning, "expires at 2026-05-04 13:00", "tuikit-cli usersig sign --write -C my-app"},
		{"expired", func(w *world) { w.signed(t, 0, "u") }, "usersig", Error, "expired at 2026-05-04 12:00", "tuikit-cli usersig sign --write -C my-app"},
		{"somebody else's", func(w *world) { w.signed(t, 30*24*time.Hour, "v") }, "usersig", Error, "is for SDKAppID 1400000000 and userID v", "tuikit-cli usersig sign --write -C my-app"},
		{"none", func(w *world) { w.way("static"); w.config("userSig: '',") }, "usersig", Warning, "userSig is empty", "tuikit-cli usersig sign --write -C my-app"},
		{"odd", func(w *world) { w.way("static"); w.config("userSig: 'abc',") }, "usersig", Error, "is no UserSig", "tuikit-cli usersig sign --write -C my-app"},

		{"server", func(w *world) { w.way("server"); w.config("userSigURL: 'https://a.example/sig?t=1',") }, "usersig", OK, "asked of a.example", ""},
		{"server here", func(w *world) { w.way("server"); w.config("userSigURL: 'http://127.0.0.1:3000/sig',") }, "usersig", Info, "127.0.0.1:3000, which phones", "tuikit-cli usersig serve -C my-app"},
		{"server without TLS", func(w *world) { w.way("server"); w.config("userSigURL: 'http://a.example/',") }, "usersig", Warning, "over http", "before the release"},
		{"no server", func(w *world) { w.way("server"); w.config("userSigURL: '',") }, "usersig", Warning, "userSigURL is empty", "before the release"},
		{"odd server", func(w *world) { w.way("server"); w.config("userSigURL: 'a.example/sig',") }, "usersig", Error, "no http or https", "before the release"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := healthy()
			row.change(w)
			findings := w.diagnose(t)
			i := slices.IndexFunc(findings, func(f Finding) bool { return f.ID == row.id })
			if i < 0 {
				t.Fatalf("nothing is said of %s", row.id)
			}
			f := findings[i]
			if f.Level != row.level || !strings.Contains(f.Message.String(), row.says) {
				t.Errorf("%s: %s, want %s: %s", f.Level, f.Message, row.level, row.says)
			}
			next := ""
			if len(f.Next) > 0 {
				next = f.Next[0].Command + f.Next[0].Text.String()
			}
			if !strings.HasPrefix(next, row.next) || (row.next == "") != (next == "") {
				t.Errorf("next %q, want %q", next, row.next)
			}
			for _, f := range findings {
				if (f.Level == OK) != (len(f.Next) == 0) {
					t.Errorf("%s is %s and has %d next steps", f.ID, f.Level, len(f.Next))
				}
			}
		})
	}
}

// TestOneCauseIsOneFinding: what cannot be known for a reason that is told already is
// left out.
func TestOneCauseIsOneFinding(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(*world)
		gone   []string
	}{
		{"npm", func(w *world) { w.Npm = npm.Tool{} }, []string{"registry"}},
		{"devtools", func(w *world) { w.DevTools = Tools{Err: &devtools.NotFoundError{}} }, []string{"devtools-port"}},
		{"devtools of Windows", func(w *world) { w.DevTools.Found.From = devtools.FromWindows }, []string{"devtools-port"}},
		{"no project", func(w *world) { w.Mini = nil }, []string{"project-config", "appid", "uikit", "check"}},
		{"cut off", func(w *world) { w.Mini.Unfinished = true }, []string{"uikit-files", "miniprogram-npm", "credentials", "check"}},
		{"not installed", func(w *world) { w.Mini.Npm.Unknown = true }, []string{"miniprogram-npm"}},
		{"no UIKit", func(w *world) { delete(w.files, "tuikit-lock.json") }, []string{"uikit-files", "credentials", "usersig"}},
	} {
		w := healthy()
		row.change(w)
		for _, f := range w.diagnose(t) {
			if slices.Contains(row.gone, f.ID) {
				t.Errorf("%s: %s is told", row.name, f.ID)
			}
		}
	}
}

// TestEverySession: an isolated subpackage has a config of its own.
func TestEverySession(t *testing.T) {
	w := healthy()
	w.write("tuikit-lock.json", `{"version": 1, "uikit": {"version": "2.4.5", "generation": "chat", "usersig": "debug"}, "integrations": [{"kind": "main"}, {"kind": "subpackage", "root": "a"}, {"kind": "subpackage", "root": "b", "isolated": true, "usersig": "static"}], "files": {}}`)
	w.write("b/tuikit-config.js", "export default {SDKAPPID: 1, userID: 'x', userSig: ''}")
	var got []string
	for _, f := range w.diagnose(t) {
		if f.ID == "usersig" && f.Level == Warning && f.Next[0].Command != "tuikit-cli usersig sign --write -C my-app --subpackage b" {
			t.Errorf("got %s", f.Next[0].Command)
		}
		if f.ID == "credentials" || f.ID == "usersig" {
			got = append(got, string(f.Level)+" "+strings.Fields(f.Message.String())[0])
		}
	}
	if want := []string{"ok tuikit-config.js:", "ok signed", "ok b/tuikit-config.js:", "warning b/tuikit-config.js:"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestAStepIsWhatItSays: the name of a subpackage is the project's, and no command.
func TestAStepIsWhatItSays(t *testing.T) {
	w := healthy()
	w.write("tuikit-lock.json", `{"version": 1, "uikit": {"version": "2.4.5", "generation": "chat"}, "integrations": [{"kind": "subpackage", "root": "a$(b)", "isolated": true, "usersig": "static"}], "files": {}}`)
	w.write("a$(b)/tuikit-config.js", "export default {SDKAPPID: 1, userID: 'x', userSig: ''}")
	found := w.diagnose(t)
	i := slices.IndexFunc(found, func(f Finding) bool { return f.ID == "usersig" })
	if want := "tuikit-cli usersig sign --write -C my-app --subpackage 'a$(b)'"; i < 0 || found[i].Next[0].Command != want {
		t.Errorf("%+v", found)
	}
}

// TestNoKeyIsTold: whatever a config says, the SecretKey is in no text.
func TestNoKeyIsTold(t *testing.T) {
	for _, lines := range []string{"SECRETKEY: 'sesame',", "SECRETKEY: \"sesame\"", "'SECRETKEY': `sesame`,", "SECRETKEY: 'sesame' + x,"} {
		w := healthy()
		w.config(lines)
		for _, f := range w.diagnose(t) {
			said := f.Message.String() + f.Detail.String()
			for _, step := range f.Next {
				said += step.Command + step.Text.String()
			}
			if strings.Contains(said, "sesame") {
				t.Errorf("%s: %s", lines, said)
			}
		}
	}
}

// TestEngines: an npm's own range holds for its own Node.js releases, and each version
// of Node.js that was tried has an npm that is made for it.
func TestEngines(t *testing.T) {
	for node, want := range map[string]string{"10.24.1": "7", "12.22.12": "8", "14.21.3": "9", "16.17.0": "9", "16.20.2": "9", "18.20.8": "10", "20.20.2": "11", "22.23.3": "11", "24.21.0": "11", "26.10.0": "11"} {
		w := healthy()
		w.Node.Version, w.Npm.Version = node, want+".0.0"
		for _, f := range w.diagnose(t) {
			if f.ID == "npm" && f.Level != OK {
				t.Errorf("Node.js %s: npm %s: %s", node, want, f.Message)
			}
		}
	}
}
