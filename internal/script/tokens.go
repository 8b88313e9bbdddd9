package script

// token is what the scanner remembers of the token before: for punctuation its
// last byte, for the rest one of these.
type token uint8

const (
	tStart    token = 128 + iota // nothing, ";", the brace of a block, the colon of a label: a statement may begin
	tArrowEnd                    // the "}" of an arrow function, behind which only a new line goes on with an operand
	tControl                     // the ")" of if (...), while (...) and the like
	tElse                        // else, do, finally
	tTry                         // try
	tExport                      // export
	tIdent                       // a name
	tLiteral                     // a string, number, regular expression or template
	tDeclare                     // TypeScript's declare
	tKeyword                     // a word that an operand follows: return, case, in
	tTypeof                      // typeof
	tNew                         // new
	tHead                        // a word that a head in parentheses follows: if, for, catch
	tFunction                    // function
	tClass                       // class
	tDecl                        // var, let, const
	tArrow                       // => before a brace
	tSpread                      // ...
)

// operand: the token may end an operand, so that a slash divides.
var operand = [256]bool{')': true, ']': true, '}': true, tIdent: true, tLiteral: true, tDeclare: true}

// start: a statement may begin after the token.
var start = [256]bool{tStart: true, tArrowEnd: true, tControl: true, tElse: true, tTry: true, tExport: true}

// class is what a byte begins.
type class uint8

const (
	cOther class = iota // an operator without meaning here
	cSpace
	cWord
	cDigit
	cQuote
	cTemplate
	cSlash
	cOpen
	cClose
	cBrace
	cBraceEnd
	cBracket
	cBracketEnd
	cComma
	cSemicolon
	cColon
	cQuestion
	cDot
	cEqual
	cSign
	cLess
	cHigh // not ASCII
)

var classes = makeClasses()

// part: an ASCII byte that may stand within a name.
var part = makePart()

func makeClasses() (table [256]class) {
	for c := range table {
		switch {
		case c >= 0x80:
			table[c] = cHigh
		case c >= '0' && c <= '9':
			table[c] = cDigit
		case part[c]:
			table[c] = cWord
		}
	}
	for c, class := range map[byte]class{
		' ': cSpace, '\t': cSpace, '\n': cSpace, '\r': cSpace, '\v': cSpace, '\f': cSpace,
		'#': cWord, '"': cQuote, '\'': cQuote, '`': cTemplate, '/': cSlash,
		'(': cOpen, ')': cClose, '{': cBrace, '}': cBraceEnd, '[': cBracket, ']': cBracketEnd,
		',': cComma, ';': cSemicolon, ':': cColon, '?': cQuestion, '.': cDot,
		'=': cEqual, '+': cSign, '-': cSign, '<': cLess,
	} {
		table[c] = class
	}
	return table
}

func makePart() (table [256]bool) {
	for c := range table {
		letter := byte(c) | 0x20
		table[c] = c < 0x80 && (letter >= 'a' && letter <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c == '\\')
	}
	return table
}

// kind is what a frame is.
type kind uint8

const (
	kTop      kind = iota
	kFunction      // the body of a function, in braces
	kBlock         // a block of statements, also a type
	kObject        // an object literal or pattern
	kClass         // the body of a class or interface
	kParen
	kBracket
	kTemplate // ${...}
	kArrow    // the body of an arrow function that has no braces: it ends where the expression does
)

// role is what a pair of parentheses holds.
type role uint8

const (
	rPlain   role = iota // arguments, a group, perhaps the parameters of an arrow function
	rControl             // the head of if, for, while, switch, with, catch
	rParams              // the parameters of a function or method
)

// function is what kind of function a frame waits for the body of.
type function uint8

const (
	fNone function = iota
	fDeclaration
	fExpression
	fAmbient // TypeScript's declare function: declares nothing at run time
)

// scope is how far a declaration reaches.
type scope uint8

const (
	scopeNone     scope = iota // none is being declared, or TypeScript's declare
	scopeFunction              // var
	scopeBlock                 // let, const
)

// frame is a bracket that is open, with what is known about what is directly in it.
type frame struct {
	kind      kind
	role      role
	after     token    // what the token before is once the frame is closed
	fn        function // kParen: the function whose parameters these are
	body      function // the body of such a function comes next
	decl      scope    // within a declaration
	pattern   scope    // the frame is the pattern of a declaration
	route     uint8    // kObject: the argument of routes[route-1]
	pending   uint8    // classes whose body comes next
	classExpr bool     // the last of them is an expression
	ternary   int32    // "?" whose ":" comes next
	refs      int32    // number of refs when the frame was opened
	try       int32    // number of frames around the innermost try, 0 if none

	nested     bool // in a function
	shadow     bool // require is not WeChat's here
	guard      bool // a failure does no harm here
	base       bool // guard, at the start of each statement
	isTry      bool // the block of a try
	saw        bool // has a binding named require, if this is a pattern
	bodyShadow bool // the same of the parameters before a body
	value      bool // kObject, kClass: after ":" or "=", not at a key
	static     bool // kClass: in a static member
}
