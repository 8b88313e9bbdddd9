//go:build unix

package main

import (
	"strings"
	"testing"
)

// TestSignAsks: what no flag says is asked for; the SecretKey is at no time on the screen.
func TestSignAsks(t *testing.T) {
	t.Parallel()
	term := start(t, t.TempDir(), nil, "usersig", "sign", "--expire", "60")
	term.answer("SDKAppID", "1400000000"+enter)
	term.answer("userID", "alice"+enter)
	term.answer("SecretKey (not shown)", testSecret+enter)
	term.expect("userID: alice")
	term.expect("eJ")
	term.wantExit(exitDone)
	if strings.Contains(term.plain(), testSecret) {
		t.Errorf("the SecretKey is on the screen:\n%s", term.plain())
	}
}

func TestSignIsInterrupted(t *testing.T) {
	t.Parallel()
	term := start(t, t.TempDir(), nil, "usersig", "sign", "alice", "--sdkappid", "1400000000")
	term.answer("SecretKey (not shown)", testSecret, ctrlC)
	term.wantExit(exitInterrupted)
	if strings.Contains(term.plain(), testSecret) {
		t.Errorf("the SecretKey is on the screen:\n%s", term.plain())
	}
}

// TestServeOnATerminal: Ctrl-C is how a server ends when all is well.
func TestServeOnATerminal(t *testing.T) {
	t.Parallel()
	term := start(t, t.TempDir(), []string{"TUIKIT_SECRETKEY=" + testSecret}, "usersig", "serve", "--sdkappid", "1400000000", "--port", "0")
	term.answer("Ctrl-C stops it.", ctrlC)
	term.expect("stopped.")
	term.wantExit(exitDone)
	if !strings.Contains(term.plain(), "userSigURL: 'http://127.0.0.1:") {
		t.Errorf("it does not say what to do:\n%s", term.plain())
	}
}
