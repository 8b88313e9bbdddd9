package es5

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// explode prints a statement as states if it pauses or needs the machine otherwise,
// and reports whether it has.
func (p *printer) explode(stmt js.IStmt) bool {
	g := p.fn.gen
	switch s := stmt.(type) {
	case *js.VarDecl:
		p.hoist(s)
		return true
	case *js.ReturnStmt:
		p.abrupt(s)
		return true
	case *js.FuncDecl:
		g.count(1)
		return false
	}
	if !leaps(stmt) {
		g.count(1)
		return false
	}
	switch s := stmt.(type) {
	case *js.IfStmt:
		p.explodeIf(s)
	case *js.BlockStmt:
		p.statements(s.List)
	case *js.ForStmt, *js.WhileStmt, *js.DoWhileStmt, *js.ForInStmt:
		p.explodeLoop(s)
	case *js.ForOfStmt:
		p.explodeOf(s)
	case *js.TryStmt:
		p.explodeTry(s)
	case *js.SwitchStmt:
		p.explodeSwitch(s)
	case *js.ExprStmt:
		p.explodeExpr(s)
	default:
		return false
	}
	return true
}

func (p *printer) explodeExpr(s *js.ExprStmt) {
	text := p.exprText(s.Value, js.OpExpr)
	if text == p.fn.gen.context+".sent" {
		return
	}
	p.newline()
	p.s(text + ";")
	p.fn.gen.count(1)
}

// hoist prints a declaration as assignments: the variables live outside.
func (p *printer) hoist(d *js.VarDecl) {
	g := p.fn.gen
	p.hoistNames(d)
	for _, e := range d.List {
		if v, ok := e.Binding.(*js.Var); ok {
			g.declare(p.local(v))
		}
	}
	var decls []string
	for _, e := range d.List {
		if _, simple := e.Binding.(*js.Var); simple && e.Default == nil {
			continue
		}
		decls = p.declarator(d, e, decls)
	}
	if len(decls) == 0 {
		return
	}
	p.newline()
	for i, text := range decls {
		if i > 0 {
			p.tight(", ")
		}
		p.tight(text)
		name, _, _ := strings.Cut(text, " = ")
		g.declare(name)
	}
	p.s(";")
	g.count(1)
}

// declare notes a variable that lives outside of the machine.
func (g *generator) declare(name string) {
	if !slices.Contains(g.vars, name) {
		g.vars = append(g.vars, name)
	}
}

func (p *printer) abrupt(s *js.ReturnStmt) {
	g := p.fn.gen
	value := ""
	if s.Value != nil {
		value = ", " + p.exprText(s.Value, js.OpAssign)
	}
	p.newline()
	p.tight("return " + g.context + `.abrupt("return"` + value + ");")
	g.count(1)
}

// goTo prints a jump.
func (p *printer) goTo() {
	p.before(p.fn.gen.context+".next = "+strconv.Itoa(p.fn.gen.next+5)+";", "break;")
}

func (p *printer) explodeIf(s *js.IfStmt) {
	p.fn.gen.jump(p, p.exprText(s.Cond, js.OpUnary))
	p.states(s.Body)
	if s.Else != nil {
		p.goTo()
		p.state()
		p.states(s.Else)
	}
	p.state()
}

// states prints the body of a statement without its braces.
func (p *printer) states(stmt js.IStmt) {
	if block, ok := stmt.(*js.BlockStmt); ok {
		p.statements(block.List)
		return
	}
	p.statement(stmt)
}

func (p *printer) explodeLoop(stmt js.IStmt) {
	var cond, post js.IExpr
	var body js.IStmt
	switch s := stmt.(type) {
	case *js.ForStmt:
		if d, ok := s.Init.(*js.VarDecl); ok {
			p.hoist(d)
		}
		cond, post, body = s.Cond, s.Post, s.Body
	case *js.WhileStmt:
		cond, body = s.Cond, s.Body
	case *js.DoWhileStmt:
		cond, body = s.Cond, s.Body
	case *js.ForInStmt:
		cond, body = s.Value, s.Body
	}
	p.state()
	if cond != nil {
		p.fn.gen.jump(p, p.exprText(cond, js.OpUnary))
	}
	p.within(leaveMachine, func() { p.states(body) })
	if post != nil {
		p.state()
		p.explodeExpr(&js.ExprStmt{Value: post})
	}
	p.goTo()
	p.state()
}

func (p *printer) explodeOf(s *js.ForOfStmt) {
	g := p.fn.gen
	iterator, step := p.uid("iterator"), p.uid("step")
	g.vars = append(g.vars, iterator, step)
	p.newline()
	p.tight(iterator + " = " + p.helper("createForOfIteratorHelper") + "(" + p.exprText(s.Value, js.OpAssign) + ");")
	g.count(1)
	p.before(g.context+".prev = "+strconv.Itoa(g.next)+";", iterator+".s();")
	p.state()
	g.jump(p, "("+step+" = "+iterator+".n()).done")
	p.ofStates(s, step+".value")
	p.goTo()
	p.state()
	p.goTo()
	p.state()
	p.before(g.context+".prev = "+strconv.Itoa(g.next)+";", g.context+".t"+strconv.Itoa(g.temps)+" = "+g.context+`["catch"](`+strconv.Itoa(g.next)+");", iterator+".e("+g.context+".t"+strconv.Itoa(g.temps)+");")
	g.temps++
	p.state()
	p.before(g.context+".prev = "+strconv.Itoa(g.next)+";", iterator+".f();", "return "+g.context+".finish("+strconv.Itoa(g.next)+");")
	p.state()
	n := strconv.Itoa(g.next)
	g.tries = append(g.tries, "["+n+", "+n+", "+n+", "+n+"]")
}

func (p *printer) ofStates(s *js.ForOfStmt, value string) {
	if d, ok := s.Init.(*js.VarDecl); ok {
		p.hoistNames(d)
		for _, text := range p.pattern(d.List[0].Binding, value, nil) {
			name, _, _ := strings.Cut(text, " = ")
			p.fn.gen.declare(name)
			p.before(text + ";")
		}
	}
	p.within(leaveMachine, func() { p.statements(s.Body.List) })
}

func (p *printer) explodeTry(s *js.TryStmt) {
	g := p.fn.gen
	start := strconv.Itoa(g.next)
	p.before(g.context + ".prev = " + start + ";")
	entry := "[" + start
	p.statements(s.Body.List)
	p.goTo()
	p.state()
	if s.Catch != nil {
		n := strconv.Itoa(g.next)
		entry += ", " + n
		name := g.context + ".t" + strconv.Itoa(g.temps)
		g.temps++
		p.before(g.context+".prev = "+n+";", name+" = "+g.context+`["catch"](`+start+");")
		p.catchName(s.Binding, name)
		p.statements(s.Catch.List)
		p.state()
	}
	if s.Finally != nil {
		n := strconv.Itoa(g.next)
		entry += ", " + n + ", " + n
		p.before(g.context + ".prev = " + n + ";")
		p.statements(s.Finally.List)
		p.before("return " + g.context + ".finish(" + n + ");")
		p.state()
	}
	g.tries = append(g.tries, entry+"]")
}

// catchName lets the caught error be printed as the machine's variable.
func (p *printer) catchName(binding js.IBinding, name string) {
	if v, ok := binding.(*js.Var); ok {
		p.module.names[resolve(v)] = name
	}
}

func (p *printer) explodeSwitch(s *js.SwitchStmt) {
	g := p.fn.gen
	g.temps++
	p.before(g.context + ".t" + strconv.Itoa(g.temps) + " = " + p.exprText(s.Init, js.OpAssign) + ";")
	text := g.context + ".next = "
	for _, clause := range s.List {
		if clause.Cond != nil {
			text += g.context + ".t" + strconv.Itoa(g.temps) + " === " + p.exprText(clause.Cond, js.OpCompare) + " ? " + strconv.Itoa(g.next+8) + " : "
		}
	}
	p.before(text+strconv.Itoa(g.next+9)+";", "break;")
	p.within(leaveMachine, func() {
		for _, clause := range s.List {
			p.state()
			p.statements(clause.List)
		}
	})
	p.state()
}
