package es5

import (
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// pattern adds to decls what declares the names of a pattern, whose value is the
// variable or member value.
func (p *printer) pattern(binding js.IBinding, value string, decls []string) []string {
	switch b := binding.(type) {
	case *js.Var:
		return append(decls, p.local(b)+" = "+value)
	case *js.BindingObject:
		return p.objectPattern(b, value, decls)
	case *js.BindingArray:
		return p.arrayPattern(b, value, decls)
	}
	return decls
}

func (p *printer) objectPattern(b *js.BindingObject, value string, decls []string) []string {
	var keys []string
	for _, item := range b.List {
		key := "x"
		switch v, simple := item.Value.Binding.(*js.Var); {
		case item.Key != nil && item.Key.IsComputed():
			key = "[" + p.exprText(item.Key.Computed, js.OpExpr) + "]"
		case item.Key != nil && item.Key.IsSet():
			key = memberKey(item.Key)
			keys = append(keys, quotedKey(item.Key))
		case simple:
			key = "." + string(v.Name())
			keys = append(keys, `"`+string(v.Name())+`"`)
		}
		decls = p.element(item.Value, value+key, value, key, decls)
	}
	if b.Rest != nil {
		text := p.helper("objectWithoutProperties") + "(" + value + ", " + p.excluded(keys) + ")"
		decls = append(decls, p.local(b.Rest)+" = "+text)
	}
	return decls
}

// excluded is the list of keys that a rest leaves out: in a function it is a variable
// of the program.
func (p *printer) excluded(keys []string) string {
	list := "[" + strings.Join(keys, ", ") + "]"
	if p.fn.outer == nil {
		return list
	}
	root := p.fn
	for root.outer != nil {
		root = root.outer
	}
	name := p.uid("excluded")
	root.temps = append(root.temps, name+" = "+list)
	return name
}

func memberKey(name *js.PropertyName) string {
	if name.Literal.TokenType == js.StringToken || js.IsNumeric(name.Literal.TokenType) {
		return "[" + string(name.Literal.Data) + "]"
	}
	return "." + string(name.Literal.Data)
}

func (p *printer) arrayPattern(b *js.BindingArray, value string, decls []string) []string {
	source := value
	switch {
	case b.Rest != nil:
		source = p.uid(value)
		decls = append(decls, source+" = "+p.helper("toArray")+"("+value+")")
	default:
		source = p.uid(value)
		decls = append(decls, source+" = "+p.helper("slicedToArray")+"("+value+", "+strconv.Itoa(len(b.List))+")")
	}
	for i, item := range b.List {
		if item.Binding != nil {
			n := strconv.Itoa(i)
			decls = p.element(item, source+"["+n+"]", source, "$", decls)
		}
	}
	if b.Rest != nil {
		decls = p.pattern(b.Rest, source+".slice("+strconv.Itoa(len(b.List))+")", decls)
	}
	return decls
}

// element adds what declares one name or pattern within a pattern.
func (p *printer) element(e js.BindingElement, value, object, key string, decls []string) []string {
	_, simple := e.Binding.(*js.Var)
	if e.Default != nil {
		name := p.uid(object + "$" + strings.Trim(key, ".[]'\"$"))
		decls = append(decls, name+" = "+value)
		value = name + " === void 0 ? " + p.exprText(e.Default, js.OpAssign) + " : " + name
		if !simple {
			inner := p.uid(name)
			decls = append(decls, inner+" = "+value)
			value = inner
		}
	} else if o, nested := e.Binding.(*js.BindingObject); nested && len(o.List) > 1 {
		name := p.uid(object + "$" + strings.Trim(key, ".[]'\"$"))
		decls = append(decls, name+" = "+value)
		value = name
	}
	return p.pattern(e.Binding, value, decls)
}

// varDecl prints let, const and var, without a semicolon.
func (p *printer) varDecl(d *js.VarDecl) { p.declaration(d, false) }

// declaration prints let, const and var; one of a list of statements may be let.
func (p *printer) declaration(d *js.VarDecl, inList bool) {
	p.hoistNames(d)
	many := len(d.List) > 1
	for _, e := range d.List {
		_, simple := e.Binding.(*js.Var)
		many = many || !simple
	}
	if many && !d.InFor {
		p.indent++
		defer func() { p.indent-- }()
	}
	var decls []string
	for _, e := range d.List {
		decls = p.declarator(d, e, decls)
	}
	p.s(keyword(d, inList))
	p.joinDecls(decls, d.InFor)
}

// keyword is var, of which let has the length: the minifier may do more with let.
func keyword(d *js.VarDecl, inList bool) string {
	if d.TokenType == js.VarToken && (!inList || !onlyOnce(d)) {
		return "var "
	}
	return "let "
}

// onlyOnce reports whether var could as well be let: at the top of its function, with
// no other declaration of its names.
func onlyOnce(d *js.VarDecl) bool {
	if d.Scope == nil || d.Scope.Func != d.Scope || d.InFor || d.InForInOf {
		return false
	}
	count := map[*js.Var]int{}
	for _, other := range d.Scope.VarDecls {
		for _, e := range other.List {
			if v, ok := e.Binding.(*js.Var); ok {
				count[resolve(v)]++
			}
		}
	}
	for _, e := range d.List {
		v, ok := e.Binding.(*js.Var)
		if !ok || resolve(v).Decl != js.VariableDecl || count[resolve(v)] != 1 {
			return false
		}
	}
	return true
}

func (p *printer) declarator(d *js.VarDecl, e js.BindingElement, decls []string) []string {
	v, simple := e.Binding.(*js.Var)
	switch {
	case simple && e.Default == nil:
		name := p.local(v)
		if p.fn.loops > 0 && d.TokenType == js.LetToken && !d.InForInOf {
			name += " = void 0"
		}
		return append(decls, name)
	case simple:
		name := string(v.Name())
		if _, array := ungroup(e.Default).(*js.ArrayExpr); array && d.TokenType == js.ConstToken {
			p.arrays[resolve(v)] = true
		}
		return append(decls, p.local(v)+" = "+p.text(func() { p.named(e.Default, name) }))
	case e.Default == nil:
		return append(decls, "_x")
	}
	text := p.exprText(e.Default, js.OpAssign)
	source, isVar := ungroup(e.Default).(*js.Var)
	_, object := e.Binding.(*js.BindingObject)
	array, literal := ungroup(e.Default).(*js.ArrayExpr)
	if !object && literal && len(array.List) > 0 {
		name := p.uid("ref")
		return p.arrayNames(e.Binding.(*js.BindingArray), name, append(decls, name+" = "+text))
	}
	if isVar && text == string(source.Name()) || text == "this" || singleMember(e) {
		return p.pattern(e.Binding, text, decls)
	}
	name := p.uid(stemOf(e.Default))
	return p.pattern(e.Binding, name, append(decls, name+" = "+text))
}

// singleMember reports whether a pattern takes one member only: no variable for the
// whole is needed then.
func singleMember(e js.BindingElement) bool {
	switch ungroup(e.Default).(type) {
	case *js.DotExpr, *js.IndexExpr:
	default:
		return false
	}
	o, ok := e.Binding.(*js.BindingObject)
	return ok && len(o.List) == 1 && o.Rest == nil && o.List[0].Value.Default == nil
}

// arrayNames adds what an array literal is taken apart by: no helper is needed.
func (p *printer) arrayNames(b *js.BindingArray, source string, decls []string) []string {
	for i, item := range b.List {
		if item.Binding != nil {
			decls = p.element(item, source+"["+strconv.Itoa(i)+"]", source, "$", decls)
		}
	}
	if b.Rest != nil {
		decls = p.pattern(b.Rest, source+".slice("+strconv.Itoa(len(b.List))+")", decls)
	}
	return decls
}

func (p *printer) joinDecls(decls []string, inFor bool) {
	values := false
	for _, d := range decls {
		values = values || strings.Contains(d, "=")
	}
	for i, d := range decls {
		if i > 0 {
			p.s(",")
			if values && !inFor {
				p.newline()
			} else {
				p.space()
			}
		}
		p.tight(d)
	}
}

// assignPattern prints an assignment to a pattern.
func (p *printer) assignPattern(target, value js.IExpr) {
	name := p.uid("ref")
	p.fn.temps = append(p.fn.temps, name)
	p.tight(name + " = ")
	p.expr(value, js.OpAssign)
	switch target := target.(type) {
	case *js.ArrayExpr:
		source := name
		if _, literal := ungroup(value).(*js.ArrayExpr); !literal {
			source = p.uid(name)
			p.fn.temps = append(p.fn.temps, source)
			p.tight(", " + source + " = " + p.helper("slicedToArray") + "(" + name + ", " + strconv.Itoa(len(target.List)) + ")")
		}
		for i, item := range target.List {
			if item.Value != nil {
				p.assignElement(item.Value, source+"["+strconv.Itoa(i)+"]")
			}
		}
	case *js.ObjectExpr:
		for _, property := range target.List {
			if property.Value != nil {
				p.assignElement(property.Value, name+"."+keyName(propertyName(property)))
			}
		}
	}
}

// patternStmt prints an assignment to a pattern that is a statement.
func (p *printer) patternStmt(target, value js.IExpr) {
	text := p.text(func() { p.assignPattern(target, value) })
	p.s(text + ";")
}

func (p *printer) assignElement(target js.IExpr, value string) {
	p.tight(", ")
	p.expr(target, js.OpLHS)
	p.tight(" = " + value)
}
