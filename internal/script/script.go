// Package script reads the scripts of a mini program. Scan finds in one pass what
// a script asks for, with positions and kinds that esbuild does not tell; Check
// tells what does not parse.
package script

import "encoding/json"

// Kind is a way in which a script asks for a file.
type Kind string

// The kinds of Ref.
const (
	Import  Kind = "import"  // import ... from "x", import "x", export ... from "x"
	Require Kind = "require" // require("x"), also TypeScript's import x = require("x")
	Async   Kind = "async"   // require.async("x"), require("x", callback): may cross packages (WeChat docs, framework/subpackages/async)
	Dynamic Kind = "dynamic" // import("x")
	Plugin  Kind = "plugin"  // requirePlugin("x")
	URL     Kind = "url"     // wx.navigateTo({url: "x"}) and the other functions that open a page
)

// Ref is one place where a script names a file or a page by a string literal.
// Offset and Length are bytes of the source and cover the literal with its quotes.
type Ref struct {
	Kind           Kind
	Name           string // the function of a URL, such as "navigateTo"; else empty
	Spec           string // the literal, decoded
	Offset, Length int
	Guarded        bool // in a try block that has a catch, or behind typeof require; a function within starts anew
	Partial        bool // the argument begins with Spec and goes on: require("./lang/" + name)
	Nested         bool // in a function: asked for when that is called, not when the script is loaded
}

// Call is a call of one of the functions by which scripts register themselves
// (App, Page, Component, Behavior, definePlugin) or of getApp.
type Call struct {
	Name   string
	Offset int // of the name, in bytes
	Nested bool
}

// Assign is an assignment to a member of wx: wx.x = ..., wx["x"] = ...
type Assign struct {
	Name   string
	Offset int // of wx, in bytes
}

// Script is what Scan found, all in the order of the source.
type Script struct {
	Refs          []Ref
	Unknown       []int // offsets of the word require where the argument does not begin with a literal
	Module        bool  // has an import or export declaration
	ModuleOffset  int   // of the first one, -1 if none
	TopLevelAwait int   // offset of the first await outside of functions, -1 if none
	Calls         []Call
	Assigns       []Assign
	OutsideDeps   []string // what WeChat's "build npm" noted in a comment //miniprogram-npm-outsideDeps=["x"]
}

// Scan reads a script, JavaScript or TypeScript. It never fails: of a script that
// does not parse it finds what it can. The time is linear in the length.
//
// A require that a parameter or a declaration hides is not WeChat's and not told
// (bundles have their own). Code that cannot be reached is told like any other.
func Scan(src []byte) *Script {
	s := newScanner(src)
	s.run()
	return s.result()
}

func newScanner(src []byte) *scanner {
	return &scanner{
		src:    src,
		out:    &Script{ModuleOffset: -1, TopLevelAwait: -1},
		prev:   tStart,
		cur:    frame{kind: kTop},
		budget: 16*len(src) + 1024,
	}
}

// result moves the requires with unknown arguments to where they belong.
func (s *scanner) result() *Script {
	for _, f := range s.refs {
		if f.Kind == unknown {
			s.out.Unknown = append(s.out.Unknown, f.Offset)
		} else {
			s.out.Refs = append(s.out.Refs, f.Ref)
		}
	}
	if s.deps != nil && json.Unmarshal(s.deps, &s.out.OutsideDeps) != nil {
		s.out.OutsideDeps = nil
	}
	return s.out
}
