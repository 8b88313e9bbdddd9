package project

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

func TestReadDocument(t *testing.T) {
	for _, c := range []struct {
		name, data   string
		line, column int
		is           func(error) bool
	}{
		{"valid", `{"a": 1}`, 0, 0, nil},
		{"an array", `[1]`, 0, 0, nil},
		{"a byte order mark", "\ufeff{}", 1, 1, func(err error) bool { return errors.Is(err, ErrByteOrderMark) }},
		{"a byte order mark and a fault", "\ufeff{,}", 1, 2, syntaxIs(jsonpatch.KindOther)},
		{"a comment", "{\n  // mine\n}", 2, 3, syntaxIs(jsonpatch.KindComment)},
		{"a trailing comma", "{\"a\": 1,\n}", 1, 8, syntaxIs(jsonpatch.KindTrailingComma)},
		{"empty", "", 1, 1, syntaxIs(jsonpatch.KindEmpty)},
		{"not UTF-8", "{\"a\": \"\xb2\xe2\"}", 1, 8, syntaxIs(jsonpatch.KindNotUTF8)},
	} {
		d := ReadDocument(fstest.MapFS{"x.json": {Data: []byte(c.data)}}, "x.json")
		if d == nil || d.Path != "x.json" || string(d.Data) != c.data {
			t.Fatalf("%s: %+v", c.name, d)
		}
		switch {
		case c.is == nil && (d.Err != nil || d.Value == nil):
			t.Errorf("%s: %v", c.name, d.Err)
		case c.is == nil:
		case d.Err == nil || !c.is(d.Err):
			t.Errorf("%s: %v", c.name, d.Err)
		case d.Err.Line != c.line || d.Err.Column != c.column:
			t.Errorf("%s: at %d:%d, want %d:%d", c.name, d.Err.Line, d.Err.Column, c.line, c.column)
		}
	}
}

func syntaxIs(kind jsonpatch.Kind) func(error) bool {
	return func(err error) bool {
		var syntax *jsonpatch.SyntaxError
		return errors.As(err, &syntax) && (syntax.Kind == kind || kind == jsonpatch.KindOther)
	}
}

// TestReadDocumentNotThere: a folder or a pipe of that name is no file.
func TestReadDocumentNotThere(t *testing.T) {
	fsys := fstest.MapFS{"folder.json/x": {}, "pipe.json": {Mode: fs.ModeNamedPipe}}
	for _, name := range []string{"no.json", "folder.json", "pipe.json"} {
		if d := ReadDocument(fsys, name); d != nil {
			t.Errorf("%s: %+v", name, d)
		}
		if err := ReadJSON(fsys, name, new(any)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	loop := linked(t, nil, map[string]string{"loop.json": "loop.json"})
	if d := ReadDocument(loop, "loop.json"); d == nil || d.Err == nil || d.Err.Path != "loop.json" {
		t.Errorf("a link to itself: %+v", d)
	}
}

func TestDocumentValues(t *testing.T) {
	d := ReadDocument(fstest.MapFS{"x": {Data: []byte("\ufeff{\n  \"a\": {\"b\": [\"c\", 1, {\"d\": true}]},\n  \"t\": {\"x\": \"y\", \"n\": 1},\n  \"a.b\": \"dot\"}")}}, "x")
	if d.Text("a", "b", "0") != "c" || d.Text("a", "b", "1") != "" || d.At("a", "b", "2", "d") != true || d.Text("a.b") != "dot" {
		t.Errorf("values: %v", d.Value)
	}
	for _, keys := range [][]string{{"no"}, {"a", "b", "3"}, {"a", "b", "-1"}, {"a", "b", "x"}, {"a", "b", "99999999999999999999"}, {"a", "b", "0", "x"}} {
		if got := d.At(keys...); got != nil {
			t.Errorf("At(%v) = %v", keys, got)
		}
	}
	if got := d.At("a", "b", ""); got != nil {
		t.Errorf("an empty key is the first element: %v", got)
	}
	if diff := cmp.Diff(map[string]string{"x": "y"}, d.Texts("t")); diff != "" {
		t.Error(diff)
	}
	if len(d.List("a", "b")) != 3 || d.List("a") != nil || d.Object()["t"] == nil {
		t.Error("lists and objects")
	}
	at := func(s jsonpatch.Span) string { return string(d.Data[s.Start:s.End]) }
	for _, c := range []struct {
		keys       []string
		key, value string
	}{
		{[]string{"a", "b", "0"}, `"c"`, `"c"`},
		{[]string{"t", "x"}, `"x"`, `"y"`},
		{[]string{"t", "no", "deeper"}, `"t"`, `{"x": "y", "n": 1}`},
		{[]string{"a.b"}, `"a.b"`, `"dot"`},
	} {
		if key, value := at(d.KeySpan(c.keys...)), at(d.Span(c.keys...)); key != c.key || value != c.value {
			t.Errorf("%v: key %s, value %s", c.keys, key, value)
		}
	}
}

func TestDocumentThatIsNone(t *testing.T) {
	var none *Document
	broken := ReadDocument(fstest.MapFS{"x": {Data: []byte("{")}}, "x")
	for name, d := range map[string]*Document{"nil": none, "broken": broken} {
		var c Config
		d.Decode(&c)
		if d.Object() != nil || d.At("a") != nil || d.Text("a") != "" || d.List("a") != nil || len(d.Texts("a")) != 0 {
			t.Errorf("%s has values", name)
		}
		if d.Span("a") != (jsonpatch.Span{}) || d.KeySpan("a") != (jsonpatch.Span{}) {
			t.Errorf("%s has places", name)
		}
	}
}

// TestDecodeTakesWhatFits: one setting of the wrong type does not lose the others.
func TestDecodeTakesWhatFits(t *testing.T) {
	var c Config
	ReadDocument(fstest.MapFS{"x": {Data: []byte(`{"setting": {"es6": "yes", "packNpmManually": true}, "packOptions": {"ignore": ["*.md", {"type": "file", "value": "a"}]}, "miniprogramRoot": "m"}`)}}, "x").Decode(&c)
	if !c.Setting.PackNpmManually || c.MiniprogramRoot != "m" || len(c.PackOptions.Ignore) != 2 || c.PackOptions.Ignore[1].Value != "a" {
		t.Errorf("%+v", c)
	}
}

func TestJoin(t *testing.T) {
	for want, parts := range map[string][]string{"a/x": {"a", "/x"}, "x": {"", "/x"}, "a/b": {"a/", "./b"}, "": {"", ""}} {
		if got := Join(parts...); got != want {
			t.Errorf("Join(%q) = %q, want %q", parts, got, want)
		}
	}
}

func FuzzDocument(f *testing.F) {
	f.Add("{\"a\": [1, {\"b\": \"c\"}]}", "a", "1", "b")
	f.Add("\ufeff{,}", "", "0", "x")
	f.Add(`{"": 4E999}`, "a", "0", "x") // of which Go reads the key
	f.Fuzz(func(t *testing.T, data, a, b, c string) {
		d := ReadDocument(fstest.MapFS{"x": {Data: []byte(data)}}, "x")
		for n := range 4 {
			keys := []string{a, b, c}[:min(n, 3)]
			key, value := d.KeySpan(keys...), d.Span(keys...)
			if key.Start < 0 || key.End > len(data) || key.Start > key.End || value.Start < 0 || value.End > len(data) || value.Start > value.End {
				t.Fatalf("%v: key %v, value %v of %d bytes", keys, key, value, len(data))
			}
			if d.Err != nil && d.At(keys...) != nil && !errors.Is(d.Err, ErrByteOrderMark) {
				t.Fatalf("a broken document has %v", d.At(keys...))
			}
		}
	})
}
