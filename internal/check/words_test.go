package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// constants are the values of the string constants of a type, as its source has them.
func constants(t *testing.T, file, kind string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	ast.Inspect(tree, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == kind && len(spec.Values) == 1 {
			if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
				value, _ := strconv.Unquote(lit.Value)
				values = append(values, value)
			}
		}
		return true
	})
	if len(values) == 0 {
		t.Fatalf("%s has no %s", file, kind)
	}
	return values
}

// TestEveryKindHasWords: messages that are put together from a kind of fault exist for
// each kind, in both languages.
func TestEveryKindHasWords(t *testing.T) {
	families := map[string][]string{
		"check.template-syntax.": constants(t, "../wxml/wxml.go", "FaultKind"),
		"check.config-shape.":    constants(t, "../schema/schema.go", "FaultKind"),
		"check.style-syntax.":    slices.Collect(maps.Values(wxssWords)),
		"check.wxs-syntax.":      append(slices.Collect(maps.Values(wxsWords)), "end"),
		"check.package-boundary": {".independent", ".other"},
	}
	for family, words := range families {
		for _, word := range words {
			for _, lang := range []msg.Lang{msg.English, msg.Chinese} {
				if id := family + word; msg.T(id, "Name", "x").In(lang) == id {
					t.Errorf("%s has no words in %s", id, lang)
				}
			}
		}
	}
}

// TestEveryRuleHasItsFile: a rule is looked for by its ID.
func TestEveryRuleHasItsFile(t *testing.T) {
	for _, rule := range Rules {
		name := "rule_" + strings.ReplaceAll(rule.ID, "-", "_") + ".go"
		data, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(data), `"`+rule.ID+`"`) {
			t.Errorf("rule %s is not in %s", rule.ID, name)
		}
	}
}
