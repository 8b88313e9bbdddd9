package wxs

import "strings"

// sequence reads expressions with commas between them.
func (p *parser) sequence() {
	p.expression()
	for p.take(",") {
		p.expression()
	}
}

// expression reads one without a comma. Which operator binds stronger, and
// whether there is something to assign to, makes no difference to a recogniser.
func (p *parser) expression() {
	p.enter()
	defer p.leave()
	p.operand(false)
	p.operators()
}

// operators reads the rest of an expression behind its first operand.
func (p *parser) operators() {
	for p.tok.kind == punct {
		if p.take("?") {
			p.expression()
			p.expect(":")
			p.expression()
			return
		}
		if !binary[p.tok.text] {
			return
		}
		p.advance()
		p.operand(true)
	}
}

// operand reads one, with what stands before and behind it. A right one stands
// behind an operator, where wcc is stricter.
func (p *parser) operand(right bool) {
	p.enter()
	defer p.leave()
	for p.prefix() {
		right = false
	}
	p.primary(right)
	p.suffixes()
	if !p.tok.newline && (p.tok.is("++") || p.tok.is("--")) {
		p.advance()
	}
}

func (p *parser) prefix() bool {
	for _, operator := range []string{"!", "-", "+", "~", "++", "--"} {
		if p.take(operator) {
			return true
		}
	}
	return p.tok.kind == name && (p.takeWord("typeof") || p.takeWord("void") || p.takeWord("delete"))
}

func (p *parser) suffixes() {
	for p.tok.kind == punct {
		switch {
		case p.take("."):
			p.identifier()
		case p.take("["):
			p.sequence()
			p.expect("]")
		case p.take("("):
			p.list(")", false)
		default:
			return
		}
	}
}

// list reads expressions up to the closer. A comma may be the last; several in a
// row are for arrays only.
func (p *parser) list(closer string, gaps bool) {
	for p.tok.kind != end && !p.tok.is(closer) {
		if gaps && p.take(",") {
			continue
		}
		p.expression()
		if !p.tok.is(closer) {
			p.expect(",")
		}
	}
	p.expect(closer)
}

func (p *parser) primary(right bool) {
	switch t := p.tok; t.kind {
	case name:
		p.named(right)
	case number, text:
		p.advance()
	case punct:
		p.bracketed(right)
	default:
		p.unexpected()
	}
}

func (p *parser) named(right bool) {
	switch t := p.tok; t.text {
	case "function":
		p.advance()
		p.function()
	case "require":
		p.advance()
		p.require(t)
	case "this", "arguments":
		p.advance()
		p.self(t, right)
	case "null", "undefined", "NaN", "Infinity", "true", "false":
		p.advance()
	default:
		if reserved[t.text] {
			p.fail(Syntax, t)
			return
		}
		p.advance()
		if foreign[t.text] {
			p.word = t
		}
	}
}

func (p *parser) self(word token, right bool) {
	if word.text == "arguments" && p.inside == 0 {
		p.fail(Misplaced, word)
	} else if right && !p.stopped && !p.tok.is(".") && !p.tok.is("[") {
		p.fail(BareThis, word)
	}
}

func (p *parser) require(word token) {
	argument := word
	if p.take("(") {
		argument = p.tok
	}
	if p.stopped {
		return
	}
	if argument.kind != text || !strings.HasSuffix(argument.content(), ".wxs") {
		p.fail(Require, argument)
		return
	}
	p.advance()
	p.take(")") // wcc does without
}

func (p *parser) bracketed(right bool) {
	switch t := p.tok; t.text {
	case "(":
		p.advance()
		p.sequence()
		p.expect(")")
	case "[":
		p.advance()
		p.list("]", true)
	case "{":
		p.braces(right)
	case "/", "/=":
		p.failAs(Unsupported, t, "regular expression")
	default:
		p.unexpected()
	}
}

func (p *parser) function() {
	if !p.tok.is("(") {
		p.identifier()
	}
	p.expect("(")
	p.parameters()
	p.inside++
	p.block()
	p.inside--
}

// parameters may have defaults: of the newer JavaScript, wcc knows these.
func (p *parser) parameters() {
	for p.tok.kind != end && !p.tok.is(")") {
		p.binding()
		if p.take("=") {
			p.expression()
		}
		if !p.tok.is(")") {
			p.expect(",")
		}
	}
	p.expect(")")
}

// braces reads an object literal, or else a block: to wcc, statements are
// expressions, which makes f({a, b}) work as it does in JavaScript. Only behind
// an operator there has to be a literal.
func (p *parser) braces(right bool) {
	p.advance()
	after := p.peek()
	switch {
	case p.tok.is("}"), p.tok.kind == name && after.is(":"), p.tok.kind == text && after.is(":"):
		p.members()
	case p.tok.kind == number && after.is(":"), right && !p.stopped && p.tok.kind != end && !p.tok.is("..."):
		p.fail(Shorthand, p.tok)
	default:
		p.statements("}")
		p.expect("}")
	}
}

// members reads "key: value" up to the brace. wcc does without the commas.
func (p *parser) members() {
	for p.tok.kind != end && !p.tok.is("}") {
		p.key()
		p.expression()
		p.take(",")
	}
	p.expect("}")
}

func (p *parser) key() {
	t := p.tok
	switch {
	case t.kind == name && reserved[t.text]:
		p.fail(Reserved, t)
	case t.is("..."):
		p.unexpected()
	case t.kind == name, t.kind == text:
		p.advance()
		if !p.stopped && !p.take(":") {
			p.fail(Shorthand, t)
		}
	case t.kind == number, t.is("["):
		p.fail(Shorthand, t)
	default:
		p.unexpected()
	}
}
