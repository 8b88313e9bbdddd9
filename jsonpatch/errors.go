package jsonpatch

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// A Kind sorts the reasons why a file is refused, for callers that explain them
// in their own words.
type Kind string

// The kinds of a SyntaxError. Whatever has no kind of its own is KindOther.
const (
	KindComment       Kind = "comment"
	KindTrailingComma Kind = "trailing comma"
	KindEmpty         Kind = "empty file"
	KindNotUTF8       Kind = "not UTF-8"
	KindDuplicateKey  Kind = "duplicate key"
	KindOther         Kind = "other"
)

// A SyntaxError says where and why a file is not JSON that can be edited.
//
// Line and Column are 1-based. Columns count characters (Unicode code points),
// not bytes; a byte that is not UTF-8 counts as one, a byte order mark as none.
type SyntaxError struct {
	Line    int
	Column  int
	Kind    Kind
	Message string // what is wrong, without the position
}

// Error returns the position and the message: "line 3, column 5: trailing comma".
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// syntaxError turns an offset in body into a line and a column.
func syntaxError(body string, offset int, kind Kind, message string) *SyntaxError {
	lineStart := strings.LastIndexByte(body[:offset], '\n') + 1
	return &SyntaxError{
		Line:    1 + strings.Count(body[:lineStart], "\n"),
		Column:  1 + utf8.RuneCountInString(body[lineStart:offset]),
		Kind:    kind,
		Message: message,
	}
}

// A PathError says that a path leads nowhere in a file that is itself fine: it
// goes through a string, say, or past the end of an array.
type PathError struct {
	Path    []string // up to and including the value that is in the way
	Message string
}

// Error returns the path as a JSON pointer (RFC 6901) and the message:
// "/window/title: a string, not an object". The root is "document".
func (e *PathError) Error() string {
	return pointer(e.Path) + ": " + e.Message
}

// pointer writes path as a JSON pointer.
func pointer(path []string) string {
	if len(path) == 0 {
		return "document"
	}
	escape := strings.NewReplacer("~", "~0", "/", "~1")
	var b strings.Builder
	for _, elem := range path {
		b.WriteString("/" + escape.Replace(elem))
	}
	return b.String()
}
