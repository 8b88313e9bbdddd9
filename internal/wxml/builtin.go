package wxml

import (
	"maps"
	"slices"
	"strings"
)

// builtins are WeChat's own components, by the chapters of the documentation
// (developers.weixin.qq.com/miniprogram/dev/component), and the tags of the template
// language itself.
var builtins = nameSet(
	// WXML
	"block", "import", "include", "slot", "template", "wxs",
	// view containers
	"cover-image", "cover-view", "match-media", "movable-area", "movable-view", "page-container",
	"root-portal", "scroll-view", "share-element", "swiper", "swiper-item", "view",
	// scrolling and layout under Skyline
	"draggable-sheet", "grid-builder", "grid-view", "list-builder", "list-view",
	"nested-scroll-body", "nested-scroll-header", "open-container", "snapshot", "span",
	"sticky-header", "sticky-section",
	// basic content
	"icon", "progress", "rich-text", "selection", "text",
	// forms
	"button", "checkbox", "checkbox-group", "editor", "editor-portal", "form", "input",
	"keyboard-accessory", "label", "picker", "picker-view", "picker-view-column", "radio",
	"radio-group", "slider", "switch", "textarea",
	// gestures
	"double-tap-gesture-handler", "force-press-gesture-handler", "horizontal-drag-gesture-handler",
	"long-press-gesture-handler", "pan-gesture-handler", "scale-gesture-handler",
	"tap-gesture-handler", "vertical-drag-gesture-handler",
	// navigation and page
	"functional-page-navigator", "navigation-bar", "navigator", "page-meta",
	// media, maps, canvas
	"animation-video", "audio", "camera", "canvas", "channel-live", "channel-video", "image",
	"live-player", "live-pusher", "map", "video", "voip-room",
	// open abilities
	"ad", "ad-custom", "official-account", "official-account-publish", "open-data",
	"open-data-item", "open-data-list", "store-coupon", "store-home", "store-product", "web-view",
	// of the first versions: no longer documented, still in the base library
	"action-sheet", "action-sheet-cancel", "action-sheet-item", "contact-button", "loading",
	"modal", "toast",
)

func nameSet(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, name := range names {
		set[name] = true
	}
	return set
}

// Builtins lists the tags that WeChat provides, in order, without those of xr-frame.
func Builtins() []string { return slices.Sorted(maps.Keys(builtins)) }

// Builtin reports whether WeChat provides a tag, so that no usingComponents entry is
// needed for it. The elements of xr-frame, which are many and grow, go by their prefix.
func Builtin(name string) bool {
	return builtins[name] || strings.HasPrefix(name, "xr-")
}
