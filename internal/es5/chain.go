package es5

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// optional reports whether the chain of members and calls that ends with e has a ?.
func optional(e js.IExpr) bool {
	for {
		x, opt := link(e)
		if opt {
			return true
		}
		if x == nil {
			return false
		}
		e = x
	}
}

// link is what a member or call stands on, nil if e is neither, and whether by ?.
func link(e js.IExpr) (js.IExpr, bool) {
	switch e := e.(type) {
	case *js.DotExpr:
		return e.X, e.Optional
	case *js.IndexExpr:
		return e.X, e.Optional
	case *js.CallExpr:
		return e.X, e.Optional
	}
	return nil, false
}

// chain prints members and calls.
func (p *printer) chain(e js.IExpr) {
	if optional(e) {
		p.tight(p.optionalChain(e))
		return
	}
	switch e := e.(type) {
	case *js.DotExpr:
		p.dot(e)
	case *js.IndexExpr:
		if p.superMember(e.X, func() string { return p.exprText(e.Y, js.OpExpr) }) {
			return
		}
		p.expr(e.X, js.OpCall)
		p.s("[")
		p.expr(e.Y, js.OpExpr)
		p.s("]")
	case *js.CallExpr:
		p.call(e)
	}
}

func (p *printer) dot(e *js.DotExpr) {
	p.noteStatic(e)
	if p.superMember(e.X, func() string { return `"` + memberName(e.Y) + `"` }) {
		return
	}
	if name := memberName(e.Y); strings.HasPrefix(name, "#") {
		p.s(p.helper("classPrivateFieldLooseBase") + "(")
		p.expr(e.X, js.OpAssign)
		p.tight(", _" + name[1:] + ")[_" + name[1:] + "]")
		return
	}
	p.expr(e.X, js.OpCall)
	p.s(".")
	p.member(e.Y)
}

// member prints the name behind a dot.
func (p *printer) member(e js.IExpr) { p.s(memberName(e)) }

func memberName(e js.IExpr) string {
	switch e := e.(type) {
	case *js.Var:
		return string(e.Name())
	case *js.LiteralExpr:
		return string(e.Data)
	case js.LiteralExpr:
		return string(e.Data)
	}
	return ""
}

// noteStatic asks for the helpers that WeChat's own plugin adds: Object.values,
// Object.entries and includes (miniprogram-ci, babel_transform_plugin).
func (p *printer) noteStatic(e *js.DotExpr) {
	name := memberName(e.Y)
	object, isVar := ungroup(e.X).(*js.Var)
	switch name {
	case "values", "entries":
		if isVar && string(object.Name()) == "Object" {
			p.sideEffect("Object" + name)
		}
	case "includes":
		if _, array := ungroup(e.X).(*js.ArrayExpr); isVar || array {
			p.sideEffect("Array" + name)
		}
	}
}

func (p *printer) sideEffect(name string) {
	if _, ok := p.helpers[name]; !ok {
		p.helpers[name] = ""
		p.order = append(p.order, name)
	}
}

func (p *printer) superMember(e js.IExpr, key func() string) bool {
	literal, ok := e.(*js.LiteralExpr)
	if !ok || literal.TokenType != js.SuperToken {
		return false
	}
	p.tight(p.helper("get") + "(" + p.helper("getPrototypeOf") + "(" + p.className() + "), " + key() + ", " + p.thisName() + ")")
	return true
}

func isSuper(e js.IExpr) bool {
	literal, ok := e.(*js.LiteralExpr)
	return ok && literal.TokenType == js.SuperToken
}

func hasRest(args []js.Arg) bool {
	for _, a := range args {
		if a.Rest {
			return true
		}
	}
	return false
}

func (p *printer) call(e *js.CallExpr) {
	args := e.Args.List
	switch {
	case isSuper(e.X):
		p.superCall(args)
		return
	case hasRest(args):
		p.apply(e)
		return
	case p.awaitsIn(args):
		p.awaitCall(e)
		return
	}
	if base, _ := link(e.X); base != nil && isSuper(base) {
		p.chain(e.X)
		p.s(".call(" + p.thisName())
		if len(args) > 0 {
			p.tight(", ")
		}
		p.list(args)
		p.s(")")
		return
	}
	if v, ok := ungroup(e.X).(*js.Var); ok && p.module.imported(v) != "" && p.module.member(v) {
		p.tight("(0, " + p.module.imported(v) + ")")
	} else {
		p.expr(e.X, js.OpCall)
	}
	p.args(args)
}

func (p *printer) list(args []js.Arg) {
	for i, a := range args {
		if i > 0 {
			p.tight(", ")
		}
		switch ungroup(a.Value).(type) {
		case *js.FuncDecl, *js.ArrowFunc:
			p.funcArgs++
		}
		p.expr(a.Value, js.OpAssign)
	}
}

// apply prints a call with spread arguments.
func (p *printer) apply(e *js.CallExpr) {
	object := "void 0"
	switch x := ungroup(e.X).(type) {
	case *js.DotExpr:
		object = p.applyMember(x.X, func() { p.s("."); p.member(x.Y) })
	case *js.IndexExpr:
		object = p.applyMember(x.X, func() { p.s("["); p.expr(x.Y, js.OpExpr); p.s("]") })
	default:
		p.expr(e.X, js.OpCall)
	}
	p.tight(".apply(" + object + ", ")
	p.spread(arguments(e.Args.List), "")
	p.s(")")
}

func (p *printer) applyMember(x js.IExpr, member func()) string {
	text := p.exprText(x, js.OpCall)
	switch ungroup(x).(type) {
	case *js.Var, *js.LiteralExpr:
		p.s(text)
		member()
		return text
	}
	name := p.temp(x)
	p.tight("(" + name + " = " + text + ")")
	member()
	return name
}

// optionalChain is the text of a chain with ?.: each becomes a comparison with null.
func (p *printer) optionalChain(e js.IExpr) string {
	switch e := e.(type) {
	case *js.DotExpr:
		return p.optionalLink(e.X, e.Optional, "."+memberName(e.Y), nil)
	case *js.IndexExpr:
		return p.optionalLink(e.X, e.Optional, "["+p.exprText(e.Y, js.OpExpr)+"]", nil)
	case *js.CallExpr:
		return p.optionalLink(e.X, e.Optional, p.text(func() { p.args(e.Args.List) }), e)
	}
	return p.exprText(e, js.OpCall)
}

func (p *printer) optionalLink(x js.IExpr, here bool, suffix string, call *js.CallExpr) string {
	if !here {
		return p.optionalChain(x) + suffix
	}
	if call != nil {
		if base, _ := link(x); base != nil {
			return p.optionalMethod(x, suffix)
		}
	}
	head, name := "", ""
	if v, ok := x.(*js.Var); ok && !p.module.global(v) {
		name = p.exprText(x, js.OpCall)
		head = name + " === null || " + name + " === void 0 ? void 0 : " + name
		return head + suffix
	}
	inner := p.optionalChain(x)
	name = p.temp(x)
	before, last := splitChain(inner)
	return before + "(" + name + " = " + last + ") === null || " + name + " === void 0 ? void 0 : " + name + suffix
}

// optionalMethod is a.b?.(c), which keeps a as this.
func (p *printer) optionalMethod(x js.IExpr, args string) string {
	base, _ := link(x)
	name := p.temp(x)
	before, text := splitChain(p.optionalChain(x))
	this := p.exprText(base, js.OpCall)
	if _, simple := base.(*js.Var); !simple && this != "this" {
		this = p.temp(base)
		text = "(" + this + " = " + text[:max(0, len(text)-3)] + ").xx"
	}
	if args != "()" {
		args = "(" + this + ", " + args[1:]
	} else {
		args = "(" + this + ")"
	}
	return before + "(" + name + " = " + text + ") === null || " + name + " === void 0 ? void 0 : " + name + ".call" + args
}

// splitChain cuts the text of a chain behind its last "? void 0 : ".
func splitChain(text string) (before, last string) {
	const mark = "? void 0 : "
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')', ']', '}':
			depth++
		case '(', '[', '{':
			depth--
		case '?':
			if depth == 0 && len(text)-i > len(mark) && text[i:i+len(mark)] == mark {
				return text[:i+len(mark)], text[i+len(mark):]
			}
		}
	}
	return "", text
}
