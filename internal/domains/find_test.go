package domains

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

func TestHostsIn(t *testing.T) {
	for text, want := range map[string][]string{
		"wss://wss.im.qcloud.com":                      {"wss://wss.im.qcloud.com"},
		"wss://*w4c.my-imcloud.com":                    {"wss://*w4c.my-imcloud.com"},
		"https://a.example.com:8443/x?y=https://b.cn/": {"https://a.example.com", "https://b.cn"},
		"HTTPS://A.Example.com":                        {"https://a.example.com"},
		"w4c.my-imcloud.com":                           {"w4c.my-imcloud.com"},
		"-cn.rich.my-imcloud.com":                      {"-cn.rich.my-imcloud.com"},
		".example.com":                                 {".example.com"},
		"//cdn.example.com/":                           {"cdn.example.com"},
		"wss://162.14.13.203":                          {"wss://162.14.13.203"},
		"see https://cloud.tencent.com/document":       {"https://cloud.tencent.com"},
		"https://":                                     nil,
		"https://localhost/":                           nil,
		"room://cloud.tencent.com/rtc":                 nil,
		"index.js":                                     nil,
		"a.b":                                          nil,
		"plus.io.getFileInfo":                          nil,
		"/asn.com/file":                                nil,
		"a sentence about x.com":                       nil,
		"com.tencent.im.":                              nil,
	} {
		var got []string
		for _, h := range hostsIn(text) {
			got = append(got, h.String())
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	src := "// https://comment.example.com\nf('https://a.cn/x');\n  f(\"w4c.my-imcloud.com\", 'https://a.cn/y', /https:\\/\\/regexp.cn/);"
	want := []Host{
		{Scheme: "https", Host: "a.cn", File: "x.js", Offset: 34, Line: 2, Column: 4},
		{Host: "w4c.my-imcloud.com", File: "x.js", Offset: 57, Line: 3, Column: 6},
	}
	if got := hostsOf("x.js", []byte(src)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestSDKFile(t *testing.T) {
	for name, want := range map[string]bool{
		"TUIKit/index.js":                                     true,
		"sub/TUIKit/lib/tim-wx-sdk.js":                        true,
		"lib/tim-wx-sdk.js":                                   true,
		"sub/lib/aegis.js":                                    true,
		"miniprogram_npm/@tencentcloud/chat/index.js":         true,
		"sub/miniprogram_npm/tim-wx-sdk/index.js":             true,
		"miniprogram_npm/aegis-mp-sdk@1.36.7/lib/aegis.js":    true,
		"miniprogram_npm/axios/index.js":                      false,
		"TUIKit/miniprogram_npm/axios/index.js":               false,
		"miniprogram_npm/estimate/index.js":                   false,
		"lib/request.js":                                      false,
		"glib/tim-wx-sdk.js":                                  false,
		"pages/index/index.js":                                false,
		"tuikit-session.js":                                   false,
		"MyTUIKit/index.js":                                   false,
		"miniprogram_npm/x/miniprogram_npm/tim-x/index.js":    true,
		"miniprogram_npm/@tencentcloud-other/chat/index.html": false,
	} {
		if got := SDKFile(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// tree builds the graph of a mini program whose home page asks for the scripts.
func tree(t *testing.T, files map[string]string) *graph.Graph {
	t.Helper()
	fsys := fstest.MapFS{
		"app.json":               {Data: []byte(`{"pages": ["pages/index/index"]}`)},
		"pages/index/index.wxml": {Data: []byte("<view/>")},
	}
	var home strings.Builder
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
		if !strings.Contains(name, "unreached") {
			home.WriteString("require('../../" + name + "');\n")
		}
	}
	fsys["pages/index/index.js"] = &fstest.MapFile{Data: []byte(home.String() + "Page({});")}
	in, err := project.Inspect(fsys)
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Build(in, func(string, []byte) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestFind(t *testing.T) {
	g := tree(t, map[string]string{
		"miniprogram_npm/@tencentcloud/chat/index.js": "exports.h = 'wss://*w4c.my-imcloud.com';",
		"TUIKit/index.js":             "x = 'https://unknown.example.com';",
		"TUIKit/unreached.js":         "x = 'https://unreached.example.com';",
		"utils/own.js":                "x = 'https://own.example.com';",
		"miniprogram_npm/qs/index.js": "x = 'https://npm.example.com';",
		"tuikit-config.js":            "module.exports = { SDKAPPID: 1400000000 };",
	})
	hosts, err := Find(g)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range hosts {
		got = append(got, h.File+" "+h.String())
	}
	if want := []string{"TUIKit/index.js https://unknown.example.com", "miniprogram_npm/@tencentcloud/chat/index.js wss://*w4c.my-imcloud.com"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
	if Scripts(g) != 2 || GenerationOf(g) != uikit.Chat {
		t.Errorf("%d scripts, generation %q", Scripts(g), GenerationOf(g))
	}
	settings, err := SettingsOf(g)
	if err != nil || len(settings) != 1 || settings[0].File != "tuikit-config.js" || settings[0].SDKAppID != 1400000000 {
		t.Errorf("%v %v", settings, err)
	}
}

func TestGenerationOf(t *testing.T) {
	for name, want := range map[string]uikit.Generation{
		"sub/miniprogram_npm/tim-wx-sdk/index.js":     uikit.TIM,
		"miniprogram_npm/@tencentcloud/chat/index.js": uikit.Chat,
		"TUIKit/lib/tim-wx-sdk.js":                    uikit.Bundled,
		"lib/tim-wx-sdk.js":                           uikit.Bundled,
		"utils/tim-wx-sdk.js":                         "",
		"unreached/lib/tim-wx-sdk.js":                 "",
	} {
		if got := GenerationOf(tree(t, map[string]string{name: ""})); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func FuzzHosts(f *testing.F) {
	f.Add("x = 'wss://*w4c.my-imcloud.com' + `https://a${1}.cn`")
	f.Add("'//a.com'\n'https://[::1]/'")
	f.Fuzz(func(t *testing.T, src string) {
		for _, h := range hostsOf("x.js", []byte(src)) {
			if h.Host == "" || !strings.Contains(h.Host, ".") || strings.ContainsAny(h.Host, "/ \n'\"") || h.Offset >= len(src) || h.Line < 1 || h.Column < 1 {
				t.Fatalf("%q: %+v", src, h)
			}
		}
	})
}
