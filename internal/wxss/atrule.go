package wxss

import "strings"

// holders are the at-rules that hold rules, as far as wcsc knows them.
var holders = map[string]bool{"@media": true, "@supports": true, "@keyframes": true, "@-webkit-keyframes": true}

// atRule reads one up to its block or its end.
func (p *parser) atRule(t token) {
	name := atRuleName(p.text(t))
	if t.end-t.start == 1 {
		p.reject(UnnamedAtRule, t.start, t, "")
	}
	if n := len(p.open); n > 0 {
		p.open[n-1].filled = true
	}
	params, last := p.params()
	if name == "@import" {
		p.imports(t, params, last)
	}
	p.atRuleEnd(block{token: t, name: name, rules: holders[name]}, params, last)
}

// atRuleName is what wcsc takes for the name: to PostCSS, more may belong to it.
func atRuleName(text string) string {
	length := strings.IndexFunc(text[1:], func(r rune) bool { return !isWordCharacter(r) && r != '-' })
	if length >= 0 {
		text = text[:1+length]
	}
	return strings.ToLower(text)
}

func (p *parser) atRuleEnd(b block, params []token, last token) {
	switch {
	case last.kind == '{' && b.name == "@import":
		p.push(block{token: b.token}) // the selector behind a path without ";"
	case last.kind == '{':
		p.push(b)
	default:
		p.lone(b)
	}
	if last.kind == '}' {
		p.close(last)
	}
}

// lone is an at-rule without a block. wcsc knows @import and @charset, and reads
// "@media screen;" on to the next block.
func (p *parser) lone(b block) {
	n := len(p.open)
	switch {
	case n > 0 && !p.open[n-1].rules:
		p.nested(&p.open[n-1], b)
	case b.rules:
		p.lost = true
	case b.name != "@import" && b.name != "@charset":
		p.fault(Unsupported, b.token, b.name)
	}
}

// params reads up to the block, the ";" or the "}" that ends an at-rule.
func (p *parser) params() ([]token, token) {
	tokens := p.buffer[:0]
	var closers []kind
	for {
		t := p.read()
		depth := len(closers)
		if t.kind == end || depth == 0 && (t.kind == ';' || t.kind == '{' || t.kind == '}') {
			p.buffer = tokens
			return tokens, t
		}
		switch {
		case t.kind == '(' || t.kind == '[' || t.kind == '{':
			closers = append(closers, closer(t.kind))
		case depth > 0 && t.kind == closers[depth-1]:
			closers = closers[:depth-1]
		}
		tokens = append(tokens, t)
	}
}

// imports reads the path of an @import. Without its ";", the next @import is among
// the parameters of the first: wcsc does not mind, and neither does PostCSS.
func (p *parser) imports(t token, params []token, last token) {
	for {
		params = skipSpace(params)
		if len(params) == 0 || params[0].kind != quoted {
			p.fault(ImportForm, t, "")
			p.importURL(params)
			return
		}
		p.Refs = append(p.Refs, p.ref("import", params[0]))
		params = skipSpace(params[1:])
		if len(params) == 0 || params[0].kind != at || !strings.EqualFold(p.text(params[0]), "@import") {
			break
		}
		t, params = params[0], params[1:]
	}
	switch {
	case len(params) == 0 && last.kind == '{':
		p.fault(EmptySelector, last, "")
	case len(params) > 0 && last.kind != '{':
		rest := token{word, params[0].start, trimmed(params)}
		p.fault(ImportForm, rest, p.text(rest))
	}
}

func (p *parser) importURL(params []token) {
	if len(params) < 2 || !strings.EqualFold(p.text(params[0]), "url") {
		return
	}
	if argument := p.argument(params[1:]); argument.end > argument.start {
		ref := p.ref("import", argument)
		ref.URLFunc = true
		p.Refs = append(p.Refs, ref)
	}
}

func skipSpace(tokens []token) []token {
	for len(tokens) > 0 && (tokens[0].kind == space || tokens[0].kind == comment) {
		tokens = tokens[1:]
	}
	return tokens
}
