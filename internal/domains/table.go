package domains

import (
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// row is a domain of every site for which it stands. {id} is the SDKAppID, {site} and
// {letter} are the Site's.
type row struct {
	kinds    []Kind
	url      string
	required bool
	why      msg.Text
	known    [3]string // how, by generation: bundled, tim, chat; "" where it is not contacted
	only     string    // infix of the only site that has it
}

// sources are those of a generation.
func (r row) sources(generation uikit.Generation) []Source {
	var list []Source
	for i, g := range everywhere {
		if g == generation {
			for _, word := range strings.Fields(r.known[i]) {
				list = append(list, Source(word))
			}
		}
	}
	return list
}

// all is a domain that is known in the same way for every generation.
func all(known string) [3]string { return [3]string{known, known, known} }

var (
	socket  = []Kind{Socket}
	request = []Kind{Request}
	files   = []Kind{Upload, Download}
)

// chinaRows are the evidence, row by row. "observed" was contacted by tim-wx-sdk as in
// UIKit 1.0.8, by tim-wx-sdk 2.27.6 or by @tencentcloud/chat 3.6.6, run in Node with the
// network down (its fallbacks) and with a server at hand that agrees to everything.
// Where files go the server says, whatever the SDK: uploads were seen to go there by
// wx.uploadFile, and pictures to be measured by wx.getImageInfo.
//
// "vendor" is Tencent's list for mini programs with @tencentcloud/chat, in the
// documentation of its component for calls, step 3 (cloud.tencent.com/document/product/
// 647), to which the Chat documentation of the SDK sends (269/117335).
var chinaRows = []row{
	{socket, "wss://{id}w4{letter}.my-imcloud.com", true, msg.T("domains.why.own"), [3]string{"", "", "vendor observed"}, ""},
	{socket, "wss://wss.im.qcloud.com", true, msg.T("domains.why.chat"), [3]string{"guide observed", "guide observed", "guide vendor observed"}, ""},
	{socket, "wss://wssv6.im.qcloud.com", true, msg.T("domains.why.ipv6"), [3]string{"", "", "vendor observed"}, ""},
	{socket, "wss://wss.tim.qq.com", true, msg.T("domains.why.fallback"), [3]string{"guide observed", "guide observed", "guide vendor observed"}, ""},
	{socket, "wss://wss.im.tencent.cn", false, msg.T("domains.why.fallback"), [3]string{"", "", "observed"}, ""},

	{request, "https://web.sdk.qcloud.com", true, msg.T("domains.why.texts"), [3]string{"", "guide observed", "guide vendor observed"}, ""},
	{request, "https://web.sdk.qcloud.com", true, msg.T("domains.why.listed"), [3]string{"guide", "", ""}, ""},
	{request, "https://webim.tim.qq.com", true, msg.T("domains.why.listed"), [3]string{"guide", "guide", "guide vendor"}, ""},
	{request, "https://api.im.qcloud.com", true, msg.T("domains.why.statistics"), [3]string{"guide observed", "", ""}, ""},
	{request, "https://api.im.qcloud.com", true, msg.T("domains.why.listed"), [3]string{"", "guide", "guide vendor"}, ""},
	{request, "https://events.im.qcloud.com", true, msg.T("domains.why.statistics"), [3]string{"", "", "vendor observed"}, ""},
	{request, "https://boce-cdn.my-imcloud.com", true, msg.T("domains.why.diagnosis"), [3]string{"", "", "vendor observed"}, ""},
	{request, "https://wss.im.qcloud.com", true, msg.T("domains.why.diagnosis"), [3]string{"", "", "vendor observed"}, ""},
	{request, "https://wss.tim.qq.com", true, msg.T("domains.why.diagnosis"), [3]string{"", "", "vendor code"}, ""},
	{request, "https://events.im.qcloud.com", false, msg.T("domains.why.statistics"), [3]string{"", "observed", ""}, ""},
	{request, "https://web.sdk.cloud.tencent.cn", false, msg.T("domains.why.texts-fallback"), [3]string{"", "", "observed"}, ""},
	{request, "https://web.sdk.tencent.cn", false, msg.T("domains.why.texts-fallback"), [3]string{"", "", "observed"}, ""},
	{request, "https://wssv6.im.qcloud.com", false, msg.T("domains.why.diagnosis"), [3]string{"", "", "code"}, ""},
	{request, "https://wss.im.tencent.cn", false, msg.T("domains.why.diagnosis"), [3]string{"", "", "code"}, ""},
	{request, "https://aegis.qq.com", false, msg.T("domains.why.monitor"), [3]string{"observed", "observed", ""}, ""},
	{request, "https://yun.tim.qq.com", false, msg.T("domains.why.calls"), [3]string{"code", "", ""}, ""},

	{files, "https://{id}-cn.rich.my-imcloud.com", true, msg.T("domains.why.files-own"), all("vendor"), ""},
	{files, "https://cn.rich.my-imcloud.com", true, msg.T("domains.why.files"), all("vendor"), ""},
	{files, "https://cn.imrich.qcloud.com", true, msg.T("domains.why.files"), all("vendor"), ""},
	{files, "https://cos.ap-shanghai.myqcloud.com", true, msg.T("domains.why.files"), [3]string{"guide", "guide", "guide vendor"}, ""},
	{files, "https://cos.ap-shanghai.tencentcos.cn", true, msg.T("domains.why.files"), [3]string{"guide", "guide", "guide vendor"}, ""},
	{files, "https://cos.ap-guangzhou.myqcloud.com", true, msg.T("domains.why.files"), [3]string{"guide", "guide", "guide vendor"}, ""},
	{[]Kind{Download}, "https://grouptalk.c2c.qq.com", false, msg.T("domains.why.files-old"), [3]string{"code", "code", ""}, ""},
}

// abroadRows are the same for the other sites. Here "vendor" is Tencent's list for
// firewalls, which names Singapore's hosts (tencentcloud.com/document/product/1229/71846).
var abroadRows = []row{
	{socket, "wss://{id}w4{letter}.my-imcloud.com", true, msg.T("domains.why.own"), [3]string{"", "", "observed"}, ""},
	{socket, "wss://wss{site}.im.qcloud.com", true, msg.T("domains.why.chat"), all("observed"), ""},
	{socket, "wss://wss{site}v6.im.qcloud.com", true, msg.T("domains.why.ipv6"), [3]string{"", "", "observed"}, ""},
	{socket, "wss://wss{site}.my-imcloud.com", true, msg.T("domains.why.fallback"), all("observed"), ""},

	{request, "https://api{site}.my-imcloud.com", false, msg.T("domains.why.statistics"), all("observed"), ""},
	{request, "https://web.sdk.qcloud.com", false, msg.T("domains.why.texts"), [3]string{"", "observed", "observed"}, ""},
	{request, "https://boce-cdn.my-imcloud.com", false, msg.T("domains.why.diagnosis"), [3]string{"", "", "observed"}, ""},
	{request, "https://wss{site}.im.qcloud.com", false, msg.T("domains.why.diagnosis"), [3]string{"", "", "observed"}, ""},
	{request, "https://wss{site}v6.im.qcloud.com", false, msg.T("domains.why.diagnosis"), [3]string{"", "", "code"}, ""},
	{request, "https://wss{site}.my-imcloud.com", false, msg.T("domains.why.diagnosis"), [3]string{"", "", "code"}, ""},
	{request, "https://web.sdk.cloud.tencent.cn", false, msg.T("domains.why.texts-fallback"), [3]string{"", "", "observed"}, ""},
	{request, "https://web.sdk.tencent.cn", false, msg.T("domains.why.texts-fallback"), [3]string{"", "", "observed"}, ""},
	{request, "https://aegis.qq.com", false, msg.T("domains.why.monitor"), [3]string{"observed", "observed", ""}, ""},
	{request, "https://yun.tim.qq.com", false, msg.T("domains.why.calls"), [3]string{"code", "", ""}, ""},

	{files, "https://sgp.rich.my-imcloud.com", true, msg.T("domains.why.files"), all("vendor"), "sgp"},
	{files, "https://sgp.imrich.qcloud.com", true, msg.T("domains.why.files"), all("vendor"), "sgp"},
	{files, "https://cos.ap-singapore.myqcloud.com", true, msg.T("domains.why.files"), all("vendor"), "sgp"},
	{files, "https://cos.ap-singapore.tencentcos.cn", true, msg.T("domains.why.files"), all("vendor"), "sgp"},
}
