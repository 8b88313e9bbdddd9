package wxml

// RefKind says what a template refers to.
type RefKind string

// The kinds of references.
const (
	// TemplateDef: <template name>; not a reference but what TemplateUse refers to.
	TemplateDef RefKind = "template-def"
	// TemplateUse: <template is>, by the name of a template in this file or an imported one.
	TemplateUse RefKind = "template-use"
	// Import: <import src>, which takes the templates of another file. Without an
	// extension .wxml is meant; a bare path is relative to the file.
	Import RefKind = "import"
	// Include: <include src>, which takes everything but templates and wxs.
	Include RefKind = "include"
	// Wxs: <wxs src>, with the extension, and relative.
	Wxs RefKind = "wxs"
	// Resource: an image, sound or video; it may be a network address as well as a path.
	Resource RefKind = "resource"
	// Page: <navigator url> within the mini program, the query included.
	Page RefKind = "page"
)

// Ref is a name or path that a template mentions.
type Ref struct {
	Kind     RefKind
	Element  int // index into Document.Elements
	Attr     Attr
	OpenType string // of a Page: as written, "navigate" where it is not
}

// Static reports whether the value can be known without running the template.
func (r Ref) Static() bool { return r.Attr.HasValue && r.Attr.Value != "" && !r.Attr.Dynamic() }

// resources are the attributes that take files of the mini program, by component
// (developers.weixin.qq.com/miniprogram/dev/component, the pages of the components).
var resources = map[string][]string{
	"audio":       {"src", "poster"},
	"cover-image": {"src"},
	"image":       {"src"},
	"live-pusher": {"waiting-image"},
	"video":       {"src", "poster"},
}

// Refs lists what a template refers to, in the order of the source. Values are as
// written: with {{ }} where Ref.Static is false.
func (d *Document) Refs() []Ref {
	var refs []Ref
	for i := range d.Elements {
		e := &d.Elements[i]
		add := func(kind RefKind, names ...string) {
			for _, name := range names {
				if a, ok := e.Attr(name); ok {
					refs = append(refs, Ref{Kind: kind, Element: i, Attr: a})
				}
			}
		}
		switch e.Name {
		case "template":
			if _, named := e.Attr("name"); named {
				add(TemplateDef, "name")
			} else {
				add(TemplateUse, "is")
			}
		case "import":
			add(Import, "src")
		case "include":
			add(Include, "src")
		case "wxs":
			add(Wxs, "src")
		case "navigator":
			refs = append(refs, pageRef(e, i)...)
		default:
			add(Resource, resources[e.Name]...)
		}
	}
	return refs
}

// pageRef is the target of a navigator, unless that leads into another mini program
// or back.
func pageRef(e *Element, index int) []Ref {
	url, ok := e.Attr("url")
	target, _ := e.Attr("target")
	kind, typed := e.Attr("open-type")
	if !typed {
		kind, typed = e.Attr("openType") // wcc makes this of the other
	}
	if !ok || target.Value == "miniProgram" || kind.Value == "navigateBack" || kind.Value == "exit" {
		return nil
	}
	if !typed || kind.Value == "" {
		kind.Value = "navigate"
	}
	return []Ref{{Kind: Page, Element: index, Attr: url, OpenType: kind.Value}}
}
