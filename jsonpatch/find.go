package jsonpatch

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// Find returns the bytes of the value at path as they stand in data, and whether
// there is one. The empty path is the whole document without the white space
// around it. Of duplicate keys the last one counts, as it does for JSON.parse,
// although Set, Append and Delete refuse them.
//
// In data that is not valid JSON nothing is found; Check tells why.
func Find(data []byte, path ...string) (raw []byte, ok bool) {
	_, value, ok := Locate(data, path...)
	if !ok {
		return nil, false
	}
	return slices.Clip(data[value.Start:value.End]), true
}

// Span is a range of bytes of a file: End is behind the last one.
type Span struct{ Start, End int }

// Locate tells where the value that Find finds stands in data, and its key with
// the quotes; the key is empty for an element of an array and for the whole
// document.
func Locate(data []byte, path ...string) (key, value Span, ok bool) {
	return NewIndex(data).Locate(path...)
}

// Index answers many questions about where values stand in one file: it remembers the
// objects and arrays that it has been through. It is for one goroutine at a time.
type Index struct {
	document
	valid      bool
	containers map[int]lookup // by where they begin
}

// A lookup is a container that is asked often.
type lookup struct {
	container
	last map[string]int // in an object: of each key the last item
}

// NewIndex is an Index of data. In data that is not valid JSON nothing is found.
func NewIndex(data []byte) *Index {
	d, err := open(data)
	return &Index{document: d, valid: err == nil, containers: map[int]lookup{}}
}

// Locate is as the function of that name.
func (x *Index) Locate(path ...string) (key, value Span, ok bool) {
	if !x.valid {
		return Span{}, Span{}, false
	}
	s, k := x.root(), span{}
	for _, elem := range path {
		if !x.isContainer(s) {
			return Span{}, Span{}, false
		}
		c := x.known(s)
		i, there := c.find(elem)
		if !there {
			return Span{}, Span{}, false
		}
		s, k = c.items[i].value, span{}
		if c.object {
			k = span{c.items[i].start, c.items[i].keyEnd}
		}
	}
	bom := len(x.bom)
	if k != (span{}) {
		key = Span{bom + k.start, bom + k.end}
	}
	return key, Span{bom + s.start, bom + s.end}, true
}

func (x *Index) known(s span) lookup {
	c, seen := x.containers[s.start]
	if !seen {
		c = lookup{container: x.container(s), last: map[string]int{}}
		for i, it := range c.items {
			c.last[it.key] = i
		}
		x.containers[s.start] = c
	}
	return c
}

// find is the index of the last item that the path element elem means.
func (c lookup) find(elem string) (i int, ok bool) {
	if c.object {
		i, ok = c.last[elem]
		return i, ok
	}
	i, err := strconv.Atoi(elem)
	return i, err == nil && i >= 0 && i < len(c.items) && strconv.Itoa(i) == elem
}

// Duplicates lists the keys that an object has had before, in the order of the
// file: of two members of one name, JSON.parse takes the last. Data that is not
// valid JSON has none. The time is linear in the length, however deep the data is.
func Duplicates(data []byte) []Span {
	d, err := open(data)
	if err != nil {
		return nil
	}
	var found []Span
	var around []map[string]bool // of each object and array, from the outside: the keys so far
	for i := 0; i < len(d.body); i++ {
		switch d.body[i] {
		case '{', '[':
			around = append(around, nil)
		case '}', ']':
			around = around[:len(around)-1]
		case '"':
			start := i
			if i = stringEnd(d.body, start); !strings.HasPrefix(strings.TrimLeft(d.body[i+1:], whiteSpace), ":") {
				continue // a value
			}
			innermost, key := &around[len(around)-1], unquote(d.body[start:i+1])
			if (*innermost)[key] {
				found = append(found, Span{len(d.bom) + start, len(d.bom) + i + 1})
			}
			if *innermost == nil {
				*innermost = map[string]bool{}
			}
			(*innermost)[key] = true
		}
	}
	return found
}

// stringEnd is where the string that begins at start ends: its last quote.
func stringEnd(body string, start int) int {
	end := start + 1
	for body[end] != '"' {
		if body[end] == '\\' {
			end++
		}
		end++
	}
	return end
}

// A document is a file that passed Check. Offsets are offsets in body.
type document struct {
	bom  string
	body string
}

// open checks data and splits off the byte order mark.
func open(data []byte) (document, error) {
	body, found := strings.CutPrefix(string(data), byteOrderMark)
	d := document{body: body}
	if found {
		d.bom = byteOrderMark
	}
	return d, check(body)
}

// A span is the byte range of a value.
type span struct {
	start, end int
}

// A container is an object or array with the offsets of what it holds.
type container struct {
	span
	object bool
	items  []item
}

// An item is a member of an object or an element of an array.
type item struct {
	start  int    // of the key, or of the value in an array
	key    string // decoded, in an object
	keyEnd int
	value  span
}

func (d document) root() span {
	return trimSpan(d.body, span{0, len(d.body)})
}

func (d document) text(s span) string {
	return d.body[s.start:s.end]
}

func (d document) isContainer(s span) bool {
	return d.body[s.start] == '{' || d.body[s.start] == '['
}

// container lists the items of the object or array at s.
func (d document) container(s span) container {
	c := container{span: s, object: d.body[s.start] == '{'}
	gjson.Parse(d.text(s)).ForEach(func(key, value gjson.Result) bool {
		start := s.start + value.Index
		it := item{start: start, value: span{start, start + len(value.Raw)}}
		if c.object {
			it.start = s.start + key.Index
			it.key = unquote(key.Raw)
			it.keyEnd = it.start + len(key.Raw)
		}
		c.items = append(c.items, it)
		return true
	})
	return c
}

// named reports whether the path element elem means item i of c.
func (c container) named(i int, elem string) bool {
	if c.object {
		return c.items[i].key == elem
	}
	return strconv.Itoa(i) == elem
}

// inner is the range between the brackets.
func (c container) inner() span {
	return span{c.start + 1, c.end - 1}
}

// A place is as much of a path as exists.
type place struct {
	chain []container // from the root inwards, the last one holds the value or would
	index int         // in the last of chain
	value span        // what the path means, when nothing is missing
	rest  []string    // the elements that are missing
}

// holder returns the innermost container of a path that has one.
func (p place) holder() container {
	return p.chain[len(p.chain)-1]
}

// locate follows path. The error is a *SyntaxError for a duplicate key on it and
// a *PathError where a value on it cannot have the next element.
func (d document) locate(path []string) (place, error) {
	p := place{value: d.root()}
	for depth, elem := range path {
		if !d.isContainer(p.value) {
			return p, &PathError{path[:depth], d.typeName(p.value) + ", not an object"}
		}
		c := d.container(p.value)
		p.chain = append(p.chain, c)
		i, err := d.index(c, elem)
		if err != nil {
			return p, err
		}
		if i < 0 && !c.object {
			message := fmt.Sprintf("%q is not the index of one of the %d elements", elem, len(c.items))
			return p, &PathError{path[:depth], message}
		}
		if i < 0 {
			p.rest = path[depth:]
			return p, nil
		}
		p.index, p.value = i, c.items[i].value
	}
	return p, nil
}

// index returns which item of c elem means, -1 for none.
func (d document) index(c container, elem string) (int, error) {
	found := -1
	for i := range c.items {
		if !c.named(i, elem) {
			continue
		}
		if found >= 0 {
			message := fmt.Sprintf("duplicate key %q", elem)
			return -1, syntaxError(d.body, c.items[i].start, KindDuplicateKey, message)
		}
		found = i
	}
	return found, nil
}

// typeName says what the value at s is, with its article.
func (d document) typeName(s span) string {
	switch d.body[s.start] {
	case '{':
		return "an object"
	case '[':
		return "an array"
	case '"':
		return "a string"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// checkPath refuses keys that cannot be written: JSON files are UTF-8.
func checkPath(path []string) error {
	for i, elem := range path {
		if !utf8.ValidString(elem) {
			return &PathError{path[:i+1], "a key that is not UTF-8"}
		}
	}
	return nil
}

// unquote decodes a JSON string. Unlike encoding/json it keeps an unpaired
// surrogate apart from all others (in the three bytes that UTF-8 would use for
// it), because to JSON.parse "\ud800" and "\ud801" are different keys.
func unquote(raw string) string {
	s := raw[1 : len(raw)-1]
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b = append(b, s[i])
			continue
		}
		i++
		if k := strings.IndexByte("bfnrt", s[i]); k >= 0 {
			b = append(b, "\b\f\n\r\t"[k])
		} else if s[i] != 'u' {
			b = append(b, s[i])
		} else {
			r, size := escapedRune(s[i:])
			b = appendRune(b, r)
			i += size - 1
		}
	}
	return string(b)
}

// escapedRune decodes the uXXXX at the start of s, or a pair of surrogates, and
// returns how many bytes that took.
func escapedRune(s string) (rune, int) {
	r := hexRune(s[1:5])
	if r&^0x3ff != 0xd800 || !strings.HasPrefix(s[5:], `\u`) {
		return r, 5
	}
	low := hexRune(s[7:11])
	if low&^0x3ff != 0xdc00 {
		return r, 5
	}
	return 0x10000 + (r&0x3ff)<<10 + low&0x3ff, 11
}

func hexRune(digits string) rune {
	n, _ := strconv.ParseUint(digits, 16, 16) // Check saw four hexadecimal digits
	return rune(n)
}

func appendRune(b []byte, r rune) []byte {
	if r&^0x7ff == 0xd800 {
		return append(b, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
	}
	return utf8.AppendRune(b, r)
}

// trimSpan shortens s by the white space at both ends of its text.
func trimSpan(body string, s span) span {
	text := body[s.start:s.end]
	s.end = s.start + len(strings.TrimRight(text, whiteSpace))
	s.start += len(text) - len(strings.TrimLeft(text, whiteSpace))
	return s
}
