package es5

import (
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// expr prints an expression, in parentheses if it binds less than min.
func (p *printer) expr(e js.IExpr, min js.OpPrec) {
	e = ungroup(e)
	if p.precedence(e) < min {
		p.s("(")
		defer p.s(")")
	}
	switch e := e.(type) {
	case *js.Var:
		p.variable(e)
	case *js.LiteralExpr:
		p.literal(e)
	case *js.ArrayExpr:
		p.array(e)
	case *js.ObjectExpr:
		p.object(e)
	case *js.TemplateExpr:
		p.template(e)
	case *js.DotExpr, *js.IndexExpr, *js.CallExpr:
		p.chain(e)
	case *js.NewExpr:
		p.newExpr(e)
	case *js.UnaryExpr:
		p.unary(e)
	case *js.BinaryExpr:
		p.binary(e)
	case *js.CondExpr:
		p.conditional(e)
	case *js.YieldExpr:
		p.yield(e)
	case *js.ArrowFunc:
		p.arrow(e, "")
	case *js.FuncDecl:
		p.funcExpr(e, "")
	case *js.ClassDecl:
		p.classExpr(e, "")
	case *js.CommaExpr:
		p.comma(e)
	case *js.VarDecl:
		p.varDecl(e)
	case *js.NewTargetExpr:
		p.tight("this instanceof this ? this.constructor : void 0")
	case *js.ImportMetaExpr:
		p.s("import.meta")
	}
}

func ungroup(e js.IExpr) js.IExpr {
	for {
		group, ok := e.(*js.GroupExpr)
		if !ok {
			return e
		}
		e = group.X
	}
}

var binaryPrecedence = map[js.TokenType]js.OpPrec{
	js.NullishToken: js.OpAssign, js.OrToken: js.OpOr, js.AndToken: js.OpAnd, js.BitOrToken: js.OpBitOr, js.BitXorToken: js.OpBitXor,
	js.BitAndToken: js.OpBitAnd, js.EqEqToken: js.OpEquals, js.EqEqEqToken: js.OpEquals, js.NotEqToken: js.OpEquals, js.NotEqEqToken: js.OpEquals,
	js.LtToken: js.OpCompare, js.LtEqToken: js.OpCompare, js.GtToken: js.OpCompare, js.GtEqToken: js.OpCompare, js.InToken: js.OpCompare, js.InstanceofToken: js.OpCompare,
	js.LtLtToken: js.OpShift, js.GtGtToken: js.OpShift, js.GtGtGtToken: js.OpShift, js.AddToken: js.OpAdd, js.SubToken: js.OpAdd,
	js.MulToken: js.OpMul, js.DivToken: js.OpMul, js.ModToken: js.OpMul, js.ExpToken: js.OpCall,
}

// precedence is how tightly the text that is printed for an expression binds.
func (p *printer) precedence(e js.IExpr) js.OpPrec {
	switch e := e.(type) {
	case *js.LiteralExpr:
		if e.TokenType == js.ThisToken && p.thisName() == "void 0" {
			return js.OpUnary
		}
	case *js.BinaryExpr:
		return binaryPrecedence[e.Op] + zeroIsAssign(e.Op)
	case *js.CommaExpr:
		return js.OpExpr
	case *js.CondExpr, *js.YieldExpr, *js.VarDecl:
		return js.OpAssign
	case *js.UnaryExpr:
		if e.Op == js.PostIncrToken || e.Op == js.PostDecrToken {
			return js.OpUpdate
		}
		if e.Op == js.TypeofToken {
			return p.typeofPrecedence(e.X)
		}
		return js.OpUnary
	case *js.DotExpr:
		return chainPrecedence(e)
	case *js.IndexExpr:
		return chainPrecedence(e)
	case *js.CallExpr:
		return min(chainPrecedence(e), js.OpCall)
	}
	return js.OpPrimary
}

func (p *printer) typeofPrecedence(e js.IExpr) js.OpPrec {
	if v, ok := ungroup(e).(*js.Var); ok && p.module.global(v) {
		return js.OpAssign
	}
	return js.OpCall
}

func zeroIsAssign(op js.TokenType) js.OpPrec {
	if binaryPrecedence[op] == 0 {
		return js.OpAssign
	}
	return 0
}

func chainPrecedence(e js.IExpr) js.OpPrec {
	if optional(e) {
		return js.OpAssign
	}
	return js.OpMember
}

func (p *printer) variable(v *js.Var) {
	name := string(v.Name())
	switch {
	case name == "arguments":
		name = p.arguments()
	case p.module.imported(v) != "":
		name = p.module.imported(v)
	}
	p.s(name)
}

// local is what a variable of this script is called where it is declared.
func (p *printer) local(v *js.Var) string {
	if name := p.module.names[resolve(v)]; name != "" {
		return name
	}
	return string(v.Name())
}

// this is how this is called here.
func (p *printer) thisName() string {
	f := p.fn
	if f.super {
		return "_this"
	}
	if !f.arrow {
		if f.outer == nil {
			return "void 0"
		}
		if f.gen != nil {
			f.gen.usesThis = true
		}
		return "this"
	}
	for f.arrow && f.outer != nil {
		f = f.outer
	}
	if f.super {
		return "_this"
	}
	if f.outer == nil {
		return "void 0"
	}
	if f.this == "" {
		f.this = p.uid("this")
	}
	return f.this
}

func (p *printer) arguments() string {
	f := p.fn
	for f.arrow && f.outer != nil {
		f = f.outer
	}
	if f == p.fn || f.outer == nil {
		return "arguments"
	}
	if f.args == "" {
		f.args = p.uid("arguments")
	}
	return f.args
}

func (p *printer) literal(e *js.LiteralExpr) {
	switch {
	case e.TokenType == js.ThisToken:
		p.s(p.thisName())
	case js.IsNumeric(e.TokenType):
		p.s(number(string(e.Data)))
	default:
		p.b = append(p.b, e.Data...)
	}
}

// number is a literal without the syntax that ES5 does not have.
func number(text string) string {
	return strings.ReplaceAll(text, "_", "")
}

func (p *printer) array(e *js.ArrayExpr) {
	for _, item := range e.List {
		if item.Spread {
			p.spread(elements(e.List), "[]")
			return
		}
	}
	p.s("[")
	for i, item := range e.List {
		if i > 0 {
			p.tight(", ")
		}
		if item.Value != nil {
			p.expr(item.Value, js.OpAssign)
		}
	}
	if n := len(e.List); n > 0 && e.List[n-1].Value == nil {
		p.s(",")
	}
	p.s("]")
}

// item is an element of an array, or an argument.
type item struct {
	value  js.IExpr
	spread bool
}

func elements(list []js.Element) []item {
	items := make([]item, len(list))
	for i, e := range list {
		items[i] = item{e.Value, e.Spread}
	}
	return items
}

func arguments(list []js.Arg) []item {
	items := make([]item, len(list))
	for i, a := range list {
		items[i] = item{a.Value, a.Rest}
	}
	return items
}

// spread prints a list with spread elements: [].concat(_toConsumableArray2(a), [b]).
func (p *printer) spread(items []item, empty string) {
	if len(items) == 1 {
		v, ok := ungroup(items[0].value).(*js.Var)
		if known := ok && p.arrays[resolve(v)]; !known || empty == "" {
			p.consumable(items[0].value)
			return
		}
	}
	if empty == "" {
		empty = "[]"
	}
	first := empty
	if !items[0].spread {
		n := 1
		for n < len(items) && !items[n].spread {
			n++
		}
		first = p.text(func() { p.plainItems(items[:n]) })
		items = items[n:]
	}
	p.s(first + ".concat(")
	for i := 0; i < len(items); {
		if i > 0 && p.b[len(p.b)-1] != '(' {
			p.tight(", ")
		}
		if items[i].spread {
			p.consumable(items[i].value)
			i++
			continue
		}
		n := i
		for n < len(items) && !items[n].spread {
			n++
		}
		p.plainItems(items[i:n])
		i = n
	}
	p.s(")")
}

func (p *printer) plainItems(items []item) {
	p.s("[")
	for i, it := range items {
		if i > 0 {
			p.tight(", ")
		}
		if it.value != nil {
			p.expr(it.value, js.OpAssign)
		}
	}
	p.s("]")
}

func (p *printer) consumable(e js.IExpr) {
	v, ok := ungroup(e).(*js.Var)
	switch {
	case ok && p.arrays[resolve(v)]:
		p.expr(e, js.OpAssign)
		return
	case ok && string(v.Name()) == "arguments":
		p.s("Array.prototype.slice.call(")
	default:
		p.s(p.helper("toConsumableArray") + "(")
	}
	p.expr(e, js.OpAssign)
	p.s(")")
}

func (p *printer) newExpr(e *js.NewExpr) {
	var args []js.Arg
	if e.Args != nil {
		args = e.Args.List
	}
	for _, a := range args {
		if a.Rest {
			p.s(p.helper("construct") + "(")
			p.expr(e.X, js.OpAssign)
			p.tight(", ")
			p.spread(arguments(args), "[]")
			p.s(")")
			return
		}
	}
	p.s("new ")
	p.expr(e.X, js.OpMember)
	p.args(args)
}

func (p *printer) args(args []js.Arg) {
	p.s("(")
	p.list(args)
	p.s(")")
}

func (p *printer) comma(e *js.CommaExpr) {
	for i, item := range e.List {
		if i > 0 {
			p.tight(", ")
		}
		p.expr(item, js.OpAssign)
	}
}

func (p *printer) conditional(e *js.CondExpr) {
	if p.hasAwait(e.X) || p.hasAwait(e.Y) {
		p.fn.gen.jump(p, p.exprText(e.Cond, js.OpUnary))
	}
	p.expr(e.Cond, js.OpAssign+1)
	p.tight(" ? ")
	p.expr(e.X, js.OpAssign)
	p.tight(" : ")
	p.expr(e.Y, js.OpAssign)
}

func (p *printer) unary(e *js.UnaryExpr) {
	switch e.Op {
	case js.AwaitToken:
		p.await(e.X)
		return
	case js.TypeofToken:
		p.typeof(e.X)
		return
	case js.PostIncrToken, js.PostDecrToken:
		p.expr(e.X, js.OpLHS)
		p.s(operator(e.Op))
		return
	}
	op := operator(e.Op)
	if n := len(p.b); n > 0 && strings.ContainsAny(op[:1], "+-") && p.b[n-1] == op[0] {
		p.s(" ")
	}
	p.s(op)
	if js.IsIdentifierName(e.Op) || len(op) > 0 && len(p.b) > 0 && startsWith(ungroup(e.X), op) {
		p.s(" ")
	}
	p.expr(e.X, js.OpUnary)
}

// startsWith reports whether an operand begins with the sign op, which would join it.
func startsWith(e js.IExpr, op string) bool {
	inner, ok := e.(*js.UnaryExpr)
	return ok && (op == "-" || op == "+") && strings.HasPrefix(operator(inner.Op), op)
}

func operator(op js.TokenType) string {
	switch op {
	case js.PosToken:
		return "+"
	case js.NegToken:
		return "-"
	case js.PreIncrToken, js.PostIncrToken:
		return "++"
	case js.PreDecrToken, js.PostDecrToken:
		return "--"
	}
	return op.String()
}

func (p *printer) typeof(e js.IExpr) {
	if p.fn.isTypeof {
		p.s("typeof ")
		p.expr(e, js.OpUnary)
		return
	}
	v, ok := ungroup(e).(*js.Var)
	if ok && p.module.global(v) {
		name := string(v.Name())
		p.tight("typeof " + name + ` === "undefined" ? "undefined" : ` + p.helper("typeof") + "(" + name + ")")
		return
	}
	p.s(p.helper("typeof") + "(")
	p.expr(e, js.OpAssign)
	p.s(")")
}

// plainTypeof reports whether e is typeof x in a comparison that needs no helper.
func plainTypeof(e, other js.IExpr) bool {
	unary, ok := ungroup(e).(*js.UnaryExpr)
	literal, text := ungroup(other).(*js.LiteralExpr)
	if !ok || unary.Op != js.TypeofToken || !text || literal.TokenType != js.StringToken {
		return false
	}
	value := strings.Trim(string(literal.Data), `'"`)
	return value != "symbol" && value != "object"
}

func (p *printer) binary(e *js.BinaryExpr) {
	prec := binaryPrecedence[e.Op]
	switch {
	case prec == 0:
		p.assign(e)
		return
	case e.Op == js.ExpToken:
		p.s("Math.pow(")
		p.expr(e.X, js.OpAssign)
		p.tight(", ")
		p.expr(e.Y, js.OpAssign)
		p.s(")")
		return
	case e.Op == js.NullishToken:
		p.nullish(e)
		return
	case prec == js.OpEquals && (plainTypeof(e.X, e.Y) || plainTypeof(e.Y, e.X)):
		p.compareTypeof(e)
		return
	}
	if p.hasAwait(e.Y) && (e.Op == js.AndToken || e.Op == js.OrToken) {
		p.fn.gen.jump(p, p.exprText(e.X, js.OpUnary))
	}
	p.expr(e.X, prec)
	p.operator(e.Op)
	p.expr(e.Y, prec+1)
}

func (p *printer) operator(op js.TokenType) {
	if js.IsIdentifierName(op) {
		p.s(" " + op.String() + " ")
		return
	}
	p.space()
	p.s(op.String())
	p.space()
}

func (p *printer) compareTypeof(e *js.BinaryExpr) {
	for i, side := range []js.IExpr{e.X, e.Y} {
		if i > 0 {
			p.operator(e.Op)
		}
		if unary, ok := ungroup(side).(*js.UnaryExpr); ok && unary.Op == js.TypeofToken {
			p.s("typeof ")
			p.expr(unary.X, js.OpUnary)
			continue
		}
		p.expr(side, js.OpCompare)
	}
}

// nullish prints a ?? b.
func (p *printer) nullish(e *js.BinaryExpr) {
	text := p.exprText(e.X, js.OpAssign)
	name := text
	if v, ok := ungroup(e.X).(*js.Var); !ok || p.module.global(v) {
		name = p.temp(e.X)
		text = "(" + name + " = " + text + ")"
	}
	p.tight(text + " !== null && " + name + " !== void 0 ? " + name + " : ")
	p.expr(e.Y, js.OpAssign)
}

func (p *printer) assign(e *js.BinaryExpr) {
	switch target := ungroup(e.X).(type) {
	case *js.ArrayExpr, *js.ObjectExpr:
		p.assignPattern(target, e.Y)
		return
	}
	switch e.Op {
	case js.NullishEqToken, js.AndEqToken, js.OrEqToken:
		p.assignLogical(e)
		return
	case js.ExpEqToken:
		text := p.exprText(e.X, js.OpLHS)
		p.tight(text + " = Math.pow(" + text + ", ")
		p.expr(e.Y, js.OpAssign)
		p.s(")")
		return
	}
	p.module.reassign(p, e.X)
	p.expr(e.X, js.OpLHS)
	p.operator(e.Op)
	p.named(e.Y, nameOf(e.X))
}

func (p *printer) assignLogical(e *js.BinaryExpr) {
	text := p.exprText(e.X, js.OpLHS)
	switch e.Op {
	case js.AndEqToken:
		p.tight(text + " && (" + text + " = ")
		p.expr(e.Y, js.OpAssign)
		p.s(")")
	case js.OrEqToken:
		p.tight(text + " || (" + text + " = ")
		p.expr(e.Y, js.OpAssign)
		p.s(")")
	default:
		name := p.temp(e.X)
		p.tight("(" + name + " = " + text + ") !== null && " + name + " !== void 0 ? " + name + " : " + text + " = ")
		p.expr(e.Y, js.OpAssign)
	}
}

// nameOf is the name that a function gets by being assigned to e.
func nameOf(e js.IExpr) string {
	if v, ok := ungroup(e).(*js.Var); ok {
		return string(v.Name())
	}
	return ""
}

// named prints an expression; a function or class in it is called name unless it has
// a name of its own.
func (p *printer) named(e js.IExpr, name string) {
	switch f := ungroup(e).(type) {
	case *js.FuncDecl:
		if f.Name == nil {
			p.funcExpr(f, name)
			return
		}
	case *js.ArrowFunc:
		p.arrow(f, name)
		return
	case *js.ClassDecl:
		if f.Name == nil {
			p.classExpr(f, name)
			return
		}
	}
	p.expr(e, js.OpAssign)
}
