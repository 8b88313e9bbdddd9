// Package schema tells whether the JSON files of a mini program have the shape
// that WeChat's compiler accepts: types, enumerations, required keys, and the few
// rules that need nothing but the file itself. Whether a path leads to a file is
// not its business.
//
// Every verdict is the compiler's (miniprogram-ci 2.1.42, observed), which is
// milder than the documentation in some places and stricter in others. The shapes
// are a table in Go: a JSON Schema library takes longer to read its schemas than
// this package to check a thousand files.
//
// https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html
// https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/page.html
// https://developers.weixin.qq.com/miniprogram/dev/devtools/projectconfig.html
package schema

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// File names a kind of JSON file.
type File string

const (
	// App is app.json.
	App File = "app"
	// Page is the JSON of a page or of a component: the compiler checks both alike.
	Page File = "page"
	// ProjectConfig is project.config.json.
	ProjectConfig File = "project-config"
	// Theme is the file that app.json names as themeLocation; without that name
	// the compiler does not read it.
	Theme File = "theme"
)

// FaultKind says in which way a place is wrong.
type FaultKind string

const (
	// Type is a value of another JSON type. Want has the types that are accepted;
	// "true" and "false" stand for that single value.
	Type FaultKind = "type"
	// Enum is a value outside the list that is accepted, which Want has.
	Enum FaultKind = "enum"
	// Required is a missing key, the last element of Path. Want has the types or
	// the value that it needs.
	Required FaultKind = "required"
	// Pattern is a string in a form that is not accepted; Want has forms that are.
	Pattern FaultKind = "pattern"
	// Count is a list of too few or too many items. Want has the least and the most.
	Count FaultKind = "count"
	// Unique is a value that another place has taken. Want has that place.
	Unique FaultKind = "unique"
	// Exclusive is a value that may not stand beside those in Want.
	Exclusive FaultKind = "exclusive"
	// Unknown is a key that means nothing here. Want has the known keys that
	// resemble it, best first; it is empty only where the compiler rejects any such key.
	Unknown FaultKind = "unknown"
	// Variable is a value that begins with "@", as a theme's variables do, at a
	// key that takes none. Want has the keys that do.
	Variable FaultKind = "variable"
	// Version is a plugin's version that is not accepted from a mini program. In the
	// mini program beside a plugin (compileType "plugin") these faults are to be
	// ignored: there the compiler asks for "dev" of that plugin and accepts anything
	// of others.
	Version FaultKind = "version"
)

// Fault is one place where a file is not of the shape that WeChat's compiler accepts.
type Fault struct {
	Path     []string // keys as they are, array indices in decimal; empty for the whole file
	Kind     FaultKind
	Want     []string // what would be accepted: see each FaultKind
	Got      string   // the type or the value found, cut after 40 characters; empty if there is none
	Rejected bool     // the compiler stops; otherwise it says nothing, or only puts a "__warning__" into the package
}

// Validate returns the faults of a file in the order of their paths, at most one
// for a path: the worst. value is what encoding/json makes of the file when it
// decodes into an any. Theme variables ("@name") are accepted wherever the compiler
// would replace them (see Variables): what they stand for is not seen here, so
// replace them and validate again to check that.
func Validate(file File, value any) []Fault {
	s := shapes()[file]
	if s == nil {
		return nil // a file of another kind has no faults
	}
	c := &checker{}
	c.check(s, value)
	if root, ok := value.(map[string]any); ok {
		c.rules(file, root)
	}
	slices.SortStableFunc(c.faults, compareFaults)
	return slices.CompactFunc(c.faults, func(a, b Fault) bool { return slices.Equal(a.Path, b.Path) })
}

// compareFaults puts what stops the compiler first, where a path has several faults.
func compareFaults(a, b Fault) int {
	if order := comparePaths(a.Path, b.Path); order != 0 || a.Rejected == b.Rejected {
		return order
	}
	if a.Rejected {
		return -1
	}
	return 1
}

// comparePaths puts index 2 before index 10, and numbers before names.
func comparePaths(a, b []string) int {
	return slices.CompareFunc(a, b, func(x, y string) int {
		i, errX := strconv.Atoi(x)
		j, errY := strconv.Atoi(y)
		switch {
		case errX == nil && errY == nil && i != j:
			return cmp.Compare(i, j)
		case errX == nil && errY != nil:
			return -1
		case errX != nil && errY == nil:
			return 1
		}
		return strings.Compare(x, y)
	})
}

// checker walks a value and collects what is wrong with it.
type checker struct {
	path   []string // of the value that is being looked at
	faults []Fault
}

// add notes a fault below the current path.
func (c *checker) add(f Fault, below ...string) {
	f.Path = slices.Concat(c.path, below)
	c.faults = append(c.faults, f)
}

// reject notes a fault that stops the compiler.
func (c *checker) reject(kind FaultKind, want []string, got string, below ...string) {
	c.add(Fault{Kind: kind, Want: want, Got: got, Rejected: true}, below...)
}

func (c *checker) enter(key string) { c.path = append(c.path, key) }
func (c *checker) leave()           { c.path = c.path[:len(c.path)-1] }

func (c *checker) check(s *shape, value any) {
	if !s.takes(value) {
		c.reject(Type, s.types, typeOf(value))
		return
	}
	switch value := value.(type) {
	case string:
		if !s.matches(value) {
			c.reject(s.mismatch, s.want(), short(value))
		}
	case []any:
		c.checkItems(s.items, value)
	case map[string]any:
		c.checkObject(s, value)
	}
}

func (c *checker) checkItems(items *shape, list []any) {
	if items == nil {
		return
	}
	for i, item := range list {
		c.enter(strconv.Itoa(i))
		c.check(items, item)
		c.leave()
	}
}

func (c *checker) checkObject(s *shape, object map[string]any) {
	for _, key := range s.required {
		if _, ok := object[key]; !ok {
			c.reject(Required, s.fields[key].types, "", key)
		}
	}
	for key, value := range object {
		field := s.fields[key]
		if field == nil {
			field = s.rest
		}
		if field == nil {
			c.unknown(s, key)
			continue
		}
		c.enter(key)
		c.check(field, value)
		c.leave()
	}
}

// unknown reports a key without meaning where the compiler rejects it, or where
// it is likely to be a slip: all others may be newer than this table.
func (c *checker) unknown(s *shape, key string) {
	if near := nearest(key, s.fields); s.strict || len(near) > 0 {
		c.add(Fault{Kind: Unknown, Want: near, Got: short(key), Rejected: s.strict}, key)
	}
}

const shown = 40 // characters of a value that a fault repeats

func short(text string) string {
	count := 0
	for i := range text {
		if count++; count > shown {
			return text[:i] + "…"
		}
	}
	return text
}

// typeOf is the name of a value's type in JSON.
func typeOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "unknown"
}
