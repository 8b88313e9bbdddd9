package devtools

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Run is one run of the command line of DevTools.
type Run struct {
	Args   []string  // without a shell in between
	Stdout io.Writer // get its output as it comes
	Stderr io.Writer
}

// Result is how a run ended.
type Result struct {
	Code    int  // DevTools' own exit code: 0, or -1 for an error (cli.html), which Unix shows as 255
	PortOff bool // its output says that the service port is off, or does not answer
}

// StartError: the command line is there, and did not run to its end.
type StartError struct {
	CLI string
	Err error
}

func (e *StartError) Error() string { return fmt.Sprintf("%s: %v", e.CLI, e.Err) }

func (e *StartError) Unwrap() error { return e.Err }

// patience is how long a process that was asked to end, or one that has ended and left
// its output to a child, is waited for. The window of DevTools may hold on to the output
// for hours.
const patience = 3 * time.Second

// Start runs the command line and waits for its end. A context that ends interrupts it
// and is the error then; anything but an exit code is a *StartError.
//
// DevTools gets nothing to read: the one thing that its command line asks is whether to
// switch the service port on, which is a setting of the user's.
func (i Installation) Start(ctx context.Context, run Run) (Result, error) {
	command, err := i.command(ctx, run.Args)
	if err != nil {
		return Result{}, &StartError{i.CLI, err}
	}
	heard := &ear{}
	command.WaitDelay = patience
	command.Stdout, command.Stderr = io.MultiWriter(run.Stdout, heard.stream()), io.MultiWriter(run.Stderr, heard.stream())
	err = command.Run()
	result := Result{PortOff: heard.portOff()}
	if cause := context.Cause(ctx); cause != nil {
		return result, cause
	}
	var exit *exec.ExitError
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay):
		return result, nil
	case errors.As(err, &exit) && exit.Exited():
		result.Code = exit.ExitCode()
		return result, nil
	}
	return result, &StartError{i.CLI, err}
}

// ear listens to what DevTools says on both streams, of which it keeps the end.
type ear struct {
	mutex   sync.Mutex
	streams []*stream
	off     bool
}

type stream struct {
	ear  *ear
	tail string
}

func (e *ear) stream() io.Writer {
	s := &stream{ear: e}
	e.streams = append(e.streams, s)
	return s
}

// portOff are words of the command line, of version 1.06 and 2.01, as in
// github.com/msojocs/wechat-web-devtools-linux/issues/167 and
// github.com/weapp-vite/weapp-vite/issues/149; both languages come at once.
var portOff = []string{"IDE service port disabled", "服务端口已关闭", "wait IDE port timeout"}

const longestWord = 64 // bytes, more than any of portOff

func (s *stream) Write(data []byte) (int, error) {
	s.ear.mutex.Lock()
	defer s.ear.mutex.Unlock()
	text := s.tail + string(data)
	for _, words := range portOff {
		s.ear.off = s.ear.off || strings.Contains(text, words)
	}
	s.tail = text[max(0, len(text)-longestWord):]
	return len(data), nil
}

func (e *ear) portOff() bool {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	return e.off
}
