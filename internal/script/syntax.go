package script

import (
	"encoding/json"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf16"

	"github.com/evanw/esbuild/pkg/api"
)

// SyntaxError: WeChat's compiler cannot parse a script (its error 10045), and so
// refuses the whole project. Line and Column are 1-based, Column and Offset in bytes.
type SyntaxError struct {
	Name         string
	Line, Column int
	Offset       int
	Message      string // esbuild's words
}

func (e *SyntaxError) Error() string { return e.Name + ": " + e.Message }

// LiveKey names an import: Kind is Import, Require or Dynamic.
type LiveKey struct {
	Kind Kind
	Spec string
}

// Check parses scripts (content by name, those in .ts are TypeScript) as WeChat's
// compiler does: each is a module in strict mode, whether it imports or not. It
// returns what does not parse, by name and place, and for each script the imports
// that are live: what TypeScript drops as unused and what is in dead code is not.
// Every script that was parsed has an entry in live, if only an empty one; those that
// do not parse, and those that are not looked at, have none: WeChat's compiler copies
// what is too long, and esbuild ends the whole program where brackets stand too deep in
// one another.
func Check(scripts map[string][]byte) (faults []SyntaxError, live map[string]map[LiveKey]bool) {
	c := checker{scripts: scripts, live: map[string]map[LiveKey]bool{}}
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(scripts)), func(name string) bool { return Copied(scripts[name]) || TooDeep(scripts[name]) })
	for _, name := range names {
		c.live[name] = map[LiveKey]bool{}
	}
	for len(names) > 0 {
		n := c.batch(names)
		faults = append(faults, c.check(names[:n])...)
		names = names[n:]
	}
	for _, fault := range faults {
		delete(c.live, fault.Name)
	}
	return faults, c.live
}

// batchFiles and batchBytes bound what esbuild has in memory at once: files have a
// price of their own, apart from their length.
const (
	batchFiles = 100
	batchBytes = 1 << 20
)

// batch is how many of the names, at least one, are parsed together.
func (c *checker) batch(names []string) int {
	size := 0
	for n, name := range names {
		if size += len(c.scripts[name]); n > 0 && (n == batchFiles || size > batchBytes) {
			return n
		}
	}
	return len(names)
}

const (
	entry     = "<entry>"
	namespace = "script"
)

type checker struct {
	scripts map[string][]byte
	mu      sync.Mutex // esbuild resolves on several goroutines
	live    map[string]map[LiveKey]bool
}

// check parses a batch. One import (see importAll) is answered with an error, so that
// esbuild stops once it has parsed, and neither links nor prints; all others are
// external.
func (c *checker) check(names []string) []SyntaxError {
	result := api.Build(api.BuildOptions{
		Stdin:    &api.StdinOptions{Contents: importAll(names), Sourcefile: entry},
		Bundle:   true,
		Format:   api.FormatESModule, // which allows top-level await, as the compiler does
		Platform: api.PlatformNeutral,
		LogLevel: api.LogLevelSilent,
		Plugins:  []api.Plugin{{Name: namespace, Setup: c.setup}},
	})
	byName := map[string][]SyntaxError{}
	for _, message := range result.Errors {
		if fault, ok := c.fault(message); ok {
			byName[fault.Name] = append(byName[fault.Name], fault)
		}
	}
	var faults []SyntaxError
	for _, name := range names {
		faults = append(faults, refused(name, c.scripts[name], byName[name])...)
	}
	return faults
}

// importAll is a script that imports the names, and something that never resolves:
// even a batch without imports must not be linked.
func importAll(names []string) string {
	var out strings.Builder
	out.WriteString("import '';\n")
	for _, name := range names {
		quoted, _ := json.Marshal(name)
		out.WriteString("import " + string(quoted) + ";\n")
	}
	return out.String()
}

var errNotFollowed = errors.New("not followed")

// nowhere is a folder that cannot exist. esbuild expands require("./lang/" + name)
// to the files of a folder by itself; this keeps it from reading any.
var nowhere = strings.Repeat("/\x00", 64)

func (c *checker) setup(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		if _, ok := c.scripts[a.Path]; ok && a.Importer == entry {
			return api.OnResolveResult{Path: a.Path, Namespace: namespace}, nil
		}
		if a.Importer == entry {
			return api.OnResolveResult{}, errNotFollowed
		}
		c.note(a) // an error would cost esbuild a walk through the script, for its place
		return api.OnResolveResult{Path: a.Path, External: true}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: namespace}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		content := asModule(c.scripts[a.Path])
		return api.OnLoadResult{Contents: &content, Loader: loader(a.Path), ResolveDir: nowhere}, nil
	})
}

var kinds = map[api.ResolveKind]Kind{
	api.ResolveJSImportStatement: Import,
	api.ResolveJSRequireCall:     Require,
	api.ResolveJSDynamicImport:   Dynamic,
}

func (c *checker) note(a api.OnResolveArgs) {
	kind, ok := kinds[a.Kind]
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.live[a.Importer][LiveKey{kind, a.Path}] = true
}

// module makes a script a module for esbuild, which otherwise would be sloppy.
const module = "export{};"

// prologue is the length of what must stay in front: a byte order mark and a
// first line that begins with #!.
func prologue(src []byte) int {
	s := scanner{src: src}
	return s.hashbang()
}

// asModule puts module in front, on a line of its own.
func asModule(src []byte) string {
	at := prologue(src)
	return string(src[:at]) + inserted + string(src[at:])
}

const (
	inserted      = "\n" + module + "\n"
	insertedLines = 2
)

func loader(name string) api.Loader {
	if path.Ext(name) == ".ts" {
		return api.LoaderTS
	}
	return api.LoaderJS
}

// copiedUnits: WeChat's compiler copies a script of that many UTF-16 units without
// parsing it (observed: "exceed the max file size: 2000KB").
const copiedUnits = 2_048_000

// deepest is how many brackets, or how many signs such as "!" in a row, may wait for
// their end: each is a call of esbuild's parser in another, and at some 300,000 of them
// the stack of the process is full (observed). Scripts that people or bundlers write
// have less than a thousand.
const deepest = 30_000

// TooDeep reports whether a script is nested too deep to be parsed by esbuild. What stands in strings
// and comments counts, too: a little more than there is does no harm.
func TooDeep(src []byte) bool {
	depth, row := 0, 0
	for _, c := range src {
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

// Copied reports whether a script is so large that WeChat's compiler copies it.
func Copied(src []byte) bool {
	if len(src) < copiedUnits {
		return false
	}
	units := 0
	for _, r := range string(src) {
		units += utf16.RuneLen(r)
	}
	return units >= copiedUnits
}
