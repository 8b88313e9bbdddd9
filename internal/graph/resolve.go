package graph

import (
	"path"
	"slices"
	"strings"
)

// normalize is a path without "." and ".."; ok is false where it climbs out of
// the miniprogram root.
func normalize(name string) (clean string, ok bool) {
	var out []string
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "", ".":
		case "..":
			if len(out) == 0 {
				return "", false
			}
			out = out[:len(out)-1]
		default:
			out = append(out, part)
		}
	}
	return strings.Join(out, "/"), true
}

// dirname is the folder of a file, "" for the miniprogram root.
func dirname(name string) string {
	if dir := path.Dir(name); dir != "." {
		return dir
	}
	return ""
}

// upwards lists a folder and those around it, the miniprogram root ("") last.
func upwards(dir string) []string {
	dirs := []string{dir}
	for dir != "" {
		dir = dirname(dir)
		dirs = append(dirs, dir)
	}
	return dirs
}

func below(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

// script is the file that the loader knows as name, which may lack its ".js".
func (g *Graph) script(name string) (string, bool) {
	if !strings.HasSuffix(name, ".js") {
		name += ".js"
	}
	return g.In.Source(name)
}

// Module finds the script that require(spec) in the file from loads, as the
// run-time loader does (read from a packed app-service.js, miniprogram-rules):
// only ".js" is ever appended, "/x" is "./x", and miniprogram_npm is climbed to.
// tried lists where it looks, the first place first; it is empty where the path
// leaves the miniprogram root.
func (g *Graph) Module(spec, from string) (target string, tried []string) {
	base := dirname(from)
	name, ok := g.aliased(spec)
	if ok {
		base = ""
	} else {
		name = base + "/" + spec
	}
	name, ok = normalize(name)
	if !ok {
		return "", nil
	}
	for _, candidate := range candidates(name, base) {
		if file, there := g.script(candidate); there {
			return file, nil
		}
		tried = append(tried, withJS(candidate))
	}
	return "", slices.Compact(tried)
}

func withJS(name string) string {
	if strings.HasSuffix(name, ".js") {
		return name
	}
	return name + ".js"
}

func candidates(name, base string) []string {
	tail := name
	if base != "" {
		tail = strings.TrimPrefix(name, base+"/")
	}
	all := []string{name}
	for _, dir := range upwards(base) {
		npm := below(dir, "miniprogram_npm/")
		all = append(all, npm+tail+"/index", npm+tail)
	}
	last := "miniprogram_npm/" + name
	if !strings.Contains(name, "/") {
		last += "/index"
	}
	return append(all, last)
}

// aliased applies resolveAlias of app.json: the longest key that fits wins.
func (g *Graph) aliased(spec string) (string, bool) {
	best, target := "", ""
	for key, value := range g.aliases() {
		prefix, wild := strings.CutSuffix(key, "*")
		if wild && strings.HasPrefix(spec, prefix) && len(prefix) > len(best) {
			best, target = prefix, strings.TrimSuffix(value, "*")
		}
	}
	if best == "" {
		return "", false
	}
	return target + strings.TrimPrefix(spec, best), true
}

func (g *Graph) aliases() map[string]string {
	if g.alias == nil {
		g.alias = g.In.App.Texts("resolveAlias")
	}
	return g.alias
}

// Component finds the component that a value of usingComponents names in a JSON
// file, as WeChat's compiler does (miniprogram-ci 2.1.42): a path without an
// ending whose .json and .wxml are both there. external is one that is not a file
// of the project.
func (g *Graph) Component(value, from string) (target string, external bool, tried []string) {
	if g.external(value) {
		return "", true, nil
	}
	value = strings.TrimRight(value, " ")
	if value == "" {
		return "", false, nil // the compiler takes it for the folder's index: the page itself
	}
	dir := dirname(from)
	var roots []string
	switch {
	case strings.HasPrefix(value, "/"):
		roots = []string{value}
	default:
		roots = []string{below(dir, value)}
	}
	if !strings.HasPrefix(value, "/") && !strings.HasPrefix(value, ".") {
		for _, up := range upwards(dir) {
			roots = append(roots, below(up, "miniprogram_npm/"+value))
		}
	}
	for _, root := range roots {
		name, ok := normalize(root)
		if !ok {
			continue
		}
		for _, candidate := range []string{name, path.Join(name, "index")} {
			if g.In.Files.Has(candidate+".json") && g.In.Files.Has(candidate+".wxml") {
				return candidate, false, nil
			}
			tried = append(tried, candidate)
		}
	}
	return "", false, tried
}

// external reports whether a component lives outside the project: in a plugin, or
// in an extension library that app.json asks for (useExtendedLib).
func (g *Graph) external(value string) bool {
	if strings.HasPrefix(value, "plugin://") || strings.HasPrefix(value, "plugin-private://") {
		return true
	}
	name := strings.TrimPrefix(strings.TrimPrefix(value, "/"), "miniprogram_npm/")
	library, isWeui := strings.CutPrefix(name, "weui-miniprogram/")
	_, extended := g.In.App.At("useExtendedLib").(map[string]any)
	return isWeui && library != "" && extended
}

// File finds a file that a template or a style names: relative to the folder of
// from, or below the miniprogram root where it begins with a slash. ext is
// appended where it is missing.
func (g *Graph) File(spec, from, ext string) (target string, tried []string) {
	name := spec
	if !strings.HasPrefix(spec, "/") {
		name = dirname(from) + "/" + spec
	}
	name, ok := normalize(name)
	if !ok || name == "" {
		return "", nil
	}
	if ext != "" && path.Ext(name) != ext {
		name += ext
	}
	if source, there := g.In.Source(name); there {
		return source, nil
	}
	return "", []string{name}
}
