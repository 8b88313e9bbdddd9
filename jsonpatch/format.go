package jsonpatch

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// splice returns the body with text in place of the bytes of s.
func (d document) splice(s span, text string) string {
	return d.body[:s.start] + text + d.body[s.end:]
}

// insert returns the body with a new last item in the innermost container of p.
// key is ignored if that is an array.
func (d document) insert(p place, key, raw string) string {
	c := p.holder()
	if len(c.items) == 0 {
		return d.fill(p.chain, key, raw)
	}
	st := d.style(p.chain)
	flat := !d.manyLines(c.span)
	if model, ok := d.lastContainer(c); ok && !c.object {
		st = d.style(append(p.chain[:len(p.chain):len(p.chain)], model))
		st.short = d.shortKeys(model)
		flat = !d.manyLines(model.span)
	}
	end := c.items[len(c.items)-1].value.end
	sep := d.separator(c, st)
	indent := lineIndent(sep, len(sep))
	if !strings.Contains(sep, "\n") {
		indent = lineIndent(d.body, end)
	}
	return d.splice(span{end, end}, sep+st.item(c, key, raw, indent, flat))
}

// fill puts the first item into the empty container at the end of chain. The
// brackets open up unless they belong to something that is written on one line.
func (d document) fill(chain []container, key, raw string) string {
	c := chain[len(chain)-1]
	around := d.root()
	if len(chain) > 1 {
		around = chain[len(chain)-2].span
	}
	st, inner := d.style(chain), d.text(c.inner())
	if !d.manyLines(around) {
		pad := st.padding(c.object, inner)
		return d.splice(c.inner(), pad+st.item(c, key, raw, "", true)+pad)
	}
	base := lineIndent(d.body, c.start)
	tail := st.newline + base
	if strings.Contains(inner, "\n") {
		tail = lastLine(inner)
	}
	item := st.item(c, key, raw, base+st.unit, false)
	return d.splice(c.inner(), st.newline+base+st.unit+item+tail)
}

// replace returns the body with raw in place of the value of p. A container that
// replaces a container takes over its style.
func (d document) replace(p place, raw string) string {
	chain, flat := p.chain, !d.manyLines(d.root())
	if len(chain) > 0 {
		flat = !d.manyLines(p.holder().span)
	}
	if d.isContainer(p.value) {
		old := d.container(p.value)
		chain = append(chain[:len(chain):len(chain)], old)
		flat = len(old.items) == 0 && flat || len(old.items) > 0 && !d.manyLines(old.span)
	}
	indent := lineIndent(d.body, p.value.start)
	return d.splice(p.value, d.style(chain).value(raw, indent, flat))
}

// manyLines reports whether the value at s is written on more than one line.
func (d document) manyLines(s span) bool {
	return strings.Contains(d.text(s), "\n")
}

// lastContainer returns the last item of c that is a container with items: a
// new element of an array is written like it.
func (d document) lastContainer(c container) (container, bool) {
	for _, it := range slices.Backward(c.items) {
		if !d.isContainer(it.value) {
			continue
		}
		if model := d.container(it.value); len(model.items) > 0 {
			return model, true
		}
	}
	return container{}, false
}

// shortKeys returns the keys under which c has containers on one line although c
// itself takes many, like "pages": ["a", "b"] in a subpackage.
func (d document) shortKeys(c container) map[string]bool {
	short := make(map[string]bool)
	for _, it := range c.items {
		if c.object && d.isContainer(it.value) && !d.manyLines(it.value) {
			short[it.key] = len(d.container(it.value).items) > 0
		}
	}
	return short
}

// separator returns what to write between the last item of c and a new one: what
// is between the last two, or else what a comma makes of the opening bracket.
func (d document) separator(c container, st style) string {
	last := len(c.items) - 1
	if last > 0 {
		gap := d.body[c.items[last-1].value.end:c.items[last].start]
		before, after, _ := strings.Cut(gap, ",")
		return lastLine(before) + "," + lastLine(after)
	}
	gap := d.body[c.start+1 : c.items[0].start]
	if strings.Contains(gap, "\n") {
		return "," + lastLine(gap)
	}
	return "," + st.comma
}

// lastLine drops blank lines and trailing spaces from white space that contains
// line ends: what is left is the last of them and the indentation after it.
func lastLine(space string) string {
	i := strings.LastIndexByte(space, '\n')
	if i > 0 && space[i-1] == '\r' {
		i--
	}
	return space[max(i, 0):]
}

// lineIndent returns the indentation of the line of body that offset is on.
func lineIndent(body string, offset int) string {
	line := body[strings.LastIndexByte(body[:offset], '\n')+1 : offset]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// A style is how a document is written around the place of an edit.
type style struct {
	newline string          // line end
	unit    string          // one step of indentation
	colon   string          // between key and value, with its spaces
	comma   string          // after a comma on the same line
	pad     string          // inside the braces of an object on one line
	short   map[string]bool // keys whose containers are written on one line
}

// style asks the containers of chain, innermost first, then the whole document.
func (d document) style(chain []container) style {
	st := style{newline: d.newline(chain), unit: "  ", colon: ": ", comma: " "}
	if colon, ok := d.nearest(chain, d.colonOf); ok {
		st.colon = colon
		st.comma = strings.Repeat(" ", min(1, len(colon)-1-strings.IndexByte(colon, ':')))
	}
	if comma, ok := d.nearest(chain, d.commaOf); ok {
		st.comma = comma
	}
	if unit, ok := d.nearest(chain, d.unitOf); ok {
		st.unit = unit
	}
	if pad, ok := d.nearest(chain, d.padOf); ok {
		st.pad = pad
	}
	return st
}

// newline returns the last line end before the place of the edit, else the first
// one of the document.
func (d document) newline(chain []container) string {
	end := d.root().end
	if len(chain) > 0 {
		c := chain[len(chain)-1]
		end = c.end
		if len(c.items) > 0 {
			end = c.items[len(c.items)-1].start
		}
	}
	i := strings.LastIndexByte(d.body[:end], '\n')
	if i < 0 {
		i = strings.IndexByte(d.body, '\n')
	}
	if i > 0 && d.body[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// nearest returns the first answer that ask has for a container of chain,
// innermost first, or for any container of the document, in file order.
func (d document) nearest(chain []container, ask func(container) (string, bool)) (string, bool) {
	for _, c := range slices.Backward(chain) {
		if answer, ok := ask(c); ok {
			return answer, true
		}
	}
	return d.first(d.root(), ask)
}

func (d document) first(s span, ask func(container) (string, bool)) (string, bool) {
	if !d.isContainer(s) {
		return "", false
	}
	c := d.container(s)
	if answer, ok := ask(c); ok {
		return answer, true
	}
	for _, it := range c.items {
		if answer, ok := d.first(it.value, ask); ok {
			return answer, true
		}
	}
	return "", false
}

// colonOf returns how c writes the colon of its last member, of those that do
// not break the line there or align their values in a column.
func (d document) colonOf(c container) (string, bool) {
	for _, it := range slices.Backward(c.items) {
		colon := d.body[it.keyEnd:it.value.start]
		if c.object && !strings.Contains(colon, "\n") && !strings.Contains(colon, "  ") {
			return colon, true
		}
	}
	return "", false
}

// commaOf returns the spaces between the last two items of c, if on one line.
func (d document) commaOf(c container) (string, bool) {
	last := len(c.items) - 1
	if last < 1 {
		return "", false
	}
	gap := d.body[c.items[last-1].value.end:c.items[last].start]
	return gap[strings.IndexByte(gap, ',')+1:], !strings.Contains(gap, "\n")
}

// unitOf returns how much deeper the first item of c is indented than c.
func (d document) unitOf(c container) (string, bool) {
	if len(c.items) == 0 {
		return "", false
	}
	gap := d.body[c.start+1 : c.items[0].start]
	inner := lineIndent(gap, len(gap))
	unit, deeper := strings.CutPrefix(inner, lineIndent(d.body, c.start))
	return unit, deeper && unit != "" && strings.Contains(gap, "\n")
}

// padOf returns the space inside the braces of c, if it is an object on one line.
func (d document) padOf(c container) (string, bool) {
	if !c.object || len(c.items) == 0 || d.manyLines(c.span) {
		return "", false
	}
	return d.body[c.start+1 : c.items[0].start], true
}

// item writes a new item of c: raw, with its key if c is an object.
func (st style) item(c container, key, raw, indent string, flat bool) string {
	text := st.value(raw, indent, flat)
	if c.object {
		text = quote(key) + st.colon + text
	}
	return text
}

// value lays out compact JSON that starts on a line with the given indentation.
func (st style) value(raw, indent string, flat bool) string {
	var b strings.Builder
	st.write(&b, gjson.Parse(raw), indent, flat)
	return b.String()
}

func (st style) write(b *strings.Builder, v gjson.Result, indent string, flat bool) {
	if isScalar(v.Raw) || len(v.Raw) == len("{}") {
		b.WriteString(v.Raw)
		return
	}
	open, between, end := st.breaks(v.IsObject(), indent, flat)
	before := v.Raw[:1] + open
	v.ForEach(func(key, value gjson.Result) bool {
		b.WriteString(before)
		before = "," + between
		if key.Type == gjson.String {
			b.WriteString(key.Raw + st.colon)
		}
		short := key.Type == gjson.String && st.short[unquote(key.Raw)]
		st.write(b, value, indent+st.unit, flat || short)
		return true
	})
	b.WriteString(end + v.Raw[len(v.Raw)-1:])
}

// breaks returns what to write after the opening bracket, after each comma and
// before the closing bracket.
func (st style) breaks(object bool, indent string, flat bool) (open, between, end string) {
	if flat {
		pad := st.padding(object, "")
		return pad, st.comma, pad
	}
	line := st.newline + indent + st.unit
	return line, line, st.newline + indent
}

// padding returns what to write inside the brackets of a container on one line
// where inner is already.
func (st style) padding(object bool, inner string) string {
	if object && inner == "" {
		return st.pad
	}
	return inner
}
