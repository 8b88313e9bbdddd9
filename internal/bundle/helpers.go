package bundle

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// Runtime is the npm package with the helpers that WeChat's compiler writes into
// scripts whose syntax it lowers (miniprogram-ci 2.1.42: Babel's helpers 7.21.0).
//
// The compiler adds its own copy of them to the main package, for the scripts of
// every subpackage that is not independent, and points the scripts to it. It does
// neither for a helper that the text of the script asks for itself, if only in a
// comment (observed): then the script goes on asking for the npm package, and the
// loader finds it in the subpackage's own miniprogram_npm. Mark writes that comment.
const Runtime = "@babel/runtime"

// HelperModule is the npm module of a helper.
func HelperModule(name string) string { return Runtime + "/helpers/" + name }

// IsHelper reports whether a file is a helper, as npm has it: it is lowered already,
// in a way that the compiler knows and leaves alone (observed).
func IsHelper(name string) bool {
	_, module, _ := Cut(name)
	return strings.HasPrefix(module, Runtime+"/helpers/")
}

// rule says which helpers syntax may need: where esbuild names the feature, if there
// is one, and the text has all the words.
type rule struct {
	feature string
	words   []*regexp.Regexp
	helpers []string
}

func words(patterns ...string) []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, pattern := range patterns {
		all = append(all, regexp.MustCompile(pattern))
	}
	return all
}

// What esbuild calls the features, in "Transforming … to the configured target".
const (
	asyncFunction  = "async functions"
	asyncGenerator = "async generator functions"
	classSyntax    = "class syntax"
	arrayPattern   = "destructuring ["
	objectPattern  = "destructuring {"
	emptyPattern   = "destructuring {}"     // or nothing but a rest
	duplicateKey   = "duplicate-object-key" // a warning
	forAwait       = "for-await loops"
	forOf          = "for-of loops"
	generator      = "generator functions"
	objectLiteral  = "object literal extensions"
)

const dots = `\.\.\.`

// rules are made when they are asked for: most commands look at no script.
var rules = sync.OnceValue(func() []rule {
	return []rule{
		{"", words(`\btypeof\b`), []string{"typeof"}},
		{"", words(`\bimport\s*[\p{L}_$]|\bdefault\b`, `\b(?:im|ex)port\b`), []string{"interopRequireDefault"}},
		{"", words(`\b(?:im|ex)port\s*\*\s*as\b|\bimport\s+[\p{L}_$][\p{L}\w$]*\s*,|\b(?:im|ex)port\s*\{[^}]*\bdefault\b`), []string{"interopRequireWildcard"}},
		{"", words(`\bregeneratorRuntime\b`), []string{"regeneratorRuntime"}},
		{"", words(dots), []string{"toConsumableArray", "objectSpread2"}},
		{"", words(dots, `\bnew\b`), []string{"construct"}},
		{"", words(`\bsuper\s*[.\[]`), []string{"get", "getPrototypeOf", "set"}},
		{"", words("[\\w$)\\]]`"), []string{"taggedTemplateLiteral"}},
		{"", words(`\(\?<[\p{L}_$]`), []string{"wrapRegExp"}},
		{"", words(`(?:[\w$\]]|\barguments)\s*\??\.\s*includes\b`), []string{"Arrayincludes"}},
		{"", words(`\bObject\s*\??\.\s*entries\b`), []string{"Objectentries"}},
		{"", words(`\bObject\s*\??\.\s*values\b`), []string{"Objectvalues"}},
		{asyncFunction, nil, []string{"asyncToGenerator", "regeneratorRuntime"}},
		{generator, nil, []string{"regeneratorRuntime"}},
		{asyncGenerator, nil, []string{"wrapAsyncGenerator", "awaitAsyncGenerator", "regeneratorRuntime"}},
		{asyncGenerator, words(`\byield\s*\*`), []string{"asyncGeneratorDelegate", "asyncIterator"}},
		{forAwait, nil, []string{"asyncIterator", "asyncToGenerator", "regeneratorRuntime"}},
		{forOf, nil, []string{"createForOfIteratorHelper"}},
		{arrayPattern, nil, []string{"slicedToArray"}},
		{arrayPattern, words(dots), []string{"toArray"}},
		{objectPattern, words(dots), []string{"objectWithoutProperties", "extends", "toPropertyKey"}},
		{emptyPattern, nil, []string{"objectDestructuringEmpty"}},
		{objectLiteral, words(`\]\s*[:(]`), []string{"defineProperty"}},
		{objectLiteral, words(`\b[gs]et\s*\[`), []string{"defineAccessor", "defineEnumerableProperties"}},
		{duplicateKey, nil, []string{"defineProperty"}},
		{classSyntax, nil, []string{"classCallCheck", "createClass"}},
		{classSyntax, words(`\bextends\b`), []string{"assertThisInitialized", "createSuper", "getPrototypeOf", "inherits", "possibleConstructorReturn"}},
		{classSyntax, words(`\bextends\s+[A-Z]`), []string{"wrapNativeSuper"}},
		{classSyntax, words(`#[\p{L}_$]`), []string{"classPrivateFieldLooseBase", "classPrivateFieldLooseKey"}},
		{classSyntax, words(`#[\p{L}_$][\w$]*\s+in\b`), []string{"checkInRHS"}},
	}
})

// unsupported makes esbuild name what it finds of the features.
var unsupported = map[string]bool{
	"async-await": false, "async-generator": false, "class": false, "destructuring": false,
	"for-await": false, "for-of": false, "generator": false, "object-extensions": false,
}

// Helpers lists the helpers that WeChat's compiler may put into a script (Babel's
// preset-env for Chrome 53 and iOS 8, transform-runtime and modules-commonjs), sorted:
// rather one too many, as a helper that is not listed lands in the main package.
func Helpers(source []byte) []string {
	source = Unmark(source)
	features := featuresOf(source)
	var names []string
	for _, rule := range rules() {
		if rule.feature != "" && !features[rule.feature] {
			continue
		}
		if !slices.ContainsFunc(rule.words, func(word *regexp.Regexp) bool { return !word.Match(source) }) {
			names = append(names, rule.helpers...)
		}
	}
	if importsTwice(source) {
		names = append(names, "interopRequireWildcard")
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// importFrom finds what a script imports by name, and from where.
var importFrom = regexp.MustCompile(`\bimport\s*([^'";]*?)\bfrom\s*['"]([^'"]+)['"]`)

// importsTwice reports whether a script imports the default export of a module, and in
// another line some other: the compiler makes one require of both.
func importsTwice(source []byte) bool {
	whole, parts := map[string]bool{}, map[string]bool{}
	for _, found := range importFrom.FindAllSubmatch(source, -1) {
		from := parts
		if !bytes.HasPrefix(found[1], []byte("{")) {
			from = whole
		}
		from[string(found[2])] = true
	}
	for spec := range whole {
		if parts[spec] {
			return true
		}
	}
	return false
}

// featuresOf has esbuild find what it is told not to support. What does not parse
// has no features: the compiler refuses it.
func featuresOf(source []byte) map[string]bool {
	result := api.Transform(string(source), api.TransformOptions{Supported: unsupported, LogLevel: api.LogLevelSilent})
	features := map[string]bool{}
	for _, message := range append(result.Errors, result.Warnings...) {
		text, _, _ := strings.Cut(strings.TrimPrefix(message.Text, "Transforming "), " to the configured target")
		features[message.ID] = true
		features[text] = true
		if at := message.Location; at != nil && text == "destructuring" && at.Column < len(at.LineText) {
			pattern := at.LineText[at.Column:]
			features[text+" "+pattern[:1]] = true
			features[emptyPattern] = features[emptyPattern] || noKeys().MatchString(pattern)
		}
	}
	delete(features, "")
	return features
}

var noKeys = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\{\s*(?:\}|\.\.\.)`) })

// The mark is the last line, so that no line gets another number.
var (
	markHead = []byte("/* tuikit-cli:helpers")
	markTail = []byte(" */")
	inMark   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`require\("` + Runtime + `/helpers/([^"]+)"\)`) })
)

// Mark adds the comment that keeps the helpers of those names out of the main
// package to a script, in the place of one that is there.
func Mark(source []byte, names []string) []byte {
	source = Unmark(source)
	if len(names) == 0 {
		return source
	}
	ended := bytes.HasSuffix(source, []byte("\n"))
	out := slices.Clone(source)
	if !ended {
		out = append(out, '\n')
	}
	out = append(out, markHead...)
	for _, name := range names {
		out = fmt.Appendf(out, " require(%q)", HelperModule(name))
	}
	out = append(out, markTail...)
	if ended {
		out = append(out, '\n')
	}
	return out
}

// Unmark takes the comment of Mark off a script.
func Unmark(source []byte) []byte {
	at, end := findMark(source)
	switch {
	case at < 0:
		return source
	case end < len(source): // a line of its own, as the source ended in one
		return slices.Concat(source[:at], source[end+1:])
	}
	return slices.Clone(bytes.TrimSuffix(source[:at], []byte("\n")))
}

// Marked lists the helpers that the mark of a script names, and where the mark is.
func Marked(source []byte) (names []string, offset, length int) {
	at, end := findMark(source)
	if at < 0 {
		return nil, 0, 0
	}
	for _, match := range inMark().FindAllSubmatch(source[at:end], -1) {
		names = append(names, string(match[1]))
	}
	return names, at, end - at
}

// findMark is where the last mark that stands alone on a line begins and ends, at -1
// if there is none.
func findMark(source []byte) (at, end int) {
	at = bytes.LastIndex(source, markHead)
	if at < 0 || at > 0 && source[at-1] != '\n' {
		return -1, 0
	}
	length := bytes.Index(source[at:], markTail)
	end = at + length + len(markTail)
	if length < 0 || end < len(source) && source[end] != '\n' {
		return -1, 0
	}
	return at, end
}
