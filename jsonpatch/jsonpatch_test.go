package jsonpatch

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An edit is one call of the package with everything but the data.
type edit func(data []byte) ([]byte, error)

func set(value any, path ...string) edit {
	return func(data []byte) ([]byte, error) { return Set(data, value, path...) }
}

func add(value any, path ...string) edit {
	return func(data []byte) ([]byte, error) { return Append(data, value, path...) }
}

func del(path ...string) edit {
	return func(data []byte) ([]byte, error) { return Delete(data, path...) }
}

func crlf(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

func tabs(text string) string { return strings.ReplaceAll(text, "  ", "\t") }

// A subpackage marshals in the order of its fields.
type subpackage struct {
	Root  string   `json:"root"`
	Pages []string `json:"pages"`
}

var chat = subpackage{"TUI-CustomerService", []string{"pages/index"}}

// In a row, in and out lose the line end after the opening backquote; so a row
// reads like the file, and a file without a final line end ends like `}`.
type row struct {
	name string
	edit edit
	in   string
	out  string
}

func testEdits(t *testing.T, rows []row) {
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			in, out := strings.TrimPrefix(r.in, "\n"), strings.TrimPrefix(r.out, "\n")
			got, err := r.edit([]byte(in))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(out, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s\ngot:\n%s", diff, got)
			}
		})
	}
}

func TestAppend(t *testing.T) {
	testEdits(t, []row{
		{"two spaces", add("pages/chat/chat", "pages"), `
{
  "pages": [
    "pages/index/index",
    "pages/logs/logs"
  ],
  "window": {}
}
`, `
{
  "pages": [
    "pages/index/index",
    "pages/logs/logs",
    "pages/chat/chat"
  ],
  "window": {}
}
`},
		{"one sibling", add("b", "pages"), `
{
    "pages": [
        "a"
    ]
}`, `
{
    "pages": [
        "a",
        "b"
    ]
}`},
		{"tabs", add("b", "pages"), tabs(`
{
  "pages": [
    "a"
  ]
}
`), tabs(`
{
  "pages": [
    "a",
    "b"
  ]
}
`)},
		{"six spaces", add("b", "pages"), `
{
      "pages": [
            "a"
      ]
}`, `
{
      "pages": [
            "a",
            "b"
      ]
}`},
		{"CRLF", add("b", "pages"), crlf(`
{
  "pages": [
    "a"
  ]
}
`), crlf(`
{
  "pages": [
    "a",
    "b"
  ]
}
`)},
		{"mixed line ends follow the sibling", add("c", "pages"),
			"{\n  \"pages\": [\n    \"a\",\r\n    \"b\"\n  ]\r\n}",
			"{\n  \"pages\": [\n    \"a\",\r\n    \"b\",\r\n    \"c\"\n  ]\r\n}"},
		{"mixed tabs and spaces follow the sibling", add("c", "pages"),
			"{\n\t\"pages\": [\n\t\t\"a\",\n\t    \"b\"\n\t]\n}\n",
			"{\n\t\"pages\": [\n\t\t\"a\",\n\t    \"b\",\n\t    \"c\"\n\t]\n}\n"},
		{"byte order mark", add("b", "pages"),
			"\ufeff{\n  \"pages\": [\n    \"a\"\n  ]\n}",
			"\ufeff{\n  \"pages\": [\n    \"a\",\n    \"b\"\n  ]\n}"},
		{"array on one line", add("c", "pages"), `
{
  "pages": ["a", "b"],
  "x": 1
}
`, `
{
  "pages": ["a", "b", "c"],
  "x": 1
}
`},
		{"array on one line, one element", add("b", "pages"), `
{
  "pages": ["a"]
}
`, `
{
  "pages": ["a", "b"]
}
`},
		{"array on one line, spaces inside", add("b", "pages"), `
{
  "pages": [ "a" ]
}
`, `
{
  "pages": [ "a", "b" ]
}
`},
		{"minified", add("b", "pages"), `{"pages":["a"],"x":1}`, `{"pages":["a","b"],"x":1}`},
		{"rows of elements", add(5), `
[
  1, 2,
  3, 4
]
`, `
[
  1, 2,
  3, 4, 5
]
`},
		{"blank lines stay and are not copied", add("c", "pages"), `
{
  "pages": [

    "a",


    "b"

  ]
}
`, `
{
  "pages": [

    "a",


    "b",
    "c"

  ]
}
`},
		{"trailing spaces are not copied",
			add("c"), "[\n  \"a\",  \n  \"b\"\t\n]", "[\n  \"a\",  \n  \"b\",\n  \"c\"\t\n]"},
		{"commas in front", add("c"), `
[
    "a"
  , "b"
]
`, `
[
    "a"
  , "b"
  , "c"
]
`},
		{"space before commas", add(3), `[1 , 2]`, `[1 , 2 , 3]`},
		{"bracket on the line of the last element", add("c"), `
["a",
 "b"]
`, `
["a",
 "b",
 "c"]
`},
		{"no indentation at all", add("b", "pages"), `
{
"pages": [
"a"
]
}`, `
{
"pages": [
"a",
"b"
]
}`},
		{"empty array opens up", add("a", "pages"), `
{
  "pages": []
}
`, `
{
  "pages": [
    "a"
  ]
}
`},
		{"empty array opens up with tabs and CRLF", add("a", "pages"), crlf(tabs(`
{
  "pages": []
}
`)), crlf(tabs(`
{
  "pages": [
    "a"
  ]
}
`))},
		{"empty array on two lines", add("a", "pages"), `
{
  "pages": [

  ]
}
`, `
{
  "pages": [
    "a"
  ]
}
`},
		{"empty array in a document on one line", add("a", "pages"), `{"pages": []}`, `{"pages": ["a"]}`},
		{"empty array in an object on one line", add("a", "x", "pages"), `
{
  "x": {"pages": []}
}
`, `
{
  "x": {"pages": ["a"]}
}
`},
		{"empty root array", add(1), `[]`, `[1]`},
		{"empty root array with a space", add(1), `[ ]`, `[ 1 ]`},
		{"empty root array on two lines", add(1), "[\n]\n", "[\n  1\n]\n"},
		{"missing array", add("a", "pages"), `
{
  "window": {}
}
`, `
{
  "window": {},
  "pages": [
    "a"
  ]
}
`},
		{"missing array and parents", add("x", "packOptions", "ignore"), `
{
    "setting": {
        "es6": true
    }
}
`, `
{
    "setting": {
        "es6": true
    },
    "packOptions": {
        "ignore": [
            "x"
        ]
    }
}
`},
		{"missing array on one line", add("a", "x", "y"), `{"z": 1}`, `{"z": 1, "x": {"y": ["a"]}}`},
		{"object to objects on many lines", add(chat, "subPackages"), `
{
  "subPackages": [
    {
      "root": "a",
      "pages": [
        "x"
      ]
    }
  ]
}
`, `
{
  "subPackages": [
    {
      "root": "a",
      "pages": [
        "x"
      ]
    },
    {
      "root": "TUI-CustomerService",
      "pages": [
        "pages/index"
      ]
    }
  ]
}
`},
		{"object to objects with pages on one line", add(chat, "subPackages"), `
{
  "subPackages": [
    {
      "root": "a",
      "pages": ["x"]
    }
  ]
}
`, `
{
  "subPackages": [
    {
      "root": "a",
      "pages": ["x"]
    },
    {
      "root": "TUI-CustomerService",
      "pages": ["pages/index"]
    }
  ]
}
`},
		{"object to objects on one line each", add(chat, "subPackages"), `
{
  "subPackages": [
    { "root": "a", "pages": ["x"] },
    { "root": "b", "pages": ["y"] }
  ]
}
`, `
{
  "subPackages": [
    { "root": "a", "pages": ["x"] },
    { "root": "b", "pages": ["y"] },
    { "root": "TUI-CustomerService", "pages": ["pages/index"] }
  ]
}
`},
		{"object behind a closing brace", add(chat, "subPackages"), `
{
  "subPackages": [{
    "root": "a",
    "pages": []
  }]
}
`, `
{
  "subPackages": [{
    "root": "a",
    "pages": []
  }, {
    "root": "TUI-CustomerService",
    "pages": [
      "pages/index"
    ]
  }]
}
`},
		{"object into an empty array, CRLF", add(chat, "subPackages"), crlf(`
{
    "subPackages": []
}
`), crlf(`
{
    "subPackages": [
        {
            "root": "TUI-CustomerService",
            "pages": [
                "pages/index"
            ]
        }
    ]
}
`)},
		{"array in an array", add("d", "1"), `[["a"], ["b", "c"]]`, `[["a"], ["b", "c", "d"]]`},
		{"a decoy before it", add("x", "subpackages", "0", "pages"), `
{
  "list": [{"root": "pages"}, "pages", "subpackages"],
  "subpackages": [{"root": "r", "pages": []}]
}
`, `
{
  "list": [{"root": "pages"}, "pages", "subpackages"],
  "subpackages": [{"root": "r", "pages": ["x"]}]
}
`},
	})
}

func TestSet(t *testing.T) {
	testEdits(t, []row{
		{"boolean", set(false, "setting", "urlCheck"), `
{
  "setting": {
    "urlCheck" :true,
    "es6": true
  }
}
`, `
{
  "setting": {
    "urlCheck" :false,
    "es6": true
  }
}
`},
		{"string for a number", set("x", "a"), `{"a":  1 , "b":2}`, `{"a":  "x" , "b":2}`},
		{"number", set(json.Number("1e400"), "a"), `{"a": 1}`, `{"a": 1e400}`},
		{"null", set(nil, "a"), `{"a": {"b": 1}}`, `{"a": null}`},
		{"element of an array", set("x", "a", "1"), `{"a": [1, 2, 3]}`, `{"a": [1, "x", 3]}`},
		{"whole document", set(1), " {} \n", " 1 \n"},
		{"whole document by an object", set(map[string]int{"a": 1}), "null\n", "{\"a\": 1}\n"},
		{"no HTML escapes", set("<a href='x'>&</a>", "<k>"), `{"a": 1}`, `{"a": 1, "<k>": "<a href='x'>&</a>"}`},
		{"key with a dot", set(2, "a.b"), `{"a": {"b": 1}, "a.b": 1}`, `{"a": {"b": 1}, "a.b": 2}`},
		{"scoped npm package", set("^2.0.0", "devDependencies", "@tencentcloud/chat-uikit-wechat"), `
{
  "devDependencies": {
    "@tencentcloud/chat-uikit-wechat": "latest"
  }
}
`, `
{
  "devDependencies": {
    "@tencentcloud/chat-uikit-wechat": "^2.0.0"
  }
}
`},
		{"keys that mean something to sjson",
			set(1, `*`, `#`, `@x`, `|`, `a\b`, `:1`, `-1`, `!`, `0`), `{"*":{"#":{"@x":{"|":{"a\\b":{":1":{"-1":{"!":{"0":0}}}}}}}}}`,
			`{"*":{"#":{"@x":{"|":{"a\\b":{":1":{"-1":{"!":{"0":1}}}}}}}}}`},
		{"empty key", set(2, "", ""), `{"": {"": 1}}`, `{"": {"": 2}}`},
		{"escaped slash in the key", set(2, "a/b"), `{"a\/b": 1}`, `{"a\/b": 2}`},
		{"unicode escape in the key", set(2, "主包"), `{"\u4E3b\u5305": 1}`, `{"\u4E3b\u5305": 2}`},
		{"surrogate pair in the key", set(2, "😀"), `{"\ud83d\ude00": 1}`, `{"\ud83d\ude00": 2}`},
		{"unpaired surrogates are keys of their own", set(2, "\ufffd"),
			`{"\ud800": 0, "\udfff\ud800": 0, "\ufffd": 1}`, `{"\ud800": 0, "\udfff\ud800": 0, "\ufffd": 2}`},
		{"unpaired surrogate before another escape", set(2, "b"),
			`{"\ud800\u0062": 0, "\ud800\n": 0, "\u0062": 1}`, `{"\ud800\u0062": 0, "\ud800\n": 0, "\u0062": 2}`},
		{"line end in the key", set(2, "a\n\"b\""), `{"a\n\u0022b\"": 1}`, `{"a\n\u0022b\"": 2}`},
		{"U+FFFD is not an unpaired surrogate", set("\ufffd", "a"), `{"a": "\ud800"}`, "{\"a\": \"\ufffd\"}"},
		{"duplicates elsewhere stay", set(2, "b"), `{"a": 1, "a": 2, "b": {"c": 1, "c": 1}}`, `{"a": 1, "a": 2, "b": 2}`},
		{"odd values elsewhere stay", set(2, "z"),
			`{"n": 123456789012345678901234567890.10E+5, "s": "\ud800\/\u0041", "e": -0.0, "z": 1}`,
			`{"n": 123456789012345678901234567890.10E+5, "s": "\ud800\/\u0041", "e": -0.0, "z": 2}`},
		{"the same value is no change", set("a/b", "k"), `{"k": "a\/b"}`, `{"k": "a\/b"}`},
		{"the same object is no change", set(json.RawMessage(`{"a":[1,"x"]}`), "k"),
			`{"k": { "a":[ 1,"\u0078"] }}`, `{"k": { "a":[ 1,"\u0078"] }}`},
		{"another order is a change", set(json.RawMessage(`{"b":1,"a":2}`), "k"), `{"k": {"a":2,"b":1}}`, `{"k": {"b":1,"a":2}}`},
		{"another spelling of a number is a change", set(json.Number("1.0"), "k"), `{"k": 1}`, `{"k": 1.0}`},
		{"new key", set(true, "setting", "packNpmManually"), `
{
  "setting": {
    "es6": true
  },
  "appid": "x"
}
`, `
{
  "setting": {
    "es6": true,
    "packNpmManually": true
  },
  "appid": "x"
}
`},
		{"new key, compact colons", set(2, "b"), `
{
	"a":1
}
`, `
{
	"a":1,
	"b":2
}
`},
		{"new key, spaces around colons", set(2, "b"), "{\n  \"a\" : 1\n}", "{\n  \"a\" : 1,\n  \"b\" : 2\n}"},
		{"new key, values in a column", set(3, "c"), `
{
  "long": 1,
  "s":    2
}
`, `
{
  "long": 1,
  "s":    2,
  "c": 3
}
`},
		{"new key on one line", set(2, "b"), `{ "a": 1 }`, `{ "a": 1, "b": 2 }`},
		{"new key, minified", set(chat, "b"), `{"a":1}`, `{"a":1,"b":{"root":"TUI-CustomerService","pages":["pages/index"]}}`},
		{"new key behind an object on one line", set(2, "b"), "{\"a\": {\n}}", "{\"a\": {\n}, \"b\": 2}"},
		{"new key in an empty document", set(1, "a"), `{}`, `{"a": 1}`},
		{"new key in an empty document with final line end", set(1, "a"), "{}\n", "{\"a\": 1}\n"},
		{"new key in an empty document on two lines", set(1, "a"), "{\r\n}", "{\r\n  \"a\": 1\r\n}"},
		{"new key in an empty object", set("x", "usingComponents", "TUIKit"), `
{
    "usingComponents": {}
}`, `
{
    "usingComponents": {
        "TUIKit": "x"
    }
}`},
		{"unit of indentation from elsewhere", set(chat, "a", "0"), `
{"a": [
0], "b": {
   "c": 1
}}
`, `
{"a": [
{
   "root": "TUI-CustomerService",
   "pages": [
      "pages/index"
   ]
}], "b": {
   "c": 1
}}
`},
		{"new key with parents", set("x", "a", "b", "c"), `
{
	"z": 1
}
`, `
{
	"z": 1,
	"a": {
		"b": {
			"c": "x"
		}
	}
}
`},
		{"index of a missing parent is a key", set(1, "a", "0"), `{}`, `{"a": {"0": 1}}`},
		{"object on many lines", set(chat, "a"), crlf(`
{
  "a": {
    "x": 1
  },
  "b": 2
}
`), crlf(`
{
  "a": {
    "root": "TUI-CustomerService",
    "pages": [
      "pages/index"
    ]
  },
  "b": 2
}
`)},
		{"array on one line stays on one line", set([]string{"c", "d"}, "a"), `
{
  "a": ["b"]
}
`, `
{
  "a": ["c", "d"]
}
`},
		{"object for a scalar", set(chat, "a"), `
{
  "a": null
}
`, `
{
  "a": {
    "root": "TUI-CustomerService",
    "pages": [
      "pages/index"
    ]
  }
}
`},
		{"object for an object on one line", set(map[string]any{"c": []int{}, "d": struct{}{}}, "a"), `
{
  "a": { "b": 1 }
}
`, `
{
  "a": { "c": [], "d": {} }
}
`},
		{"byte order mark and CRLF", set(1, "b"), "\ufeff{\r\n\t\"a\": 0\r\n}\r\n", "\ufeff{\r\n\t\"a\": 0,\r\n\t\"b\": 1\r\n}\r\n"},
		{"lone CR is white space", set(1, "b"), "{\r\"a\": 0\r}", "{\r\"a\": 0, \"b\": 1\r}"},
	})
}

func TestDelete(t *testing.T) {
	testEdits(t, []row{
		{"first", del("pages", "0"), `
{
  "pages": [
    "a",
    "b"
  ]
}
`, `
{
  "pages": [
    "b"
  ]
}
`},
		{"middle", del("b"), `
{
  "a": 1,
  "b": {
    "x": 1
  },
  "c": 3
}
`, `
{
  "a": 1,
  "c": 3
}
`},
		{"last", del("b"), `
{
  "a": 1,
  "b": 2
}
`, `
{
  "a": 1
}
`},
		{"last, CRLF and tabs", del("b"), "{\r\n\t\"a\": 1,\r\n\t\"b\": 2\r\n}\r\n", "{\r\n\t\"a\": 1\r\n}\r\n"},
		{"middle, CRLF and byte order mark", del("b"),
			"\ufeff{\r\n\"a\": 1,\r\n\"b\": 2,\r\n\"c\": 3}", "\ufeff{\r\n\"a\": 1,\r\n\"c\": 3}"},
		{"only", del("pages", "0"), `
{
  "pages": [
    "a"
  ]
}
`, `
{
  "pages": []
}
`},
		{"only, on one line", del("a"), `{ "a": 1 }`, `{}`},
		{"first on one line", del("0"), `[1, 2, 3]`, `[2, 3]`},
		{"middle on one line", del("1"), `[1, 2, 3]`, `[1, 3]`},
		{"last on one line", del("2"), `[ 1, 2, 3 ]`, `[ 1, 2 ]`},
		{"minified", del("a"), `{"a":1,"b":2}`, `{"b":2}`},
		{"blank lines around it stay", del("1"), `
[
  "a",

  "b",
  "c",

  "d"
]
`, `
[
  "a",

  "c",

  "d"
]
`},
		{"blank line before the last goes", del("1"), `
[
  "a",

  "b"
]
`, `
[
  "a"
]
`},
		{"first of a line of several", del("1"), `
["a",
 "b", "c",
 "d"]
`, `
["a",
 "c",
 "d"]
`},
		{"last of a line of several", del("2"), `
["a",
 "b", "c",
 "d"]
`, `
["a",
 "b",
 "d"]
`},
		{"on the line of the bracket", del("a"), `
{ "a": 1,
  "b": 2 }
`, `
{ "b": 2 }
`},
		{"commas in front, first", del("0"), "[\n    1\n  , 2\n  , 3\n]", "[\n    2\n  , 3\n]"},
		{"commas in front, middle", del("1"), "[\n    1\n  , 2\n  , 3\n]", "[\n    1\n  , 3\n]"},
		{"commas in front, last", del("2"), "[\n    1\n  , 2\n  , 3\n]", "[\n    1\n  , 2\n]"},
		{"comma on its own line", del("0"), "[\n  1\n  ,\n  2\n]", "[\n  2\n]"},
		{"object behind a closing brace", del("1"), `
[{
  "a": 1
}, {
  "b": 2
}, {
  "c": 3
}]
`, `
[{
  "a": 1
}, {
  "c": 3
}]
`},
		{"escaped key", del("a/b"), `{"a\/b": 1, "c": 2}`, `{"c": 2}`},
		{"strings with brackets and commas", del("1"), `["],{", "\",[", "}"]`, `["],{", "}"]`},
		{"nothing there", del("x"), `{ "a":1 }`, `{ "a":1 }`},
		{"nothing there, no parent", del("x", "y"), `{ "a":1 }`, `{ "a":1 }`},
		{"nothing there, past the end", del("3"), `[1,2]`, `[1,2]`},
		{"nothing there, not an index", del("01"), `[1,2]`, `[1,2]`},
		{"nothing there, a string on the way", del("a", "b"), `{"a": "b"}`, `{"a": "b"}`},
		{"duplicates elsewhere stay", del("b"), `{"a": 1, "b": 2, "a": 3}`, `{"a": 1, "a": 3}`},
	})
}

func TestFind(t *testing.T) {
	const data = "\ufeff\n { \"a\\/b\": [10, {\"@x.y\": \"\\u0041\"} ], \"d\": 1, \"d\": 2, \"\": null } \n"
	tests := []struct {
		path []string
		want string
		ok   bool
	}{
		{nil, data[5 : len(data)-2], true},
		{[]string{"a/b"}, `[10, {"@x.y": "\u0041"} ]`, true},
		{[]string{"a/b", "0"}, `10`, true},
		{[]string{"a/b", "1", "@x.y"}, `"\u0041"`, true},
		{[]string{"d"}, `2`, true},
		{[]string{""}, `null`, true},
		{[]string{"a"}, ``, false},
		{[]string{"a/b", "2"}, ``, false},
		{[]string{"a/b", "00"}, ``, false},
		{[]string{"a/b", "-1"}, ``, false},
		{[]string{"a/b", "0", "0"}, ``, false},
		{[]string{"A/b"}, ``, false},
	}
	for _, tt := range tests {
		got, ok := Find([]byte(data), tt.path...)
		if string(got) != tt.want || ok != tt.ok {
			t.Errorf("Find(%q) = %q, %v, want %q, %v", tt.path, got, ok, tt.want, tt.ok)
		}
	}
	if got, ok := Find([]byte(`{"a": 1,}`), "a"); ok {
		t.Errorf("Find in an invalid file = %q, want nothing", got)
	}
}

// What Find returns is part of data; an append must not write into data.
func TestFindDoesNotAlias(t *testing.T) {
	data := []byte(`{"a": [1], "b": 2}`)
	raw, _ := Find(data, "a")
	_ = append(raw, "xxx"...)
	if want := `{"a": [1], "b": 2}`; string(data) != want {
		t.Errorf("data = %s, want %s", data, want)
	}
}

func TestCheck(t *testing.T) {
	tests := []struct {
		data         string
		line, column int
		kind         Kind
		message      string
	}{
		{"", 1, 1, KindEmpty, "empty file"},
		{" \r\n\t", 1, 1, KindEmpty, "empty file"},
		{"\ufeff", 1, 1, KindEmpty, "empty file"},
		{"\ufeff\ufeff{}", 1, 1, KindOther, `unexpected '\ufeff'`},
		{"{\n  // pages\n  \"a\": 1\n}", 2, 3, KindComment, "comment"},
		{"{\"a\": /* x */ 1}", 1, 7, KindComment, "comment"},
		{"{\"a\": 1 // x\n}", 1, 9, KindComment, "comment"},
		{"{}\n// end", 2, 1, KindComment, "comment"},
		{"// top\n{}", 1, 1, KindComment, "comment"},
		{"[1, // x\n]", 1, 5, KindComment, "comment"},
		{"[1 / 2]", 1, 4, KindOther, "expected ',' or ']'"},
		{"{\n  \"a\": 1,\n}", 2, 9, KindTrailingComma, "trailing comma"},
		{"[\n  \"a\"\n  ,\n\n]", 3, 3, KindTrailingComma, "trailing comma"},
		{"\ufeff[1,]", 1, 3, KindTrailingComma, "trailing comma"},
		{"[,]", 1, 2, KindOther, "unexpected ','"},
		{"[1,,2]", 1, 4, KindOther, "unexpected ','"},
		{"{,}", 1, 2, KindOther, "expected a key in double quotes"},
		{"{\"主\": \"包\" \"x\": 1}", 1, 11, KindOther, "expected ',' or '}'"},
		{"{\"a\": 1", 1, 8, KindOther, "unexpected end of file"},
		{"{\"a\":\n", 2, 1, KindOther, "unexpected end of file"},
		{"[", 1, 2, KindOther, "unexpected end of file"},
		{"[1,", 1, 4, KindOther, "unexpected end of file"},
		{"{\"a", 1, 4, KindOther, "unexpected end of file"},
		{"\"\\", 1, 3, KindOther, "unexpected end of file"},
		{"\"\\u12", 1, 6, KindOther, "unexpected end of file"},
		{"\"\\u1234", 1, 8, KindOther, "unexpected end of file"},
		{"-", 1, 2, KindOther, "unexpected end of file"},
		{"1e", 1, 3, KindOther, "unexpected end of file"},
		{"[1.]", 1, 2, KindOther, "invalid number"},
		{"[01]", 1, 2, KindOther, "invalid number"},
		{"[-a]", 1, 2, KindOther, "invalid number"},
		{"[1e+]", 1, 2, KindOther, "invalid number"},
		{"[+1]", 1, 2, KindOther, "unexpected '+'"},
		{"[.5]", 1, 2, KindOther, "unexpected '.'"},
		{"0x10", 1, 2, KindOther, "text after the end of the document"},
		{"[NaN]", 1, 2, KindOther, "unexpected 'N'"},
		{"tru", 1, 1, KindOther, "unexpected 't'"},
		{"truefalse", 1, 5, KindOther, "text after the end of the document"},
		{"<xml>", 1, 1, KindOther, "unexpected '<'"},
		{"[主]", 1, 2, KindOther, "unexpected '主'"},
		{"{} {}", 1, 4, KindOther, "text after the end of the document"},
		{"{}\x00", 1, 3, KindOther, "text after the end of the document"},
		{"\x00", 1, 1, KindOther, `unexpected '\x00'`},
		{"{a: 1}", 1, 2, KindOther, "expected a key in double quotes"},
		{"{'a': 1}", 1, 2, KindOther, "single quotes instead of double quotes"},
		{"['a']", 1, 2, KindOther, "single quotes instead of double quotes"},
		{"{\"a\" 1}", 1, 6, KindOther, "expected ':' after a key"},
		{"{\"a\": 1]", 1, 8, KindOther, "expected ',' or '}'"},
		{"[\"a\tb\"]", 1, 4, KindOther, "control character in string"},
		{"[\"a\n\"]", 1, 4, KindOther, "control character in string"},
		{"[\"a\\x\"]", 1, 4, KindOther, "invalid escape in string"},
		{"[\"\\u12G4\"]", 1, 3, KindOther, "invalid escape in string"},
		{"[\"\\u12\"]", 1, 3, KindOther, "invalid escape in string"},
		{"[\"\u00a0\",\u00a01]", 1, 6, KindOther, `unexpected '\u00a0'`},
		{"{\n\"主\": \"\xb0\xfc\"}", 2, 7, KindNotUTF8, "not UTF-8"},
		{"[\"\ufffd\", \"\xff\"]", 1, 8, KindNotUTF8, "not UTF-8"},
		{"\xff\xfe{\x00}\x00", 1, 1, KindNotUTF8, "not UTF-8"},
		{"{\r\n  \"a\": 1,\r\n  \"b\"\r\n}", 4, 1, KindOther, "expected ':' after a key"},
		{strings.Repeat("[", 10001) + strings.Repeat("]", 10001), 1, 10001, KindOther, "nested too deeply"},
	}
	for _, tt := range tests {
		err := Check([]byte(tt.data))
		want := &SyntaxError{tt.line, tt.column, tt.kind, tt.message}
		var got *SyntaxError
		if !errors.As(err, &got) {
			t.Errorf("Check(%.40q) = %v, want %v", tt.data, err, want)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Check(%.40q) (-want +got)\n%s", tt.data, diff)
		}
	}
}

func TestCheckAccepts(t *testing.T) {
	for _, data := range []string{
		"{}", "[]", "null", " true ", "false\r\n", `""`, "-0", "0.10", "1E+05", "-12.5e-3", "1e999",
		"\ufeff{}", `{"a": 1, "a": 2}`, `"\ud800"`, `"\u0000\"\\\/\b\f\n\r\t"`, "\"\u2028\ufffd\x7f\"",
		`{"": {"": [[], [{}]]}}`,
		strings.Repeat("[", 10000) + strings.Repeat("]", 10000),
	} {
		if err := Check([]byte(data)); err != nil {
			t.Errorf("Check(%.40q) = %v, want nil", data, err)
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name string
		edit edit
		in   string
		want string
	}{
		{"comment", set(1, "a"), "{\n  // x\n}", "line 2, column 3: comment"},
		{"trailing comma", add(1, "a"), `{"a": [1,]}`, "line 1, column 9: trailing comma"},
		{"empty file", del("a"), "", "line 1, column 1: empty file"},
		{"garbage", set(1, "a"), "garbage", "line 1, column 1: unexpected 'g'"},
		{"duplicate key", set(1, "a"), "{\n  \"a\": 1,\n  \"\\u0061\": 2\n}", `line 3, column 3: duplicate key "a"`},
		{"duplicate key, Append", add(1, "a"), `{"a": [], "a": []}`, `line 1, column 11: duplicate key "a"`},
		{"duplicate key, Delete", del("a"), "\ufeff{\"a\": 1, \"a\": 2}", `line 1, column 10: duplicate key "a"`},
		{"duplicate parent", set(1, "a", "b"), `{"a": {}, "a": {}}`, `line 1, column 11: duplicate key "a"`},
		{"duplicate unpaired surrogate", set(1, "a"), `{"a": 0, "\ud800": 1, "a": 2}`, `line 1, column 23: duplicate key "a"`},
		{"string on the way", set(1, "a", "b", "c"), `{"a": {"b": "x"}}`, "/a/b: a string, not an object"},
		{"null on the way", add(1, "a", "b"), `{"a": null}`, "/a: null, not an object"},
		{"number at the root", set(1, "a"), `12`, "document: a number, not an object"},
		{"boolean on the way", set(1, "a/b", "~"), `{"a/b": true}`, "/a~1b: a boolean, not an object"},
		{"past the end", set(1, "a", "2"), `{"a": [1, 2]}`, `/a: "2" is not the index of one of the 2 elements`},
		{"key in an array", set(1, "x", "y"), `[]`, `document: "x" is not the index of one of the 0 elements`},
		{"append to an object", add(1, "a"), `{"a": {}}`, "/a: an object, not an array"},
		{"append to the root object", add(1), `{}`, "document: an object, not an array"},
		{"append to null", add(1, "a"), `{"a": null}`, "/a: null, not an array"},
		{"delete everything", del(), `{}`, "document: cannot be deleted"},
		{"key not UTF-8", set(1, "\xff"), `{}`, "/\xff: a key that is not UTF-8"},
		{"not a JSON value", set(math.NaN(), "a"), `{}`, "cannot write the value as JSON: json: unsupported value: NaN"},
		{"raw value not UTF-8", set(json.RawMessage("\"\xff\""), "a"), `{}`, "cannot write the value as JSON: line 1, column 2: not UTF-8"},
		{"too deep afterwards", add(1, strings.Split(strings.Repeat("0", 9999), "")...),
			strings.Repeat("[", 9999) + "1" + strings.Repeat("]", 9999), "a number, not an array"},
		{"too deep afterwards, nested value", set([]int{1}, strings.Split(strings.Repeat("0", 10000), "")...),
			strings.Repeat("[", 10000) + "1" + strings.Repeat("]", 10000), "nested too deeply"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.edit([]byte(tt.in))
			if got != nil || err == nil || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("got %q, %.200v, want error %s", got, err, tt.want)
			}
		})
	}
}

func TestErrorTypes(t *testing.T) {
	_, err := Set([]byte(`{"a": 1, "a": 2}`), 3, "a")
	want := &SyntaxError{Line: 1, Column: 10, Kind: KindDuplicateKey, Message: `duplicate key "a"`}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	_, err = Append([]byte(`{"a": {"b": "x"}}`), 3, "a", "b", "c")
	wantPath := &PathError{Path: []string{"a", "b"}, Message: "a string, not an object"}
	if diff := cmp.Diff(error(wantPath), err); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// An edit that does something else must be refused, whatever made it.
func TestProvenRefusesDamage(t *testing.T) {
	d, err := open([]byte(`{"a": 1, "b": 2}`))
	if err != nil {
		t.Fatal(err)
	}
	want := decode(`{"a": 1, "b": 3}`)
	for _, body := range []string{
		`{"a": 1, "b": 2}`, `{"b": 3, "a": 1}`, `{"a": 1.0, "b": 3}`, `{"a": 1, "b": "3"}`,
		`{"a": 1, "b": 3, "b": 3}`, `{"a": 1, "b": [3]}`, `{"a": 1, "b": 3,}`, ``,
	} {
		if got, err := d.proven(body, want, []string{"b"}); err == nil {
			t.Errorf("proven(%s) = %s, want an error", body, got)
		}
	}
}

// bigApp returns an app.json of at least 100 kB.
func bigApp() []byte {
	var b strings.Builder
	b.WriteString("{\n  \"pages\": [\n    \"pages/index/index\"")
	for b.Len() < 60_000 {
		b.WriteString(",\n    \"pages/orders/history/detail/index\"")
	}
	b.WriteString("\n  ],\n  \"subPackages\": [\n    {\n      \"root\": \"a\",\n      \"pages\": []\n    }")
	for b.Len() < 100_000 {
		b.WriteString(",\n    {\n      \"root\": \"packages/shop\",\n      \"pages\": [\n        \"pages/index\"\n      ]\n    }")
	}
	b.WriteString("\n  ],\n  \"window\": {\n    \"navigationBarTitleText\": \"x\"\n  }\n}\n")
	return []byte(b.String())
}

func BenchmarkAppend(b *testing.B) {
	data := bigApp()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Append(data, "pages/chat/chat", "pages"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	data := bigApp()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if err := Check(data); err != nil {
			b.Fatal(err)
		}
	}
}

func TestLocate(t *testing.T) {
	data := "\ufeff{\"a\": [1, {\"b\\u0063\": \"x\"}], \"a2\": 1}"
	for _, row := range []struct {
		path       []string
		key, value string
	}{
		{nil, "", data[3:]},
		{[]string{"a"}, `"a"`, `[1, {"b\u0063": "x"}]`},
		{[]string{"a", "0"}, "", "1"},
		{[]string{"a", "1", "bc"}, `"b\u0063"`, `"x"`},
	} {
		key, value, ok := Locate([]byte(data), row.path...)
		if !ok || data[key.Start:key.End] != row.key || data[value.Start:value.End] != row.value {
			t.Errorf("%v: %q %q %v", row.path, data[key.Start:key.End], data[value.Start:value.End], ok)
		}
	}
	if _, _, ok := Locate([]byte(data), "a", "2"); ok {
		t.Error("there is no a/2")
	}
}

func TestDuplicates(t *testing.T) {
	for data, want := range map[string][]string{
		`{"a": 1, "b": {"c": 1, "d": [{"e": 1, "e": 2}]}, "\u0061": 2, "c": 3}`: {`"e"`, `"\u0061"`},
		"\ufeff{\"a\": \"a\", \"a\"\n: [\"a\", \"a\"]}":                         {`"a"`},
		`{"\\": 1, "\\\"": "}", "\"": ":", "\\" :2}`:                            {`"\\"`},
		`{"": {}, "": {"": 1}}`:                                                 {`""`},
		`"a"`:                                                                   nil,
	} {
		var got []string
		for _, s := range Duplicates([]byte(data)) {
			got = append(got, data[s.Start:s.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", data, got, want)
		}
	}
	if got := Duplicates([]byte(`{"a": 1, "a"}`)); got != nil {
		t.Errorf("got %v of what is no JSON", got)
	}
}
