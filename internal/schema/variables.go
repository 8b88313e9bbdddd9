package schema

import (
	"slices"
	"strconv"
	"strings"
)

// ThemeVariable is a place where a theme's variable stands.
type ThemeVariable struct {
	Path []string // as in Fault
	Name string   // without the "@"
}

// Variables returns the places in an App or a Page where the compiler replaces a
// variable by what the theme says, in the order of their paths. If there are any,
// app.json needs a themeLocation, the theme needs "light" and "dark", and both need
// the names; otherwise the compiler stops.
//
// https://developers.weixin.qq.com/miniprogram/dev/framework/ability/darkmode.html
func Variables(file File, value any) []ThemeVariable {
	root, _ := value.(map[string]any)
	var all []ThemeVariable
	switch file {
	case Page:
		all = variables(root, windowVariables)
	case App:
		bar := object(root, "tabBar")
		all = slices.Concat(
			variables(object(root, "window"), windowVariables, "window"),
			variables(bar, tabBarVariables, "tabBar"))
		for i, tab := range array(bar, "list") {
			item, _ := tab.(map[string]any)
			all = append(all, variables(item, itemVariables, "tabBar", "list", strconv.Itoa(i))...)
		}
	}
	slices.SortFunc(all, func(a, b ThemeVariable) int { return comparePaths(a.Path, b.Path) })
	return all
}

func variables(values map[string]any, keys []string, where ...string) []ThemeVariable {
	var found []ThemeVariable
	for _, key := range keys {
		text, _ := values[key].(string)
		if name, ok := strings.CutPrefix(text, "@"); ok {
			found = append(found, ThemeVariable{Path: slices.Concat(where, []string{key}), Name: name})
		}
	}
	return found
}
