package check

// appCases are about what app.json names.
var appCases = []ruleCase{
	{name: "app: broken says so once", files: `
-- app.json --
{"pages": ["pages/index/index"],}
-- app.js --
gone`, want: "json-syntax app.json:1:32"},
	{name: "app: an array", files: `
-- app.json --
[]`, want: "config-shape app.json"},
	{name: "app: no pages", files: `
-- app.json --
{}`, want: "config-shape app.json:1:1"},
	{name: "app: pages of another kind", files: `
-- app.json --
{"pages": {}}`, want: "config-shape app.json:1:11"},
	{name: "app: a page of another kind", files: `
-- app.json --
{"pages": ["pages/index/index", 1]}`, want: "config-shape app.json:1:33"},
	{name: "app: pages is empty", files: `
-- app.json --
{"pages": []}`},
	{name: "app: no script", files: `
-- app.js --
gone`, want: "app-script app.js"},
	{name: "page: no template", files: `
-- pages/index/index.wxml --
gone`, want: "page-missing app.json:2:11"},
	{name: "page: nothing", files: `
-- app.json --
{
"pages": ["pages/index/index",
  "pages/me/me"]
}`, want: "page-missing app.json:3:3"},
	{name: "page: another case", files: `
-- app.json --
{"pages": ["pages/Index/index"]}`, want: "page-missing app.json:1:12"},
	{name: "page: neither JSON nor style is needed"},
	{name: "page: with an ending", files: `
-- app.json --
{"pages": ["pages/index/index.wxml"]}`, want: "page-missing app.json:1:12"},
	{name: "page: a slash in front", files: `
-- app.json --
{"pages": ["/pages/index/index"]}`, want: "page-path app.json:1:12"},
	{name: "page: a dot in front", files: `
-- app.json --
{"pages": ["./pages/index/index"]}`, want: "page-path app.json:1:12"},
	{name: "page: empty", files: `
-- app.json --
{"pages": ["pages/index/index", ""]}`, want: "page-path app.json:1:33"},
	{name: "page: two slashes", files: `
-- app.json --
{"pages": ["pages//index/index"]}`, want: "page-path app.json:1:12"},
	{name: "page: backslashes", files: `
-- app.json --
{"pages": ["pages\\index\\index"]}`, want: "page-path app.json:1:12"},
	{name: "page: twice", files: `
-- app.json --
{"pages": ["pages/index/index", "pages/index/index"]}`, want: "page-path app.json:1:33"},
	{name: "page: escaped slashes", files: `
-- app.json --
{"pages": ["pages\/index\/index"]}`},
	{name: "page: left out by packOptions", files: `
-- project.config.json --
{"packOptions": {"ignore": [{"type": "folder", "value": "pages/index"}]}}`, want: "page-missing app.json:2:11"},
	{name: "entry page: none of the pages", files: `
-- app.json --
{"entryPagePath": "pages/index/indx", "pages": ["pages/index/index"]}`, want: "entry-page app.json:1:19"},
	{name: "entry page: in a subpackage", files: `
-- app.json --
{"entryPagePath": "s/a", "pages": ["pages/index/index"], "subPackages": [{"root": "s", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`},
	{name: "subpackage: no folder", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "pages": ["a"]}]}`, want: "subpackage-root app.json:1:59"},
	{name: "subpackage: a slash in front", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "/s", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, want: "subpackage-root app.json:1:59"},
	{name: "subpackage: a slash behind", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s/", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`},
	{name: "subpackage: no root", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"pages": []}]}`, want: "config-shape app.json:1:50"},
	{name: "subpackage: an empty root", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "", "pages": []}]}`, want: "subpackage-root app.json:1:59"},
	{name: "subpackage: reserved", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "__APP__", "pages": []}]}`, want: "subpackage-root app.json:1:59"},
	{name: "subpackage: a root twice", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "pages": ["a"]}, {"root": "s/", "pages": ["b"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>
-- s/b.js --
Page({})
-- s/b.wxml --
<view/>`, want: "subpackage-root app.json:1:90"},
	{name: "subpackage: in another", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "pages": ["a"]}, {"root": "s/t", "pages": ["b"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>
-- s/t/b.js --
Page({})
-- s/t/b.wxml --
<view/>`, want: "subpackage-root app.json:1:90"},
	{name: "subpackage: like another", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "pages": ["a"]}, {"root": "st", "pages": ["b"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>
-- st/b.js --
Page({})
-- st/b.wxml --
<view/>`},
	{name: "subpackage: a name twice", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "name": "n", "pages": ["a"]}, {"root": "t", "name": "n", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>
-- t/a.js --
Page({})
-- t/a.wxml --
<view/>`, want: "subpackage-root app.json:1:116"},
	{name: "subpackage: its page repeats the root", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "pages": ["s/a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, want: "page-missing app.json:1:74"},
	{name: "subpackage: a main page in it", files: `
-- app.json --
{"pages": ["pages/index/index", "s/a"], "subPackages": [{"root": "s", "pages": []}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, want: "page-path app.json:1:33"},
	{name: "subpackage: a page in both", files: `
-- app.json --
{"pages": ["pages/index/index", "s/a"], "subPackages": [{"root": "s", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, want: "page-path app.json:1:33"},
	{name: "subpackage: both spellings", files: `
-- app.json --
{"pages": ["pages/index/index"],
"subPackages": [{"root": "s", "pages": ["a"]}],
"subpackages": [{"root": "t", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>
-- t/a.js --
Page({})
-- t/a.wxml --
<view/>`, want: "w subpackage-spelling app.json:2:1"},
	{name: "subpackage: an entry that is not there", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "independent": true, "entry": "main.js", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, want: "w app-file app.json:1:94"},
	{name: "workers: no folder", files: `
-- app.json --
{"pages": ["pages/index/index"], "workers": "workers"}`, want: "app-file app.json:1:45"},
	{name: "workers: there", files: `
-- app.json --
{"pages": ["pages/index/index"], "workers": {"path": "workers/", "isSubpackage": false}}
-- workers/a.js --
1`},
	{name: "theme: no file for a variable", files: `
-- app.json --
{"pages": ["pages/index/index"], "window": {"backgroundColor": "@b"}}`, want: "theme-variable app.json:1:64"},
	{name: "theme: a page's variable that one side lacks", files: `
-- app.json --
{"pages": ["pages/index/index"], "themeLocation": "theme.json"}
-- theme.json --
{"light": {"b": "#fff"}, "dark": {}}
-- pages/index/index.json --
{"backgroundColor": "@b"}`, want: "theme-variable pages/index/index.json:1:21"},
	{name: "theme: both sides have it", files: `
-- app.json --
{"pages": ["pages/index/index"], "themeLocation": "theme.json", "window": {"backgroundColor": "@b"}}
-- theme.json --
{"light": {"b": "#fff"}, "dark": {"b": "#000"}}`},
	{name: "theme: a dot in front", files: `
-- app.json --
{"pages": ["pages/index/index"], "themeLocation": "./theme.json"}
-- theme.json --
{"light": {}, "dark": {}}`, want: "app-file app.json:1:51"},
	{name: "theme: outside", files: `
-- app.json --
{"pages": ["pages/index/index"], "themeLocation": "../theme.json"}`, want: "app-file app.json:1:51"},
	{name: "theme: no name of a file", files: `
-- app.json --
{"pages": ["pages/index/index"], "themeLocation": "a\u0000b.json", "window": {"backgroundColor": "@b"}}`, want: "app-file app.json:1:51"},
	{name: "skyline: without lazyCodeLoading", files: `
-- pages/index/index.json --
{"renderer": "skyline"}`, want: "skyline-page pages/index/index.json:1:14"},
	{name: "skyline: without glass-easel", files: `
-- app.json --
{"pages": ["pages/index/index"], "lazyCodeLoading": "requiredComponents"}
-- pages/index/index.json --
{"renderer": "skyline"}`, want: "skyline-page pages/index/index.json:1:14"},
	{name: "skyline: with a title for the native bar", files: `
-- app.json --
{"pages": ["pages/index/index"], "lazyCodeLoading": "requiredComponents", "componentFramework": "glass-easel"}
-- pages/index/index.json --
{"renderer": "skyline", "navigationBarTitleText": "x"}`, want: "skyline-page pages/index/index.json:1:25"},
	{name: "skyline: whole", files: `
-- app.json --
{"pages": ["pages/index/index"], "lazyCodeLoading": "requiredComponents", "componentFramework": "glass-easel"}
-- pages/index/index.json --
{"renderer": "skyline", "navigationStyle": "custom", "navigationBarTitleText": "x"}`},
	{name: "tab bar: a page twice", files: `
-- app.json --
{"pages": ["pages/index/index"],
 "tabBar": {"list": [{"pagePath": "pages/index/index", "text": "a"}, {"pagePath": "pages/index/index", "text": "b"}]}}`, want: "tabbar app.json:2:83"},
	{name: "sitemap: not there", files: `
-- app.json --
{"pages": ["pages/index/index"], "sitemapLocation": "sitemap.json"}`, want: "w sitemap app.json:1:53"},
	{name: "sitemap: there", files: `
-- app.json --
{"pages": ["pages/index/index"], "sitemapLocation": "./sitemap.json"}
-- sitemap.json --
{}`},
	{name: "tab bar: its faults", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "pages": ["a"]}],
"tabBar": {"list": [
{"text": "a", "pagePath": "pages/index/index", "iconPath": "a.png", "selectedIconPath": "/b.PNG"},
{"text": "b", "pagePath": "s/a", "iconPath": "a.gif"},
{"text": "c", "pagePath": "pages/index/indx"}]}}
-- a.gif --
GIF
-- b.PNG --
PNG
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, want: `
tabbar app.json:3:60
tabbar app.json:4:27
tabbar app.json:4:46
tabbar app.json:5:27`},
	{name: "tab bar: icons of the theme", files: `
-- app.json --
{"pages": ["pages/index/index", "pages/me/me"], "darkmode": true, "themeLocation": "theme.json",
"tabBar": {"color": "#000000", "selectedColor": "#ff0000", "backgroundColor": "#ffffff", "list": [
{"text": "a", "pagePath": "pages/index/index", "iconPath": "@icon"},
{"text": "b", "pagePath": "pages/me/me"}]}}
-- theme.json --
{"light": {"icon": "a.png"}, "dark": {"icon": "a.png"}}
-- a.png --
PNG
-- pages/me/me.js --
Page({})
-- pages/me/me.wxml --
<view/>`},
	{name: "preload: its faults", files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "s", "name": "n", "pages": ["a"]}],
"preloadRule": {
"pages/index/index": {"packages": ["s", "n", "s/", "__APP__", "no"]},
"pages/no": {"packages": ["s"]}}}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, want: `
preload-rule app.json:3:63
preload-rule app.json:4:1`},
	{name: "preload: nobody looks without subpackages", files: `
-- app.json --
{"pages": ["pages/index/index"], "preloadRule": {"no": {"packages": ["no"]}}}`},
	{name: "page: in the folder of a subpackage, and not there", files: `
-- app.json --
{"pages": ["pages/index/index", "s/gone"], "subPackages": [{"root": "s", "pages": ["a"]}]}
-- s/a.js --
Page({})
-- s/a.wxml --
<view/>`, want: "page-path app.json:1:33"},
	{name: "navigate: its faults", files: `
-- app.json --
{"pages": ["pages/index/index", "pages/me/me", "pages/x/x"], "tabBar": {"color": "#000000", "selectedColor": "#ff0000", "backgroundColor": "#ffffff", "list": [
{"text": "a", "pagePath": "pages/index/index"},
{"text": "b", "pagePath": "pages/me/me"}]}}
-- pages/me/me.js --
Page({})
-- pages/me/me.wxml --
<view/>
-- pages/x/x.js --
Page({})
-- pages/x/x.wxml --
<view/>
-- pages/index/index.js --
Page({ a() {
wx.navigateTo({ url: '/pages/no/no?a=1' })
wx.navigateTo({ url: '/pages/me/me' })
wx.switchTab({ url: '/pages/x/x' })
wx.switchTab({ url: '../me/me' })
wx.navigateTo({ url: '../x/x?a=1#b' })
wx.reLaunch({ url: '/pages/me/me' })
wx.navigateTo({ url: '/pages/' + name })
wx.navigateTo({ url: 'plugin://a/b' })
} })
-- pages/index/index.wxml --
<navigator url="/pages/no/other"/>
<navigator url="/pages/me/me" open-type="redirect"/>
<navigator url="/pages/{{a}}"/>
<navigator url="/pages/me/me" open-type="switchTab"/>
<navigator target="miniProgram" url="/pages/theirs"/>
<navigator open-type="exit" target="miniProgram" url="/pages/no/no"/>
<navigator open-type="navigateBack" url="/pages/no/no"/>`, want: `
navigate-target pages/index/index.js:2:22
navigate-target pages/index/index.js:3:22
navigate-target pages/index/index.js:4:21
navigate-target pages/index/index.wxml:1:17
navigate-target pages/index/index.wxml:2:17`},
}
