package budget

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/es5"
)

// largest is the number of UTF-16 units from which on the compiler copies a script as it
// is (miniprogram-ci, MAX_CODE_LENGTH).
const largest = 2_048_000

// Compiled is what is foretold of a file.
type Compiled struct {
	Bytes   int64
	Helpers []string // base names of the helper files that the compiler adds because of this script, sorted, without what comes with them
}

// Estimate foretells what WeChat's compiler makes of a file, whose path is relative to
// the miniprogram root. The bytes are exact for what is copied; the tables in
// testdata/estimate.md say how near they are for the rest. A file that does not parse
// counts as it is. Safe for concurrent use.
func Estimate(name string, data []byte, s Settings) Compiled {
	switch kindOf(name) {
	case ".js", ".ts":
		return compile(name, data, s)
	case ".wxml":
		return Compiled{Bytes: estimateWXML(data, s)}
	case ".wxss", ".less", ".scss", ".sass":
		return Compiled{Bytes: estimateWXSS(data, s)}
	case ".json":
		return Compiled{Bytes: estimateJSON(name, data)}
	}
	return Compiled{Bytes: int64(len(data))}
}

func kindOf(name string) string { return strings.ToLower(path.Ext(name)) }

func compile(name string, data []byte, s Settings) Compiled {
	if !s.ES6 && !s.Minify && kindOf(name) == ".js" || tooLarge(data) || !utf8.Valid(data) {
		return Compiled{Bytes: copied(data)}
	}
	result := compileScript(name, data, s)
	result.Helpers = slices.DeleteFunc(result.Helpers, func(helper string) bool { return asksFor(data, helper) })
	return result
}

// asksFor reports whether a script names a helper itself, if only in a comment: then
// the compiler does not add the helper (bundle.Mark).
func asksFor(data []byte, helper string) bool {
	return bytes.Contains(data, []byte(`require("`+bundle.HelperModule(helper)+`")`))
}

// copied is the size of a script that is not compiled: the line ends become "\n".
func copied(data []byte) int64 {
	if tooLarge(data) {
		return int64(len(data))
	}
	return int64(len(data) - bytes.Count(data, []byte("\r\n")))
}

func tooLarge(data []byte) bool {
	if len(data) < largest {
		return false
	}
	units := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		units++
		if r > 0xffff {
			units++
		}
		data = data[size:]
	}
	return units >= largest
}

func compileScript(name string, data []byte, s Settings) Compiled {
	source := data
	if kindOf(name) == ".ts" {
		source = withoutTypes(data)
	}
	if !s.ES6 {
		return Compiled{Bytes: minifyRaw(source)}
	}
	lowered, err := es5.Lower(name, source)
	if err != nil {
		return Compiled{Bytes: copied(data)}
	}
	if s.Minify {
		if size, ok := minifyLowered(lowered, source); ok {
			return Compiled{size + int64(es5.LegalComments(data)), lowered.Helpers}
		}
	}
	size := len(lowered.Code) + es5.Comments(data)*min(len(source), len(data))/max(len(data), 1)
	if s.Minify {
		size = len(lowered.Code) * unminified / 100
	}
	return Compiled{int64(size), lowered.Helpers}
}

// unminified is how many per cent the minifier leaves of a script, where the estimate
// could not be minified itself.
const unminified = 55

// withoutTypes is TypeScript as JavaScript, or the source itself if it does not parse.
func withoutTypes(data []byte) []byte {
	if deep(data) {
		return data
	}
	result := api.Transform(string(data), api.TransformOptions{Loader: api.LoaderTS, Target: api.ESNext, LogLevel: api.LogLevelSilent, Charset: api.CharsetUTF8,
		TsconfigRaw: `{"compilerOptions":{"verbatimModuleSyntax":false,"useDefineForClassFields":true}}`})
	if len(result.Errors) > 0 {
		return data
	}
	if declares.Match(data) && !declares.Match(result.Code) { // it exports types only: still a module
		return append(result.Code, "export {};"...)
	}
	return result.Code
}

// deepest is how many brackets may be open at once: each is a call in another of
// esbuild's parser, whose stack is full at some 300,000 (observed).
const deepest = 10_000

// deep reports whether a text is nested too deep to be given to esbuild.
func deep(data []byte) bool {
	depth, row := 0, 0
	for _, c := range data {
		switch c {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(depth-1, 0)
		case '!', '~', '+', '-', '?', '<', '=', '*', '/':
			row++
		case ' ', '\t', '\n', '\r':
		default:
			row = 0
		}
		if depth > deepest || row > deepest {
			return true
		}
	}
	return false
}

// declares finds an import or export declaration.
var declares = regexp.MustCompile(`(?m)^\s*(?:import|export)\b`)

// minifyOptions come near to what terser does with "toplevel".
var minifyOptions = api.TransformOptions{
	MinifyWhitespace: true, MinifySyntax: true, MinifyIdentifiers: true, TreeShaking: api.TreeShakingTrue, Format: api.FormatCommonJS,
	Target: api.ES2015, Supported: map[string]bool{"arrow": false, "object-extensions": false, "template-literal": false},
	LegalComments: api.LegalCommentsNone, Charset: api.CharsetUTF8, LogLevel: api.LogLevelSilent,
}

// minifyLowered is the size of a lowered script after minifying.
func minifyLowered(lowered es5.Result, source []byte) (int64, bool) {
	code := string(lowered.Code)
	result := api.Transform(code, minifyOptions)
	if len(result.Errors) > 0 { // a name that Babel would have changed is declared twice
		result = api.Transform(strings.ReplaceAll(code, "let ", "var "), minifyOptions)
	}
	if len(result.Errors) > 0 {
		return 0, false
	}
	size := likeTerser(len(minified(result)), lowered.Args, len(source))
	if bytes.Contains(source, []byte("var __MODS__ = {};")) {
		size -= unusedInNpm
	}
	return size, true
}

// unusedInNpm is what terser drops, and esbuild does not, of the frame that WeChat's own
// "build npm" puts around an npm package: local functions that nobody calls.
const unusedInNpm = 240

// likeTerser is the size that terser reaches where esbuild reaches size. Terser puts
// functions that are arguments in parentheses, and uses up variables and constants that
// esbuild leaves, which there are few of in a source that was minified before (fitted
// to 955 scripts, see testdata/estimate.md).
func likeTerser(size, args, source int) int64 {
	if source*2 < size*3 {
		return int64(float64(size)*0.9995 + 1.2*float64(args))
	}
	return int64(float64(size)*0.9885 + 1.45*float64(args))
}

// minifyRaw is the size of a script that is minified but not lowered.
func minifyRaw(source []byte) int64 {
	if deep(source) {
		return copied(source)
	}
	options := minifyOptions
	options.Format, options.Target, options.Supported = api.FormatDefault, api.ESNext, nil
	result := api.Transform(string(source), options)
	if len(result.Errors) > 0 {
		return copied(source)
	}
	return int64(len(minified(result)) + es5.LegalComments(source))
}

// minified is the code without the line end that esbuild puts behind it.
func minified(result api.TransformResult) []byte {
	return bytes.TrimSuffix(result.Code, []byte("\n"))
}
