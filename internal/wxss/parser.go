package wxss

import "strings"

// block is one that is open.
type block struct {
	token         // of its selector or at-rule
	name   string // of an at-rule, in lower case, with "@"
	rules  bool   // an at-rule that holds rules; all other blocks hold declarations
	filled bool   // something stands in it
	kept   bool   // and some of that is a declaration, so that the minifier keeps the block
	fault  Fault  // of the selector, for the minifier: a fault once the block is kept
	blamed bool   // an at-rule whose nested rules have been noticed
}

type parser struct {
	lexer
	Sheet
	open   []block
	buffer []token
	muted  bool // the compiler has given up; only references matter from here
	lost   bool // from here, wcsc sees other blocks than PostCSS does
}

func (p *parser) text(t token) string { return p.src[t.start:t.end] }

// fault notes one of wcsc's.
func (p *parser) fault(kind FaultKind, at token, name string) {
	if !p.muted && !p.lost {
		p.Faults = append(p.Faults, Fault{kind, at.start, at.end - at.start, name, false})
	}
}

// giveUp notes the fault at which the compiler gives up.
func (p *parser) giveUp(kind FaultKind, at token, name string) {
	if p.muted {
		return
	}
	p.Faults = append(p.Faults, Fault{kind, at.start, at.end - at.start, name, true})
	p.muted = true
}

// reject does so, in a statement that begins there. If that, or the fault, is
// behind "//", the cause is that.
func (p *parser) reject(kind FaultKind, statement int, at token, name string) {
	if p.muted {
		return
	}
	if slashes, ok := p.lineComment(statement, at); ok {
		kind, at, name = LineComment, slashes, ""
	}
	p.giveUp(kind, at, name)
}

func (p *parser) lineComment(statement int, at token) (token, bool) {
	if strings.HasPrefix(p.src[statement:], "//") {
		return p.line(statement), true
	}
	from := strings.LastIndexByte(p.src[:at.start], '\n') + 1
	before := p.src[from:at.start]
	if strings.HasPrefix(p.src[at.start:], "//") {
		before = p.src[from : at.start+2]
	}
	slashes := strings.Index(before, "//")
	if slashes < 0 || slashes > 0 && strings.IndexByte(" \t;{}", before[slashes-1]) < 0 {
		return token{}, false
	}
	return p.line(from + slashes), true
}

// line is the rest of the line from there.
func (p *parser) line(from int) token {
	length := strings.IndexAny(p.src[from:], "\r\n")
	if length < 0 {
		length = len(p.src) - from
	}
	return token{word, from, from + length}
}

// read returns the next token. What is never closed is the end of the sheet.
func (p *parser) read() token {
	t, fault := p.next()
	if fault == 0 {
		return t
	}
	p.reject(fault, t.start, token{t.kind, t.start, t.start + 1}, "")
	p.pos = len(p.src)
	return token{end, p.pos, p.pos}
}

func (p *parser) sheet() {
	for {
		switch t := p.read(); t.kind {
		case end:
			p.finish()
			return
		case space, comment:
		case ';':
			p.fault(ExtraSemicolon, t, "")
		case '}':
			p.close(t)
		case '{':
			p.fault(EmptySelector, t, "")
			p.push(block{token: t})
		case at:
			p.atRule(t)
		default:
			p.statement(t)
		}
	}
}

func (p *parser) finish() {
	if n := len(p.open); n > 0 {
		p.giveUp(UnclosedBlock, p.open[n-1].token, p.text(p.open[n-1].token))
	}
}

// push opens a block inside of the one that is open.
func (p *parser) push(b block) {
	if n := len(p.open); n > 0 {
		outer := &p.open[n-1]
		outer.filled = true
		p.nested(outer, b)
		if b.name != "" && !outer.rules {
			b.rules, b.blamed = false, true // one fault is enough
		}
	}
	p.open = append(p.open, b)
}

// nested: wcsc knows blocks in blocks only for at-rules that hold rules.
func (p *parser) nested(outer *block, inner block) {
	switch {
	case outer.rules || outer.blamed:
	case outer.name != "":
		p.fault(Unsupported, outer.token, outer.name)
		outer.blamed = true
	default:
		p.fault(Unsupported, inner.token, "nesting")
	}
}

func (p *parser) close(t token) {
	n := len(p.open)
	if n == 0 {
		p.reject(UnexpectedClose, t.start, t, "")
		return
	}
	last := p.open[n-1]
	p.open = p.open[:n-1]
	if last.rules && !last.filled {
		p.fault(EmptyAtRule, last.token, last.name)
	}
}

// piece is what stands up to the last token, which ends a statement.
type piece struct {
	tokens   []token
	last     token
	colon    bool // outside of brackets
	unclosed bool // last is a bracket without a partner
}

// statement reads a declaration or the selector of a rule.
func (p *parser) statement(first token) {
	s := p.collect(first)
	switch {
	case s.unclosed:
		p.reject(UnclosedBracket, first.start, s.last, "")
	case s.last.kind == '{':
		p.rule(s.tokens)
	case s.colon:
		p.declaration(s)
	default:
		p.reject(UnknownWord, first.start, first, p.text(first))
	}
	if s.last.kind == '}' {
		p.close(s.last)
	}
}

// collect reads up to ";", "{" or "}" outside of brackets. A block may be the value
// of a custom property.
func (p *parser) collect(first token) piece {
	custom := strings.HasPrefix(p.text(first), "--")
	s := piece{tokens: p.buffer[:0]}
	var closers []kind
	var bracket token
	for t := first; ; t = p.read() {
		switch depth := len(closers); {
		case t.kind == end || depth == 0 && (t.kind == ';' || t.kind == '}' || t.kind == '{' && !(custom && s.colon)):
			p.buffer = s.tokens
			if s.last = t; depth > 0 {
				s.last, s.unclosed = bracket, true
			}
			return s
		case t.kind == '(' || t.kind == '[' || t.kind == '{' && custom && s.colon:
			if depth == 0 {
				bracket = t
			}
			closers = append(closers, closer(t.kind))
		case depth > 0 && t.kind == closers[depth-1]:
			closers = closers[:depth-1]
		case t.kind == ':' && depth == 0:
			s.colon = true
		}
		s.tokens = append(s.tokens, t)
	}
}

func closer(open kind) kind {
	switch open {
	case '(':
		return ')'
	case '[':
		return ']'
	}
	return '}'
}

func (p *parser) rule(tokens []token) {
	b := block{token: token{word, tokens[0].start, trimmed(tokens)}}
	r := p.selector(b.token)
	if n := len(p.open); n > 0 && r.kind == 0 && strings.HasSuffix(p.open[n-1].name, "keyframes") {
		r.frames(b.token)
	}
	switch fault := (Fault{r.kind, r.at.start, r.at.end - r.at.start, r.name, r.refused}); {
	case r.refused:
		b.fault = fault
	case r.kind != 0:
		p.fault(r.kind, r.at, r.name)
	}
	p.push(b)
}

// trimmed returns where the tokens end, without the spaces and comments at the end.
func trimmed(tokens []token) int {
	for i := len(tokens) - 1; i >= 0; i-- {
		if tokens[i].kind != space && tokens[i].kind != comment {
			return tokens[i].end
		}
	}
	return tokens[0].start
}

// keep notes that the open blocks survive minification, which parses the selectors
// of those that do.
func (p *parser) keep() {
	for i := len(p.open) - 1; i >= 0 && !p.open[i].kept; i-- {
		b := &p.open[i]
		b.kept = true
		if b.fault.Rejected && !p.muted {
			p.Faults = append(p.Faults, b.fault)
		}
	}
}
