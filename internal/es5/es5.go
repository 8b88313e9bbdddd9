// Package es5 foretells what WeChat's compiler makes of a script when ES6 is to
// be ES5: the text that Babel prints (preset-env for Chrome 53 and iOS 8, ECMAScript
// modules as CommonJS; observed with miniprogram-ci 2.1.42), near enough to be
// weighed. It is not meant to be run: names are not kept apart where Babel would
// rename one, and the state machine of an async function has no true labels.
package es5

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

// Result is a lowered script.
type Result struct {
	Code    []byte
	Helpers []string // base names of Babel's helper files that it requires, sorted
	Args    int      // functions that are arguments of calls
}

// ErrSyntax is returned for a script that the parser does not understand.
var ErrSyntax = errors.New("script does not parse")

// compactFrom is the length in UTF-16 units from which on Babel
// leaves out the white space ("compact": "auto").
const compactFrom = 500_000

// Lower prints the script of that path (relative to the miniprogram root, which
// says how far away the helpers are) as Babel would.
func Lower(name string, src []byte) (Result, error) {
	ast, err := js.Parse(parse.NewInputBytes(slices.Clone(src)), js.Options{})
	if err != nil {
		return Result{}, fmt.Errorf("%w: %w", ErrSyntax, err)
	}
	p := &printer{
		compact: units(src) > compactFrom,
		dense:   dense(src),
		up:      strings.Repeat("../", strings.Count(name, "/")),
		uids:    map[string]int{},
		helpers: map[string]string{},
		module:  newModule(ast),
		arrays:  map[*js.Var]bool{},
		scopes:  map[*js.Scope]map[string]bool{},
	}
	p.program(ast)
	return Result{Code: p.b, Helpers: p.helperNames(), Args: p.funcArgs}, nil
}

// units is the length of a text in UTF-16 units.
func units(text []byte) int {
	n := 0
	for _, b := range text {
		if b&0xc0 != 0x80 {
			n++
		}
		if b >= 0xf0 {
			n++
		}
	}
	return n
}

// printer writes JavaScript with Babel's white space.
type printer struct {
	b           []byte
	indent      int
	compact     bool
	funcArgs    int
	inList      bool              // the next statement is one of a list: a declaration may be let
	markedEarly bool              // a generator is declared: a helper is required once more
	dense       bool              // the source looks minified: what has no need of braces has none
	up          string            // from the file's folder to the miniprogram root
	uids        map[string]int    // names that were made, by stem
	helpers     map[string]string // Babel's helpers by file name: the local name
	order       []string          // their files in the order of use
	module      *module
	arrays      map[*js.Var]bool // variables that hold nothing but an array
	scopes      map[*js.Scope]map[string]bool
	fn          *function
	awaiter     string // of the next generator
}

// function is the function whose body is being printed.
type function struct {
	outer    *function
	arrow    bool
	this     string   // name of the variable that holds this for arrow functions
	args     string   // the same for arguments
	temps    []string // variables without a value that belong to the start of the body
	loops    int      // loops around the statement
	block    int      // blocks around the statement
	gen      *generator
	hoisted  map[string]bool // names of block variables that became the function's
	leave    leave
	class    *class
	isTypeof bool // in Babel's helper for typeof
	super    bool // in the constructor of a class that extends another one
}

// leave is what break and continue become here.
type leave struct {
	mode      leaveMode
	breaks    int // statements around that break would leave, up to the one that has no loop any more
	continues int
}

type leaveMode int

const (
	leavePlain    leaveMode = iota
	leaveFunction           // the body of the loop is a function
	leaveMachine            // the loop is made of states
)

func (p *printer) helperNames() []string {
	names := slices.Clone(p.order)
	slices.Sort(names)
	return names
}

// helper is the local name of one of Babel's helpers.
func (p *printer) helper(name string) string {
	local, ok := p.helpers[name]
	if !ok {
		local = "_" + strings.TrimRight(name, "0123456789") + "2"
		p.helpers[name] = local
		p.order = append(p.order, name)
	}
	return local
}

func (p *printer) s(text string) { p.b = append(p.b, text...) }

func (p *printer) space() {
	if !p.compact {
		p.b = append(p.b, ' ')
	}
}

// newline ends the line and indents the next one.
func (p *printer) newline() {
	if p.compact {
		return
	}
	p.b = append(p.b, '\n')
	for range p.indent {
		p.b = append(p.b, "  "...)
	}
}

// tight writes text that has Babel's white space, without it in compact code.
func (p *printer) tight(text string) {
	if p.compact {
		text = tightener.Replace(text)
	}
	p.s(text)
}

var tightener = strings.NewReplacer(" = ", "=", ", ", ",", " === ", "===", " !== ", "!==", " || ", "||", " ? ", "?", " : ", ":",
	" && ", "&&", ": ", ":", " {", "{", "; ", ";", " < ", "<", " > ", ">", " - ", "-", "( /*", "(/*", "if (", "if(", "for (", "for(", ") ", ")")

// text is what print writes, which goes nowhere else.
func (p *printer) text(print func()) string {
	saved := p.b
	outermost := p.fn != nil && p.fn.gen != nil && !p.fn.gen.held
	if outermost {
		p.fn.gen.held, p.fn.gen.out = true, saved
	}
	g := p.fn
	p.b = nil
	print()
	text := string(p.b)
	p.b = saved
	if outermost {
		p.b, g.gen.held, g.gen.out = g.gen.out, false, nil
	}
	return text
}

// exprText is the text of an expression.
func (p *printer) exprText(e js.IExpr, min js.OpPrec) string {
	return p.text(func() { p.expr(e, min) })
}

// uid makes a name as Babel's generateUid does.
func (p *printer) uid(stem string) string {
	stem = strings.TrimLeft(identifier(stem), "_")
	stem = strings.TrimRight(stem, "0123456789")
	p.uids[stem]++
	if n := p.uids[stem]; n > 1 {
		return "_" + stem + strconv.Itoa(n)
	}
	return "_" + stem
}

// temp makes a name that stands for an expression, declared at the function's start.
func (p *printer) temp(e js.IExpr) string {
	name := p.uid(stemOf(e))
	p.fn.temps = append(p.fn.temps, name)
	return name
}

// longestStem is the number of characters that Babel keeps of an expression in a name.
const longestStem = 20

func stemOf(e js.IExpr) string {
	stem := strings.TrimPrefix(strings.Join(parts(e, nil), "$"), "_")
	if stem == "" {
		stem = "ref"
	}
	if len(stem) > longestStem {
		stem = stem[:longestStem]
	}
	return stem
}

func parts(e js.IExpr, to []string) []string {
	switch e := e.(type) {
	case *js.Var:
		return append(to, string(e.Name()))
	case *js.LiteralExpr:
		return append(to, strings.Trim(string(e.Data), `'"`))
	case js.LiteralExpr:
		return append(to, string(e.Data))
	case *js.DotExpr:
		return parts(e.Y, parts(e.X, to))
	case *js.IndexExpr:
		return parts(e.Y, parts(e.X, to))
	case *js.CallExpr:
		return parts(e.X, to)
	case *js.NewExpr:
		return parts(e.X, to)
	case *js.GroupExpr:
		return parts(e.X, to)
	case *js.UnaryExpr:
		if e.Op == js.AwaitToken {
			return parts(e.X, to)
		}
	}
	return to
}

// identifier makes a name of any text, as Babel's toIdentifier does.
func identifier(text string) string {
	var name strings.Builder
	upper := false
	for _, r := range text {
		switch {
		case r >= 0x80 || r == '$' || r == '_' || r >= '0' && r <= '9' && name.Len() > 0 || r|0x20 >= 'a' && r|0x20 <= 'z':
			if upper && name.Len() > 0 {
				name.WriteString(strings.ToUpper(string(r)))
			} else {
				name.WriteRune(r)
			}
			upper = false
		default:
			upper = true
		}
	}
	if reserved[name.String()] {
		return "_" + name.String()
	}
	return name.String()
}

var reserved = makeReserved()

func makeReserved() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields("break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield await eval arguments let static package private protected public implements interface") {
		words[w] = true
	}
	return words
}
