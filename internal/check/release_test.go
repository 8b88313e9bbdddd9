package check

import (
	"slices"
	"strings"
	"testing"
)

const wholeKey = "5bd2850fff3ecb11d7c805251c51ee463a3a4d9aa9ed1d4a0e0e7a2f3c4b5d6e"

// only are the findings of one rule.
func only(rule string, found []Finding) []string {
	return slices.DeleteFunc(lines(found), func(line string) bool { return !strings.Contains(line, rule) })
}

// TestSecretKeyWherever: a release fails on a key in whatever way it is written, in
// whatever is packed. Without --release what looks like a key is a warning.
func TestSecretKeyWherever(t *testing.T) {
	for _, row := range []struct {
		name, files string
		want        string // the place; "" for nothing
		release     bool   // only a release fails
	}{
		{"template string", "config.js\nmodule.exports = { SECRETKEY: `KEY` }", "config.js:1:20", false},
		{"concatenation", "config.js\nmodule.exports = { SECRETKEY: '5bd2' + '850f' + 'ff' }", "config.js:1:20", false},
		{"another name", "config.js\nexports.imSecretKey = 'KEY'", "config.js:1:9", false},
		{"by index", "config.js\nexports['SECRETKEY'] = 'KEY'", "config.js:1:10", false},
		{"a default", "config.js\nconst SECRETKEY = (wx.config || {}).SECRETKEY || 'KEY'", "config.js:1:37", false},
		{"stored", "config.js\nwx.setStorageSync('secretKey', 'KEY')", "config.js:1:20", false},
		{"without a name", "config.js\nconst s = require('./TUIKit/debug/a'); s.genTestUserSig(1, 'KEY')", "config.js:1:60", false},
		{"globalData", "app.js\nApp({ globalData: { config: { SECRETKEY: \"KEY\" } } })\nwx.TencentCloudChat = wx.$TUIKit = wx.$chat_SDKAppID = wx.$chat_userID = wx.$chat_userSig = 1", "app.js:1:31", false},
		{"JSON", "pages/index/extra.json\n{\"SECRETKEY\": \"KEY\"}", "pages/index/extra.json:1:3", false},
		{"template", "pages/index/index.wxml\n<view data-c=\"{{ {SECRETKEY: 'KEY'} }}\"/>", "pages/index/index.wxml:1:19", false},
		{"the library's own defaults", "TUIKit/debug/GenerateTestUserSig.js\nmodule.exports = { SECRETKEY: 'KEY' }", "TUIKit/debug/GenerateTestUserSig.js:1:20", false},
		{"a short one", "config.js\nmodule.exports = { SECRETKEY: 'abc' }", "config.js:1:20", true},
		{"empty", "config.js\nmodule.exports = { SECRETKEY: '' }", "", false},
		{"a label", "config.js\nmodule.exports = { secretKey: '请输入密钥' }", "", false},
		{"from elsewhere", "config.js\nmodule.exports = { SECRETKEY: `${wx.key}` }", "", false},
		{"a hash", "config.js\nmodule.exports = { sha256: 'KEY' }", "", false},
		{"what npm brought", "miniprogram_npm/cos/index.js\nexports.SecretKey = 'KEY'", "", false},
	} {
		files := strings.NewReplacer("'KEY'", "'"+wholeKey+"'", `"KEY"`, `"`+wholeKey+`"`, "`KEY`", "`"+wholeKey+"`").Replace(row.files)
		project := lay(kit, "-- "+strings.Replace(files, "\n", " --\n", 1))
		normal := only("uikit-secret-key", mustRun(t, project, Options{}))
		release := only("uikit-secret-key", mustRun(t, project, Options{Release: true}))
		wantNormal, wantRelease := "w uikit-secret-key "+row.want, "uikit-secret-key "+row.want
		if row.want == "" {
			wantNormal, wantRelease = "", ""
		}
		if row.release {
			wantNormal = ""
		}
		if strings.Join(normal, "|") != wantNormal || strings.Join(release, "|") != wantRelease {
			t.Errorf("%s: got %q, and for a release %q", row.name, normal, release)
		}
	}
}

// TestDebugLibraryWherever: a release fails on whatever signs on the phone and is
// reached, wherever it was copied to, and not on what is not reached.
func TestDebugLibraryWherever(t *testing.T) {
	for _, row := range []struct{ name, files, want string }{
		{"copied elsewhere", `
-- utils/GenerateTestUserSig.js --
exports.genTestUserSig = 1
-- pages/index/index.js --
require('../../utils/GenerateTestUserSig'); Page({})`, "uikit-debug-library pages/index/index.js:1:9"},
		{"another name of the vendor's", `
-- utils/GenerateTestUserSig-es.js --
exports.genTestUserSig = 1
-- pages/index/index.js --
require('../../utils/GenerateTestUserSig-es'); Page({})`, "uikit-debug-library pages/index/index.js:1:9"},
		{"the library itself", `
-- utils/lib-generate-test-usersig-es.min.js --
module.exports = 1
-- pages/index/index.js --
const Lib = require('../../utils/lib-generate-test-usersig-es.min.js'); Page({})`, "uikit-debug-library pages/index/index.js:1:21"},
		{"told once", `
-- utils/lib-generate-test-usersig-es.min.js --
module.exports = 1
-- utils/GenerateTestUserSig.js --
exports.genTestUserSig = require('./lib-generate-test-usersig-es.min.js')
-- pages/index/index.js --
require('../../utils/GenerateTestUserSig'); Page({})`, "uikit-debug-library pages/index/index.js:1:9"},
		{"the server's library on the phone", `
-- miniprogram_npm/tls-sig-api-v2/index.js --
exports.Api = 1
-- pages/index/index.js --
require('tls-sig-api-v2'); Page({})`, "uikit-debug-library pages/index/index.js:1:9"},
		{"not reached", `
-- utils/GenerateTestUserSig.js --
exports.genTestUserSig = 1`, ""},
	} {
		project := lay(kit, row.files)
		got := only("uikit-debug-library", mustRun(t, project, Options{Release: true}))
		if strings.Join(got, "|") != row.want {
			t.Errorf("%s: got %q", row.name, got)
		}
		if told := only("uikit-debug-library", mustRun(t, project, Options{})); len(told) > 0 {
			t.Errorf("%s: told without a release: %q", row.name, told)
		}
	}
}
