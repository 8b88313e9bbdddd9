package templates

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// renderings is every template with every way to fill it in.
var renderings = map[string][]any{
	"app.js":                      {nil},
	"app.wxss":                    {nil},
	"app.json":                    {AppConfig{Page: "pages/index/index"}},
	"sitemap.json":                {nil},
	"project.config.json":         {ProjectConfig{AppID: "wx1", Name: `my "app" <1>`, Ignored: []PackRule{{"file", "a.json"}, {"folder", ".b"}}}, ProjectConfig{}, ProjectConfig{Existing: true}},
	"tuikit-session.d.ts":         {nil},
	"project.private.config.json": {nil},
	"gitignore":                   {nil},
	"home/index.js":               {HomePage{}, HomePage{Target: "/chat/pages/index"}},
	"home/index.json":             {nil},
	"home/index.wxml":             {HomePage{}, HomePage{Target: "/chat/pages/index"}},
	"home/index.wxss":             {nil},
	"chat/index.js":               {ChatPage{Session: "./s"}},
	"chat/index.json":             {ChatPage{Component: "../../TUIKit/index"}},
	"chat/index.wxml":             {ChatPage{}},
	"chat/index.wxss":             {nil},
	"app.block":                   {Block{Session: "./s"}, Block{Session: "./s", Module: true}},
	"entry.block":                 {HomePage{Target: "/chat/pages/index"}},
	"tuikit-config.js":            {Config{UserSig: "debug", UserID: `it's "me" \ 我`, SDKAppID: 1}, Config{UserSig: "static", Signed: "x"}, Config{UserSig: "server", URL: "https://x.cn/?a=b&c=<d>"}},
	"tuikit-session.js": {
		session("debug", true), session("static", false), session("server", true), Session{UserSig: "static", SDK: Module{Name: "SDK", From: "sdk"}, Global: "SDK", Isolated: true},
	},
	"tuikit-helpers.js": {Helpers{}, Helpers{Modules: []string{"@babel/runtime/helpers/typeof"}}},
}

func session(userSig string, callKit bool) Session {
	s := Session{SDK: Module{Name: "SDK", From: "sdk"}, Plugins: []Module{{Name: "P", From: "p", Key: "p"}}, Global: "SDK", CallKit: callKit, UserSig: userSig}
	if userSig == "debug" {
		s.Debug = "./debug/GenerateTestUserSig"
	}
	return s
}

func TestEveryTemplateRendersToSomethingValid(t *testing.T) {
	for name, values := range renderings {
		for _, value := range values {
			data, err := Render(name, value)
			if err != nil {
				t.Error(err)
				continue
			}
			if strings.Contains(string(data), "<no value>") {
				t.Errorf("%s: a value is missing:\n%s", name, data)
			}
			if strings.HasSuffix(name, ".json") && !json.Valid(data) {
				t.Errorf("%s is not JSON:\n%s", name, data)
			}
			if strings.HasSuffix(name, ".js") || name == "app.block" {
				result := api.Transform(string(data), api.TransformOptions{LogLevel: api.LogLevelSilent})
				if len(result.Errors)+len(result.Warnings) > 0 {
					t.Errorf("%s: %v %v\n%s", name, result.Errors, result.Warnings, data)
				}
			}
		}
	}
}

func TestEveryTemplateIsTested(t *testing.T) {
	err := fs.WalkDir(files, "files", func(name string, entry fs.DirEntry, err error) error {
		name = strings.TrimSuffix(strings.TrimPrefix(name, "files/"), ".tmpl")
		if !entry.IsDir() && renderings[name] == nil {
			t.Errorf("%s is not rendered by any test", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnknownKeyIsAnError(t *testing.T) {
	if _, err := Render("chat/index.js", HomePage{}); err == nil {
		t.Error("a template got what it does not know, and said nothing")
	}
	if _, err := Render("no-such-file", nil); err == nil {
		t.Error("no such template, and no error")
	}
}

func FuzzQuote(f *testing.F) {
	f.Add(`it's "me" \`)
	f.Add("\u2028</script>\x00")
	f.Fuzz(func(t *testing.T, s string) {
		quoted, err := Quote(s)
		if err != nil {
			t.Fatal(err)
		}
		result := api.Transform("x = "+quoted, api.TransformOptions{LogLevel: api.LogLevelSilent})
		if len(result.Errors) > 0 || strings.Contains(quoted, "\n") {
			t.Errorf("%q became %s", s, quoted)
		}
	})
}
