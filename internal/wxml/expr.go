package wxml

import "strings"

// validExpression reports whether wcc takes what stands between {{ and }}: nothing, or
// an expression; with data, the inside of an object literal.
//
// The language is JavaScript's expressions without most of what is not plain: no
// assignment, no unary plus, no >>> ** in instanceof typeof ?. ??, no trailing comma,
// no string as a key, no empty object, and no member of anything in brackets. With
// modern all of that is allowed too, to tell a slip from a newer language.
func validExpression(source string, data, modern bool) bool {
	p := exprParser{lexer: lexer{src: source, modern: modern}}
	p.next()
	switch {
	case p.tok.kind == tokEnd:
	case data:
		p.properties(tokEnd, "")
	default:
		p.expr()
	}
	return p.deep || !p.bad && p.tok.kind == tokEnd
}

// deepest is how far expressions may nest before they are taken on trust: nobody
// writes such, and the stack of this program is finite.
const deepest = 2000

type exprParser struct {
	lexer
	bad, deep bool
	depth     int
}

func (p *exprParser) fail() {
	p.bad = true
	p.pos = len(p.src)
	p.tok = token{}
}

func (p *exprParser) is(op string) bool { return p.tok.kind == tokOp && p.tok.text == op }

// accept goes on if the token is the given one.
func (p *exprParser) accept(op string) bool {
	if !p.is(op) {
		return false
	}
	p.next()
	return true
}

func (p *exprParser) expect(op string) {
	if !p.accept(op) {
		p.fail()
	}
}

// enter guards every recursion.
func (p *exprParser) enter() bool {
	p.depth++
	if p.depth > deepest {
		p.deep = true
		p.fail()
	}
	return !p.bad
}

// expr is a condition, or anything below it.
func (p *exprParser) expr() {
	if !p.enter() {
		return
	}
	p.binary()
	if p.accept("?") {
		p.expr()
		p.expect(":")
		p.expr()
	}
	p.depth--
}

// binary is operands with operators between. Which binds closer does not matter here.
func (p *exprParser) binary() {
	p.unary()
	for !p.bad && p.isBinary() {
		p.next()
		p.unary()
	}
}

func (p *exprParser) isBinary() bool {
	if p.tok.kind == tokName {
		return p.modern && (p.tok.text == "in" || p.tok.text == "instanceof")
	}
	if p.tok.kind != tokOp {
		return false
	}
	switch p.tok.text {
	case "+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "===", "!=", "!==", "&&", "||", "&", "|", "^", "<<", ">>":
		return true
	}
	return p.tok.text == "**" || p.tok.text == ">>>" || p.tok.text == "??"
}

// unary: after a minus no "!" or "~" may follow (wcc's grammar has them above it).
func (p *exprParser) unary() {
	minus := false
	for {
		switch {
		case p.is("-"):
			minus = true
		case p.is("!") || p.is("~"):
			if minus && !p.modern {
				p.fail()
				return
			}
		case p.modern && p.isModernUnary():
		default:
			p.operand()
			return
		}
		p.next()
	}
}

func (p *exprParser) isModernUnary() bool {
	if p.is("+") {
		return true
	}
	return p.tok.kind == tokName && (p.tok.text == "typeof" || p.tok.text == "void") && p.operandFollows()
}

// operandFollows looks one token ahead: "typeof" alone is a variable.
func (p *exprParser) operandFollows() bool {
	ahead := p.lexer
	ahead.next()
	return ahead.tok.kind == tokName || ahead.tok.kind == tokLiteral || ahead.tok.kind == tokOp && strings.Contains("( [ { !", ahead.tok.text)
}

// operand is what operators stand between. Members and calls are possible on names
// and arrays only.
func (p *exprParser) operand() {
	follows := p.modern
	switch {
	case p.tok.kind == tokName:
		p.next()
		follows = true
	case p.tok.kind == tokLiteral:
		p.next()
	case p.accept("("):
		p.expr()
		p.expect(")")
	case p.accept("["):
		p.list("]")
		follows = true
	case p.accept("{"):
		p.properties(tokOp, "}")
		p.expect("}")
	default:
		p.fail()
	}
	for follows && !p.bad && p.postfix() {
	}
}

// postfix is a member or a call.
func (p *exprParser) postfix() bool {
	switch {
	case p.accept("."):
		p.member()
	case p.accept("["):
		p.expr()
		p.expect("]")
	case p.accept("("):
		p.list(")")
	case p.accept("?."):
		if !p.is("[") && !p.is("(") {
			p.member()
		}
	default:
		return false
	}
	return true
}

func (p *exprParser) member() {
	if p.tok.kind != tokName && !(p.modern && p.tok.kind == tokLiteral && isWord(p.tok.text)) {
		p.fail()
		return
	}
	p.next()
}

// list reads expressions up to the bracket that closes them.
func (p *exprParser) list(end string) {
	if p.accept(end) {
		return
	}
	for !p.bad {
		if p.modern {
			p.accept("...")
		}
		p.expr()
		if !p.accept(",") || p.modern && p.is(end) {
			p.expect(end)
			return
		}
	}
}

// properties reads the inside of an object literal up to the given token.
func (p *exprParser) properties(endKind tokenKind, end string) {
	atEnd := func() bool { return p.tok.kind == endKind && p.tok.text == end }
	if p.modern && atEnd() {
		return
	}
	for !p.bad {
		p.property()
		if p.bad || !p.accept(",") || p.modern && atEnd() {
			return
		}
	}
}

func (p *exprParser) property() {
	if !p.enter() {
		return
	}
	name := p.tok.kind == tokName
	switch {
	case p.accept("..."):
		p.expr()
	case name, p.modern && p.tok.kind == tokLiteral:
		p.next()
		if p.accept(":") {
			p.expr()
		} else if !name {
			p.fail()
		}
	case p.modern && p.accept("["):
		p.expr()
		p.expect("]")
		p.expect(":")
		p.expr()
	default:
		p.fail()
	}
	p.depth--
}
