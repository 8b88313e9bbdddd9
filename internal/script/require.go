package script

import "strings"

// unknown is the kind of a require whose argument does not begin with a literal,
// while the scan goes on.
const unknown Kind = "unknown"

// require handles the word require from i to j, behind the token before.
func (s *scanner) require(i, j int, before token) {
	k := s.skip(j)
	next := s.at(k)
	if s.bound(before, next) {
		return
	}
	if before == tTypeof {
		s.cur.guard = true
	}
	s.requireNext = k
	if s.cur.shadow {
		return
	}
	kind := Require
	name, end := s.member(k)
	switch {
	case name == "async":
		kind, k = Async, s.skip(end)
	case name != "":
		return
	}
	if s.at(k) == '?' && s.at(k+1) == '.' {
		k = s.skip(k + 2)
	}
	if s.at(k) != '(' || s.argument(kind, "", s.skip(k+1)) {
		return
	}
	s.add(Ref{Kind: unknown, Offset: i})
}

// bound reports whether the word require is the name of a binding, between the
// tokens before and next. It declares it, or leaves that to the end of the pattern
// or of the parameters.
func (s *scanner) bound(before token, next byte) bool {
	switch {
	case s.fn == fExpression:
		s.fnShadow = true
		return true
	case s.fn == fDeclaration:
		s.declare(scopeBlock)
		return true
	case s.fn == fAmbient:
		return true
	case before == tDecl || before == ',' && s.cur.decl != scopeNone && strings.IndexByte("=,;", next) >= 0:
		s.declare(s.cur.decl)
		return true
	case s.cur.kind < kParen && s.cur.kind != kObject:
		return false
	}
	opens := before == '(' || before == '{' || before == '[' || before == ',' || before == ':' || before == tSpread
	closes := next != 0 && strings.IndexByte(",)]}=:", next) >= 0
	s.cur.saw = s.cur.saw || opens && closes
	return false
}

// declare hides require in a scope around here, also from what came before in it:
// declarations are hoisted.
func (s *scanner) declare(reach scope) {
	if reach == scopeNone || s.cur.shadow {
		return
	}
	f := &s.cur
	for n := len(s.stack); ; n-- {
		f.shadow = true
		if n == 0 || f.kind == kFunction || f.kind == kBlock && reach == scopeBlock {
			break
		}
		f = &s.stack[n-1]
	}
	s.forget(int(f.refs))
}

// forget takes back the requires from a ref on.
func (s *scanner) forget(from int) {
	if s.budget -= len(s.refs) - from; s.budget < 0 {
		return
	}
	kept := s.refs[:from]
	for _, r := range s.refs[from:] {
		if r.Kind == URL || r.Kind == Import || r.Kind == Dynamic {
			kept = append(kept, r)
		}
	}
	s.refs = kept
}

// argument notes the literal at i, the first argument of a call, and reports
// whether there is one.
func (s *scanner) argument(kind Kind, name string, i int) bool {
	lit := s.literal(i)
	if !lit.ok || lit.open && lit.spec == "" {
		return false
	}
	r := Ref{Kind: kind, Name: name, Spec: lit.spec, Offset: i, Length: lit.end - i, Guarded: s.cur.guard, Nested: s.nested()}
	k := s.skip(lit.end)
	switch s.at(k) {
	case ')', '}':
		r.Partial = lit.open
	case ',':
		r.Partial = lit.open
		if kind == Require && s.at(s.skip(k+1)) != ')' {
			r.Kind = Async
		}
	default:
		r.Partial = lit.open || k < len(s.src)
	}
	s.add(r)
	return true
}

func (s *scanner) add(r Ref) {
	s.refs = append(s.refs, found{r, s.cur.try})
}

// nested reports whether what stands here is run later: in a function, or for each
// object of a class.
func (s *scanner) nested() bool {
	return s.cur.nested || s.cur.kind == kClass && s.cur.value && !s.cur.static
}
