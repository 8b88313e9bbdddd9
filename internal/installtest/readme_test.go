//go:build unix

package installtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// TestPageUsesTheActionAsItIs: the examples in both languages give the action inputs
// that it has, and name the hook that there is. The READMEs have one without inputs.
func TestPageUsesTheActionAsItIs(t *testing.T) {
	a := readAction(t)
	var hooks []struct{ ID string }
	data, err := os.ReadFile(filepath.Join(root, ".pre-commit-hooks.yaml"))
	if err != nil || yaml.Unmarshal(data, &hooks) != nil || len(hooks) != 1 {
		t.Fatalf(".pre-commit-hooks.yaml: %v, %v", hooks, err)
	}
	for _, name := range []string{"docs/ci.md", "docs/ci.zh-CN.md"} {
		page, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		uses, hooked := 0, 0
		for _, block := range yamlBlock.FindAllStringSubmatch(string(page), -1) {
			var example struct {
				Steps []struct {
					Uses string
					With map[string]any
				}
				Repos []struct{ Hooks []struct{ ID string } }
			}
			if err := yaml.Unmarshal([]byte(block[1]), &example); err != nil {
				continue // a list of steps
			}
			for _, step := range example.Steps {
				if !strings.HasPrefix(step.Uses, "tuikit-cli/tuikit-cli@v") {
					continue
				}
				uses++
				for input := range step.With {
					if _, ok := a.Inputs[input]; !ok {
						t.Errorf("%s: the action has no input %s", name, input)
					}
				}
			}
			for _, repo := range example.Repos {
				if hooked++; len(repo.Hooks) != 1 || repo.Hooks[0].ID != hooks[0].ID {
					t.Errorf("%s: hooks %v, want %v", name, repo.Hooks, hooks)
				}
			}
		}
		if uses != 2 || hooked != 2 {
			t.Errorf("%s: %d examples of the action, %d of the hook; want 2 of each", name, uses, hooked)
		}
		for input := range a.Inputs {
			if !strings.Contains(string(page), "`"+input+"`") {
				t.Errorf("%s does not name the input %s", name, input)
			}
		}
	}
	for _, name := range []string{"README.md", "README.zh-CN.md"} {
		readme, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || !strings.Contains(string(readme), "\n- uses: tuikit-cli/tuikit-cli@v") {
			t.Errorf("%s does not use the action (%v)", name, err)
		}
	}
}
