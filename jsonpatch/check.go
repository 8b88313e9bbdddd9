package jsonpatch

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	byteOrderMark = "\ufeff"
	whiteSpace    = " \t\r\n"
	maxDepth      = 10000 // encoding/json stops here as well
)

// Check reports whether data is JSON as JSON.parse accepts it, with at most one
// byte order mark in front. The error is a *SyntaxError at the first problem.
//
// It agrees with encoding/json.Valid except that it accepts the byte order mark
// and refuses invalid UTF-8 inside strings. Duplicate keys are valid JSON.
func Check(data []byte) error {
	return check(strings.TrimPrefix(string(data), byteOrderMark))
}

// check is Check for a body without a byte order mark.
func check(body string) error {
	if !utf8.ValidString(body) {
		return syntaxError(body, invalidUTF8(body), KindNotUTF8, "not UTF-8")
	}
	if strings.Trim(body, whiteSpace) == "" {
		return syntaxError(body, 0, KindEmpty, "empty file")
	}
	s := scanner{body: body}
	f := s.document()
	if f == nil {
		return nil
	}
	return syntaxError(body, f.offset, f.kind, f.message)
}

// invalidUTF8 returns the offset of the first byte that is not UTF-8.
func invalidUTF8(body string) int {
	for i, r := range body {
		if r != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(body[i:]); size == 1 {
			return i
		}
	}
	return len(body)
}

// A fault is a SyntaxError before its offset became a line and a column.
type fault struct {
	offset  int
	kind    Kind
	message string
}

// A scanner reads JSON only to find its first fault.
type scanner struct {
	body  string
	pos   int
	depth int
}

func (s *scanner) document() *fault {
	if f := s.value(); f != nil {
		return f
	}
	if s.peek() != 0 || s.pos < len(s.body) {
		return s.unexpected("text after the end of the document")
	}
	return nil
}

// peek skips white space and returns the byte there, 0 at the end of the file.
// A NUL in the file is 0 too: callers treat both as unexpected.
func (s *scanner) peek() byte {
	for s.pos < len(s.body) {
		c := s.body[s.pos]
		if strings.IndexByte(whiteSpace, c) < 0 {
			return c
		}
		s.pos++
	}
	return 0
}

func (s *scanner) value() *fault {
	switch c := s.peek(); {
	case c == '{':
		return s.container('}', s.member)
	case c == '[':
		return s.container(']', s.value)
	case c == '"':
		return s.str()
	case c == '-' || isDigit(c):
		return s.number()
	}
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(s.body[s.pos:], word) {
			s.pos += len(word)
			return nil
		}
	}
	return s.unexpected("")
}

// container reads what stands between the bracket at pos and its close.
func (s *scanner) container(close byte, item func() *fault) *fault {
	if s.depth++; s.depth > maxDepth {
		return s.fault("nested too deeply")
	}
	defer func() { s.depth-- }()
	s.pos++
	if s.peek() == close {
		s.pos++
		return nil
	}
	for {
		if f := item(); f != nil {
			return f
		}
		switch s.peek() {
		case close:
			s.pos++
			return nil
		case ',':
		default:
			return s.unexpected(fmt.Sprintf("expected ',' or '%c'", close))
		}
		comma := s.pos
		s.pos++
		if s.peek() == close {
			return &fault{comma, KindTrailingComma, "trailing comma"}
		}
	}
}

func (s *scanner) member() *fault {
	if s.peek() != '"' {
		return s.unexpected("expected a key in double quotes")
	}
	if f := s.str(); f != nil {
		return f
	}
	if s.peek() != ':' {
		return s.unexpected("expected ':' after a key")
	}
	s.pos++
	return s.value()
}

// str reads the string whose opening quote is at pos.
func (s *scanner) str() *fault {
	for s.pos++; s.pos < len(s.body); s.pos++ {
		switch c := s.body[s.pos]; {
		case c == '"':
			s.pos++
			return nil
		case c < ' ':
			return s.fault("control character in string")
		case c == '\\':
			if f := s.escape(); f != nil {
				return f
			}
		}
	}
	return s.unexpected("")
}

// escape reads the escape whose backslash is at pos up to its last byte.
func (s *scanner) escape() *fault {
	rest := s.body[s.pos+1:]
	switch {
	case rest == "":
		return nil // str reports the end of the file
	case rest[0] != 'u' && strings.IndexByte(`"\/bfnrt`, rest[0]) < 0:
		return s.fault("invalid escape in string")
	case rest[0] != 'u':
		s.pos++
		return nil
	}
	for i := 1; i <= 4; i++ {
		if i < len(rest) && !isHex(rest[i]) {
			return s.fault("invalid escape in string")
		}
	}
	s.pos += min(5, len(rest))
	return nil
}

// number reads the number at pos: an optional minus, an integer without leading
// zeros, an optional fraction, an optional exponent.
func (s *scanner) number() *fault {
	start := s.pos
	s.accept("-")
	ok := s.accept("0") || s.digits()
	if s.accept(".") {
		ok = ok && s.digits()
	}
	if s.accept("eE") {
		s.accept("+-")
		ok = ok && s.digits()
	}
	if ok && !(s.pos < len(s.body) && isDigit(s.body[s.pos])) {
		return nil
	}
	if s.pos == len(s.body) {
		return s.unexpected("")
	}
	s.pos = start
	return s.fault("invalid number")
}

// accept reads one byte if it is among chars.
func (s *scanner) accept(chars string) bool {
	if s.pos < len(s.body) && strings.IndexByte(chars, s.body[s.pos]) >= 0 {
		s.pos++
		return true
	}
	return false
}

// digits reads as many digits as there are and reports whether there was one.
func (s *scanner) digits() bool {
	start := s.pos
	for s.pos < len(s.body) && isDigit(s.body[s.pos]) {
		s.pos++
	}
	return s.pos > start
}

// unexpected names what stands at pos where it cannot stand. Without a better
// explanation the message quotes the character.
func (s *scanner) unexpected(message string) *fault {
	rest := s.body[s.pos:]
	switch {
	case rest == "":
		return s.fault("unexpected end of file")
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*"):
		return &fault{s.pos, KindComment, "comment"}
	case rest[0] == '\'':
		return s.fault("single quotes instead of double quotes")
	case message != "":
		return s.fault(message)
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return s.fault(fmt.Sprintf("unexpected %q", r))
}

func (s *scanner) fault(message string) *fault {
	return &fault{s.pos, KindOther, message}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
