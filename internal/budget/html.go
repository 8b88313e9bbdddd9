package budget

import (
	"crypto/sha256"
	_ "embed" // the page and its words
	"encoding/base64"
	"encoding/json"
	"html"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// The page comes in parts, so that an editor knows each for what it is. Its words are
// its own, not those of internal/msg: it holds both languages, and JavaScript picks.
var (
	//go:embed treemap.html
	pageFrame string
	//go:embed treemap.css
	pageStyle string
	//go:embed treemap.js
	pageScript string
	//go:embed treemap.json
	pageWords []byte
)

// Page is what the HTML form of a report needs beside the numbers.
type Page struct {
	Lang    msg.Lang // shown first; the page can switch
	Project string   // a name for the mini program, as title
	Tool    string   // name and version of what made the page
}

// wording is a text of the page in both languages.
type wording struct {
	English string `json:"en"`
	Chinese string `json:"zh"`
}

func (w wording) in(lang msg.Lang) string {
	if lang == msg.Chinese {
		return w.Chinese
	}
	return w.English
}

// HTML draws the report as one self-contained page: it asks for nothing from anywhere,
// and its Content-Security-Policy lets it do nothing but run its own script. The same
// report gives the same bytes.
func HTML(r *Report, o Page) ([]byte, error) {
	words := map[string]wording{}
	if err := json.Unmarshal(pageWords, &words); err != nil {
		return nil, err
	}
	data, err := embed(newPageData(r, o))
	if err != nil {
		return nil, err
	}
	texts, err := embed(words)
	if err != nil {
		return nil, err
	}
	style, script := unixLines(pageStyle), unixLines(pageScript)
	title := o.Project + " - " + words["title"].in(o.Lang)
	return []byte(strings.NewReplacer(
		"{{lang}}", pageLang(o.Lang),
		"{{title}}", html.EscapeString(title),
		"{{style-hash}}", sourceHash(style),
		"{{script-hash}}", sourceHash(script),
		"{{style}}", style,
		"{{script}}", script,
		"{{words}}", texts,
		"{{data}}", data,
		"{{noscript}}", html.EscapeString(words["noscript"].in(o.Lang)),
	).Replace(unixLines(pageFrame))), nil
}

// unixLines are what a browser makes of line ends before it hashes a script. Where git
// wrote Windows line ends, the page has the same bytes nevertheless.
func unixLines(part string) string { return strings.ReplaceAll(part, "\r\n", "\n") }

func pageLang(lang msg.Lang) string {
	if lang == msg.Chinese {
		return "zh-CN"
	}
	return "en"
}

// embed is JSON that can stand in a script element: encoding/json writes <, > and &
// as \u003c, \u003e and \u0026, so that no name of a file ends the element.
func embed(value any) (string, error) {
	content, err := json.Marshal(value)
	return string(content), err
}

// sourceHash names an inline script or style in a Content-Security-Policy (W3C CSP3, 2.3.1).
func sourceHash(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
