package es5

import (
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

func (p *printer) funcExpr(f *js.FuncDecl, name string) {
	if f.Name != nil {
		name = string(f.Name.Name())
	}
	if f.Async {
		p.asyncExpr(name, f.Name != nil, asyncFunction{f.Params, f.Body, false, f.Generator})
		return
	}
	if f.Generator && name == "" {
		name = p.uid("callee")
	}
	if f.Generator {
		p.tight("/*#__PURE__*/" + p.regenerator() + "().mark(")
		defer p.s(")")
	}
	p.s("function")
	p.functionName(name)
	p.function(name, f.Params, f.Body, false, f.Generator)
}

func (p *printer) arrow(f *js.ArrowFunc, name string) {
	if f.Async {
		p.asyncExpr(name, false, asyncFunction{params: f.Params, body: f.Body, arrow: true})
		return
	}
	p.s("function")
	p.functionName(name)
	p.function(name, f.Params, f.Body, true, false)
}

func (p *printer) funcDecl(f *js.FuncDecl) {
	name := "_callee"
	if f.Name != nil {
		name = string(f.Name.Name())
	}
	if f.Async {
		p.asyncDecl(name, f)
		return
	}
	if f.Generator {
		runtime := p.regenerator()
		if p.module.interop {
			p.markedEarly = true
			runtime = "_regeneratorRuntime3"
		}
		p.fn.temps = append(p.fn.temps, p.uid("marked")+" = /*#__PURE__*/"+runtime+"().mark("+name+")")
	}
	p.s("function " + name)
	p.function(name, f.Params, f.Body, false, f.Generator)
}

// function prints the parameters and the body.
func (p *printer) function(name string, params js.Params, body js.BlockStmt, arrow, machine bool) {
	f := &function{outer: p.fn, arrow: arrow, isTypeof: p.fn.isTypeof || isTypeof(body)}
	p.fn = f
	p.renameParam(name, params)
	names, starts := p.params(params)
	p.tight("(" + strings.Join(names, ", ") + ") {")
	p.indent++
	if machine {
		f.gen = &generator{callee: name, awaiter: p.awaiter}
		p.awaiter = ""
	}
	p.body(starts, body.List)
	p.indent--
	p.fn = f.outer
	if p.b[len(p.b)-1] != '{' {
		p.newline()
	}
	p.s("}")
}

// isTypeof reports whether a body is that of Babel's own helper for typeof, which Babel
// leaves as it is.
func isTypeof(body js.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	first, _ := body.List[0].(*js.ExprStmt)
	if first == nil {
		return false
	}
	text, ok := first.Value.(*js.LiteralExpr)
	return ok && strings.Trim(string(text.Data), `'"`) == "@babel/helpers - typeof"
}

// renameParam gives another name to a parameter that is called as the function is
// going to be.
func (p *printer) renameParam(name string, params js.Params) {
	for _, param := range params.List {
		if v, ok := param.Binding.(*js.Var); ok && string(v.Data) == name {
			p.module.names[resolve(v)] = p.uid(name)
		}
	}
}

// body prints the statements of a function, and in front of them the variables
// that they turn out to need.
func (p *printer) body(starts []func(), list []js.IStmt) {
	at := len(p.b)
	list = p.directives(list)
	if len(p.b) > at {
		at = len(p.b)
	}
	print := func() {
		for _, start := range starts {
			p.newline()
			start()
		}
		p.statements(list)
	}
	if p.fn.gen != nil {
		p.generatorBody(print)
	} else {
		print()
	}
	p.insertStart(at)
}

// insertStart writes the variables of the function p.fn where its body starts.
func (p *printer) insertStart(at int) {
	start := p.startText()
	if start == "" {
		return
	}
	rest := string(p.b[at:])
	p.b = p.b[:at]
	p.s(start + rest)
}

func (p *printer) startText() string {
	f := p.fn
	saved := p.b
	p.b = nil
	var decls []string
	if f.this != "" {
		decls = append(decls, f.this+" = this")
	}
	if f.args != "" {
		decls = append(decls, f.args+" = arguments")
	}
	if len(decls) > 0 {
		p.newline()
		p.declare(decls)
	}
	if len(f.temps) > 0 {
		p.newline()
		p.declare(f.temps)
	}
	text := string(p.b)
	p.b = saved
	return text
}

func (p *printer) directives(list []js.IStmt) []js.IStmt {
	n := 0
	for _, stmt := range list {
		directive, ok := stmt.(*js.DirectivePrologueStmt)
		if !ok {
			break
		}
		n++
		if string(directive.Value) == `"use strict"` && p.fn.outer == nil {
			continue
		}
		p.newline()
		p.b = append(p.b, directive.Value...)
		p.s(";")
	}
	if n > 0 && n < len(list) && p.fn.outer != nil && !p.compact {
		p.s("\n")
	}
	return list[n:]
}

// params are the names of the parameters that ES5 has, and what the body starts with.
func (p *printer) params(params js.Params) (names []string, starts []func()) {
	late := false
	for i, param := range params.List {
		v, simple := param.Binding.(*js.Var)
		switch {
		case param.Default != nil:
			late = true
			starts = append(starts, p.defaultParam(i, param))
		case late:
			starts = append(starts, p.lateParam(i, param.Binding))
		case simple:
			names = append(names, p.local(v))
		default:
			name := p.uid("ref")
			names = append(names, name)
			starts = append(starts, p.patternStart(param.Binding, name))
		}
	}
	if params.Rest != nil {
		if v, ok := params.Rest.(*js.Var); ok {
			p.arrays[resolve(v)] = true
		}
		starts = append(starts, p.restParam(len(params.List), params.Rest))
	}
	return names, starts
}

func (p *printer) defaultParam(i int, param js.BindingElement) func() {
	return func() {
		n := strconv.Itoa(i)
		head := "arguments.length > " + n + " && arguments[" + n + "] !== undefined ? arguments[" + n + "] : "
		value := head + p.exprText(param.Default, js.OpAssign)
		p.startDecl(param.Binding, value)
	}
}

func (p *printer) lateParam(i int, binding js.IBinding) func() {
	return func() {
		n := strconv.Itoa(i)
		p.startDecl(binding, "arguments.length > "+n+" ? arguments["+n+"] : undefined")
	}
}

func (p *printer) startDecl(binding js.IBinding, value string) {
	if v, ok := binding.(*js.Var); ok {
		p.declare([]string{p.local(v) + " = " + value})
		return
	}
	name := p.uid("ref")
	p.indent++
	decls := p.pattern(binding, name, []string{name + " = " + value})
	p.indent--
	p.declare(decls)
}

func (p *printer) patternStart(binding js.IBinding, name string) func() {
	return func() {
		p.indent++
		decls := p.pattern(binding, name, nil)
		p.indent--
		if len(decls) > 0 {
			p.declare(decls)
		}
	}
}

func (p *printer) restParam(n int, binding js.IBinding) func() {
	return func() {
		length, key := p.uid("len"), p.uid("key")
		name := "rest"
		if v, ok := binding.(*js.Var); ok {
			name = p.local(v)
		}
		from, size, index := "0", length, key
		if n > 0 {
			from = strconv.Itoa(n)
			size = length + " > " + from + " ? " + length + " - " + from + " : 0"
			index = key + " - " + from
		}
		p.tight("for (var " + length + " = arguments.length, " + name + " = new Array(" + size + "), " + key + " = " + from + "; " + key + " < " + length + "; " + key + "++) {")
		p.indent++
		p.newline()
		p.tight(name + "[" + index + "] = arguments[" + key + "];")
		p.indent--
		p.newline()
		p.s("}")
	}
}

// declare prints a declaration of variables.
func (p *printer) declare(decls []string) {
	p.s("var ")
	values := false
	for _, d := range decls {
		values = values || strings.Contains(d, " = ") || strings.Contains(d, "=")
	}
	p.indent++
	for i, d := range decls {
		if i > 0 {
			p.s(",")
			if values {
				p.newline()
			} else {
				p.space()
			}
		}
		p.tight(d)
	}
	p.indent--
	p.s(";")
}
