// Package budget weighs the packages of a mini program.
//
// What counts is what WeChat packs: by extension, without npm's and hidden folders,
// without what packOptions and the filter of unused files leave out. The bytes of a
// file are those that WeChat's compiler makes of it, estimated (Estimate): nothing
// is compiled. Rules name their source: WeChat's documentation, or what was observed
// of the compiler (miniprogram-ci 2.1.42).
package budget

import (
	"path"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// Limit is what WeChat allows for the main package and for each subpackage, in
// bytes (developers.weixin.qq.com, framework/subpackages).
const Limit = 2 << 20

// extensions that the compiler packs, in lower case only: .PNG is left out (its
// offline list, observed). .ts, .less, .scss and .sass are packed as what they are
// compiled to.
var extensions = strings.Fields(".wxml .wxss .wxs .png .jpg .jpeg .gif .svg .js .json .cer .mp3 .aac .m4a .mp4 .wav .ogg .silk .wasm .br .cur .ico .skel .crt .cert")

// code is what the filter of unused files may leave out; pictures and sounds stay
// (observed).
var code = strings.Fields(".json .wxml .wxss .js .wxs .ts .less .sass .scss")

// SettingsOf reads them in project.config.json. One that is absent is off, as it is
// for miniprogram-ci with useProjectConfig (2.1.42, read in its source); DevTools
// writes down all of those that it shows. project.private.config.json changes
// nothing of what is built (developers.weixin.qq.com, devtools/projectconfig).
func SettingsOf(in *project.Inspection) Settings {
	on := func(name string) bool { value, _ := in.Setting(name); return value }
	return Settings{
		ES6: on("es6") || on("enhance"), Minify: on("minified"), MinifyWXML: on("minifyWXML"), MinifyWXSS: on("minifyWXSS"),
		PostCSS: on("postcss"), FilterUnused: on("ignoreUploadUnusedFiles"),
	}
}

// minified are the settings with everything minified, or nothing.
func (s Settings) minified(on bool) Settings {
	s.Minify, s.MinifyWXML, s.MinifyWXSS = on, on, on
	return s
}

// packed reports whether WeChat packs a file of the miniprogram root: it has one of
// the extensions, or is compiled to such a file, and no other file is taken for the
// same (observed: a.ts beats a.js, a.d.ts is nothing).
func packed(in *project.Inspection, name string) bool {
	if strings.HasSuffix(name, ".d.ts") {
		return false
	}
	compiled := in.Compiled(name)
	if !slices.Contains(extensions, path.Ext(compiled)) {
		return false
	}
	source, _ := in.Source(compiled)
	return source == name
}

// isCode reports whether a file can be left out for being unused.
func isCode(name string) bool { return slices.Contains(code, path.Ext(name)) }

// reached tells which code files something uses, as the filter of unused files
// sees it: what app.json leads to, the workers, and files that belong to the project
// by their name (miniprogram-ci's analyser, observed).
func reached(g *graph.Graph) func(name string) bool {
	known := map[string]bool{project.AppFile: true, "ext.json": true, project.ConfigFile: true}
	styles := map[string]bool{}
	for _, unit := range g.Units {
		known[unit.Path+".json"] = true
		styles[unit.Style] = true
	}
	known[sitemap(g.In.App)] = true
	known[project.Join(g.In.App.Text("themeLocation"))] = true
	workers := workersFolder(g.In.App)
	return func(name string) bool {
		if known[name] || workers != "" && project.Inside(name, workers) {
			return true
		}
		node := g.Nodes[name]
		if node == nil || !node.Reached {
			return false
		}
		return path.Ext(g.In.Compiled(name)) == path.Ext(name) || node.Kind != graph.Style || styles[name] // what only other styles take in is compiled into them
	}
}

func sitemap(app *project.Document) string {
	if location := app.Text("sitemapLocation"); location != "" {
		return project.Join(location)
	}
	return "sitemap.json"
}

// workersFolder is "workers" of app.json, or its "path", "" without any.
func workersFolder(app *project.Document) string {
	folder := app.Text("workers")
	if folder == "" {
		folder = app.Text("workers", "path")
	}
	return strings.Trim(folder, "/")
}
