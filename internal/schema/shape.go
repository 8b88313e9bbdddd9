package schema

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// shape is what a value has to look like. Each part looks only at values of its own
// type, so that a shape of several types says of each what it needs.
type shape struct {
	types    []string // JSON types accepted, "true" and "false" for that value alone; none: any
	optional bool     // what JavaScript takes for nothing is taken for a missing key

	enum     []string          // strings accepted; none: any that match
	match    func(string) bool // strings accepted beside enum
	like     []string          // what match accepts, to be shown
	mismatch FaultKind         // what a string is that is not accepted

	items *shape // of an array; nil: any

	fields   map[string]*shape // keys of an object
	required []string
	rest     *shape // any other key; nil: it means nothing
	strict   bool   // a key that means nothing is rejected
}

func (s *shape) takes(value any) bool {
	name := typeOf(value)
	return len(s.types) == 0 || s.optional && isNothing(value) || slices.Contains(s.types, name) ||
		name == "boolean" && slices.Contains(s.types, strconv.FormatBool(value == true))
}

// isNothing tells whether a value counts as false in JavaScript.
func isNothing(value any) bool {
	return value == nil || value == false || value == 0.0 || value == ""
}

func (s *shape) matches(text string) bool {
	return s.enum == nil && s.match == nil || slices.Contains(s.enum, text) || s.match != nil && s.match(text)
}

func (s *shape) want() []string { return slices.Concat(s.enum, s.like) }

// or is the same shape for one more type.
func (s *shape) or(name string) *shape {
	more := *s
	more.types = slices.Concat(s.types, []string{name})
	return &more
}

// strictly is the same shape where unknown keys are rejected: the compiler does so
// where an object is one of several alternatives.
func (s *shape) strictly() *shape {
	more := *s
	more.strict = true
	return &more
}

// orNothing is the same shape that may be switched off by null, false, 0 or "".
func (s *shape) orNothing() *shape {
	more := *s
	more.optional = true
	return &more
}

func of(types ...string) *shape { return &shape{types: types} }

func enum(values ...string) *shape {
	return &shape{types: []string{"string"}, enum: values, mismatch: Enum}
}

// themed is an enumeration that a theme's variable may stand for.
func themed(values ...string) *shape {
	s := enum(values...)
	s.match, s.like = isVariable, []string{"@…"}
	return s
}

func list(items *shape) *shape { return &shape{types: []string{"array"}, items: items} }

// dict is an object whose keys are the user's own.
func dict(values *shape) *shape { return &shape{types: []string{"object"}, rest: values} }

// record is an object whose keys have a meaning.
func record(fields fields, required ...string) *shape {
	return &shape{types: []string{"object"}, fields: fields, required: required}
}

type fields map[string]*shape

// each gives several keys, divided by spaces, the same shape.
func each(s *shape, keys string) fields {
	all := fields{}
	for key := range strings.FieldsSeq(keys) {
		all[key] = s
	}
	return all
}

func join(parts ...fields) fields {
	all := fields{}
	for _, part := range parts {
		maps.Copy(all, part)
	}
	return all
}

// isVariable tells whether a string is taken for a theme's variable. A line break
// ends the compiler's pattern.
func isVariable(text string) bool {
	return strings.HasPrefix(text, "@") && !strings.ContainsAny(text, "\n\r\u2028\u2029")
}
