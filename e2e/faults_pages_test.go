//go:build e2e

package e2e

const (
	detail  = `"pages/detail/detail"`
	alpha   = `"root": "pkga", "name": "alpha", "pages": ["pages/a/a"]`
	betaEnd = `"pages": ["pages/b/b"] }`
	onLoad  = "onLoad(query) {\n"
)

// pageFaults are about pages: what app.json says of them, their files, the ways to them.
var pageFaults = []mutation{
	{name: "a10-no-pages", changes: does(sub("app.json", `"pages": [`, `"pagez": [`))},
	{name: "a11-pages-is-text", changes: does(sub("app.json", `"pages": [`, `"pages": "pages/index/index", "old": [`))},
	{name: "a11-page-is-number", changes: does(sub("app.json", detail, detail+`, 7`))},
	{name: "b01-wxml-missing", changes: does(drop("pages/detail/detail.wxml"))},
	{name: "b02-js-missing", changes: does(drop("pages/detail/detail.js"))},
	{name: "b02-folder-missing", changes: does(drop("pages/detail"))},
	{name: "b05-leading-slash", changes: does(sub("app.json", detail, `"/pages/detail/detail"`))},
	{name: "b05-leading-dot", changes: does(sub("app.json", detail, `"./pages/detail/detail"`))},
	{name: "b06-extension", changes: does(sub("app.json", detail, `"pages/detail/detail.js"`))},
	{name: "b06-extension-wxml", changes: does(sub("app.json", detail, `"pages/detail/detail.wxml"`))},
	{name: "b07-double-slash", changes: does(sub("app.json", detail, `"pages//detail/detail"`))},
	{name: "b07-backslash", changes: does(sub("app.json", detail, `"pages\\detail\\detail"`))},
	{name: "b07-dots", changes: does(sub("app.json", detail, `"pages/me/../detail/detail"`))},
	{name: "b07-trailing-slash", changes: does(sub("app.json", detail, `"pages/detail/"`))},
	{name: "b07-folder", changes: does(sub("app.json", detail, `"pages/detail"`))},
	{name: "b08-twice", changes: does(sub("app.json", detail, detail+", "+detail))},
	{name: "b09-case", changes: does(sub("app.json", detail, `"pages/Detail/detail"`))},
	{name: "b09-case-of-file", changes: does(move("pages/detail/detail.wxml", "pages/detail/Detail.wxml"))},
	{name: "b10-entry-page", changes: does(sub("app.json", sitemap, `"entryPagePath": "pages/home/home", `+sitemap))},
	{name: "b11-entry-page-slash", changes: does(sub("app.json", sitemap, `"entryPagePath": "/pages/me/me", `+sitemap))},
	{name: "b13-navigate-unregistered", changes: does(sub("pages/index/index.js", "/pages/detail/detail?id=1", "/pages/details/details?id=1"))},
	{name: "b13-navigate-unregistered-file-there", changes: does(sub("app.json", ",\n    "+detail, ""))},
	{name: "b13-navigate-at-load", changes: does(sub("pages/detail/detail.js", onLoad, onLoad+"    wx.navigateTo({ url: '/pages/gone/gone' });\n"))},
	{name: "b13-relaunch-unregistered", changes: does(sub("pages/detail/detail.js", onLoad, onLoad+"    wx.reLaunch({ url: '/pages/gone/gone' });\n"))},
	{name: "b13-redirect-relative", changes: does(sub("pages/detail/detail.js", "../../pkgb/pages/b/b", "../pkgb/pages/b/b"))},
	{name: "b13-navigate-without-slash", changes: does(sub("pages/index/index.js", "'/pkga/pages/a/a'", "'pkga/pages/a/a'"))},
	{name: "b13-navigate-extension", changes: does(sub("pages/index/index.js", "'/pkga/pages/a/a'", "'/pkga/pages/a/a.js'"))},
	{name: "b13-navigate-case", changes: does(sub("pages/index/index.js", "'/pkga/pages/a/a'", "'/pkga/pages/A/a'"))},
	{name: "b13-navigate-to-tab", changes: does(sub("pages/index/index.js", "wx.switchTab", "wx.navigateTo"))},
	{name: "b13-redirect-to-tab", changes: does(sub("pages/index/index.js", "wx.switchTab", "wx.redirectTo"))},
	{name: "b13-switch-to-page", changes: does(sub("pages/index/index.js", "url: '/pages/me/me'", "url: '/pages/detail/detail'"))},
	{name: "b13-navigator-unregistered", changes: does(sub("pages/index/index.wxml", "/pages/detail/detail?id=2", "/pages/gone/gone"))},
	{name: "b13-navigator-to-tab", changes: does(sub("pages/index/index.wxml", "/pages/detail/detail?id=2", "/pages/me/me"))},
	{name: "b13-navigator-switch-to-page", changes: does(sub("pages/index/index.wxml", "<navigator ", `<navigator open-type="switchTab" `))},
	{name: "b13-navigate-from-component", changes: does(
		sub("components/badge/badge.wxml", "<text ", `<text bindtap="go" `),
		put("components/badge/badge.js", "Component({\n  properties: { text: String },\n\n  methods: {\n    go() { wx.navigateTo({ url: '/pages/gone/gone' }); },\n  },\n});\n"),
	)},
	{name: "b14-json-comma", changes: does(sub("pages/me/me.json", `{}`, `{},`))},
	{name: "b14-json-comment", changes: does(sub("pages/me/me.json", "{\n", "{\n  /* none */\n"))},
	{name: "b15-json-bom", changes: does(before("pages/me/me.json", bom))},
	{name: "b16-json-empty", changes: does(put("pages/me/me.json", ""))},
	{name: "b16-json-list", changes: does(put("pages/me/me.json", "[]"))},
	{name: "b16-json-not-utf8", changes: does(sub("pages/me/me.json", `"Me"`, `"`+gbk+`"`))},
	{name: "b18-json-enum", changes: does(sub("pages/me/me.json", "{\n", "{\n  \"navigationStyle\": \"none\",\n"))},
	{name: "b18-json-type", changes: does(sub("pages/me/me.json", "{\n", "{\n  \"enablePullDownRefresh\": \"true\",\n"))},
	{name: "b18-json-colour", changes: does(sub("pages/me/me.json", "{\n", "{\n  \"backgroundColor\": \"red\",\n"))},
	{name: "b23-no-page-call", changes: does(put("pages/detail/detail.js", "module.exports = {};\n"))},
	{name: "b23-empty-script", changes: does(put("pages/detail/detail.js", ""))},
	{name: "b24-handler-missing", changes: does(sub("pages/detail/detail.wxml", `"onBeta"`, `"onGamma"`))},
}

// packageFaults are about subpackages as app.json has them.
var packageFaults = []mutation{
	{name: "c01-both-spellings", changes: does(sub("app.json", `"preloadRule": {
    "pages/index/index": { "network": "all", "packages": ["alpha", "pkgb"] }`, `"subpackages": [{ "root": "pkgb", "name": "beta", "pages": ["pages/b/b"] }],
  "preloadRule": {
    "pages/index/index": { "network": "all", "packages": ["pkgb"] }`))},
	{name: "c03-root-leading-slash", changes: does(sub("app.json", `"root": "pkga"`, `"root": "/pkga"`))},
	{name: "c03-root-leading-dot", changes: does(sub("app.json", `"root": "pkga"`, `"root": "./pkga"`))},
	{name: "c04-root-empty", changes: does(sub("app.json", `"root": "pkga"`, `"root": ""`))},
	{name: "c04-root-absent", changes: does(sub("app.json", `"root": "pkga", `, ``))},
	{name: "c05-root-twice", changes: does(sub("app.json", "{ "+alpha+" }", "{ "+alpha+` }, { "root": "pkga", "pages": [] }`))},
	{name: "c06-root-nested", changes: does(sub("app.json", "{ "+alpha+" }", "{ "+alpha+` }, { "root": "pkga/lib", "pages": [] }`))},
	{name: "c07-name-twice", changes: does(sub("app.json", `"name": "beta"`, `"name": "alpha"`))},
	{name: "c08-root-missing", changes: does(sub("app.json", "{ "+alpha+" }", "{ "+alpha+` }, { "root": "pkgc", "pages": [] }`))},
	{name: "c08-root-case", changes: does(sub("app.json", `"root": "pkgb"`, `"root": "Pkgb"`), sub("app.json", `"pkgb"] }`, `"beta"] }`))},
	{name: "c08-root-is-file", changes: does(put("pkgc", "x"), sub("app.json", "{ "+alpha+" }", "{ "+alpha+` }, { "root": "pkgc", "pages": [] }`))},
	{name: "c09-page-of-main-under-root", changes: does(
		sub("app.json", detail, detail+`, "pkga/pages/c/c"`), put("pkga/pages/c/c.js", "Page({});\n"), put("pkga/pages/c/c.wxml", "<view/>\n"),
	)},
	{name: "c10-page-in-both", changes: does(sub("app.json", detail, detail+`, "pkga/pages/a/a"`))},
	{name: "c11-page-wxml-missing", changes: does(drop("pkga/pages/a/a.wxml"))},
	{name: "c12-page-js-missing", changes: does(drop("pkgb/pages/b/b.js"))},
	{name: "c13-page-repeats-root", changes: does(sub("app.json", `"pages/b/b"`, `"pkgb/pages/b/b"`))},
	{name: "c13-page-leading-slash", changes: does(sub("app.json", `"pages/b/b"`, `"/pages/b/b"`))},
	{name: "c13-page-twice", changes: does(sub("app.json", `"pages/b/b"`, `"pages/b/b", "pages/b/b"`))},
	{name: "c13-pages-absent", changes: does(sub("app.json", `, `+betaEnd, ` }`))},
	{name: "c13-pages-is-text", changes: does(sub("app.json", `["pages/b/b"]`, `"pages/b/b"`))},
	{name: "c15-entry-missing", changes: does(sub("app.json", alpha, alpha+`, "entry": "index.js"`))},
	{name: "c16-name-of-main", changes: does(sub("app.json", `"name": "beta"`, `"name": "__APP__"`))},
	{name: "c17-root-of-main", changes: does(sub("app.json", `"root": "pkgb"`, `"root": "__APP__"`))},
	{name: "c42-independent-is-text", changes: does(sub("app.json", `"independent": true`, `"independent": "true"`))},
	{name: "c43-subpackages-is-object", changes: does(sub("app.json", `"subPackages": [`, `"subPackages": {}, "old": [`), sub("app.json", `"packages": ["alpha", "pkgb"]`, `"packages": ["__APP__"]`))},
	{name: "c44-plugin-in-two-packages", changes: does(
		sub("app.json", alpha, alpha+`, "plugins": { "p": { "version": "1.0.0", "provider": "wx1111111111111111" } }`),
		sub("app.json", betaEnd, `"pages": ["pages/b/b"], "plugins": { "q": { "version": "1.0.0", "provider": "wx1111111111111111" } } }`),
	)},
	{
		name: "f18-main-over-2-mib", changes: does(put("images/big.jpg", photo)),
		documented: "developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html: 2 MB for the main package; upload error 80200",
	},
	{
		name: "f18-subpackage-over-2-mib", changes: does(put("pkgb/big.jpg", photo)),
		documented: "developers.weixin.qq.com/miniprogram/dev/framework/subpackages.html: 2 MB for a subpackage",
	},
}

// photo is as heavy as no package may be.
var photo = string(make([]byte, 3<<20))
