package graph

import (
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
	"github.com/tuikit-cli/tuikit-cli/internal/wxs"
	"github.com/tuikit-cli/tuikit-cli/internal/wxss"
)

// Kind is the kind of a code file.
type Kind string

// The kinds of code files.
const (
	Script   Kind = "script"   // .js, and .ts where TypeScript is compiled
	Template Kind = "template" // .wxml
	WXS      Kind = "wxs"
	Style    Kind = "style" // .wxss, and .less, .scss, .sass where they are compiled
)

// Use is how a file uses another.
type Use string

// The ways to use a file.
const (
	Require     Use = "require"   // import, require: at once
	Async       Use = "async"     // require.async, require with a callback: loads the package first
	Dynamic     Use = "dynamic"   // import()
	Plugin      Use = "plugin"    // requirePlugin
	URL         Use = "url"       // the page that navigateTo and its kin open
	Component   Use = "component" // usingComponents, and the default of componentGenerics
	Include     Use = "include"   // <import> and <include>
	Wxs         Use = "wxs"       // <wxs src>, and require in a .wxs file
	StyleImport Use = "import"    // @import
	Image       Use = "image"     // <image src>
	Local       Use = "local"     // url() in a style
)

// Ref is a place where a file names another.
type Ref struct {
	Use            Use
	Name           string // the tag of a component, the function that opens a URL
	Spec           string // as written, decoded
	Offset, Length int    // of what is written, in bytes
	Target         string // the file that is found, relative to the miniprogram root; "": none
	External       bool   // found, but not a file of the project: a plugin, an extension library
	Tried          []string
	Guarded        bool // its failure is caught
	Nested         bool // in a function, run when that is called
	Partial        bool // Spec is the beginning of what is known only at run time
	Plain          bool // @import url(…)
	Keys           []string
}

// Found reports whether the reference leads somewhere.
func (r Ref) Found() bool { return r.Target != "" || r.External || r.Partial }

// Node is a code file.
type Node struct {
	Path    string // relative to the miniprogram root
	Kind    Kind
	Package int // index in Packages of the project
	Refs    []Ref
	Reached bool
	Via     string // the file that reached it first; "" for what app.json names

	Script   *script.Script
	Template *wxml.Document
	Style    *wxss.Sheet
	WXS      *wxs.Module
	Latin    bool // not in UTF-8
	BOM      bool // begins with a byte order mark
}

// Unit is a page, a component, or the app itself (Path "app").
type Unit struct {
	Path    string // without an ending, relative to the miniprogram root
	Package int
	Page    bool
	Via     string            // the JSON file that names it first
	Config  *project.Document // nil: it has none
	Using   []Ref             // usingComponents of its own, then the defaults of componentGenerics
	Tags    map[string]bool   // all tags that it may use, those of app.json too

	Script, Template, Style string // its files; "" for one that is not there
}

// Graph is who uses whom in a mini program.
type Graph struct {
	In     *project.Inspection
	Nodes  map[string]*Node // every code file that is packed, reached or not
	Units  []*Unit          // the app, then pages, then components, as they are reached
	Syntax []script.SyntaxError

	units    map[string]*Unit
	alias    map[string]string
	prefixes map[string]bool // of paths that are known only at run time
	live     map[string]map[script.LiveKey]bool
	lazy     bool // files are read as they are reached
}

// Unit finds a page or component by its path without an ending.
func (g *Graph) Unit(path string) *Unit { return g.units[path] }

// Packages are the project's: the main package first.
func (g *Graph) Packages() []project.Package { return g.In.Project.Packages() }
