package es5

import (
	"slices"
	"strconv"

	"github.com/tdewolff/parse/v2/js"
)

// program prints the whole file.
func (p *printer) program(ast *js.AST) {
	p.fn = &function{}
	list := p.directives(ast.List)
	p.module.prepare(p, list)
	p.statements(list)
	body := p.b
	p.b = nil
	start := p.startText()
	p.s(`"use strict";`)
	if !p.compact {
		p.s("\n")
	}
	p.header()
	p.s(start)
	p.b = append(p.b, body...)
}

// statements prints each on lines of its own.
func (p *printer) statements(list []js.IStmt) {
	for _, stmt := range list {
		if f, ok := stmt.(*js.FuncDecl); ok && (p.fn.loops > 0 || p.fn.block > 0) {
			p.newline()
			p.s("var " + string(f.Name.Name()) + " = ")
			p.funcExpr(f, "")
			p.s(";")
			continue
		}
		p.statement(stmt)
	}
}

func (p *printer) statement(stmt js.IStmt) {
	if p.fn.gen != nil && p.explode(stmt) {
		return
	}
	if skipped(stmt) {
		return
	}
	p.newline()
	p.inList = true
	p.bare(stmt)
}

// skipped reports whether nothing is printed for a statement where it stands.
func skipped(stmt js.IStmt) bool {
	switch stmt.(type) {
	case *js.ImportStmt, *js.Comment:
		return true
	}
	return false
}

// bare prints a statement where the cursor is.
func (p *printer) bare(stmt js.IStmt) {
	inList := p.inList
	p.inList = false
	switch s := stmt.(type) {
	case *js.ExprStmt:
		p.exprStmt(s)
	case *js.VarDecl:
		p.declaration(s, inList)
		p.s(";")
		p.module.exported(p, bound(s)...)
	case *js.FuncDecl:
		p.funcDecl(s)
	case *js.ClassDecl:
		p.classDecl(s)
	case *js.ReturnStmt:
		p.word("return", s.Value)
	case *js.ThrowStmt:
		p.word("throw", s.Value)
	case *js.BlockStmt:
		p.block(s.List)
	case *js.EmptyStmt:
		p.s(";")
	case *js.DebuggerStmt:
		p.s("debugger;")
	case *js.BranchStmt:
		p.branch(s)
	case *js.LabelledStmt:
		p.s(string(s.Label) + ":")
		p.space()
		p.bare(s.Value)
	case *js.ExportStmt:
		p.export(s)
	case *js.DirectivePrologueStmt:
		p.s(string(s.Value) + ";")
	default:
		p.control(stmt)
	}
}

// control prints the statements that have a body.
func (p *printer) control(stmt js.IStmt) {
	switch s := stmt.(type) {
	case *js.IfStmt:
		p.ifStmt(s)
	case *js.ForStmt:
		p.forStmt(s)
	case *js.ForInStmt:
		p.forIn(s)
	case *js.ForOfStmt:
		p.forOf(s)
	case *js.WhileStmt:
		p.head("while", s.Cond)
		p.loopBody(s.Body)
	case *js.DoWhileStmt:
		p.doWhile(s)
	case *js.SwitchStmt:
		p.switchStmt(s)
	case *js.TryStmt:
		p.try(s)
	case *js.WithStmt:
		p.head("with", s.Cond)
		p.inner(s.Body)
	}
}

func (p *printer) exprStmt(s *js.ExprStmt) {
	if e, ok := ungroup(s.Value).(*js.BinaryExpr); ok && e.Op == js.EqToken {
		switch target := ungroup(e.X).(type) {
		case *js.ArrayExpr, *js.ObjectExpr:
			p.patternStmt(target, e.Y)
			return
		}
	}
	text := p.exprText(s.Value, js.OpExpr)
	if hasPrefix(text, "function") || hasPrefix(text, "{") {
		text = "(" + text + ")"
	}
	p.s(text + ";")
}

func hasPrefix(text, prefix string) bool {
	return len(text) >= len(prefix) && text[:len(prefix)] == prefix
}

func (p *printer) word(word string, value js.IExpr) {
	if value == nil {
		p.s(word + ";")
		return
	}
	text := p.exprText(value, js.OpExpr)
	p.s(word + " " + text + ";")
}

// branch prints break and continue.
func (p *printer) branch(s *js.BranchStmt) {
	l := p.fn.leave
	if l.mode != leavePlain && (s.Type == js.BreakToken && l.breaks == 0 || s.Type == js.ContinueToken && l.continues == 0) {
		if l.mode == leaveFunction {
			p.s("return \"" + s.Type.String() + "\";")
		} else {
			p.tight("return " + p.fn.gen.context + ".abrupt(\"" + s.Type.String() + "\", " + strconv.Itoa(p.fn.gen.next+5) + ");")
		}
		return
	}
	p.s(s.Type.String())
	if s.Label != nil {
		p.s(" " + string(s.Label))
	}
	p.s(";")
}

// block prints statements in braces.
func (p *printer) block(list []js.IStmt) {
	p.s("{")
	p.indent++
	p.fn.block++
	at := len(p.b)
	p.statements(list)
	p.fn.block--
	p.indent--
	if len(p.b) > at {
		p.newline()
	}
	p.s("}")
}

// inner prints the body of a statement: a block on the same line, or a statement.
func (p *printer) inner(stmt js.IStmt) {
	switch s := stmt.(type) {
	case nil, *js.EmptyStmt:
		p.s(";")
	case *js.BlockStmt:
		p.space()
		p.block(s.List)
	default:
		p.space()
		p.bare(s)
	}
}

func (p *printer) loopBody(stmt js.IStmt) {
	p.turn(func() { p.inner(stmt) })
}

// turn prints the body of a loop.
func (p *printer) turn(print func()) {
	f := p.fn
	f.loops++
	f.leave.breaks++
	f.leave.continues++
	print()
	f.leave.breaks--
	f.leave.continues--
	f.loops--
}

// within prints the body of a loop that is none any more.
func (p *printer) within(mode leaveMode, print func()) {
	f := p.fn
	saved := f.leave
	f.leave = leave{mode: mode}
	f.loops++
	print()
	f.loops--
	f.leave = saved
}

func (p *printer) head(word string, cond js.IExpr) {
	p.s(word)
	p.space()
	p.s("(")
	p.expr(cond, js.OpExpr)
	p.s(")")
}

func (p *printer) ifStmt(s *js.IfStmt) {
	p.head("if", s.Cond)
	p.inner(s.Body)
	if s.Else == nil {
		return
	}
	if _, block := s.Body.(*js.BlockStmt); block {
		p.space()
	}
	p.s("else")
	if _, block := s.Else.(*js.BlockStmt); !block && p.compact {
		p.s(" ")
	}
	p.inner(s.Else)
}

func (p *printer) doWhile(s *js.DoWhileStmt) {
	p.s("do")
	if _, block := s.Body.(*js.BlockStmt); !block && p.compact {
		p.s(" ")
	}
	p.loopBody(s.Body)
	p.space()
	p.head("while", s.Cond)
	p.s(";")
}

func (p *printer) forStmt(s *js.ForStmt) {
	captured := p.captured(s.Body)
	p.s("for")
	p.space()
	p.s("(")
	if d, ok := s.Init.(*js.VarDecl); s.Init != nil && (!ok || len(d.List) > 0) {
		p.expr(s.Init, js.OpExpr)
	}
	p.s(";")
	for i, e := range []js.IExpr{s.Cond, s.Post} {
		if e != nil {
			p.space()
			p.expr(e, js.OpExpr)
		}
		if i == 0 {
			p.s(";")
		}
	}
	p.s(")")
	p.forBody(s.Body, captured)
}

// forBody prints the block of a for statement; a body whose variables a function
// keeps becomes a function itself.
func (p *printer) forBody(body *js.BlockStmt, captured bool) {
	if body == nil {
		p.s(";")
		return
	}
	if captured {
		p.loopFunction(body.List)
		return
	}
	p.turn(func() {
		p.space()
		if p.dense && len(body.List) == 1 {
			p.bare(body.List[0])
			return
		}
		p.block(body.List)
	})
}

func (p *printer) loopFunction(list []js.IStmt) {
	name := p.uid("loop")
	p.tight(" {")
	p.newline()
	p.tight("var " + name + " = function " + name + "(_) ")
	p.within(leaveFunction, func() { p.block(list) })
	p.s(";")
	p.line(name + "(_);")
	p.s("}")
}

func (p *printer) forIn(s *js.ForInStmt) {
	captured := p.captured(s.Body)
	p.tight("for (")
	p.loopVariable(s.Init)
	p.s(" in ")
	p.expr(s.Value, js.OpExpr)
	p.s(")")
	p.forBody(s.Body, captured)
}

func (p *printer) loopVariable(e js.IExpr) {
	d, ok := e.(*js.VarDecl)
	if !ok {
		p.expr(e, js.OpLHS)
		return
	}
	if v, simple := d.List[0].Binding.(*js.Var); simple {
		p.hoistNames(d)
		p.s("var " + p.local(v))
		return
	}
	p.s("var " + p.uid("ref"))
}

// forOf prints a loop over an iterator.
func (p *printer) forOf(s *js.ForOfStmt) {
	if array(s.Value) {
		p.forArray(s)
		return
	}
	iterator, step := p.uid("iterator"), p.uid("step")
	p.tight("var " + iterator + " = " + p.helper("createForOfIteratorHelper") + "(")
	p.expr(s.Value, js.OpAssign)
	p.s("),")
	p.indent++
	p.newline()
	p.s(step + ";")
	p.indent--
	p.newline()
	p.tight("try {")
	p.indent++
	p.newline()
	captured := p.captured(s.Body)
	p.tight("for (" + iterator + ".s(); !(" + step + " = " + iterator + ".n()).done;) ")
	p.ofBody(s, step+".value", captured)
	p.indent--
	p.newline()
	p.tight("} catch (err) {")
	p.line(iterator + ".e(err);")
	p.tight("} finally {")
	p.line(iterator + ".f();")
	p.s("}")
}

// array reports whether a value is known to be an array: an iterator is not needed then.
func array(e js.IExpr) bool {
	switch e := ungroup(e).(type) {
	case *js.ArrayExpr:
		return true
	case *js.CallExpr:
		dot, ok := e.X.(*js.DotExpr)
		if !ok {
			return false
		}
		object, ok := dot.X.(*js.Var)
		return ok && string(object.Name()) == "Object" && slices.Contains([]string{"keys", "values", "entries"}, memberName(dot.Y))
	}
	return false
}

func (p *printer) forArray(s *js.ForOfStmt) {
	stem := stemOf(s.Value)
	if _, literal := ungroup(s.Value).(*js.ArrayExpr); literal {
		stem = "arr"
	}
	index, list := p.uid("i"), p.uid(stem)
	captured := p.captured(s.Body)
	p.tight("for (var " + index + " = 0, " + list + " = ")
	p.expr(s.Value, js.OpAssign)
	p.tight("; " + index + " < " + list + ".length; " + index + "++) ")
	p.ofBody(s, list+"["+index+"]", captured)
}

// line prints one line, indented by one more, and starts the next.
func (p *printer) line(text string) {
	p.indent++
	p.newline()
	p.s(text)
	p.indent--
	p.newline()
}

func (p *printer) ofBody(s *js.ForOfStmt, value string, captured bool) {
	p.s("{")
	p.indent++
	if captured {
		p.newline()
		name := p.uid("loop")
		p.tight("var " + name + " = function " + name + "() {")
		p.indent++
	}
	p.newline()
	p.ofVariable(s.Init, value)
	p.fn.block++
	if captured {
		p.within(leaveFunction, func() { p.statements(s.Body.List) })
	} else {
		p.turn(func() { p.statements(s.Body.List) })
	}
	p.fn.block--
	if captured {
		p.indent--
		p.newline()
		p.s("};")
	}
	p.indent--
	p.newline()
	p.s("}")
}

func (p *printer) ofVariable(e js.IExpr, value string) {
	d, ok := e.(*js.VarDecl)
	if !ok {
		p.expr(e, js.OpLHS)
		p.tight(" = " + value + ";")
		return
	}
	binding := d.List[0].Binding
	p.hoistNames(d)
	if o, object := binding.(*js.BindingObject); object && len(o.List) > 1 {
		name := p.uid("step$value")
		p.indent++
		decls := p.pattern(binding, name, []string{name + " = " + value})
		p.indent--
		p.declare(decls)
		return
	}
	p.indent++
	decls := p.pattern(binding, value, nil)
	p.indent--
	p.declare(decls)
}

func (p *printer) switchStmt(s *js.SwitchStmt) {
	p.head("switch", s.Init)
	p.space()
	p.s("{")
	p.indent++
	p.fn.block++
	p.fn.leave.breaks++
	for _, clause := range s.List {
		p.newline()
		if clause.Cond != nil {
			p.s("case ")
			p.expr(clause.Cond, js.OpExpr)
			p.s(":")
		} else {
			p.s("default:")
		}
		p.indent++
		p.statements(clause.List)
		p.indent--
	}
	p.fn.leave.breaks--
	p.fn.block--
	p.indent--
	p.newline()
	p.s("}")
}

func (p *printer) try(s *js.TryStmt) {
	p.s("try")
	p.space()
	p.block(s.Body.List)
	if s.Catch != nil {
		p.catch(s)
	}
	if s.Finally != nil {
		p.tight(" finally ")
		p.block(s.Finally.List)
	}
}

func (p *printer) catch(s *js.TryStmt) {
	name := ""
	switch b := s.Binding.(type) {
	case nil:
		name = p.uid("unused")
	case *js.Var:
		name = p.local(b)
	default:
		name = p.uid("ref")
	}
	p.tight(" catch (" + name + ")")
	p.space()
	at := len(p.b) + 1
	p.block(s.Catch.List)
	if _, simple := s.Binding.(*js.Var); !simple && s.Binding != nil {
		rest := string(p.b[at:])
		p.b = p.b[:at]
		p.indent++
		p.newline()
		p.declare(p.pattern(s.Binding, name, nil))
		p.indent--
		p.s(rest)
	}
}
