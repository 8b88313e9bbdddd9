package check

// scriptCases are about scripts.
var scriptCases = []ruleCase{
	{name: "script: does not parse", files: `
-- pages/index/index.js --
Page({
a b
})`, want: "script-syntax pages/index/index.js:2:3"},
	{name: "script: does not parse and is not used", files: `
-- old/x.js --
a b`, want: "script-syntax old/x.js:1:3"},
	{name: "script: does not parse and is left out", files: `
-- project.config.json --
{"packOptions": {"ignore": [{"type": "folder", "value": "old"}]}}
-- old/x.js --
a b`},
	{name: "script: await and import()", files: `
-- pages/index/index.js --
import('./x')
await 1
async function a() { await 1 }
Page({})
-- pages/index/x.js --
1`, want: `
script-module pages/index/index.js:1:8
script-module pages/index/index.js:2:1`},
	{name: "script: registers nothing", files: two + `
-- pages/index/index.js --
const a = 1
-- c/c.js --
`, want: `
script-unregistered c/c.js
script-unregistered pages/index/index.js`},
	{name: "script: registered by a function of its own", files: `
-- pages/index/index.js --
define` + "`page`" + `
-- app.js --
const a = 1`},
	{name: "script: registered elsewhere", files: `
-- pages/index/index.js --
import './page'
-- pages/index/page.js --
Page({})`},
	{name: "helper: marked and not there", files: `
-- pages/index/index.js --
Page({})
/* tuikit-cli:helpers require("@babel/runtime/helpers/typeof") require("@babel/runtime/helpers/none") */
-- pages/miniprogram_npm/@babel/runtime/helpers/typeof.js --
module.exports = {}`, want: "babel-helper pages/index/index.js:2:1"},
	{name: "helper: marked where nobody looks, or not marked", files: `
-- old/index.js --
a()
/* tuikit-cli:helpers require("@babel/runtime/helpers/typeof") */
-- pages/index/index.js --
const mark = '/* tuikit-cli:helpers require("@babel/runtime/helpers/typeof") */'
/* tuikit-cli:helpers require("@babel/runtime/helpers/typeof") */ Page({ mark })`},
	{name: "module: nowhere", files: `
-- pages/index/index.js --
import a from './no'
require('../../no')
try { require('./maybe') } catch (e) {}
Page({ a })`, want: `
module-missing pages/index/index.js:1:15
module-missing pages/index/index.js:2:9
w module-missing pages/index/index.js:3:15`},
	{name: "module: without a name", files: `
-- pages/index/index.js --
require('')
Page({})`, want: "module-missing pages/index/index.js:1:9"},
	{name: "module: the catch of another statement", files: `
-- app.js --
App({})
require.async('./gone').then((m) => m.run('(')).finally(done)
other().catch(() => {})`, want: "module-missing app.js:2:15"},
	{name: "module: twice, both caught", files: `
-- app.js --
App({})
require.async('./gone').catch(() => {})
require.async('./gone')
  .then((m) => { m.run(")") })
  .catch(() => {})`, want: "w module-missing app.js:2:15"},
	{name: "module: a failure that is caught later", files: `
-- pages/index/index.js --
require.async('./a').then(run).catch(() => {})
require.async('./b').then(run)

fetch().catch(() => {})
Page({})`, want: `
w module-missing pages/index/index.js:1:15
module-missing pages/index/index.js:2:15`},
	{name: "module: one that is missing is said once", files: `
-- no.js --
require('./nothing')
require('./nothing.js')
require('the-pkg')
-- pages/index/index.js --
require('../../no')
require('../../nothing')
require('the-pkg')
Page({})`, want: `
module-missing no.js:1:9
module-missing no.js:3:9`},
	{name: "module: from the root", files: `
-- app.js --
require('/utils/u')
-- utils/u.js --
1
-- pages/index/index.js --
require('/utils/u')
Page({})`, want: "module-missing pages/index/index.js:1:9"},
	{name: "module: from the root, with an alias", files: `
-- app.json --
{"pages": ["pages/index/index"], "resolveAlias": {"/*": "/*", "@u/*": "/utils/*"}}
-- utils/u.js --
1
-- pages/index/index.js --
require('/utils/u')
require('@u/u')
Page({})`},
	{name: "module: a folder", files: `
-- utils/index.js --
1
-- pages/index/index.js --
require('../../utils')
Page({})`, want: "module-missing pages/index/index.js:1:9"},
	{name: "module: JSON", files: `
-- pages/index/data.json --
{}
-- pages/index/index.js --
require('./data.json')
Page({})`, want: "module-missing pages/index/index.js:1:9"},
	{name: "module: too many steps up", files: `
-- u.js --
1
-- pages/index/index.js --
require('../../../u')
Page({})`, want: "module-missing pages/index/index.js:1:9"},
	{name: "module: another case", files: `
-- pages/index/U.js --
1
-- pages/index/index.js --
require('./u')
Page({})`, want: "module-missing pages/index/index.js:1:9"},
	{name: "module: an npm package", files: `
-- miniprogram_npm/there/index.js --
module.exports = 1
//miniprogram-npm-outsideDeps=["fs"]
-- pages/index/index.js --
require('there')
require('not-there')
Page({})`, want: `
w module-missing miniprogram_npm/there/index.js
module-missing pages/index/index.js:2:9`},
	{name: "module: npm was never built", files: `
-- package.json --
{"dependencies": {"a": "1", "@s/b": "1"}}
-- app.js --
require('a/x')
require('not-there')
-- pages/index/index.js --
require('a')
require('@s/b')
Page({})
-- pages/index/index.json --
{"usingComponents": {"c": "@s/b/c"}}`, want: `
module-missing app.js:2:9
npm-build pages/index/index.json:1:27`},
	{name: "module: npm was never built, and its folder is named", files: `
-- package.json --
{"dependencies": {"a": "1", "@s/b": "1"}}
-- app.js --
require('./miniprogram_npm/a/x')
-- pages/index/index.json --
{"usingComponents": {"c": "/miniprogram_npm/@s/b/c", "d": "../../miniprogram_npm/a/d", "e": "miniprogram_npm/a/e", "f": "/miniprogram_npm/not-there/f"}}`, want: `
npm-build pages/index/index.json:1:27
component-missing pages/index/index.json:1:121`},
	{name: "module: known only when it runs", files: `
-- lang/en.js --
1
-- pages/index/index.js --
require('../../lang/' + lang)
require(name)
Page({})`},
	{name: "module: not used", files: `
-- old.js --
require('./nothing')`},
	{name: "module: a type", files: `
-- project.config.json --
{"setting": {"es6": true, "useCompilerPlugins": ["typescript"]}}
-- app.ts --
import { T } from './types'
const a: T = 1
App({})`},
	{name: "module: left out by packOptions", files: `
-- project.config.json --
{"packOptions": {"ignore": [{"type": "suffix", "value": ".min.js"}]}}
-- pages/index/a.min.js --
1
-- pages/index/index.js --
require('./a.min')
Page({})`, want: "module-missing pages/index/index.js:1:9"},
	{name: "encoding: a script", files: "-- pages/index/index.js --\nPage({ a: '\xb2\xe2' })", want: "w encoding pages/index/index.js"},
	{name: "encoding: a byte order mark in a script", files: "-- pages/index/index.js --\n\ufeffPage({})"},
}
