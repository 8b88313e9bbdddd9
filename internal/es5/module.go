package es5

import (
	"path"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2/js"
)

// module is what a script imports and exports.
type module struct {
	scope   *js.Scope
	names   map[*js.Var]string  // imported variables: what is printed for a use
	local   map[string]string   // the same by name
	exports map[string][]string // names that a local variable is exported as
	esm     bool                // exports something
	interop bool                // imports or exports something
	head    []string            // statements that stand before all others
	named   bool                // exports names besides all of another module
}

func newModule(ast *js.AST) *module {
	return &module{scope: &ast.Scope, names: map[*js.Var]string{}, local: map[string]string{}, exports: map[string][]string{}}
}

func resolve(v *js.Var) *js.Var {
	for v.Link != nil {
		v = v.Link
	}
	return v
}

// imported is what a use of an imported variable is printed as, "" for another one.
func (m *module) imported(v *js.Var) string { return m.names[resolve(v)] }

// member reports whether an imported variable is printed as a member of its module.
func (m *module) member(v *js.Var) bool { return strings.Contains(m.names[resolve(v)], ".") }

// global reports whether no declaration of the variable is in the script.
func (m *module) global(v *js.Var) bool { return resolve(v).Decl == js.NoDecl && m.imported(v) == "" }

// prepare reads the import and export declarations before anything is printed.
func (m *module) prepare(p *printer, list []js.IStmt) {
	var functions, values, imports []string
	m.named = len(exportNames(list)) > 0
	for _, stmt := range list {
		switch s := stmt.(type) {
		case *js.ImportStmt:
			m.interop = true
			imports = append(imports, m.imports(p, s)...)
		case *js.ExportStmt:
			m.esm, m.interop = true, true
			f, v, i := m.exportStmt(p, s)
			functions, values, imports = append(functions, f...), append(values, v...), append(imports, i...)
		}
	}
	if m.esm {
		m.head = append(m.head, "Object.defineProperty(exports, \"__esModule\", {\n  value: true\n});")
	}
	named := exportNames(list)
	if len(named) > 0 && exportsAll(list) {
		m.head = append(m.head, "var _exportNames = {\n  "+strings.Join(named, ": true,\n  ")+": true\n};")
	}
	m.head = append(m.head, functions...)
	const atOnce = 100 // assignments in one statement
	for chunk := range slices.Chunk(values, atOnce) {
		slices.Reverse(chunk)
		m.head = append(m.head, strings.Join(chunk, " = ")+" = void 0;")
	}
	m.head = append(m.head, imports...)
}

func (m *module) imports(p *printer, s *js.ImportStmt) []string {
	spec := string(s.Module)
	if len(s.List) == 0 && s.Default == nil {
		return []string{"require(" + spec + ");"}
	}
	local := p.uid(strings.TrimSuffix(path.Base(trimQuotes(spec)), path.Ext(trimQuotes(spec))))
	wrap := ""
	for _, alias := range s.List {
		switch {
		case string(alias.Name) == "*":
			local = string(alias.Binding)
			wrap = "interopRequireWildcard"
		default:
			name := string(alias.Name)
			if alias.Name == nil {
				name = string(alias.Binding)
			}
			if name == "default" {
				wrap = defaultWrap(wrap, len(s.List) > 1)
			}
			m.bind(alias.Binding, local+"."+name)
		}
	}
	if s.Default != nil {
		wrap = defaultWrap(wrap, len(s.List) > 0)
		m.bind(s.Default, local+".default")
	}
	if wrap == "" {
		return []string{"var " + local + " = require(" + spec + ");"}
	}
	p.sideEffect(wrap)
	return []string{"var " + local + " = _" + wrap + "(require(" + spec + "));"}
}

func defaultWrap(wrap string, more bool) string {
	if more || wrap == "interopRequireWildcard" {
		return "interopRequireWildcard"
	}
	return "interopRequireDefault"
}

func trimQuotes(spec string) string { return strings.Trim(spec, `'"`) }

func (m *module) bind(name []byte, as string) {
	for _, list := range []js.VarArray{m.scope.Declared, m.scope.Undeclared} {
		for _, v := range list {
			if string(v.Data) == string(name) {
				m.names[resolve(v)] = as
			}
		}
	}
	m.local[string(name)] = as
}

// exportStmt notes what an export declaration exports.
func (m *module) exportStmt(p *printer, s *js.ExportStmt) (functions, values, imports []string) {
	switch {
	case s.Module != nil:
		return m.exportFrom(p, s)
	case s.Default:
		if f, ok := s.Decl.(*js.FuncDecl); ok {
			name := "_default"
			if f.Name != nil {
				name = string(f.Name.Name())
			}
			return []string{"exports.default = " + name + ";"}, nil, nil
		}
		return nil, []string{"exports.default"}, nil
	case s.Decl != nil:
		if f, ok := s.Decl.(*js.FuncDecl); ok {
			name := string(f.Name.Name())
			return []string{"exports." + name + " = " + name + ";"}, nil, nil
		}
		for _, name := range bound(s.Decl) {
			m.exports[name] = append(m.exports[name], name)
			values = append(values, "exports."+name)
		}
		return nil, values, nil
	}
	for _, alias := range s.List {
		name := string(alias.Name)
		if alias.Name == nil {
			name = string(alias.Binding)
		}
		if name == "" { // behind a comma at the end
			continue
		}
		switch {
		case m.importedName(name) != "":
			imports = append(imports, getter(string(alias.Binding), m.importedName(name)))
		case m.isFunction(name):
			functions = append(functions, "exports."+string(alias.Binding)+" = "+name+";")
		default:
			m.exports[name] = append(m.exports[name], string(alias.Binding))
			values = append(values, "exports."+string(alias.Binding))
		}
	}
	return functions, values, imports
}

func (m *module) importedName(name string) string {
	return m.local[name]
}

func (m *module) isFunction(name string) bool {
	for _, v := range m.scope.Declared {
		if string(v.Data) == name {
			return v.Decl == js.FunctionDecl
		}
	}
	return false
}

func getter(name, value string) string {
	return "Object.defineProperty(exports, \"" + name + "\", {\n  enumerable: true,\n  get: function get() {\n    return " + value + ";\n  }\n});"
}

func (m *module) exportFrom(p *printer, s *js.ExportStmt) (functions, values, imports []string) {
	spec := string(s.Module)
	local := p.uid(strings.TrimSuffix(path.Base(trimQuotes(spec)), path.Ext(trimQuotes(spec))))
	required := "require(" + spec + ")"
	for _, alias := range s.List {
		if string(alias.Name) == "default" || alias.Name == nil && string(alias.Binding) == "default" {
			p.sideEffect("interopRequireDefault")
			required = "_interopRequireDefault(require(" + spec + "))"
		}
	}
	imports = append(imports, "var "+local+" = "+required+";")
	if isAll(s) {
		own := ""
		if m.named {
			own = "  if (Object.prototype.hasOwnProperty.call(_exportNames, key)) return;\n"
		}
		imports = append(imports, "Object.keys("+local+").forEach(function (key) {\n  if (key === \"default\" || key === \"__esModule\") return;\n"+own+"  if (key in exports && exports[key] === "+
			local+"[key]) return;\n  Object.defineProperty(exports, key, {\n    enumerable: true,\n    get: function get() {\n      return "+local+"[key];\n    }\n  });\n});")
		return nil, nil, imports
	}
	for _, alias := range s.List {
		name := string(alias.Name)
		if alias.Name == nil {
			name = string(alias.Binding)
		}
		if name != "" {
			functions = append(functions, getter(string(alias.Binding), local+"."+name))
		}
	}
	return functions, nil, imports
}

// isAll reports whether a declaration is export * from, without a name.
func isAll(s *js.ExportStmt) bool {
	return s.Module != nil && len(s.List) == 1 && (s.List[0].Name == nil && string(s.List[0].Binding) == "*" || string(s.List[0].Name) == "*" && s.List[0].Binding == nil)
}

func exportsAll(list []js.IStmt) bool {
	return slices.ContainsFunc(list, func(stmt js.IStmt) bool {
		s, ok := stmt.(*js.ExportStmt)
		return ok && isAll(s)
	})
}

// exportNames are the names, but for default, that a script exports one by one.
func exportNames(list []js.IStmt) []string {
	var names []string
	for _, stmt := range list {
		s, ok := stmt.(*js.ExportStmt)
		if !ok || isAll(s) || s.Default {
			continue
		}
		for _, alias := range s.List {
			if len(alias.Binding) > 0 {
				names = append(names, string(alias.Binding))
			}
		}
		switch d := s.Decl.(type) {
		case *js.FuncDecl:
			names = append(names, string(d.Name.Name()))
		case *js.VarDecl, *js.ClassDecl:
			names = append(names, bound(d)...)
		}
	}
	return names
}

// bound are the names that a declaration binds.
func bound(e js.INode) []string {
	var names []string
	switch d := e.(type) {
	case *js.VarDecl:
		for _, element := range d.List {
			names = boundIn(element.Binding, names)
		}
	case *js.ClassDecl:
		if d.Name != nil {
			names = append(names, string(d.Name.Name()))
		}
	}
	return names
}

func boundIn(binding js.IBinding, names []string) []string {
	switch b := binding.(type) {
	case *js.Var:
		names = append(names, string(b.Name()))
	case *js.BindingObject:
		for _, item := range b.List {
			names = boundIn(item.Value.Binding, names)
		}
		if b.Rest != nil {
			names = append(names, string(b.Rest.Name()))
		}
	case *js.BindingArray:
		for _, item := range b.List {
			names = boundIn(item.Binding, names)
		}
		if b.Rest != nil {
			names = boundIn(b.Rest, names)
		}
	}
	return names
}

// exported prints what exports names that a declaration has just given values.
func (m *module) exported(p *printer, names ...string) {
	if p.fn.outer != nil || p.fn.block > 0 || len(m.exports) == 0 {
		return
	}
	for _, name := range names {
		for _, as := range m.exports[name] {
			p.newline()
			p.tight("exports." + as + " = " + name + ";")
		}
	}
}

// reassign prints what keeps an export up to date when its variable is assigned to.
func (m *module) reassign(p *printer, target js.IExpr) {
	v, ok := ungroup(target).(*js.Var)
	if !ok || len(m.exports) == 0 || !slices.Contains(m.scope.Declared, resolve(v)) {
		return
	}
	for _, as := range m.exports[string(v.Name())] {
		p.tight("exports." + as + " = ")
	}
}

// export prints the part of an export declaration that stays where it is.
func (p *printer) export(s *js.ExportStmt) {
	switch d := s.Decl.(type) {
	case nil:
		p.unline()
	case *js.VarDecl:
		p.inList = true
		p.bare(d)
	case *js.FuncDecl:
		if d.Name == nil {
			d.Name = &js.Var{Data: []byte("_default")}
		}
		p.funcDecl(d)
	case *js.ClassDecl:
		p.exportClass(s, d)
	default:
		p.tight("var _default = ")
		p.named(d, "_default")
		p.s(";")
		p.line0(p.deflt("_default"))
	}
}

func (p *printer) exportClass(s *js.ExportStmt, d *js.ClassDecl) {
	if !s.Default {
		p.bare(d)
		return
	}
	name := "_default"
	if d.Name != nil {
		name = string(d.Name.Name())
	}
	p.tight("var " + name + " = ")
	p.classExpr(d, name)
	p.s(";")
	p.line0(p.deflt(name))
}

func (p *printer) deflt(name string) string { return "exports.default = " + name + ";" }

func (p *printer) line0(text string) {
	p.newline()
	p.tight(text)
}

// unline takes back the line that was begun for a statement that prints nothing.
func (p *printer) unline() {
	for len(p.b) > 0 && (p.b[len(p.b)-1] == ' ' || p.b[len(p.b)-1] == '\n') {
		p.b = p.b[:len(p.b)-1]
	}
}

// interop are the helpers that are required before all else, as members named default.
var interop = []string{"interopRequireWildcard", "interopRequireDefault"}

// header prints what stands before the program: helpers and imports.
func (p *printer) header() {
	for _, name := range interop {
		if _, ok := p.helpers[name]; ok {
			p.line0("var _" + name + " = require(\"" + p.up + "@babel/runtime/helpers/" + name + "\").default;")
		}
	}
	if p.markedEarly {
		p.line0("var _regeneratorRuntime3 = require(\"" + p.up + "@babel/runtime/helpers/regeneratorRuntime\").default;")
	}
	head := p.module.head
	own := 0
	for own < len(head) && !strings.HasPrefix(head[own], "var ") && !strings.HasPrefix(head[own], "require(") {
		p.multiline(head[own])
		own++
	}
	for _, name := range p.order {
		if slices.Contains(interop, name) {
			continue
		}
		require := "require(\"" + p.up + "@babel/runtime/helpers/" + name + "\");"
		if local := p.helpers[name]; local != "" {
			require = "var " + local + " = " + require
		}
		p.line0(require)
	}
	for _, text := range head[own:] {
		p.multiline(text)
	}
}

func (p *printer) multiline(text string) {
	for line := range strings.Lines(text) {
		if p.compact {
			p.tight(strings.TrimSpace(line))
			continue
		}
		p.s("\n" + strings.TrimSuffix(line, "\n"))
	}
}
