//go:build unix

package devtools

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// standIn is an executable that behaves as a script says.
func standIn(t *testing.T, script string) Installation {
	t.Helper()
	name := filepath.Join(t.TempDir(), "微信 devtools", "cli")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	return Installation{name, FromFlag}
}

func TestRunPassesOn(t *testing.T) {
	var out, errs bytes.Buffer
	run := Run{Args: []string{"open", "--project", "/x y/小程序", `$HOME "&'`, ""}, Stdout: &out, Stderr: &errs}
	result, err := standIn(t, `for a; do echo "[$a]"; done; echo trouble >&2; cat; exit 255`).Start(t.Context(), run)
	if err != nil || result.Code != 255 || result.PortOff {
		t.Errorf("got %+v, %v", result, err)
	}
	if want := "[open]\n[--project]\n[/x y/小程序]\n[$HOME \"&']\n[]\n"; out.String() != want || errs.String() != "trouble\n" {
		t.Errorf("got %q and %q", out.String(), errs.String())
	}
}

func TestRunHearsThatThePortIsOff(t *testing.T) {
	for _, row := range []struct {
		script string
		want   bool
	}{
		{`echo '[error] IDE service port disabled. To use CLI Call, please enter y' >&2; exit 255`, true},
		{`echo '[error] 工具的服务端口已关闭。'; exit 255`, true},
		{`printf '#initialize-error: wait IDE'; sleep 0.2; printf ' port timeout\n'`, true},
		{`echo 'service port'; echo ' disabled' >&2`, false},
	} {
		result, err := standIn(t, row.script).Start(t.Context(), Run{Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}})
		if err != nil || result.PortOff != row.want {
			t.Errorf("%s: got %+v, %v", row.script, result, err)
		}
	}
}

func TestRunIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	var out syncBuffer
	go func() {
		for !strings.Contains(out.String(), "ready") {
			time.Sleep(10 * time.Millisecond)
		}
		cancel(enough)
	}()
	_, err := standIn(t, `trap 'echo goodbye; exit 7' INT; echo ready; while :; do sleep 0.05; done`).Start(ctx, Run{Stdout: &out, Stderr: &out})
	if !errors.Is(err, enough) || !strings.Contains(out.String(), "goodbye") {
		t.Errorf("got %v and %q", err, out.String())
	}
}

// The window of DevTools may go on with the output of the command line.
func TestRunDoesNotWaitForTheWindow(t *testing.T) {
	start := time.Now()
	result, err := standIn(t, `sleep 30 & echo opened`).Start(t.Context(), Run{Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}})
	if took := time.Since(start); err != nil || result.Code != 0 || took > 20*time.Second {
		t.Errorf("got %+v, %v after %v", result, err, took)
	}
}

func TestRunThatCannotStart(t *testing.T) {
	odd := filepath.Join(t.TempDir(), "cli")
	if err := os.WriteFile(odd, []byte("not a program"), 0o644); err != nil {
		t.Fatal(err)
	}
	for what, one := range map[string]Installation{
		"no permission":      {odd, FromFlag},
		"killed by a signal": standIn(t, `kill -9 $$`),
	} {
		var failed *StartError
		if _, err := one.Start(t.Context(), Run{Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}}); !errors.As(err, &failed) || failed.CLI != one.CLI {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

// syncBuffer may be read while it is written.
type syncBuffer struct {
	mutex sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(data []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.Write(data)
}

func (b *syncBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.String()
}
