package wxml

import "strings"

// roles: what wcc makes of an element decides which of its attributes it reads.
type elementRole int

const (
	ordinary        elementRole = iota // a component, and slot
	grouping                           // <block>
	templateUse                        // <template is>
	templateDef                        // <template name>, and any other <template>
	templateImport                     // <import>
	templateInclude                    // <include>
)

func role(e *Element) elementRole {
	switch e.Name {
	case "block":
		return grouping
	case "import":
		return templateImport
	case "include":
		return templateInclude
	case "template":
		if _, named := e.Attr("name"); named {
			return templateDef
		}
		if _, uses := e.Attr("is"); uses {
			return templateUse
		}
		return templateDef
	}
	return ordinary
}

// ignoresContent reports whether wcc makes nothing of what is in an element, and so
// does not look at it; templates that are defined there it takes nevertheless.
func ignoresContent(r elementRole, around bool) bool {
	switch r {
	case templateDef:
		return false
	case templateUse, templateImport, templateInclude:
		return true
	}
	return around
}

// conditions are the attributes of an element that steer it.
type conditions struct {
	is, elif, otherwise, list Attr
	all                       []Attr // those that count: of equal names the last
}

func conditionsOf(e *Element, r elementRole) conditions {
	c := conditions{all: effective(e.Attrs)}
	for _, a := range c.all {
		switch a.Name {
		case "wx:if", "wx-if": // of the steering attributes only this one may have a dash
			c.is = a
		case "wx:elif":
			c.elif = a
		case "wx:else":
			c.otherwise = a
		case "wx:for":
			c.list = a
		}
	}
	for _, a := range c.all {
		// The older name wins, wherever it stands.
		if a.Name == "wx:for-items" {
			c.list = a
		}
	}
	if r == grouping {
		// Of a block wcc reads one of the three only.
		if c.is.Name != "" {
			c.elif, c.otherwise = Attr{}, Attr{}
		}
		if c.elif.Name != "" {
			c.otherwise = Attr{}
		}
	}
	return c
}

// effective leaves the last of attributes with the same name.
func effective(attrs []Attr) []Attr {
	if !repeated(attrs) {
		return attrs
	}
	last := map[string]int{}
	for i, a := range attrs {
		last[a.Name] = i
	}
	var all []Attr
	for i, a := range attrs {
		if last[a.Name] == i {
			all = append(all, a)
		}
	}
	return all
}

// repeated is the quick look that most elements need: few attributes, all different.
func repeated(attrs []Attr) bool {
	if len(attrs) > 16 {
		return true
	}
	for i, a := range attrs {
		for _, b := range attrs[:i] {
			if a.Name == b.Name {
				return true
			}
		}
	}
	return false
}

// check looks at the attributes of an element as wcc does.
func (p *parser) check(e *Element) {
	r := role(e)
	c := conditionsOf(e, r)
	if r != templateImport && r != templateInclude {
		p.checkBraces(c.all)
	}
	if p.top().ignored {
		return
	}
	loops := c.list.Name != "" && r != templateImport && r != templateDef
	p.checkChain(c, loops)
	p.needValue(c.is)
	p.needValue(c.elif)
	if loops {
		p.needValue(c.list)
	}
	for _, a := range c.all {
		if reads(r, a, c, loops) {
			p.expressions(a, false)
		}
	}
	if r == templateUse {
		p.checkData(e)
	}
}

// reads reports whether wcc compiles the expressions of an attribute.
func reads(r elementRole, a Attr, c conditions, loops bool) bool {
	switch a.Name {
	case "wx:if", "wx-if":
		return true
	case "wx:elif":
		return c.elif.Name != ""
	case "wx:else":
		return c.otherwise.Name != ""
	case "wx:for-items", "wx:for":
		return loops && a.Name == c.list.Name
	case "wx:for-item":
		return r == ordinary && !loops
	case "wx:for-index", "wx:key":
		return r == ordinary || r == grouping && loops
	}
	return r == ordinary
}

// checkChain keeps book of wx:if, wx:elif and wx:else among the children of one element.
func (p *parser) checkChain(c conditions, loops bool) {
	f := p.top()
	wrong := c.otherwise
	if c.elif.Name != "" && c.otherwise.Name == "" {
		wrong = c.elif
	}
	if wrong.Name == "" {
		f.chain = c.is.Name != "" && !loops
		return
	}
	if !f.chain || loops || c.is.Name != "" || c.elif.Name != "" && c.otherwise.Name != "" {
		p.fault(Fault{Kind: ElseWithoutIf, Offset: wrong.Offset, Length: len(wrong.Name), Name: wrong.Name})
	}
	f.chain = c.otherwise.Name == ""
}

func (p *parser) needValue(a Attr) {
	if a.Name != "" && !a.HasValue {
		p.fault(Fault{Kind: MissingValue, Offset: a.Offset, Length: len(a.Name), Name: a.Name})
	}
}

// checkData: the data of <template is> are the inside of an object literal.
func (p *parser) checkData(e *Element) {
	is, _ := e.Attr("is")
	data, _ := e.Attr("data")
	if !is.HasValue || data.Value == "" {
		return
	}
	count := 0
	walk(data, func(source string, _ int) {
		if strings.Trim(source, " \t") != "" {
			count++
		}
	})
	if count != 1 {
		p.fault(Fault{Kind: BadTemplateData, Offset: data.Offset, Length: len(data.Name), Name: data.Name})
		return
	}
	p.expressions(data, true)
}

// checkBraces: wcc looks for the end of every {{, whether it reads the attribute or not.
func (p *parser) checkBraces(attrs []Attr) {
	for _, a := range attrs {
		if at, ok := walk(a, func(string, int) {}); !ok {
			p.fault(Fault{Kind: UnclosedExpression, Offset: at, Length: len("{{"), Name: a.Name, at: at})
		}
	}
}

func (p *parser) expressions(a Attr, data bool) {
	walk(a, func(source string, offset int) {
		if !data || strings.Trim(source, " \t") != "" {
			p.expression(source, offset, data)
		}
	})
}

// walk calls f with each expression of a value and its offset. It returns false, and
// where that is, if one has no end.
func walk(a Attr, f func(source string, offset int)) (at int, ok bool) {
	value, escaped := unescape(a.Value)
	for i := 0; ; {
		open := strings.Index(value[i:], "{{")
		if open < 0 {
			return 0, true
		}
		i += open
		end, ok := closing(value, i+2)
		offset := a.ValueOffset
		if !escaped {
			offset += i
		}
		if !ok {
			return offset, false
		}
		if !escaped {
			offset += 2
		}
		f(value[i+2:end], offset)
		i = end + 2
	}
}

// unescape removes the backslashes of a value, as wcc does before anything else: \n, \r
// and \t are what they are elsewhere, any other byte stands for itself. Offsets into an
// escaped value mean nothing any more.
func unescape(value string) (plain string, escaped bool) {
	if strings.IndexByte(value, '\\') < 0 {
		return value, false
	}
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		c := value[i]
		if c == '\\' && i+1 < len(value) {
			i++
			c = value[i]
			if at := strings.IndexByte("nrt", c); at >= 0 {
				c = "\n\r\t"[at]
			}
		}
		b.WriteByte(c)
	}
	return b.String(), true
}

// closing finds the }} that ends the expression that begins at i. In strings it does
// not count.
func closing(s string, i int) (end int, ok bool) {
	for ; i < len(s); i++ {
		switch c := s[i]; c {
		case '}':
			if i+1 < len(s) && s[i+1] == '}' {
				return i, true
			}
		case '"', '\'':
			for i++; i < len(s) && s[i] != c; i++ {
				if s[i] == '\\' {
					i++
				}
			}
		}
	}
	return 0, false
}

// checkWxs: a module name, and a script or a src. A bare <wxs/> is no module but an
// element like any other.
func (p *parser) checkWxs(e *Element, closed bool) {
	if closed && len(e.Attrs) == 0 {
		p.top().chain = false
		return
	}
	module, ok := e.Attr("module")
	_, external := e.Attr("src")
	switch {
	case !ok:
		p.fault(Fault{Kind: MissingModule, Offset: e.Offset, Length: len(e.Name), Name: e.Name})
	case !isIdentifier(module.Value):
		p.fault(Fault{Kind: BadModuleName, Offset: module.ValueOffset, Length: len(module.Value), Name: module.Value})
	case external && strings.Trim(e.Content, " \t\r\n") != "":
		p.fault(Fault{Kind: ModuleWithContent, Offset: e.Offset, Length: len(e.Name), Name: e.Name})
	}
}

// isIdentifier takes the empty name, as wcc does.
func isIdentifier(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return true
}
