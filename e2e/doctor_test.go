//go:build e2e

package e2e

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestDoctor has doctor look at what init has just made on this machine with the real npm and
// its registry: nothing of that may need mending, but for the SecretKey that is filled in.
func TestDoctor(t *testing.T) {
	for i, release := range releases {
		r := recipe{version: release.version, generation: release.generation, way: ways[i]}
		t.Run(r.name(), func(t *testing.T) { t.Parallel(); requireHealthy(t, r, "check") })
	}
	r := recipe{version: "2.4.5", generation: "chat", way: "isolated", usersig: "server"}
	t.Run(r.name(), func(t *testing.T) { t.Parallel(); requireHealthy(t, r) })
}

// elsewhere are the findings that a machine without the project has, too.
var elsewhere = []string{"node", "npm", "git", "devtools", "service-port"}

// requireHealthy requires no errors, and warnings only by these IDs.
func requireHealthy(t *testing.T, r recipe, warnings ...string) {
	t.Helper()
	dir := generate(t, r).dir
	before := tree(t, dir)
	out, err := tuikit(r, "doctor", dir, "--format", "json")
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Checks []struct {
			ID, Level, Message string
			Next               []string
		}
	}
	if err := json.Unmarshal([]byte(out), &said); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var got []string
	for _, c := range said.Checks {
		if c.Level != "ok" && len(c.Next) == 0 {
			t.Errorf("%s (%s) has no next step", c.ID, c.Message)
		}
		if c.Level == "warning" && !slices.Contains(elsewhere, c.ID) {
			got = append(got, c.ID)
		}
	}
	if len(said.Checks) < 15 || !slices.Equal(got, warnings) {
		t.Errorf("warnings %q, not %q:\n%s", got, warnings, out)
	}
	for _, d := range differences(before, tree(t, dir)) {
		t.Errorf("doctor has changed the project: %s", d)
	}
}
