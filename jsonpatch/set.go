package jsonpatch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"
)

// Set replaces the value at path, or adds it as the last member of its object,
// together with the objects that are missing above it. The empty path replaces
// the whole document. Setting a value to what it already means returns data
// itself.
//
// value is anything that encoding/json can marshal; `<`, `>` and `&` are not
// escaped, and structs and json.RawMessage keep the order of their keys.
//
// The error is a *SyntaxError if data is not valid JSON or a key on the path is
// there twice, a *PathError if the path goes through something that is neither
// object nor array or names an element that the array does not have (Append adds
// elements), or the error of marshalling value.
func Set(data []byte, value any, path ...string) ([]byte, error) {
	d, p, raw, err := prepare(data, value, path)
	if err != nil {
		return nil, err
	}
	want, added := decode(d.body), decode(raw)
	if p.rest == nil && equal(want.at(path), added) {
		return data, nil
	}
	return d.proven(d.set(p, path, raw), want.set(path, added), path)
}

// prepare does what Set and Append have in common: it opens data, follows path
// and marshals value.
func prepare(data []byte, value any, path []string) (document, place, string, error) {
	var p place
	d, err := open(data)
	if err == nil {
		err = checkPath(path)
	}
	if err == nil {
		p, err = d.locate(path)
	}
	if err != nil {
		return d, p, "", err
	}
	raw, err := marshal(value)
	return d, p, raw, err
}

// marshal returns value as compact JSON without HTML escapes.
func marshal(value any) (string, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return "", fmt.Errorf("cannot write the value as JSON: %w", err)
	}
	raw := strings.TrimSuffix(b.String(), "\n")
	if err := check(raw); err != nil {
		return "", fmt.Errorf("cannot write the value as JSON: %w", err)
	}
	return raw, nil
}

// set returns the body with raw at path.
func (d document) set(p place, path []string, raw string) string {
	switch {
	case p.rest != nil:
		return d.insert(p, p.rest[0], wrap(raw, p.rest[1:]))
	case isScalar(raw) && !d.isContainer(p.value) && sjsonCan(path):
		if out, err := sjson.SetRaw(d.body, sjsonPath(p.chain, path), raw); err == nil {
			return out
		}
	}
	return d.replace(p, raw)
}

// wrap puts raw into one object for each key, the first one outermost.
func wrap(raw string, keys []string) string {
	for i := len(keys) - 1; i >= 0; i-- {
		raw = "{" + quote(keys[i]) + ":" + raw + "}"
	}
	return raw
}

// quote writes a key as JSON.
func quote(key string) string {
	raw, _ := marshal(key) // strings always marshal
	return raw
}

func isScalar(raw string) bool {
	return raw[0] != '{' && raw[0] != '['
}

// sjsonCan reports whether sjson finds the value at path. It has no path for the
// document, and it takes keys with unpaired surrogates for keys with U+FFFD.
func sjsonCan(path []string) bool {
	return len(path) > 0 && !strings.ContainsRune(strings.Join(path, ""), '\ufffd')
}

// sjsonPath writes path for sjson. The colon makes it take a key of an object
// literally even when it looks like an index or begins with a colon itself.
func sjsonPath(chain []container, path []string) string {
	elems := make([]string, len(path))
	for i, elem := range path {
		elems[i] = gjson.Escape(elem)
		if chain[i].object {
			elems[i] = ":" + elems[i]
		}
	}
	return strings.Join(elems, ".")
}
