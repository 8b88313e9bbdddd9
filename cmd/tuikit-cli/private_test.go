//go:build linux

package main

import (
	"testing"

	"golang.org/x/sys/unix"
)

// TestTheKeyIsNotLeftInTheProcess: what the program was started with stays readable
// in /proc whatever is taken out of the environment, and core files have all of it.
func TestTheKeyIsNotLeftInTheProcess(t *testing.T) {
	for key, want := range map[string]int{"": 1, "sesame": 0} {
		t.Setenv(secretKeyEnv, key)
		if got := ownVariables()(secretKeyEnv); got != key {
			t.Errorf("got the key %q, want %q", got, key)
		}
		got, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
		if err != nil || got != want {
			t.Errorf("with the key %q: others may look at the process: %d, %v", key, got, err)
		}
		if err := unix.Prctl(unix.PR_SET_DUMPABLE, 1, 0, 0, 0); err != nil {
			t.Fatal(err)
		}
	}
}
