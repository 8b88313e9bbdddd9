//go:build e2e

package e2e

import (
	"maps"
	"strings"
)

const (
	kitPageJSON = "/pages/index/index.json"
	kitPageJS   = "/pages/index/index.js"
	sessionJS   = "/tuikit-session.js"
	installed   = "/node_modules/@tencentcloud/chat-uikit-wechat"
)

var withNPM = []string{"1.1.3", "2.4.5"} // 1.0.8 brings its SDK along

// kitFaults are made in projects as the program generates them. Names begin with the id of the
// compiler experiment, where there is one.
var kitFaults = []kitFault{
	{
		name: "u01-lib-missing", way: "subpackage", versions: []string{"1.0.8"}, changes: does(drop("/lib")),
		boot: "lib/tim-wx-sdk'): no such module", finds: []string{"error module-missing", "warning uikit-drift"},
	},
	{
		name: "u01-lib-of-another-release", versions: withNPM, changes: does(sub(sessionJS, "'tim-upload-plugin'", "'./lib/tim-upload-plugin'")),
		boot: "lib/tim-upload-plugin'): no such module", finds: []string{"error module-missing"},
	},
	{
		name: "u02-debug-missing", way: "subpackage", changes: does(drop("/debug")),
		boot: "debug/GenerateTestUserSig'): no such module", finds: []string{"error module-missing", "warning uikit-drift"},
	},
	{
		name: "u03-key", usersig: "server", changes: does(sub("/tuikit-config.js", "  userSigURL", "  SECRETKEY: '"+secretKey+"',\n  userSigURL")),
		finds: []string{"warning uikit-secret-key"},
	},
	{
		name: "u03-key-in-release", usersig: "server", changes: does(sub("/tuikit-config.js", "  userSigURL", "  SECRETKEY: '"+secretKey+"',\n  userSigURL")),
		flags: []string{"--release"}, finds: []string{"error uikit-secret-key"},
	},
	{
		name: "u04-two-navigation-bars", changes: does(sub(kitPageJSON, `,
  "navigationStyle": "custom"`, "")),
		finds: []string{"warning uikit-navigation-style"}, mends: true,
	},
	{
		name: "u05-component-missing", changes: does(drop("/TUIKit/components/TUIChat")),
		boot: "TUIChat/index: no such component", finds: []string{"error component-missing", "warning uikit-drift"},
	},
	{
		name: "u05-uikit-missing", changes: does(drop("/TUIKit")),
		boot: "TUIKit/index: no such component", finds: []string{"error component-missing", "error module-missing", "warning uikit-drift"},
	},
	{
		name: "u06-sdk-kept-to-oneself", changes: does(keepSDK),
		boot: "wx.$TUIKit is not set at init()", finds: []string{"error uikit-globals"},
	},
	{
		name: "u06-nobody-signs-in", changes: does(put(kitPageJS, `Page({
  data: { ready: true },

  onReady() {
    this.selectComponent('#TUIKit').init();
  },
});
`)),
		boot: "login is never called", finds: []string{"error uikit-globals"},
	},
	{
		name: "u07-independent", way: "subpackage", changes: does(sub("/app.json", `"independent": false`, `"independent": true`)),
		finds: []string{"error package-boundary", "error uikit-independent"},
	},
	{
		name: "u09-component-in-node-modules", changes: does(sub(kitPageJSON, "../../TUIKit/index", "../.."+installed+"/index")),
		compile: "component not found in the path", finds: []string{"error component-missing"},
	},
	{
		name: "nested", changes: does(copyTooDeep),
		boot: "TUIKit/index: no such component", finds: []string{"error uikit-nested", "warning uikit-drift"}, mends: true,
	},
	{
		name: "npm-package-missing", versions: withNPM, changes: does(drop("/miniprogram_npm/tim-upload-plugin")),
		boot: "require('tim-upload-plugin'): no such module", finds: []string{"error module-missing", "warning uikit-drift"},
	},
	{
		name: "npm-missing", versions: withNPM, changes: does(drop("/miniprogram_npm")),
		boot: "'): no such module", finds: []string{"error module-missing", "warning uikit-drift"},
	},
	{
		// What --fix writes is right for this App. The scenario takes globalData away from any
		// App, and only the session's own precaution, which is gone, would see to that.
		name: "no-global-data", versions: []string{"2.4.5"}, changes: does(
			sub("/app.js", "  globalData: {},\n", ""), sub(sessionJS, "  if (app && !app.globalData) app.globalData = {};\n", ""),
		),
		boot: "back button: switchTab calls: 2, not 0", finds: []string{"error uikit-global-data"}, mends: true, apart: "app without globalData",
	},
	{
		name: "no-init", changes: does(sub(kitPageJS, "if (TUIKit) TUIKit.init();", "if (TUIKit) TUIKit.hidden = false;")),
		boot: "TUIKit.init() of the page: 0, not 1", finds: []string{"error uikit-init"},
	},
	{
		name: "skyline", changes: does(sub("/app.json", `"style": "v2"`,
			`"renderer": "skyline", "componentFramework": "glass-easel", "lazyCodeLoading": "requiredComponents", "rendererOptions": { "skyline": {} }, "style": "v2"`)),
		finds: []string{"error uikit-skyline"},
	},
	{
		name: "stale-debug", way: "subpackage", changes: does(asByHand("/debug/GenerateTestUserSig.js"), after("/debug/GenerateTestUserSig.js", "// of another release\n")),
		finds: []string{"warning uikit-copy"}, mends: true,
	},
	{
		name: "stale-lib", way: "add-subpackage", versions: []string{"1.0.8"}, changes: does(asByHand("/lib/tim-upload-plugin.js"), after("/lib/tim-upload-plugin.js", "// of another release\n")),
		finds: []string{"warning uikit-copy"}, mends: true,
	},
	{
		name: "block-edited", way: "subpackage", changes: does(sub("/app.js", ".signIn();", ".signIn(); // mine")),
		finds: []string{"warning uikit-drift"},
	},
	{
		name: "es6-off", changes: does(sub("/project.config.json", `"es6": true`, `"es6": false`), sub("/project.config.json", `"enhance": true`, `"enhance": false`)),
		run: "Cannot use import statement outside a module", finds: []string{"error es6-off"}, mends: true,
	},
	{
		name: "uikit-among-dependencies", versions: []string{"1.0.8"}, changes: does(sub("/package.json", `"devDependencies"`, `"dependencies"`)),
		finds: []string{"warning uikit-dependency"},
	},
}

// keepSDK has the session put the SDK into a variable instead of wx.$TUIKit.
func keepSDK(f files) error {
	name := inRoot(sessionJS)
	return put(sessionJS, strings.NewReplacer(
		"wx.$TUIKitTIM", "wx.$TUIKitTIM", // another one, which stays
		"wx.$TUIKit", "chat",
		"let created", "let chat;\nlet created",
	).Replace(f[name]))(f)
}

// copyTooDeep is "cp -r node_modules/@tencentcloud/chat-uikit-wechat/ ./TUIKit" where TUIKit
// is there, on Linux.
func copyTooDeep(f files) error {
	if err := f.drop("TUIKit"); err != nil {
		return err
	}
	copied := files{}
	for name, text := range f {
		if rest, ok := strings.CutPrefix(name, inRoot(installed)+"/"); ok {
			copied["TUIKit/chat-uikit-wechat/"+rest] = text
		}
	}
	maps.Copy(f, copied)
	return nil
}
