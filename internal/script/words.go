package script

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// routes are the functions of wx whose argument's url opens a page of the mini
// program (WeChat docs, api/route).
var routes = []string{"navigateTo", "redirectTo", "reLaunch", "switchTab", "rewriteRoute", "preloadPage"}

// words that a scan must tell from other names.
var words = map[string]token{
	"return": tKeyword, "throw": tKeyword, "case": tKeyword, "in": tKeyword, "instanceof": tKeyword,
	"void": tKeyword, "delete": tKeyword, "yield": tKeyword, "default": tKeyword, "extends": tKeyword,
	"typeof": tTypeof, "new": tNew, "await": tIdent, "async": tIdent, "of": tIdent, "interface": tIdent,
	"if": tHead, "for": tHead, "while": tHead, "switch": tHead, "with": tHead, "catch": tHead,
	"do": tElse, "else": tElse, "finally": tElse, "try": tTry,
	"var": tDecl, "let": tDecl, "const": tDecl, "declare": tDeclare,
	"function": tFunction, "class": tClass, "import": tKeyword, "export": tExport,
	"require": tIdent, "wx": tIdent, "url": tIdent, "static": tIdent,
	"App": tIdent, "Page": tIdent, "Component": tIdent, "Behavior": tIdent, "getApp": tIdent, "definePlugin": tIdent, "requirePlugin": tIdent,
}

// lengths has for each byte the set of lengths of the words that begin with it.
var lengths = makeLengths()

func makeLengths() (table [256]uint32) {
	for word := range words {
		table[word[0]] |= 1 << len(word)
	}
	return table
}

// word handles the name or keyword at i and returns its end.
func (s *scanner) word(i int) int {
	first, j := s.src[i], i+1
	for j < len(s.src) && part[s.src[j]] {
		j++
	}
	if first >= 0x80 || j < len(s.src) && s.src[j] >= 0x80 {
		j = s.wideEnd(i)
	}
	if s.cur.kind == kArrow || s.cur.guard != s.cur.base {
		s.newStatement(i, j)
	}
	if length := j - i; s.prev != '.' && length < 32 && lengths[first]>>length&1 == 1 {
		return s.keyword(i, j)
	}
	s.prev = tIdent
	return j
}

// wideEnd is the end of the name at i, which has characters that are not ASCII.
func (s *scanner) wideEnd(i int) int {
	i++
	for i < len(s.src) {
		switch {
		case part[s.src[i]] || !utf8.RuneStart(s.src[i]):
			i++
		case s.src[i] < 0x80:
			return i
		default:
			r, size := utf8.DecodeRune(s.src[i:])
			if space(r) {
				return i
			}
			i += size
		}
	}
	return i
}

// newStatement ends the statement before the word from i to j where a line break
// does so in place of a semicolon.
func (s *scanner) newStatement(i, j int) {
	ended := operand[s.prev] || s.prev == tArrowEnd
	if word := string(s.src[i:j]); !ended || word == "in" || word == "instanceof" || !s.newlineBefore(i) {
		return
	}
	s.endArrows()
	s.cur.guard = s.cur.base
}

// keyword handles the word from i to j, which may be one of words, and returns its end.
func (s *scanner) keyword(i, j int) int {
	token, ok := words[string(s.src[i:j])]
	if !ok {
		s.prev = tIdent
		return j
	}
	if s.key(i) {
		s.shorthand(i, j)
		s.prev = tIdent
		return j
	}
	switch token {
	case tIdent, tDeclare:
		return s.name(i, j)
	case tFunction:
		s.function()
	case tClass:
		s.class()
	case tDecl:
		s.declaration(i, j)
	case tExport:
		return s.export(i, j)
	case tKeyword:
		if s.src[i] == 'i' && j-i == len("import") {
			return s.importWord(i, j)
		}
	}
	s.prev = token
	return j
}

// shorthand finds {require}, which in a pattern is a binding. The key is from i to j.
func (s *scanner) shorthand(i, j int) {
	if s.cur.kind == kObject && j-i == len("require") && s.wordAt(i, "require") {
		next := s.at(s.skip(j))
		s.cur.saw = s.cur.saw || next == ',' || next == '}' || next == '='
	}
}

// key reports whether the word or string at i is the name of a property or a
// member. It finds the url of a route.
func (s *scanner) key(i int) bool {
	switch s.cur.kind {
	case kObject:
		if s.cur.value {
			return false
		}
		if s.cur.route > 0 {
			s.routeURL(i)
		}
		return true
	case kClass:
		if s.cur.value && (!operand[s.prev] || !s.newlineBefore(i)) {
			return false
		}
		s.cur.value = false
		s.cur.static = s.wordAt(i, "static")
		return true
	}
	return false
}

// routeURL notes the literal behind the key at i if that is url.
func (s *scanner) routeURL(i int) {
	j := i + len("url")
	if quote := s.src[i]; classes[quote] == cQuote {
		i, j = i+1, j+2
		if s.at(j-1) != quote {
			return
		}
	}
	if !bytes.HasPrefix(s.src[i:], []byte("url")) || part[s.at(j)] {
		return
	}
	if j = s.skip(j); s.at(j) == ':' {
		s.argument(URL, routes[s.cur.route-1], s.skip(j+1))
	}
}

// wordAt reports whether the word stands at i.
func (s *scanner) wordAt(i int, word string) bool {
	return i < len(s.src) && bytes.HasPrefix(s.src[i:], []byte(word)) && !part[s.at(i+len(word))]
}

// name handles the words that are keywords in some places only, and the names that
// matter.
func (s *scanner) name(i, j int) int {
	before := s.prev
	s.prev = tIdent
	switch word := string(s.src[i:j]); word {
	case "require":
		s.require(i, j, before)
	case "requirePlugin":
		if k := s.skip(j); s.at(k) == '(' {
			s.argument(Plugin, "", s.skip(k+1))
		}
	case "wx":
		s.wx(i, j)
	case "await":
		s.await(i, j, before)
	case "async":
		if s.wordAt(s.skip(j), "function") {
			s.prev = before // so that function knows whether it is an expression
		}
	case "of":
		if s.cur.role == rControl && operand[before] {
			s.prev = tKeyword
		}
	case "interface":
		if !operand[before] && part[s.at(s.skip(j))] {
			s.cur.pending, s.cur.classExpr = 1, false
		}
	case "declare":
		s.prev = tDeclare
	case "url", "static":
	default:
		s.call(word, i, j, before)
	}
	return j
}

// expression reports whether the token before wants an operand, so that function
// and class begin one.
func (s *scanner) expression() bool {
	return !operand[s.prev] && !start[s.prev]
}

func (s *scanner) function() {
	switch {
	case s.prev == tDeclare:
		s.fn = fAmbient
	case s.expression():
		s.fn = fExpression
	default:
		s.fn = fDeclaration
	}
}

func (s *scanner) class() {
	s.cur.classExpr = s.expression()
	s.cur.pending++
}

func (s *scanner) declaration(i, j int) {
	switch {
	case s.prev == tDeclare:
		s.cur.decl = scopeNone
	case j-i == len("var") && s.src[i] == 'v':
		s.cur.decl = scopeFunction
	default:
		s.cur.decl = scopeBlock
	}
}

// await notes a top-level await. Without what it waits for, or in the parts of a
// class, the word is a name.
func (s *scanner) await(i, j int, before token) {
	if before == tHead {
		s.prev = tHead // for await (
	} else if !s.awaits(s.skip(j)) {
		return
	} else {
		s.prev = tKeyword
	}
	named := before == tDecl || s.fn != fNone
	if s.out.TopLevelAwait < 0 && !s.cur.nested && s.cur.kind != kClass && !named {
		s.out.TopLevelAwait = i
	}
}

// awaits reports whether an operand begins at i.
func (s *scanner) awaits(i int) bool {
	switch classes[s.at(i)] {
	case cWord:
		return !s.wordAt(i, "in") && !s.wordAt(i, "of") && !s.wordAt(i, "instanceof")
	case cDigit, cQuote, cTemplate, cOpen, cBrace, cBracket, cSlash, cHigh:
		return true
	}
	return s.at(i) == '!' && s.at(i+1) != '='
}

// call notes a call of the global function named by the word from i to j.
func (s *scanner) call(name string, i, j int, before token) {
	if before == tNew || s.fn != fNone || before == tClass {
		return
	}
	k := s.skip(j)
	if s.at(k) == '<' {
		k = s.typeArguments(k)
	}
	if s.at(k) == '?' && s.at(k+1) == '.' {
		k = s.skip(k + 2)
	}
	if s.at(k) == '(' {
		s.out.Calls = append(s.out.Calls, Call{Name: name, Offset: i, Nested: s.cur.nested})
	}
}

// typeArguments is the end of TypeScript's <...> at i, or i. They are short: a
// limit keeps the scan linear.
func (s *scanner) typeArguments(i int) int {
	depth := 0
	for k, c := range s.src[i:min(i+160, len(s.src))] {
		switch c {
		case '<':
			depth++
		case '>':
			if depth--; depth == 0 {
				return s.skip(i + k + 1)
			}
		case ';', '(', '"', '\'', '`':
			return i
		}
	}
	return i
}

// wx finds assignments to members of wx, and calls that open a page. The word is
// from i to j.
func (s *scanner) wx(i, j int) {
	name, end := s.member(s.skip(j))
	if name == "" {
		return
	}
	k := s.skip(end)
	if s.assigned(k) {
		s.out.Assigns = append(s.out.Assigns, Assign{Name: name, Offset: i})
		return
	}
	if s.at(k) == '?' && s.at(k+1) == '.' {
		k = s.skip(k + 2)
	}
	n := slices.Index(routes, name)
	if n < 0 || s.at(k) != '(' {
		return
	}
	s.routeAt, s.route = s.skip(k+1), uint8(n+1)
}

// member is the name of the property access at i: .x, ?.x or ["x"], and its end.
func (s *scanner) member(i int) (name string, end int) {
	optional := s.at(i) == '?' && s.at(i+1) == '.'
	if optional {
		i++
	}
	if s.at(i) == '.' {
		if i = s.skip(i + 1); s.at(i) != '[' || !optional {
			end = s.nameEnd(i)
			return string(s.src[i:end]), end
		}
	}
	if s.at(i) != '[' {
		return "", i
	}
	lit := s.literal(s.skip(i + 1))
	if end = s.skip(lit.end); !lit.ok || s.at(end) != ']' {
		return "", i
	}
	return lit.spec, end + 1
}

// nameEnd is the end of the name at i, or i.
func (s *scanner) nameEnd(i int) int {
	if i < len(s.src) && (classes[s.src[i]] == cWord || classes[s.src[i]] == cHigh) {
		if j := s.flags(i); j > i && s.at(j) < 0x80 {
			return j
		}
		return s.wideEnd(i)
	}
	return i
}

// assigned reports whether an assignment operator stands at i: =, ||=, &&= or ??=.
func (s *scanner) assigned(i int) bool {
	if c := s.at(i); (c == '|' || c == '&' || c == '?') && s.at(i+1) == c {
		i += 2
		return s.at(i) == '='
	}
	return s.at(i) == '=' && s.at(i+1) != '=' && s.at(i+1) != '>'
}
