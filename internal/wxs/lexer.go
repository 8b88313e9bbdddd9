package wxs

import (
	"strings"
	"unicode/utf8"
)

type kind uint8

const (
	end kind = iota
	name
	number
	text // a string literal
	punct
	invalid // a character, or a literal, that wcc knows nothing of
)

type token struct {
	kind       kind
	start, end int
	newline    bool   // a line feed stands before it; wcc ends a statement at no other break
	text       string // as written
}

func (t token) is(text string) bool { return t.kind == punct && t.text == text }

// content of a string literal, as written: without the quotes, the last of which
// the end of the file may have swallowed.
func (t token) content() string { return strings.TrimSuffix(t.text[1:], t.text[:1]) }

type lexer struct {
	src string
	pos int
}

// next returns the next token; after the last one, tokens of kind end. Comments
// vanish, even one that is not closed, and so does a line feed inside one.
func (l *lexer) next() token {
	newline := l.skip()
	start := l.pos
	if start >= len(l.src) {
		return token{kind: end, start: start, end: start, newline: newline}
	}
	k := l.scan()
	return token{k, start, l.pos, newline, l.src[start:l.pos]}
}

func (l *lexer) skip() (newline bool) {
	for l.pos < len(l.src) {
		switch rest := l.src[l.pos:]; {
		case rest[0] == '\n':
			newline = true
			l.pos++
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r':
			l.pos++
		case strings.HasPrefix(rest, "//"):
			l.pos += until(rest, 2, "\n")
		case strings.HasPrefix(rest, "/*"):
			l.pos = min(l.pos+until(rest, 2, "*/")+2, len(l.src))
		default:
			return newline
		}
	}
	return newline
}

// until returns where mark begins in s at or after from, or the length of s.
func until(s string, from int, mark string) int {
	if at := strings.Index(s[from:], mark); at >= 0 {
		return from + at
	}
	return len(s)
}

func (l *lexer) scan() kind {
	c := l.src[l.pos]
	switch {
	case isLetter(c):
		l.word()
		return name
	case isDigit(c):
		return l.number()
	case c == '"' || c == '\'':
		return l.quoted(c)
	case c == '.' && l.pos+1 < len(l.src) && isDigit(l.src[l.pos+1]): // .5
		l.pos++
		l.word()
		return invalid
	}
	if n := punctuator(l.src[l.pos:]); n > 0 {
		l.pos += n
		return punct
	}
	_, size := utf8.DecodeRuneInString(l.src[l.pos:])
	l.pos += size
	return invalid
}

func (l *lexer) word() {
	for l.pos < len(l.src) && (isLetter(l.src[l.pos]) || isDigit(l.src[l.pos])) {
		l.pos++
	}
}

func (l *lexer) digits() {
	for l.pos < len(l.src) && isDigit(l.src[l.pos]) {
		l.pos++
	}
}

// number: digits, and a fraction. Hexadecimal, exponents and the like are invalid.
func (l *lexer) number() kind {
	l.digits()
	if l.pos < len(l.src) && l.src[l.pos] == '.' {
		l.pos++
		l.digits()
	}
	if l.pos < len(l.src) && isLetter(l.src[l.pos]) {
		l.word()
		return invalid
	}
	return number
}

// quoted stops at a bare line feed: the token is invalid then. At the end of the
// file wcc closes the string itself.
func (l *lexer) quoted(quote byte) kind {
	for l.pos++; l.pos < len(l.src); l.pos++ {
		switch l.src[l.pos] {
		case quote:
			l.pos++
			return text
		case '\n':
			return invalid
		case '\\':
			l.pos++
		}
	}
	l.pos = len(l.src)
	return text
}

// punctuators by length, longest first. Some are here only to be refused by name.
var punctuators = [][]string{
	{">>>="},
	{"===", "!==", ">>>", "<<=", ">>=", "...", "**=", "&&=", "||=", "??="},
	{"==", "!=", "<=", ">=", "&&", "||", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "++", "--", "=>", "**", "??", "?."},
}

const single = "{}()[];,.<>+-*/%&|^!~?:="

func punctuator(s string) int {
	if strings.IndexByte(single, s[0]) < 0 {
		return 0
	}
	if len(s) < 2 || strings.IndexByte(">=.*&|?<+-", s[1]) < 0 { // none goes on like this
		return 1
	}
	for _, group := range punctuators {
		for _, p := range group {
			if strings.HasPrefix(s, p) {
				return len(p)
			}
		}
	}
	return 1
}

func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
