//go:build unix

package installtest

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// action is action.yml, as far as composite actions have it.
type action struct {
	Inputs map[string]struct{ Description, Default string }
	Runs   struct {
		Using string
		Steps []struct {
			Name, If, Shell, Run, Uses string
			Env                        map[string]string
		}
	}
}

func readAction(t *testing.T) action {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "action.yml"))
	if err != nil {
		t.Fatal(err)
	}
	var a action
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a
}

var expression = regexp.MustCompile(`^\$\{\{ (inputs|github)\.([a-z_-]+) \}\}$`)

// runner does what GitHub's does of an action: defaults, conditions of the one form that
// action.yml has, the environment, and the files by which steps tell one another things.
type runner struct {
	action
	dir    string
	env    []string
	inputs map[string]string
	ref    string
}

func (r runner) value(t *testing.T, text string) string {
	t.Helper()
	m := expression.FindStringSubmatch(text)
	switch {
	case m == nil:
		t.Fatalf("%q is no expression that this runner knows", text)
	case m[1] == "github" && m[2] == "action_ref":
		return r.ref
	case m[1] == "github":
		t.Fatalf("%q is not known", text)
	}
	if given, ok := r.inputs[m[2]]; ok {
		return given
	}
	input, ok := r.Inputs[m[2]]
	if !ok {
		t.Fatalf("there is no input %s", m[2])
	}
	return input.Default
}

func (r runner) run(t *testing.T) (int, string) {
	t.Helper()
	temp := t.TempDir()
	paths := write(t, "", temp, "paths")
	for _, step := range r.Runs.Steps {
		if step.If != "" {
			name, ok := strings.CutSuffix(step.If, " == ''")
			if !ok {
				t.Fatalf("condition %q is not known", step.If)
			}
			if r.value(t, "${{ "+name+" }}") != "" {
				continue
			}
		}
		added, err := os.ReadFile(paths)
		if err != nil {
			t.Fatal(err)
		}
		path := strings.Join(append(strings.Fields(string(added)), os.Getenv("PATH")), ":")
		env := append(slices.Clone(r.env), "RUNNER_TEMP="+temp, "GITHUB_PATH="+paths, "PATH="+path)
		for name, text := range step.Env {
			env = append(env, name+"="+r.value(t, text))
		}
		script := write(t, step.Run, temp, "script.sh")
		if code, out := run(t, r.dir, env, "bash", "--noprofile", "--norc", "-eo", "pipefail", script); code != 0 || step.Name == "Check" {
			return code, out
		}
	}
	t.Fatal("there is no step Check")
	return 0, ""
}

func TestAction(t *testing.T) {
	a := readAction(t)
	for _, test := range []struct {
		name   string
		inputs map[string]string
		faults []string
		code   int
		want   []string
	}{
		{"nothing found", nil, nil, 0, nil},
		{"annotations", nil, []string{"error"}, 1, []string{"::error file=pages/user/index.js,line=1,col=9"}},
		{"warnings", nil, []string{"warning"}, 0, []string{"::warning file=pages/user/index.wxml"}},
		{"strict", map[string]string{"strict": "true"}, []string{"warning"}, 1, []string{"::warning "}},
		{"release", map[string]string{"release": "true"}, nil, 0, nil},
		{"text", map[string]string{"format": "text", "args": "--lang zh\n --quiet"}, []string{"error"}, 1, nil},
		{"further arguments", map[string]string{"format": "text", "args": " --lang  zh "}, []string{"error"}, 1, []string{"1 个错误"}},
		{"another folder", map[string]string{"dir": "no such"}, nil, 2, []string{"no such"}},
		{"no baseline", map[string]string{"baseline": "no such.json"}, nil, 2, []string{"no such.json"}},
		{"SARIF", map[string]string{"sarif-file": "check it.sarif"}, []string{"error"}, 1, []string{"::error file=pages/user/index.js"}},
		{"SARIF fails", map[string]string{"sarif-file": "no/such/folder"}, nil, 1, []string{"no/such/folder"}},
		{"no injection", map[string]string{"dir": "$(touch injected)", "args": "; touch injected `touch injected`", "baseline": `"; touch injected; "`}, nil, 2, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			inputs := map[string]string{"binary": built.binary}
			for name, value := range test.inputs {
				inputs[name] = value
			}
			dir := miniProgram(t, test.faults...)
			code, out := runner{a, dir, environment(), inputs, ""}.run(t)
			if code != test.code {
				t.Errorf("exit code %d, want %d\n%s", code, test.code, out)
			}
			for _, want := range test.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
			if len(test.want) == 0 && test.code < 2 && out != "" {
				t.Errorf("said\n%s", out)
			}
			if _, err := os.Stat(filepath.Join(dir, "injected")); err == nil {
				t.Error("an input was run")
			}
			if file := inputs["sarif-file"]; test.name == "SARIF" {
				data, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil || !strings.Contains(string(data), `"module-missing"`) {
					t.Errorf("%s: %v\n%s", file, err, data)
				}
			}
		})
	}
}

// TestActionInstalls: through npm, in the version that is asked for, that of the
// action's own tag, or else the latest.
func TestActionInstalls(t *testing.T) {
	a := readAction(t)
	for _, test := range []struct{ version, ref, asked string }{
		{"", "v" + testVersion, ""},
		{"", "main", ""},
		{testVersion, "v9.9.9", ""},
		{"", "v9.9.9", "tuikit-cli@9.9.9"},
		{"9.9.8", "main", "tuikit-cli@9.9.8"},
	} {
		t.Run(test.version+" "+test.ref, func(t *testing.T) {
			dir := miniProgram(t, "error")
			code, out := runner{a, dir, environment(), map[string]string{"version": test.version}, test.ref}.run(t)
			if test.asked != "" {
				if code == 0 || !strings.Contains(out, test.asked) {
					t.Errorf("exit code %d\n%s", code, out)
				}
				return
			}
			if code != 1 || !strings.Contains(out, "::error file=pages/user/index.js") {
				t.Errorf("exit code %d, want 1\n%s", code, out)
			}
			if entries, _ := os.ReadDir(dir); slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == "node_modules" }) {
				t.Error("the project has got a node_modules")
			}
		})
	}
}

// TestActionTakesInputsByEnvironment: an expression within a script would be replaced
// by text that somebody else has chosen, before the shell reads it.
func TestActionTakesInputsByEnvironment(t *testing.T) {
	a := readAction(t)
	used := map[string]bool{}
	for _, step := range a.Runs.Steps {
		if strings.Contains(step.Run, "${{") || step.Shell != "bash" || step.Uses != "" {
			t.Errorf("step %s has an expression in its script, or is no script of bash", step.Name)
		}
		for _, text := range step.Env {
			used[strings.TrimSuffix(strings.TrimPrefix(text, "${{ inputs."), " }}")] = true
		}
	}
	for name, input := range a.Inputs {
		if !used[name] || input.Description == "" {
			t.Errorf("input %s is not used, or not described", name)
		}
	}
}
