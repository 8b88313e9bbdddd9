//go:build e2e

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestOddProjects runs the scripts of odd projects once more, this time with WeChat's
// compiler, which has to accept what the program makes of each of them.
func TestOddProjects(t *testing.T) {
	if err := watchSources(); err != nil {
		t.Fatal(err)
	}
	compiler, err := filepath.Abs(filepath.Join("judge", "compile.cjs"))
	if err != nil {
		t.Fatal(err)
	}
	// The compiler mostly waits: more at once than there are cores.
	command := exec.Command("go", "test", "../cmd/tuikit-cli", "-count=1", "-timeout=30m", "-v", "-parallel=6", "-run", "^TestScript$/^odd-")
	command.Env = append(os.Environ(), "TUIKIT_TEST_COMPILER="+compiler, "JUDGE_MODULES="+modules)
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if passed := strings.Count(string(out), "--- PASS: TestScript/odd-"); passed < 30 {
		t.Errorf("only %d odd projects", passed)
	}
}
