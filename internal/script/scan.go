package script

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// found is a Ref with the place of the innermost try around it in the stack.
type found struct {
	Ref
	try int32
}

// scanner is the state of a scan: the token before, and the brackets that are open.
type scanner struct {
	src   []byte
	out   *Script
	refs  []found // with Kind unknown among them, so that a declaration can take back both
	deps  []byte  // JSON of the last outsideDeps comment
	prev  token
	cur   frame
	stack []frame // around cur

	fn          function // the parameters of such a function come next
	fnShadow    bool     // its own name is require
	arrowShadow bool     // a parameter of the arrow function whose brace comes next is require
	parenSaw    bool     // frame.saw of the parentheses closed last
	requireNext int      // offset of the token behind the last word require
	routeAt     int      // offset of the object that is the argument of a route
	route       uint8
	budget      int // bytes that may still be read in vain: keeps broken input linear

	strings *[]String // where Strings wants them; nil for a Scan
}

func (s *scanner) run() {
	i := s.hashbang()
	for i < len(s.src) {
		c := s.src[i]
		switch classes[c] {
		case cSpace:
			i++
		case cWord:
			i = s.word(i)
		case cOther:
			s.prev = token(c)
			i++
		default:
			i = s.punctuation(i, c)
		}
	}
}

// punctuation handles the token at i, which begins with c, and returns its end.
func (s *scanner) punctuation(i int, c byte) int {
	switch classes[c] {
	case cDot:
		return s.dot(i)
	case cOpen:
		s.openParen()
	case cClose:
		s.closeParen()
	case cComma:
		s.comma()
	case cEqual:
		return s.equal(i)
	case cBrace:
		s.openBrace(i)
	case cBraceEnd:
		return s.closeBrace(i)
	case cSemicolon:
		s.semicolon()
	case cBracket:
		s.openBracket()
	case cBracketEnd:
		s.closeBracket()
	case cColon:
		s.colon()
	case cQuestion:
		return s.question(i)
	case cQuote:
		return s.quoted(i)
	case cDigit:
		return s.number(i)
	case cSign:
		return s.sign(i)
	case cSlash:
		return s.slash(i)
	case cTemplate:
		return s.template(i + 1)
	case cLess:
		return s.less(i)
	case cHigh:
		return s.high(i)
	}
	return i + 1
}

// at is the byte at i, 0 behind the end.
func (s *scanner) at(i int) byte {
	if i < len(s.src) {
		return s.src[i]
	}
	return 0
}

// hashbang skips a byte order mark and a first line that begins with #!.
func (s *scanner) hashbang() int {
	i := len(s.src) - len(bytes.TrimPrefix(s.src, []byte("\ufeff")))
	if bytes.HasPrefix(s.src[i:], []byte("#!")) {
		return s.lineEnd(i)
	}
	return i
}

// lineEnd is the offset of the line terminator after i.
func (s *scanner) lineEnd(i int) int {
	end := len(s.src)
	if n := bytes.IndexByte(s.src[i:], '\n'); n >= 0 {
		end = i + n
	}
	if n := bytes.IndexByte(s.src[i:end], '\r'); n >= 0 {
		end = i + n
	}
	for j := i; j < end; j++ { // U+2028 and U+2029
		n := bytes.IndexByte(s.src[j:end], 0xe2)
		if n < 0 {
			break
		}
		j += n
		if s.at(j+1) == 0x80 && s.at(j+2)|1 == 0xa9 {
			return j
		}
	}
	return end
}

// comment is the end of the comment at i, or i if there is none.
func (s *scanner) comment(i int) int {
	if s.at(i) != '/' {
		return i
	}
	switch s.at(i + 1) {
	case '/':
		return s.lineEnd(i)
	case '*':
		n := bytes.Index(s.src[i+2:], []byte("*/"))
		if n < 0 {
			return len(s.src)
		}
		return i + 2 + n + 2
	}
	return i
}

// skip is the offset of the first token at or after i.
func (s *scanner) skip(i int) int {
	for i < len(s.src) {
		switch classes[s.src[i]] {
		case cSpace:
			i++
		case cSlash:
			end := s.comment(i)
			if end == i {
				return i
			}
			i = end
		case cHigh:
			r, size := utf8.DecodeRune(s.src[i:])
			if !space(r) {
				return i
			}
			i += size
		default:
			return i
		}
	}
	return i
}

// space reports whether a character that is not ASCII separates tokens.
func space(r rune) bool {
	return r == '\ufeff' || unicode.Is(unicode.Zs, r) || r == '\u2028' || r == '\u2029'
}

// newlineBefore reports whether the token at i is the first of its line.
func (s *scanner) newlineBefore(i int) bool {
	for i--; i >= 0 && classes[s.src[i]] == cSpace; i-- {
		if s.src[i] == '\n' || s.src[i] == '\r' {
			return true
		}
	}
	return i < 0
}

// high handles a character that is not ASCII: a space or the start of a name.
func (s *scanner) high(i int) int {
	r, size := utf8.DecodeRune(s.src[i:])
	if space(r) {
		return i + size
	}
	return s.word(i)
}

func (s *scanner) number(i int) int {
	for i < len(s.src) && (part[s.src[i]] || s.src[i] == '.') {
		i++
	}
	s.prev = tLiteral
	return i
}

func (s *scanner) dot(i int) int {
	next := s.at(i + 1)
	switch {
	case classes[next] == cDigit && next != 0:
		return s.number(i)
	case next == '.' && s.at(i+2) == '.':
		s.prev = tSpread
		s.cur.value = true
		return i + 3
	}
	s.prev = '.'
	return i + 1
}

// sign handles +, - and their doubles: after an operand ++ leaves it one.
func (s *scanner) sign(i int) int {
	c := s.src[i]
	if s.at(i+1) != c {
		s.prev = token(c)
		return i + 1
	}
	if c == '-' && s.at(i+2) == '>' && !s.out.Module && s.newlineBefore(i) {
		return s.lineEnd(i) // a line that begins with --> is a comment in a script that is no module
	}
	if !operand[s.prev] || s.newlineBefore(i) {
		s.prev = token(c)
	}
	return i + 2
}

func (s *scanner) less(i int) int {
	if !s.out.Module && bytes.HasPrefix(s.src[i:], []byte("<!--")) {
		return s.lineEnd(i) // a comment, except in modules
	}
	s.prev = '<'
	return i + 1
}

func (s *scanner) slash(i int) int {
	if end := s.comment(i); end > i {
		s.note(i, end)
		return end
	}
	if !operand[s.prev] {
		if end := s.regexp(i); end > i {
			s.prev = tLiteral
			return end
		}
	}
	s.prev = '/'
	return i + 1
}

var outsideDeps = []byte("//miniprogram-npm-outsideDeps=")

// note keeps the comment from i to end if it is the one of WeChat's "build npm".
func (s *scanner) note(i, end int) {
	if rest, ok := bytes.CutPrefix(s.src[i:end], outsideDeps); ok {
		s.deps = rest
	}
}

// regexp is the end of the regular expression at i, or i if none ends in the line.
func (s *scanner) regexp(i int) int {
	set := false
	for j := i + 1; j < len(s.src) && s.budget > 0; j++ {
		switch s.src[j] {
		case '\\':
			j++
		case '[':
			set = true
		case ']':
			set = false
		case '/':
			if !set {
				return s.flags(j + 1)
			}
		case '\n', '\r':
			s.budget -= j - i
			return i
		}
	}
	s.budget -= len(s.src) - i
	return i
}

func (s *scanner) flags(i int) int {
	for i < len(s.src) && part[s.src[i]] {
		i++
	}
	return i
}

func (s *scanner) quoted(i int) int {
	s.key(i)
	s.prev = tLiteral
	end := s.stringEnd(i)
	if s.src[end-1] == s.src[i] { // if it ends at all
		s.keep(i+1, end-1)
	}
	return end
}

// stringEnd is the end of the string literal at i: behind its quote, or at the end of the line.
func (s *scanner) stringEnd(i int) int {
	quote := s.src[i]
	for i++; i < len(s.src); i++ {
		switch s.src[i] {
		case quote:
			return i + 1
		case '\\':
			i++
			if s.at(i) == '\r' && s.at(i+1) == '\n' {
				i++
			}
		case '\n', '\r':
			return i
		}
	}
	return len(s.src)
}

// templateEnd is the offset of what ends the piece of a template that begins at i:
// a backtick, the $ of ${, or the end of the source.
func (s *scanner) templateEnd(i int) int {
	for ; i < len(s.src); i++ {
		switch s.src[i] {
		case '`':
			return i
		case '\\':
			i++
		case '$':
			if s.at(i+1) == '{' {
				return i
			}
		}
	}
	return len(s.src)
}

// template handles the piece of a template that begins at i.
func (s *scanner) template(i int) int {
	start := i
	i = s.templateEnd(i)
	s.keep(start, i)
	switch s.at(i) {
	case '`':
		s.prev = tLiteral
		return i + 1
	case '$':
		s.push(kTemplate, tLiteral)
		s.prev = '('
		return i + 2
	}
	return len(s.src)
}
