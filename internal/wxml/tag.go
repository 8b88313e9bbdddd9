package wxml

import "strings"

// startTag reads on at the name of a tag.
func (p *parser) startTag(less int) {
	e := Element{Offset: p.pos, Parent: p.top().element}
	e.Name = p.name()
	p.stray()
	if e.Name == "wxs" {
		p.wxsTag(&e, less)
		return
	}
	broken := p.broken
	closed := p.attributes(&e, less)
	if strings.HasPrefix(e.Name, "wx-") && p.broken == broken {
		p.syntaxFault(BadTagName, e.Offset, len(e.Name), e.Name, e.Offset)
	}
	p.doc.Elements = append(p.doc.Elements, e)
	p.check(&e)
	if closed {
		return
	}
	p.frames = append(p.frames, frame{
		element: len(p.doc.Elements) - 1,
		ignored: ignoresContent(role(&e), p.top().ignored),
	})
	p.opened[e.Name]++
}

// attributes reads up to the end of a start tag, and reports whether that is "/>".
func (p *parser) attributes(e *Element, less int) (closed bool) {
	for {
		space := p.pos
		p.spaces()
		rest := p.src[p.pos:]
		switch {
		case rest == "":
			p.endWithin(e, less)
			return true
		case rest[0] == '>':
			p.pos++
			return false
		case strings.HasPrefix(rest, "/>"):
			p.pos += 2
			return true
		case !isNameStart(rest[0]) || len(e.Attrs) == 0 && space == p.pos:
			p.badTag(e, less)
			return false
		}
		if !p.attribute(e) {
			return false
		}
	}
}

// endWithin reports a file that ends within a tag.
func (p *parser) endWithin(e *Element, less int) {
	if less+1 < e.Offset {
		p.syntaxFault(RawLess, less, 1, "<", p.pos)
		return
	}
	p.syntaxFault(UnexpectedEnd, e.Offset, len(e.Name), e.Name, p.pos)
}

// badTag reports a byte that may not stand in a tag between the attributes.
func (p *parser) badTag(e *Element, less int) {
	c := p.src[p.pos]
	char := firstRune(p.src[p.pos:])
	switch {
	case p.quoteInBraces(e):
	case c == '<' && less+1 < e.Offset:
		p.syntaxFault(RawLess, less, 1, "<", p.pos)
	case strings.IndexByte(`<"'/=>,;`, c) >= 0:
		p.syntaxFault(BadTag, p.pos, len(char), char, p.pos)
	default:
		end := strings.IndexAny(p.src[p.pos:], " \t\r\n=<>/")
		if end <= 0 {
			end = len(char)
		}
		p.syntaxFault(BadAttributeName, p.pos, end, p.src[p.pos:p.pos+end], p.pos)
	}
	p.skipTag()
}

// quoteInBraces tells of the likely reason for a fault behind a value with an open {{:
// a="{{b == "c"}}", where the second quote ends the value.
func (p *parser) quoteInBraces(e *Element) bool {
	if len(e.Attrs) == 0 {
		return false
	}
	last := e.Attrs[len(e.Attrs)-1]
	at, ok := walk(last, func(string, int) {})
	if !ok {
		p.syntaxFault(UnclosedExpression, at, len("{{"), last.Name, p.pos)
	}
	return !ok
}

// firstRune is the first character of a text that is not empty, whole even if it is
// not ASCII, and a single byte if it is not UTF-8.
func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

// stray drops one byte between a name and the space behind it. wcc is silent there,
// whatever the byte, with few exceptions.
func (p *parser) stray() {
	rest := p.src[p.pos:]
	if len(rest) > 1 && isSpace(rest[1]) && !isSpace(rest[0]) && strings.IndexByte(`/>"=`, rest[0]) < 0 {
		p.pos++
	}
}

// attribute reads one attribute; false: it is broken, and the tag has been skipped.
func (p *parser) attribute(e *Element) bool {
	a := Attr{Offset: p.pos}
	a.Name = p.name()
	p.stray()
	if p.pos < len(p.src) && !isSpace(p.src[p.pos]) && strings.IndexByte("=/>", p.src[p.pos]) < 0 {
		p.badName(e, a)
		return false
	}
	after := p.pos
	p.spaces()
	if p.pos == len(p.src) || p.src[p.pos] != '=' {
		p.pos = after
		e.Attrs = append(e.Attrs, a)
		return true
	}
	p.pos++
	return p.value(e, a)
}

// badName reports an attribute's name with something in it that may not be there.
func (p *parser) badName(e *Element, a Attr) {
	name := p.src[a.Offset:]
	if end := strings.IndexAny(name, " \t\r\n=<>/"); end > 0 {
		name = name[:end]
	}
	switch {
	case p.quoteInBraces(e):
	case p.src[p.pos] == '<':
		p.syntaxFault(BadTag, p.pos, 1, "<", p.pos)
	default:
		p.syntaxFault(BadAttributeName, a.Offset, len(name), name, p.pos)
	}
	p.skipTag()
}

// value reads on behind the "=" of an attribute.
func (p *parser) value(e *Element, a Attr) bool {
	equals := p.pos
	p.spaces()
	if p.pos == len(p.src) {
		e.Attrs = append(e.Attrs, a)
		return true
	}
	c := p.src[p.pos]
	switch {
	case c == '"' || c == '\'':
		p.pos++
		return p.quoted(e, a, c)
	case isNameStart(c) && p.pos == equals:
		// Both compilers read a=b" as they do a="b".
		return p.quoted(e, a, '"')
	case p.pos > equals && (isNameStart(c) || c == '>' || c == '/'):
		// wcc drops an "=" and the space behind it; the minifier fails.
		e.Attrs = append(e.Attrs, a)
		return true
	}
	p.syntaxFault(UnquotedValue, a.Offset, len(a.Name), a.Name, p.pos)
	p.skipTag()
	return false
}

// quoted reads a value up to the quote that ends it.
func (p *parser) quoted(e *Element, a Attr, quote byte) bool {
	start := p.pos
	end := p.findQuote(quote)
	if end < 0 {
		kind := UnexpectedEnd
		if p.src[start-1] != quote {
			kind = UnquotedValue
		}
		p.syntaxFault(kind, a.Offset, len(a.Name), a.Name, len(p.src))
		p.skipTag()
		return false
	}
	a.Value, a.ValueOffset, a.HasValue = p.src[start:end], start, true
	e.Attrs = append(e.Attrs, a)
	p.pos = end + 1
	return p.afterValue(e, a, quote)
}

// afterValue looks at what follows a value. Where the value began without a quote and
// goes on behind the one that was to begin the next, that is the fault to tell of.
func (p *parser) afterValue(e *Element, a Attr, quote byte) bool {
	if line := strings.IndexByte(a.Value, '\n'); line >= 0 {
		p.fault(Fault{Kind: NewlineInValue, Offset: a.Offset, Length: len(a.Name), Name: a.Name, Doubtful: true})
	}
	if p.src[a.ValueOffset-1] == quote || p.pos == len(p.src) || isSpace(p.src[p.pos]) ||
		isNameStart(p.src[p.pos]) || p.src[p.pos] == '>' || strings.HasPrefix(p.src[p.pos:], "/>") {
		return true
	}
	e.Attrs = e.Attrs[:len(e.Attrs)-1]
	p.syntaxFault(UnquotedValue, a.Offset, len(a.Name), a.Name, p.pos)
	p.skipTag()
	return false
}

// findQuote finds the quote that ends a value, or -1. A backslash hides the byte
// behind it. Once there is no such quote in the rest of the file, there is none later.
func (p *parser) findQuote(quote byte) int {
	known := &p.noQuote[quote&1]
	if *known {
		return -1
	}
	for i := p.pos; i < len(p.src); i++ {
		switch p.src[i] {
		case '\\':
			i++
		case quote:
			return i
		}
	}
	*known = true
	return -1
}

// wxsTag reads on behind the name of a wxs element.
func (p *parser) wxsTag(e *Element, less int) {
	dropped := p.dropsWxs()
	broken, faults := p.broken, len(p.doc.Faults)
	closed := p.attributes(e, less)
	if dropped {
		p.doc.Faults, p.broken, p.pos = p.doc.Faults[:faults], broken, len(p.src)
	} else if !closed {
		e.ContentOffset = p.pos
		e.Content = p.src[e.ContentOffset:p.findWxsEnd()]
	}
	p.doc.Elements = append(p.doc.Elements, *e)
	if !dropped {
		p.checkWxs(e, closed)
	}
}

// dropsWxs reports whether wcc drops a wxs tag and all that follows, however wrong: if
// the next ">" is not that of a "/>", and there is no end tag.
func (p *parser) dropsWxs() bool {
	if p.pos == len(p.src) || !isSpace(p.src[p.pos]) && p.src[p.pos] != '>' {
		return false
	}
	end := strings.IndexByte(p.src[p.pos:], '>')
	if end < 0 {
		return true
	}
	return !strings.HasSuffix(p.src[:p.pos+end], "/") && !p.wxsEnds(p.pos+end)
}

// wxsEnds reports whether a "</wxs" follows. What it finds it keeps, not to look again
// for each tag.
func (p *parser) wxsEnds(from int) bool {
	if p.wxsEnd < from {
		p.wxsEnd = from + nextWxsEnd(p.src[from:])
	}
	return p.wxsEnd < len(p.src)
}

// nextWxsEnd is the index of the next "</wxs", or the length.
func nextWxsEnd(s string) int {
	rest := s
	for {
		next := strings.Index(rest, "</")
		if next < 0 {
			return len(s)
		}
		at := len(s) - len(rest) + next
		rest = strings.TrimLeft(rest[next+len("</"):], " \t\r\n")
		if strings.HasPrefix(rest, "wxs") {
			return at
		}
	}
}

// findWxsEnd returns where a script ends, which is at "</wxs" whatever is in between,
// and goes behind the end tag.
func (p *parser) findWxsEnd() int {
	end := p.pos + nextWxsEnd(p.src[p.pos:])
	p.pos = min(end+len("</"), len(p.src))
	p.spaces()
	start := p.pos
	p.pos = min(start+len("wxs"), len(p.src))
	p.spaces()
	switch {
	case end == len(p.src):
	case p.pos == len(p.src):
		p.syntaxFault(UnexpectedEnd, start, len("wxs"), "wxs", start)
	case p.src[p.pos] == '>':
		p.pos++
	default:
		p.syntaxFault(BadEndTag, start, len("wxs"), "wxs", start)
		p.skipTag()
	}
	return end
}
