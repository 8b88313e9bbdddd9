// Package wxml reads WXML, WeChat's template language. Parse says what a template
// consists of, with the byte offset of everything, and which of it WeChat's tools
// refuse. It takes any bytes: what cannot be understood becomes a Fault, and reading
// goes on behind it.
//
// Two programs of WeChat's judge a template, and they differ. wcc turns templates
// into script, in DevTools and on WeChat's servers; the minifier of miniprogram-ci
// runs before an upload and knows tags, but neither expressions nor wx:if. Their
// rules are written down nowhere: those here were observed, on the wcc of 2020-04-13
// and miniprogram-ci 2.1.42. Where wcc accepts what looks wrong (an attribute given
// twice, a comment that never ends), so does Parse.
package wxml

import (
	"cmp"
	"slices"
	"strings"
)

// Document is what a template says, flat and in the order of the source.
type Document struct {
	Elements []Element
	Faults   []Fault // by offset

	// OpenComment is the offset of a comment that never ends, or -1. The compilers
	// take everything behind it for comment, without a word.
	OpenComment int
}

// Element is one start tag. Offsets are bytes from the beginning of the source.
type Element struct {
	Name   string // as written; case matters
	Offset int    // of the name
	Parent int    // index into Document.Elements, -1 at the top
	Attrs  []Attr

	Content       string // the script of an inline <wxs>, otherwise empty
	ContentOffset int
}

// Attr is one attribute of a start tag.
type Attr struct {
	Name        string
	Offset      int    // of the name
	Value       string // as written, without the quotes
	ValueOffset int
	HasValue    bool // a="" has one, a has none
}

// Dynamic reports whether the value contains {{ }}, so that only a run can tell it.
func (a Attr) Dynamic() bool { return strings.Contains(a.Value, "{{") }

// Attr finds an attribute by its name. Of several with one name the last counts, as
// in wcc.
func (e *Element) Attr(name string) (Attr, bool) {
	for _, attr := range slices.Backward(e.Attrs) {
		if attr.Name == name {
			return attr, true
		}
	}
	return Attr{}, false
}

// FaultKind says what is wrong.
type FaultKind string

// What wcc refuses (observed), and one kind that only the minifier does.
const (
	// RawLess: a "<" in text that begins no tag; in text it is written {{'<'}}.
	RawLess FaultKind = "raw-less"
	// BadDeclaration: <!DOCTYPE>, <![CDATA[ or anything else after "<!" but a comment.
	BadDeclaration FaultKind = "bad-declaration"
	// BadTag: something in a tag that may not stand there. Fault.Name is the character.
	BadTag FaultKind = "bad-tag"
	// BadTagName: names that begin with "wx-" are WeChat's own.
	BadTagName FaultKind = "bad-tag-name"
	// BadAttributeName: such as @tap, a.b or {{a}}; allowed are letters, digits and
	// "_", "-", ":", and no digit first.
	BadAttributeName FaultKind = "bad-attribute-name"
	// UnquotedValue: an attribute's value without quotes.
	UnquotedValue FaultKind = "unquoted-value"
	// NewlineInValue: a line break in an attribute's value.
	NewlineInValue FaultKind = "newline-in-value"
	// UnexpectedEnd: the file ends within a tag.
	UnexpectedEnd FaultKind = "unexpected-end"
	// UnclosedTag: no end tag, or that of another element comes first.
	UnclosedTag FaultKind = "unclosed-tag"
	// UnexpectedEndTag: an end tag that ends nothing.
	UnexpectedEndTag FaultKind = "unexpected-end-tag"
	// BadEndTag: an end tag with more in it than its name.
	BadEndTag FaultKind = "bad-end-tag"
	// UnclosedExpression: {{ without }}, or a string in it without its end.
	UnclosedExpression FaultKind = "unclosed-expression"
	// BadExpression: what stands in {{ }} is no expression. Fault.Name is the expression.
	BadExpression FaultKind = "bad-expression"
	// BadTemplateData: data of <template is> that is not exactly one {{ }}.
	BadTemplateData FaultKind = "bad-template-data"
	// ElseWithoutIf: wx:elif or wx:else that does not follow a wx:if or wx:elif
	// directly; any text or element between, and wx:for on either, part them.
	ElseWithoutIf FaultKind = "else-without-if"
	// MissingValue: wx:if, wx:elif or wx:for without a value.
	MissingValue FaultKind = "missing-value"
	// MissingModule: <wxs> without module.
	MissingModule FaultKind = "missing-module"
	// BadModuleName: a wxs module that is no identifier.
	BadModuleName FaultKind = "bad-module-name"
	// ModuleWithContent: <wxs> with both src and a script.
	ModuleWithContent FaultKind = "module-with-content"
	// Unminifiable: wcc would take it, but the minifier cannot read it, as for example
	// an apostrophe in a comment of an inline <wxs>.
	Unminifiable FaultKind = "unminifiable"
)

// Fault is something that one of WeChat's programs refuses. At least one of Fails and
// Rejected is set.
type Fault struct {
	Kind           FaultKind
	Offset, Length int
	Name           string // the tag, attribute, character or expression concerned

	// Fails: wcc refuses the whole compilation, so that nothing shows.
	Fails bool
	// Rejected: miniprogram-ci fails with code 10038, when minifyWXML or minified is on.
	Rejected bool
	// Doubtful: common JavaScript that only the old wcc is known to refuse; a newer
	// one may well take it.
	Doubtful bool

	at     int  // the byte where wcc and the minifier stumble
	syntax bool // concerns tags; there is one such fault, as all behind it is guesswork
}

// Parse reads a template. Like the compilers it stops at a zero byte. Of faults in
// the tags only the first is reported, and nothing of what follows it.
func Parse(src []byte) *Document {
	text := string(src)
	if end := strings.IndexByte(text, 0); end >= 0 {
		text = text[:end]
	}
	p := parser{src: text, doc: &Document{OpenComment: -1}, opened: map[string]int{}}
	p.frames = append(p.frames, frame{element: -1})
	p.run()
	p.compareWithMinifier()
	slices.SortStableFunc(p.doc.Faults, func(a, b Fault) int { return cmp.Compare(a.Offset, b.Offset) })
	return p.doc
}

// compareWithMinifier marks the fault that stops the minifier, or adds it.
func (p *parser) compareWithMinifier() {
	at, name := minify(p.src)
	if at < 0 {
		return
	}
	for i := range slices.Backward(p.doc.Faults) {
		f := &p.doc.Faults[i]
		if f.at <= at && (f.syntax || f.Kind == UnclosedExpression) {
			f.Rejected = true
			return
		}
	}
	p.doc.Faults = append(p.doc.Faults, Fault{Kind: Unminifiable, Offset: at, Length: len(name), Name: name, Rejected: true})
}
