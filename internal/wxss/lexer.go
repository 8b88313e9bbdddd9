package wxss

import "strings"

// kind of a token. Brackets and the like are their own kind: '{', ':', ';' and so on.
type kind byte

const (
	end     kind = 0
	space   kind = ' '
	comment kind = '*'
	quoted  kind = '"'
	word    kind = 'a'
	at      kind = '@'
	group   kind = 'g' // parentheses with nothing special between them, and the whole of url(...)
)

// token is a piece of the source. The pieces are those of PostCSS, the parser in
// WeChat's compiler, which differ from the CSS specification: a string may go over
// lines, and a word goes up to the next white space, quote, bracket, "#", "!", "@",
// ":", ";" or comment.
type token struct {
	kind       kind
	start, end int
}

type lexer struct {
	src string
	pos int
}

const (
	spaces   = " \n\t\r\f"
	controls = "{}[]:;)"
)

var (
	wordEnds = set(spaces + "!\"#'():;@[\\]{}/") // the slash only in "/*"
	atEnds   = set(spaces + "\"#'()/;[\\]{}")
	isSpace  = set(spaces)
	isHex    = set("0123456789abcdefABCDEF")
)

func set(chars string) (is [256]bool) {
	for _, c := range []byte(chars) {
		is[c] = true
	}
	return is
}

// next returns the next token. If it never ends, the kind of the fault is returned too.
func (l *lexer) next() (token, FaultKind) {
	start := l.pos
	if start >= len(l.src) {
		return token{end, start, start}, 0
	}
	k, fault := l.scan(l.src[start])
	l.pos = min(l.pos, len(l.src))
	return token{k, start, l.pos}, fault
}

func (l *lexer) scan(c byte) (kind, FaultKind) {
	switch {
	case isSpace[c]:
		l.pos = l.run(l.pos+1, &isSpace)
		return space, 0
	case c == '"' || c == '\'':
		return quoted, l.to(c, UnclosedString)
	case c == '(':
		return l.parenthesis()
	case strings.IndexByte(controls, c) >= 0:
		l.pos++
		return kind(c), 0
	case c == '@':
		l.pos = l.until(l.pos+1, &atEnds)
		return at, 0
	case c == '\\':
		l.escape()
		return word, 0
	case c == '/' && strings.HasPrefix(l.src[l.pos+1:], "*"):
		return comment, l.comment()
	}
	l.word()
	return word, 0
}

// run returns where the characters of the set end, from i on.
func (l *lexer) run(i int, in *[256]bool) int {
	for i < len(l.src) && in[l.src[i]] {
		i++
	}
	return i
}

func (l *lexer) until(i int, ends *[256]bool) int {
	for i < len(l.src) && !ends[l.src[i]] {
		i++
	}
	return i
}

func (l *lexer) word() {
	for l.pos++; ; l.pos++ {
		l.pos = l.until(l.pos, &wordEnds)
		if l.pos >= len(l.src) || l.src[l.pos] != '/' || strings.HasPrefix(l.src[l.pos:], "/*") {
			return
		}
	}
}

// to moves behind the next c that has no backslash before it.
func (l *lexer) to(c byte, unclosed FaultKind) FaultKind {
	for i := l.pos + 1; i < len(l.src); i++ {
		switch l.src[i] {
		case c:
			l.pos = i + 1
			return 0
		case '\\':
			i++
		}
	}
	return unclosed
}

func (l *lexer) comment() FaultKind {
	length := strings.Index(l.src[l.pos+2:], "*/")
	if length < 0 {
		return UnclosedComment
	}
	l.pos += length + 4
	return 0
}

// escape reads backslashes and what they escape.
func (l *lexer) escape() {
	from := l.pos
	for l.pos < len(l.src) && l.src[l.pos] == '\\' {
		l.pos++
	}
	if (l.pos-from)%2 == 0 || l.pos >= len(l.src) || l.src[l.pos] == '/' || isSpace[l.src[l.pos]] {
		return
	}
	if hex := l.run(l.pos, &isHex); hex > l.pos {
		l.pos = hex
		if strings.HasPrefix(l.src[l.pos:], " ") {
			l.pos++
		}
		return
	}
	l.pos++
}

// parenthesis: url( without a quote goes to its end, whatever is in there. Others
// are a group if nothing that matters stands up to the next ")".
func (l *lexer) parenthesis() (kind, FaultKind) {
	if endsInURL(l.src[:l.pos]) {
		first := l.run(l.pos+1, &isSpace)
		if first >= len(l.src) || l.src[first] != '"' && l.src[first] != '\'' {
			return group, l.to(')', UnclosedBracket)
		}
	}
	stop := strings.IndexAny(l.src[l.pos+1:], ")\r\n\"'(/\\")
	if stop >= 0 && l.src[l.pos+1+stop] == ')' {
		l.pos += stop + 2
		return group, 0
	}
	l.pos++
	return '(', 0
}

// endsInURL: "url" stands there, and not as the end of a longer word.
func endsInURL(s string) bool {
	n := len(s)
	return n >= 3 && strings.EqualFold(s[n-3:], "url") && (n == 3 || strings.IndexByte(spaces+"\"'(),/:;[]{}", s[n-4]) >= 0)
}
