package es5

import (
	"strings"
	"unicode/utf16"

	"github.com/tdewolff/parse/v2/js"
)

func (p *printer) object(e *js.ObjectExpr) {
	for _, property := range e.List {
		if property.Spread {
			p.spreadObject(e.List)
			return
		}
	}
	p.plainObject(e.List)
}

// spreadObject prints {...a, b} with the helper objectSpread2.
func (p *printer) spreadObject(list []js.Property) {
	h := p.helper("objectSpread2")
	text := ""
	var own []js.Property
	gather := func() {
		switch {
		case text == "":
			text = h + "(" + p.text(func() { p.plainObject(own) })
		case len(own) > 0:
			text = h + "(" + text + "), {}, " + p.text(func() { p.plainObject(own) })
		default:
			text = h + "(" + text + ")"
		}
		own = nil
	}
	for _, property := range list {
		if !property.Spread {
			own = append(own, property)
			continue
		}
		gather()
		text += ", " + p.exprText(property.Value, js.OpAssign)
	}
	if len(own) > 0 {
		gather()
	}
	p.tight(text + ")")
}

// plainObject prints properties without spread; from the first name on that is
// computed, or there already, they are set with the helper defineProperty.
func (p *printer) plainObject(list []js.Property) {
	first, seen := len(list), map[string]bool{}
	for i, property := range list {
		name := propertyName(property)
		if name == nil || isAccessor(property) {
			continue
		}
		key := strings.Trim(quotedKey(name), `"'`)
		if name.IsComputed() || seen[key] {
			first = i
			break
		}
		seen[key] = true
	}
	if first == len(list) {
		p.properties(list)
		return
	}
	define := p.helper("defineProperty")
	if first == len(list)-1 {
		p.s(define + "(")
		p.properties(list[:first])
		p.tight(", ")
		p.keyAndValue(list[first])
		p.s(")")
		return
	}
	name := p.uid("ref")
	p.fn.temps = append(p.fn.temps, name)
	p.tight("(" + name + " = ")
	p.properties(list[:first])
	for _, property := range list[first:] {
		p.tight(", " + define + "(" + name + ", ")
		p.keyAndValue(property)
		p.s(")")
	}
	p.tight(", " + name + ")")
}

func propertyName(property js.Property) *js.PropertyName {
	if method, ok := property.Value.(*js.MethodDecl); ok {
		return &method.Name.PropertyName
	}
	return property.Name
}

func isAccessor(property js.Property) bool {
	method, ok := property.Value.(*js.MethodDecl)
	return ok && (method.Get || method.Set)
}

func (p *printer) keyAndValue(property js.Property) {
	name := propertyName(property)
	if name != nil && name.IsComputed() {
		p.expr(name.Computed, js.OpAssign)
	} else {
		p.s(quotedKey(name))
	}
	p.tight(", ")
	p.propertyValue(property, keyName(name))
}

func (p *printer) properties(list []js.Property) {
	if len(list) == 0 {
		p.s("{}")
		return
	}
	p.s("{")
	p.indent++
	for i, property := range list {
		if i > 0 {
			p.s(",")
		}
		p.newline()
		p.property(property)
	}
	p.indent--
	p.newline()
	p.s("}")
}

func (p *printer) property(property js.Property) {
	if method, ok := property.Value.(*js.MethodDecl); ok && (method.Get || method.Set) {
		p.s(accessor(method) + " ")
		p.key(&method.Name.PropertyName)
		p.function("", method.Params, method.Body, false, false)
		return
	}
	name := propertyName(property)
	p.key(name)
	p.s(":")
	p.space()
	p.propertyValue(property, keyName(name))
}

func accessor(method *js.MethodDecl) string {
	if method.Get {
		return "get"
	}
	return "set"
}

// key prints the name of a property.
func (p *printer) key(name *js.PropertyName) {
	if name == nil {
		return
	}
	if name.IsComputed() {
		p.s("[")
		p.expr(name.Computed, js.OpAssign)
		p.s("]")
		return
	}
	if quotedInSource(name.Literal.Data) {
		p.s(`"` + string(name.Literal.Data) + `"`)
		return
	}
	p.b = append(p.b, name.Literal.Data...)
}

// quotedInSource reports whether a key is in quotes, which the parser takes off: what
// it hands out is a piece of the token, whose capacity reaches to the token's end.
func quotedInSource(key []byte) bool {
	return cap(key) == len(key)+1 && (key[:cap(key)][len(key)] == '"' || key[:cap(key)][len(key)] == '\'')
}

// keyName is the name that a function gets as the value of a property.
func keyName(name *js.PropertyName) string {
	if name == nil || name.IsComputed() {
		return ""
	}
	text := strings.Trim(string(name.Literal.Data), `'"`)
	if js.IsNumeric(name.Literal.TokenType) {
		return "_" + text
	}
	return identifier(text)
}

func quotedKey(name *js.PropertyName) string {
	if name == nil {
		return `""`
	}
	if name.Literal.TokenType == js.StringToken || js.IsNumeric(name.Literal.TokenType) {
		return string(name.Literal.Data)
	}
	return `"` + string(name.Literal.Data) + `"`
}

func (p *printer) propertyValue(property js.Property, name string) {
	method, ok := property.Value.(*js.MethodDecl)
	switch {
	case ok && method.Async:
		p.asyncMethod(method, name)
	case ok:
		p.s("function")
		p.functionName(name)
		p.function(name, method.Params, method.Body, false, method.Generator)
	case property.Init != nil:
		p.expr(property.Value, js.OpAssign)
	default:
		p.named(property.Value, name)
	}
}

func (p *printer) functionName(name string) {
	if name != "" {
		p.s(" " + name)
	} else {
		p.space()
	}
}

// template prints `a${b}` as "a".concat(b).
func (p *printer) template(e *js.TemplateExpr) {
	if e.Tag != nil {
		p.taggedTemplate(e)
		return
	}
	var nodes []node
	for _, part := range e.List {
		if text := cooked(part.Value); text != "" {
			nodes = append(nodes, node{text: quote(text), literal: true, str: true})
		}
		nodes = append(nodes, p.templateNode(part.Expr))
	}
	if text := cooked(e.Tail); text != "" {
		nodes = append(nodes, node{text: quote(text), literal: true, str: true})
	}
	if len(nodes) == 0 || !nodes[0].str {
		nodes = append([]node{{text: `""`, literal: true, str: true}}, nodes...)
	}
	p.concat(nodes)
}

// node is a piece of a template.
type node struct {
	text    string
	literal bool
	str     bool
}

func (p *printer) templateNode(e js.IExpr) node {
	literal, ok := ungroup(e).(*js.LiteralExpr)
	ok = ok && literal.TokenType != js.ThisToken
	return node{p.exprText(e, js.OpAssign), ok, ok && literal.TokenType == js.StringToken}
}

// concat joins the pieces; one call may take one operand that is not a literal.
func (p *printer) concat(nodes []node) {
	p.s(nodes[0].text)
	available, call := true, false
	for _, n := range nodes[1:] {
		insert := n.literal
		if !insert && available {
			insert, available = true, false
		}
		if insert && call {
			p.b = p.b[:len(p.b)-1]
			p.tight(", ")
			p.s(n.text + ")")
			continue
		}
		p.s(".concat(" + n.text + ")")
		call = true
	}
}

func (p *printer) taggedTemplate(e *js.TemplateExpr) {
	name := p.uid("templateObject")
	p.fn.temps = append(p.fn.temps, name)
	p.expr(e.Tag, js.OpCall)
	p.tight("(" + name + " || (" + name + " = " + p.helper("taggedTemplateLiteral") + "([")
	for _, part := range e.List {
		p.s(quote(cooked(part.Value)))
		p.tight(", ")
	}
	p.s(quote(cooked(e.Tail)) + "]))")
	for _, part := range e.List {
		p.tight(", ")
		p.expr(part.Expr, js.OpAssign)
	}
	p.s(")")
}

// cooked is the text of a piece of a template, with its escapes as they are.
func cooked(raw []byte) string {
	text := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(string(raw), "`"), "}"), "`")
	return strings.ReplaceAll(strings.TrimSuffix(text, "${"), "\r\n", "\n")
}

// quote is a string literal as Babel prints new ones: double quotes, ASCII only.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '"':
			b.WriteString(`\"`)
		case r >= 0x80:
			escape(&b, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func escape(b *strings.Builder, r rune) {
	const digits = "0123456789ABCDEF"
	for _, unit := range utf16.Encode([]rune{r}) {
		if unit < 0x100 {
			b.WriteString(`\x`)
		} else {
			b.WriteString(`\u`)
			b.WriteByte(digits[unit>>12])
			b.WriteByte(digits[unit>>8&15])
		}
		b.WriteByte(digits[unit>>4&15])
		b.WriteByte(digits[unit&15])
	}
}
