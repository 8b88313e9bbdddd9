//go:build e2e

package e2e

const (
	panelPath = `"../../components/panel/index"`
	badgePath = `"/components/badge/badge"`
	holder    = `,
  "componentPlaceholder": {
    "lazy-chart": "view"
  }`
	aJSON = "pkga/pages/a/a.json"
	sJSON = "solo/pages/s/s.json"
	index = "pages/index/index.json"
)

// componentFaults are about custom components: their paths, their files, their packages.
var componentFaults = []mutation{
	{name: "d01-path-missing", changes: does(sub(index, panelPath, `"../../components/pane/index"`))},
	{name: "d01-path-absolute-missing", changes: does(sub(index, badgePath, `"/components/badge/bagde"`))},
	{name: "d02-path-of-app-missing", changes: does(sub("app.json", badgePath, `"/components/badge/gone"`))},
	{name: "d02-path-of-app-bare", changes: does(sub("app.json", badgePath, `"badge/badge"`))},
	{name: "d04-path-extension", changes: does(sub(index, badgePath, `"/components/badge/badge.js"`))},
	{name: "d04-path-extension-wxml", changes: does(sub(index, badgePath, `"/components/badge/badge.wxml"`))},
	{name: "d05-too-few-dots", changes: does(sub(index, panelPath, `"../components/panel/index"`))},
	{name: "d06-too-many-dots", changes: does(sub(index, panelPath, `"../../../components/panel/index"`))},
	{name: "d07-bare-path", changes: does(sub(index, panelPath, `"components/panel/index"`))},
	{name: "d09-case", changes: does(sub(index, badgePath, `"/components/Badge/badge"`))},
	{name: "d10-js-missing", changes: does(drop("components/badge/badge.js"))},
	{name: "d10-js-missing-nested", changes: does(drop("components/panel/row/row.js"))},
	{name: "d10-js-missing-npm", changes: does(drop("miniprogram_npm/tiny-ui/button/index.js"))},
	{name: "d10-js-missing-in-subpackage", changes: does(drop("pkga/components/chart/chart.js"))},
	{name: "d11-wxml-missing", changes: does(drop("components/badge/badge.wxml"))},
	{name: "d11-wxml-missing-in-subpackage", changes: does(drop("solo/components/inner/inner.wxml"))},
	{name: "d13-json-missing", changes: does(drop("components/badge/badge.json"))},
	{name: "d14-no-component-call", changes: does(put("components/badge/badge.js", "module.exports = {};\n"))},
	{name: "d14-empty-script", changes: does(put("components/panel/row/row.js", ""))},
	{name: "d15-tag-undeclared", changes: does(sub("pages/me/me.wxml", "</view>", "<fancy-box></fancy-box></view>"))},
	{name: "d15-tag-undeclared-in-component", changes: does(sub("components/panel/row/row.wxml", "{{text}}", "<badge text=\"{{text}}\"></badge>"))},
	{name: "d19-npm-not-built", changes: does(drop("miniprogram_npm/tiny-ui"))},
	{name: "d20-main-uses-subpackage", changes: does(sub(index, holder, ""))},
	{name: "d20-main-uses-subpackage-unused", changes: does(sub("pages/me/me.json", `{}`, `{ "chart": "/pkga/components/chart/chart" }`))},
	{name: "d20-placeholder-of-another", changes: does(sub(index, `"lazy-chart": "view"`, `"lazy-charts": "view"`))},
	{name: "d20-app-uses-subpackage", changes: does(sub("app.json", badgePath, badgePath+`, "app-chart": "/pkga/components/chart/chart"`))},
	{name: "d20-component-uses-subpackage", changes: does(sub("components/panel/index.json", `"./row/row"`, `"/pkga/components/chart/chart"`))},
	{name: "d22-subpackage-uses-another", changes: does(sub(aJSON, badgePath, `"/pkgb/components/own/own"`))},
	{name: "d22-subpackage-uses-another-relative", changes: does(sub(aJSON, badgePath, `"../../../pkgb/components/own/own"`))},
	{name: "d23-independent-uses-main", changes: does(sub(sJSON, `"../../components/inner/inner"`, badgePath))},
	{name: "d23-independent-uses-npm-of-main", changes: does(sub(sJSON, `"../../components/inner/inner"`, `"tiny-ui/button/index"`))},
	{name: "d23-independent-uses-another", changes: does(sub(sJSON, `"../../components/inner/inner"`, `"/pkgb/components/own/own"`))},
	{name: "d23-main-uses-independent", changes: does(sub(index, badgePath, `"/solo/components/inner/inner"`))},
	{name: "d24-placeholder-unknown", changes: does(sub(index, `"lazy-chart": "view"`, `"lazy-chart": "spinner"`))},
	{name: "d24-placeholder-out-of-reach", changes: does(sub(index, badgePath, `"/pkgb/components/own/own"`), sub(index, `"lazy-chart": "view"`, `"lazy-chart": "badge", "badge": "view"`))},
	{name: "d26-plugin-undeclared", changes: does(sub(index, badgePath, `"plugin://nobody/badge"`))},
	{name: "d27-json-comma", changes: does(sub("components/badge/badge.json", "true", "true,"))},
	{name: "d27-json-comma-nested", changes: does(sub("components/panel/row/row.json", "true", "true,"))},
	{name: "d28-json-bom", changes: does(before("components/badge/badge.json", bom))},
	{name: "d28-json-empty", changes: does(put("components/badge/badge.json", ""))},
	{name: "d29-path-nested", changes: does(sub("components/panel/index.json", `"../badge/badge"`, `"./badge/badge"`))},
	{name: "d30-component-is-text", changes: does(sub("components/badge/badge.json", "true", `"true"`))},
	{name: "d31-generic-default", changes: does(sub("components/badge/badge.json", "true", `true, "componentGenerics": { "row": { "default": "./gone" } }`))},
	{name: "d33-using-is-list", changes: does(sub("pages/me/me.json", `"usingComponents": {}`, `"usingComponents": []`))},
	{name: "d33-path-is-number", changes: does(sub(index, badgePath, `7`))},
	{name: "d33-path-is-empty", changes: does(sub("pages/me/me.json", `{}`, `{ "x": "" }`))},
	{name: "d35-npm-of-a-subpackage", changes: does(move("miniprogram_npm/tiny-ui", "pkga/miniprogram_npm/tiny-ui"))},
	{name: "d37-alias", changes: does(sub("app.json", sitemap, `"resolveAlias": { "@/*": "/components/*" }, `+sitemap), sub(index, badgePath, `"@/badge/badge"`))},
	{name: "d39-dynamic-lib", changes: does(sub(index, badgePath, `"dynamicLib://charts/chart"`))},
	{name: "u09-node-modules", changes: does(move("miniprogram_npm/tiny-ui", "node_modules/tiny-ui"), sub(index, `"tiny-ui/button/index"`, `"/node_modules/tiny-ui/button/index"`))},
	{name: "u10-backslash", changes: does(sub(index, badgePath, `"\\components\\badge\\badge"`))},
	{name: "u11-script-of-component-fails", changes: does(sub("components/panel/index.js", "'../../utils/format'", "'../utils/format'"))},
}
