//go:build e2e

package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// deviations are the mutations on which check and the judges rightly differ, with the reason.
var deviations = map[string]string{
	"b24-handler-missing":          "a handler may come from a behavior or be put there at run time; check does not follow methods",
	"e50-ignored-by-upload-filter": "no one but the run knows what a computed name is",
	"g04-config-missing":           "DevTools is shown the folder of app.json; check finds it by itself, and nothing else is wrong",
	"g25-less-error":               "check reads no Less, but for its imports",
	"g26-sass-error":               "check reads no Sass, but for its imports",
}

// The verdicts on a project.
const (
	rejected = "rejected" // it does not compile, or it fails when it runs
	degraded = "degraded" // it runs, and something of it is not there
	accepted = "accepted"
)

// trial is what WeChat's tools and a run make of one project.
type trial struct {
	Verdict    string   `json:"verdict"`
	Compiler   string   `json:"compiler,omitempty"`
	WXML       string   `json:"wxml,omitempty"`
	WXSS       string   `json:"wxss,omitempty"`
	Unresolved []string `json:"unresolved,omitempty"` // says the dependency analyser
	Failures   []string `json:"failures,omitempty"`   // of the run
	Warnings   []string `json:"warnings,omitempty"`   // of the run
	Documented string   `json:"documented,omitempty"`
	Seconds    float64  `json:"seconds"`
}

// sumUp says what the judges come to. The analyser alone rejects nothing: what it cannot
// resolve fails only when something asks for it, and that the run tells.
func (v trial) sumUp() string {
	switch {
	case v.Compiler != "" || v.WXML != "" || v.WXSS != "" || len(v.Failures) > 0 || v.Documented != "":
		return rejected
	case len(v.Unresolved) > 0 || len(v.Warnings) > 0:
		return degraded
	default:
		return accepted
	}
}

func (v trial) String() string {
	data, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// court has the projects and the verdicts on them.
type court struct {
	dir    string // a project in each folder
	trials map[string]trial
}

// newCourt has the judges judge testdata/faults ("base") and every mutation of it, once.
// E2E_TRIALS names a folder in which the projects and the verdicts are left to look at.
func newCourt(t *testing.T) court {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("wcc and wcsc are Linux programs")
	}
	return shared("court", func() court {
		c := court{filepath.Join(work, "faults"), map[string]trial{}}
		keep := os.Getenv("E2E_TRIALS")
		if keep != "" {
			c.dir = filepath.Join(keep, "faults")
		}
		c.hear(t, c.summon(t))
		if keep != "" {
			writeFiles(t, keep, map[string]string{"e2e-verdicts.json": c.record(t)})
		}
		return c
	})
}

// docket lists what is to be judged.
func docket() []mutation {
	return slices.Concat([]mutation{{name: "base"}}, faults(), oddities)
}

// summon writes the projects. Each is another one: judging the same twice proves nothing.
func (c court) summon(t *testing.T) []mutation {
	t.Helper()
	base, seen := baseProject(t), map[string]string{}
	for _, m := range docket() {
		f := m.of(t, base)
		f.write(t, filepath.Join(c.dir, m.name))
		digest := f.digest()
		if twin, ok := seen[digest]; ok {
			t.Fatalf("%s and %s are the same project", m.name, twin)
		}
		seen[digest] = m.name
	}
	return docket()
}

// hear has all judges judge: WeChat's tools in one process, the run in another.
func (c court) hear(t *testing.T, mutations []mutation) {
	t.Helper()
	list := c.list(t, mutations)
	var tools, runs struct {
		Verdicts map[string]trial `json:"verdicts"`
	}
	judge(t, &tools, "verdicts.cjs", list)
	judge(t, &runs, "verdicts.mjs", list)
	for _, m := range mutations {
		v, ok := tools.Verdicts[m.name]
		if !ok {
			t.Fatalf("no verdict on %s", m.name)
		}
		v.Failures, v.Warnings = runs.Verdicts[m.name].Failures, runs.Verdicts[m.name].Warnings
		v.Documented = m.documented
		v.Verdict = v.sumUp()
		c.trials[m.name] = v
	}
}

// list writes the list of projects that both judging programs read.
func (c court) list(t *testing.T, mutations []mutation) string {
	t.Helper()
	type project struct {
		Name string `json:"name"`
		Dir  string `json:"dir"`
	}
	var list struct {
		Out      string    `json:"out"`
		Projects []project `json:"projects"`
	}
	list.Out = filepath.Join(t.TempDir(), "compiled")
	for _, m := range mutations {
		list.Projects = append(list.Projects, project{m.name, filepath.Join(c.dir, m.name)})
	}
	data, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	writeFiles(t, dir, map[string]string{"list.json": string(data)})
	return filepath.Join(dir, "list.json")
}

func (c court) record(t *testing.T) string {
	t.Helper()
	data, err := json.MarshalIndent(c.trials, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

// TestVerdicts holds the judges to what is known: they accept the base project and reject
// none of the oddities.
func TestVerdicts(t *testing.T) {
	c := newCourt(t)
	if v := c.trials["base"]; v.Verdict != accepted {
		t.Errorf("the base project: %s", v)
	}
	for _, m := range oddities {
		if v := c.trials[m.name]; v.Verdict == rejected {
			t.Errorf("%s: %s", m.name, v)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.trials)) {
		t.Logf("%-50s %s", name, c.trials[name].Verdict)
	}
}

// TestCheckAgainstWeChat has check say of each project what WeChat's own tools say of it.
func TestCheckAgainstWeChat(t *testing.T) {
	c := newCourt(t)
	t.Run("base", func(t *testing.T) {
		if got := check(t, filepath.Join(c.dir, "base")); len(got.Diagnostics) > 0 {
			t.Errorf("check says of a sound project:\n%s", got)
		}
	})
	odd := map[string]bool{}
	for _, m := range oddities {
		odd[m.name] = true
	}
	for _, m := range docket()[1:] {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			v := c.trials[m.name]
			got := check(t, filepath.Join(c.dir, m.name))
			settle(t, m.name, got.contradicts(v, odd[m.name]), v, got)
		})
	}
}

// settle holds a contradiction against the list of those that are right.
func settle(t *testing.T, name, contradiction string, v trial, got checked) {
	t.Helper()
	reason, known := deviations[name]
	switch {
	case contradiction == "" && known:
		t.Errorf("check and the judges agree, so this is no deviation: %s", reason)
	case contradiction != "" && !known:
		t.Errorf("%s\nThe judges: %s\nCheck:\n%s", contradiction, v, got)
	}
}

// checked is what check prints.
type checked struct {
	Version int `json:"version"`
	Summary struct {
		Errors   int `json:"errors"`
		Warnings int `json:"warnings"`
	} `json:"summary"`
	Diagnostics []finding `json:"diagnostics"`
}

type finding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Message  string `json:"message"`
}

// contradicts says how check and a verdict do not go together: "" if they do. What is missing
// from the picture deserves a word, loud or low; in an oddity, which is meant to be so, no error.
func (c checked) contradicts(v trial, odd bool) string {
	switch {
	case v.Verdict == rejected && c.Summary.Errors == 0:
		return "check lets pass what WeChat rejects."
	case (v.Verdict == accepted || odd) && c.Summary.Errors > 0:
		return "check rejects what WeChat accepts."
	case v.Verdict == degraded && !odd && len(c.Diagnostics) == 0:
		return "check says nothing of what is missing."
	}
	return ""
}

func (c checked) String() string {
	lines := []string{"nothing"}
	for i, d := range c.Diagnostics {
		lines = append(lines[:i], fmt.Sprintf("%s:%d %s %s: %s", d.File, d.Line, d.Severity, d.Rule, d.Message))
	}
	return strings.Join(lines, "\n")
}

// check runs the command as a script would; its exit code has to go with what it prints.
func check(t *testing.T, dir string, flags ...string) checked {
	t.Helper()
	cmd := exec.Command(binary, append([]string{"check", dir, "--format", "json"}, flags...)...)
	cmd.Dir, cmd.Env = work, environ()
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	var c checked
	if err := json.Unmarshal(out, &c); err != nil {
		t.Fatalf("check prints no report: %v\n%s\n%s", err, out, stderr.String())
	}
	serious := c.Summary.Errors
	if slices.Contains(flags, "--strict") {
		serious += c.Summary.Warnings
	}
	if want := min(serious, 1); cmd.ProcessState.ExitCode() != want {
		t.Errorf("exit code %d with %d errors and %d warnings", cmd.ProcessState.ExitCode(), c.Summary.Errors, c.Summary.Warnings)
	}
	return c
}
