// Package templates holds the text of every file that this tool generates.
//
// The files lie under files/, each named as it will be in the mini program, plus
// ".tmpl". Render knows nothing of where they go.
package templates

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"text/template"
)

//go:embed files
var files embed.FS

var parsed = parse()

// parse names each template by its path below files/: home/index.js and
// chat/index.js are different ones.
func parse() *template.Template {
	all := template.New("").Option("missingkey=error").Funcs(template.FuncMap{"quote": Quote, "json": quoteJSON})
	err := fs.WalkDir(files, "files", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := files.ReadFile(name)
		if err != nil {
			return err
		}
		name = strings.TrimSuffix(strings.TrimPrefix(name, "files/"), ".tmpl")
		_, err = all.New(name).Parse(string(content))
		return err
	})
	return template.Must(all, err)
}

// quoteJSON is s as a JSON string.
func quoteJSON(s string) (string, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(s)
	return strings.TrimSuffix(out.String(), "\n"), err
}

// Quote is s as a JavaScript string in single quotes.
func Quote(s string) (string, error) {
	double, err := quoteJSON(s)
	if err != nil {
		return "", err
	}
	inner := strings.ReplaceAll(double[1:len(double)-1], `\"`, `"`)
	return "'" + strings.ReplaceAll(inner, "'", `\'`) + "'", nil
}

// Module is a script that the session imports.
type Module struct {
	Name string // the variable
	From string // the specifier
	Key  string // plugins: the name under which the SDK knows it
}

// Session is what tuikit-session.js is made of.
type Session struct {
	SDK     Module
	Plugins []Module
	Global  string // the property of wx that holds the SDK's module
	CallKit bool   // components read wx.$globalData.userID
	UserSig string // "debug", "static" or "server"
	Debug   string // specifier of GenerateTestUserSig; only with "debug"

	Isolated bool // it brings the helpers of WeChat's compiler with it
}

// Helpers is the script that asks for the helpers of an isolated subpackage.
type Helpers struct {
	Modules []string // npm modules
}

// Config is what tuikit-config.js says. Zero values are placeholders to fill in.
type Config struct {
	SDKAppID  uint64
	UserID    string
	UserSig   string // how a UserSig is obtained: "debug", "static" or "server"
	SecretKey string // "debug"
	Expire    int64  // seconds
	Signed    string // "static": the UserSig itself
	URL       string // "server"
}

// ChatPage is a page that shows the UIKit.
type ChatPage struct {
	Session   string // specifier of the session module
	Component string // path of the UIKit's index component
}

// HomePage is the plain home page of a new project.
type HomePage struct {
	Target string // URL of the chat page; "" for no way in
}

// Block is what goes into app.js.
type Block struct {
	Module  bool   // app.js is an ES module
	Session string // specifier of the session module
}

// AppConfig is app.json of a new project.
type AppConfig struct{ Page string }

// ProjectConfig is project.config.json of a new project.
type ProjectConfig struct {
	AppID   string
	Name    string
	Ignored []PackRule

	Existing bool // somebody's own mini program: nothing that changes how it is built
}

// PackRule is a rule of packOptions in project.config.json.
type PackRule struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// Render fills in the template files/NAME.tmpl (NAME: "app.js", "chat/index.js"). A value that the template asks
// for and data does not have is an error.
func Render(name string, data any) ([]byte, error) {
	var out bytes.Buffer
	if err := parsed.ExecuteTemplate(&out, name, data); err != nil {
		return nil, fmt.Errorf("template %s: %w", name, err)
	}
	return out.Bytes(), nil
}
