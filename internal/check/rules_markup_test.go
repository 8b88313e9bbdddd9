package check

// markupCases are about templates, styles and WXS.
var markupCases = []ruleCase{
	{name: "template: not there", files: `
-- pages/index/index.wxml --
<import src="no"/>
<include src="/no/no.wxml"/>
<include src="{{a}}"/>
<import src="there"/>
-- pages/index/there.wxml --
<template name="a"/>`, want: `
w template-missing pages/index/index.wxml:1:14
w template-missing pages/index/index.wxml:2:15`},
	{name: "template: a name that nobody defines", files: `
-- pages/index/index.wxml --
<import src="there"/>
<template name="own"/>
<template is="own"/>
<template is="{{a}}"/>
<template is="a"/>
<template is="b"/>
-- pages/index/there.wxml --
<import src="further"/>
<template name="a"/>
-- pages/index/further.wxml --
<template name="b"/>`, want: "w template-undefined pages/index/index.wxml:6:15"},
	{name: "template: names of one that is included", files: `
-- pages/index/index.wxml --
<include src="there"/>
<template is="a"/>
-- pages/index/there.wxml --
<template is="c"/>`, want: "w template-undefined pages/index/index.wxml:2:15"},
	{name: "template: out of the root", files: `
-- pages/index/index.wxml --
<import src="../../../no"/>`, want: "w template-missing pages/index/index.wxml:1:14"},
	{name: "template: does not close", files: `
-- pages/index/index.wxml --
<view>`, want: "template-syntax pages/index/index.wxml:1:2"},
	{name: "template: an expression", files: `
-- pages/index/index.wxml --
<view a="{{ b c }}"/>`, want: "template-syntax pages/index/index.wxml:1:12"},
	{name: "template: what only the old compiler refuses", files: `
-- pages/index/index.wxml --
<view a="{{ b ?? c }}"/>`, want: "template-syntax pages/index/index.wxml:1:12"},
	{name: "template: what only the old compiler refuses, with a newer one", files: `
-- app.json --
{"pages": ["pages/index/index"], "componentFramework": "glass-easel"}
-- pages/index/index.wxml --
<view a="{{ b ?? c }}"/>
<view a="{{ b c }}"/>`, want: `
w template-syntax pages/index/index.wxml:1:12
template-syntax pages/index/index.wxml:2:12`},
	{name: "style: what only the old compiler refuses", files: `
-- pages/index/index.wxss --
.a { .b { color: red } }`, want: "style-syntax pages/index/index.wxss:1:6"},
	{name: "template: nobody uses it", files: `
-- old.wxml --
<view`, want: "template-syntax old.wxml:1:2"},
	{name: "image: not there", files: `
-- pages/index/index.wxml --
<image src="no.png"/>
<image src="{{a}}"/>
<image src="https://a/b.png"/>
<image src="data:image/png;base64,AA"/>
<image src=""/>
<image src="/a.png"/>
<image src="../../a.png "/>
<image src="/a.png?v=2"/>
-- a.png --
PNG`, want: "w image-missing pages/index/index.wxml:1:13"},
	{name: "image: from the page that shows the template", files: `
-- pages/index/index.wxml --
<import src="/shared/list"/>
<include src="../../parts/foot"/>
<template is="list"/>
-- shared/list.wxml --
<import src="item"/>
<template name="list"><image src="../../img/a.png"/><image src="a.png"/><template is="item"/></template>
-- shared/item.wxml --
<template name="item"><image src="../../img/a.png"/><image src="own.png"/></template>
-- shared/own.png --
PNG
-- parts/foot.wxml --
<image src="../../img/a.png"/>
<image src="../../../img/a.png"/>
<image src="/img/b.png"/>
-- img/a.png --
PNG`, want: `
w image-missing parts/foot.wxml:2:13
w image-missing parts/foot.wxml:3:13
w image-missing shared/list.wxml:2:65`},
	{name: "wxs: not there", files: `
-- pages/index/index.wxml --
<wxs src="no.wxs" module="a"/>
<wxs src="there.wxs" module="b"/>
<wxs module="c">
var d = require("./no.wxs");
</wxs>
-- pages/index/there.wxs --
require("no.wxs")`, want: `
wxs-missing pages/index/index.wxml:1:11
wxs-missing pages/index/index.wxml:4:17
w wxs-missing pages/index/there.wxs:1:9`},
	{name: "wxs: JavaScript", files: `
-- pages/index/index.wxml --
<wxs src="there.wxs" module="b"/>
<wxs module="c">
let d = 1;
</wxs>
-- pages/index/there.wxs --
var a = () => 1`, want: `
wxs-syntax pages/index/index.wxml:3:1
wxs-syntax pages/index/there.wxs:1:12`},
	{name: "wxs: JavaScript that the compiler makes nonsense of", files: `
-- pages/index/index.wxml --
<wxs module="c">
function f(a) { try { return a; } catch (e) { return 1; } }
</wxs>`, want: "w wxs-syntax pages/index/index.wxml:2:17"},
	{name: "wxs: JavaScript in what nobody uses", files: `
-- silent.wxs --
function f() { let a = 1; }
-- loud.wxs --
var a = () => 1`, want: "wxs-syntax loud.wxs:1:12"},
	{name: "wxs: JavaScript in what nobody uses, and the upload drops", files: `
-- project.config.json --
{"setting": {"es6": true, "minified": true, "ignoreUploadUnusedFiles": true}}
-- loud.wxs --
var a = () => 1`},
	{name: "style: not there", files: `
-- pages/index/index.wxss --
@import "no";
@import "./there.wxss";
-- pages/index/there.wxss --
view {}`, want: "style-missing pages/index/index.wxss:1:9"},
	{name: "style: does not close", files: `
-- pages/index/index.wxss --
view { color: red`, want: "style-syntax pages/index/index.wxss:1:1"},
	{name: "style: the selector *", files: `
-- app.wxss --
view {}
* { color: red }`, want: "style-syntax app.wxss:2:1"},
	{name: "style: a font with what can be loaded", files: `
-- app.wxss --
@font-face { font-family: a; src: url('a.eot'); src: url('a.eot?#iefix') format('x'),
 url( "data:font/woff;base64,AA") format('woff'), url(a.ttf) }
@font-face { font-family: b; src: url(b.eot); src: url(b.woff), url(b.ttf) }
@media (width: 1px) { view { background: url(c.png) } text { background: url(//a/c.png) } }`, want: `
w style-url app.wxss:3:39
w style-url app.wxss:4:46`},
	{name: "style: a local picture", files: `
-- app.wxss --
view { background: url(a.png) }
text { background: url("https://a/b.png") }
-- a.png --
PNG`, want: "w style-url app.wxss:1:24"},
	{name: "encoding: a byte order mark", files: "-- pages/index/index.wxml --\n\ufeff<view/><wxs module=\"a\" src=\"a.wxs\"/>\n-- pages/index/a.wxs --\n\ufeffvar a = 1;\n-- app.wxss --\n\ufeffview {}", want: `
encoding app.wxss:1:1
encoding pages/index/a.wxs:1:1
w encoding pages/index/index.wxml:1:1`},
	{name: "encoding: not UTF-8", files: "-- pages/index/index.wxml --\n<view>\xb2\xe2</view>\n-- app.wxss --\n/* \xb2\xe2 */", want: `
w encoding app.wxss
w encoding pages/index/index.wxml`},
}
