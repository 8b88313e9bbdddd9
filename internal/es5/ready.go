package es5

import (
	"bytes"
	"maps"
	"slices"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// Ready is what tells the size of a script that is ES5 and minified as it comes: the
// compiler's own minifier finds next to nothing left to do.
type Ready struct {
	Bytes   int      // without the comments that terser drops
	Args    int      // functions that are arguments of calls
	Helpers []string // as in Result
}

// What a minified script keeps to, as one share of its bytes in so many, observed of
// 320 that are larger than 30 kB: white space (at most 3 % there), and escapes in
// strings, which are printed as the characters themselves (2 %). Its parameters have
// so many letters on average (1.0 to 1.4; where names are kept, 5 and more).
const (
	maxBlank     = 25
	maxEscapes   = 200
	longestParam = 2
)

// ReadyMade looks at the tokens of a script, which takes a tenth of the time of Lower
// alone. It reports false for all that is not surely ES5 and minified: a newer word or
// sign, white space that could go, parameters whose names could be shorter, declarations
// at the top, which may turn out to be unused.
func ReadyMade(src []byte) (Ready, bool) {
	if !dense(src) {
		return Ready{}, false
	}
	r := reader{lexer: js.NewLexer(parse.NewInputBytes(bytes.Clone(src))), open: []bracket{{kind: ofBlock}}, helpers: map[string]bool{}}
	for r.next() {
	}
	size := len(src) - r.comments
	minified := r.blank*maxBlank < size && r.escapes*maxEscapes < size && r.params > 0 && r.letters <= r.params*longestParam
	if r.newer || len(r.open) > 1 || !minified {
		return Ready{}, false
	}
	if r.typeofs > 0 {
		r.helpers["typeof"] = true
	}
	return Ready{Bytes: size, Args: r.args, Helpers: slices.Sorted(maps.Keys(r.helpers))}, true
}

// dense reports whether a source looks minified: its lines are long.
func dense(src []byte) bool { return len(src) > 150*(1+bytes.Count(src, []byte("\n"))) }

// reader follows the tokens of a script just far enough to tell ES5 from what is newer.
type reader struct {
	lexer                    *js.Lexer
	open                     []bracket    // that are not closed yet; the script itself is the first
	prev, last               js.TokenType // the token before this one, and the one before that
	operand                  bool         // prev ends an operand
	expression               bool         // the function that has begun is one
	literal                  bool         // prev closes an array or object literal, which may turn out to be a pattern
	base                     []byte       // a variable, or "[" for an array, of which a property is read
	plain                    bool         // prev, or what it compares with, is a string other than "object" and "symbol"
	typeof                   bool         // an operand of typeof is being read
	newer                    bool         // than ES5, or not surely minified
	comments, blank, escapes int          // bytes
	params, letters          int          // parameters, and the letters of their names
	args, typeofs            int          // functions as arguments; typeof for which Babel calls its helper
	helpers                  map[string]bool
}

// bracket is one that is open.
type bracket struct {
	kind      bracketKind
	key       keyState
	ternaries int  // ? whose : is still to come
	header    bool // of if, while, for, with: no operand ends here
	call      bool // of a call
	value     bool // of the body of a function expression: an operand ends here
}

type bracketKind int

const (
	ofBlock bracketKind = iota
	ofObject
	ofParams
	ofParen
	ofArray
	ofIndex
)

// keyState is how far a property of an object literal has been read.
type keyState int

const (
	keyAhead keyState = iota
	keyRead
	accessorRead // get or set, which may be the name itself
	inValue
)

// next reads one token, and reports whether to go on.
func (r *reader) next() bool {
	token, text := r.lexer.Next()
	if (token == js.DivToken || token == js.DivEqToken) && !r.operand {
		token, text = r.lexer.RegExp()
	}
	switch token {
	case js.ErrorToken:
		r.newer = r.newer || r.lexer.Err().Error() != "EOF"
		return false
	case js.WhitespaceToken, js.LineTerminatorToken:
		r.blank += len(text)
		return true
	case js.CommentToken, js.CommentLineTerminatorToken:
		if !legal().Match(text) {
			r.comments += len(text)
		}
		return true
	}
	if r.prev == js.DotToken && js.IsIdentifierName(token) {
		r.newer = r.newer || r.last == js.NewToken // new.target
		r.member(text)
		token = js.IdentifierToken
	}
	r.remember(token, text)
	r.read(token, text)
	r.last, r.prev = r.prev, token
	return !r.newer
}

// remember keeps whose property a dot asks for: that of a variable or an array.
func (r *reader) remember(token js.TokenType, text []byte) {
	switch {
	case js.IsIdentifier(token) && r.prev != js.DotToken:
		r.base = text
	case token == js.DotToken && r.prev == js.CloseBracketToken && r.literal:
		r.base = []byte("[")
	case token != js.DotToken:
		r.base = nil
	}
}

// member notes the helpers of WeChat's own plugin, as noteStatic does.
func (r *reader) member(text []byte) {
	switch name := string(text); {
	case name == "includes" && r.base != nil:
		r.helpers["Arrayincludes"] = true
	case (name == "values" || name == "entries") && string(r.base) == "Object":
		r.helpers["Object"+name] = true
	}
}

func (r *reader) top() *bracket { return &r.open[len(r.open)-1] }

// read takes one token in.
func (r *reader) read(token js.TokenType, text []byte) {
	if top := r.top(); top.kind == ofParams {
		r.param(token, text)
		return
	} else if top.kind == ofObject && top.key != inValue && token != js.CloseBraceToken {
		r.property(top, token)
		return
	}
	r.text(token, text)
	if r.literal && token == js.EqToken || newer(token, text) || r.newWord(token) || r.declares(token) {
		r.newer = true
		return
	}
	r.literal = false
	switch token {
	case js.OpenBraceToken, js.OpenParenToken, js.OpenBracketToken:
		r.begin(token)
	case js.CloseBraceToken, js.CloseParenToken, js.CloseBracketToken:
		r.end()
	default:
		r.within(token)
		r.operand = endsOperand(token)
	}
}

// within counts what belongs to the innermost bracket.
func (r *reader) within(token js.TokenType) {
	top := r.top()
	switch {
	case token == js.FunctionToken:
		r.function(top)
	case token == js.QuestionToken:
		top.ternaries++
	case token == js.ColonToken && top.ternaries > 0:
		top.ternaries--
	case token == js.CommaToken && top.kind == ofObject:
		top.key = keyAhead
	}
}

// function is for the word: whether an expression begins, and an argument.
func (r *reader) function(top *bracket) {
	switch r.prev {
	case js.ErrorToken, js.SemicolonToken, js.OpenBraceToken, js.CloseBraceToken, js.CloseParenToken, js.ElseToken, js.DoToken:
		return // a declaration, or what if and the like hold
	case js.OpenParenToken, js.CommaToken:
		if top.kind == ofParen && top.call {
			r.args++
		}
	}
	r.expression = true
}

// param: in ES5 there are names and commas between the parentheses.
func (r *reader) param(token js.TokenType, text []byte) {
	switch {
	case token == js.CloseParenToken:
		r.end()
	case js.IsIdentifier(token):
		r.params++
		r.letters += len(text)
	case token != js.CommaToken:
		r.newer = true
	}
}

// property: in ES5 a name is followed by a colon, but for get and set.
func (r *reader) property(top *bracket, token js.TokenType) {
	name := js.IsIdentifierName(token) || js.IsNumeric(token) || token == js.StringToken
	switch {
	case name && top.key == keyAhead && (token == js.GetToken || token == js.SetToken):
		top.key = accessorRead
	case name && top.key == keyAhead:
		top.key = keyRead
	case token == js.ColonToken && top.key != keyAhead:
		top.key, r.operand = inValue, false
	case name && top.key == accessorRead:
		top.key = inValue
	default:
		r.newer = true
	}
}

// begin opens a bracket.
func (r *reader) begin(token js.TokenType) {
	b := bracket{kind: ofBlock}
	switch {
	case token == js.OpenBracketToken && r.operand:
		b.kind = ofIndex
	case token == js.OpenBracketToken:
		b.kind = ofArray
	case token == js.OpenParenToken && (r.prev == js.FunctionToken || r.last == js.FunctionToken && r.prev != js.OpenParenToken):
		b.kind = ofParams
	case token == js.OpenParenToken:
		b.kind, b.call = ofParen, r.operand
		b.header = r.prev == js.IfToken || r.prev == js.WhileToken || r.prev == js.ForToken || r.prev == js.WithToken
	case r.prev == js.CatchToken:
		r.newer = true
	case r.prev == js.CloseParenToken:
		b.value, r.expression = r.expression, false
	case r.beginsObject():
		b.kind = ofObject
	}
	r.open, r.operand = append(r.open, b), false
}

// beginsObject reports whether a brace here is that of an object.
func (r *reader) beginsObject() bool {
	switch r.prev {
	case js.ErrorToken, js.SemicolonToken, js.OpenBraceToken, js.CloseBraceToken, js.ElseToken, js.DoToken, js.TryToken, js.FinallyToken:
		return false
	case js.ColonToken: // of a label or case, of a property, or of a ternary
		return r.top().kind != ofBlock
	}
	return !r.operand
}

// end closes the innermost bracket.
func (r *reader) end() {
	if len(r.open) == 1 {
		r.newer = true
		return
	}
	b := r.top()
	r.literal = b.kind == ofArray || b.kind == ofObject
	r.operand = b.value || b.kind != ofBlock && b.kind != ofParams && !b.header
	r.open = r.open[:len(r.open)-1]
}

// endsOperand reports whether an operator may follow a token that is no bracket.
func endsOperand(token js.TokenType) bool {
	switch token {
	case js.ThisToken, js.NullToken, js.TrueToken, js.FalseToken, js.StringToken, js.RegExpToken, js.IncrToken, js.DecrToken:
		return true
	}
	return js.IsIdentifier(token) || js.IsNumeric(token)
}

// newer reports whether a token is not of ES5.
func newer(token js.TokenType, text []byte) bool {
	switch token {
	case js.TemplateToken, js.TemplateStartToken, js.PrivateIdentifierToken, js.ArrowToken, js.EllipsisToken, js.ExpToken, js.ExpEqToken,
		js.NullishToken, js.NullishEqToken, js.AndEqToken, js.OrEqToken, js.OptChainToken, js.BinaryToken, js.OctalToken, js.LetToken,
		js.ConstToken, js.ClassToken, js.SuperToken, js.ImportToken, js.ExportToken, js.AwaitToken, js.YieldToken:
		return true
	case js.RegExpToken:
		return bytes.ContainsAny(text[bytes.LastIndexByte(text, '/'):], "suyd") || bytes.Contains(text, []byte("(?<"))
	}
	return js.IsNumeric(token) && (bytes.IndexByte(text, '_') >= 0 || token != js.HexadecimalToken && text[len(text)-1] == 'n')
}

// newWord reports what is newer than ES5 by the token before it.
func (r *reader) newWord(token js.TokenType) bool {
	return token == js.OfToken && r.operand || token == js.MulToken && r.prev == js.FunctionToken || token == js.FunctionToken && r.prev == js.AsyncToken
}

// declares reports whether a declaration begins that belongs to the whole script.
func (r *reader) declares(token js.TokenType) bool {
	begins := r.prev == js.ErrorToken || r.prev == js.SemicolonToken || r.prev == js.CloseBraceToken
	return len(r.open) == 1 && (token == js.VarToken || token == js.FunctionToken && begins)
}

// text counts escapes, and typeof, but where it is compared with a string that tells no
// object.
func (r *reader) text(token js.TokenType, text []byte) {
	switch {
	case token == js.TypeofToken:
		if r.typeof = !r.plain; r.typeof {
			r.typeofs++
		}
	case token == js.StringToken:
		r.escapes += 4 * bytes.Count(text, []byte(`\u`))
		name := string(text[1 : len(text)-1])
		if r.plain = name != "object" && name != "symbol"; r.plain && r.typeof && compares(r.prev) {
			r.typeofs--
		}
	case compares(token):
		return
	case !js.IsIdentifierName(token) && token != js.DotToken && token != js.OpenBracketToken && token != js.CloseBracketToken:
		r.typeof = false
		fallthrough
	default:
		r.plain = false
	}
}

func compares(token js.TokenType) bool {
	return token == js.EqEqToken || token == js.EqEqEqToken || token == js.NotEqToken || token == js.NotEqEqToken
}
