package wxml

import "strings"

// minify reads a template as the minifier of miniprogram-ci does, and returns where it
// fails, or -1, and what stands there. The minifier is laxer than wcc almost everywhere,
// but it follows {{ }} and quotes where wcc does not, inside attributes and scripts.
func minify(src string) (at int, name string) {
	m := minifier{src: src, fail: -1}
	for m.fail < 0 && m.pos < len(src) {
		m.text()
		if m.fail < 0 && m.pos < len(src) {
			m.markup()
		}
	}
	return m.fail, m.name
}

// minifier skips what is sound. Every method leaves pos behind what it has read.
type minifier struct {
	src  string
	pos  int
	open []string // elements whose end tag is to come
	fail int
	name string
}

// done reports a failure, or that a brace or backslash has swallowed the end of the
// file, after which nothing can fail.
func (m *minifier) done() bool { return m.fail >= 0 || m.pos > len(m.src) }

func (m *minifier) failAt(at int, name string) {
	if m.fail < 0 {
		m.fail, m.name = at, name
	}
	m.pos = len(m.src)
}

// unexpected fails at the byte to come.
func (m *minifier) unexpected() {
	if m.pos >= len(m.src) {
		m.failAt(len(m.src), "")
		return
	}
	m.failAt(m.pos, firstRune(m.src[m.pos:]))
}

// peek is the byte to come, or 0 at the end. The minifier knows no \r before \n.
func (m *minifier) peek() byte {
	if m.pos+1 < len(m.src) && m.src[m.pos] == '\r' && m.src[m.pos+1] == '\n' {
		m.pos++
	}
	if m.pos >= len(m.src) {
		return 0
	}
	return m.src[m.pos]
}

func (m *minifier) spaces() {
	for m.pos < len(m.src) && isSpace(m.src[m.pos]) {
		m.pos++
	}
}

func (m *minifier) word() string {
	start := m.pos
	for m.pos < len(m.src) && (isName(m.src[m.pos]) || m.src[m.pos] == '.') {
		m.pos++
	}
	return m.src[start:m.pos]
}

// text goes up to the next tag: in a wxs element that is an end tag, elsewhere any "<".
func (m *minifier) text() {
	if len(m.open) > 0 && m.open[len(m.open)-1] == "wxs" {
		m.script()
		return
	}
	for m.pos < len(m.src) {
		switch m.peek() {
		case '<':
			return
		case '{':
			m.brace()
		default:
			m.pos++
		}
	}
}

// script is the content of a wxs element, of which the minifier knows strings only.
func (m *minifier) script() {
	for m.pos < len(m.src) {
		switch c := m.peek(); {
		case c == '"' || c == '\'':
			m.pos++
			m.quoted(c)
		case c == '<' && m.pos+1 < len(m.src) && m.src[m.pos+1] == '/':
			return
		case c == '<':
			// The byte behind a "<" is swallowed, even a quote.
			m.pos += 2
		default:
			m.pos++
		}
	}
}

// quoted goes behind a quote that ends a string. A line break ends it too if a
// backslash stands before it.
func (m *minifier) quoted(quote byte) {
	for m.pos < len(m.src) {
		switch m.peek() {
		case quote:
			m.pos++
			return
		case '\\':
			m.pos++
			ends := m.peek() == '\n' || m.pos >= len(m.src)
			m.pos++
			if ends {
				return
			}
		case '{':
			m.brace()
		default:
			m.pos++
		}
	}
	if m.pos == len(m.src) {
		m.failAt(len(m.src), "")
	}
}

// brace is an expression, or a brace and whatever is behind it.
func (m *minifier) brace() {
	start := m.pos
	m.pos++
	if m.peek() != '{' {
		m.pos++ // the end of the file counts as a byte: {" at the end is no error
		return
	}
	m.pos++
	end := m.expressionEnd()
	if end < 0 {
		return
	}
	if m.src[end-1] == '}' {
		m.failAt(end-1, "}")
		return
	}
	if at := badExpressionText(m.src[start : end+2]); at >= 0 {
		m.pos = start + at
		m.unexpected()
	}
}

// expressionEnd finds the }} of an expression in which braces may nest, and goes
// behind it.
func (m *minifier) expressionEnd() int {
	nested := 0
	for m.pos < len(m.src) {
		switch c := m.src[m.pos]; c {
		case '\\':
			m.unexpected()
			return -1
		case '"', '\'':
			if !m.expressionString(c) {
				return -1
			}
			continue
		case '{':
			nested++
		case '}':
			if nested > 0 {
				nested--
			} else if m.pos+1 < len(m.src) && m.src[m.pos+1] == '}' {
				m.pos += 2
				return m.pos - 2
			}
		}
		m.pos++
	}
	m.failAt(len(m.src), "")
	return -1
}

func (m *minifier) expressionString(quote byte) bool {
	for m.pos++; m.pos < len(m.src); m.pos++ {
		switch m.src[m.pos] {
		case '\\':
			m.pos++
		case quote:
			m.pos++
			return true
		}
	}
	if m.pos == len(m.src) {
		m.failAt(len(m.src), "")
	}
	return false
}

// badExpressionText is the second look at an expression, braces included: where the
// minifier, squeezing out blanks, fails, or -1. Here braces do not nest, and a comment
// that begins behind a blank may contain no "*".
func badExpressionText(s string) int {
	blank, brace := false, false
	for i := 2; i < len(s); i++ {
		c := s[i]
		switch {
		case isSpace(c):
			blank = !brace
			continue
		case c == '"' || c == '\'':
			i = stringEnd(s, i)
			brace = false
			continue
		case c == '}' && strings.HasPrefix(s[i+1:], "}"):
			rest := strings.TrimLeft(s[i+2:], " \t\r\n")
			if rest == "" {
				return -1
			}
			return len(s) - len(rest)
		case c == '/' && blank && strings.HasPrefix(s[i+1:], "*"):
			star := strings.IndexByte(s[i+2:], '*')
			if star < 0 {
				return -1
			}
			if i += 2 + star + 1; !strings.HasPrefix(s[i:], "/") {
				return i
			}
			continue
		case c == '/' && blank && !isSpace(s[i+1]):
			i++
		}
		blank, brace = false, c == '}'
	}
	return len(s)
}

// stringEnd is the index of the quote that ends the string at i, or of the end of all.
func stringEnd(s string, i int) int {
	quote := s[i]
	for i++; i < len(s) && s[i] != quote; i++ {
		if s[i] == '\\' {
			i++
		}
	}
	return i
}

// markup reads what begins with "<".
func (m *minifier) markup() {
	m.pos++
	m.spaces()
	switch c := m.peek(); {
	case c == '/':
		m.pos++
		m.endTag()
	case c == '!':
		m.pos++
		m.comment()
	case isNameStart(c):
		m.startTags()
	default:
		m.unexpected()
	}
}

func (m *minifier) comment() {
	for range 2 {
		if m.peek() != '-' {
			m.unexpected()
			return
		}
		m.pos++
	}
	end := strings.Index(m.src[m.pos:], "-->")
	if end < 0 {
		m.pos = len(m.src)
		return
	}
	m.pos += end + len("-->")
}

// endTag may have several names, each of which ends an element, or none.
func (m *minifier) endTag() {
	for {
		m.spaces()
		c := m.peek()
		if c == '>' {
			m.pos++
			return
		}
		if !isNameStart(c) {
			m.unexpected()
			return
		}
		start := m.pos
		name := m.word()
		if next := m.peek(); next != '>' && next != '/' && !isSpace(next) {
			m.unexpected()
			return
		}
		if m.pop() != name {
			m.failAt(start, name)
			return
		}
		if m.peek() == '/' {
			if m.slash() {
				m.startTags()
			}
			return
		}
	}
}

func (m *minifier) pop() string {
	if len(m.open) == 0 {
		return ""
	}
	name := m.open[len(m.open)-1]
	m.open = m.open[:len(m.open)-1]
	return name
}

// slash reads "/>", and reports whether a name stands there instead of the ">", which
// begins another tag.
func (m *minifier) slash() bool {
	m.pos++
	switch c := m.peek(); {
	case c == '>':
		m.pos++
		m.pop()
	case isNameStart(c):
		return true
	default:
		m.unexpected()
	}
	return false
}

// startTags reads a start tag, and those that begin within it.
func (m *minifier) startTags() {
	for m.startTag() {
	}
}

// startTag reports whether another tag begins before the end of this one.
func (m *minifier) startTag() bool {
	name := m.word()
	next := m.peek()
	if next != '>' && next != '/' && !isSpace(next) {
		m.unexpected()
		return false
	}
	m.open = append(m.open, name)
	for !m.done() {
		m.spaces()
		switch c := m.peek(); {
		case c == '>':
			m.pos++
			return false
		case c == '/':
			return m.slash()
		case c == '=':
			m.pos++
			m.value()
		case isName(c) || c == '.':
			m.pos++
		default:
			m.unexpected()
		}
	}
	return false
}

// value may lack its first quote.
func (m *minifier) value() {
	m.spaces()
	switch c := m.peek(); {
	case c == '"' || c == '\'':
		m.pos++
		m.quoted(c)
	case isNameStart(c):
		m.quoted('"')
	default:
		m.unexpected()
	}
}
