package wxml

import (
	"strings"
)

type tokenKind uint8

const (
	tokEnd     tokenKind = iota
	tokBad               // no token begins so
	tokName              // a variable, member or key; JavaScript's keywords are nothing special
	tokLiteral           // a string, a number, true, false, null or undefined
	tokOp
)

type token struct {
	kind tokenKind
	text string
}

// lexer cuts an expression into tokens.
type lexer struct {
	src    string
	pos    int
	modern bool
	tok    token
}

// operators, the longest first, as they are tried.
var operators = []string{"...", "===", "!==", "==", "!=", "<=", ">=", "<<", ">>", "&&", "||"}

var modernOperators = append([]string{">>>", "**", "??"}, operators...)

func (l *lexer) next() {
	l.blank()
	if l.pos >= len(l.src) {
		l.tok = token{}
		return
	}
	c := l.src[l.pos]
	switch {
	case isLetter(c) || l.modern && c >= 0x80:
		l.word()
	case isDigit(c) || c == '.' && l.pos+1 < len(l.src) && isDigit(l.src[l.pos+1]):
		l.number()
	case c == '"' || c == '\'' || l.modern && c == '`':
		l.str(c)
	default:
		l.operator()
	}
}

// blank skips space and comments; a comment without an end goes to the end.
func (l *lexer) blank() {
	for l.pos < len(l.src) {
		switch {
		case isSpace(l.src[l.pos]):
			l.pos++
		case strings.HasPrefix(l.src[l.pos:], "/*"):
			end := strings.Index(l.src[l.pos+2:], "*/")
			if end < 0 {
				l.pos = len(l.src)
				return
			}
			l.pos += 2 + end + 2
		default:
			return
		}
	}
}

func (l *lexer) emit(kind tokenKind, end int) {
	l.tok = token{kind, l.src[l.pos:end]}
	l.pos = end
}

func (l *lexer) word() {
	end := l.pos
	for end < len(l.src) && (isLetter(l.src[end]) || isDigit(l.src[end]) || l.modern && l.src[end] >= 0x80) {
		end++
	}
	switch l.src[l.pos:end] {
	case "true", "false", "null", "undefined":
		l.emit(tokLiteral, end)
	default:
		l.emit(tokName, end)
	}
}

func (l *lexer) number() {
	end := l.digits(l.pos)
	if end < len(l.src) && l.src[end] == '.' {
		end = l.digits(end + 1)
	}
	if l.modern {
		// 1e3, 0x10 and 1_000 as well, without looking closer.
		for end < len(l.src) && (isLetter(l.src[end]) || isDigit(l.src[end])) {
			end++
		}
	}
	l.emit(tokLiteral, end)
}

func (l *lexer) digits(i int) int {
	for i < len(l.src) && isDigit(l.src[i]) {
		i++
	}
	return i
}

// str reads a string. A line break ends it like a quote does, and one that has no end
// is no token at all (both observed, neither seems meant).
func (l *lexer) str(quote byte) {
	for i := l.pos + 1; i < len(l.src); i++ {
		c := l.src[i]
		if c == '\\' && i+1 < len(l.src) {
			i++
			c = 0
			if l.src[i] == '\n' {
				c = '\n'
			}
		}
		if c == quote || c == '\n' && quote != '`' {
			l.emit(tokLiteral, i+1)
			return
		}
	}
	l.pos = len(l.src)
	l.tok = token{}
}

func (l *lexer) operator() {
	rest := l.src[l.pos:]
	known := operators
	if l.modern {
		known = modernOperators
		if strings.HasPrefix(rest, "?.") && !(len(rest) > 2 && isDigit(rest[2])) {
			l.emit(tokOp, l.pos+2)
			return
		}
	}
	for _, op := range known {
		if strings.HasPrefix(rest, op) {
			l.emit(tokOp, l.pos+len(op))
			return
		}
	}
	kind := tokOp
	if strings.IndexByte("+-*/%!~<>&|^?:,.()[]{}", rest[0]) < 0 || strings.HasPrefix(rest, "..") {
		kind = tokBad
	}
	l.emit(kind, l.pos+1)
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '$'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWord(s string) bool { return s != "" && isLetter(s[0]) }
