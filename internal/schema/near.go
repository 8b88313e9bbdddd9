package schema

import (
	"cmp"
	"slices"
	"strings"
)

// nearest returns the known keys that somebody who wrote key may have meant, best
// first: those that differ in case only, then those with the fewest slips (a
// letter missing, added, changed or swapped with the next).
func nearest(key string, known map[string]*shape) []string {
	type candidate struct {
		name  string
		slips int
	}
	var near []candidate
	for name := range known {
		if strings.EqualFold(name, key) {
			near = append(near, candidate{name, 0})
		} else if n := slips(key, name, tolerated(name)); n <= tolerated(name) {
			near = append(near, candidate{name, n})
		}
	}
	slices.SortFunc(near, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.slips, b.slips), strings.Compare(a.name, b.name))
	})
	var names []string
	for _, c := range near {
		names = append(names, c.name)
	}
	return names
}

// tolerated is how many slips leave a key recognisable. Short keys are all near
// each other: es7 is no slip of es6.
func tolerated(name string) int {
	switch {
	case len(name) < 4:
		return 0
	case len(name) < 8:
		return 1
	}
	return 2
}

const longestKey = 40 // bytes, more than any known key and two slips

// slips counts how many letters have to be added, removed, changed or swapped to
// make b of a (optimal string alignment). It stops at more than most, which then
// is all that can be told from the result.
func slips(a, b string, most int) int {
	if len(a) > longestKey || len(b) > longestKey || len(a) > len(b)+most || len(b) > len(a)+most {
		return most + 1
	}
	var rows [3][longestKey + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		fewest := i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			fewest = min(fewest, row[j])
		}
		if fewest > most+1 { // a swap may still win back one, not more
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
