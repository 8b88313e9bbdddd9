package budget

import (
	"bytes"
	"strings"
)

// estimateWXML is the size of a template: what the compiler's own minifier drops is
// white space and comments (minifywxml.js).
func estimateWXML(data []byte, s Settings) int64 {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	if !s.MinifyWXML {
		return int64(len(data))
	}
	m := markup{src: string(data)}
	m.run()
	return int64(m.size)
}

// markup follows a template and counts what is left of it.
type markup struct {
	src   string
	at    int
	size  int
	tags  []string
	after bool // a tag has just ended: white space at the start of text goes
	space bool // the last text ends with a space, which goes before a tag
}

func (m *markup) run() {
	m.after = true
	for m.at < len(m.src) {
		rest := m.src[m.at:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			m.at += until(rest, "-->")
		case m.in("wxs") && !strings.HasPrefix(rest, "</"):
			m.wxs()
		case rest[0] == '<':
			m.tag()
		case strings.HasPrefix(rest, "{{"):
			m.expression()
			m.after, m.space = false, false
		default:
			m.text()
		}
	}
	if m.space {
		m.size--
	}
}

func (m *markup) in(tag string) bool {
	return len(m.tags) > 0 && m.tags[len(m.tags)-1] == tag
}

// until is the number of bytes up to and with end, or all.
func until(s, end string) int {
	if n := strings.Index(s, end); n >= 0 {
		return n + len(end)
	}
	return len(s)
}

// text counts characters up to a tag or an expression.
func (m *markup) text() {
	if m.in("text") {
		m.size++
		m.at++
		m.after, m.space = false, false
		return
	}
	if c := m.src[m.at]; c == ' ' || c == '\t' || c == '\n' || c == '\r' {
		if !m.after && !m.space {
			m.size++
			m.space = true
		}
	} else {
		m.size++
		m.after, m.space = false, false
	}
	m.at++
}

// expression counts {{...}}, whose white space goes but for that in strings.
func (m *markup) expression() {
	quote := byte(0)
	for ; m.at < len(m.src); m.at++ {
		c := m.src[m.at]
		switch {
		case quote != 0:
			if c == '\\' && m.at+1 < len(m.src) {
				m.size++
				m.at++
			} else if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			continue
		case c == '}' && strings.HasPrefix(m.src[m.at:], "}}") && !strings.HasPrefix(m.src[m.at:], "}}}"):
			m.size += 2
			m.at += 2
			return
		}
		m.size++
	}
}

// wxs counts the code of a <wxs> element, whose lines lose their margins; so do the
// pieces between string literals.
func (m *markup) wxs() {
	for m.at < len(m.src) && !strings.HasPrefix(m.src[m.at:], "</") {
		if c := m.src[m.at]; c == '"' || c == '\'' {
			start := m.at
			for m.at++; m.at < len(m.src) && m.src[m.at] != c; m.at++ {
				if m.src[m.at] == '\\' {
					m.at++
				}
			}
			m.at = min(m.at+1, len(m.src))
			m.size += m.at - start
			continue
		}
		rest := m.src[m.at:]
		n := strings.IndexAny(rest, `"'`)
		if end := strings.Index(rest, "</"); end >= 0 && (n < 0 || end < n) {
			n = end
		}
		if n < 0 {
			n = len(rest)
		}
		for i, line := range strings.Split(rest[:n], "\n") {
			m.size += len(strings.TrimSpace(line)) + min(i, 1)
		}
		m.at += n
	}
}

// tag counts a tag.
func (m *markup) tag() {
	if m.space {
		m.size--
	}
	m.after, m.space = true, false
	start := m.at
	end := strings.HasPrefix(m.src[m.at:], "</")
	m.at++
	m.size++
	name := m.name()
	for m.at < len(m.src) && m.src[m.at] != '>' {
		m.inTag()
	}
	selfClosed := m.at > start && m.src[m.at-1] == '/'
	if m.at < len(m.src) {
		m.at++
		m.size++
	}
	m.nest(name, end, selfClosed)
}

func (m *markup) nest(name string, end, selfClosed bool) {
	switch {
	case end && len(m.tags) > 0:
		m.tags = m.tags[:len(m.tags)-1]
	case !end && !selfClosed:
		m.tags = append(m.tags, name)
	}
}

// name counts the name of a tag, with the slash of an end tag.
func (m *markup) name() string {
	for m.at < len(m.src) && isBlank(m.src[m.at]) {
		m.at++
	}
	start := m.at
	for m.at < len(m.src) && !isBlank(m.src[m.at]) && m.src[m.at] != '>' && (m.src[m.at] != '/' || m.at == start) {
		m.at++
	}
	m.size += m.at - start
	return m.src[start:m.at]
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// inTag counts one thing within a tag.
func (m *markup) inTag() {
	switch c := m.src[m.at]; {
	case isBlank(c):
		m.at++
	case c == '/':
		m.size++
		m.at++
	default:
		m.attribute()
	}
}

func (m *markup) attribute() {
	start := m.at
	for m.at < len(m.src) && !isBlank(m.src[m.at]) && !strings.ContainsRune(`=>/"'`, rune(m.src[m.at])) {
		m.at++
	}
	name := m.src[start:m.at]
	m.size += 1 + len(name)
	next := m.at
	for next < len(m.src) && isBlank(m.src[next]) {
		next++
	}
	if next >= len(m.src) || m.src[next] != '=' {
		if m.at == start { // nothing that a name may begin with
			m.at++
		}
		return
	}
	m.at = next + 1
	m.size++
	for m.at < len(m.src) && isBlank(m.src[m.at]) {
		m.at++
	}
	m.value(name == "style")
}

// value counts the value of an attribute, which for style loses white space.
func (m *markup) value(style bool) {
	if m.at >= len(m.src) || m.src[m.at] != '"' && m.src[m.at] != '\'' {
		return
	}
	quote := m.src[m.at]
	m.at++
	m.size++
	last := byte(';')
	for m.at < len(m.src) && m.src[m.at] != quote {
		c := m.src[m.at]
		switch {
		case strings.HasPrefix(m.src[m.at:], "{{"):
			m.expression()
			last = '}'
			continue
		case style && isBlank(c) && (last == ';' || last == ':' || isBlank(last)):
			m.size--
		case style && c == '\n':
			m.size--
		}
		if style && c == ';' && isBlank(last) {
			m.size--
		}
		m.size++
		if !(style && isBlank(c) && (last == ';' || last == ':')) {
			last = c
		}
		m.at++
	}
	if m.at < len(m.src) {
		m.at++
		m.size++
	}
}
