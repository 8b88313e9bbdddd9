package diag

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFingerprints(t *testing.T) {
	d := []Diagnostic{at("a.js", 1, 1, "r", "m"), at("a.js", 2, 1, "r", "m"), at("a.js", 2, 1, "r", "n"), at("b.js", 2, 1, "r", "m"), at("a.js", 2, 1, "s", "m")}
	before := Fingerprints(d)
	seen := map[string]bool{}
	for _, fingerprint := range before {
		if len(fingerprint) != 32 || seen[fingerprint] {
			t.Errorf("%q is too short or there twice", fingerprint)
		}
		seen[fingerprint] = true
	}
	for i := range d {
		d[i].Line += 40
		d[i].Column += 3
		d[i].Severity = Warning
		d[i].Hint = say("another hint")
	}
	if diff := cmp.Diff(before, Fingerprints(d)); diff != "" {
		t.Error("they moved with their lines:", diff)
	}
	// The fields must not run into each other.
	a, b := Fingerprints([]Diagnostic{at("a", 1, 1, "r", "b c")}), Fingerprints([]Diagnostic{at("a b", 1, 1, "r", "c")})
	if a[0] == b[0] {
		t.Error("two findings with one fingerprint")
	}
}

func TestFingerprintsStayTheSame(t *testing.T) {
	// Code hosts keep them: whoever changes what is hashed changes fingerprintName.
	got := Fingerprints([]Diagnostic{at("pages/a.js", 1, 1, "module-missing", `"x" is not there`)})[0]
	if want := "6f376709974851d94d4a96faa08dfd7a"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

const baselineText = `{
  "version": 1,
  "entries": [
    {
      "rule": "r",
      "file": "",
      "message": "project",
      "count": 1
    },
    {
      "rule": "r",
      "file": "a.js",
      "message": "<m>",
      "count": 2
    },
    {
      "rule": "s",
      "file": "a.js",
      "message": "m",
      "count": 1
    }
  ]
}
`

func TestBaselineEncode(t *testing.T) {
	d := []Diagnostic{at("a.js", 9, 1, "s", "m"), at("a.js", 1, 1, "r", "<m>"), at("", 0, 0, "r", "project"), at("a.js", 3, 1, "r", "<m>")}
	for range 5 { // maps have no order
		if diff := cmp.Diff(baselineText, encodeBaseline(t, NewBaseline(d))); diff != "" {
			t.Fatal(diff)
		}
	}
	if got, want := encodeBaseline(t, Baseline{}), "{\n  \"version\": 1,\n  \"entries\": []\n}\n"; got != want {
		t.Errorf("got %q", got)
	}
}

func encodeBaseline(t *testing.T, b Baseline) string {
	t.Helper()
	data, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestBaselineFilter(t *testing.T) {
	b, err := ReadBaseline([]byte(baselineText))
	if err != nil {
		t.Fatal(err)
	}
	moved := at("a.js", 70, 5, "r", "<m>")
	moved.Severity = Warning
	for _, c := range []struct {
		name         string
		given, fresh []Diagnostic
		known, stale int
	}{
		{"nothing", nil, nil, 0, 4},
		{"moved", []Diagnostic{moved}, nil, 1, 3},
		{"one more", []Diagnostic{moved, moved, at("a.js", 80, 1, "r", "<m>")}, []Diagnostic{at("a.js", 80, 1, "r", "<m>")}, 2, 2},
		{"other", []Diagnostic{at("b.js", 1, 1, "r", "<m>"), at("a.js", 9, 1, "s", "m")}, []Diagnostic{at("b.js", 1, 1, "r", "<m>")}, 1, 3},
	} {
		for range 2 { // Filter must not use the baseline up
			fresh, known, stale := b.Filter(c.given)
			if diff := cmp.Diff(c.fresh, fresh); diff != "" || known != c.known || stale != c.stale {
				t.Errorf("%s: known %d, stale %d, want %d and %d; fresh %s", c.name, known, stale, c.known, c.stale, diff)
			}
		}
	}
	if fresh, known, stale := (Baseline{}).Filter([]Diagnostic{moved}); len(fresh) != 1 || known != 0 || stale != 0 {
		t.Errorf("the zero baseline: %v, %d, %d", fresh, known, stale)
	}
}

// TestBaselineKnowsWhatIsNoUTF8: bytes that JSON cannot hold are still recognised.
func TestBaselineKnowsWhatIsNoUTF8(t *testing.T) {
	d := []Diagnostic{at("a\xff\xfe.js", 1, 1, "r", "m\xc3(")}
	b, err := ReadBaseline([]byte(encodeBaseline(t, NewBaseline(d))))
	if err != nil {
		t.Fatal(err)
	}
	if fresh, known, stale := b.Filter(d); len(fresh) != 0 || known != 1 || stale != 0 {
		t.Errorf("%v, %d, %d", fresh, known, stale)
	}
}

func TestReadBaselineErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "not a baseline: unexpected end of JSON input",
		"[]":                           "not a baseline: json",
		"{}":                           "not a baseline: version or entries missing",
		`{"version":1}`:                "not a baseline: version or entries missing",
		`{"version":0,"entries":[]}`:   "not a baseline: version or entries missing",
		`{"version":1,"entries":[]} x`: "not a baseline: invalid character",
		`{"version":1,"entries":{}}`:   "not a baseline: json",
		`{"version":1,"entries":[{"rule":"r","count":0}]}`:       "not a baseline: entry 1 needs",
		`{"version":1,"entries":[{"rule":"r","count":1000001}]}`: "not a baseline: entry 1 needs",
		`{"version":1,"entries":[{"file":"a","count":1}]}`:       "not a baseline: entry 1 needs",
	} {
		_, err := ReadBaseline([]byte(text))
		var broken *BaselineError
		if !errors.As(err, &broken) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	_, err := ReadBaseline([]byte(`{"version":2,"entries":"of another shape"}`))
	var newer *NewerBaselineError
	if !errors.As(err, &newer) || newer.Version != 2 {
		t.Errorf("a newer one: %v", err)
	}
}

func TestReadBaselineAddsUpDoubledEntries(t *testing.T) {
	entry := `{"rule":"r","file":"a.js","message":"m","count":1}`
	b, err := ReadBaseline([]byte(`{"version":1,"entries":[` + entry + "," + entry + "]}"))
	if err != nil {
		t.Fatal(err)
	}
	d := at("a.js", 1, 1, "r", "m")
	if _, known, stale := b.Filter([]Diagnostic{d, d}); known != 2 || stale != 0 {
		t.Errorf("known %d, stale %d", known, stale)
	}
}

// FuzzReadBaseline: what is read is written and read again as the same.
func FuzzReadBaseline(f *testing.F) {
	f.Add([]byte(baselineText))
	f.Add([]byte(`{"version":2}`))
	f.Add([]byte(`{"version":1,"entries":[{"rule":"\ud800","count":9}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ReadBaseline(data)
		if err != nil {
			var broken *BaselineError
			var newer *NewerBaselineError
			if !errors.As(err, &broken) && !errors.As(err, &newer) {
				t.Fatalf("an error of type %T", err)
			}
			return
		}
		first := encodeBaseline(t, b)
		again, err := ReadBaseline([]byte(first))
		if err != nil {
			t.Fatalf("%v\n%s", err, first)
		}
		if second := encodeBaseline(t, again); second != first {
			t.Fatalf("%s\nbecame\n%s", first, second)
		}
		if _, known, stale := b.Filter(nil); known != 0 || stale < 0 {
			t.Fatalf("known %d, stale %d", known, stale)
		}
	})
}
