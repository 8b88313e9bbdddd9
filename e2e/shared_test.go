//go:build e2e

package e2e

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSharedTools has judges that are not of this repository look at the same projects,
// where they stand beside it: both must agree. Elsewhere there is nothing to compare.
func TestSharedTools(t *testing.T) {
	tools, err := filepath.Abs("../../shared/tools")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(tools); err != nil {
		t.Skip("no judges beside the repository; ours have judged alone")
	}
	for _, release := range releases {
		for _, way := range ways {
			r := recipe{version: release.version, generation: release.generation, way: way}
			t.Run(r.name(), func(t *testing.T) {
				t.Parallel()
				compareJudges(t, tools, generate(t, r))
			})
		}
	}
}

func compareJudges(t *testing.T, tools string, p project) {
	s := p.boots(p.dir)
	agree(t, "analyse", p.analysed(t), outside(t, tools, "analyse", p.dir))
	theirs := outside(t, tools, "boot", p.dir, s.Page)
	agree(t, "boot", p.booted(t), theirs)
	requireEvents(t, theirs, `["login",{"userID":"alice"`, `["component","#TUIKit","init"]`)
	if s.Home != "" {
		home := outside(t, tools, "boot", p.dir, s.Home)
		requireEvents(t, home, `["navigateTo",`)
	}
	agree(t, "compile", p.compiled(t), shared("outside "+p.digest, func() opinion { return outside(t, tools, "compile", p.dir) }))
}

// opinion is what all outside judges have in common.
type opinion struct {
	OK     bool              `json:"ok"`
	Events []json.RawMessage `json:"events"`
	raw    string
}

func outside(t *testing.T, tools, name string, args ...string) opinion {
	t.Helper()
	cmd := exec.Command(filepath.Join(tools, name), args...)
	cmd.Dir = t.TempDir()
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", name, err)
	}
	o := opinion{raw: string(out)}
	if err := json.Unmarshal(out, &o); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return o
}

func agree(t *testing.T, name string, ours verdict, theirs opinion) {
	t.Helper()
	if problems := ours.problems(); len(problems) > 0 {
		t.Errorf("%s: our judge: %s", name, strings.Join(problems, "\n"))
	}
	if !theirs.OK {
		t.Errorf("%s: the outside judge: %s", name, theirs.raw)
	}
}

// requireEvents requires that an event with each prefix was recorded.
func requireEvents(t *testing.T, o opinion, prefixes ...string) {
	t.Helper()
	for _, prefix := range prefixes {
		if !hasEvent(o, prefix) {
			t.Errorf("the outside judge saw no %s", prefix)
		}
	}
}

func hasEvent(o opinion, prefix string) bool {
	for _, event := range o.Events {
		var value any
		if json.Unmarshal(event, &value) != nil {
			continue
		}
		if compact, err := json.Marshal(value); err == nil && strings.HasPrefix(string(compact), strings.TrimSuffix(prefix, "]")) {
			return true
		}
	}
	return false
}
