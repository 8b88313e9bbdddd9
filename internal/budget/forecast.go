package budget

import (
	"maps"
	"slices"
)

// Forecast is the weight of one package before and after a plan, in bytes.
type Forecast struct {
	Root   string `json:"root"`
	Kind   string `json:"kind"`
	Before int64  `json:"before"`
	After  int64  `json:"after"`
	Limit  int64  `json:"limit"`
}

// Over reports whether the package will be too large.
func (f Forecast) Over() bool { return f.After > f.Limit }

// Passes reports whether it is the plan that makes the package too large, or one
// that was too large already even larger.
func (f Forecast) Passes() bool { return f.Over() && f.After > f.Before }

// Compare is what becomes of each package: of those that will be there, then of those
// that will be no more. A report is nil where there is no mini program.
func Compare(before, after *Report) []Forecast {
	if before == nil {
		before = &Report{}
	}
	if after == nil {
		after = &Report{}
	}
	forecasts := []Forecast{}
	for _, pkg := range after.Packages {
		f := Forecast{Root: pkg.Root, Kind: pkg.Kind, After: pkg.Bytes, Limit: pkg.Limit}
		if was := before.Find(pkg.Root); was != nil {
			f.Before = was.Bytes
		}
		forecasts = append(forecasts, f)
	}
	for _, pkg := range before.Packages {
		if after.Find(pkg.Root) == nil {
			forecasts = append(forecasts, Forecast{Root: pkg.Root, Kind: pkg.Kind, Before: pkg.Bytes, Limit: pkg.Limit})
		}
	}
	return forecasts
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
