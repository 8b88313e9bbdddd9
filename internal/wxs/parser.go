package wxs

import (
	"slices"
	"strings"
)

// deepest is how far statements and expressions may nest before the parser gives
// up without a fault. Nobody writes such a thing; it keeps the stack small.
const deepest = 1000

// reserved words, by the documentation of WXS ("reserved words") and by wcc.
var reserved = words("delete void typeof null undefined NaN Infinity var if else true false require this function arguments return for while do break continue switch case default")

// foreign words mean something in JavaScript, and are mere names in WXS.
var foreign = words("let const class new throw try import export async await yield with")

// joiners stand between operands in JavaScript, and are mere names in WXS.
var joiners = words("in instanceof of")

var binary = words("|| && | ^ & == != === !== < > <= >= << >> >>> + - * / % = += -= *= /= %= |= &= ^= <<= >>= >>>=")

var newer = words("=> ... ** **= ?? ??= ?. &&= ||=")

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

type parser struct {
	lexer
	tok     token
	prev    token // the one before
	word    token // the last foreign word that stood as an operand
	faults  []Fault
	stopped bool
	depth   int
	inside  int // functions around
	loops   int // loops around
	choices int // switches around
}

func (p *parser) advance() {
	if p.stopped {
		return
	}
	p.prev = p.tok
	p.tok = p.next()
	if p.tok.kind == invalid {
		p.refuse(p.tok)
	}
}

// refuse says what is wrong with a token that wcc does not know.
func (p *parser) refuse(t token) {
	switch c := t.text[0]; {
	case c == '"' || c == '\'':
		p.failAs(StringBreak, t, "")
	case c == '.' || isDigit(c):
		p.fail(Number, t)
	case c == '`':
		p.failAs(Unsupported, t, "template literal")
	default:
		p.fail(Character, t)
	}
}

func (p *parser) fail(kind FaultKind, at token) { p.failAs(kind, at, at.text) }

// failAs notes the fault and ends the parse, as wcc does.
func (p *parser) failAs(kind FaultKind, at token, name string) {
	if !p.stopped {
		p.faults = append(p.faults, Fault{at.start, at.end - at.start, kind, name, false})
	}
	p.stop()
}

func (p *parser) stop() {
	p.stopped = true
	p.tok = token{kind: end, start: len(p.src), end: len(p.src), newline: true}
}

// unexpected explains why the token at hand cannot stand where it is.
func (p *parser) unexpected() {
	switch t := p.tok; {
	case p.afterForeign():
		p.fail(Unsupported, p.word)
	case t.kind == name && joiners[t.text], t.kind == punct && newer[t.text]:
		p.fail(Unsupported, t)
	case t.is(")") && p.peek().is("=>"):
		p.fail(Unsupported, p.peek())
	default:
		p.fail(Syntax, t)
	}
}

// afterForeign: the operand that has just ended is a word like "new".
func (p *parser) afterForeign() bool {
	return p.word.text != "" && p.word.end == p.prev.end
}

func (p *parser) take(text string) bool {
	if !p.tok.is(text) {
		return false
	}
	p.advance()
	return true
}

func (p *parser) expect(text string) {
	if !p.take(text) {
		p.unexpected()
	}
}

func (p *parser) keyword(word string) bool {
	return p.tok.kind == name && p.tok.text == word
}

func (p *parser) takeWord(word string) bool {
	if !p.keyword(word) {
		return false
	}
	p.advance()
	return true
}

// peek returns the token behind the one at hand.
func (p *parser) peek() token {
	ahead := p.lexer
	return ahead.next()
}

// binding reads the name of a variable or a parameter.
func (p *parser) binding() {
	if p.tok.is("[") || p.tok.is("{") {
		p.failAs(Unsupported, p.tok, "destructuring")
	}
	p.identifier()
}

// identifier reads a name that is not reserved.
func (p *parser) identifier() {
	switch {
	case p.tok.kind == name && reserved[p.tok.text]:
		p.fail(Reserved, p.tok)
	case p.tok.kind == name:
		p.advance()
	default:
		p.unexpected()
	}
}

// enter counts the nesting; leave must follow in any case.
func (p *parser) enter() {
	if p.depth++; p.depth > deepest {
		p.stop()
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) program() {
	for p.tok.kind != end {
		first := p.tok
		expression := p.statement()
		if expression && !first.is("{") && first.text != "function" && first.text != "require" {
			p.endOfLine()
		}
	}
}

// endOfLine asks for what wcc calls LineFeed.
func (p *parser) endOfLine() {
	switch {
	case p.take(";"), p.tok.newline, p.tok.kind == end:
	case p.afterForeign() || p.tok.kind == name && joiners[p.tok.text] || p.tok.kind == punct && newer[p.tok.text]:
		p.unexpected()
	case p.tok.is("}") || p.tok.is(")") || p.tok.is("]") || p.tok.is(":"):
		p.unexpected()
	default:
		p.fail(Unterminated, p.tok)
	}
}

// statements reads up to one of the closers, or the end of the file. In braces,
// wcc needs nothing between statements.
func (p *parser) statements(closers ...string) {
	for p.tok.kind != end && !slices.Contains(closers, p.tok.text) {
		if p.statement() {
			p.silent()
			p.take(";")
		}
	}
}

// silent notes JavaScript that wcc takes apart without a word.
func (p *parser) silent() {
	t := p.tok
	if t.newline || t.kind == end || t.kind == punct && !t.is("{") {
		return
	}
	if p.afterForeign() {
		t = p.word
	} else if t.kind != name || t.text == "of" || !joiners[t.text] {
		return
	}
	p.faults = append(p.faults, Fault{t.start, t.end - t.start, Unsupported, t.text, true})
	p.word = token{}
}

// statement reads one, and reports whether it was an expression; its terminator
// is left to the caller then.
func (p *parser) statement() (expression bool) {
	p.enter()
	defer p.leave()
	if p.take(";") {
		return false
	}
	if p.tok.kind == name && reserved[p.tok.text] {
		if read := p.reader(p.tok.text); read != nil {
			word := p.tok
			p.advance()
			read(word)
			return false
		}
	}
	p.sequence()
	return true
}

// reader returns what reads the statement behind its first word.
func (p *parser) reader(word string) func(token) {
	switch word {
	case "var":
		return p.variables
	case "if":
		return p.branch
	case "for":
		return p.loop
	case "while":
		return p.while
	case "do":
		return p.doWhile
	case "switch":
		return p.choice
	case "return":
		return p.result
	case "break", "continue":
		return p.jump
	case "else", "case", "default":
		return p.stray
	}
	return nil
}

func (p *parser) stray(word token) { p.fail(Syntax, word) }

func (p *parser) variables(token) {
	p.declarations()
	p.endOfVar()
}

func (p *parser) declarations() {
	for {
		p.binding()
		if p.take("=") {
			p.operand(true)
			p.operators()
		}
		if !p.take(",") {
			return
		}
	}
}

func (p *parser) endOfVar() {
	switch {
	case p.take(";"), p.tok.newline, p.tok.kind == end:
	case p.tok.kind == punct && !p.tok.is("}") || p.afterForeign() || p.tok.kind == name && joiners[p.tok.text]:
		p.unexpected()
	default:
		p.fail(Unterminated, p.tok)
	}
}

// body reads the one statement of an if or a loop.
func (p *parser) body() {
	if p.tok.kind == end {
		p.unexpected()
		return
	}
	if p.statement() {
		p.silent()
		p.take(";")
	}
}

// branch: wcc does without the parentheses of if, and takes what stands in them
// for the mere beginning of an expression.
func (p *parser) branch(token) {
	if p.tok.is("(") {
		p.parenthesised()
		if p.continues() {
			p.suffixes()
			p.operators()
		}
	} else {
		p.sequence()
	}
	p.body()
	if p.takeWord("else") {
		p.body()
	}
}

// continues: the token at hand carries on an expression, and cannot begin one.
func (p *parser) continues() bool {
	if p.tok.kind != punct || p.tok.is("+") || p.tok.is("-") {
		return false
	}
	return p.tok.is(".") || p.tok.is("?") || binary[p.tok.text]
}

func (p *parser) while(token) {
	p.parenthesised()
	p.repeated()
}

func (p *parser) parenthesised() {
	p.expect("(")
	p.sequence()
	p.expect(")")
}

func (p *parser) repeated() {
	p.loops++
	p.body()
	p.loops--
}

func (p *parser) doWhile(token) {
	p.loops++
	p.block()
	p.loops--
	if !p.takeWord("while") {
		p.unexpected()
	}
	p.parenthesised()
	p.take(";")
}

func (p *parser) loop(token) {
	p.expect("(")
	if p.takeWord("var") {
		p.declarations()
	} else if !p.tok.is(";") {
		p.sequence()
	}
	p.expect(";")
	if !p.tok.is(";") {
		p.sequence()
	}
	p.expect(";")
	if !p.tok.is(")") {
		p.sequence()
	}
	p.expect(")")
	p.repeated()
}

func (p *parser) block() {
	p.expect("{")
	p.statements("}")
	p.expect("}")
}

func (p *parser) choice(token) {
	p.parenthesised()
	p.expect("{")
	p.choices++
	if p.keyword("default") {
		p.fail(DefaultPlace, p.tok)
	}
	for p.takeWord("case") {
		p.label()
		p.expect(":")
		p.statements("}", "case", "default")
	}
	if p.takeWord("default") {
		p.expect(":")
		p.statements("}", "case", "default")
		if p.keyword("case") || p.keyword("default") {
			p.fail(DefaultPlace, p.tok)
		}
	}
	p.choices--
	p.expect("}")
}

func (p *parser) label() {
	t := p.tok
	signed := p.take("-") || p.take("+")
	literal := p.tok.kind == number || !signed && (p.tok.kind == text ||
		p.tok.kind == name && (!reserved[p.tok.text] || p.tok.text == "true" || p.tok.text == "false"))
	if literal {
		p.advance()
	}
	if p.stopped || literal && p.tok.is(":") {
		return
	}
	p.fail(CaseLabel, t)
}

func (p *parser) result(word token) {
	if p.inside == 0 {
		p.fail(Misplaced, word)
		return
	}
	if p.take(";") || p.tok.newline && p.tok.is("}") {
		return
	}
	if p.tok.is("}") {
		p.fail(Unterminated, p.tok)
		return
	}
	if p.tok.newline && (p.tok.kind == end || p.tok.kind == name && reserved[p.tok.text]) {
		return // the next statement: else, case, var and so on
	}
	p.sequence()
	p.silent()
	p.take(";")
}

func (p *parser) jump(word token) {
	if p.loops == 0 && (p.choices == 0 || word.text == "continue") {
		p.fail(Misplaced, word)
		return
	}
	if !p.take(";") && !p.tok.newline && !p.tok.is("}") && p.tok.kind != end {
		p.unexpected()
	}
}
