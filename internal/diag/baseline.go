package diag

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// identity is what makes two findings the same when lines move. Not the severity:
// a rule may change its mind about that.
type identity struct {
	Rule    string `json:"rule"`
	File    string `json:"file"`
	Message string `json:"message"`
}

func identify(d Diagnostic) identity {
	// Bytes that are no UTF-8 would not survive JSON.
	return identity{valid(d.Rule), valid(d.File), valid(english(d.Message))}
}

func valid(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

func compareIdentities(a, b identity) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}

// Fingerprints returns for each finding a short hexadecimal name that stays when
// lines move: a hash of rule, file, English message, and which one of its like it
// is, in the order of d (which should be that of Sort).
func Fingerprints(d []Diagnostic) []string {
	seen := map[identity]int{}
	prints := make([]string, len(d))
	for i := range d {
		id := identify(d[i])
		seen[id]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %d", id.Rule, id.File, id.Message, seen[id]))
		prints[i] = hex.EncodeToString(sum[:16])
	}
	return prints
}

const (
	baselineVersion = 1
	baselineMost    = 1_000_000 // of one entry; more is no count of findings
)

// Baseline remembers findings, so that a project with old ones is told only of
// new ones. The zero Baseline remembers nothing.
type Baseline struct {
	counts map[identity]int
}

type baselineFile struct {
	Version int             `json:"version"`
	Entries []baselineEntry `json:"entries"`
}

type baselineEntry struct {
	identity
	Count int `json:"count"`
}

// BaselineError means that a file is not a baseline, or a broken one.
type BaselineError struct {
	Err error
}

func (e *BaselineError) Error() string { return "not a baseline: " + e.Err.Error() }
func (e *BaselineError) Unwrap() error { return e.Err }

// NewerBaselineError means that a later version of this program wrote the file.
type NewerBaselineError struct {
	Version int
}

func (e *NewerBaselineError) Error() string {
	return fmt.Sprintf("baseline has version %d, and this program knows up to %d", e.Version, baselineVersion)
}

// NewBaseline remembers d.
func NewBaseline(d []Diagnostic) Baseline {
	b := Baseline{map[identity]int{}}
	for i := range d {
		b.counts[identify(d[i])]++
	}
	return b
}

// ReadBaseline reads what Encode wrote. Entries that a merge of branches has
// doubled are added up. The error is a *BaselineError or a *NewerBaselineError.
func ReadBaseline(data []byte) (Baseline, error) {
	// The version comes first: a later one may have another shape.
	var head struct {
		Version int             `json:"version"`
		Entries json.RawMessage `json:"entries"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return Baseline{}, &BaselineError{err}
	}
	if head.Version > baselineVersion {
		return Baseline{}, &NewerBaselineError{head.Version}
	}
	if head.Version < 1 || head.Entries == nil {
		return Baseline{}, &BaselineError{errors.New("version or entries missing")}
	}
	var entries []baselineEntry
	if err := json.Unmarshal(head.Entries, &entries); err != nil {
		return Baseline{}, &BaselineError{err}
	}
	return newBaseline(entries)
}

func newBaseline(entries []baselineEntry) (Baseline, error) {
	b := Baseline{map[identity]int{}}
	for i, entry := range entries {
		if entry.Rule == "" || entry.Count < 1 || entry.Count > baselineMost {
			return Baseline{}, &BaselineError{fmt.Errorf("entry %d needs a rule and a count from 1 to %d", i+1, baselineMost)}
		}
		b.counts[entry.identity] += entry.Count
	}
	return b, nil
}

// Encode returns the baseline as a JSON file that reads and merges well: one entry
// a kind of finding, in order. Equal baselines have equal bytes.
func (b Baseline) Encode() ([]byte, error) {
	file := baselineFile{baselineVersion, []baselineEntry{}}
	for _, id := range slices.SortedFunc(maps.Keys(b.counts), compareIdentities) {
		file.Entries = append(file.Entries, baselineEntry{id, b.counts[id]})
	}
	var out bytes.Buffer
	if err := encode(&out, file); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Filter tells what is new from what is known. fresh is d without what b
// remembers, as often as b remembers it; known is how many that leaves out, and
// stale how many b remembers that are there no more.
func (b Baseline) Filter(d []Diagnostic) (fresh []Diagnostic, known, stale int) {
	left := maps.Clone(b.counts)
	for i := range d {
		id := identify(d[i])
		if left[id] == 0 {
			fresh = append(fresh, d[i])
			continue
		}
		left[id]--
		known++
	}
	for _, n := range left {
		stale += n
	}
	return fresh, known, stale
}
