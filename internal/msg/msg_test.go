package msg

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

func catalogue(t *testing.T, lang Lang) map[string]string {
	t.Helper()
	words := map[string]string{}
	if err := json.Unmarshal([]byte(catalogues[lang]), &words); err != nil {
		t.Fatal(err)
	}
	return words
}

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

func TestCataloguesAgree(t *testing.T) {
	zh, en := catalogue(t, Chinese), catalogue(t, English)
	for id := range maps.Keys(zh) {
		if _, ok := en[id]; !ok {
			t.Errorf("%s is in zh.json only", id)
		}
	}
	for id, words := range en {
		base, singular := strings.CutSuffix(id, ".one")
		other, ok := zh[base]
		if !ok {
			t.Errorf("%s is in en.json only", id)
			continue
		}
		if a, b := values(words), values(other); !slices.Equal(a, b) {
			t.Errorf("%s: en has the values %v, zh has %v", id, a, b)
		}
		if _, plural := en[base]; singular && (!plural || !slices.Contains(values(words), "Count")) {
			t.Errorf("%s: there is no %s that it could be the singular of, or no Count", id, base)
		}
	}
}

func values(words string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(words, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// speakers are the functions whose first argument (or the one after the
// receiver) is a message ID.
var speakers = map[string]bool{"T": true, "text": true, "misused": true, "refuse": true, "misuse": true, "progress": true, "choose": true, "pick": true}

// describes are the IDs that stand in tables and in commands and flags, as plain
// strings, until they are shown.
var describes = regexp.MustCompile(`^(help|flag|json|man|prompt)\.[a-z.-]+$`)

// TestEveryMessageIsInTheCatalogues finds the IDs that the program uses, with the
// values that it gives them.
func TestEveryMessageIsInTheCatalogues(t *testing.T) {
	en := catalogue(t, English)
	used := map[string]bool{}
	visit := func(call *ast.CallExpr) {
		if !speakers[calledName(call)] || len(call.Args) == 0 {
			return
		}
		id, ok := literal(call.Args[0])
		if !ok || !strings.Contains(id, ".") {
			return
		}
		used[id] = true
		words, known := en[id]
		if !known {
			t.Errorf("message %q is in no catalogue", id)
			return
		}
		if name := calledName(call); name == "choose" || name == "pick" {
			return
		}
		var given []string
		for i := 1; i < len(call.Args); i += 2 {
			if name, ok := literal(call.Args[i]); ok {
				given = append(given, name)
			}
		}
		slices.Sort(given)
		for _, name := range values(words) {
			if !slices.Contains(given, name) {
				t.Errorf("message %q wants the value %s", id, name)
			}
		}
	}
	inspect(t, func(node ast.Node) {
		switch node := node.(type) {
		case *ast.CallExpr:
			visit(node)
		case *ast.BasicLit:
			if id, ok := literal(node); ok && describes.MatchString(id) {
				used[id] = true
				if _, known := en[id]; !known {
					t.Errorf("message %q is in no catalogue", id)
				}
			}
		}
	})
	for id := range en {
		if !used[id] && !composed(id, used) {
			t.Errorf("message %q is used nowhere", id)
		}
	}
}

// composed: IDs that the program puts together from a known one and an ending.
func composed(id string, used map[string]bool) bool {
	for _, ending := range []string{".next", ".one"} {
		if base, ok := strings.CutSuffix(id, ending); ok && used[base] {
			return true
		}
	}
	for _, prefix := range []string{"json.", "check.template-syntax.", "check.style-syntax.", "check.wxs-syntax.", "check.config-shape.", "check.package-boundary.", "ask.integration.", "ask.isolated.", "ask.uikit.", "ask.conflict.", "status.state.", "status.kind."} {
		if strings.HasPrefix(id, prefix) {
			return true
		}
	}
	return false
}

func inspect(t *testing.T, visit func(ast.Node)) {
	t.Helper()
	fset := token.NewFileSet()
	err := filepath.WalkDir("../..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			visit(node)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func TestText(t *testing.T) {
	text := T("error.json", "File", "app.json", "Line", 3, "Column", 5, "Error", T("json.comment"))
	if got, want := text.In(English), "app.json:3:5: not valid JSON: comments are not allowed"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := text.In(Chinese); !strings.Contains(got, "不能有注释") {
		t.Errorf("the inner text is not Chinese: %q", got)
	}
	if got := T("no.such.id").In(English); got != "no.such.id" {
		t.Errorf("got %q", got)
	}
}

// TestPlural: English tells one from many, Chinese does not.
func TestPlural(t *testing.T) {
	for count, want := range map[int][2]string{
		0: {"0 files", "0 个文件"}, 1: {"1 file", "1 个文件"}, 2: {"2 files", "2 个文件"}, 21: {"21 files", "21 个文件"},
	} {
		text := T("diag.count.files", "Count", count)
		if got := [2]string{text.In(English), text.In(Chinese)}; got != want {
			t.Errorf("%d: %q, want %q", count, got, want)
		}
	}
}

// TestTextsSpeakAtOnce: texts are put into words by several goroutines, and from
// within each other, as an error among the values does.
func TestTextsSpeakAtOnce(t *testing.T) {
	t.Parallel()
	want := T("error.json", "File", "a", "Line", 1, "Column", 2, "Error", "b: "+T("json.comment").String()).String()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			got := T("error.json", "File", "a", "Line", 1, "Column", 2, "Error", spoken{T("json.comment")}).String()
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	group.Wait()
}

// spoken is a value that only says in which words it comes when it is printed.
type spoken struct{ text Text }

func (s spoken) String() string { return "b: " + s.text.String() }

func BenchmarkIn(b *testing.B) {
	for b.Loop() {
		_ = T("usage.command", "Command", "x").In(Chinese)
	}
}

func TestKnown(t *testing.T) {
	for locale, want := range map[string]Lang{
		"zh_CN.UTF-8": Chinese, "ZH-tw": Chinese, "zh_HK": Chinese, "zh": Chinese, "zh-Hans-CN": Chinese, "zh_CN@pinyin": Chinese,
		"en_US": English, "en": English, "C": English, "C.UTF-8": English, "POSIX": English,
		"": "", "fr_FR": "", "zha": "", "english": "", "-": "", "_zh": "",
	} {
		got, ok := Known(locale)
		if got != want || ok != (want != "") {
			t.Errorf("Known(%q) = %q, %v, want %q", locale, got, ok, want)
		}
	}
}

// TestLists: names are joined as the language joins them.
func TestLists(t *testing.T) {
	text := T("usage.shell", "Shells", []string{"bash", "zsh"})
	if got, want := text.In(English), "name one shell: bash, zsh."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := text.In(Chinese), "请指定一种 shell：bash、zsh。"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
