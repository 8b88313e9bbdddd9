//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// listed is what domains --format json prints, as far as it matters here.
type listed struct {
	Domains []struct {
		Kind    string   `json:"kind"`
		URL     string   `json:"url"`
		Sources []string `json:"sources"`
	} `json:"domains"`
	Check struct {
		OK      bool              `json:"ok"`
		Scripts int               `json:"scripts"`
		Unknown []json.RawMessage `json:"unknown"`
	} `json:"check"`
}

// contact is one host that the real SDK has contacted.
type contact struct {
	SDKAppID int    `json:"sdkAppID"`
	Network  string `json:"network"`
	Kind     string `json:"kind"`
	URL      string `json:"url"`
}

// contacted is what judge/hosts.mjs prints.
type contacted struct {
	Contacts []contact `json:"contacts"`
	Errors   []string  `json:"errors"`
}

// filesFrom is the host that the judge's server names for files: the real one's the SDK
// cannot know.
const filesFrom = "https://files.invalid"

// sdkAppIDs has one of each region that an SDK may tell apart.
var sdkAppIDs = map[string][]int{
	"bundled": {1400000000, 20000001, 1780000001},
	"tim":     {1600000001, 1730000001},
	"chat":    {1400000000, 20000001, 1730000001, 1740000001, 1750000001, 1760000001, 1770000001, 1780000001},
}

func list(t *testing.T, args ...string) listed {
	t.Helper()
	out, err := tuikit(recipe{}, append([]string{"domains", "--format", "json"}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	var l listed
	if err := json.Unmarshal([]byte(out), &l); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return l
}

// unlisted are the contacts that a table does not have.
func (l listed) unlisted(contacts []contact) []contact {
	return slices.DeleteFunc(slices.Clone(contacts), func(c contact) bool {
		if c.URL == filesFrom {
			return c.Kind == "uploadFile" || c.Kind == "downloadFile"
		}
		return l.has(c.Kind, c.URL)
	})
}

func (l listed) has(kind, address string) bool {
	for _, d := range l.Domains {
		if d.Kind == kind && d.URL == address {
			return true
		}
	}
	return false
}

// unseen are the connections that a table calls observed and that were not.
func (l listed) unseen(contacts []contact) []string {
	var missing []string
	for _, d := range l.Domains {
		seen := slices.ContainsFunc(contacts, func(c contact) bool { return c.Kind == d.Kind && c.URL == d.URL })
		if d.Kind == "socket" && slices.Contains(d.Sources, "observed") && !seen {
			missing = append(missing, d.URL)
		}
	}
	return missing
}

// TestDomains runs the real SDKs: with the network down they go through all that they fall
// back to, and with a server at hand they send a picture. The list has to have every host.
func TestDomains(t *testing.T) {
	for _, release := range releases {
		t.Run(release.version, func(t *testing.T) {
			t.Parallel()
			p := generate(t, recipe{version: release.version, generation: release.generation, way: "main"})
			result := contacts(t, p, sdkAppIDs[release.generation])
			if len(result.Errors) > 0 {
				t.Errorf("while it ran: %v", result.Errors)
			}
			for _, id := range sdkAppIDs[release.generation] {
				requireListed(t, release.version, id, result.Contacts)
			}
		})
	}
}

// contacts has the SDK of a project run.
func contacts(t *testing.T, p project, ids []int) contacted {
	t.Helper()
	data, err := json.Marshal(map[string]any{"root": p.dir, "page": homePage, "sdkAppIDs": ids})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "spec.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var result contacted
	judge(t, &result, "hosts.mjs", file)
	return result
}

func requireListed(t *testing.T, version string, id int, all []contact) {
	t.Helper()
	own := slices.DeleteFunc(slices.Clone(all), func(c contact) bool { return c.SDKAppID != id })
	table := list(t, "--uikit", version, "--sdkappid", strconv.Itoa(id))
	for _, c := range table.unlisted(own) {
		t.Errorf("SDKAppID %d: the SDK contacts %s %s (network %s), which is on no list", id, c.Kind, c.URL, c.Network)
	}
	for _, address := range table.unseen(own) {
		t.Errorf("SDKAppID %d: %s is said to be observed, and the SDK never went there", id, address)
	}
	for _, kind := range []string{"uploadFile", "downloadFile"} {
		if !slices.ContainsFunc(own, func(c contact) bool { return c.Kind == kind && c.URL == filesFrom }) {
			t.Errorf("SDKAppID %d: the picture brings about no %s", id, kind)
		}
	}
	// Were one host missing from the list, that would be noticed.
	short := listed{Domains: slices.Clone(table.Domains[1:])}
	if len(short.unlisted(own)) == 0 {
		t.Errorf("SDKAppID %d: a list without %s passes", id, table.Domains[0].URL)
	}
}

// TestDomainsOfGenerated holds the list against the code of the real SDKs, in projects of
// every kind.
func TestDomainsOfGenerated(t *testing.T) {
	for _, release := range releases {
		for _, way := range ways {
			r := recipe{version: release.version, generation: release.generation, way: way}
			t.Run(r.name(), func(t *testing.T) {
				t.Parallel()
				l := list(t, generate(t, r).dir, "--check")
				if !l.Check.OK || len(l.Check.Unknown) > 0 || l.Check.Scripts < 30 {
					t.Errorf("of %d scripts: %s", l.Check.Scripts, fmt.Sprint(l.Check.Unknown))
				}
				if release.generation == "chat" && !l.has("socket", "wss://1400000000w4c.my-imcloud.com") {
					t.Errorf("the project's SDKAppID is in no domain: %v", l.Domains)
				}
			})
		}
	}
	t.Run("server", func(t *testing.T) {
		t.Parallel()
		p := generate(t, recipe{version: "2.4.5", generation: "chat", way: "main", usersig: "server"})
		if l := list(t, p.dir, "--check"); !l.has("request", "https://example.com") {
			t.Errorf("the server that signs is in no domain: %v", l.Domains)
		}
	})
	t.Run("new host", func(t *testing.T) {
		t.Parallel()
		dir := copyProject(t, generate(t, recipe{version: "2.4.5", generation: "chat", way: "main"}))
		edit(t, dir, "miniprogram_npm/@tencentcloud/chat/index.js", "wss://wssv6.im.qcloud.com", "wss://wssv7.im.qcloud.com")
		out, err := tuikit(recipe{}, "domains", dir, "--check", "--lang", "en")
		if err == nil || !strings.Contains(out, "wss://wssv7.im.qcloud.com is on no list") {
			t.Errorf("%v\n%s", err, out)
		}
	})
}
