package jsonpatch

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// errDamage means a bug in this package: an edit did something else as well.
var errDamage = errors.New("the edit would change more of the file than it should")

// proven returns the bytes of the edited file if body decodes to want. This is
// the second opinion on every edit: encoding/json reads the result, not gjson.
func (d document) proven(body string, want *node, path []string) ([]byte, error) {
	if err := check(body); err != nil {
		return nil, fmt.Errorf("%s: the edited file would not be valid: %w", pointer(path), err)
	}
	if !equal(decode(body), want) {
		return nil, fmt.Errorf("%s: %w", pointer(path), errDamage)
	}
	return []byte(d.bom + body), nil
}

// A node is a decoded value that keeps the order of keys, duplicate keys and the
// spelling of numbers.
type node struct {
	kind  byte     // '{', '[', '"', or 0 for numbers and words
	text  string   // of a scalar: decoded if a string, else as written
	keys  []string // of an object, decoded
	items []*node
}

// list returns an array of one element.
func list(element *node) *node {
	return &node{kind: '[', items: []*node{element}}
}

// decode reads a body that passed check.
func decode(body string) *node {
	dec := json.NewDecoder(strings.NewReader(body))
	dec.UseNumber()
	return decodeValue(dec, body)
}

func decodeValue(dec *json.Decoder, body string) *node {
	start := dec.InputOffset()
	token, err := dec.Token()
	if err != nil {
		panic("jsonpatch: check and encoding/json disagree: " + err.Error())
	}
	switch t := token.(type) {
	case json.Delim:
		return decodeItems(dec, body, byte(t))
	case string:
		return &node{kind: '"', text: exact(t, body[start:dec.InputOffset()])}
	}
	return &node{text: fmt.Sprint(token)}
}

// decodeItems reads the rest of a container, up to its closing bracket.
func decodeItems(dec *json.Decoder, body string, kind byte) *node {
	n := &node{kind: kind}
	for dec.More() {
		if kind == '{' {
			n.keys = append(n.keys, decodeValue(dec, body).text)
		}
		n.items = append(n.items, decodeValue(dec, body))
	}
	_, _ = dec.Token() // the closing bracket, which check has seen
	return n
}

// exact returns what encoding/json made of a string, unless that has U+FFFD,
// which may stand for an unpaired surrogate: those are told apart here. source
// ends with the string and may have separators in front.
func exact(decoded, source string) string {
	if !strings.ContainsRune(decoded, utf8.RuneError) {
		return decoded
	}
	return unquote(source[strings.IndexByte(source, '"'):])
}

func equal(a, b *node) bool {
	return a.kind == b.kind && a.text == b.text &&
		slices.Equal(a.keys, b.keys) && slices.EqualFunc(a.items, b.items, equal)
}

// find returns which item elem means, -1 for none.
func (n *node) find(elem string) int {
	if n.kind == '{' {
		return slices.Index(n.keys, elem)
	}
	if i, err := strconv.Atoi(elem); err == nil {
		return i
	}
	return -1
}

// at returns the value at path, which exists.
func (n *node) at(path []string) *node {
	for _, elem := range path {
		n = n.items[n.find(elem)]
	}
	return n
}

// set returns n with value at path, the change that Set promises.
func (n *node) set(path []string, value *node) *node {
	if len(path) == 0 {
		return value
	}
	i := n.find(path[0])
	if i < 0 {
		i = len(n.items)
		n.keys = append(n.keys, path[0])
		n.items = append(n.items, &node{kind: '{'})
	}
	n.items[i] = n.items[i].set(path[1:], value)
	return n
}

// remove returns n without the value at path, the change that Delete promises.
func (n *node) remove(path []string) *node {
	last := len(path) - 1
	parent := n.at(path[:last])
	i := parent.find(path[last])
	parent.items = slices.Delete(parent.items, i, i+1)
	if parent.kind == '{' {
		parent.keys = slices.Delete(parent.keys, i, i+1)
	}
	return n
}
