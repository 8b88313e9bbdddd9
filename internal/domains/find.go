package domains

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
	"github.com/tuikit-cli/tuikit-cli/internal/uikit"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// Host is a host that stands in a script, as a string or as the part of one from which
// the code makes it up.
type Host struct {
	Scheme string // "https", "wss", "http", "ws"; "" where the string has none
	Host   string // a * stands for what the code puts in
	File   string // relative to the miniprogram root
	Offset int    // of the string, in bytes
	Line   int    // from 1
	Column int    // from 1, in bytes
}

// String is the host as the code has it.
func (h Host) String() string {
	if h.Scheme == "" {
		return h.Host
	}
	return h.Scheme + "://" + h.Host
}

// Find lists the hosts in the SDK's code: in the UIKit, its libraries and the npm
// packages of Tencent Cloud that the session and the components ask for, as far as
// app.json leads to them. By file, then by place; each host once a file.
func Find(g *graph.Graph) ([]Host, error) {
	var found []Host
	err := eachScript(g, SDKFile, func(name string, data []byte) {
		found = append(found, hostsOf(name, data)...)
	})
	return found, err
}

// Scripts is how many scripts Find looks at.
func Scripts(g *graph.Graph) int { return len(reached(g, SDKFile)) }

func reached(g *graph.Graph, wanted func(name string) bool) []string {
	var names []string
	for name, node := range g.Nodes {
		if node.Kind == graph.Script && node.Reached && wanted(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func eachScript(g *graph.Graph, wanted func(name string) bool, visit func(name string, data []byte)) error {
	for _, name := range reached(g, wanted) {
		data, err := project.ReadFile(g.In.FS, g.In.Project.Path(name))
		if err != nil {
			return err
		}
		visit(name, data)
	}
	return nil
}

// sdkPackage is the name of an npm package of the UIKit's SDK, or the beginning of one.
var sdkPackage = regexp.MustCompile(`^(?:@tencentcloud/|tim-|aegis-|tsignaling|trtc-|@trtc/|tuicall-)`)

// sdkLibrary is a script of the UIKit's lib folder, wherever the guide's second path
// has put that.
var sdkLibrary = regexp.MustCompile(`(?:^|/)lib/(?:tim-|aegis|tsignaling|trtc-)[^/]*\.js$`)

// SDKFile reports whether a script, by its path, is the UIKit's or its SDK's, and so
// nobody's to know by heart.
func SDKFile(name string) bool {
	const npm = "miniprogram_npm/"
	if at := strings.LastIndex("/"+name, "/"+npm); at >= 0 {
		return sdkPackage.MatchString(name[at+len(npm):])
	}
	return strings.Contains("/"+name, "/TUIKit/") || sdkLibrary.MatchString(name)
}

var (
	// withScheme is a URL in a string.
	withScheme = regexp.MustCompile(`(?i)\b(https?|wss?)://([a-z0-9*][a-z0-9*.-]*[a-z0-9])`)
	// bare is a string that is nothing but a host, or the end of one.
	bare = regexp.MustCompile(`(?i)^(?://)?([a-z0-9*.-]*[a-z0-9-]\.(?:com|cn|net|org|io|tech|cloud|im|qq))/?$`)
)

// hostsOf finds the hosts in one script.
func hostsOf(name string, data []byte) []Host {
	var found []Host
	seen := map[string]bool{}
	for _, text := range script.Strings(data) {
		for _, h := range hostsIn(text.Value) {
			if seen[h.String()] {
				continue
			}
			seen[h.String()] = true
			h.File, h.Offset = name, text.Offset
			h.Line, h.Column = position(data, text.Offset)
			found = append(found, h)
		}
	}
	return found
}

func hostsIn(text string) []Host {
	if match := bare.FindStringSubmatch(text); match != nil {
		return []Host{{Host: strings.ToLower(match[1])}}
	}
	var found []Host
	for _, match := range withScheme.FindAllStringSubmatch(text, -1) {
		if strings.Contains(match[2], ".") {
			found = append(found, Host{Scheme: strings.ToLower(match[1]), Host: strings.ToLower(match[2])})
		}
	}
	return found
}

func position(data []byte, offset int) (line, column int) {
	before := string(data[:offset])
	return strings.Count(before, "\n") + 1, offset - strings.LastIndexByte(before, '\n')
}

// Settings is what a tuikit-config.js says. Who has made more of it than a list of values
// is asked for the SDKAppID.
type Settings struct {
	scaffold.Config
	File string // relative to the miniprogram root
}

// SettingsOf reads every tuikit-config.js to which app.json leads: the project's own, and
// those of isolated subpackages.
func SettingsOf(g *graph.Graph) ([]Settings, error) {
	var found []Settings
	err := eachScript(g, func(file string) bool { return path.Base(file) == scaffold.ConfigScript }, func(file string, data []byte) {
		found = append(found, Settings{scaffold.ReadConfig(data), file})
	})
	return found, err
}

// GenerationOf is the generation of the UIKit whose SDK is reached, "" for none. The
// SDK decides which servers are contacted; in a project with several the newest counts.
func GenerationOf(g *graph.Graph) uikit.Generation {
	sdks := []struct {
		generation uikit.Generation
		in         string
	}{
		{uikit.Chat, "/miniprogram_npm/@tencentcloud/chat/"},
		{uikit.TIM, "/miniprogram_npm/tim-wx-sdk/"},
		{uikit.Bundled, "/lib/tim-wx-sdk.js"},
	}
	for _, sdk := range sdks {
		if len(reached(g, func(name string) bool { return strings.Contains("/"+name, sdk.in) })) > 0 {
			return sdk.generation
		}
	}
	return ""
}

func compareHosts(a, b Host) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Offset, b.Offset))
}
