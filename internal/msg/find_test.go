package msg

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// TestCataloguesHaveTheFormThatFindNeeds: `jq -S . en.json` writes it.
func TestCataloguesHaveTheFormThatFindNeeds(t *testing.T) {
	form := regexp.MustCompile(`^  "([^"\\]+)": "(?:[^"\\]|\\.)*"(,?)$`)
	for lang, content := range catalogues {
		lines := strings.Split(content, "\n")
		if n := len(lines); n < 3 || lines[0] != "{" || lines[n-2] != "}" || lines[n-1] != "" {
			t.Fatalf("%s.json: the braces and the last newline are not where they belong", lang)
		}
		before := ""
		entries := lines[1 : len(lines)-2]
		for i, line := range entries {
			parts := form.FindStringSubmatch(line)
			if parts == nil {
				t.Errorf("%s.json:%d: not an ID and its words on one line: %s", lang, i+2, line)
				continue
			}
			if parts[1] <= before {
				t.Errorf("%s.json:%d: %s comes after %s; sort the file with `jq -S .`", lang, i+2, parts[1], before)
			}
			if last := i == len(entries)-1; last == (parts[2] == ",") {
				t.Errorf("%s.json:%d: a comma too many or too few", lang, i+2)
			}
			before = parts[1]
		}
	}
}

func TestFindKnowsEveryMessage(t *testing.T) {
	for lang, content := range catalogues {
		for id, want := range catalogue(t, lang) {
			if got, ok := find(content, id); !ok || got != want {
				t.Errorf("%s: %s is %q, found %q, %v", lang, id, want, got, ok)
			}
			for _, other := range []string{id + ".", id + "-", id[:len(id)-1], "." + id, strings.ToUpper(id)} {
				want, known := catalogue(t, lang)[other]
				if got, ok := find(content, other); ok != known || got != want {
					t.Errorf("%s: %s is %q, %v; found %q, %v", lang, other, want, known, got, ok)
				}
			}
		}
	}
}

func TestFind(t *testing.T) {
	const three = "{\n  \"a\": \"one\",\n  \"a.b\": \"with \\\"quotes\\\", \\u00e4\\n\",\n  \"c\": \"\"\n}\n"
	tests := []struct {
		name, catalogue, id string
		want                string
		ok                  bool
	}{
		{"first", three, "a", "one", true},
		{"between", three, "a.b", "with \"quotes\", ä\n", true},
		{"last, without words", three, "c", "", true},
		{"before all", three, "0", "", false},
		{"in a gap", three, "a.c", "", false},
		{"after all", three, "d", "", false},
		{"no ID", three, "", "", false},
		{"part of a line", three, `a": "one`, "", false},
		{"Windows line ends", strings.ReplaceAll(three, "\n", "\r\n"), "a.b", "with \"quotes\", ä\n", true},
		{"Windows line ends, last", strings.ReplaceAll(three, "\n", "\r\n"), "c", "", true},
		{"empty object", "{\n}\n", "a", "", false},
		{"nothing at all", "", "a", "", false},
		{"broken words", "{\n  \"a\": \"one\n}\n", "a", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, ok := find(test.catalogue, test.id); got != test.want || ok != test.ok {
				t.Errorf("got %q, %v; want %q, %v", got, ok, test.want, test.ok)
			}
		})
	}
}

// FuzzFind makes a catalogue of any IDs and words, and asks for every one of them.
func FuzzFind(f *testing.F) {
	f.Add("a b.c b-c b", "some {{.Words}} \"quoted\"", "b.d")
	f.Add("z", "", "")
	f.Fuzz(func(t *testing.T, ids, words, other string) {
		find(ids, other) // no panic, and an end, whatever it is given
		if len(ids)*len(words) > 1<<16 {
			t.Skip("the catalogue grows with both")
		}
		want := map[string]string{}
		for i, id := range strings.Fields(ids) {
			if plainID.MatchString(id) {
				want[id] = strings.ToValidUTF8(words, "?") + fmt.Sprint(i)
			}
		}
		content := written(t, want)
		for id, words := range want {
			if got, ok := find(content, id); !ok || got != words {
				t.Errorf("%s is %q in %s; found %q, %v", id, words, content, got, ok)
			}
		}
		if _, known := want[other]; !known {
			if got, ok := find(content, other); ok {
				t.Errorf("%s is not in %s; found %q", other, content, got)
			}
		}
	})
}

var plainID = regexp.MustCompile(`^[ -!#-%\x27-;=?-\[\]-~]+$`) // nothing that JSON escapes

// written is a catalogue in the form of ours.
func written(t testing.TB, entries map[string]string) string {
	t.Helper()
	content, err := json.MarshalIndent(entries, "", "  ") // in the order of the keys
	if err != nil {
		t.Fatal(err)
	}
	return string(content) + "\n"
}

// BenchmarkFind shows that a catalogue of ten times the size is hardly slower.
func BenchmarkFind(b *testing.B) {
	for _, size := range []int{300, 3000} {
		entries := map[string]string{}
		for i := range size {
			entries[fmt.Sprintf("message.%d", i)] = strings.Repeat("some words ", 5)
		}
		content := written(b, entries)
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				find(content, "message.77")
			}
		})
	}
}
