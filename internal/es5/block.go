package es5

import "github.com/tdewolff/parse/v2/js"

// hoistNames makes the block variables of a declaration the function's, as Babel
// does: one whose name is taken gets another.
func (p *printer) hoistNames(d *js.VarDecl) {
	if d.TokenType == js.VarToken || d.Scope == nil || d.Scope.Func == d.Scope {
		return
	}
	for _, e := range d.List {
		p.hoistBinding(e.Binding, d.Scope)
	}
}

func (p *printer) hoistBinding(binding js.IBinding, scope *js.Scope) {
	switch b := binding.(type) {
	case *js.Var:
		p.hoistVar(b, scope)
	case *js.BindingObject:
		for _, item := range b.List {
			p.hoistBinding(item.Value.Binding, scope)
		}
		if b.Rest != nil {
			p.hoistVar(b.Rest, scope)
		}
	case *js.BindingArray:
		for _, item := range b.List {
			p.hoistBinding(item.Binding, scope)
		}
		if b.Rest != nil {
			p.hoistBinding(b.Rest, scope)
		}
	}
}

func (p *printer) hoistVar(v *js.Var, scope *js.Scope) {
	name := string(v.Data)
	if p.taken(name, scope) {
		p.module.names[resolve(v)] = p.uid(name)
		return
	}
	if p.fn.hoisted == nil {
		p.fn.hoisted = map[string]bool{}
	}
	p.fn.hoisted[name] = true
}

// taken reports whether a scope around this one has a variable of that name.
func (p *printer) taken(name string, scope *js.Scope) bool {
	for s := scope.Parent; s != nil; s = s.Parent {
		if p.declared(s)[name] {
			return true
		}
	}
	for f := p.fn; f != nil; f = f.outer {
		if f.hoisted[name] {
			return true
		}
	}
	return false
}

func (p *printer) declared(s *js.Scope) map[string]bool {
	names, ok := p.scopes[s]
	if !ok {
		names = make(map[string]bool, len(s.Declared))
		for _, v := range s.Declared {
			names[string(v.Data)] = true
		}
		p.scopes[s] = names
	}
	return names
}
