package es5

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// class is the class whose members are being printed.
type class struct {
	name string
}

func (p *printer) className() string {
	for f := p.fn; f != nil; f = f.outer {
		if f.class != nil {
			return f.class.name + ".prototype"
		}
	}
	return "_class.prototype"
}

func (p *printer) classDecl(d *js.ClassDecl) {
	name := string(d.Name.Name())
	p.privateNames(d)
	p.s("var " + name)
	p.space()
	p.s("=")
	p.space()
	p.classExpr(d, name)
	p.s(";")
	p.module.exported(p, name)
	p.statics(d, name)
}

func (p *printer) statics(d *js.ClassDecl, name string) {
	for _, e := range d.List {
		if e.Method == nil && e.StaticBlock == nil && e.Static {
			p.newline()
			p.field(name, e.Field)
		}
	}
}

// field prints the assignment that a field becomes (class properties are "loose").
func (p *printer) field(object string, f js.Field) {
	if f.Name.Private != nil {
		p.privateField(object, f)
		return
	}
	p.s(object)
	switch {
	case f.Name.IsComputed():
		p.s("[")
		p.expr(f.Name.Computed, js.OpExpr)
		p.s("]")
	default:
		p.s(memberKey(&f.Name.PropertyName))
	}
	p.tight(" = ")
	if f.Init == nil {
		p.s("void 0;")
		return
	}
	p.named(f.Init, keyName(&f.Name.PropertyName))
	p.s(";")
}

func (p *printer) privateField(object string, f js.Field) {
	p.tight("Object.defineProperty(" + object + ", _" + strings.TrimPrefix(string(f.Name.Private.Name()), "#") + ", {")
	p.indent++
	p.newline()
	p.tight("writable: true,")
	p.newline()
	p.tight("value: ")
	if f.Init == nil {
		p.s("void 0")
	} else {
		p.expr(f.Init, js.OpAssign)
	}
	p.indent--
	p.newline()
	p.s("});")
}

// privateNames declares the keys of the private members of a class.
func (p *printer) privateNames(d *js.ClassDecl) {
	for _, e := range d.List {
		name := e.Field.Name.Private
		if e.Method != nil {
			name = e.Method.Name.Private
		}
		if name == nil {
			continue
		}
		text := strings.TrimPrefix(string(name.Name()), "#")
		p.tight("var _" + text + " = /*#__PURE__*/" + p.helper("classPrivateFieldLooseKey") + "(\"" + text + "\");")
		p.newline()
	}
}

// classExpr prints a class as a function that returns its constructor.
func (p *printer) classExpr(d *js.ClassDecl, name string) {
	if d.Name != nil {
		name = string(d.Name.Name())
	}
	if name == "" {
		name = p.uid("class")
	}
	f := &function{outer: p.fn, class: &class{name: name}}
	if d.Extends == nil && !hasMethods(d) {
		p.fn = f
		p.s("/*#__PURE__*/" + p.helper("createClass") + "(")
		p.constructor(d, name)
		p.s(")")
		p.fn = f.outer
		return
	}
	super, parent := p.parent(d)
	p.fn = f
	p.tight("/*#__PURE__*/function (" + super + ") {")
	p.indent++
	if super != "" {
		p.line0(p.helper("inherits") + "(" + name + ", " + super + ");")
		p.line0("var " + p.uid("super") + " = " + p.helper("createSuper") + "(" + name + ");")
	}
	p.newline()
	p.constructor(d, name)
	p.methods(d, name)
	p.indent--
	p.fn = f.outer
	p.newline()
	p.s("}(" + parent + ")")
}

// natives are the constructors that a class can extend with a helper only.
var natives = makeNatives()

func makeNatives() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields("Array ArrayBuffer Boolean DataView Date Error EvalError Function Map Number Object Promise Proxy RangeError ReferenceError RegExp Set String Symbol SyntaxError TypeError URIError WeakMap WeakSet Uint8Array Int8Array Float32Array Float64Array") {
		names[name] = true
	}
	return names
}

// parent is what the class that another one extends is called within, and its text.
func (p *printer) parent(d *js.ClassDecl) (local, text string) {
	if d.Extends == nil {
		return "", ""
	}
	text = p.exprText(d.Extends, js.OpAssign)
	local = p.uid(stemOf(d.Extends))
	if v, ok := ungroup(d.Extends).(*js.Var); ok && natives[text] && p.module.global(v) {
		text = " /*#__PURE__*/" + p.helper("wrapNativeSuper") + "(" + text + ")"
	}
	return local, text
}

func hasMethods(d *js.ClassDecl) bool {
	for _, e := range d.List {
		if e.Method != nil && e.Method != constructorOf(d) {
			return true
		}
	}
	return false
}

func constructorOf(d *js.ClassDecl) *js.MethodDecl {
	for _, e := range d.List {
		if e.Method != nil && !e.Method.Static && !e.Method.Get && !e.Method.Set && keyName(&e.Method.Name.PropertyName) == "constructor" {
			return e.Method
		}
	}
	return nil
}

// inherited reports whether a class leaves its constructor to the one that it extends.
func inherited(d *js.ClassDecl, method *js.MethodDecl) bool {
	if d.Extends == nil || method != nil {
		return false
	}
	for _, e := range d.List {
		if e.Method == nil && e.StaticBlock == nil && !e.Static {
			return false
		}
	}
	return true
}

func (p *printer) constructor(d *js.ClassDecl, name string) {
	f := &function{outer: p.fn, super: d.Extends != nil}
	p.fn = f
	method := constructorOf(d)
	var names []string
	var starts []func()
	if method != nil {
		names, starts = p.params(method.Params)
	}
	check := func() { p.tight(p.helper("classCallCheck") + "(this, " + name + ");") }
	if d.Extends != nil && !inherited(d, method) {
		check = p.superStart(name, method)
	}
	p.tight("function " + name + "(" + strings.Join(names, ", ") + ") {")
	p.indent++
	starts = append(starts, check)
	if d.Extends == nil || method == nil {
		starts = append(starts, p.fields(d, f.super)...)
	}
	var list []js.IStmt
	if method != nil {
		list = method.Body.List
	}
	f.class = &class{name: name}
	p.body(starts, p.withFields(list, d, method))
	switch {
	case inherited(d, method):
		p.line0("return _super.apply(this, arguments);")
	case d.Extends != nil:
		p.line0("return _this;")
	}
	p.indent--
	p.newline()
	p.s("}")
	p.fn = f.outer
}

// superStart prints how the constructor of a class that extends another one begins.
func (p *printer) superStart(name string, method *js.MethodDecl) func() {
	return func() {
		p.s("var _this;")
		p.line0(p.helper("classCallCheck") + "(this, " + name + ");")
		if method == nil {
			p.tight("for (var _len = arguments.length, args = new Array(_len), _key = 0; _key < _len; _key++) {")
			p.line("args[_key] = arguments[_key];")
			p.s("}")
			p.line0("_this = _super.call.apply(_super, [this].concat(args));")
		}
	}
}

func (p *printer) superCall(args []js.Arg) {
	p.tight("_this = _super.call(" + "this")
	if len(args) > 0 {
		p.tight(", ")
	}
	p.list(args)
	p.s(")")
}

// withFields prints the fields of a class that extends another one in front of the
// statements of its constructor; Babel has them behind super(), which weighs the same.
func (p *printer) withFields(list []js.IStmt, d *js.ClassDecl, method *js.MethodDecl) []js.IStmt {
	if d.Extends == nil || method == nil {
		return list
	}
	for _, field := range p.fields(d, true) {
		p.newline()
		field()
	}
	return list
}

func (p *printer) fields(d *js.ClassDecl, super bool) []func() {
	object := "this"
	if super {
		object = "_this"
	}
	var starts []func()
	for _, e := range d.List {
		if e.Method == nil && e.StaticBlock == nil && !e.Static {
			starts = append(starts, func() { p.field(object, e.Field) })
		}
	}
	return starts
}

// methods prints the call of createClass.
func (p *printer) methods(d *js.ClassDecl, name string) {
	var own, static []*js.MethodDecl
	for _, e := range d.List {
		switch {
		case e.Method == nil || e.Method == constructorOf(d):
		case e.Method.Static:
			static = append(static, e.Method)
		default:
			own = append(own, e.Method)
		}
	}
	p.newline()
	if len(own)+len(static) == 0 {
		p.s("return " + p.helper("createClass") + "(" + name + ");")
		return
	}
	p.s(p.helper("createClass") + "(" + name)
	switch {
	case len(own) > 0:
		p.tight(", ")
		p.methodList(own)
	case len(static) > 0:
		p.tight(", null")
	}
	if len(static) > 0 {
		p.tight(", ")
		p.methodList(static)
	}
	p.s(");")
	p.line0("return " + name + ";")
}

func (p *printer) methodList(list []*js.MethodDecl) {
	p.s("[")
	for i, m := range pairs(list) {
		if i > 0 {
			p.tight(", ")
		}
		p.s("{")
		p.indent++
		p.newline()
		p.s("key:")
		p.space()
		if m[0].Name.IsComputed() {
			p.expr(m[0].Name.Computed, js.OpAssign)
		} else if m[0].Name.Private != nil {
			p.s(`"` + string(m[0].Name.Private.Name()) + `"`)
		} else {
			p.s(quotedKey(&m[0].Name.PropertyName))
		}
		for _, method := range m {
			p.s(",")
			p.newline()
			p.methodValue(method)
		}
		p.indent--
		p.newline()
		p.s("}")
	}
	p.s("]")
}

// pairs joins the getter and the setter of one name.
func pairs(list []*js.MethodDecl) [][]*js.MethodDecl {
	var all [][]*js.MethodDecl
	for _, m := range list {
		last := len(all) - 1
		if last >= 0 && (m.Get || m.Set) && (all[last][0].Get || all[last][0].Set) && keyName(&all[last][0].Name.PropertyName) == keyName(&m.Name.PropertyName) {
			all[last] = append(all[last], m)
			continue
		}
		all = append(all, []*js.MethodDecl{m})
	}
	return all
}

func (p *printer) methodValue(m *js.MethodDecl) {
	word, name := "value", keyName(&m.Name.PropertyName)
	if m.Get || m.Set {
		word = accessor(m)
		name = word
	}
	p.s(word + ":")
	p.space()
	if m.Async {
		p.asyncExpr(name, true, asyncFunction{m.Params, m.Body, false, m.Generator})
		return
	}
	if m.Generator {
		p.tight("/*#__PURE__*/" + p.regenerator() + "().mark(")
	}
	p.s("function")
	p.functionName(name)
	p.function(name, m.Params, m.Body, false, m.Generator)
	if m.Generator {
		p.s(")")
	}
}
