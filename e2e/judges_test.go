//go:build e2e

package e2e

import (
	"bytes"
	"compress/zlib"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The judges are judged here: on testdata/mini, a small project that is right, they must
// find nothing; after one fault they must find that fault.

// fault is one thing done wrong in testdata/mini.
type fault struct {
	name     string
	file     string
	old, new string // "" as old: new is the whole file
	want     string // part of what the judge has to say
}

const (
	session = "tuikit-session.js"
	page    = subPage + ".js"
	entry   = "app.js"
)

// handlerOfPage is how the guide does it: the SDK knows a handler by its function, which all
// pages of one kind share, so that the first page hears it twice and the second never.
const handlerOfPage = `  onSDKReady() { this.setData({ ready: true }, () => this.selectComponent('#TUIKit').init()); },

  onLoad() {
    wx.$TUIKit.on(wx.TencentCloudChat.EVENT.SDK_READY, this.onSDKReady, this);
    whenReady().then(() => {
      return;`

// filledFaults are for the boot judge and a project with credentials.
var filledFaults = []fault{
	{"missing module", session, "'./tuikit-config'", "'./tuikit-configuration'", "no such module"},
	{"npm not built", "miniprogram_npm/tim-upload-plugin/index.js", "*", "", "require('tim-upload-plugin'): no such module"},
	{"folder index", session, "'./tuikit-config'", "'./folder'", "no such module"},
	{"absolute require", page, "'../../tuikit-session'", "'/tuikit-session'", "no such module"},
	{"main package reaches into a subpackage", entry, "App({", "require('./" + subpackage + "/TUIKit/index');\nApp({", "is in subpackage"},
	{"component missing", subpackage + "/TUIKit/components/TUIChat/index.json", "*", "", "no such component"},
	{"component script missing", subpackage + "/TUIKit/components/TUIChat/index.js", "*", "", "index.js is missing"},
	{"app.js missing", entry, "*", "", "app.js is missing"},
	{"exception in onLoad", page, "onLoad() {", "onLoad() { null.x;", "onLoad: Cannot read"},
	{"exception in onUnload", page, "onUnload() {", "onUnload() { null.x;", "onUnload: Cannot read"},
	{"exception at launch", entry, "onLaunch() {", "onLaunch() { null.x;", "App.onLaunch: Cannot read"},
	{"unhandled rejection", entry, "onLaunch() {", "onLaunch() { Promise.reject(new Error('nobody catches'));", "unhandled rejection: nobody catches"},
	{"eval", session, "function create() {", "function create() { eval('1');", "Code generation from strings disallowed"},
	{"browser global", session, "function create() {", "function create() { window.x = 1;", "exception"},
	{"login before handlers", session, "chat.on(Chat.EVENT.SDK_READY", "chat.login({ userID: user, userSig: config.userSig });\n  chat.on(Chat.EVENT.SDK_READY", "SDK_READY has no handler before login"},
	{"the SDK's login does not arrive", "miniprogram_npm/@tencentcloud/chat/index.js", "return call('im_open_status.wslogin')", "return Promise.resolve()", "who signed in at the server"},
	{"the SDK's logout does not arrive", "miniprogram_npm/@tencentcloud/chat/index.js", "return call('im_open_status.wslogout')", "return Promise.resolve()", "who came and went at the server"},
	{"the SDK is never ready", "miniprogram_npm/@tencentcloud/chat/index.js", "emit(EVENT.SDK_READY)", "0", "TUIKit.init() never runs"},
	{"no handler at all", session, "chat.on(Chat.EVENT.SDK_READY", "chat.on(Chat.EVENT.SDK_NOT_READY", "SDK_READY has no handler before login"},
	{"handler for no event", session, "chat.on(Chat.EVENT.SDK_READY", "chat.on(Chat.EVENT.SDK_REDDY", "event that the SDK does not have"},
	{"login twice", session, "await work;\n  }", "await work;\n    chat.login({ userID, userSig });\n  }", `logins: "alice,alice"`},
	{"login at every page", page, "onLoad() {", "onLoad() {\n    wx.$TUIKit.login({ userID: 'alice', userSig: wx.$chat_userSig });", `logins: "alice,alice"`},
	{"never signs in", entry, "signIn();", "", "login is never called"},
	{"wrong user", session, "chat.login({ userID, userSig })", "chat.login({ userID: 'mallory', userSig })", `"mallory", not "alice"`},
	{"UserSig of another key", "tuikit-config.js", "USERSIG", "OTHERSIG", "the signature does not fit the key"},
	{"no UserSig", session, "chat.login({ userID, userSig })", "chat.login({ userID })", "not a UserSig"},
	{"wrong SDKAppID", session, "SDKAppID: config.SDKAPPID", "SDKAppID: 1", "SDKAppID of create"},
	{"no wx.$TUIKit", session, "wx.$TUIKit = chat;", "", "wx.$TUIKit is not set"},
	{"no wx.TencentCloudChat", session, "wx.TencentCloudChat = Chat;", "", "wx.TencentCloudChat is not set"},
	{"no wx.$chat_SDKAppID", session, "wx.$chat_SDKAppID = config.SDKAPPID;", "", "wx.$chat_SDKAppID is not set"},
	{"no wx.$chat_userID", session, "wx.$chat_userID = userID;", "", "wx.$chat_userID is not set"},
	{"no wx.$chat_userSig", session, "wx.$chat_userSig = userSig;", "", "wx.$chat_userSig is not set"},
	{"no plugin", session, "chat.registerPlugin({ 'tim-profanity-filter-plugin': Profanity });", "", "tim-profanity-filter-plugin is not registered"},
	{"plugin imported wrongly", session, "import Upload from", "import { Upload } from", `what is registered as tim-upload-plugin: "undefined"`},
	{"currentUserID is text", session, "wx.setStorageSync('currentUserID', [])", "wx.setStorageSync('currentUserID', 'alice')", "not an array"},
	{"currentUserID missing", session, "wx.setStorageSync('currentUserID', [])", "0", "not an array"},
	{"init twice", page, "kit.init();", "kit.init(); kit.init();", "TUIKit.init() of the page: 2, not 1"},
	{"init never", page, "kit.init();", "", "TUIKit.init() of the page: 0, not 1"},
	{"init before SDK_READY", page, "onLoad() {", "onReady() { this.setData({ ready: true }, () => this.selectComponent('#TUIKit').init()); },\n\n  onLoad() {", "is called before SDK_READY"},
	{"does not wait for setData", page, "this.setData({ ready: true }, () => {", "this.setData({ ready: true }); [0].forEach(() => {", "Cannot read properties of null"},
	{"init on a page that is gone", page, "if (this.gone) return;", "", "exception"},
	{"waits for the event only", session, "if (ready) tell(); else waiting.push(tell);", "waiting.push(tell);", "page opened after SDK_READY: TUIKit.init() of the page: 0, not 1"},
	{"resolves too early", session, "if (ready) tell(); else waiting.push(tell);", "tell();", "whenReady resolves before SDK_READY"},
	{"SDK method that does not exist", session, "await whenReady();", "if (!chat.isReady()) await whenReady();", "isReady is not a function"},
	{"no globalData", session, "app.globalData = {};", "0;", "app without globalData: "},
	{"no logout between users", session, "if (user) signOut();", "", "who is signed in (the SDK ignores login before logout)"},
	{"does not wait its turn", session, "work = work.then(() => chat.login", "work = Promise.resolve().then(() => chat.login", "signIn before the first sign-in is done"},
	{"the guide's handler, on two pages", page, "  onLoad() {\n    whenReady().then(() => {", handlerOfPage, "page opened twice: TUIKit.init() of the first page: 2"},
	{"signOut does nothing", session, "work = work.then(() => chat.logout());", "", "logouts: 0, not 1"},
	{"no signOut", session, "export async function signOut", "async function signOut", "exports no signOut"},
	{"signIn rejects", session, "await whenReady();\n}", "throw new Error('no way');\n}", "signIn rejects: no way"},
	{"dead entry", homePage + ".js", "handleJump()", "jump()", "handlers in the markup that the page does not have"},
	{"entry without a handler", homePage + ".wxml", ` bindtap="handleJump"`, "", "nothing on the home page is bound"},
	{"entry to nowhere", homePage + ".js", subPage, subpackage + "/pages/home", "where "},
	{"page not registered", "app.json", `"pages": ["pages/index"]`, `"pages": ["pages/other"]`, "is not a registered page"},
}

// unfilledFaults are for the boot judge and a project whose placeholders are not filled in.
var unfilledFaults = []fault{
	{"says nothing", session, "console.warn('Fill in tuikit-config.js');", "", "no console message names tuikit-config.js"},
	{"signs in anyway", session, "if (!config.SDKAPPID || !userID) {", "userID = 'nobody';\n  if (false) {", "logins: 1, not 0"},
	{"throws", session, "console.warn('Fill in tuikit-config.js');", "throw new Error('fill in tuikit-config.js');", "unhandled rejection"},
	{"shows the UIKit without an SDK", subPage + ".wxml", ` wx:if="{{ready}}"`, "", "detached: Cannot read"},
}

var analyseFaults = []fault{
	{"unresolved require", session, "'./tuikit-config'", "'./tuikit-configuration'", "tuikit-configuration"},
	{"unresolved component", subpackage + "/TUIKit/components/TUIChat/index.wxml", "*", "", "TUIChat"},
	{"unresolved style", homePage + ".wxss", ".container", "@import './gone.wxss';\n.container", "gone"},
	{"bad expression", homePage + ".wxml", "Chat", "{{ a b }}", homePage + ".wxml"},
	{"bad style", homePage + ".wxss", "padding: 20px; }", "padding: 20px;", homePage + ".wxss"},
	{"main package reaches into a subpackage", entry, "App({", "require('./" + subpackage + "/TUIKit/index');\nApp({", "of subpackage"},
}

var compileFaults = []fault{
	{"broken app.json", "app.json", "[\"pages/index/index\"],", "[\"pages/index/index\",],", "app.json"},
	{"page missing", homePage + ".js", "*", "", "pages/index/index"},
	{"syntax error", session, "let chat = null;", "let chat = ;", session},
	{"oversize", "big.png", "", strings.Repeat("\x89PNG", limit/4+1), "more than 2097152"},
}

func TestJudgesBoot(t *testing.T) {
	judged := func(mode string) func(*testing.T, string) verdict {
		return func(t *testing.T, dir string) verdict {
			r := recipe{generation: "chat", way: "subpackage", unfilled: mode == "unfilled"}
			s := r.boots(dir)
			s.Patience = 500 // the small SDK needs next to nothing
			return boot(t, s)
		}
	}
	testFaults(t, "filled", filledFaults, judged("filled"), nil)
	empty := map[string]string{"tuikit-config.js": "module.exports = { SDKAPPID: 0, userID: '', userSig: '' };\n"}
	testFaults(t, "unfilled", unfilledFaults, judged("unfilled"), empty)
}

// TestJudgesIdle has the judge of a project that does nothing yet see one that does.
func TestJudgesIdle(t *testing.T) {
	t.Parallel()
	dir := mini(t, nil)
	sign(t, dir)
	s := spec{Root: dir, Mode: "idle", Page: homePage}
	if got := strings.Join(boot(t, s).problems(), "\n"); !strings.Contains(got, "logins: 1, not 0") {
		t.Errorf("the judge does not see the sign-in:\n%s", got)
	}
	s.Mode = "opens"
	require(t, boot(t, s))
	edit(t, dir, homePage+".js", "Page({", "null.x;\nPage({")
	if boot(t, s).OK {
		t.Error("the judge does not see that the page throws")
	}
}

func TestJudgesAnalyse(t *testing.T) {
	testFaults(t, "analyse", analyseFaults, func(t *testing.T, dir string) verdict { return analyse(t, dir) }, nil)
}

func TestJudgesCompile(t *testing.T) {
	testFaults(t, "compile", compileFaults, func(t *testing.T, dir string) verdict { return compile(t, dir, "") }, nil)
}

// testFaults requires a pass of the sound project and the right finding after each fault.
func testFaults(t *testing.T, name string, faults []fault, judge func(*testing.T, string) verdict, extra map[string]string) {
	t.Run(name, func(t *testing.T) {
		t.Run("sound", func(t *testing.T) {
			t.Parallel()
			dir := mini(t, extra)
			sign(t, dir)
			require(t, judge(t, dir))
		})
		for _, f := range faults {
			t.Run(f.name, func(t *testing.T) {
				t.Parallel()
				dir := mini(t, extra)
				f.commit(t, dir)
				sign(t, dir)
				problems := strings.Join(judge(t, dir).problems(), "\n")
				if !strings.Contains(problems, f.want) {
					t.Errorf("the judge does not say %q:\n%s", f.want, problems)
				}
			})
		}
	})
}

// mini copies testdata/mini and lays extra over it.
func mini(t *testing.T, extra map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "mini"))); err != nil {
		t.Fatal(err)
	}
	writeFiles(t, dir, extra)
	// A module behind a folder: only miniprogram_npm has folder indexes at run time.
	writeFiles(t, dir, map[string]string{"folder/index.js": read(t, dir, "tuikit-config.js")})
	return dir
}

// sign puts UserSigs where the configuration has their names.
func sign(t *testing.T, dir string) {
	t.Helper()
	config := read(t, dir, "tuikit-config.js")
	config = strings.NewReplacer("OTHERSIG", userSig(t, strings.Repeat("f", 64)), "USERSIG", userSig(t, secretKey)).Replace(config)
	writeFiles(t, dir, map[string]string{"tuikit-config.js": config})
}

func (f fault) commit(t *testing.T, dir string) {
	t.Helper()
	switch f.old {
	case "":
		writeFiles(t, dir, map[string]string{f.file: f.new})
	case "*":
		if err := os.Remove(filepath.Join(dir, f.file)); err != nil {
			t.Fatal(err)
		}
	default:
		edit(t, dir, f.file, f.old, f.new)
	}
}

// edit replaces text that must be there: a fault that changes nothing proves nothing.
func edit(t *testing.T, dir, file, old, new string) {
	t.Helper()
	text := read(t, dir, file)
	if !strings.Contains(text, old) {
		t.Fatalf("%s has no %q", file, old)
	}
	writeFiles(t, dir, map[string]string{file: strings.Replace(text, old, new, 1)})
}

// userSig signs as Tencent's documentation says, apart from the program and the judges.
func userSig(t *testing.T, key string) string {
	t.Helper()
	now, expire := time.Now().Unix(), 3600
	mac := hmac.New(sha256.New, []byte(key))
	fmt.Fprintf(mac, "TLS.identifier:%s\nTLS.sdkappid:%d\nTLS.time:%d\nTLS.expire:%d\n", userID, sdkAppID, now, expire)
	ticket, err := json.Marshal(map[string]any{
		"TLS.ver": "2.0", "TLS.identifier": userID, "TLS.sdkappid": sdkAppID, "TLS.time": now, "TLS.expire": expire,
		"TLS.sig": base64.StdEncoding.EncodeToString(mac.Sum(nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(ticket); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("+", "*", "/", "-", "=", "_").Replace(base64.StdEncoding.EncodeToString(packed.Bytes()))
}
