// Package wxs reads WXS, the script language of WeChat's templates, and finds what
// WeChat's template compiler (wcc) does not take.
//
// WXS is not the JavaScript that it looks like: no let, no new, no regular
// expressions, no exceptions, no for-in, numbers without exponents, names without
// "$", reserved words not even as keys. The grammar here follows what wcc was
// observed to do. Where wcc takes more than JavaScript does, or its ways are not
// understood, so does this package: a fault is always one that wcc refuses, or
// (Silent) one that it turns into code that fails.
package wxs

import "strings"

// Ref is one require of another module. Spec is the text between the quotes, as
// written: wcc reads no escapes in it. Offset and Length, in bytes, are those of
// the quoted literal.
type Ref struct {
	Spec           string
	Offset, Length int
}

// FaultKind says what is wrong.
type FaultKind uint8

const (
	// Syntax: the token Name cannot stand here; an empty Name is the end of the file.
	Syntax FaultKind = iota
	// Unsupported: Name is a part of JavaScript that WXS does not have, such as "let",
	// "new", "=>", "try", "in" or "regular expression".
	Unsupported
	// Reserved: the reserved word Name is used as a name, a property or a key.
	Reserved
	// Character: Name is a character that may stand only in strings and comments: "$",
	// anything that is not ASCII, a byte order mark.
	Character
	// Number: WXS has no such number as Name; it knows digits and a fraction only.
	Number
	// StringBreak: a line ends inside a string.
	StringBreak
	// Shorthand: an object literal has something else than "key: value" with a name or
	// a string as key: a method, a shorthand, a number, a computed key.
	Shorthand
	// Unterminated: the statement before Name ends neither with ";" nor with its line.
	// wcc needs one of them after var, after return without a value, and after every
	// expression outside of braces; "}" is not enough for var and return.
	Unterminated
	// Misplaced: Name is return or arguments outside of a function, break or continue
	// outside of a loop.
	Misplaced
	// BareThis: Name (this or arguments) is an operand by itself; only its properties can be.
	BareThis
	// CaseLabel: a case is neither a literal nor a name.
	CaseLabel
	// DefaultPlace: default is not the last of a switch, or the only one.
	DefaultPlace
	// Require: the argument of require is not a string that ends in ".wxs".
	Require
)

// Fault is something that wcc does not take. Offset and Length are in bytes.
type Fault struct {
	Offset, Length int
	Kind           FaultKind
	Name           string
	// Silent: wcc compiles it without a word, into something else: in braces,
	// "let a = 1" becomes "let; a = 1", which throws when it runs.
	Silent bool
}

// Module is what a script asks for and what is wrong with it. wcc stops at the
// first fault that is not silent; so does Faults. Refs is complete all the same.
type Module struct {
	Refs   []Ref
	Faults []Fault
}

// Parse reads a script: a .wxs file, or what stands between <wxs> and </wxs>. It
// takes time proportional to the length of src and never fails; nesting deeper
// than a thousand levels is not looked at.
func Parse(src []byte) *Module {
	all, _, _ := strings.Cut(string(src), "\x00") // wcc reads up to a NUL
	p := &parser{lexer: lexer{src: all}}
	p.advance()
	p.program()
	return &Module{Refs: refs(all), Faults: p.faults}
}

// refs is a pass of its own, so that a script with a fault still tells what it needs.
func refs(src string) []Ref {
	var found []Ref
	l := lexer{src: src}
	var before, last token // of the token at hand
	for t := l.next(); t.kind != end; t = l.next() {
		if t.kind == text && last.is("(") && before.kind == name && before.text == "require" {
			found = append(found, Ref{t.content(), t.start, t.end - t.start})
		}
		before, last = last, t
	}
	return found
}
