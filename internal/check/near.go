package check

import (
	"maps"
	"path"
	"slices"
	"strconv"
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

func abs(n int) int { return max(n, -n) }

// nearestFile looks for the file that was meant by one that is not there: of the
// same name in another spelling, or a near name in the same folder.
func (m *Mini) nearestFile(name string) string {
	if spelled, ok := m.Files.Spelled(name); ok {
		return spelled
	}
	dir, ending := path.Dir(name), path.Ext(name)
	var names []string
	for _, base := range m.folder(dir) {
		if path.Ext(base) == ending {
			names = append(names, base)
		}
	}
	if near := nearest(path.Base(name), names); near != "" {
		return path.Join(dir, near)
	}
	return ""
}

// folder lists the names of the files in a folder of the miniprogram root.
func (m *Mini) folder(dir string) []string {
	if m.folders == nil {
		m.folders = map[string][]string{}
		for _, file := range m.Files.Names() {
			m.folders[path.Dir(file)] = append(m.folders[path.Dir(file)], path.Base(file))
		}
	}
	return m.folders[dir]
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func itoa(n int) string { return strconv.Itoa(n) }
