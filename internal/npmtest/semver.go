package npmtest

import (
	"cmp"
	"strconv"
	"strings"
)

// compareVersions orders two versions by the precedence rules of Semantic Versioning.
func compareVersions(a, b string) int {
	coreA, preA := splitVersion(a)
	coreB, preB := splitVersion(b)
	if c := compareDotted(coreA, coreB); c != 0 {
		return c
	}
	if preA == "" || preB == "" { // a release comes after its prereleases
		return cmp.Compare(len(preB), len(preA))
	}
	return compareDotted(preA, preB)
}

// splitVersion returns 1.2.3 and beta.1 of 1.2.3-beta.1+build.
func splitVersion(version string) (core, prerelease string) {
	version, _, _ = strings.Cut(version, "+")
	core, prerelease, _ = strings.Cut(version, "-")
	return core, prerelease
}

// compareDotted compares identifier by identifier; when all are equal, the longer list is the higher one.
func compareDotted(a, b string) int {
	partsA, partsB := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(partsA), len(partsB)) {
		if c := compareIdentifier(partsA[i], partsB[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(partsA), len(partsB))
}

// compareIdentifier puts numbers in numeric order and before words.
func compareIdentifier(a, b string) int {
	numberA, errA := strconv.ParseUint(a, 10, 64)
	numberB, errB := strconv.ParseUint(b, 10, 64)
	switch {
	case errA == nil && errB == nil:
		return cmp.Compare(numberA, numberB)
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return strings.Compare(a, b)
}
