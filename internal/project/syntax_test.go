package project

import (
	"errors"
	"regexp"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// TestSyntaxSpeaks: whatever is wrong with JSON has words in both languages, and in
// Chinese no English ones.
func TestSyntaxSpeaks(t *testing.T) {
	english := regexp.MustCompile(`[a-z]{3}`)
	for text, want := range map[string]string{
		`{"a": 1`: "the file ends too early", `[1 2]`: "a comma or ']' is expected", `{a: 1}`: "a key in double quotes is expected",
		`{"a" 1}`: "a colon is expected after the key", `['a']`: "single quotes instead of double quotes", `{} {}`: "text after the end of the document",
		"[\"a\tb\"]": "a control character in a string", `["\x"]`: "an invalid escape in a string", `[01]`: "not a number", `[<]`: "unexpected '<'",
		`[1,]`: "trailing comma", `// a`: "comments are not allowed", ``: "the file is empty", "\"\xff\"": "not UTF-8",
	} {
		var syntax *jsonpatch.SyntaxError
		if err := jsonpatch.Check([]byte(text)); !errors.As(err, &syntax) {
			t.Errorf("%q: %v", text, err)
			continue
		}
		said := Syntax(syntax)
		if said.String() != want {
			t.Errorf("%q: %q, want %q", text, said, want)
		}
		if found := english.FindString(said.In(msg.Chinese)); found != "" {
			t.Errorf("%q: %q", text, said.In(msg.Chinese))
		}
	}
}
