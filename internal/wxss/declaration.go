package wxss

import "strings"

// declaration reads "property: value" as PostCSS does, which looks for the first
// word, then for a colon, then for a second one.
func (p *parser) declaration(s piece) {
	tokens, first := s.tokens, 0
	for tokens[first].kind != word {
		if first == len(tokens)-1 {
			p.reject(UnknownWord, tokens[0].start, tokens[first], p.text(tokens[first]))
			return
		}
		first++
	}
	i := first
	for i < len(tokens) && tokens[i].kind != ':' && tokens[i].kind != space && tokens[i].kind != comment {
		i++
	}
	property := token{word, tokens[0].start, tokens[max(i-1, 0)].end}
	for ; i < len(tokens) && tokens[i].kind != ':'; i++ {
		if t := tokens[i]; t.kind == word && strings.IndexFunc(p.text(t), isWordCharacter) >= 0 {
			p.reject(UnknownWord, tokens[0].start, t, p.text(t))
			return
		}
	}
	p.property(property)
	if i == len(tokens)-1 && s.last.kind == '}' {
		p.fault(EmptyValue, property, p.text(property))
	}
	p.value(tokens[min(i+1, len(tokens)):], property)
}

func isWordCharacter(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

func (p *parser) value(tokens []token, property token) {
	p.urls(tokens)
	tokens = skipSpace(tokens)
	if !strings.HasPrefix(p.text(property), "--") {
		p.secondColon(tokens, property)
	}
	if len(tokens) > 0 {
		p.keep()
	}
}

// secondColon: one outside of parentheses means that a ";" is missing.
func (p *parser) secondColon(tokens []token, property token) {
	depth := 0
	for i, t := range tokens {
		switch {
		case t.kind == '(':
			depth++
		case t.kind == ')':
			depth--
		case t.kind != ':' || depth != 0:
		case i == 0:
			p.reject(DoubleColon, property.start, t, "")
			return
		case tokens[i-1].kind == word && p.text(tokens[i-1]) == "progid": // a filter of old browsers
		default:
			p.reject(MissedSemicolon, property.start, t, "")
			return
		}
	}
}

// property: wcsc wants letters, digits, "-", "_" and "." in the name, and a block around.
func (p *parser) property(name token) {
	n := len(p.open)
	if n == 0 || p.open[n-1].rules {
		p.fault(StrayDeclaration, name, p.text(name))
	} else if text := p.text(name); !strings.HasPrefix(text, "//") && !isProperty(text) {
		p.fault(BadProperty, name, text)
	}
	if n > 0 {
		p.open[n-1].filled = true
	}
}

func isProperty(name string) bool {
	if name[0] >= '0' && name[0] <= '9' {
		return false
	}
	return strings.IndexFunc(name, func(r rune) bool { return !isWordCharacter(r) && r != '-' && r != '.' }) < 0
}

// urls notes what url( ) names.
func (p *parser) urls(tokens []token) {
	for i := 1; i < len(tokens); i++ {
		t := tokens[i]
		if t.kind != group && t.kind != '(' || tokens[i-1].kind != word || !endsInURL(p.src[:t.start]) {
			continue
		}
		if argument := p.argument(tokens[i:]); argument.end > argument.start {
			p.Refs = append(p.Refs, p.ref("url", argument))
		}
	}
}

// argument of a url( ), the parenthesis of which is the first of the tokens.
func (p *parser) argument(tokens []token) token {
	if tokens[0].kind == group {
		inner := p.src[tokens[0].start+1 : tokens[0].end-1]
		left := strings.TrimLeft(inner, spaces)
		start := tokens[0].end - 1 - len(left)
		return token{word, start, start + len(strings.TrimRight(left, spaces))}
	}
	for _, t := range tokens[1:] {
		if t.kind == quoted {
			return t
		}
		if t.kind != space {
			break
		}
	}
	return token{}
}

func (p *parser) ref(kind string, t token) Ref {
	spec := p.text(t)
	if t.kind == quoted {
		spec = spec[1 : len(spec)-1]
	}
	return Ref{Kind: kind, Spec: spec, Offset: t.start, Length: t.end - t.start}
}
