package es5

import (
	"bytes"
	"regexp"
	"strings"
	"sync"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// Comments is the number of bytes that the comments of a script come to when Babel
// prints them, with the white space that goes with them.
func Comments(src []byte) int { return comments(src, nil) }

// legal finds the comments that terser keeps.
var legal = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)@preserve|@copyright|@lic|@cc_on|^.[/*]\**!`)
})

// LegalComments is the number of bytes that the comments come to that terser keeps.
func LegalComments(src []byte) int {
	if bytes.IndexByte(src, '@') < 0 && !bytes.Contains(src, []byte("*!")) && !bytes.Contains(src, []byte("//!")) {
		return 0
	}
	return comments(src, legal())
}

func comments(src []byte, only *regexp.Regexp) int {
	if !bytes.Contains(src, []byte("//")) && !bytes.Contains(src, []byte("/*")) {
		return 0
	}
	c := commenter{src: src, only: only}
	lexer := js.NewLexer(parse.NewInputBytes(bytes.Clone(src)))
	for {
		token, data := lexer.Next()
		if token == js.ErrorToken {
			return c.total
		}
		if (token == js.DivToken || token == js.DivEqToken) && !c.operand {
			token, data = lexer.RegExp()
			if token == js.ErrorToken {
				return c.total
			}
			if c.at+len(data) > len(src) {
				return c.total
			}
		}
		c.next(token, data)
		c.at += len(data)
	}
}

// commenter follows the tokens of a script.
type commenter struct {
	src     []byte
	at      int // offset of the token
	total   int
	only    *regexp.Regexp // what a comment has to match
	depths  []int          // how far each open brace indents
	depth   int            // their sum
	heavy   int            // what the next brace that holds statements indents
	prev    js.TokenType
	operand bool
}

func (c *commenter) next(token js.TokenType, data []byte) {
	switch token {
	case js.WhitespaceToken, js.LineTerminatorToken:
		return
	case js.CommentToken, js.CommentLineTerminatorToken:
		c.comment(data)
		return
	case js.OpenBraceToken:
		c.open()
	case js.CloseBraceToken:
		if n := len(c.depths); n > 0 {
			c.depth -= c.depths[n-1]
			c.depths = c.depths[:n-1]
		}
	case js.SwitchToken, js.ClassToken:
		c.heavy = max(c.heavy, 2)
	case js.AsyncToken:
		c.heavy = 5
	}
	c.operand = js.IsIdentifier(token) || js.IsNumeric(token) || token == js.StringToken || token == js.RegExpToken || token == js.TemplateToken ||
		token == js.TemplateEndToken || token == js.CloseParenToken || token == js.CloseBracketToken || token == js.CloseBraceToken ||
		token == js.ThisToken || token == js.SuperToken || token == js.NullToken || token == js.TrueToken || token == js.FalseToken
	c.prev = token
}

func (c *commenter) open() {
	weight := 1
	if c.heavy == 2 || c.prev == js.CloseParenToken || c.prev == js.ArrowToken {
		weight = max(1, c.heavy)
		c.heavy = 0
	}
	c.depths = append(c.depths, weight)
	c.depth += weight
}

func (c *commenter) comment(data []byte) {
	if c.only != nil && !c.only.Match(data) {
		return
	}
	start, end := c.at, c.at+len(data)
	if end > len(c.src) {
		return
	}
	line := bytes.LastIndexByte(c.src[:start], '\n') + 1
	column := start - line
	text := len(data)
	lines := strings.Split(string(data), "\n")
	for _, rest := range lines[1:] {
		strip := min(column, len(rest)-len(strings.TrimLeft(rest, " \t")))
		text += 2*c.depth - strip
	}
	c.total += text
	if c.only != nil {
		c.total++
		return
	}
	if own := len(bytes.TrimSpace(c.src[line:start])) == 0; own {
		c.total += 1 + 2*c.depth
		c.total += blankAfter(c.src[end:])
		return
	}
	c.total++
}

// blankAfter is 1 if an empty line follows.
func blankAfter(src []byte) int {
	n := 0
	for _, b := range src {
		switch b {
		case '\n':
			n++
		case ' ', '\t', '\r':
		default:
			if n > 1 {
				return 1
			}
			return 0
		}
	}
	return 0
}
