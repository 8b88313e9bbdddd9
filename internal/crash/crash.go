// Package crash turns a panic into an error, so that a fault of the program is told to
// its user like any other failure. A goroutine has to do that itself: nobody else can
// catch its panic.
package crash

import (
	"fmt"
	"runtime/debug"
)

// Error is a panic that was caught: a fault of the program, not of what it was given.
type Error struct {
	Value any    // what panic was called with
	Stack string // of the goroutine, at the panic
}

func (e *Error) Error() string { return fmt.Sprint("internal error: ", e.Value) }

// Run does work. A panic in it comes back as an *Error.
func Run(work func() error) (err error) {
	defer func() {
		switch value := recover().(type) {
		case nil:
		case *Error: // of a goroutine, passed on
			err = value
		default:
			err = &Error{value, string(debug.Stack())}
		}
	}()
	return work()
}

// Guarded is work for a goroutine of its own: see Run.
func Guarded(work func() error) func() error {
	return func() error { return Run(work) }
}
