package check

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// Kit is a UIKit in the project, put there by this tool or by hand.
type Kit struct {
	Dir        string // relative to the miniprogram root
	Generation uikit.Generation
	Unit       *graph.Unit // its index component; nil: nothing uses it
}

// kitMarks are files of a UIKit by which it is known: its index component and its two
// main ones. Two of them are enough, as a UIKit of which a component is missing is one
// still, and its vendor's scripts are not the user's.
var kitMarks = []string{"/index.json", "/components/TUIConversation/index.json", "/components/TUIChat/index.json"}

// findKits looks for folders that have a UIKit.
func findKits(m *Mini) []*Kit {
	var kits []*Kit
	seen := map[string]bool{}
	for _, name := range m.Files.Names() {
		for _, mark := range kitMarks[1:] {
			dir, ok := strings.CutSuffix(name, mark)
			if !ok || seen[dir] || !m.marked(dir) {
				continue
			}
			seen[dir] = true
			kits = append(kits, &Kit{Dir: dir, Generation: m.generation(dir), Unit: m.Graph.Unit(dir + "/index")})
		}
	}
	return kits
}

// marked reports whether a folder has what a UIKit is known by.
func (m *Mini) marked(dir string) bool {
	count := 0
	for _, mark := range kitMarks {
		if m.Files.Has(dir + mark) {
			count++
		}
	}
	return count > 1 && !slices.Contains(strings.Split(dir, "/"), "miniprogram_npm")
}

// generation recognises a UIKit by what only it has, as uikit.Load does.
func (m *Mini) generation(dir string) uikit.Generation {
	switch {
	case m.Files.Has(dir + "/lib/tim-wx-sdk.js"):
		return uikit.Bundled
	case m.mentions("wx.TencentCloudChat", func(n *graph.Node) bool { return strings.HasPrefix(n.Path, dir+"/components/") }):
		return uikit.Chat
	}
	return uikit.TIM
}

// mentions reports whether a script of those that are meant has the words.
func (m *Mini) mentions(words string, meant func(*graph.Node) bool) bool {
	return m.anyScript(meant, func(data []byte) bool { return bytes.Contains(data, []byte(words)) })
}

// sets reports whether a script of those that are meant gives something this name: it
// assigns it, has it as a key or writes it as a text. To read it is not enough, nor is
// another name that begins so.
func (m *Mini) sets(name string, meant func(*graph.Node) bool) bool {
	given := regexp.MustCompile("(?:^|[^\\w$])" + regexp.QuoteMeta(name) + "(?:['\"`]|\\s*(?:[:,}\\]]|(?:\\|\\||&&|\\?\\?)?=(?:[^=]|$)))")
	return m.anyScript(meant, given.Match)
}

// anyScript reports whether the content of a script of those that are meant is so.
func (m *Mini) anyScript(meant func(*graph.Node) bool, so func(data []byte) bool) bool {
	for _, name := range m.Files.Names() {
		node := m.Graph.Nodes[name]
		if node != nil && node.Kind == graph.Script && meant(node) && so(m.source(m.root(name))) {
			return true
		}
	}
	return false
}

// own are the reached scripts that neither the UIKit nor npm brought.
func (m *Mini) own(n *graph.Node) bool {
	return n.Reached && !m.vendored(n.Path) && !slices.Contains(strings.Split(n.Path, "/"), "miniprogram_npm") && !strings.Contains(path.Base(n.Path), ".min.")
}

// vendored reports whether a file belongs to a UIKit.
func (m *Mini) vendored(name string) bool {
	return slices.ContainsFunc(m.Kits, func(k *Kit) bool { return strings.HasPrefix(name, k.Dir+"/") })
}

// kitPage is a page that shows a UIKit.
type kitPage struct {
	*graph.Unit
	kit *Kit
	ref graph.Ref
}

// kitPages are the pages that use a UIKit's index component.
func (m *Mini) kitPages() []kitPage {
	var pages []kitPage
	m.eachComponent(func(u *graph.Unit, r graph.Ref) {
		if kit := m.kitAt(r); u.Page && kit != nil {
			pages = append(pages, kitPage{u, kit, r})
		}
	})
	return pages
}

// kitAt is the UIKit whose index component is named, nil for another component.
func (m *Mini) kitAt(r graph.Ref) *Kit {
	for _, kit := range m.Kits {
		if r.Target == kit.Dir+"/index" {
			return kit
		}
	}
	return nil
}

// kitPlace is where the page names the component.
func (p *Pass) kitPlace(page kitPage) diag.Place { return p.value(page.Config, page.ref.Keys...) }

// showsKit reports whether a page shows a UIKit.
func (m *Mini) showsKit(u *graph.Unit) bool {
	return u.Page && slices.ContainsFunc(u.Using, func(r graph.Ref) bool { return m.kitAt(r) != nil })
}
