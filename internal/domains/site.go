package domains

import (
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
)

// Site is the region in which a Chat application was made. The SDKs read it off the
// SDKAppID, and so does SiteOf.
type Site struct {
	Name   string // stable, for machines
	infix  string // in the hosts: wss<infix>.im.qcloud.com
	letter string // in the application's own host: <SDKAppID>w4<letter>.my-imcloud.com
	digit  uint64 // its SDKAppIDs begin at digit*10^7 and at 1700000000 + digit*10^7, 10^7 each
	in     []uikit.Generation
}

var (
	everywhere = []uikit.Generation{uikit.Bundled, uikit.TIM, uikit.Chat}

	china = Site{Name: "china", letter: "c", in: everywhere}

	// abroad are the sites that the SDKs know: the ranges of isSingaporeSite and its like, the
	// hosts of their table of sites. Saudi Arabia is in npm's lite-chat only, which the UIKit
	// does not sign in with.
	abroad = []Site{
		{"singapore", "sgp", "s", 2, everywhere},
		{"korea", "kr", "k", 3, everywhere},
		{"germany", "ger", "g", 4, everywhere},
		{"india", "ind", "i", 5, everywhere},
		{"japan", "jpn", "j", 6, everywhere},
		{"usa", "usa", "u", 7, everywhere},
		{"indonesia", "idn", "y", 8, []uikit.Generation{uikit.Chat}},
		{"saudi-arabia", "ksa", "a", 9, nil},
	}
)

const siteRange = 10_000_000 // SDKAppIDs of one site in a row

// SiteOf is the site whose servers an SDK of that generation connects to. What it does
// not know is China to it: so an Indonesian SDKAppID with a UIKit 1.x.
func SiteOf(sdkAppID uint64, generation uikit.Generation) Site {
	for _, s := range abroad {
		if s.has(sdkAppID) && s.known(generation) {
			return s
		}
	}
	return china
}

func (s Site) has(id uint64) bool {
	low := s.digit * siteRange
	return id >= low && id < low+siteRange || id >= 1_700_000_000+low && id < 1_700_000_000+low+siteRange
}

func (s Site) known(generation uikit.Generation) bool { return slices.Contains(s.in, generation) }

// FilesDocumented reports whether Tencent tells to which hosts files go: the server
// names them, and they are documented for China and Singapore only.
func (s Site) FilesDocumented() bool { return s.Name == china.Name || s.infix == "sgp" }

// domains are the site's.
func (s Site) domains(generation uikit.Generation, id string) []Domain {
	rows := chinaRows
	if s.Name != china.Name {
		rows = abroadRows
	}
	fill := strings.NewReplacer("{id}", id, "{site}", s.infix, "{letter}", s.letter)
	var list []Domain
	for _, r := range rows {
		sources := r.sources(generation)
		if len(sources) == 0 || r.only != "" && r.only != s.infix {
			continue
		}
		for _, kind := range r.kinds {
			list = append(list, Domain{kind, fill.Replace(r.url), r.required, r.why, sources})
		}
	}
	return list
}
