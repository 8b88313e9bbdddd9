package msg

import (
	"encoding/json"
	"strings"
)

// find looks up the words of id in a catalogue: a JSON object with an entry a
// line, in the order of the IDs' bytes, as `jq -S` writes it. That lets it halve
// the lines until one is left, so that what a text costs hardly depends on how many
// others there are.
func find(catalogue, id string) (words string, ok bool) {
	for rest := catalogue; rest != ""; {
		start := strings.LastIndexByte(rest[:len(rest)/2], '\n') + 1
		line, after, _ := strings.Cut(rest[start:], "\n")
		name, value := entry(line)
		switch {
		case name == id && value != "":
			err := json.Unmarshal([]byte(value), &words)
			return words, err == nil
		case name < id && !strings.HasPrefix(line, "}"):
			rest = after
		default:
			rest = rest[:max(start-1, 0)]
		}
	}
	return "", false
}

// entry takes a line of a catalogue apart; that of a brace has no name and no
// value. Lines may end as Windows ends them: git rewrites them there.
func entry(line string) (name, value string) {
	name, value, ok := strings.Cut(strings.TrimPrefix(line, `  "`), `": `)
	if !ok {
		return "", ""
	}
	return name, strings.TrimRight(value, ",\r")
}
