package es5

import "github.com/tdewolff/parse/v2/js"

// captured reports whether a function in the body of a loop uses a variable that each
// turn of the loop has anew: the body has to become a function then.
func (p *printer) captured(body *js.BlockStmt) bool {
	if body == nil {
		return false
	}
	f := &captureFinder{own: map[*js.Var]bool{}}
	f.declare(body.Scope)
	js.Walk(f, body)
	return f.found
}

type captureFinder struct {
	own   map[*js.Var]bool
	depth int
	found bool
}

func (f *captureFinder) declare(s js.Scope) {
	for _, v := range s.Declared {
		if v.Decl == js.LexicalDecl {
			f.own[v] = true
		}
	}
}

// Enter implements js.IVisitor.
func (f *captureFinder) Enter(n js.INode) js.IVisitor {
	if f.found {
		return nil
	}
	switch n := n.(type) {
	case *js.BlockStmt:
		if f.depth == 0 {
			f.declare(n.Scope)
		}
	case *js.FuncDecl, *js.ArrowFunc, *js.MethodDecl:
		f.depth++
	case *js.Var:
		f.found = f.found || f.depth > 0 && f.own[resolve(n)]
	}
	return f
}

// Exit implements js.IVisitor.
func (f *captureFinder) Exit(n js.INode) {
	switch n.(type) {
	case *js.FuncDecl, *js.ArrowFunc, *js.MethodDecl:
		f.depth--
	}
}
