// Package wxss reads WXSS, WeChat's CSS dialect: what a sheet refers to, and what
// is wrong with it.
//
// There are two judges. miniprogram-ci, which uploads, parses with PostCSS and
// minifies with cssnano: what these refuse is Rejected. wcsc, which DevTools runs
// before it shows a page, is a smaller grammar: it refuses "*", escapes in class
// names, ";;" and all CSS of the last years. Where one of the two takes something,
// or refuses it for reasons that are not understood, there is no fault for it.
// Neither minds another encoding than UTF-8.
package wxss

import "strings"

// Ref is something that a sheet refers to. Kind is "import" or "url". Spec is as
// written, without quotes: wcsc reads no escapes in it. Offset and Length, in bytes,
// are those of the quoted literal, or of what stands in url( ). URLFunc is for
// @import url(...), which wcsc refuses.
type Ref struct {
	Kind           string
	Spec           string
	Offset, Length int
	URLFunc        bool
}

// FaultKind says what is wrong.
type FaultKind uint8

// The faults of PostCSS. They are Rejected; wcsc refuses most of them as well.
const (
	_ FaultKind = iota
	// UnclosedBlock: the block of Name, the selector or at-rule at Offset, has no "}".
	UnclosedBlock
	// UnclosedString: a quote has no second one.
	UnclosedString
	// UnclosedComment: no "*/" follows.
	UnclosedComment
	// UnclosedBracket: a "(" or "[" is not closed.
	UnclosedBracket
	// UnexpectedClose: a "}" too many.
	UnexpectedClose
	// UnknownWord: Name is neither a declaration nor the beginning of a block.
	UnknownWord
	// DoubleColon: a value begins with a colon.
	DoubleColon
	// MissedSemicolon: a colon in a value; the declaration before it does not end.
	MissedSemicolon
	// UnnamedAtRule: an "@" with nothing behind it.
	UnnamedAtRule
	// LineComment: "//" begins no comment in CSS; here it is taken for something else.
	LineComment
)

// The faults of selectors, some of which the minifier refuses, and of wcsc.
const (
	// ByteOrderMark: wcsc refuses it; PostCSS does not mind.
	ByteOrderMark FaultKind = iota + 1 + LineComment
	// ExtraSemicolon: a ";" with nothing to end: ";;", "};" or "{;".
	ExtraSemicolon
	// EmptySelector: a block without a selector.
	EmptySelector
	// Universal: the selector "*", in any place.
	Universal
	// Escape: a backslash in a selector, as in ".w-1\/2".
	Escape
	// Character: Name is not ASCII and stands outside of strings, comments and values.
	Character
	// BadSelector: Name cannot stand there in a selector.
	BadSelector
	// BadProperty: Name is no name of a property, as in "*zoom: 1".
	BadProperty
	// EmptyValue: nothing between ":" and "}".
	EmptyValue
	// StrayDeclaration: the declaration Name stands in no block, or directly in @media,
	// @supports or @keyframes.
	StrayDeclaration
	// EmptyAtRule: nothing in the block of Name, one of @media, @supports and @keyframes.
	EmptyAtRule
	// ImportForm: an @import is not just one quoted path.
	ImportForm
	// Unsupported: Name is CSS that wcsc's grammar, of 2019, does not have: "nesting",
	// "@layer", "::part()", a list as in ":is(.a, .b)", a flag as in "[a='b' i]". WeChat
	// may take it one day; DevTools were seen to refuse escapes in 2025 and lists in 2026.
	Unsupported
)

// Fault is something that one of WeChat's compilers refuses. Offset and Length are
// in bytes. Rejected: miniprogram-ci does, with minification on; else only wcsc.
type Fault struct {
	Kind           FaultKind
	Offset, Length int
	Name           string
	Rejected       bool
}

// Sheet is what is known of a sheet. Faults come in the order in which they are
// noticed. The compiler stops at the first fault of its syntax, and so does Faults;
// Refs goes on.
type Sheet struct {
	Refs   []Ref
	Faults []Fault
}

// Parse reads a sheet. It takes time proportional to the length of src and never fails.
func Parse(src []byte) *Sheet {
	const mark = "\ufeff"
	p := &parser{lexer: lexer{src: string(src)}}
	if strings.HasPrefix(p.src, mark) {
		p.fault(ByteOrderMark, token{start: 0, end: len(mark)}, "")
		p.pos = len(mark)
	}
	p.sheet()
	return &p.Sheet
}
