//go:build e2e

package e2e

const (
	meWXML    = "pages/me/me.wxml"
	indexWXML = "pages/index/index.wxml"
	card      = "../../templates/card.wxml"
	logo      = `src="/images/logo.png"`
	now       = "{{now}}"
)

// markupFaults are about WXML and WXS.
var markupFaults = []mutation{
	{name: "e14-bom-wxml", changes: does(before(meWXML, bom))},
	{name: "f01-unclosed-tag", changes: does(sub(meWXML, "</view>", ""))},
	{name: "f01-unclosed-tag-in-component", changes: does(sub("components/badge/badge.wxml", "</text>", ""))},
	{name: "f01-unclosed-tag-unused", changes: does(put("templates/unused.wxml", "<view>\n"))},
	{name: "f01-mismatched-tags", changes: does(put(meWXML, "<view><text></view></text>\n"))},
	{name: "f01-stray-end-tag", changes: does(after(meWXML, "</view>\n"))},
	{name: "f01-unclosed-comment", changes: does(after(meWXML, "<!-- more\n"))},
	{name: "f02-import-missing", changes: does(sub(indexWXML, card, "../../templates/cards.wxml"))},
	{name: "f02-import-case", changes: does(sub(indexWXML, card, "../../templates/Card.wxml"))},
	{name: "f02-template-unknown", changes: does(sub(indexWXML, `is="card"`, `is="cart"`))},
	{name: "f03-include-missing", changes: does(sub(indexWXML, "/templates/footer.wxml", "/templates/foot.wxml"))},
	{name: "f04-wxs-missing", changes: does(sub(indexWXML, "../../wxs/format.wxs", "../../wxs/formats.wxs"))},
	{name: "f04-wxs-without-extension", changes: does(sub(indexWXML, "../../wxs/format.wxs", "../../wxs/format"))},
	{name: "f04-wxs-requires-missing", changes: does(sub("wxs/format.wxs", "./tools.wxs", "./tool.wxs"))},
	{name: "f04-wxs-requires-script", changes: does(sub("wxs/format.wxs", "./tools.wxs", "../utils/time.js"))},
	{name: "f05-expression", changes: does(sub(meWXML, now, "{{now +}}"))},
	{name: "f05-expression-two-names", changes: does(sub(meWXML, now, "{{a b}}"))},
	{name: "f05-expression-in-attribute", changes: does(sub(meWXML, "<view>", `<view wx:if="{{now ==}}">`))},
	{name: "f05-expression-unclosed", changes: does(sub(meWXML, now, "{{now"))},
	{name: "f05-expression-in-component", changes: does(sub("components/badge/badge.wxml", "{{text}}", "{{text.}}"))},
	{name: "f05-expression-optional-chaining", changes: does(sub(meWXML, now, "{{now?.x}}"))},
	{name: "f05-expression-arrow", changes: does(sub(meWXML, now, "{{() => now}}"))},
	{name: "f06-wxs-let", changes: does(sub("wxs/tools.wxs", "function twice", "let two = 2;\nfunction twice"))},
	{name: "f06-wxs-arrow", changes: does(sub(indexWXML, "function (s) { return s + '!'; }", "(s) => s + '!'"))},
	{name: "f06-wxs-template-literal", changes: does(sub("wxs/format.wxs", "'$' + tools.twice(n)", "`$${n}`"))},
	{name: "f06-wxs-syntax", changes: does(sub("wxs/tools.wxs", "return n * 2;", "return n * ;"))},
	{name: "f06-wxs-export", changes: does(sub("wxs/tools.wxs", "module.exports = { twice: twice };", "export default twice;"))},
	{name: "f10-image-missing", changes: does(sub(indexWXML, logo, `src="/images/logos.png"`))},
	{name: "f10-image-case", changes: does(sub(indexWXML, logo, `src="/images/Logo.png"`))},
	{name: "f12-else-without-if", changes: does(put(meWXML, "<view wx:else>x</view>\n"))},
	{name: "f12-else-after-another", changes: does(put(meWXML, "<view wx:if=\"{{now}}\">x</view>\n<view>y</view>\n<view wx:else>z</view>\n"))},
	{name: "f13-attribute-unquoted", changes: does(sub(meWXML, "<view>", `<view id=me>`))},
	{name: "f13-attribute-unclosed", changes: does(sub(meWXML, "<view>", `<view id="me>`))},
	{name: "f14-not-utf8", changes: does(sub(meWXML, now, gbk))},
	{name: "f15-raw-less-than", changes: does(sub(meWXML, now, "1 < 2"))},
	{name: "f17-main-imports-template-of-subpackage", changes: does(sub(indexWXML, card, "/pkgb/templates/line.wxml"))},
	{name: "f17-main-includes-of-subpackage", changes: does(sub(indexWXML, "/templates/footer.wxml", "/pkgb/templates/line.wxml"))},
	{name: "f17-subpackage-imports-another", changes: does(sub("pkga/pages/a/a.wxml", "/templates/card.wxml", "/pkgb/templates/line.wxml"))},
	{name: "f17-independent-imports-main", changes: does(before("solo/pages/s/s.wxml", `<import src="/templates/card.wxml" />`))},
	{name: "f17-independent-includes-main", changes: does(before("solo/pages/s/s.wxml", `<include src="/templates/footer.wxml" />`))},
	{name: "f22-main-shows-image-of-subpackage", changes: does(sub(indexWXML, logo, `src="/pkga/images/alpha.png"`))},
	{name: "f22-subpackage-shows-image-of-another", changes: does(sub("pkga/pages/a/a.wxml", "../../images/alpha.png", "/solo/images/solo.png"))},
	{name: "f22-independent-shows-image-of-main", changes: does(sub("solo/pages/s/s.wxml", "/solo/images/solo.png", "/images/logo.png"))},
	{name: "f24-main-uses-wxs-of-subpackage", changes: does(move("wxs", "pkga/wxs"), sub(indexWXML, "../../wxs/format.wxs", "../../pkga/wxs/format.wxs"))},
	{name: "f24-independent-uses-wxs-of-main", changes: does(before("solo/pages/s/s.wxml", `<wxs src="/wxs/tools.wxs" module="tools" />`))},
	{name: "f35-import-missing-in-component", changes: does(before("components/panel/index.wxml", `<import src="./gone.wxml" />`))},
	{name: "f41-wxs-without-module", changes: does(sub(indexWXML, ` module="format"`, ""))},
	{name: "f42-uppercase-tag", changes: does(put(meWXML, "<View>{{now}}</View>\n"))},
}

// styleFaults are about WXSS.
var styleFaults = []mutation{
	{name: "e14-bom-wxss", changes: does(before("pages/me/me.wxss", bom))},
	{name: "e26-style-of-another-language", changes: does(put("pages/me/colors.scss", ".x { color: red; }\n"), before("pages/me/me.wxss", "@import './colors.scss';\n"))},
	{name: "f07-import-missing", changes: does(sub("pages/index/index.wxss", "../../styles/base.wxss", "../../styles/bases.wxss"))},
	{name: "f07-import-missing-in-app", changes: does(sub("app.wxss", "./styles/base.wxss", "./style/base.wxss"))},
	{name: "f07-import-missing-nested", changes: does(drop("styles/colors.wxss"))},
	{name: "f07-import-missing-in-component", changes: does(before("components/badge/badge.wxss", "@import './gone.wxss';\n"))},
	{name: "f07-import-case", changes: does(sub("pages/index/index.wxss", "../../styles/base.wxss", "../../styles/Base.wxss"))},
	{name: "f07-import-npm", changes: does(before("pages/me/me.wxss", "@import 'tiny-ui/button/index.wxss';\n"))},
	{name: "f08-unclosed-block", changes: does(sub("pages/me/me.wxss", "}", ""))},
	{name: "f08-unclosed-block-in-component", changes: does(sub("components/badge/badge.wxss", "}", ""))},
	{name: "f08-unclosed-block-unused", changes: does(put("styles/unused.wxss", ".x {\n"))},
	{name: "f08-unclosed-comment", changes: does(after("pages/me/me.wxss", "/* more\n"))},
	{name: "f08-unclosed-string", changes: does(after("pages/me/me.wxss", ".x { content: \"x; }\n"))},
	{name: "f08-stray-brace", changes: does(after("pages/me/me.wxss", "}\n"))},
	{name: "f08-line-comment", changes: does(before("pages/me/me.wxss", "// colours\n"))},
	{name: "f09-local-url", changes: does(after("pages/me/me.wxss", ".x { background: url('/images/logo.png'); }\n"))},
	{name: "f16-import-url", changes: does(before("pages/me/me.wxss", "@import url('../../styles/base.wxss');\n"))},
	{name: "f20-main-imports-style-of-subpackage", changes: does(before("pages/me/me.wxss", "@import '/pkgb/styles/b.wxss';\n"))},
	{name: "f20-app-imports-style-of-subpackage", changes: does(sub("app.wxss", "./styles/base.wxss", "./pkgb/styles/b.wxss"))},
	{name: "f21-subpackage-imports-style-of-another", changes: does(sub("pkga/pages/a/a.wxss", "/styles/base.wxss", "/pkgb/styles/b.wxss"))},
	{name: "f21-independent-imports-style-of-main", changes: does(before("solo/pages/s/s.wxss", "@import '/styles/base.wxss';\n"))},
	{name: "f25-universal-selector", changes: does(after("pages/me/me.wxss", "* { margin: 0; }\n"))},
	{name: "f26-not-utf8", changes: does(after("pages/me/me.wxss", "/* "+gbk+" */\n"))},
}
