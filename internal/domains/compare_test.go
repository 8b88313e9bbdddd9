package domains

import (
	"reflect"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

func TestIs(t *testing.T) {
	const own, rich = "wss://1400000000w4c.my-imcloud.com", "https://1400000000-cn.rich.my-imcloud.com"
	for _, test := range []struct {
		host, domain string
		want         bool
	}{
		{"wss://wss.im.qcloud.com", "wss://wss.im.qcloud.com", true},
		{"https://wss.im.qcloud.com", "wss://wss.im.qcloud.com", true},
		{"im.qcloud.com", "wss://wss.im.qcloud.com", true},
		{"https://im.qcloud.com", "wss://wss.im.qcloud.com", false},
		{"wss://*w4c.my-imcloud.com", own, true},
		{"wss://*w4c.my-imcloud.com", "wss://{SDKAppID}w4c.my-imcloud.com", true},
		{"wss://*w4s.my-imcloud.com", own, false},
		{"wss://*.my-imcloud.com", own, false},
		{"wss://*w4c.my-imcloud.com", "wss://w4c.my-imcloud.com", false},
		{"w4c.my-imcloud.com", own, true},
		{"-cn.rich.my-imcloud.com", rich, true},
		{"cn.rich.my-imcloud.com", rich, true},
		{".rich.my-imcloud.com", rich, true},
		{"4c.my-imcloud.com", own, false},
		{"wss://1400000001w4c.my-imcloud.com", own, false},
		{"evilqcloud.com", "https://api.im.qcloud.com", false},
	} {
		if got := hostsIn(test.host)[0].is(Domain{URL: test.domain}); got != test.want {
			t.Errorf("%s is %s: %v", test.host, test.domain, got)
		}
	}
}

func TestCompare(t *testing.T) {
	for text, want := range map[string]Reason{
		"wss://wss.tim.qq.com":                                      Listed,
		"wss://*w4c.my-imcloud.com":                                 Listed,
		"rich.my-imcloud.com":                                       Listed,
		"wss://*w4k.my-imcloud.com":                                 OtherSite,
		"https://apisgp.my-imcloud.com":                             OtherSite,
		"wss://wssidnv6.im.qcloud.com":                              OtherSite,
		"https://apiksa.my-imcloud.com":                             OtherSite,
		"https://api.my-imcloud.com":                                OtherSite,
		"wss://wss.my-imcloud.com":                                  OtherSite,
		"wss://wss-dev.tim.qq.com":                                  TestEnv,
		"wss://wsskr-dev.im.qcloud.com":                             TestEnv,
		"wss://*w4c.my-cpaas.com":                                   Browser,
		"my-cpaas.com":                                              Browser,
		"wss://162.14.13.203":                                       Browser,
		"https://sdk-web-1252463788.cos.ap-hongkong.myqcloud.com/a": Picture,
		"https://buy.cloud.tencent.com/avc":                         Link,
		"http://www.w3.org/2000/svg":                                Link,
		"https://github.com/x/y":                                    Link,
		"https://new.my-imcloud.com":                                "",
		"https://evil-github.com":                                   "",
		"https://rich.my-imcloud.com":                               "",
		"https://aegis.qq.com":                                      "",
	} {
		table := Table(Query{Generation: uikit.Chat, SDKAppID: 1400000000})
		c := Compare(table, uikit.Chat, hostsIn(text))
		if got := c.Hosts[0].Reason; got != want || (len(c.Unknown()) == 1) != (want == "") {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
		if c.Hosts[0].Reason.Text().IsZero() {
			t.Errorf("%s: no words for it", text)
		}
	}
}

func TestUnused(t *testing.T) {
	table := []Domain{
		{Kind: Socket, URL: "wss://a.cn", Sources: []Source{Guide}},
		{Kind: Request, URL: "https://a.cn", Sources: []Source{Guide}},
		{Kind: Request, URL: "https://b.cn", Sources: []Source{Vendor}},
		{Kind: Request, URL: "https://own.cn", Sources: []Source{Project}},
	}
	c := Compare(table, uikit.Chat, hostsIn("wss://a.cn"))
	if !reflect.DeepEqual(c.Unused, table[2:3]) {
		t.Errorf("%v", c.Unused)
	}
}
