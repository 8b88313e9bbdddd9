//go:build e2e

package e2e

import "strings"

const (
	config   = "/project.config.json"
	gbk      = "\xca\xbe\xc0\xfd" // two characters that are not UTF-8
	bom      = "\uFEFF"
	sitemap  = `"sitemapLocation": "sitemap.json"`
	settings = `"urlCheck": true,`
	es6      = `"es6": true,
    "enhance": true,`
	minify = `"postcss": true,
    "minified": true,
    "minifyWXML": true,
    "minifyWXSS": true`
	raw = `"postcss": false, "minified": false, "minifyWXML": false, "minifyWXSS": false`
)

// configFaults are about project.config.json.
var configFaults = []mutation{
	{name: "g01-miniprogram-root-wrong", changes: does(sub(config, `"mini/"`, `"minni/"`))},
	{name: "g01-miniprogram-root-of-nothing", changes: does(sub(config, `"miniprogramRoot": "mini/",`, ``))},
	{name: "g03-config-comment", changes: does(sub(config, "{\n", "{\n  // settings\n"))},
	{name: "g03-config-trailing-comma", changes: does(sub(config, `"minifyWXSS": true`, `"minifyWXSS": true,`))},
	{name: "g04-config-missing", changes: does(drop(config))},
	{name: "g05-setting-is-text", changes: does(sub(config, `"urlCheck": true`, `"urlCheck": "true"`))},
	{name: "g05-setting-is-list", changes: does(put(config, `{"appid":"wx0000000000000000","compileType":"miniprogram","miniprogramRoot":"mini/","setting":[]}`))},
	{name: "g07-pack-options-ignore-scripts", changes: does(sub(config, `"value": "notes"`, `"value": "utils"`))},
	{name: "g07-pack-options-ignore-component", changes: does(sub(config, `"value": "notes"`, `"value": "components/badge"`))},
	{name: "g07-pack-options-ignore-wxs", changes: does(sub(config, `"type": "folder", "value": "notes"`, `"type": "suffix", "value": ".wxs"`))},
	{name: "g07-pack-options-ignore-page", changes: does(sub(config, `"type": "folder", "value": "notes"`, `"type": "file", "value": "pages/detail/detail.js"`))},
	{name: "g07-pack-options-ignore-npm", changes: does(sub(config, `"value": "notes"`, `"value": "miniprogram_npm"`))},
	{name: "g07-pack-options-ignore-template", changes: does(sub(config, `"type": "folder", "value": "notes"`, `"type": "glob", "value": "templates/*.wxml"`))},
	{name: "g07-pack-options-ignore-style", changes: does(sub(config, `"type": "folder", "value": "notes"`, `"type": "regexp", "value": "colors\\.wxss$"`))},
	{name: "g08-pack-options-text", changes: does(sub(config, `{ "type": "folder", "value": "notes" }`, `"notes"`))},
	{name: "g08-pack-options-type", changes: does(sub(config, `"type": "folder"`, `"type": "directory"`))},
	{name: "g08-pack-options-no-value", changes: does(sub(config, `"type": "folder", "value": "notes"`, `"type": "folder"`))},
	{name: "g11-config-bom", changes: does(before(config, bom))},
	{name: "g12-lib-version", changes: does(sub(config, `"3.7.0"`, `"abc"`))},
	{name: "g13-compiler-plugin", changes: does(sub(config, settings, settings+` "useCompilerPlugins": ["stylus"],`))},
	{name: "g14-config-empty", changes: does(put(config, ""))},
	{name: "g16-compile-type-plugin", changes: does(sub(config, `"compileType": "miniprogram"`, `"compileType": "plugin"`))},
	{name: "g18-npm-relation", changes: does(sub(config, settings, settings+` "packNpmRelationList": [{ "packageJsonPath": "./package.json" }],`))},
	{name: "g22-broken-markup-unminified", changes: does(sub(config, minify, raw), sub("pages/me/me.wxml", "</view>", ""))},
	{name: "g22-broken-style-unminified", changes: does(sub(config, minify, raw), sub("pages/me/me.wxss", "}", ""))},
	{name: "g23-modules-untranslated", changes: does(sub(config, es6, `"es6": false, "enhance": false,`))},
	{name: "g24-typescript-error", changes: typescript("Page({ data: { n: 1 as number = 2 } });\n")},
	{name: "g24-typescript-missing-module", changes: typescript("import { gone } from '../../utils/gone';\n\nPage({ data: { n: gone() as number } });\n")},
	{name: "g25-less-error", changes: styled("less", ".me { color: ")},
	{name: "g25-less-missing-import", changes: styled("less", "@import './gone.less';\n.me { color: red; }\n")},
	{name: "g26-sass-error", changes: styled("scss", ".me { color: $gone; }\n", "sass")},
	{name: "g26-sass-missing-import", changes: styled("scss", "@import './gone';\n.me { color: red; }\n", "sass")},
}

// appFaults are about app.json, but for pages and packages.
var appFaults = []mutation{
	{name: "a01-trailing-comma", changes: does(sub("app.json", sitemap, sitemap+","))},
	{name: "a02-comment", changes: does(sub("app.json", "{\n", "{\n  // pages\n"))},
	{name: "a03-bom", changes: does(before("app.json", bom))},
	{name: "a05-duplicate-key-loses-pages", changes: does(sub("app.json", sitemap, `"pages": ["pages/index/index", "pages/me/me"], `+sitemap))},
	{name: "a06-empty", changes: does(put("app.json", ""))},
	{name: "a06-blank", changes: does(put("app.json", " \n"))},
	{name: "a07-missing", changes: does(drop("app.json"))},
	{name: "a09-window-is-text", changes: does(sub("app.json", `"window": {`, `"window": "x", "win": {`))},
	{name: "a09-darkmode-is-text", changes: does(sub("app.json", `"darkmode": true`, `"darkmode": "true"`))},
	{name: "a09-style", changes: does(sub("app.json", `"style": "v2"`, `"style": "v1"`))},
	{name: "a09-network-timeout", changes: does(sub("app.json", sitemap, `"networkTimeout": { "request": "10000" }, `+sitemap))},
	{name: "a12-not-utf8", changes: does(sub("app.json", "Sample", gbk))},
	{name: "a13-list", changes: does(put("app.json", "[]\n"))},
	{name: "a14-null", changes: does(put("app.json", "null\n"))},
	{name: "a15-single-quotes", changes: does(sub("app.json", `"v2"`, `'v2'`))},
	{name: "a16-raw-line-end-in-text", changes: does(sub("app.json", `"Sample"`, "\"Sam\nple\""))},
	{name: "b19-window-colour", changes: does(sub("app.json", `"#ffffff"`, `"white"`))},
	{name: "b19-window-enum", changes: does(sub("app.json", `"window": {`, `"window": { "backgroundTextStyle": "grey",`))},
	{name: "c18-tabbar-page-in-subpackage", changes: does(sub("app.json", `"pagePath": "pages/me/me"`, `"pagePath": "pkga/pages/a/a"`))},
	{name: "c18-tabbar-page-unknown", changes: does(sub("app.json", `"pagePath": "pages/me/me"`, `"pagePath": "pages/you/you"`))},
	{name: "c18-tabbar-page-twice", changes: does(sub("app.json", `"pagePath": "pages/me/me"`, `"pagePath": "pages/index/index"`))},
	{name: "c18-tabbar-page-leading-slash", changes: does(sub("app.json", `"pagePath": "pages/me/me"`, `"pagePath": "/pages/me/me"`))},
	{name: "c19-tabbar-one-item", changes: does(sub("app.json", `"list": [`, `"list": [{ "pagePath": "pages/index/index", "text": "Home" }], "old": [`))},
	{name: "c19-tabbar-no-text", changes: does(sub("app.json", `"text": "Me", `, ``))},
	{name: "c19-tabbar-six-items", changes: does(
		sub("app.json", `"list": [`, `"list": [`+strings.Repeat(`{ "pagePath": "pages/detail/detail", "text": "x" }, `, 4)),
	)},
	{name: "c19-tabbar-colour", changes: does(sub("app.json", `"color": "#888888"`, `"color": "grey"`))},
	{name: "c19-tabbar-position", changes: does(sub("app.json", `"tabBar": {`, `"tabBar": { "position": "left",`))},
	{name: "c20-tabbar-icon-missing", changes: does(drop("images/me-on.png"))},
	{name: "c20-tabbar-icon-case", changes: does(sub("app.json", "images/me-on.png", "images/Me-on.png"))},
	{name: "c21-tabbar-icon-svg", changes: does(put("images/me.svg", "<svg/>\n"), sub("app.json", "images/me.png", "images/me.svg"))},
	{name: "c21-tabbar-icon-heavy", changes: does(after("images/me.png", strings.Repeat("x", 41<<10)))},
	{name: "c21-tabbar-icon-remote", changes: does(sub("app.json", "images/me.png", "https://example.com/me.png"))},
	{name: "c22-preload-page", changes: does(sub("app.json", `"preloadRule": {
    "pages/index/index"`, `"preloadRule": {
    "pages/index/home"`))},
	{name: "c23-preload-package", changes: does(sub("app.json", `["alpha", "pkgb"]`, `["alpha", "gamma"]`))},
	{name: "c23-preload-network", changes: does(sub("app.json", `"network": "all"`, `"network": "3g"`))},
	{name: "c24-sitemap-missing", changes: does(drop("sitemap.json"))},
	{name: "c25-sitemap-invalid", changes: does(put("sitemap.json", `{"rules": "all"}`))},
	{name: "c26-alias-key", changes: does(sub("app.json", sitemap, `"resolveAlias": { "@": "utils/*" }, `+sitemap))},
	{name: "c27-alias-value", changes: does(sub("app.json", sitemap, `"resolveAlias": { "@/*": "./utils/*" }, `+sitemap))},
	{name: "c28-lazy-code-loading", changes: does(sub("app.json", `"requiredComponents"`, `true`))},
	{name: "c29-skyline-alone", changes: does(sub("app.json", `"lazyCodeLoading": "requiredComponents"`, `"renderer": "skyline"`))},
	{name: "c30-private-info", changes: does(sub("app.json", sitemap, `"requiredPrivateInfos": ["chooseImage"], `+sitemap))},
	{name: "c30-private-info-both", changes: does(sub("app.json", sitemap, `"requiredPrivateInfos": ["getLocation", "getFuzzyLocation"], `+sitemap))},
	{name: "c32-theme-missing", changes: does(drop("theme.json"))},
	{name: "c32-theme-variable", changes: does(sub("app.json", `"@bar"`, `"@foo"`))},
	{name: "c32-theme-syntax", changes: does(sub("theme.json", `"#ffffff" }`, `"#ffffff", }`))},
	{name: "c34-plugin-version", changes: does(sub("app.json", sitemap, `"plugins": { "p": { "version": "1.x", "provider": "wx1111111111111111" } }, `+sitemap))},
	{name: "c34-plugin-version-dev", changes: does(sub("app.json", sitemap, `"plugins": { "p": { "version": "dev", "provider": "wx1111111111111111" } }, `+sitemap))},
	{name: "c35-plugin-provider", changes: does(sub("app.json", sitemap, `"plugins": { "p": { "version": "1.0.0" } }, `+sitemap))},
	{name: "c36-plugin-twice", changes: does(sub("app.json", sitemap, `"plugins": { "p": { "version": "1.0.0", "provider": "wx1111111111111111" }, "q": { "version": "1.0.0", "provider": "wx1111111111111111" } }, `+sitemap))},
	{name: "c37-workers-missing", changes: does(sub("app.json", sitemap, `"workers": "workers", `+sitemap))},
	{name: "c39-background-mode", changes: does(sub("app.json", sitemap, `"requiredBackgroundModes": ["video"], `+sitemap))},
	{name: "c40-permission-no-desc", changes: does(sub("app.json", sitemap, `"permission": { "scope.userLocation": {} }, `+sitemap))},
	{name: "c41-extended-lib-is-list", changes: does(sub("app.json", sitemap, `"useExtendedLib": ["weui"], `+sitemap))},
}

// typescript makes a page of the project a TypeScript one, compiled by WeChat's plugin.
func typescript(source string) []change {
	return does(
		sub(config, settings, settings+` "useCompilerPlugins": ["typescript"],`),
		drop("pages/me/me.js"), put("pages/me/me.ts", source),
	)
}

// styled gives a page a style in another language; plugin is the language's unless named.
func styled(extension, source string, plugin ...string) []change {
	name := append(plugin, extension)[0]
	return does(
		sub(config, settings, settings+` "useCompilerPlugins": ["`+name+`"],`),
		drop("pages/me/me.wxss"), put("pages/me/me."+extension, source),
	)
}
