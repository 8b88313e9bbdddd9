package check

// configCases are about project.config.json and JSON files as such.
var configCases = []ruleCase{
	{name: "config: a comment", files: `
-- project.config.json --
{ // mine
"setting": {}}`, want: "json-syntax project.config.json:1:3"},
	{name: "config: not there", files: `
-- project.config.json --
gone`},
	{name: "config: wrong type", files: `
-- project.config.json --
{"setting": {"urlCheck": "no", "es6": true}}`, want: "config-shape project.config.json:1:26"},
	{name: "config: no object", files: `
-- project.config.json --
[]`, want: "config-shape project.config.json"},
	{name: "config: texts as rules", files: `
-- project.config.json --
{"packOptions": {"ignore": ["*.md"]}}`, want: "config-shape project.config.json:1:29"},
	{name: "config: keys of its own", files: `
-- project.config.json --
{"mine": 1, "setting": {"mine": true}}`},
	{name: "config: the root has no app.json", files: `
-- project.config.json --
{"miniprogramRoot": "mini/"}`, want: "app-json project.config.json:1:21"},
	{name: "config: no app.json", files: `
-- app.json --
gone`, want: "app-json app.json"},
	{name: "config: no app.json, and nothing else", files: `
-- project.config.json --
gone
-- app.json --
gone
-- app.js --
gone`, want: "app-json app.json"},
	{name: "config: another root", files: `
-- project.config.json --
{"miniprogramRoot": "./../mini/"}
-- mini/app.json --
{"pages": ["a"]}
-- mini/app.js --
App({})
-- mini/a.js --
Page({})`, want: "page-missing mini/app.json:1:12"},
	{name: "private config: broken", files: `
-- project.private.config.json --
{,}`, want: "w json-syntax project.private.config.json:1:2"},
	{name: "private config: nonsense", files: `
-- project.private.config.json --
{"miniprogramRoot": "nowhere/", "setting": {"urlCheck": 1}}`},
	{name: "private config: the root it names", files: `
-- project.private.config.json --
{"miniprogramRoot": "src"}
-- app.json --
gone
-- src/app.json --
{"pages": ["pages/a"]}
-- src/app.js --
App({})
-- src/pages/a.js --
Page({})`, want: "page-missing src/app.json:1:12"},
	{name: "lock: broken", files: `
-- tuikit-lock.json --
{`, want: "w json-syntax tuikit-lock.json:1:2"},
	{name: "lock: of another shape", files: `
-- tuikit-lock.json --
{"files": []}`, want: "w json-syntax tuikit-lock.json"},
	{name: "lock: of a later version", files: `
-- tuikit-lock.json --
{"version": 99}`, want: "w json-syntax tuikit-lock.json"},
	{name: "pack: lock files", files: `
-- project.config.json --
{}
-- tuikit-lock.json --
{"version": 1}
-- package-lock.json --
{}`, want: `
w pack-files package-lock.json
w pack-files tuikit-lock.json`},
	{name: "pack: npm's lock file is left out", files: `
-- project.config.json --
{"packOptions": {"ignore": [{"type": "file", "value": "package-lock.json"}]}}
-- package-lock.json --
{}`},
	{name: "pack: lock files that are left out anyhow", files: `
-- project.config.json --
{"setting": {"ignoreUploadUnusedFiles": true}}
-- package-lock.json --
{}`},
	{name: "pack: lock files outside", files: `
-- project.config.json --
{"miniprogramRoot": "m"}
-- package-lock.json --
{}
-- m/app.json --
{"pages": []}
-- m/app.js --
App({})`},
	{name: "json: an empty file", files: `
-- pages/index/index.json --
`, want: "json-syntax pages/index/index.json:1:1"},
	{name: "json: a trailing comma", files: `
-- pages/index/index.json --
{"usingComponents": {},
}`, want: "json-syntax pages/index/index.json:1:23"},
	{name: "json: a byte order mark", files: "-- pages/index/index.json --\n\ufeff{}", want: "json-syntax pages/index/index.json:1:1"},
	{name: "json: not UTF-8", files: "-- pages/index/index.json --\n{\"navigationBarTitleText\": \"\xb2\xe2\"}", want: "json-syntax pages/index/index.json:1:29"},
	{name: "json: broken and used by nobody", files: `
-- data/x.json --
{,}`},
	{name: "json: the theme", files: `
-- app.json --
{"pages": ["pages/index/index"], "darkmode": true, "themeLocation": "theme.json"}
-- theme.json --
{"light": {}, "dark": {},}`, want: "json-syntax theme.json:1:25"},
	{name: "json: no theme", files: `
-- app.json --
{"pages": ["pages/index/index"], "themeLocation": "theme.json"}`, want: "app-file app.json:1:51"},
	{name: "json: a key twice", files: `
-- pages/index/index.json --
{
  "usingComponents": {},
  "usingComponents": {}
}`, want: "w duplicate-key pages/index/index.json:3:3"},
	{name: "json: the same key in two objects", files: `
-- pages/index/index.json --
{"navigationBarTitleText": "a", "usingComponents": {}, "componentPlaceholder": {}}`},
	{name: "json: a slip", files: `
-- pages/index/index.json --
{"navigationBarTitelText": "a"}`, want: "w unknown-key pages/index/index.json:1:2"},
	{name: "json: a key that resembles none", files: `
-- pages/index/index.json --
{"myOwnThing": "a"}`},
	{name: "json: an enumeration", files: `
-- pages/index/index.json --
{"navigationStyle": "none"}`, want: "config-shape pages/index/index.json:1:21"},
	{name: "es6: off, with a module", files: `
-- project.config.json --
{"setting": {"es6": false}}
-- app.js --
import './x'
App({})
-- x.js --
export default 1`, want: "es6-off project.config.json:1:21"},
	{name: "es6: off, without a module", files: `
-- project.config.json --
{"setting": {"es6": false}}`},
	{name: "es6: enhance is enough", files: `
-- project.config.json --
{"setting": {"es6": false, "enhance": true}}
-- app.js --
import './x'
-- x.js --
export default 1`},
	{name: "typescript: not compiled", files: `
-- app.js --
gone
-- app.ts --
import { a } from './a'
App({ a })
-- a.ts --
export const a = 1
-- pages/index/index.js --
gone
-- pages/index/index.ts --
Page({})`, want: "typescript-off app.ts"},
	{name: "typescript: compiled", files: `
-- project.config.json --
{"setting": {"es6": true, "useCompilerPlugins": ["typescript"]}}
-- app.js --
gone
-- app.ts --
import { a } from './a'
import type { T } from './types'
App({ a } as T)
-- a.ts --
export const a = 1
-- pages/index/index.js --
gone
-- pages/index/index.ts --
Page({})`},
	{name: "typescript: beside the script", files: `
-- app.ts --
import './nowhere'`},
	{name: "plugin: any version beside a plugin", files: `
-- project.config.json --
{"compileType": "plugin", "miniprogramRoot": "mini", "pluginRoot": "plugin"}
-- mini/app.json --
{"pages": ["a"], "plugins": {"own": {"version": "dev", "provider": "wx1234567890abcdef"}}}
-- mini/app.js --
App({})
-- mini/a.js --
Page({})
-- mini/a.wxml --
<view/>`},
}
