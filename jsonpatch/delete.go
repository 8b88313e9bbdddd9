package jsonpatch

import (
	"errors"
	"strings"
)

// Delete removes the member or array element at path with exactly one comma, and
// with its line if it has one to itself. Nothing above it is removed: an object
// or array whose only item goes is left as {} or []. If there is nothing at path
// Delete returns data itself.
//
// The error is a *SyntaxError if data is not valid JSON or a key on the path is
// there twice, and a *PathError for the empty path.
func Delete(data []byte, path ...string) ([]byte, error) {
	d, err := open(data)
	if err != nil {
		return nil, err
	}
	if len(path) == 0 {
		return nil, &PathError{nil, "cannot be deleted"}
	}
	p, err := d.locate(path)
	if nowhere := (*PathError)(nil); errors.As(err, &nowhere) || p.rest != nil {
		return data, nil
	}
	if err != nil {
		return nil, err
	}
	cut := d.removal(p.holder(), p.index)
	return d.proven(d.splice(cut, ""), decode(d.body).remove(path), path)
}

// removal returns the bytes that go when item i of c goes.
func (d document) removal(c container, i int) span {
	it, last := c.items[i], len(c.items)-1
	switch {
	case last == 0:
		return c.inner()
	case i == last:
		return span{c.items[i-1].value.end, it.value.end}
	}
	next := c.items[i+1].start
	if line, ok := d.ownLines(it, next); ok {
		return line
	}
	if i == 0 || strings.Contains(d.body[c.items[i-1].value.end:it.start], "\n") {
		return span{it.start, next}
	}
	return span{c.items[i-1].value.end, it.value.end}
}

// ownLines returns the lines of it and of the comma behind it, if nothing else
// stands on them. next is where the next item starts.
func (d document) ownLines(it item, next int) (span, bool) {
	start := strings.LastIndexByte(d.body[:it.start], '\n') + 1
	comma := it.value.end + strings.IndexByte(d.body[it.value.end:next], ',')
	end := comma + 1 + strings.IndexByte(d.body[comma:next], '\n')
	alone := strings.Trim(d.body[start:it.start], whiteSpace) == "" && end > comma
	return span{start, end}, alone
}
