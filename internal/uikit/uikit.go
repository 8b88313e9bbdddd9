// Package uikit knows what a UIKit package is: which of its files belong into a
// project, and how each generation is wired in.
//
// The generation is recognised from the content, never from the version alone:
// people vendor branches, forks and folders.
package uikit

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
)

// Name is the UIKit's npm package.
const Name = "@tencentcloud/chat-uikit-wechat"

// ErrNotUIKit: the folder does not look like any generation of the UIKit.
var ErrNotUIKit = errors.New("not a chat UIKit for WeChat mini programs: it has no index component, TUIChat, TUIConversation and debug library of a known generation")

// Generation is one of the ways in which versions of the UIKit are wired.
type Generation string

// The generations.
const (
	Bundled Generation = "bundled" // 1.0.x: the SDK lies in lib/
	TIM     Generation = "tim"     // 1.1.x: npm tim-wx-sdk
	Chat    Generation = "chat"    // 2.x: npm @tencentcloud/chat
)

var release = regexp.MustCompile(`^[~^=v]*([12])(?:\.(\d+|x))?(?:\.|$)`)

// GenerationOf is the generation of that name, of a version on npm, or of the tag
// latest; "" for anything else.
func GenerationOf(spec string) Generation {
	if _, known := wirings[Generation(spec)]; known {
		return Generation(spec)
	}
	match := release.FindStringSubmatch(spec)
	switch {
	case spec == "latest":
		return Chat
	case match == nil:
		return ""
	case match[1] == "2":
		return Chat
	case match[2] == "0":
		return Bundled
	}
	return TIM
}

// Module is a script that the session module imports.
type Module struct {
	Name string // the variable
	From string // an npm package, or for Bundled a file below lib/
	Key  string // plugins: the name under which the SDK knows it
}

// Wiring is what the session module must do for a generation. It is read off the
// components' source: every global here is read by one of them.
type Wiring struct {
	SDK     Module
	Plugins []Module
	Global  string // the global that holds the SDK's module
	CallKit bool   // the calling components read wx.$globalData.userID
	Aliases []bundle.Alias
}

var wirings = map[Generation]Wiring{
	Bundled: {
		SDK:     Module{Name: "TIM", From: "lib/tim-wx-sdk"},
		Plugins: []Module{{Name: "TIMUploadPlugin", From: "lib/tim-upload-plugin", Key: "tim-upload-plugin"}},
		Global:  "$TUIKitTIM",
		CallKit: true,
	},
	TIM: {
		SDK:     Module{Name: "TIM", From: "tim-wx-sdk"},
		Plugins: npmPlugins,
		Global:  "$TUIKitTIM",
	},
	Chat: {
		SDK:     Module{Name: "TencentCloudChat", From: "@tencentcloud/chat"},
		Plugins: npmPlugins,
		Global:  "TencentCloudChat",
		// TUICore's login makes an SDK of its own, with a smaller build of the same one
		// that no component of the UIKit asks it for: with the one that is there
		// already, 290 kB less are packed.
		Aliases: []bundle.Alias{{In: "@tencentcloud/tui-core-lite", Module: "@tencentcloud/lite-chat/basic", Target: "@tencentcloud/chat"}},
	},
}

var npmPlugins = []Module{
	{Name: "TIMUploadPlugin", From: "tim-upload-plugin", Key: "tim-upload-plugin"},
	{Name: "TIMProfanityFilterPlugin", From: "tim-profanity-filter-plugin", Key: "tim-profanity-filter-plugin"},
}

// Wiring is how the generation is wired in.
func (g Generation) Wiring() Wiring { return wirings[g] }

// SessionModules are the npm modules that the session module imports.
func (g Generation) SessionModules() []string {
	if g == Bundled {
		return nil
	}
	wiring := g.Wiring()
	modules := []string{wiring.SDK.From}
	for _, plugin := range wiring.Plugins {
		modules = append(modules, plugin.From)
	}
	return modules
}

// Libraries are the scripts of the UIKit that the session module imports, without
// ".js". debug says whether it signs in the mini program.
func (w Wiring) Libraries(debug bool) []string {
	var scripts []string
	for _, module := range append([]Module{w.SDK}, w.Plugins...) {
		if IsLibrary(module.From) {
			scripts = append(scripts, module.From)
		}
	}
	if debug {
		scripts = append(scripts, DebugLibrary)
	}
	return scripts
}

// DebugLibrary signs in the mini program.
const DebugLibrary = "debug/GenerateTestUserSig"

// LibraryFolders are the folders of a UIKit that hold nothing but scripts for others to
// import: what the session module needs in the main package when the UIKit itself lies
// in a subpackage (step 4 of the guide's second path). Not every generation has both.
func LibraryFolders() []string { return []string{"debug", "lib"} }

// IsLibrary reports whether a file of the UIKit is in one of LibraryFolders.
func IsLibrary(name string) bool {
	folder, _, below := strings.Cut(name, "/")
	return below && slices.Contains(LibraryFolders(), folder)
}

// Reached lists the files that scripts ask for, directly or not, by names without
// ".js", themselves among them.
func Reached(files map[string][]byte, scripts []string) map[string]bool {
	reached := map[string]bool{}
	for next := slices.Clone(scripts); len(next) > 0; {
		name := strings.TrimSuffix(next[0], ".js") + ".js"
		next = next[1:]
		data, there := files[name]
		if !there || reached[name] {
			continue
		}
		reached[name] = true
		for _, ref := range script.Scan(data).Refs {
			next = append(next, path.Join(path.Dir(name), ref.Spec))
		}
	}
	return reached
}

// Package is a UIKit as it is vendored.
type Package struct {
	Name       string // as its package.json says; "" without one
	Version    string // likewise
	Generation Generation
	Files      map[string][]byte // by path below TUIKit
	Modules    []string          // npm modules that the source and the session import, sorted
	Imports    []string          // those that the source imports itself
	Declared   map[string]string // npm packages that the package.json asks for: range by name
}

// Keep reports whether a file or folder of the npm package belongs into the
// project. What is left out would be packed into the mini program, or mislead
// "build npm" (observed: it takes every package.json for one of the project's).
func Keep(name string) bool {
	base := path.Base(name)
	if base == "." {
		return true
	}
	switch name {
	case "package.json", "package-lock.json", "node_modules":
		return false
	}
	return !strings.HasPrefix(base, ".") && !strings.EqualFold(path.Ext(base), ".md")
}

// Load reads the UIKit in fsys, the folder of its index component. The error is
// ErrNotUIKit, a *graph.ScriptError, or one of reading.
func Load(fsys fs.FS) (*Package, error) {
	p, err := read(fsys)
	if err != nil {
		return nil, err
	}
	if p.Generation = p.recognise(); p.Generation == "" {
		return nil, ErrNotUIKit
	}
	return p, p.findModules()
}

// LoadVendored reads a UIKit that is known to be of that generation, with all that
// its owner has changed, added and lost since.
func LoadVendored(fsys fs.FS, generation Generation) (*Package, error) {
	if _, known := wirings[generation]; !known {
		return Load(fsys)
	}
	p, err := read(fsys)
	if err != nil {
		return nil, err
	}
	for name, data := range p.Files {
		if path.Ext(name) == ".js" {
			p.Files[name] = bundle.Unmark(data) // what it asks for is where it was taken from
		}
	}
	p.Generation = generation
	return p, p.findModules()
}

func read(fsys fs.FS) (*Package, error) {
	p := &Package{Files: map[string][]byte{}}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !Keep(name) && entry.IsDir():
			return fs.SkipDir
		case entry.IsDir() || !Keep(name):
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		p.Files[name] = data
		return err
	})
	p.readManifest(fsys)
	return p, err
}

// readManifest takes what package.json tells; a vendored copy has none.
func (p *Package) readManifest(fsys fs.FS) {
	var manifest struct {
		Name, Version string
		Dependencies  map[string]string
	}
	data, err := fs.ReadFile(fsys, "package.json")
	if err != nil || json.Unmarshal(data, &manifest) != nil {
		return
	}
	p.Name, p.Version, p.Declared = manifest.Name, manifest.Version, manifest.Dependencies
}

// recognise finds the generation by what only it has.
func (p *Package) recognise() Generation {
	for _, needed := range []string{"index.js", "index.json", "index.wxml", "components/TUIConversation/index.json", "components/TUIChat/index.json", "debug/GenerateTestUserSig.js"} {
		if p.Files[needed] == nil {
			return ""
		}
	}
	switch {
	case p.mentions("wx.TencentCloudChat"):
		return Chat
	case !p.mentions("wx.$TUIKitTIM"):
		return ""
	case p.Files["lib/tim-wx-sdk.js"] != nil:
		return Bundled
	default:
		return TIM
	}
}

func (p *Package) mentions(words string) bool {
	for name, data := range p.Files {
		if strings.HasPrefix(name, "components/") && path.Ext(name) == ".js" && strings.Contains(string(data), words) {
			return true
		}
	}
	return false
}

func (p *Package) findModules() error {
	scripts := map[string][]byte{}
	for name, data := range p.Files {
		if path.Ext(name) == ".js" && !p.library(name) {
			scripts[name] = data
		}
	}
	imports, err := graph.Imports(scripts)
	if err != nil {
		return err
	}
	modules := map[string]bool{}
	for _, i := range imports {
		if i.Bare() && scripts[path.Join(path.Dir(i.From), i.Spec)+".js"] == nil {
			modules[i.Spec] = true
		}
	}
	p.Imports = slices.Sorted(maps.Keys(modules))
	for _, module := range p.Generation.SessionModules() {
		modules[module] = true
	}
	p.Modules = slices.Sorted(maps.Keys(modules))
	return nil
}

// library: prebuilt bundles bring all they need.
func (p *Package) library(name string) bool {
	return strings.HasPrefix(name, "lib/") || strings.Contains(name, ".min.")
}
