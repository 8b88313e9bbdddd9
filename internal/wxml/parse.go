package wxml

import "strings"

// parser walks through the source once, from tag to tag.
type parser struct {
	src    string
	pos    int
	doc    *Document
	frames []frame
	opened map[string]int // how many frames have this name

	broken   bool // a fault in the tags was reported: what follows is guesswork
	noBraces bool // "{{" is text from here on: one was never closed
	noQuote  [2]bool
	wxsEnd   int // the next "</wxs", or the end, once looked for
}

// frame is an element whose end tag is to come; the first stands for the file.
type frame struct {
	element int
	chain   bool // the last child may be followed by wx:elif or wx:else
	ignored bool // wcc makes nothing of the content, and does not look at it
}

func (p *parser) top() *frame { return &p.frames[len(p.frames)-1] }

func (p *parser) run() {
	for p.pos < len(p.src) {
		p.text()
		if p.pos < len(p.src) {
			p.markup()
		}
	}
	for i := len(p.frames) - 1; i > 0; i-- {
		e := p.doc.Elements[p.frames[i].element]
		p.syntaxFault(UnclosedTag, e.Offset, len(e.Name), e.Name, len(p.src))
	}
}

// fault reports what wcc refuses.
func (p *parser) fault(f Fault) {
	if p.broken {
		return
	}
	f.Fails = true
	p.doc.Faults = append(p.doc.Faults, f)
}

func (p *parser) syntaxFault(kind FaultKind, offset, length int, name string, at int) {
	p.fault(Fault{Kind: kind, Offset: offset, Length: length, Name: name, at: at, syntax: true})
	p.broken = true
}

// text reads up to the next "<".
func (p *parser) text() {
	start := p.pos
	blank := true
	for p.pos < len(p.src) && p.src[p.pos] != '<' {
		c := p.src[p.pos]
		blank = blank && isSpace(c)
		if c == '{' && p.pos+1 < len(p.src) && !p.noBraces {
			p.brace()
			continue
		}
		p.pos++
	}
	if p.pos > start && !blank {
		p.top().chain = false
	}
}

// brace reads what begins with "{" in text: an expression, or a brace and whatever
// byte is behind it, as both compilers do ("{<view>" opens no tag).
func (p *parser) brace() {
	if p.src[p.pos+1] != '{' {
		p.pos += 2
		return
	}
	end, ok := closing(p.src, p.pos+2)
	if !ok {
		p.syntaxFault(UnclosedExpression, p.pos, 2, "{{", p.pos)
		p.noBraces = true
		p.pos += 2
		return
	}
	p.expression(p.src[p.pos+2:end], p.pos+2, false)
	p.pos = end + 2
}

// expression checks what stands between {{ and }}.
func (p *parser) expression(source string, offset int, data bool) {
	if p.broken || p.top().ignored || validExpression(source, data, false) {
		return
	}
	p.fault(Fault{Kind: BadExpression, Offset: offset, Length: len(source), Name: strings.TrimSpace(source), Doubtful: validExpression(source, data, true)})
}

// markup reads what begins with "<".
func (p *parser) markup() {
	less := p.pos
	p.pos++
	if strings.HasPrefix(p.src[p.pos:], "!") {
		p.comment(less)
		return
	}
	p.spaces()
	switch {
	case p.pos == len(p.src):
		p.syntaxFault(RawLess, less, 1, "<", p.pos)
	case p.src[p.pos] == '/' && p.pos > less+1:
		p.syntaxFault(BadEndTag, less, p.pos+1-less, p.src[less:p.pos+1], p.pos)
		p.skipTag()
	case p.src[p.pos] == '/':
		p.pos++
		p.endTag(less)
	case isNameStart(p.src[p.pos]):
		p.startTag(less)
	default:
		p.syntaxFault(RawLess, less, 1, "<", p.pos)
	}
}

func (p *parser) comment(less int) {
	if !strings.HasPrefix(p.src[p.pos:], "!--") {
		p.syntaxFault(BadDeclaration, less, 2, "<!", p.pos)
		return
	}
	p.pos += len("!--")
	end := strings.Index(p.src[p.pos:], "-->")
	if end < 0 {
		p.doc.OpenComment = less
		p.pos = len(p.src)
		return
	}
	p.pos += end + len("-->")
}

// endTag reads on behind "</".
func (p *parser) endTag(less int) {
	p.spaces()
	start := p.pos
	if p.pos < len(p.src) && isNameStart(p.src[p.pos]) {
		p.name()
	}
	name := p.src[start:p.pos]
	if name != "" {
		p.stray()
	}
	p.spaces()
	if p.pos < len(p.src) && p.src[p.pos] == '>' && name != "" {
		p.pos++
		p.close(name, start)
		return
	}
	switch {
	case p.pos == len(p.src):
		p.syntaxFault(UnexpectedEnd, less, len("</"), name, start)
	case name == "":
		p.syntaxFault(BadEndTag, less, p.pos+1-less, "", less)
	default:
		p.syntaxFault(BadEndTag, start, len(name), name, start)
	}
	p.skipTag()
	p.close(name, start)
}

// close ends the innermost element, and if that has another name, all down to one
// that has it.
func (p *parser) close(name string, offset int) {
	if p.opened[name] == 0 {
		p.syntaxFault(UnexpectedEndTag, offset, len(name), name, offset)
		return
	}
	for {
		f := p.top()
		e := p.doc.Elements[f.element]
		p.frames = p.frames[:len(p.frames)-1]
		p.opened[e.Name]--
		if e.Name == name {
			return
		}
		p.syntaxFault(UnclosedTag, e.Offset, len(e.Name), e.Name, offset)
	}
}

// skipTag goes behind the next ">", or before the next "<", of a tag that is broken.
func (p *parser) skipTag() {
	end := strings.IndexAny(p.src[p.pos:], "<>")
	if end < 0 {
		p.pos = len(p.src)
		return
	}
	p.pos += end
	if p.src[p.pos] == '>' {
		p.pos++
	}
}

func (p *parser) spaces() {
	for p.pos < len(p.src) && isSpace(p.src[p.pos]) {
		p.pos++
	}
}

func (p *parser) name() string {
	start := p.pos
	for p.pos < len(p.src) && isName(p.src[p.pos]) {
		p.pos++
	}
	return p.src[start:p.pos]
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == '-' || c == ':'
}

func isName(c byte) bool { return isNameStart(c) || '0' <= c && c <= '9' }
