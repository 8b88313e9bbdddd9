package budget

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

// estimateWXSS is the size of a style sheet. Either setting, "postcss" or "minifyWXSS",
// turns on both: prefixes for iOS 8 and Chrome 37, and cssnano (summer/plugins/base/wxss.js,
// which pluginconfig.js gives no options).
func estimateWXSS(data []byte, s Settings) int64 {
	if !s.PostCSS && !s.MinifyWXSS {
		return int64(len(data))
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	return int64(len(minifyCSS(text)) + prefixed(text))
}

// minifyCSS is what esbuild makes of a style sheet, with neighbours merged that have
// declarations in common, which esbuild leaves and cssnano does not.
func minifyCSS(text string) string {
	if script.TooDeep([]byte(text)) {
		return text
	}
	result := api.Transform(text, api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true,
		LogLevel: api.LogLevelSilent, Charset: api.CharsetUTF8, LegalComments: api.LegalCommentsInline})
	if len(result.Errors) > 0 {
		return text
	}
	return mergeRules(strings.TrimSuffix(string(result.Code), "\n"))
}

// rule is a minified rule; an at-rule and what is between rules has no selector.
type rule struct {
	selector     string
	declarations []string
	other        string
}

func (r rule) text() string {
	switch {
	case r.selector == "":
		return r.other
	case len(r.declarations) == 0:
		return ""
	}
	return r.selector + "{" + strings.Join(r.declarations, ";") + "}"
}

// mergeRules joins what neighbouring rules have in common where that is shorter.
func mergeRules(text string) string {
	var rules []rule
	for text != "" {
		next, n := nextRule(text)
		text = text[n:]
		rules = merge(rules, next)
	}
	var b strings.Builder
	for _, r := range rules {
		b.WriteString(r.text())
	}
	return b.String()
}

// nextRule reads one rule of minified text, and tells its length.
func nextRule(text string) (rule, int) {
	open := strings.IndexAny(text, "{;")
	if open < 0 || text[open] == ';' || strings.HasPrefix(text, "/*") {
		n := len(text)
		if strings.HasPrefix(text, "/*") {
			n = until(text, "*/")
		} else if open >= 0 {
			n = open + 1
		}
		return rule{other: text[:n]}, n
	}
	end := closing(text, open)
	body := text[open+1 : max(open+1, end-1)]
	if text[0] == '@' {
		if strings.HasPrefix(text, "@media") {
			body = mergeRules(body)
		}
		return rule{other: text[:open+1] + body + "}"}, end
	}
	return rule{selector: text[:open], declarations: splitDeclarations(body)}, end
}

// closing is the offset behind the brace that closes the one at open.
func closing(text string, open int) int {
	depth, quote := 0, byte(0)
	for i := open; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == '\\' {
				i++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// splitDeclarations cuts at semicolons that are in no string and no parentheses.
func splitDeclarations(body string) []string {
	var list []string
	depth, quote, start := 0, byte(0), 0
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case quote != 0:
			if c == quote && body[i-1] != '\\' {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == ';' && depth <= 0:
			list = append(list, body[start:i])
			start = i + 1
		}
	}
	return append(list, body[start:])
}

// longestBody is the number of declarations up to which rules are compared.
const longestBody = 100

// merge appends a rule, or what is left of it and of the last one when the common part
// has a rule of its own.
func merge(rules []rule, next rule) []rule {
	if len(rules) == 0 || next.selector == "" || rules[len(rules)-1].selector == "" || len(next.declarations) > longestBody {
		return append(rules, next)
	}
	last := rules[len(rules)-1]
	if strings.Contains(last.selector+next.selector, ":-") {
		return append(rules, next)
	}
	var common, rest []string
	for _, d := range next.declarations {
		if slices.Contains(last.declarations, d) {
			common = append(common, d)
		} else {
			rest = append(rest, d)
		}
	}
	if len(common) == 0 {
		return append(rules, next)
	}
	left := rule{selector: last.selector}
	for _, d := range last.declarations {
		if !slices.Contains(common, d) {
			left.declarations = append(left.declarations, d)
		}
	}
	both := rule{selector: last.selector + "," + next.selector, declarations: common}
	right := rule{selector: next.selector, declarations: rest}
	if len(left.text())+len(both.text())+len(right.text()) >= len(last.text())+len(next.text()) {
		return append(rules, next)
	}
	rules = rules[:len(rules)-1]
	for _, r := range []rule{left, both, right} {
		if len(r.declarations) > 0 {
			rules = append(rules, r)
		}
	}
	return rules
}

// needPrefix are declarations to which Autoprefixer adds one for iOS 8 or Chrome 37
// (observed; "-webkit-" in all of them).
var needPrefix = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)(^|[;{\s])((?:align-(?:items|content|self)|justify-content|flex(?:-(?:direction|wrap|flow|grow|shrink|basis))?|order|transform(?:-(?:origin|style))?|` +
		`animation(?:-[a-z-]+)?|backdrop-filter|filter|user-select|appearance|backface-visibility|perspective(?:-origin)?|clip-path|mask(?:-[a-z-]+)?|hyphens|` +
		`text-size-adjust|box-decoration-break|column-(?:count|gap|rule|width)|columns|writing-mode|text-decoration-(?:line|style|color|skip)|shape-outside|` +
		`display\s*:\s*(?:inline-)?flex|position\s*:\s*sticky|(?:transition|will-change)\s*:[^;}]*transform)\b[^;{}:]*)(:[^;{}]*)?`)
})

var keyframes = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`@keyframes\s+[\w-]+`) })

// prefixed is the number of bytes that prefixes add to a minified style sheet.
func prefixed(text string) int {
	added, end := 0, 0
	for start := 0; start < len(text); start = end {
		end = len(text) // rule by rule: of a long text, regexp makes ten times the work
		if n := strings.IndexByte(text[start+1:], '}'); n >= 0 {
			end = start + 1 + n
		}
		for _, m := range needPrefix().FindAllStringSubmatchIndex(text[start:end], -1) {
			at, declaration := start+m[4], text[start+m[4]:start+m[1]]
			if property := "-webkit-" + firstWord(declaration); strings.Contains(text[max(0, at-400):at], property+":") && lastRule(text[:at], property) {
				continue
			}
			added += len("-webkit-") + width(declaration) + 1
		}
	}
	for _, m := range keyframes().FindAllStringIndex(text, -1) {
		end := closing(text, m[0]+strings.IndexByte(text[m[0]:]+"{", '{'))
		if !strings.Contains(text, "@-webkit-keyframes"+strings.TrimPrefix(text[m[0]:m[1]], "@keyframes")) {
			added += len("-webkit-") + width(text[m[0]:end])
		}
	}
	return added
}

func firstWord(declaration string) string {
	word, _, _ := strings.Cut(declaration, ":")
	return strings.TrimSpace(word)
}

// lastRule reports whether the rule that text ends in has the word.
func lastRule(text, word string) bool {
	return strings.Contains(text[strings.LastIndexByte(text, '{')+1:], word)
}

// width is the length of a declaration without most of its white space.
func width(text string) int {
	words := strings.Fields(text)
	n := len(words) - 1
	for _, w := range words {
		n += len(w)
		if strings.HasSuffix(w, ":") || strings.HasSuffix(w, ";") || strings.HasSuffix(w, "{") || strings.HasSuffix(w, "}") {
			n--
		}
	}
	return n
}
