// Package domains knows the servers that a mini program with the UIKit contacts, and so
// has to register: by kind, for a generation of the UIKit and an SDKAppID. Find and
// Compare hold that against the hosts in a project's own SDK code.
//
// WeChat compares whole hosts: https and wss only, no wildcard, no parent domain, no IP
// address, no localhost; a port of https counts, one of wss does not; the domain needs an
// ICP filing (developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html).
// Pictures in <image> and previewImage need none; wx.getImageInfo and wx.downloadFile do.
package domains

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// Kind is one of the lists of server domains in WeChat's console.
type Kind string

// The kinds, by the API of wx that needs them.
const (
	Socket   Kind = "socket"       // wx.connectSocket: wss
	Request  Kind = "request"      // wx.request
	Upload   Kind = "uploadFile"   // wx.uploadFile
	Download Kind = "downloadFile" // wx.downloadFile, and wx.getImageInfo of a picture from the network
)

// Kinds are the four of them in the order in which they are told.
func Kinds() []Kind { return []Kind{Socket, Request, Upload, Download} }

// MaxPerKind is how many domains one list takes, and MaxChanges how often a month the
// lists can be changed (developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/
// api/Mini_Program_Basic_Info/Server_Address_Configuration.html).
const (
	MaxPerKind = 200
	MaxChanges = 50
)

// Source says how a domain is known.
type Source string

// The sources.
const (
	Guide    Source = "guide"    // the UIKit's README, FAQ 3, the same in 1.0.8, 1.1.3 and 2.4.5
	Vendor   Source = "vendor"   // other documentation of Tencent Cloud, see table.go
	Observed Source = "observed" // the real SDK contacts it: e2e/domains_test.go
	Code     Source = "code"     // handed to wx by the UIKit's code; not seen to be contacted
	Project  Source = "project"  // tuikit-config.js of the project
)

// Text is the source for people.
func (s Source) Text() msg.Text {
	switch s {
	case Guide:
		return msg.T("domains.source.guide")
	case Vendor:
		return msg.T("domains.source.vendor")
	case Observed:
		return msg.T("domains.source.observed")
	case Code:
		return msg.T("domains.source.code")
	}
	return msg.T("domains.source.project")
}

// Domain is one entry of a list.
type Domain struct {
	Kind     Kind
	URL      string // https or wss, a host, perhaps a port; with Placeholder where the SDKAppID is unknown
	Required bool   // the guide or Tencent's documentation demands it, or nothing connects without
	Why      msg.Text
	Sources  []Source
}

// Placeholder stands for an SDKAppID that is not known.
const Placeholder = "{SDKAppID}"

// Open reports whether the domain cannot be registered before the SDKAppID is known.
func (d Domain) Open() bool { return strings.Contains(d.URL, Placeholder) }

// Host is the domain without its scheme.
func (d Domain) Host() string {
	_, host, _ := strings.Cut(d.URL, "://")
	return host
}

// Query says what for. An SDKAppID of 0 is unknown; China's domains are told then.
type Query struct {
	Generation uikit.Generation
	SDKAppID   uint64
	UserSigURL string // where a session with --usersig server asks for a UserSig; "" for none
}

// Table lists the domains: by kind, the required ones first, then in the order in which
// they are tried.
func Table(q Query) []Domain {
	var table []Domain
	for _, kind := range Kinds() {
		for _, required := range []bool{true, false} {
			for _, d := range q.all() {
				if d.Kind == kind && d.Required == required {
					table = append(table, d)
				}
			}
		}
	}
	return table
}

func (q Query) all() []Domain {
	site := SiteOf(q.SDKAppID, q.Generation)
	id := Placeholder
	if q.SDKAppID != 0 {
		id = strconv.FormatUint(q.SDKAppID, 10)
	}
	all := site.domains(q.Generation, id)
	if origin, ok := Registrable(q.UserSigURL); ok {
		all = append(all, Domain{Request, origin, true, msg.T("domains.why.usersig"), []Source{Project}})
	}
	return all
}

// Registrable is the domain of a URL as it is registered, or false if WeChat takes none
// such: not https, no host with a dot, an IP address.
func Registrable(address string) (origin string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" {
		return "", false
	}
	host := u.Hostname()
	if _, err := netip.ParseAddr(host); err == nil || !strings.Contains(host, ".") {
		return "", false
	}
	return "https://" + strings.ToLower(u.Host), true
}

// Merge joins tables, as of a project with several SDKAppIDs: each domain once.
func Merge(tables ...[]Domain) []Domain {
	var merged []Domain
	for _, kind := range Kinds() {
		seen := map[string]bool{}
		for _, required := range []bool{true, false} {
			for _, table := range tables {
				for _, d := range table {
					if d.Kind == kind && d.Required == required && !seen[d.URL] {
						seen[d.URL] = true
						merged = append(merged, d)
					}
				}
			}
		}
	}
	return merged
}
