//go:build e2e

package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// limit is what WeChat takes per package: 2 MiB.
const limit = 2 << 20

// compiled is what judge/compile.cjs prints.
type compiled struct {
	OK       bool             `json:"ok"`
	Error    string           `json:"error"`
	Seconds  float64          `json:"seconds"`
	Files    int              `json:"files"`
	Packages map[string]int64 `json:"packages"`
}

// analysed is what judge/analyse.cjs prints.
type analysed struct {
	OK         bool     `json:"ok"`
	Unresolved []string `json:"unresolved"`
	Boundaries []string `json:"boundaries"`
	Modules    int      `json:"modules"`
	WXML       string   `json:"wxml"`
	WXSS       string   `json:"wxss"`
}

// booted is what judge/boot.mjs prints.
type booted struct {
	OK        bool `json:"ok"`
	Scenarios []struct {
		Name     string   `json:"name"`
		OK       bool     `json:"ok"`
		Failures []string `json:"failures"`
		Events   []string `json:"events"`
	} `json:"scenarios"`
}

// spec is what judge/boot.mjs reads.
type spec struct {
	Root       string `json:"root"`
	Mode       string `json:"mode"`
	Generation string `json:"generation,omitempty"`
	Page       string `json:"page"`
	Home       string `json:"home,omitempty"`
	Session    string `json:"session,omitempty"` // "" for the usual one
	SDKAppID   int    `json:"sdkAppID,omitempty"`
	UserID     string `json:"userID,omitempty"`
	Key        string `json:"key,omitempty"`
	Server     string `json:"server,omitempty"` // whose answers are real
	Compiled   bool   `json:"compiled,omitempty"`
	Patience   int    `json:"patience,omitempty"` // milliseconds
}

func compile(t *testing.T, project, out string) compiled {
	t.Helper()
	var result compiled
	args := []string{project, "--limit", fmt.Sprint(limit)}
	if out != "" {
		args = append(args, "--out", out)
	}
	judge(t, &result, "compile.cjs", args...)
	return result
}

func analyse(t *testing.T, project string) analysed {
	t.Helper()
	var result analysed
	judge(t, &result, "analyse.cjs", project)
	return result
}

func boot(t *testing.T, s spec) booted {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "spec.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	var result booted
	judge(t, &result, "boot.mjs", file)
	return result
}

var verdicts sync.Map // key -> func() any

// shared gives the verdict of that key, which is reached once: compiling takes its time.
func shared[V any](key string, reach func() V) V {
	once, _ := verdicts.LoadOrStore(key, sync.OnceValue(func() any { return reach() }))
	v, _ := once.(func() any)().(V)
	return v
}

// judge runs one judge and reads its verdict. A judge that dies has not judged.
func judge(t *testing.T, result any, name string, args ...string) {
	t.Helper()
	if err := watchSources(); err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs(filepath.Join("judge", name))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", append([]string{script}, args...)...)
	cmd.Dir = t.TempDir()
	cmd.Env = append(environ(), "JUDGE_MODULES="+modules)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", name, err)
	}
	if err := json.Unmarshal(out, result); err != nil {
		t.Fatalf("%s: no verdict: %v\n%s\n%s", name, err, out, stderr.String())
	}
}

// problems lists what a verdict complains of; empty means that it is a pass.
func (c compiled) problems() []string {
	if c.OK {
		return nil
	}
	return []string{"compile: " + c.Error}
}

func (a analysed) problems() []string {
	if a.OK {
		return nil
	}
	all := append(append([]string{}, a.Unresolved...), a.Boundaries...)
	for _, s := range []string{a.WXML, a.WXSS} {
		if s != "" {
			all = append(all, s)
		}
	}
	return append(all, fmt.Sprintf("analyse: %d modules", a.Modules))
}

func (b booted) problems() []string {
	if b.OK {
		return nil
	}
	all := []string{fmt.Sprintf("boot: %d scenarios", len(b.Scenarios))}
	for _, s := range b.Scenarios {
		for _, f := range s.Failures {
			all = append(all, s.Name+": "+f)
		}
	}
	return all
}

type verdict interface{ problems() []string }

// require fails the test with everything that the judge found.
func require(t *testing.T, v verdict) {
	t.Helper()
	if p := v.problems(); len(p) > 0 {
		t.Errorf("%s", strings.Join(p, "\n"))
	}
}
