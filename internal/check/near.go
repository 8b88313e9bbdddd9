package check

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// nearest is the name that was most likely meant: one that differs in case only,
// else one that is at most two letters away, else "".
func nearest(name string, names []string) string {
	best, distance := "", 1+min(2, len(name)/4)
	for _, candidate := range names {
		if candidate == name {
			continue
		}
		if strings.EqualFold(candidate, name) {
			return candidate
		}
		if abs(len(candidate)-len(name)) > 2 {
			continue
		}
		if d := levenshtein.ComputeDistance(name, candidate); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// guessesMost is how many names are compared with others in one mini program. Where
// thousands are missing, those behind do without a proposal, rather than each being
// compared with thousands.
const guessesMost = 1 << 20

// nearest is the function of that name as long as that takes no time.
func (m *Mini) nearest(name string, names []string) string {
	if m.guesses += len(names); m.guesses > guessesMost {
		return ""
	}
	return nearest(name, names)
}

func abs(n int) int { return max(n, -n) }

// tellingLength is how long a name is, in bytes without its ending, by which another
// can be told: any two files of one letter are near to one another.
const tellingLength = 3

// nearestFile looks for the file that was meant by one that is not there: of the
// same name in another spelling, or a near name in the same folder.
func (m *Mini) nearestFile(name string) string {
	if spelled, ok := m.Files.Spelled(name); ok {
		return spelled
	}
	dir, base := path.Split(name)
	if len(stem(base)) < tellingLength {
		return ""
	}
	if near := m.nearest(base, m.folder(path.Clean(dir))[path.Ext(base)]); near != "" {
		return dir + near
	}
	return ""
}

// folder lists the names of the files in a folder of the miniprogram root, by their
// endings.
func (m *Mini) folder(dir string) map[string][]string {
	if m.folders == nil {
		m.folders = map[string]map[string][]string{}
		for _, file := range m.Files.Names() {
			dir, ending := path.Dir(file), path.Ext(file)
			if m.folders[dir] == nil {
				m.folders[dir] = map[string][]string{}
			}
			m.folders[dir][ending] = append(m.folders[dir][ending], path.Base(file))
		}
	}
	return m.folders[dir]
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
