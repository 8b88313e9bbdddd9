package budget

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/es5"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

// Compiled is what is foretold of a file.
type Compiled struct {
	Bytes   int64
	Helpers []string // base names of the helper files that the compiler adds because of this script, sorted, without what comes with them
}

// Estimate foretells what WeChat's compiler makes of a file, whose path is relative to
// the miniprogram root. The bytes are exact for what is copied; the tables in
// testdata/estimate.md say how near they are for the rest. A file that does not parse
// counts as it is. Safe for concurrent use.
func Estimate(name string, data []byte, s Settings) Compiled { return compileAll(name, data, s)[0] }

// compileAll is what each of the settings makes of a file. What is the same for several
// is found out once.
func compileAll(name string, data []byte, sets ...Settings) []Compiled {
	if isScript(name) {
		return compileScript(name, data, sets)
	}
	all := make([]Compiled, len(sets))
	for i, s := range sets {
		all[i].Bytes = estimate(name, data, s)
	}
	return all
}

// estimate is the size of a file that is no script.
func estimate(name string, data []byte, s Settings) int64 {
	switch kindOf(name) {
	case ".wxml":
		return estimateWXML(data, s)
	case ".wxss", ".less", ".scss", ".sass":
		return estimateWXSS(data, s)
	case ".json":
		return estimateJSON(name, data)
	}
	return int64(len(data))
}

func kindOf(name string) string { return strings.ToLower(path.Ext(name)) }

func isScript(name string) bool { kind := kindOf(name); return kind == ".js" || kind == ".ts" }

// relevant are the settings that make a difference to a file.
func (s Settings) relevant(name string) Settings {
	switch kindOf(name) {
	case ".js", ".ts":
		return Settings{ES6: s.ES6, Minify: s.Minify}
	case ".wxml":
		return Settings{MinifyWXML: s.MinifyWXML}
	case ".wxss", ".less", ".scss", ".sass":
		return Settings{MinifyWXSS: s.MinifyWXSS || s.PostCSS}
	}
	return Settings{}
}

// asksFor reports whether a script names a helper itself, if only in a comment: then
// the compiler does not add the helper (bundle.Mark).
func asksFor(data []byte, helper string) bool {
	return bytes.Contains(data, []byte(`require("`+bundle.HelperModule(helper)+`")`))
}

// copied is the size of a script that is not compiled: the line ends become "\n".
func copied(data []byte) int64 {
	if script.Copied(data) {
		return int64(len(data))
	}
	return int64(len(data) - bytes.Count(data, []byte("\r\n")))
}

// compileScript is what each of the settings makes of a script, which is lowered once at
// most.
func compileScript(name string, data []byte, sets []Settings) []Compiled {
	source := sync.OnceValue(func() []byte {
		if kindOf(name) == ".ts" {
			return withoutTypes(data)
		}
		return data
	})
	lower := sync.OnceValues(func() (es5.Result, error) { return es5.Lower(name, source()) })
	all := make([]Compiled, len(sets))
	for i, s := range sets {
		if !s.ES6 && !s.Minify && kindOf(name) == ".js" || script.Copied(data) || !utf8.Valid(data) {
			all[i].Bytes = copied(data)
			continue
		}
		all[i] = lowerScript(data, source(), s, lower)
		all[i].Helpers = slices.DeleteFunc(slices.Clone(all[i].Helpers), func(helper string) bool { return bundle.IsHelper(name) || asksFor(data, helper) })
	}
	return all
}

// lowerScript is for one setting. The data is as the file has it, the source without types.
func lowerScript(data, source []byte, s Settings, lower func() (es5.Result, error)) Compiled {
	if !s.ES6 {
		return Compiled{Bytes: minifyRaw(source)}
	}
	if s.Minify && len(source) >= worthReading {
		if ready, ok := es5.ReadyMade(source); ok {
			return Compiled{likeTerser(ready.Bytes, ready.Args, source), ready.Helpers}
		}
	}
	lowered, err := lower()
	if err != nil {
		return Compiled{Bytes: copied(data)}
	}
	if s.Minify {
		if size, ok := minifyLowered(lowered, source); ok {
			return Compiled{size + int64(es5.LegalComments(data)), lowered.Helpers}
		}
		return Compiled{int64(len(lowered.Code) * unminified / 100), lowered.Helpers}
	}
	comments := es5.Comments(data) * min(len(source), len(data)) / max(len(data), 1)
	return Compiled{int64(len(lowered.Code) + comments), lowered.Helpers}
}

// worthReading is the number of bytes from which on it is worth to see first whether a
// script is ES5 and minified already.
const worthReading = 32_000

// unminified is how many per cent the minifier leaves of a script, where the estimate
// could not be minified itself.
const unminified = 55

// withoutTypes is TypeScript as JavaScript, or the source itself if it does not parse.
func withoutTypes(data []byte) []byte {
	if script.TooDeep(data) {
		return data
	}
	result := api.Transform(string(data), api.TransformOptions{Loader: api.LoaderTS, Target: api.ESNext, LogLevel: api.LogLevelSilent, Charset: api.CharsetUTF8,
		TsconfigRaw: `{"compilerOptions":{"verbatimModuleSyntax":false,"useDefineForClassFields":true}}`})
	if len(result.Errors) > 0 {
		return data
	}
	if declares().Match(data) && !declares().Match(result.Code) { // it exports types only: still a module
		return append(result.Code, "export {};"...)
	}
	return result.Code
}

// declares finds an import or export declaration.
var declares = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*(?:import|export)\b`) })

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
	return likeTerser(len(minified(result)), lowered.Args, source), true
}

// unusedInNpm is what terser drops, and esbuild does not, of the frame that WeChat's own
// "build npm" puts around an npm package: local functions that nobody calls.
const unusedInNpm = 240

// likeTerser is the size that terser reaches where esbuild reaches size. Terser puts
// functions that are arguments in parentheses, and uses up variables and constants that
// esbuild leaves, which there are few of in a source that was minified before (fitted
// to 955 scripts, see testdata/estimate.md).
func likeTerser(size, args int, source []byte) int64 {
	left, wrapped := 0.9885, 1.45
	if len(source)*2 < size*3 {
		left, wrapped = 0.9995, 1.2
	}
	total := int64(float64(size)*left + wrapped*float64(args))
	if bytes.Contains(source, []byte("var __MODS__ = {};")) {
		total -= unusedInNpm
	}
	return total
}

// minifyRaw is the size of a script that is minified but not lowered.
func minifyRaw(source []byte) int64 {
	if script.TooDeep(source) {
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
