package domains

import (
	"net/netip"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// guide is the list of the UIKit's README, FAQ 3.
var guide = map[Kind][]string{
	Socket:   {"wss://wss.im.qcloud.com", "wss://wss.tim.qq.com"},
	Request:  {"https://web.sdk.qcloud.com", "https://webim.tim.qq.com", "https://api.im.qcloud.com"},
	Upload:   {"https://cos.ap-shanghai.myqcloud.com", "https://cos.ap-shanghai.tencentcos.cn", "https://cos.ap-guangzhou.myqcloud.com"},
	Download: {"https://cos.ap-shanghai.myqcloud.com", "https://cos.ap-shanghai.tencentcos.cn", "https://cos.ap-guangzhou.myqcloud.com"},
}

func urls(table []Domain, kind Kind) []string {
	var list []string
	for _, d := range table {
		if d.Kind == kind {
			list = append(list, d.URL)
		}
	}
	return list
}

func find(table []Domain, kind Kind, address string) (Domain, bool) {
	i := slices.IndexFunc(table, func(d Domain) bool { return d.Kind == kind && d.URL == address })
	if i < 0 {
		return Domain{}, false
	}
	return table[i], true
}

// ids has an SDKAppID of every site, by both of its ranges.
var ids = []uint64{0, 1, 1400000000, 1600000001, 20000000, 29999999, 1720000001, 30000001, 1730000001, 1740000001, 1750000001, 1760000001, 1770000001, 80000000, 1789999999, 1790000001}

func TestTableHasTheGuide(t *testing.T) {
	for _, generation := range everywhere {
		table := Table(Query{Generation: generation, SDKAppID: 1400000000})
		for kind, list := range guide {
			for _, address := range list {
				d, ok := find(table, kind, address)
				if !ok || !d.Required || !slices.Contains(d.Sources, Guide) {
					t.Errorf("%s: %s %s: %+v", generation, kind, address, d)
				}
			}
		}
		for _, d := range table {
			if slices.Contains(d.Sources, Guide) && !slices.Contains(guide[d.Kind], d.URL) {
				t.Errorf("%s: %s %s is not in the guide", generation, d.Kind, d.URL)
			}
		}
	}
}

// Every entry can be registered as it is, once the SDKAppID is known.
func TestTableCanBeRegistered(t *testing.T) {
	for _, generation := range everywhere {
		for _, id := range ids {
			table := Table(Query{generation, id, "https://sign.example.com/usersig"})
			for _, kind := range Kinds() {
				list := urls(table, kind)
				if len(list) > MaxPerKind || len(list) == 0 && SiteOf(id, generation).FilesDocumented() {
					t.Errorf("%s %d: %d domains of kind %s", generation, id, len(list), kind)
				}
				slices.Sort(list)
				if len(slices.Compact(slices.Clone(list))) != len(list) {
					t.Errorf("%s %d: %s has one twice: %v", generation, id, kind, list)
				}
			}
			for _, d := range table {
				requireRegistrable(t, d, id)
			}
		}
	}
}

func requireRegistrable(t *testing.T, d Domain, id uint64) {
	t.Helper()
	if d.Open() != (id == 0 && strings.Contains(d.URL, "{")) {
		t.Errorf("%s with SDKAppID %d", d.URL, id)
	}
	u, err := url.Parse(strings.ReplaceAll(d.URL, Placeholder, "1400000000"))
	if err != nil || u.Path != "" || u.RawQuery != "" || strings.Contains(u.Host, "{") {
		t.Errorf("%s: %v", d.URL, err)
		return
	}
	if want := map[bool]string{true: "wss", false: "https"}[d.Kind == Socket]; u.Scheme != want {
		t.Errorf("%s %s is not %s", d.Kind, d.URL, want)
	}
	if _, err := netip.ParseAddr(u.Hostname()); err == nil || len(d.Sources) == 0 || d.Why.IsZero() {
		t.Errorf("%+v", d)
	}
}

func TestSockets(t *testing.T) {
	for _, test := range []struct {
		generation uikit.Generation
		id         uint64
		want       []string
	}{
		{uikit.Bundled, 1400000000, []string{"wss://wss.im.qcloud.com", "wss://wss.tim.qq.com"}},
		{uikit.TIM, 1600000001, []string{"wss://wss.im.qcloud.com", "wss://wss.tim.qq.com"}},
		{uikit.Chat, 1400000000, []string{"wss://1400000000w4c.my-imcloud.com", "wss://wss.im.qcloud.com", "wss://wssv6.im.qcloud.com", "wss://wss.tim.qq.com", "wss://wss.im.tencent.cn"}},
		{uikit.Chat, 0, []string{"wss://{SDKAppID}w4c.my-imcloud.com", "wss://wss.im.qcloud.com", "wss://wssv6.im.qcloud.com", "wss://wss.tim.qq.com", "wss://wss.im.tencent.cn"}},
		{uikit.Chat, 20000001, []string{"wss://20000001w4s.my-imcloud.com", "wss://wsssgp.im.qcloud.com", "wss://wsssgpv6.im.qcloud.com", "wss://wsssgp.my-imcloud.com"}},
		{uikit.TIM, 1730000000, []string{"wss://wsskr.im.qcloud.com", "wss://wsskr.my-imcloud.com"}},
		{uikit.Chat, 1789999999, []string{"wss://1789999999w4y.my-imcloud.com", "wss://wssidn.im.qcloud.com", "wss://wssidnv6.im.qcloud.com", "wss://wssidn.my-imcloud.com"}},
		{uikit.TIM, 1789999999, []string{"wss://wss.im.qcloud.com", "wss://wss.tim.qq.com"}}, // an SDK that knows nothing of Indonesia
		{uikit.Bundled, 1790000000, []string{"wss://wss.im.qcloud.com", "wss://wss.tim.qq.com"}},
	} {
		if got := urls(Table(Query{Generation: test.generation, SDKAppID: test.id}), Socket); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s %d: %v, want %v", test.generation, test.id, got, test.want)
		}
	}
}

func TestSites(t *testing.T) {
	for id, want := range map[uint64]string{
		0: "china", 19999999: "china", 20000000: "singapore", 29999999: "singapore", 30000000: "korea", 40000000: "germany", 50000000: "india", 60000000: "japan", 70000000: "usa", 89999999: "indonesia", 90000000: "china",
		1400000000: "china", 1719999999: "china", 1720000000: "singapore", 1730000000: "korea", 1740000000: "germany", 1750000000: "india", 1760000000: "japan", 1770000000: "usa", 1789999999: "indonesia", 1790000000: "china",
	} {
		if got := SiteOf(id, uikit.Chat).Name; got != want {
			t.Errorf("%d: %s, want %s", id, got, want)
		}
	}
}

func TestRegistrable(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.com/usersig?x=1":   "https://example.com",
		"https://Example.com:8443/":         "https://example.com:8443",
		"http://example.com/":               "",
		"https://127.0.0.1/":                "",
		"https://[::1]:80/":                 "",
		"https://localhost/":                "",
		"":                                  "",
		"/usersig":                          "",
		"https://签名.example.com/":           "https://签名.example.com",
		"https://example.com:bad/":          "",
		"https://user:secret@example.com/x": "https://example.com",
	} {
		if got, ok := Registrable(address); got != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}

func TestMerge(t *testing.T) {
	a := Table(Query{Generation: uikit.Chat, SDKAppID: 1400000000})
	b := Table(Query{Generation: uikit.Chat, SDKAppID: 1400000001, UserSigURL: "https://example.com/"})
	merged := Merge(a, b)
	if got := urls(merged, Socket); !reflect.DeepEqual(got[:6], []string{"wss://1400000000w4c.my-imcloud.com", "wss://wss.im.qcloud.com", "wss://wssv6.im.qcloud.com", "wss://wss.tim.qq.com", "wss://1400000001w4c.my-imcloud.com", "wss://wss.im.tencent.cn"}) {
		t.Errorf("%v", got)
	}
	if _, ok := find(merged, Request, "https://example.com"); !ok || len(merged) != len(a)+4 {
		t.Errorf("%d of %d and %d", len(merged), len(a), len(b))
	}
	if got := Merge(a); !reflect.DeepEqual(got, a) {
		t.Errorf("one table becomes %v", got)
	}
}

func TestTextsOfSources(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range []Source{Guide, Vendor, Observed, Code, Project} {
		seen[s.Text().String()] = true
	}
	if len(seen) != 5 {
		t.Errorf("%v", seen)
	}
}
