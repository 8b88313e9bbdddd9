package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestDoctorNamesCommandsThatExist: of the command lines in its code and in its texts,
// every command and every flag is there.
func TestDoctorNamesCommandsThatExist(t *testing.T) {
	u := screenFor()
	root := newRoot(u.env, u)
	lines := append(doctorSteps(t), doctorTexts(t)...)
	if len(lines) < 10 {
		t.Fatalf("found only %q", lines)
	}
	for _, line := range lines {
		if err := wrongWith(root, strings.Fields(line)); err != "" {
			t.Errorf("tuikit-cli %s: %s", line, err)
		}
	}
	if wrongWith(root, []string{"chek"}) == "" || wrongWith(root, []string{"check", "--no-such-flag"}) == "" {
		t.Error("this test finds nothing")
	}
}

// wrongWith is what is wrong with a command line, "" for nothing.
func wrongWith(root *cobra.Command, words []string) string {
	command, rest, err := root.Find(words)
	if err != nil || command == root {
		return "no such command"
	}
	for _, word := range rest {
		name, long := strings.CutPrefix(word, "--")
		if long && command.Flags().Lookup(name) == nil && root.PersistentFlags().Lookup(name) == nil {
			return "no flag " + word
		}
	}
	return ""
}

// inspectDoctor shows the syntax of internal/doctor.
func inspectDoctor(t *testing.T, visit func(ast.Node) bool) {
	t.Helper()
	files, err := filepath.Glob("../../internal/doctor/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, visit)
	}
}

// doctorSteps are the commands that internal/doctor puts into its steps.
func doctorSteps(t *testing.T) []string {
	t.Helper()
	var lines []string
	inspectDoctor(t, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		var words []string
		for _, argument := range call.Args {
			if literal, ok := argument.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				word, _ := strconv.Unquote(literal.Value)
				words = append(words, word)
			}
		}
		switch name := called(call); {
		case name == "ours" || name == "within":
			lines = append(lines, strings.Join(words, " "))
		case name == "run" && len(words) > 1 && words[0] == "tuikit-cli":
			lines = append(lines, strings.Join(words[1:], " "))
		}
		return true
	})
	return lines
}

// ownLine is a command line of ours in a text.
var ownLine = regexp.MustCompile(`tuikit-cli ([a-z][a-z-]*(?: (?:--[a-z-]+|[a-z][a-z-]*\b))*)`)

// doctorTexts are the command lines that its texts name, in both languages. Prose goes
// on behind a command: what follows counts only where it is a subcommand or a flag.
func doctorTexts(t *testing.T) []string {
	t.Helper()
	var lines []string
	for _, lang := range []string{"en", "zh"} {
		data, err := os.ReadFile("../../internal/msg/" + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(data, &texts); err != nil {
			t.Fatal(err)
		}
		for _, id := range slices.Sorted(maps.Keys(texts)) {
			if !strings.HasPrefix(id, "doctor.") {
				continue
			}
			for _, found := range ownLine.FindAllStringSubmatch(texts[id], -1) {
				if first, _, _ := strings.Cut(found[1], " "); first != "has" && first != "on" { // "what tuikit-cli has built", "on Windows"
					lines = append(lines, found[1])
				}
			}
		}
	}
	return lines
}
