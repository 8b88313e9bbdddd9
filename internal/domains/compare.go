package domains

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// Reason says why a host in the code needs no domain of its own. "" is one that nobody
// knows.
type Reason string

// The reasons.
const (
	Listed    Reason = "listed"     // the table has it
	OtherSite Reason = "other-site" // servers of a region that this SDKAppID is not of
	TestEnv   Reason = "test"       // Tencent's test servers: create({testEnv: true})
	Browser   Reason = "browser"    // the SDK goes there in browsers only
	Picture   Reason = "picture"    // shown by <image>, which needs no domain
	Link      Reason = "link"       // a page to read, or a name that only looks like an address
)

// Text is the reason for people.
func (r Reason) Text() msg.Text {
	switch r {
	case Listed:
		return msg.T("domains.reason.listed")
	case OtherSite:
		return msg.T("domains.reason.other-site")
	case TestEnv:
		return msg.T("domains.reason.test")
	case Browser:
		return msg.T("domains.reason.browser")
	case Picture:
		return msg.T("domains.reason.picture")
	case Link:
		return msg.T("domains.reason.link")
	}
	return msg.T("domains.reason.unknown")
}

// Judged is a host in the code with what it is.
type Judged struct {
	Host
	Reason Reason // "" for one that nobody knows
}

// Comparison is a table held against the code.
type Comparison struct {
	Hosts  []Judged // all that Find found
	Unused []Domain // of the table, that no string of the code names
}

// Unknown are the hosts that neither the table nor anybody else knows.
func (c Comparison) Unknown() []Judged {
	return slices.DeleteFunc(slices.Clone(c.Hosts), func(j Judged) bool { return j.Reason != "" })
}

// Compare holds a table against the hosts that the code of that generation names.
func Compare(table []Domain, generation uikit.Generation, hosts []Host) Comparison {
	c := Comparison{}
	used := map[string]bool{}
	for _, h := range slices.SortedFunc(slices.Values(hosts), compareHosts) {
		j := Judged{Host: h}
		for _, d := range table {
			if h.is(d) {
				j.Reason = Listed
				used[d.Host()] = true
			}
		}
		if j.Reason == "" {
			j.Reason = harmless(h, generation)
		}
		c.Hosts = append(c.Hosts, j)
	}
	for _, d := range table {
		if !used[d.Host()] && !slices.Equal(d.Sources, []Source{Project}) {
			c.Unused = append(c.Unused, d)
		}
	}
	return c
}

// assembled is what an SDKAppID, or the place for it, looks like at the head of a host.
var assembled = regexp.MustCompile(`^(?:\{SDKAppID\}|\d+)`)

// is reports whether the domain is what the code means: the same host; with the SDKAppID
// where the code has a *; or, where the string has no scheme, what it ends in.
func (h Host) is(domain Domain) bool {
	host := domain.Host()
	rest := assembled.ReplaceAllString(host, "")
	switch {
	case h.Host == host:
		return true
	case strings.HasPrefix(h.Host, "*"):
		return rest != host && h.Host == "*"+rest
	case h.Scheme != "":
		return false
	}
	tail := strings.TrimLeft(h.Host, ".-")
	return h.Host == rest || strings.HasSuffix(host, "."+tail) || strings.HasSuffix(host, "-"+tail)
}

var (
	testServer = regexp.MustCompile(`^wss[a-z]*-dev\.(?:tim\.qq|im\.qcloud)\.com$`)

	// known are hosts in the vendor's code, read off it, and those that anybody's may have.
	known = []struct {
		hosts  []string // or what they end in, after a dot
		reason Reason
	}{
		{[]string{"my-cpaas.com"}, Browser},
		{[]string{"sdk-web-1252463788.cos.ap-hongkong.myqcloud.com", "imgcache.qq.com", "web.sdk.qcloud.com"}, Picture},
		{[]string{"cloud.tencent.com", "tencentcloud.com", "developers.weixin.qq.com", "mp.weixin.qq.com", "github.com", "npmjs.com", "w3.org", "mozilla.org", "trtc.io"}, Link},
	}
)

func harmless(h Host, generation uikit.Generation) Reason {
	if _, err := netip.ParseAddr(h.Host); err == nil {
		return Browser // Tencent's anycast addresses; WeChat takes no address at all
	}
	if testServer.MatchString(h.Host) {
		return TestEnv
	}
	for _, k := range known {
		for _, host := range k.hosts {
			if h.Host == host || strings.HasSuffix(h.Host, "."+host) {
				return k.reason
			}
		}
	}
	if slices.ContainsFunc(otherSites(generation), h.is) {
		return OtherSite
	}
	return ""
}

// otherSites are the domains of all sites that an SDK may know, and of the one that
// create({oversea: true}) leads to.
func otherSites(generation uikit.Generation) []Domain {
	all := []Domain{{Kind: Socket, URL: "wss://wss.my-imcloud.com"}, {Kind: Request, URL: "https://api.my-imcloud.com"}}
	for _, site := range append([]Site{china}, abroad...) {
		all = append(all, site.domains(generation, Placeholder)...)
	}
	return all
}
