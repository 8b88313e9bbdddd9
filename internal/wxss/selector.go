package wxss

import (
	"strings"
	"unicode/utf8"
)

// selectorReader goes through a selector byte by byte.
type selectorReader struct {
	src      string
	pos, end int
	square   int     // brackets around
	round    int     // parentheses around
	pseudos  []token // what the parentheses belong to
	pseudo   token   // the last one
	before   byte    // the last byte that was neither space nor comment; a comma at the beginning
	kind     FaultKind
	at       token
	name     string
	refused  bool // by the minifier, if the block is not empty; otherwise by wcsc
}

const combinators = ">+~"

// selector reads one and keeps what is wrong with it, if anything.
func (p *parser) selector(t token) *selectorReader {
	r := &selectorReader{src: p.src, pos: t.start, end: t.end, before: ','}
	for r.pos < r.end && !r.refused {
		r.step()
	}
	if !r.refused && strings.IndexByte(combinators, r.before) >= 0 {
		r.note(BadSelector, r.end-1, 1)
	}
	return r
}

// note keeps wcsc's first fault.
func (r *selectorReader) note(kind FaultKind, start, length int) {
	if r.kind == 0 {
		r.kind, r.at, r.name = kind, token{word, start, start + length}, r.src[start:start+length]
	}
}

// refuse is for what the minifier refuses; it goes before other faults.
func (r *selectorReader) refuse(kind FaultKind, start, length int) {
	r.kind, r.refused = 0, true
	r.note(kind, start, length)
}

func (r *selectorReader) step() {
	rest := r.src[r.pos:r.end]
	switch c := rest[0]; {
	case isSpace[c]:
		r.pos++
		return
	case strings.HasPrefix(rest, "/*"):
		r.pos += strings.Index(rest[2:], "*/") + 4
		return
	case c == '"' || c == '\'':
		r.quoted(c)
	case c >= utf8.RuneSelf:
		_, size := utf8.DecodeRuneInString(rest)
		r.note(Character, r.pos, size)
		r.pos += size
	case c == '\\':
		r.note(Escape, r.pos, 1)
		r.pos = min(r.pos+2, r.end)
	case r.square > 0:
		r.attribute(c)
	default:
		r.plain(c)
	}
	r.before = r.src[r.pos-1]
}

// quoted: strings are the values of attributes, or arguments.
func (r *selectorReader) quoted(quote byte) {
	start := r.pos
	l := lexer{r.src, r.pos}
	if l.to(quote, UnclosedString) != 0 { // one in url( ), which has no partner
		l.pos = r.end
	}
	r.pos = min(l.pos, r.end)
	if r.square == 0 && r.round == 0 {
		r.note(BadSelector, start, r.pos-start)
	}
	flag := l.run(r.pos, &isSpace)
	if r.square > 0 && flag < r.end && isWordCharacter(rune(r.src[flag])) && r.kind == 0 {
		r.note(Unsupported, flag, 1)
		r.name = "attribute flag"
	}
}

func (r *selectorReader) attribute(c byte) {
	if c == ']' {
		if r.square--; r.before == '[' {
			r.note(BadSelector, r.pos, 1)
		}
	} else if c == '[' {
		r.square++
	}
	r.pos++
}

func (r *selectorReader) plain(c byte) {
	start := r.pos
	switch r.pos++; c {
	case '*':
		r.note(Universal, start, 1)
	case '&':
		r.note(Unsupported, start, 1)
	case '[':
		r.square++
	case '(':
		r.round++
		r.pseudos = append(r.pseudos, r.pseudo)
	case ')':
		r.closeRound()
	case ']', '!':
		r.refuse(BadSelector, start, 1)
	case '<', '?', '`', '$', '^', '=', '|':
		r.note(BadSelector, start, 1)
	case '>', '+', '~':
		if r.round == 0 && strings.IndexByte(combinators, r.before) >= 0 {
			r.note(BadSelector, start, 1)
		}
	case ',':
		r.comma(start)
	case '/':
		r.slash(start)
	case ':':
		r.colon(start)
	}
}

func (r *selectorReader) closeRound() {
	if r.round == 0 {
		r.refuse(BadSelector, r.pos-1, 1)
		return
	}
	r.round--
	r.pseudos = r.pseudos[:r.round]
}

func (r *selectorReader) comma(start int) {
	switch {
	case r.round == 0 && (r.before == ',' || strings.IndexByte(combinators, r.before) >= 0):
		r.note(BadSelector, start, 1)
	case r.round > 0 && r.kind == 0:
		r.call(r.pseudos[r.round-1])
	}
}

// call notes a pseudo-class or element the argument of which wcsc does not take.
func (r *selectorReader) call(pseudo token) {
	if pseudo.end > pseudo.start && r.kind == 0 {
		r.note(Unsupported, pseudo.start, pseudo.end-pseudo.start)
		r.name += "()"
	}
}

// slash: the minifier knows combinators such as "/deep/"; wcsc takes any slash.
func (r *selectorReader) slash(start int) {
	name := strings.IndexFunc(r.src[r.pos:r.end], func(c rune) bool { return !isWordCharacter(c) && c != '-' })
	switch {
	case r.round > 0:
	case name > 0 && r.src[r.pos+name] == '/':
		r.pos += name + 1
	case name == 0 && r.src[r.pos] == '/':
		line := strings.IndexAny(r.src[start:r.end]+"\n", "\r\n")
		r.refuse(LineComment, start, line)
		r.name = ""
	default:
		r.refuse(BadSelector, start, 1)
	}
}

func (r *selectorReader) colon(start int) {
	for r.pos < r.end && r.src[r.pos] == ':' {
		r.pos++
	}
	double := r.pos-start > 1
	name := r.pos
	for r.pos < r.end && (isWordCharacter(rune(r.src[r.pos])) || r.src[r.pos] == '-') {
		r.pos++
	}
	r.pseudo = token{word, start, r.pos}
	switch {
	case r.pos == name && r.round == 0 && (r.pos == r.end || isSpace[r.src[r.pos]] || r.src[r.pos] == ','):
		r.refuse(BadSelector, start, r.pos-start)
	case double && r.pos < r.end && r.src[r.pos] == '(':
		r.call(r.pseudo)
	}
}

// frames: wcsc wants "0%" where CSS in @keyframes does with "0".
func (r *selectorReader) frames(t token) {
	start := t.start
	for part := range strings.SplitSeq(r.src[t.start:t.end], ",") {
		if frame := strings.TrimSpace(part); frame != "" && strings.Trim(frame, "0123456789") == "" {
			r.note(BadSelector, start+strings.Index(part, frame), len(frame))
		}
		start += len(part) + 1
	}
}
