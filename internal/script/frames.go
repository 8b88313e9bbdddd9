package script

// push opens a frame that knows what its parent does.
func (s *scanner) push(kind kind, after token) {
	s.stack = append(s.stack, s.cur)
	s.cur = frame{
		kind: kind, after: after, refs: int32(len(s.refs)),
		try: s.cur.try, nested: s.cur.nested, shadow: s.cur.shadow, guard: s.cur.guard, base: s.cur.guard,
	}
}

// pushFunction opens the body of a function: it is run at another time, so no try
// around it helps.
func (s *scanner) pushFunction(kind kind, after token, shadow bool) {
	s.push(kind, after)
	s.cur.nested, s.cur.guard, s.cur.base, s.cur.try = true, false, false, 0
	s.cur.shadow = s.cur.shadow || shadow
}

// pop closes the current frame and returns it.
func (s *scanner) pop() frame {
	closed := s.cur
	if n := len(s.stack); n > 0 {
		s.cur, s.stack = s.stack[n-1], s.stack[:n-1]
	}
	s.prev = closed.after
	return closed
}

// endArrows closes arrow functions without braces: their expression is at its end.
func (s *scanner) endArrows() {
	for s.cur.kind == kArrow {
		s.pop()
	}
}

func (s *scanner) openParen() {
	role, fn := rPlain, s.fn
	switch {
	case fn != fNone:
		role = rParams
	case s.prev == tHead:
		role = rControl
	case s.methodAllowed() && (operand[s.prev] || s.prev == '>'):
		role, fn = rParams, fDeclaration
	}
	s.push(kParen, ')')
	s.cur.role, s.cur.fn = role, fn
	switch role {
	case rControl:
		s.cur.after = tControl
	case rParams:
		s.cur.nested = true
		s.cur.saw, s.fnShadow = s.fnShadow, false
	}
	s.fn, s.prev = fNone, '('
}

// methodAllowed reports whether a name and parentheses here are a method.
func (s *scanner) methodAllowed() bool {
	return s.cur.kind == kClass || s.cur.kind == kObject && !s.cur.value
}

func (s *scanner) closeParen() {
	s.endArrows()
	closed := s.pop()
	s.prev = ')'
	s.parenSaw = closed.saw
	switch closed.role {
	case rParams:
		s.cur.body, s.cur.bodyShadow = closed.fn, closed.saw
	case rControl:
		s.prev = tControl
		s.cur.guard = s.cur.guard || closed.guard
	}
}

func (s *scanner) openBracket() {
	pattern := s.pattern()
	s.push(kBracket, ']')
	s.cur.pattern = pattern
	s.prev = '['
}

func (s *scanner) closeBracket() {
	s.endArrows()
	s.closePattern(s.pop())
	s.prev = ']'
}

// pattern is the scope of the declaration whose pattern begins here.
func (s *scanner) pattern() scope {
	if s.prev == tDecl || s.prev == ',' && s.cur.kind <= kBlock {
		return s.cur.decl
	}
	return s.cur.pattern
}

// closePattern hands a binding named require to what the pattern stands in.
func (s *scanner) closePattern(closed frame) {
	switch {
	case !closed.saw:
	case s.cur.kind == kParen || s.cur.kind == kObject || s.cur.kind == kBracket:
		s.cur.saw = true
		s.declare(closed.pattern)
	default:
		s.declare(closed.pattern)
	}
}

// openBrace finds out what the brace at i opens.
func (s *scanner) openBrace(i int) {
	ended := operand[s.prev] || s.prev == '>'
	switch {
	case s.prev == tArrow:
		s.pushFunction(kFunction, tArrowEnd, s.arrowShadow)
	case s.cur.pending > 0 && (ended || s.prev == tClass):
		s.openClass()
	case s.cur.body != fNone && ended:
		s.openBody()
	case operand[s.prev] || start[s.prev] || s.prev == tHead: // catch {
		s.openBlock(i)
	default:
		s.openObject(i)
		return
	}
	s.prev = tStart
}

func (s *scanner) openClass() {
	s.cur.pending--
	after := tStart
	if s.cur.classExpr {
		after = '}'
	}
	s.push(kClass, after)
}

func (s *scanner) openBody() {
	after := tStart
	if s.cur.body == fExpression {
		after = '}'
	}
	shadow := s.cur.bodyShadow
	s.cur.body, s.cur.bodyShadow = fNone, false
	s.pushFunction(kFunction, after, shadow)
}

func (s *scanner) openBlock(i int) {
	if s.cur.kind == kArrow && s.newlineBefore(i) {
		s.endArrows()
	}
	try := s.prev == tTry
	s.push(kBlock, tStart)
	if try {
		s.cur.isTry, s.cur.guard, s.cur.base, s.cur.try = true, true, true, int32(len(s.stack))
	}
}

func (s *scanner) openObject(i int) {
	pattern := s.pattern()
	s.push(kObject, '}')
	s.cur.pattern = pattern
	if s.routeAt == i && s.route > 0 {
		s.cur.route, s.route = s.route, 0
	}
	s.prev = '{'
}

// closeBrace handles the brace at i and returns its end, or that of the piece of a
// template which it begins.
func (s *scanner) closeBrace(i int) int {
	s.endArrows()
	closed := s.pop()
	switch closed.kind {
	case kTemplate:
		return s.template(i + 1)
	case kObject:
		s.closePattern(closed)
	case kBlock:
		s.closeBlock(closed, i)
	}
	if closed.kind == kTop || closed.kind == kParen || closed.kind == kBracket {
		s.prev = tStart // a brace too many: the script does not parse
	}
	if s.cur.kind == kClass {
		s.cur.value, s.cur.static = false, false
	}
	return i + 1
}

// closeBlock ends what was guarded. A try without catch has guarded nothing.
func (s *scanner) closeBlock(closed frame, i int) {
	if s.prev == tStart {
		s.cur.guard = s.cur.base
	}
	if !closed.isTry || s.wordAt(s.skip(i+1), "catch") {
		return
	}
	tried := s.refs[closed.refs:]
	if s.budget -= len(tried); s.budget < 0 {
		return
	}
	for k := range tried {
		if r := &tried[k]; r.try == closed.try {
			r.Guarded, r.try = s.cur.guard, s.cur.try
		}
	}
}

func (s *scanner) comma() {
	s.endArrows()
	s.cur.value = false
	s.cur.body = fNone
	s.cur.guard = s.cur.base
	s.prev = ','
}

func (s *scanner) semicolon() {
	s.endArrows()
	s.cur.decl, s.cur.body, s.cur.pending, s.cur.ternary = scopeNone, fNone, 0, 0
	s.cur.value, s.cur.static = false, false
	s.cur.guard = s.cur.base
	s.prev = tStart
}

func (s *scanner) colon() {
	for s.cur.kind == kArrow && s.cur.ternary == 0 {
		s.pop()
	}
	s.prev = ':'
	switch {
	case s.cur.ternary > 0:
		s.cur.ternary--
	case s.cur.kind == kObject:
		s.cur.value = true
	case s.cur.kind <= kBlock && s.cur.body == fNone && s.cur.decl == scopeNone:
		s.prev = tStart // a label or a case
	}
}

// question handles ?, ?. and ??.
func (s *scanner) question(i int) int {
	next := s.at(i + 1)
	switch {
	case next == '.' && classes[s.at(i+2)] != cDigit:
		s.prev = '.'
		return i + 2
	case next == '?':
		s.prev = '?'
		return i + 2
	}
	s.cur.ternary++
	s.prev = '?'
	return i + 1
}

func (s *scanner) equal(i int) int {
	if s.at(i+1) == '>' {
		return s.arrow(i)
	}
	s.cur.value = true
	s.prev = '='
	return i + 1
}

// arrow handles the => at i.
func (s *scanner) arrow(i int) int {
	shadow := s.prev == ')' && s.parenSaw || s.prev == tIdent && s.requireNext == i
	if s.at(s.skip(i+2)) == '{' {
		s.prev, s.arrowShadow = tArrow, shadow
		return i + 2
	}
	s.pushFunction(kArrow, tIdent, shadow)
	s.prev = '='
	return i + 2
}
