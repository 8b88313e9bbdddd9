package crash

import (
	"errors"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	failed := errors.New("failed")
	if err := Run(func() error { return failed }); err != failed {
		t.Errorf("got %v, want the error of the work", err)
	}
	for name, work := range map[string]func() error{
		"a value":       func() error { panic("broken") },
		"an error":      func() error { panic(failed) },
		"nil":           func() error { panic(nil) },
		"the runtime's": func() error { var none []int; return errors.New(string(rune(none[len(none)]))) },
	} {
		var caught *Error
		if err := Guarded(work)(); !errors.As(err, &caught) {
			t.Errorf("%s: got %v, want a caught panic", name, err)
		} else if !strings.Contains(caught.Stack, "crash_test.go") || !strings.HasPrefix(caught.Error(), "internal error: ") {
			t.Errorf("%s: %q, with the stack\n%s", name, caught, caught.Stack)
		}
	}
}
