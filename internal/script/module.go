package script

import "bytes"

// importWord handles the word import from i to j: a declaration, a call, or
// import.meta. It returns the end of what it read.
func (s *scanner) importWord(i, j int) int {
	before := s.prev
	s.prev = tKeyword
	switch k := s.skip(j); {
	case s.at(k) == '(':
		if before != tTypeof { // TypeScript: a type
			s.argument(Dynamic, "", s.skip(k+1))
		}
		s.prev = tIdent
	case s.at(k) == '.':
		s.prev = tIdent
	case len(s.stack) == 0:
		return s.importDeclaration(i, j)
	}
	return j
}

// importDeclaration reads from the word import, from i to j, to the module's name.
func (s *scanner) importDeclaration(i, j int) int {
	k := s.skip(j)
	clause := clause{s: s, at: k}
	if !clause.read() {
		return j
	}
	s.module(i)
	if !clause.types {
		s.add(Ref{Kind: Import, Spec: clause.from.spec, Offset: clause.at, Length: clause.from.end - clause.at})
	}
	if clause.require {
		s.declare(scopeFunction)
	}
	s.prev = tLiteral
	return clause.from.end
}

// module notes that the script is a module because of the word at i.
func (s *scanner) module(i int) {
	if !s.out.Module {
		s.out.Module, s.out.ModuleOffset = true, i
	}
}

// export handles the word export from i to j. TypeScript's export = makes no module.
func (s *scanner) export(i, j int) int {
	s.prev = tExport
	k := s.skip(j)
	if len(s.stack) > 0 || s.at(k) == '=' {
		return j
	}
	if s.wordAt(k, "import") {
		return j
	}
	s.module(i)
	clause := clause{s: s, at: k, export: true}
	if !clause.read() {
		return j
	}
	if !clause.types {
		s.add(Ref{Kind: Import, Spec: clause.from.spec, Offset: clause.at, Length: clause.from.end - clause.at})
	}
	s.prev = tLiteral
	return clause.from.end
}

// clause reads what stands between import or export and the name of a module.
type clause struct {
	s       *scanner
	at      int // where it reads; in the end the offset of the module's name
	export  bool
	types   bool // TypeScript: imports nothing at run time
	some    bool // something that is no type is imported
	require bool // binds the name require
	from    literal
}

// read reports whether the clause ends in the name of a module.
func (c *clause) read() bool {
	if c.export && c.byte() != '*' && c.byte() != '{' && !c.s.wordAt(c.at, "type") {
		return false
	}
	if c.name() {
		return !c.export
	}
	if c.s.wordAt(c.at, "type") && c.typeOnly() {
		c.types = true
	}
	if !c.bindings() || !c.word("from") {
		return false
	}
	return c.name()
}

func (c *clause) byte() byte { return c.s.at(c.at) }

// name reads the name of the module.
func (c *clause) name() bool {
	if classes[c.byte()] != cQuote {
		return false
	}
	c.from = c.s.literal(c.at)
	return c.from.ok
}

// word reads a certain word.
func (c *clause) word(word string) bool {
	if !c.s.wordAt(c.at, word) {
		return false
	}
	c.at = c.s.skip(c.at + len(word))
	return true
}

// punct reads a certain byte.
func (c *clause) punct(b byte) bool {
	if c.byte() != b {
		return false
	}
	c.at = c.s.skip(c.at + 1)
	return true
}

// typeOnly reads TypeScript's word type, unless that is what is imported:
// import type from "x", import type, {a} from "x".
func (c *clause) typeOnly() bool {
	next := c.s.skip(c.at + len("type"))
	switch b := c.s.at(next); {
	case b == ',' || b == '=':
		return false
	case c.s.wordAt(next, "from") && classes[c.s.at(c.s.skip(next+len("from")))] == cQuote:
		return false
	}
	c.at = next
	return true
}

// bindings reads a, * as a, {a as b} and a, {b}.
func (c *clause) bindings() bool {
	if !c.export && c.ident() {
		if !c.punct(',') {
			return true
		}
		c.some = true
	}
	if c.punct('*') {
		return c.export && !c.s.wordAt(c.at, "as") || c.word("as") && (c.ident() || c.quoted())
	}
	return c.punct('{') && c.list()
}

// ident reads a name.
func (c *clause) ident() bool {
	end := c.s.nameEnd(c.at)
	if end == c.at {
		return false
	}
	c.require = c.require || !c.export && bytes.Equal(c.s.src[c.at:end], []byte("require"))
	c.at = c.s.skip(end)
	return true
}

// quoted reads a name in quotes.
func (c *clause) quoted() bool {
	lit := c.s.literal(c.at)
	if lit.ok {
		c.at = c.s.skip(lit.end)
	}
	return lit.ok
}

// list reads what stands in braces. If there are only types, as in {type A, type B},
// TypeScript drops the import.
func (c *clause) list() bool {
	typed := false
	for !c.punct('}') {
		typed = c.specifier()
		c.some = c.some || !typed
		if !c.punct(',') && c.byte() != '}' {
			return false
		}
	}
	c.types = c.types || typed && !c.some
	return true
}

// specifier reads a, a as b, type a, type a as b, and reports whether it is a type.
func (c *clause) specifier() bool {
	typed := c.s.wordAt(c.at, "type")
	count := 0
	for c.ident() || c.quoted() {
		count++
	}
	return typed && (count == 2 || count == 4)
}
