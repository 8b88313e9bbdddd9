package scaffold

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/templates"
)

// signInAtLaunch puts the tagged block into app.js. Where that cannot be done
// safely the file stays as it is, and what to write becomes a manual step.
func (r *recipe) signInAtLaunch() error {
	name := appScript(r.disk, r.project)
	if name == "app.js" && r.Exists(r.project.Path(name)) && r.Exists(r.project.Path("app.ts")) {
		// What WeChat reads may be made of the other by a build of the user's own.
		if err := r.launchFrom("app.ts"); err != nil {
			return err
		}
	}
	if !r.Exists(r.project.Path(name)) {
		if r.Exists(r.project.Path("app.ts")) {
			r.Manual = append(r.Manual, msg.T("manual.app-ts", "File", r.project.Path("app.ts"), "Code", blockText(true)))
			return nil
		}
		r.Manual = append(r.Manual, msg.T("manual.app-missing", "File", r.project.Path("app.js"), "Code", blockText(false)))
		return nil
	}
	return r.launchFrom(name)
}

// launchFrom puts the block into one script.
func (r *recipe) launchFrom(name string) error {
	data, err := r.ReadFile(r.project.Path(name))
	if err != nil {
		return err
	}
	if block, _, ok := findBlock(data); ok {
		if known := r.lock.Blocks[r.project.Path(name)]; known != "" && known != plan.Hash([]byte(block)) {
			r.Notes = append(r.Notes, msg.T("note.block-edited", "File", r.project.Path(name)))
		}
		return nil
	}
	if bytes.Contains(data, []byte(sessionModule)) {
		return nil // the user's own way to the same
	}
	out, block, err := insertBlock(name, data)
	if err != nil {
		r.Manual = append(r.Manual, msg.T("manual.app", "File", r.project.Path(name), "Error", err.Error(), "Code", blockText(false)))
		return nil
	}
	r.lock.Blocks[r.project.Path(name)] = plan.Hash([]byte(block))
	return r.editFile(r.project.Path(name), msg.T("why.launch"), func([]byte) ([]byte, error) { return out, nil })
}

// appScript is the file that WeChat takes for the app: app.ts beats app.js only
// where the project compiles TypeScript (observed).
func appScript(fsys fs.FS, p *project.Project) string {
	if _, err := fs.Stat(fsys, p.Path("app.ts")); err == nil && p.Config.TypeScript() {
		return "app.ts"
	}
	return "app.js"
}

func blockText(esModule bool) string {
	text, err := templates.Render("app.block", templates.Block{Module: esModule, Session: "./" + sessionModule})
	if err != nil {
		panic(err) // our own embedded template, rendered by the tests
	}
	return string(text)
}

// insertBlock adds the block after the leading comments and directives, by import
// where the script is an ES module and by require elsewhere. The error is the
// parser's, for the script as it is or as it would be.
func insertBlock(name string, script []byte) (out []byte, block string, err error) {
	esModule, err := graph.IsModule(name, script)
	if err != nil {
		return nil, "", err
	}
	esModule = esModule || strings.HasSuffix(name, ".ts")
	eol := lineEnd(script)
	block = strings.ReplaceAll(blockText(esModule), "\n", eol)
	at := headEnd(script)
	before, after := script[:at], script[at:]
	out = append(out, before...)
	if len(before) > 0 && !endsLine(before) {
		out = append(out, eol...)
	}
	out = append(out, block...)
	out = append(out, after...)
	_, err = graph.IsModule(name, out)
	return out, block, err
}

// What a managed block begins and ends with.
const (
	blockBegin = "// tuikit-cli:begin session"
	blockEnd   = "// tuikit-cli:end session"
)

// findBlock finds the managed block in a script: its lines, and where they begin.
func findBlock(script []byte) (block string, at int, ok bool) {
	at = bytes.Index(script, []byte(blockBegin))
	if at < 0 {
		return "", 0, false
	}
	length := bytes.Index(script[at:], []byte(blockEnd))
	if length < 0 {
		return "", 0, false
	}
	end := lineAfter(string(script), at+length)
	return string(script[at:end]), at, true
}

// removeBlock takes the managed block out.
func removeBlock(script []byte) []byte {
	block, at, ok := findBlock(script)
	if !ok {
		return script
	}
	return slices.Concat(script[:at], script[at+len(block):])
}

func endsLine(data []byte) bool {
	return bytes.HasSuffix(data, []byte("\n")) || bytes.Equal(data, []byte("\ufeff"))
}

// lineEnd is how the file ends its lines, by its first one.
func lineEnd(data []byte) string {
	if i := bytes.IndexByte(data, '\n'); i > 0 && data[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// headEnd is the offset behind the byte order mark, hashbang, comments and
// directives ('use strict') at the beginning of a script, and behind the end of
// their last line when nothing else stands on it.
func headEnd(script []byte) int {
	s := string(script)
	end := 0
	if strings.HasPrefix(s, "\ufeff") {
		end = len("\ufeff")
	}
	if strings.HasPrefix(s[end:], "#!") {
		end = lineAfter(s, end)
	}
	for {
		next := end + len(s[end:]) - len(strings.TrimLeft(s[end:], " \t\r\n"))
		after := skipHead(s, next)
		if after == next {
			return end
		}
		end = restOfLine(s, after)
	}
}

// skipHead returns the offset behind the comment or directive at i, or i.
func skipHead(s string, i int) int {
	rest := s[i:]
	switch {
	case strings.HasPrefix(rest, "//"):
		return lineAfter(s, i)
	case strings.HasPrefix(rest, "/*"):
		if close := strings.Index(rest, "*/"); close >= 0 {
			return i + close + len("*/")
		}
	case strings.HasPrefix(rest, "'"), strings.HasPrefix(rest, `"`):
		return skipDirective(s, i)
	}
	return i
}

// skipDirective: a string that is a whole statement. One that goes on ('a' + b)
// is an expression and not ours to part.
func skipDirective(s string, i int) int {
	length := strings.IndexAny(s[i+1:], s[i:i+1]+"\\\n")
	if length < 0 || s[i+1+length] != s[i] {
		return i
	}
	end := i + length + 2
	rest := strings.TrimLeft(s[end:], " \t")
	switch {
	case strings.HasPrefix(rest, ";"):
		return len(s) - len(rest) + 1
	case rest == "", rest[0] == '\n', rest[0] == '\r', strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"):
		if goesOn(s[end:]) {
			return i
		}
		return end
	}
	return i
}

// goesOn reports whether what follows a string without a semicolon carries the
// statement on to the next line.
func goesOn(rest string) bool {
	rest = strings.TrimLeft(rest, " \t\r\n")
	if rest == "" || strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") {
		return false
	}
	return strings.ContainsAny(rest[:1], "([`.,+-*/%=<>&|^?:")
}

// restOfLine moves i behind the line end when only white space is left on the line.
func restOfLine(s string, i int) int {
	rest := strings.TrimLeft(s[i:], " \t\r")
	if strings.HasPrefix(rest, "\n") {
		return len(s) - len(rest) + 1
	}
	return i
}

func lineAfter(s string, i int) int {
	if n := strings.IndexByte(s[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(s)
}
