package docs

import (
	"regexp"
	"strings"
	"testing"
)

var ruleID = regexp.MustCompile(`^[a-z0-9-]+$`)

// TestRule: every rule's section of one language is one of the other, and begins with its
// title.
func TestRule(t *testing.T) {
	for _, inChinese := range []bool{false, true} {
		text := english
		if inChinese {
			text = chinese
		}
		for _, section := range strings.Split(text, "\n## ")[1:] {
			id, _, _ := strings.Cut(section, "\n")
			if !ruleID.MatchString(id) {
				continue
			}
			for _, other := range []bool{false, true} {
				title, page, ok := Rule(id, other)
				if !ok || title == "" || strings.Contains(title, "\n") || !strings.HasPrefix(page, "# "+id+"\n\n") || !strings.HasSuffix(page, "\n") || strings.HasSuffix(page, "\n\n") {
					t.Errorf("Rule(%s, %v): title %q, ok %v", id, other, title, ok)
				}
				if strings.Contains(page, "\n## ") {
					t.Errorf("Rule(%s, %v) has more than one section", id, other)
				}
			}
		}
	}
}

// TestLineEnds: git may write the pages with those of Windows.
func TestLineEnds(t *testing.T) {
	title, page, _ := Rule("app-file", false)
	defer func(text string) { english = text }(english)
	english = strings.ReplaceAll(english, "\n", "\r\n")
	if gotTitle, gotPage, ok := Rule("app-file", false); !ok || gotTitle != title || gotPage != page {
		t.Errorf("%q, %v", gotTitle, ok)
	}
}

func TestRuleThatIsNone(t *testing.T) {
	for _, id := range []string{"", "no-such-rule", "module"} {
		if title, page, ok := Rule(id, false); ok || title != "" || page != "" {
			t.Errorf("Rule(%q) = %q, %q", id, title, page)
		}
	}
}
