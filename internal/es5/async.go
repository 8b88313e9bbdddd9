package es5

import (
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// generator is the state of a function that becomes a state machine (regenerator).
type generator struct {
	callee   string
	awaiter  string // the helper through which an async generator waits, "" in others
	usesThis bool
	context  string
	next     int      // number of the next state
	temps    int      // values kept over a pause
	tries    []string // the table of try statements
	vars     []string // variables, declared outside of the machine
	held     bool     // an expression is being printed aside
	out      []byte   // what stands in front of it
}

// regenerator is the local name of the helper that runs state machines.
func (p *printer) regenerator() string { return p.helper("regeneratorRuntime") }

// asyncParams are as many made-up parameters as the function has before a default.
func (p *printer) asyncParams(params js.Params) string {
	var names []string
	for _, param := range params.List {
		if param.Default != nil {
			break
		}
		names = append(names, p.uid("x"))
	}
	return strings.Join(names, ", ")
}

// marked prints _asyncToGenerator2( ...mark(function _callee() {...})), or the like for an
// async generator.
func (p *printer) marked(f asyncFunction) {
	callee, wrapper := p.uid("callee"), "asyncToGenerator"
	if f.generator {
		p.awaiter = p.helper("awaitAsyncGenerator")
		wrapper = "wrapAsyncGenerator"
	}
	p.tight(p.helper(wrapper) + "( /*#__PURE__*/" + p.regenerator() + "().mark(function " + callee)
	p.function(callee, f.params, f.body, f.arrow, true)
	p.s("))")
}

// asyncFunction is what makes a difference to how an async function is printed.
type asyncFunction struct {
	params           js.Params
	body             js.BlockStmt
	arrow, generator bool
}

// asyncExpr prints an async function expression.
func (p *printer) asyncExpr(name string, own bool, f asyncFunction) {
	if name == "" && len(f.params.List) == 0 && f.params.Rest == nil {
		if len(p.b) > 0 && p.b[len(p.b)-1] == '(' {
			p.space()
		}
		p.s("/*#__PURE__*/")
		p.marked(f)
		return
	}
	stem := "ref"
	if own && name != "" {
		stem = name
	}
	inner := p.uid(stem)
	if !own {
		p.s("/*#__PURE__*/")
	}
	p.tight("function () {")
	p.indent++
	p.newline()
	p.tight("var " + inner + " = ")
	p.marked(f)
	p.s(";")
	p.newline()
	word := "return function"
	if own {
		word = "function"
	}
	if name != "" {
		word += " " + name
	} else if !p.compact {
		word += " "
	}
	p.tight(word + "(" + p.asyncParams(f.params) + ") {")
	p.line("return " + inner + ".apply(this, arguments);")
	p.s("}")
	if own {
		p.line0("return " + name + ";")
	} else {
		p.s(";")
	}
	p.indent--
	p.newline()
	p.s("}()")
}

func (p *printer) asyncDecl(name string, f *js.FuncDecl) {
	inner := p.uid(name)
	p.tight("function " + name + "(" + p.asyncParams(f.Params) + ") {")
	p.line("return " + inner + ".apply(this, arguments);")
	p.s("}")
	p.newline()
	p.tight("function " + inner + "() {")
	p.indent++
	p.newline()
	p.tight(inner + " = ")
	p.marked(asyncFunction{f.Params, f.Body, false, f.Generator})
	p.s(";")
	p.newline()
	p.tight("return " + inner + ".apply(this, arguments);")
	p.indent--
	p.newline()
	p.s("}")
}

// asyncMethod prints an async method of an object.
func (p *printer) asyncMethod(m *js.MethodDecl, name string) {
	f := &function{outer: p.fn}
	p.fn = f
	names, starts := p.params(m.Params)
	p.s("function")
	p.functionName(name)
	p.tight("(" + strings.Join(names, ", ") + ") {")
	p.indent++
	at := len(p.b)
	for _, start := range starts {
		p.newline()
		start()
	}
	p.newline()
	p.s("return ")
	p.marked(asyncFunction{body: m.Body, arrow: true, generator: m.Generator})
	p.s("();")
	p.insertStart(at)
	p.indent--
	p.newline()
	p.s("}")
	p.fn = f.outer
}

// generatorBody prints the statements as a state machine.
func (p *printer) generatorBody(print func()) {
	g := p.fn.gen
	g.context = p.uid("context")
	saved := p.b
	p.b = nil
	p.indent += 3
	print()
	p.indent -= 3
	states := p.b
	p.b = saved
	if len(g.vars) > 0 {
		p.newline()
		p.s("var " + strings.Join(g.vars, ", ") + ";")
	}
	p.newline()
	p.tight("return " + p.regenerator() + "().wrap(function " + g.callee + "$(" + g.context + ") {")
	p.indent++
	p.newline()
	p.tight("while (1) switch (" + g.context + ".prev = " + g.context + ".next) {")
	p.indent++
	p.newline()
	p.s("case 0:")
	p.b = append(p.b, states...)
	p.newline()
	p.s("case " + strconv.Itoa(g.next) + ":")
	p.newline()
	p.s(`case "end":`)
	p.indent++
	p.newline()
	p.s("return " + g.context + ".stop();")
	p.indent -= 2
	p.newline()
	p.s("}")
	p.indent--
	p.newline()
	p.s("}, " + g.callee)
	p.generatorEnd(g)
	p.s(");")
}

func (p *printer) generatorEnd(g *generator) {
	if g.usesThis {
		p.tight(", this")
	} else if len(g.tries) > 0 {
		p.tight(", null")
	}
	if len(g.tries) > 0 {
		p.tight(", [" + strings.Join(g.tries, ", ") + "]")
	}
}

// state begins the next state.
func (p *printer) state() {
	p.indent--
	p.newline()
	p.s("case " + strconv.Itoa(p.fn.gen.next) + ":")
	p.indent++
}

// count notes n statements of the machine: states are numbered by statements.
func (g *generator) count(n int) { g.next += n }

// hasAwait reports whether this function pauses in e.
func (p *printer) hasAwait(e js.IExpr) bool {
	return p.fn.gen != nil && e != nil && pauses(e)
}

// pauses reports whether there is an await or a yield in a node, outside of the
// functions in it.
func pauses(n js.INode) bool {
	f := pauseFinder{}
	js.Walk(&f, n)
	return f.found
}

type pauseFinder struct {
	found bool
	leaps bool // statements that leave count as well
}

// leaps reports whether a statement must become states: it pauses, or it leaves a
// statement around it.
func leaps(n js.INode) bool {
	f := pauseFinder{leaps: true}
	js.Walk(&f, n)
	return f.found
}

// Enter implements js.IVisitor.
func (f *pauseFinder) Enter(n js.INode) js.IVisitor {
	switch n := n.(type) {
	case *js.FuncDecl, *js.ArrowFunc, *js.MethodDecl, *js.ClassDecl:
		return nil
	case *js.UnaryExpr:
		f.found = f.found || n.Op == js.AwaitToken
	case *js.YieldExpr:
		f.found = true
	case *js.ReturnStmt, *js.BranchStmt, *js.ThrowStmt:
		f.found = f.found || f.leaps
	case *js.ForOfStmt:
		f.found = f.found || n.Await
	}
	if f.found {
		return nil
	}
	return f
}

// Exit implements js.IVisitor.
func (f *pauseFinder) Exit(js.INode) {}

// before prints a line of the machine in front of the statement being printed.
func (p *printer) before(lines ...string) {
	g := p.fn.gen
	saved := p.b
	if g.held {
		p.b = g.out
	}
	for _, line := range lines {
		p.newline()
		p.tight(line)
	}
	g.count(len(lines))
	if g.held {
		g.out = p.b
		p.b = saved
	}
}

// await prints what an await is worth, after the pause.
func (p *printer) await(e js.IExpr) {
	if g := p.fn.gen; g != nil && g.awaiter != "" {
		p.pause(&js.CallExpr{X: &js.LiteralExpr{TokenType: js.IdentifierToken, Data: []byte(g.awaiter)}, Args: js.Args{List: []js.Arg{{Value: e}}}}, "return ")
		return
	}
	p.pause(e, "return ")
}

func (p *printer) yield(e *js.YieldExpr) {
	if g := p.fn.gen; e.Generator && g != nil && g.awaiter != "" {
		p.helper("asyncGeneratorDelegate")
		p.helper("asyncIterator")
	}
	if e.X == nil {
		p.pause(&js.LiteralExpr{TokenType: js.IdentifierToken}, "return")
		return
	}
	p.pause(e.X, "return ")
}

func (p *printer) pause(e js.IExpr, word string) {
	g := p.fn.gen
	if g == nil { // await at the top of a module, which Babel leaves
		p.s("await ")
		p.expr(e, js.OpUnary)
		return
	}
	text := p.exprText(e, js.OpExpr)
	g.count(2)
	if !g.held {
		p.afterPause(text, word)
		p.s(g.context + ".sent")
		return
	}
	saved := p.b
	p.b = g.out
	p.afterPause(text, word)
	g.out, p.b = p.b, saved
	p.s(g.context + ".sent")
}

func (p *printer) afterPause(text, word string) {
	p.newline()
	p.tight(p.fn.gen.context + ".next = " + strconv.Itoa(p.fn.gen.next) + ";")
	p.newline()
	p.s(word + text + ";")
	p.state()
}

// jump prints the test of a condition whose consequence pauses.
func (g *generator) jump(p *printer, cond string) {
	test := "!" + cond
	if strings.HasPrefix(cond, "!") && !strings.HasPrefix(cond, "!=") {
		test = cond[1:]
	}
	lines := []string{"if (" + test + ") {", "  " + g.context + ".next = " + strconv.Itoa(g.next+8) + ";", "  break;", "}"}
	p.before(lines...)
	g.count(1 - len(lines))
}

func (p *printer) awaitsIn(args []js.Arg) bool {
	if p.fn.gen == nil {
		return false
	}
	for _, a := range args {
		if pauses(a.Value) {
			return true
		}
	}
	return false
}

// awaitCall prints a call whose arguments pause: what is evaluated before is kept.
func (p *printer) awaitCall(e *js.CallExpr) {
	g := p.fn.gen
	keep := func(text string) string {
		name := g.context + ".t" + strconv.Itoa(g.temps)
		g.temps++
		p.before(name + " = " + text + ";")
		return name
	}
	object, callee := "", ""
	if base, _ := link(e.X); base != nil {
		object = keep(p.exprText(base, js.OpCall))
	}
	callee = keep(p.exprText(e.X, js.OpCall))
	var args []string
	for _, a := range e.Args.List {
		args = append(args, keep(p.exprText(a.Value, js.OpAssign)))
	}
	if object != "" {
		p.tight(callee + ".call(" + strings.Join(append([]string{object}, args...), ", ") + ")")
		return
	}
	p.tight("(0, " + callee + ")(" + strings.Join(args, ", ") + ")")
}
