package schema

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// rules are what the compiler checks after the shape, in code, and can be told
// from the file alone. Values of a wrong type are faults already and passed over.
func (c *checker) rules(file File, root map[string]any) {
	switch file {
	case App:
		c.appRules(root)
	case Page:
		c.themeVariables(root, windowVariables)
		c.colours(root, true, "navigationBarBackgroundColor", "backgroundColor")
		c.generics(root)
	case ProjectConfig:
		c.pluginRoot(root)
	}
}

func (c *checker) appRules(app map[string]any) {
	c.enter("window")
	window := object(app, "window")
	c.themeVariables(window, windowVariables)
	c.colours(window, true, "navigationBarBackgroundColor", "backgroundColor")
	c.leave()
	c.tabBar(object(app, "tabBar"))
	c.plugins(app)
	c.extendedLibraries(app)
	c.skyline(app)
	c.aliases(object(app, "resolveAlias"))
	c.locations(array(app, "requiredPrivateInfos"))
	c.skills(object(app, "agent")["skills"])
	if entrance, ok := object(app, "entranceDeclare")["locationMessage"].(map[string]any); ok && entrance["path"] == nil {
		c.reject(Required, []string{"string"}, "", "entranceDeclare", "locationMessage", "path")
	}
}

// object and array are empty where a value is of another type: the shape says so.
func object(parent map[string]any, key string) map[string]any {
	value, _ := parent[key].(map[string]any)
	return value
}

func array(parent map[string]any, key string) []any {
	value, _ := parent[key].([]any)
	return value
}

// Keys that take a theme's variables.
var (
	windowVariables = []string{"backgroundColor", "backgroundColorBottom", "backgroundColorContent", "backgroundColorTop",
		"backgroundTextStyle", "navigationBarBackgroundColor", "navigationBarTextStyle"}
	tabBarVariables = []string{"backgroundColor", "borderStyle", "color", "selectedColor"}
	itemVariables   = []string{"iconPath", "selectedIconPath"}
)

// themeVariables finds values that the compiler takes for variables where none may
// stand, so that a page cannot be titled "@me".
func (c *checker) themeVariables(values map[string]any, allowed []string) {
	for key, value := range values {
		if beginsWithAt(value) && !slices.Contains(allowed, key) {
			text, _ := value.(string)
			c.reject(Variable, allowed, short(text), key)
		}
	}
}

// beginsWithAt sees an array as the compiler does, which makes a string of it:
// the first item decides.
func beginsWithAt(value any) bool {
	for {
		items, ok := value.([]any)
		if !ok || len(items) == 0 {
			break
		}
		value = items[0]
	}
	text, ok := value.(string)
	return ok && strings.HasPrefix(text, "@")
}

// colours checks the keys that have to be hexadecimal.
func (c *checker) colours(values map[string]any, rejected bool, keys ...string) {
	for _, key := range keys {
		text, ok := values[key].(string)
		if ok && !isHexColour(text) && !strings.HasPrefix(text, "@") {
			c.add(Fault{Kind: Pattern, Want: []string{"#rgb", "#rgba", "#rrggbb", "#rrggbbaa"}, Got: short(text), Rejected: rejected}, key)
		}
	}
}

func isHexColour(text string) bool {
	digits, ok := strings.CutPrefix(text, "#")
	return ok && slices.Contains([]int{3, 4, 6, 8}, len(digits)) && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
}

const (
	fewestTabs     = 2
	mostTabs       = 5
	mostCustomTabs = 10 // with "custom": true
)

// tabBar checks what app.json says of the tab bar. Its colours have to be
// hexadecimal by the documentation only.
func (c *checker) tabBar(bar map[string]any) {
	c.enter("tabBar")
	defer c.leave()
	c.colours(bar, false, tabBarVariables[0], tabBarVariables[2], tabBarVariables[3])
	tabs, ok := bar["list"].([]any)
	if !ok {
		return
	}
	most := mostTabs
	if bar["custom"] == true {
		most = mostCustomTabs
	}
	if len(tabs) < fewestTabs || len(tabs) > most {
		c.reject(Count, []string{fmt.Sprint(fewestTabs), fmt.Sprint(most)}, fmt.Sprint(len(tabs)), "list")
	}
	c.themeVariables(without(bar, "list"), tabBarVariables)
	for i, tab := range tabs {
		item, _ := tab.(map[string]any)
		c.enter("list")
		c.enter(fmt.Sprint(i))
		c.themeVariables(item, itemVariables)
		c.leave()
		c.leave()
	}
}

func without(values map[string]any, key string) map[string]any {
	rest := maps.Clone(values)
	delete(rest, key)
	return rest
}

var pluginVersion = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(latest|dev-[A-Za-z0-9]+|[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3})$`)
})

// plugins checks versions, and that no plugin is declared twice in all packages.
func (c *checker) plugins(app map[string]any) {
	taken := taken{providers: map[string]string{}, aliases: map[string]string{}}
	c.pluginList(object(app, "plugins"), taken, true, "plugins")
	packages := packagesKey(app)
	for i, item := range array(app, packages) {
		pkg, _ := item.(map[string]any)
		c.pluginList(object(pkg, "plugins"), taken, false, packages, fmt.Sprint(i), "plugins")
	}
}

// packagesKey is the spelling that the compiler reads: with both it drops subPackages.
func packagesKey(app map[string]any) string {
	if _, ok := app["subpackages"]; ok {
		return "subpackages"
	}
	return "subPackages"
}

// taken has the place of each plugin seen so far.
type taken struct{ providers, aliases map[string]string }

func (c *checker) pluginList(plugins map[string]any, taken taken, main bool, where ...string) {
	for _, alias := range slices.Sorted(maps.Keys(plugins)) {
		plugin, _ := plugins[alias].(map[string]any)
		here := slices.Concat(where, []string{alias})
		if version, ok := plugin["version"].(string); ok && !pluginVersion().MatchString(version) {
			c.reject(Version, []string{"N.N.N", "latest", "dev-…"}, short(version), append(here, "version")...)
		}
		provider, ok := plugin["provider"].(string)
		if !ok {
			continue
		}
		if place, ok := taken.providers[provider]; ok {
			c.reject(Unique, []string{place}, short(provider), append(here, "provider")...)
		} else if place, ok := taken.aliases[alias]; ok && !main {
			c.reject(Unique, []string{place}, short(alias), here...)
		}
		taken.providers[provider] = strings.Join(here, ".")
		taken.aliases[alias] = strings.Join(here, ".")
	}
}

var extendedLibraries = []string{"kbone", "weui"}

// extendedLibraries finds libraries that do not exist. The compiler notices only
// when it looks for a component outside plugins: here it is known to do so when
// app.json itself uses one. A page that uses one has the same effect; for the
// libraries of a package it has to be a page or component in there.
func (c *checker) extendedLibraries(app map[string]any) {
	used := false
	for _, value := range object(app, "usingComponents") {
		text, ok := value.(string)
		used = used || ok && !strings.HasPrefix(text, "plugin://") && !strings.HasPrefix(text, "plugin-private://")
	}
	c.libraries(app, used, "useExtendedLib")
	packages := packagesKey(app)
	for i, item := range array(app, packages) {
		pkg, _ := item.(map[string]any)
		c.libraries(pkg, false, packages, fmt.Sprint(i), "useExtendedLib")
	}
}

func (c *checker) libraries(owner map[string]any, used bool, where ...string) {
	for name := range object(owner, "useExtendedLib") {
		if !slices.Contains(extendedLibraries, name) {
			c.add(Fault{Kind: Enum, Want: extendedLibraries, Got: short(name), Rejected: used}, append(where, name)...)
		}
	}
}

// skyline checks what the renderer needs in app.json itself; pages need more.
// https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/skyline/migration/
func (c *checker) skyline(app map[string]any) {
	if app["renderer"] != "skyline" {
		return
	}
	if app["lazyCodeLoading"] != "requiredComponents" {
		c.reject(Required, []string{"requiredComponents"}, "", "lazyCodeLoading")
	}
	if _, ok := app["rendererOptions"]; !ok {
		c.reject(Required, []string{"object"}, "", "rendererOptions")
	} else if _, ok := object(app, "rendererOptions")["skyline"]; !ok {
		c.reject(Required, []string{"object"}, "", "rendererOptions", "skyline")
	}
}

// aliases checks resolveAlias: a whole folder for a whole folder.
func (c *checker) aliases(aliases map[string]any) {
	for from, value := range aliases {
		to, ok := value.(string)
		if ok && (!strings.HasSuffix(from, "/*") || !strings.HasSuffix(to, "/*") || strings.HasPrefix(to, "./") ||
			strings.Contains(from, "//") || strings.Contains(to, "//")) {
			c.reject(Pattern, []string{`"x/*": "y/*"`, `"/*": "/*"`}, short(to), "resolveAlias", from)
		}
	}
}

var exactLocations = []string{"getLocation", "onLocationChange", "startLocationUpdate", "startLocationUpdateBackground"}

// locations checks that the fuzzy location is not asked for beside the exact one.
func (c *checker) locations(infos []any) {
	if !slices.Contains(infos, any("getFuzzyLocation")) {
		return
	}
	for i, info := range infos {
		if text, ok := info.(string); ok && slices.Contains(exactLocations, text) {
			c.reject(Exclusive, []string{"getFuzzyLocation"}, text, "requiredPrivateInfos", fmt.Sprint(i))
		}
	}
}

// skills checks agent.skills, on which the compiler crashes unless it is a list of
// something, or nothing in JavaScript's sense.
func (c *checker) skills(value any) {
	if isNothing(value) {
		return
	}
	list, ok := value.([]any)
	if !ok {
		c.reject(Type, []string{"array"}, typeOf(value), "agent", "skills")
	}
	for i, skill := range list {
		if skill == nil {
			c.reject(Type, []string{"object"}, "null", "agent", "skills", fmt.Sprint(i))
		}
	}
}

// generics refuses null, on the page's own level only.
func (c *checker) generics(page map[string]any) {
	for name, value := range object(page, "componentGenerics") {
		if value == nil {
			c.reject(Type, []string{"object", "true"}, "null", "componentGenerics", name)
		}
	}
}

// pluginRoot checks that a plugin project says where the plugin is.
func (c *checker) pluginRoot(config map[string]any) {
	root, _ := config["pluginRoot"].(string)
	plugin := config["compileType"] == "plugin" || config["compileType"] == "gamePlugin"
	if plugin && withoutClimbing(root) == "" {
		c.reject(Required, []string{"string"}, short(root), "pluginRoot")
	}
}

// withoutClimbing is a folder as the compiler reads it: it never leaves the project.
func withoutClimbing(folder string) string {
	inside := strings.TrimLeft(path.Clean(folder)+"/", "/")
	return strings.TrimPrefix(strings.ReplaceAll(inside, "../", ""), "./")
}
