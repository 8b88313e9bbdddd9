package jsonpatch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// The laws of the package. Documents come in two ways: as they are, which is how
// the fuzzer finds odd bytes, and built by a generator that turns any bytes into
// a valid document with an odd layout.

var seeds = []string{
	"{\n  \"pages\": [\n    \"a\",\n    \"b\"\n  ]\n}\n",
	"\ufeff{\r\n\t\"a\" : [1, 2],\r\n\r\n\t\"b\":{}\r\n}",
	`{"a\/b":[{"x":1},[[]]],"\ud800":1,"\ufffd":2,"":{"":null}}`,
	"[\n    1\n  , 2\n  , 3\n]",
	"[{\n  \"a\": 1\n}, {\n  \"b\": [ ]\n}]",
	`{"a":1,"a":{"a":[-0.0e+1]}}`,
	"{\"a\": {\"b\": 1}, \"c\": [\n]}",
	"\r[1\r,2 ]\r\n",
	`[0]`, `{}`, `"x"`, ` 1 `, "", "\ufeff\ufeff{}", "[1,]", "// x\n{}", "[\"\xff\"]", "{\"a\": 1 \"b\"}",
}

var generatedSpace = []string{"", "", " ", "\n", "\n  ", "\r\n\t", "\n\n    ", "  ", "\t", " \n ", "\r", "\n\t  "}

var generatedKeys = []string{
	`"a"`, `"b"`, `"pages"`, `""`, `"0"`, `"a\/b"`, `"a.b"`, `"@x/y"`, `"*"`, `"\ud800"`, `"\ufffd"`, `"主"`, `":1"`, `"#"`, `"\\"`, `"-1"`, `"\u0061"`,
}

var generatedScalars = []string{
	`1`, `"x"`, `null`, `true`, `-0.10E+5`, `"],{"`, `"\\"`, `"\""`, `"\udc00\ud800A"`, `123456789012345678901234567890`, `"//"`,
}

// A generator makes decisions from bytes until there are none left.
type generator struct {
	bytes []byte
	out   bytes.Buffer
}

func generate(decisions []byte) []byte {
	g := generator{bytes: decisions}
	if g.next(4) == 1 {
		g.out.WriteString(byteOrderMark)
	}
	g.space()
	g.value(1 + g.next(2))
	g.space()
	return g.out.Bytes()
}

func (g *generator) next(n int) int {
	if len(g.bytes) == 0 {
		return 0
	}
	b := g.bytes[0]
	g.bytes = g.bytes[1:]
	return int(b) % n
}

func (g *generator) pick(from []string) {
	g.out.WriteString(from[g.next(len(from))])
}

func (g *generator) space() { g.pick(generatedSpace) }

func (g *generator) value(kind int) {
	switch kind {
	case 1:
		g.items("{}", func() {
			g.pick(generatedKeys)
			g.space()
			g.out.WriteString(":")
			g.space()
			g.value(g.next(4))
		})
	case 2:
		g.items("[]", func() { g.value(g.next(4)) })
	default:
		g.pick(generatedScalars)
	}
}

func (g *generator) items(brackets string, item func()) {
	g.out.WriteByte(brackets[0])
	g.space()
	for i := range g.next(5) {
		if i > 0 {
			g.out.WriteString(",")
			g.space()
		}
		item()
		g.space()
	}
	g.out.WriteByte(brackets[1])
}

// A subject is a valid document and a path that may exist in it.
type subject struct {
	data []byte
	path []string
}

// addSeeds adds each seed as it is and as decisions of the generator.
func addSeeds(f *testing.F, args ...any) {
	for i, seed := range seeds {
		for _, generated := range []bool{false, true} {
			f.Add(append([]any{[]byte(seed), generated, uint16(i)}, args...)...)
		}
	}
}

// newSubject picks one of the paths of a document. ok is false if there is no
// valid document.
func newSubject(data []byte, generated bool, pick uint16) (s subject, ok bool) {
	if generated {
		data = generate(data)
	}
	if Check(data) != nil {
		return s, false
	}
	d, _ := open(data)
	paths := pathsOf(decode(d.body), nil)
	return subject{data, paths[int(pick)%len(paths)]}, true
}

// pathsOf lists the paths of all values, the empty one first.
func pathsOf(n *node, prefix []string) [][]string {
	paths := [][]string{prefix}
	for i, item := range n.items {
		key := strconv.Itoa(i)
		if n.kind == '{' {
			key = n.keys[i]
		}
		paths = append(paths, pathsOf(item, append(slices.Clip(prefix), key))...)
	}
	return paths
}

// isValue reports whether value can be a json.RawMessage.
func isValue(value string) bool {
	return json.Valid([]byte(value)) && utf8.ValidString(value)
}

// allowed reports whether err is one of those that the package documents.
func allowed(err error) bool {
	syntax, path := (*SyntaxError)(nil), (*PathError)(nil)
	return errors.As(err, &syntax) && syntax.Line > 0 && syntax.Column > 0 && syntax.Kind != "" && syntax.Message != "" ||
		errors.As(err, &path) && path.Message != ""
}

// insertedRun reports whether long is short with one run of bytes put in.
func insertedRun(short, long []byte) bool {
	i := 0
	for i < len(short) && i < len(long) && short[i] == long[i] {
		i++
	}
	return len(long) >= len(short) && bytes.HasSuffix(long, short[i:])
}

// FuzzCheck: Check agrees with encoding/json.Valid, save for the byte order mark
// and invalid UTF-8.
func FuzzCheck(f *testing.F) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	for _, words := range [][]string{generatedKeys, generatedScalars} {
		f.Add([]byte("[" + strings.Join(words, ",") + "]"))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		body := bytes.TrimPrefix(data, []byte(byteOrderMark))
		err := Check(data)
		if want := json.Valid(body) && utf8.Valid(body); (err == nil) != want {
			t.Errorf("Check(%q) = %v, valid %v", data, err, want)
		}
		if err != nil && !allowed(err) {
			t.Errorf("Check(%q) = %#v", data, err)
		}
	})
}

// FuzzSetSame: setting a value to what it is changes nothing, and Find finds
// what the bytes say.
func FuzzSetSame(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte, generated bool, pick uint16) {
		s, ok := newSubject(data, generated, pick)
		if !ok {
			return
		}
		raw, ok := Find(s.data, s.path...)
		got, err := Set(s.data, json.RawMessage(raw), s.path...)
		if err != nil && !allowed(err) || err == nil && !ok {
			t.Fatalf("Set(%q, %s, %q): %v", s.data, raw, s.path, err)
		}
		if err == nil && !bytes.Equal(got, s.data) {
			t.Errorf("Set(%q, %s, %q) = %q", s.data, raw, s.path, got)
		}
	})
}

// FuzzAppendDelete: deleting what was appended to an array with elements gives
// the file back.
func FuzzAppendDelete(f *testing.F) {
	addSeeds(f, `{"r":[1,{"p":[]}]}`)
	f.Fuzz(func(t *testing.T, data []byte, generated bool, pick uint16, value string) {
		s, ok := newSubject(data, generated, pick)
		if !ok || !isValue(value) {
			return
		}
		raw, _ := Find(s.data, s.path...)
		got, err := Append(s.data, json.RawMessage(value), s.path...)
		if err != nil {
			if !allowed(err) {
				t.Fatalf("Append(%q, %s, %q): %v", s.data, value, s.path, err)
			}
			return
		}
		d, _ := open(raw)
		count := len(d.container(d.root()).items)
		if count == 0 {
			return
		}
		if !insertedRun(s.data, got) {
			t.Errorf("Append(%q, %s, %q) = %q changes other bytes", s.data, value, s.path, got)
		}
		back, err := Delete(got, append(slices.Clip(s.path), strconv.Itoa(count))...)
		if err != nil || !bytes.Equal(back, s.data) {
			t.Errorf("Append(%q, %s, %q) = %q, Delete = %q, %v", s.data, value, s.path, got, back, err)
		}
	})
}

// FuzzSetDelete: deleting a member that was added to an object with members
// gives the file back.
func FuzzSetDelete(f *testing.F) {
	addSeeds(f, "new", `{"r":[1,{"p":[]}]}`)
	f.Fuzz(func(t *testing.T, data []byte, generated bool, pick uint16, key, value string) {
		s, ok := newSubject(data, generated, pick)
		if !ok || !isValue(value) {
			return
		}
		path := append(slices.Clip(s.path), key)
		raw, _ := Find(s.data, s.path...)
		_, exists := Find(s.data, path...)
		got, err := Set(s.data, json.RawMessage(value), path...)
		if err != nil || exists {
			return // FuzzEdit looks at these
		}
		d, _ := open(raw)
		if len(d.container(d.root()).items) == 0 {
			return
		}
		if !insertedRun(s.data, got) {
			t.Errorf("Set(%q, %s, %q) = %q changes other bytes", s.data, value, path, got)
		}
		back, err := Delete(got, path...)
		if err != nil || !bytes.Equal(back, s.data) {
			t.Errorf("Set(%q, %s, %q) = %q, Delete = %q, %v", s.data, value, path, got, back, err)
		}
	})
}

// FuzzEdit: any edit on any path gives a valid file or a documented error, never
// a refusal for damage; the value is where it belongs; a replacement touches only
// the value, a deletion takes out one run of bytes.
func FuzzEdit(f *testing.F) {
	addSeeds(f, uint8(0), "new", `{"r":[1,{"p":[]}]}`)
	addSeeds(f, uint8(1), "", `[1]`)
	addSeeds(f, uint8(6), "a/0/c", `"x"`)
	f.Fuzz(func(t *testing.T, data []byte, generated bool, pick uint16, op uint8, more, value string) {
		s, ok := newSubject(data, generated, pick)
		if !ok || !isValue(value) {
			return
		}
		if op >= 3 { // leave the paths that exist
			s.path = append(slices.Clip(s.path), strings.Split(more, "/")...)
		}
		if problem := lawOfEdit(s, op%3, value); problem != "" {
			t.Errorf("%q, op %d, path %q, value %s: %s", s.data, op%3, s.path, value, problem)
		}
	})
}

// lawOfEdit makes one edit and says which law it breaks.
func lawOfEdit(s subject, op uint8, value string) string {
	raw, exists := Find(s.data, s.path...)
	before := slices.Clone(s.data)
	var got []byte
	var err error
	switch op {
	case 0:
		got, err = Set(s.data, json.RawMessage(value), s.path...)
	case 1:
		got, err = Append(s.data, json.RawMessage(value), s.path...)
	case 2:
		got, err = Delete(s.data, s.path...)
	}
	switch {
	case !bytes.Equal(before, s.data):
		return "the input was written to"
	case err != nil && (got != nil || !allowed(err)):
		return fmt.Sprintf("error %v with %q", err, got)
	case err != nil:
		return ""
	case Check(got) != nil:
		return fmt.Sprintf("%v in %q", Check(got), got)
	}
	return lawOfResult(s, op, value, raw, exists, got)
}

func lawOfResult(s subject, op uint8, value string, raw []byte, exists bool, got []byte) string {
	now, ok := Find(got, s.path...)
	start := 0
	if d, err := open(s.data); err == nil && exists {
		p, _ := d.locate(s.path)
		start = len(d.bom) + p.value.start
	}
	switch {
	case op == 0 && (!ok || !equal(decode(string(now)), decode(value))):
		return fmt.Sprintf("wrong value in %q", got)
	case op == 0 && exists && !between(got, s.data[:start], s.data[start+len(raw):]):
		return fmt.Sprintf("other bytes changed in %q", got)
	case op == 0 && !exists && !keepsWords(s.data, got):
		return fmt.Sprintf("other words changed in %q", got)
	case op == 1 && (!ok || now[0] != '[' || !keepsWords(s.data, got)):
		return fmt.Sprintf("wrong array in %q", got)
	case op == 2 && exists && !insertedRun(got, s.data):
		return fmt.Sprintf("other bytes changed in %q", got)
	case op == 2 && !exists && !bytes.Equal(got, s.data):
		return fmt.Sprintf("nothing to delete, but %q", got)
	}
	return ""
}

func between(data, prefix, suffix []byte) bool {
	return len(data) >= len(prefix)+len(suffix) && bytes.HasPrefix(data, prefix) && bytes.HasSuffix(data, suffix)
}

// keepsWords reports whether an insert left everything but white space alone;
// the white space in an empty container may go.
func keepsWords(before, after []byte) bool {
	return insertedRun(before, after) || insertedRun(words(before), words(after))
}

// words returns a valid document without the white space between its tokens.
func words(data []byte) []byte {
	var b bytes.Buffer
	_ = json.Compact(&b, bytes.TrimPrefix(data, []byte(byteOrderMark))) // data is valid
	return b.Bytes()
}

// FuzzDuplicates: as many keys are there twice as encoding/json sees.
func FuzzDuplicates(f *testing.F) {
	f.Add([]byte(`{"a": 1, "b": [{"a": {"b": "a", "b": 1}}], "\u0061": {}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if Check(data) != nil || bytes.Contains(data, []byte(`\u`)) { // of surrogates that stand alone encoding/json makes one character
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte(byteOrderMark))))
		decoder.UseNumber() // JSON has numbers that no float64 holds
		if got, want := len(Duplicates(data)), repeated(t, decoder); got != want {
			t.Errorf("%d duplicates, want %d", got, want)
		}
	})
}

// repeated counts the keys that the objects of the next value have had before.
func repeated(t *testing.T, decoder *json.Decoder) (count int) {
	token, err := decoder.Token()
	if err != nil {
		t.Fatal(err)
	}
	bracket, opens := token.(json.Delim)
	if !opens {
		return 0
	}
	seen := map[json.Token]bool{}
	for decoder.More() {
		if bracket == '{' {
			key, err := decoder.Token()
			if err != nil {
				t.Fatal(err)
			}
			if seen[key] {
				count++
			}
			seen[key] = true
		}
		count += repeated(t, decoder)
	}
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	return count
}
