// Package tuikit holds the rules of the house, as tests: which package may import
// which, and where side effects may stand. docs/architecture.md explains them.
package tuikit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/tuikit-cli/tuikit-cli/"

// layers, from the ground up: a package imports only from layers below its own.
var layers = [][]string{
	{"internal/locale", "internal/msg", "internal/crash", "docs"},
	{"jsonpatch", "templates", "internal/plan", "internal/usersig", "internal/diag", "internal/schema", "internal/devtools", "internal/secret", "internal/gitindex", "internal/shell"},
	{"internal/es5", "internal/script", "internal/wxml", "internal/wxss", "internal/wxs"},
	{"internal/project", "internal/npm", "internal/sigserver"},
	{"internal/graph"},
	{"internal/bundle"},
	{"internal/uikit", "internal/budget"},
	{"scaffold"},
	{"internal/domains", "internal/check"},
	{"internal/doctor"},
	{"cmd/tuikit-cli"},
}

// testOnly packages serve tests; nothing that ships imports them.
var testOnly = []string{"internal/npmtest", "internal/doctest", "e2e"}

// ban is something that may be used in few places only.
type ban struct {
	names  []string // "package.Name"; "package.Pre*" for all that begin so
	may    []string // packages that may
	reason string
}

var bans = []ban{
	{[]string{"os.Write*", "os.Create*", "os.Mkdir*", "os.Rename", "os.Remove*", "os.Chmod", "os.OpenFile", "os.OpenRoot", "os.Symlink", "os.Truncate"}, []string{"internal/plan", "internal/npm"},
		"files are written by plan, and in npm's scratch folder; everything else is a function of an fs.FS"},
	{[]string{"exec.*"}, []string{"internal/npm", "internal/devtools"}, "only npm and the runner of DevTools start processes"},
	{[]string{"copy.Copy"}, []string{"internal/plan", "internal/npm"}, "copying writes files"},
	{[]string{"fmt.Print", "fmt.Println", "fmt.Printf", "os.Stdout", "os.Stderr", "os.Stdin", "os.Exit", "os.Getenv", "os.LookupEnv", "os.Args", "time.Now"}, []string{"cmd/tuikit-cli"},
		"only cmd knows terminal, environment, time and exit codes"},
	{[]string{"log.*"}, nil, "errors are returned, and explained by cmd"},
	{[]string{"ioutil.*"}, nil, "long deprecated"},
	{[]string{"jsonschema.*"}, nil, "it reads its own schemas at every start of the program (3 ms, measured); tests may use it"},
}

type source struct {
	pkg  string // folder below the module
	file string
	ast  *ast.File
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if entry.IsDir() && (entry.Name() == "testdata" || entry.Name() == "node_modules" || name != "." && strings.HasPrefix(entry.Name(), ".")) {
			return fs.SkipDir
		}
		if entry.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		all = append(all, source{path.Dir(name), name, file})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func layerOf(pkg string) int {
	return slices.IndexFunc(layers, func(layer []string) bool { return slices.Contains(layer, pkg) })
}

func TestImportsGoDown(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains(testOnly, s.pkg) {
			continue
		}
		own := layerOf(s.pkg)
		if own < 0 {
			t.Errorf("%s: package %s has no layer: give it a line in docs/architecture.md and in layers", s.file, s.pkg)
			continue
		}
		for _, spec := range s.ast.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			other, ours := strings.CutPrefix(imported, module)
			if ours && (layerOf(other) < 0 || layerOf(other) >= own) {
				t.Errorf("%s imports %s, which is not below it: imports go down only", s.file, other)
			}
		}
	}
}

func TestSideEffectsHaveTheirPlace(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains(testOnly, s.pkg) {
			continue
		}
		ast.Inspect(s.ast, func(node ast.Node) bool {
			selector, ok := node.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			left, ok := selector.X.(*ast.Ident)
			if !ok || left.Obj != nil { // a local variable, not a package
				return true
			}
			for _, b := range bans {
				if b.covers(left.Name+"."+selector.Sel.Name) && !slices.Contains(b.may, s.pkg) {
					t.Errorf("%s uses %s.%s: %s", s.file, left.Name, selector.Sel.Name, b.reason)
				}
			}
			return true
		})
	}
}

func (b ban) covers(name string) bool {
	return slices.ContainsFunc(b.names, func(pattern string) bool {
		prefix, wild := strings.CutSuffix(pattern, "*")
		return name == pattern || wild && strings.HasPrefix(name, prefix)
	})
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range sources(t) {
		documented[s.pkg] = documented[s.pkg] || s.ast.Doc != nil
	}
	for pkg, ok := range documented {
		if !ok {
			t.Errorf("package %s has no comment", pkg)
		}
	}
}

func TestAtMostTwoInterfaces(t *testing.T) {
	var found []string
	for _, s := range sources(t) {
		ast.Inspect(s.ast, func(node ast.Node) bool {
			if spec, ok := node.(*ast.TypeSpec); ok {
				if _, is := spec.Type.(*ast.InterfaceType); is {
					found = append(found, s.pkg+"."+spec.Name.Name)
				}
			}
			return true
		})
	}
	if len(found) > 2 {
		t.Errorf("interfaces of our own: %v; consumers need few, and small ones", found)
	}
}

const longestFunction = 70 // lines; a literal tree of templates or flags is the exception that has none yet

func TestFunctionsStayShort(t *testing.T) {
	fset := token.NewFileSet()
	for _, s := range sources(t) {
		file, err := parser.ParseFile(fset, s.file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if lines := fset.Position(function.End()).Line - fset.Position(function.Pos()).Line; lines > longestFunction {
				t.Errorf("%s: %s has %d lines", s.file, function.Name.Name, lines)
			}
		}
	}
}

// TestGoroutinesAreGuarded: nobody but the goroutine itself can catch its panic.
func TestGoroutinesAreGuarded(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains(testOnly, s.pkg) {
			continue
		}
		ast.Inspect(s.ast, func(node ast.Node) bool {
			started := startedWork(node)
			if started != nil && !mentions(started, "crash") {
				t.Errorf("%s starts a goroutine with work that is not guarded: see package crash", s.file)
			}
			return true
		})
	}
}

// startedWork is what a goroutine is started with, by go or by an errgroup; nil elsewhere.
func startedWork(node ast.Node) ast.Node {
	switch node := node.(type) {
	case *ast.GoStmt:
		return node.Call
	case *ast.CallExpr:
		if selector, ok := node.Fun.(*ast.SelectorExpr); ok && selector.Sel.Name == "Go" && len(node.Args) == 1 {
			return node.Args[0]
		}
	}
	return nil
}

func mentions(node ast.Node, name string) bool {
	found := false
	ast.Inspect(node, func(node ast.Node) bool {
		word, ok := node.(*ast.Ident)
		found = found || ok && word.Name == name
		return !found
	})
	return found
}
