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
	_, rest, ok := strings.Cut(text, "\n## "+id+"\n")
	if !ok {
		return "", "", false
	}
	section, _, _ := strings.Cut(rest, "\n## ")
	section = strings.TrimSpace(section)
	title, _, _ = strings.Cut(section, "\n")
	return strings.Trim(title, "*"), "# " + id + "\n\n" + section + "\n", true
}
