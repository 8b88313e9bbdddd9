package check

// kitCases are about the UIKit.
var kitCases = []ruleCase{
	{name: "kit: nobody sets what it reads", over: kit, files: `
-- app.js --
App({ globalData: {} })`, want: "uikit-globals pages/chat/chat.json:1:61"},
	{name: "kit: init is not called", over: kit, files: `
-- pages/chat/chat.js --
Page({})`, want: "uikit-init pages/chat/chat.js"},
	{name: "kit: no globalData", over: kit, files: `
-- app.js --
App({ onLaunch() {
wx.TencentCloudChat = 1
wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1
} })`, want: "uikit-global-data app.js:1:1"},
	{name: "kit: two bars", over: kit, files: `
-- pages/chat/chat.json --
{"usingComponents": {"TUIKit": "/TUIKit/index"}}`, want: "w uikit-navigation-style pages/chat/chat.json"},
	{name: "kit: one bar, by app.json", over: kit, files: `
-- app.json --
{"pages": ["pages/index/index", "pages/chat/chat"], "window": {"navigationStyle": "custom"}}
-- pages/chat/chat.json --
{"usingComponents": {"TUIKit": "/TUIKit/index"}}`},
	{name: "kit: skyline", over: kit, files: `
-- pages/chat/chat.json --
{"navigationStyle": "custom", "renderer": "skyline", "componentFramework": "glass-easel", "usingComponents": {"TUIKit": "/TUIKit/index"}}`,
		want: "uikit-skyline pages/chat/chat.json:1:43"},
	{name: "kit: in an independent subpackage", over: kit, files: `
-- app.json --
{"pages": ["pages/index/index", "pages/chat/chat"], "subPackages": [{"root": "TUIKit", "independent": true, "pages": []}]}
-- pages/chat/chat.json --
{"navigationStyle": "custom", "usingComponents": {"TUIKit": "/TUIKit/index"}, "componentPlaceholder": {"TUIKit": "view"}}`,
		want: "uikit-independent app.json:1:103"},
	{name: "kit: the jump", over: kit, files: `
-- app.json --
{"pages": ["pages/index/index"], "subPackages": [{"root": "pages/chat", "pages": ["chat"]}]}`,
		want: "w uikit-jump pages/chat/chat.json:1:61"},
	{name: "kit: in dependencies", over: kit, files: `
-- package.json --
{"dependencies": {"@tencentcloud/chat-uikit-wechat": "2.4.5"}}`, want: "w uikit-dependency package.json:1:19"},
	{name: "kit: in devDependencies", over: kit, files: `
-- package.json --
{"devDependencies": {"@tencentcloud/chat-uikit-wechat": "2.4.5"}}`},
	{name: "kit: the key", over: kit, files: `
-- config.js --
module.exports = { SECRETKEY: 'abcdefghijklmnop' }
-- TUIKit/debug/GenerateTestUserSig.js --
const SECRETKEY = "abcdefghijklmnop"`, want: `
w uikit-secret-key TUIKit/debug/GenerateTestUserSig.js:1:7
w uikit-secret-key config.js:1:20`},
	{name: "kit: urlCheck", over: kit, files: `
-- project.config.json --
{"setting": {"es6": true, "urlCheck": true}}`, want: "w uikit-url-check project.config.json:1:39"},
	{name: "kit: urlCheck is off for this machine", over: kit, files: `
-- project.config.json --
{"setting": {"es6": true, "urlCheck": true}}
-- project.private.config.json --
{"setting": {"urlCheck": false}}`},
	{name: "kit: one folder too deep", files: nested, want: "uikit-nested TUIKit/chat-uikit-wechat"},
	{name: "kit: a copy that fell behind", over: kit, files: `
-- debug/GenerateTestUserSig.js --
module.exports = 1`, want: "w uikit-copy debug/GenerateTestUserSig.js"},
	{name: "kit: an SDK that is not there", over: kit, files: `
-- miniprogram_npm/@tencentcloud/chat/index.js --
gone`, want: "module-missing app.js:4:31"},
}

// nested is a UIKit that was copied into the folder that it should have become.
const nested = `
-- app.json --
{"pages": ["pages/index/index"]}
-- app.js --
App({ globalData: {}, onLaunch() {
wx.TencentCloudChat = wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1
require('./TUIKit/debug/a')
} })
-- pages/index/index.json --
{"navigationStyle": "custom", "usingComponents": {"TUIKit": "/TUIKit/index"}}
-- pages/index/index.wxml --
<TUIKit/>
-- pages/index/index.js --
Page({ onReady() { this.selectComponent('#TUIKit').init() } })
-- TUIKit/chat-uikit-wechat/index.json --
{"component": true, "usingComponents": {"a": "./components/TUIConversation/index", "b": "./components/TUIChat/index"}}
-- TUIKit/chat-uikit-wechat/index.js --
Component({})
-- TUIKit/chat-uikit-wechat/index.wxml --
<a/><b/>
-- TUIKit/chat-uikit-wechat/debug/a.js --
1
-- TUIKit/chat-uikit-wechat/components/TUIConversation/index.json --
{"component": true}
-- TUIKit/chat-uikit-wechat/components/TUIConversation/index.js --
Component({})
-- TUIKit/chat-uikit-wechat/components/TUIConversation/index.wxml --
<view/>
-- TUIKit/chat-uikit-wechat/components/TUIChat/index.json --
{"component": true}
-- TUIKit/chat-uikit-wechat/components/TUIChat/index.js --
Component({ created() { wx.TencentCloudChat } })
-- TUIKit/chat-uikit-wechat/components/TUIChat/index.wxml --
<view/>
`
