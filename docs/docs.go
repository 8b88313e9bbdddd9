// Package docs holds the pages that the program itself shows.
package docs

import (
	_ "embed" // for the pages below
	"strings"
)

//go:embed checks.md
var english string

//go:embed checks.zh-CN.md
var chinese string

// Rule is the section of a rule in docs/checks.md: its title, which is the first
// line below the heading, and all of it as Markdown.
func Rule(id string, inChinese bool) (title, page string, ok bool) {
	text := english
	if inChinese {
		text = chinese
	}
	return section(strings.ReplaceAll(text, "\r\n", "\n"), id) // as git may write them on Windows
}

func section(text, id string) (title, page string, ok bool) {
	_, rest, ok := strings.Cut(text, "\n## "+id+"\n")
	if !ok {
		return "", "", false
	}
	body, _, _ := strings.Cut(rest, "\n## ")
	body = strings.TrimSpace(body)
	title, _, _ = strings.Cut(body, "\n")
	return strings.Trim(title, "*"), "# " + id + "\n\n" + body + "\n", true
}
