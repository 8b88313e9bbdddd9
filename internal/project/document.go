package project

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// Document is a JSON file as it lies on disk, whether it can be read or not.
type Document struct {
	Path  string     // relative to the project root
	Data  []byte     // what the file holds
	Value any        // what it says, as encoding/json decodes it; nil where it cannot be read, but for a byte order mark
	Err   *FileError // why WeChat cannot read it: not JSON, not UTF-8, a byte order mark

	index *jsonpatch.Index // made when a place is asked for
}

// ErrByteOrderMark: the file begins with one, which JSON.parse does not accept
// (miniprogram-ci 2.1.42, observed).
var ErrByteOrderMark = errors.New("begins with a byte order mark")

// ReadFile reads a file of a project. The error is fs.ErrNotExist or a *FileError.
func ReadFile(fsys fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		err = &FileError{Path: name, Err: err}
	}
	return data, err
}

// ReadRegular is ReadFile for a file that has not been listed: one that is no file,
// such as a folder, a pipe that nobody may ever write to, or a device that never
// ends, is not there.
func ReadRegular(fsys fs.FS, name string) ([]byte, error) {
	if info, err := fs.Stat(fsys, name); err == nil && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return ReadFile(fsys, name)
}

// ReadDocument reads a JSON file as strictly as WeChat's compiler does. It
// returns nil for a file that is not there.
func ReadDocument(fsys fs.FS, name string) *Document {
	data, err := ReadRegular(fsys, name)
	var known *FileError
	switch {
	case errors.As(err, &known):
		return &Document{Path: name, Err: known}
	case err != nil:
		return nil
	}
	d := &Document{Path: name, Data: data}
	if err := DecodeJSON(name, data, &d.Value); errors.As(err, &known) {
		d.Err, d.Value = known, nil // what was read before a number that is too large for Go
	}
	if d.Err == nil && strings.HasPrefix(string(data), "\ufeff") {
		d.Err = &FileError{Path: name, Line: 1, Column: 1, Err: ErrByteOrderMark}
	}
	return d
}

// Object is the document's object; nil where it is none.
func (d *Document) Object() map[string]any {
	if d == nil {
		return nil
	}
	object, _ := d.Value.(map[string]any)
	return object
}

// Decode reads the document into value as far as it fits; what is of another
// shape is left out.
func (d *Document) Decode(value any) {
	if d == nil || d.Value == nil {
		return
	}
	_ = json.Unmarshal([]byte(strings.TrimPrefix(string(d.Data), "\ufeff")), value)
}

// At is the value at a path of literal keys and decimal indices; nil where there
// is none.
func (d *Document) At(keys ...string) any {
	if d == nil {
		return nil
	}
	return valueAt(d.Value, keys)
}

func valueAt(value any, keys []string) any {
	for _, key := range keys {
		switch v := value.(type) {
		case map[string]any:
			value = v[key]
		case []any:
			i := index(key)
			if i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

func index(digits string) int {
	if digits == "" {
		return -1
	}
	n := 0
	for _, c := range digits {
		if c < '0' || c > '9' || n > 1<<20 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// Text is the string at a path, "" where there is none.
func (d *Document) Text(keys ...string) string {
	text, _ := d.At(keys...).(string)
	return text
}

// List is the array at a path, nil where there is none.
func (d *Document) List(keys ...string) []any {
	list, _ := d.At(keys...).([]any)
	return list
}

// Texts is the object at a path with those of its members that are strings.
func (d *Document) Texts(keys ...string) map[string]string {
	object, _ := d.At(keys...).(map[string]any)
	texts := make(map[string]string, len(object))
	for key, value := range object {
		if text, ok := value.(string); ok {
			texts[key] = text
		}
	}
	return texts
}

// Span is where the value at a path stands; the whole document where there is no
// such value.
func (d *Document) Span(keys ...string) jsonpatch.Span {
	_, value := d.spans(keys)
	return value
}

// KeySpan is where the key of the value at a path stands.
func (d *Document) KeySpan(keys ...string) jsonpatch.Span {
	key, value := d.spans(keys)
	if key == (jsonpatch.Span{}) {
		return value
	}
	return key
}

func (d *Document) spans(keys []string) (key, value jsonpatch.Span) {
	if d == nil {
		return jsonpatch.Span{}, jsonpatch.Span{}
	}
	if d.index == nil {
		d.index = jsonpatch.NewIndex(d.Data)
	}
	for n := len(keys); n >= 0; n-- {
		if key, value, ok := d.index.Locate(keys[:n]...); ok {
			return key, value
		}
	}
	return jsonpatch.Span{}, jsonpatch.Span{}
}

// Join is path.Join for a path that may begin with a slash: "/x" below "a" is
// "a/x".
func Join(parts ...string) string { return strings.TrimPrefix(path.Join(parts...), "/") }

// Relative is the specifier by which the file at from (both are relative to the
// miniprogram root) names the file target. The loader takes "/x" for "./x", so
// paths are always relative.
func Relative(from, target string) string {
	folders := strings.Split(from, "/")
	folders = folders[:len(folders)-1]
	parts := strings.Split(target, "/")
	for len(folders) > 0 && len(parts) > 1 && folders[0] == parts[0] {
		folders, parts = folders[1:], parts[1:]
	}
	up := strings.Repeat("../", len(folders))
	if up == "" {
		up = "./"
	}
	return up + strings.Join(parts, "/")
}
