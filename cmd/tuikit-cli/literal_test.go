package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// prose is two words beside each other, or anything Chinese.
var prose = regexp.MustCompile(`\p{L}+[,;:]? \p{L}+|\p{Han}`)

// verb is one of package fmt.
var verb = regexp.MustCompile(`%[-+# 0-9.*]*[a-z]`)

// notSaid are literals with words that nobody reads, or that are the same in every
// language, each with the reason.
var notSaid = map[string]string{
	"not a language of the catalogues":       "of langValue: flagError says it",
	"there is something to look at":          "errFound has an exit code and no words",
	"a question of the kind %T":              "no such question is asked: a fault of the program",
	`.\" -*- mode: troff; coding: utf-8 -*-`: "for troff",
	".ad l":                                  "for troff",
}

// typedWords are literals that are command lines: they begin with what is run.
var typedWords = regexp.MustCompile(`^\s*(export TUIKIT_SECRETKEY=|(tuikit-cli|source <\(tuikit-cli|npm)\b)`)

// TestNothingIsSaidInOneLanguageOnly: what a person reads is in the catalogues, so that
// no literal in this package has prose: not where it is printed, nor on the way there.
func TestNothingIsSaidInOneLanguageOnly(t *testing.T) {
	used := map[string]bool{}
	eachFile(t, func(fset *token.FileSet, _ string, file *ast.File) {
		for _, lit := range said(file) {
			text, _ := strconv.Unquote(lit.Value)
			used[text] = true
			if found := prose.FindString(verb.ReplaceAllString(text, "")); found != "" && notSaid[text] == "" && !typedWords.MatchString(text) {
				t.Errorf("%s: %q is not in the catalogues: %q", fset.Position(lit.Pos()), found, text)
			}
		}
	})
	for text, reason := range notSaid {
		if !used[text] {
			t.Errorf("%q is no more; it was excepted as %s", text, reason)
		}
	}
}

// said are the string literals of a file, without those of imports and tags, of methods
// Error (explain.go has the words for these), and of what survey says.
func said(file *ast.File) []*ast.BasicLit {
	var all []*ast.BasicLit
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			return node.Tag == nil
		case *ast.FuncDecl:
			return node.Name.Name != "Error"
		case *ast.ValueSpec:
			return !slices.ContainsFunc(node.Names, func(name *ast.Ident) bool { return strings.HasSuffix(name.Name, "Phrases") })
		case *ast.KeyValueExpr: // Use: the command and the names of its arguments
			key, ok := node.Key.(*ast.Ident)
			return !ok || key.Name != "Use"
		case *ast.BasicLit:
			if node.Kind == token.STRING {
				all = append(all, node)
			}
		}
		return true
	})
	return all
}

// printers are functions that print their arguments.
var printers = []string{"Fprint", "Fprintf", "Fprintln", "tell", "warn", "line"}

// TestWhatIsPrintedIsNoWord: not even one word is printed from a literal.
func TestWhatIsPrintedIsNoWord(t *testing.T) {
	word := regexp.MustCompile(`\p{L}{2}`)
	eachFile(t, func(fset *token.FileSet, name string, file *ast.File) {
		if name == "man.go" { // it prints requests to troff
			return
		}
		ast.Inspect(file, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok || !slices.Contains(printers, called(call)) {
				return true
			}
			for _, lit := range printed(call) {
				if text, _ := strconv.Unquote(lit.Value); word.MatchString(verb.ReplaceAllString(text, "")) {
					t.Errorf("%s prints the words of %s", fset.Position(lit.Pos()), lit.Value)
				}
			}
			return true
		})
	})
}

// eachFile parses the files of this package that are no tests.
func eachFile(t *testing.T, visit func(fset *token.FileSet, name string, file *ast.File)) {
	t.Helper()
	fset := token.NewFileSet()
	names, err := filepath.Glob("*.go")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		visit(fset, name, file)
	}
}

// printed are the literals in the arguments of a call, without those that are for a
// function that puts them into words or formats a time.
func printed(call *ast.CallExpr) []*ast.BasicLit {
	var all []*ast.BasicLit
	for _, argument := range call.Args {
		ast.Inspect(argument, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				return !slices.Contains([]string{"text", "T", "Format"}, called(node))
			case *ast.BasicLit:
				if node.Kind == token.STRING {
					all = append(all, node)
				}
			}
			return true
		})
	}
	return all
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
