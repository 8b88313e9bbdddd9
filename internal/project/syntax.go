package project

import (
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// syntaxWords are the messages of jsonpatch that have no kind, by how they begin. What
// follows is the detail.
var syntaxWords = []struct{ begin, id string }{
	{"unexpected end of file", "json.end"},
	{"unexpected ", "json.unexpected"},
	{"expected ',' or ", "json.no-comma"},
	{"expected a key in double quotes", "json.no-key"},
	{"expected ':' after a key", "json.no-colon"},
	{"single quotes", "json.single-quotes"},
	{"text after the end", "json.text-after"},
	{"control character", "json.control"},
	{"invalid escape", "json.escape"},
	{"invalid number", "json.number"},
	{"nested too deeply", "json.depth"},
}

// Syntax says for a person what is wrong with JSON, without the place.
func Syntax(err *jsonpatch.SyntaxError) msg.Text {
	if err.Kind != jsonpatch.KindOther {
		return msg.T("json." + string(err.Kind))
	}
	for _, known := range syntaxWords {
		if detail, ok := strings.CutPrefix(err.Message, known.begin); ok {
			return msg.T(known.id, "Detail", detail)
		}
	}
	return msg.T("json.other", "Detail", err.Message)
}
