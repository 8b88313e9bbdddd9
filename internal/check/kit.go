package check

import (
	"bytes"
	"path"
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

// findKits looks for folders that have the UIKit's index component and its two main
// ones.
func findKits(m *Mini) []*Kit {
	var kits []*Kit
	for _, name := range m.Files.Names() {
		dir, ok := strings.CutSuffix(name, "/components/TUIConversation/index.json")
		if !ok || !m.Files.Has(dir+"/components/TUIChat/index.json") || !m.Files.Has(dir+"/index.json") {
			continue
		}
		if slices.Contains(strings.Split(dir, "/"), "miniprogram_npm") {
			continue
		}
		kits = append(kits, &Kit{Dir: dir, Generation: m.generation(dir), Unit: m.Graph.Unit(dir + "/index")})
	}
	return kits
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
	for _, name := range m.Files.Names() {
		node := m.Graph.Nodes[name]
		if node != nil && node.Kind == graph.Script && meant(node) && bytes.Contains(m.source(m.root(name)), []byte(words)) {
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
		for _, kit := range m.Kits {
			if u.Page && r.Target == kit.Dir+"/index" {
				pages = append(pages, kitPage{u, kit, r})
			}
		}
	})
	return pages
}

// place is where the page names the component.
func (p *Pass) kitPlace(page kitPage) diag.Place { return p.value(page.Config, page.ref.Keys...) }

// showsKit reports whether a page shows a UIKit.
func (m *Mini) showsKit(u *graph.Unit) bool {
	return slices.ContainsFunc(m.kitPages(), func(page kitPage) bool { return page.Unit == u })
}
