//go:build unix

package main

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// shownBy is what work of that length leaves on a terminal's stderr, or in a pipe.
func shownBy(t *testing.T, piped bool, took time.Duration, kind string, set func(*ui)) string {
	t.Helper()
	screen, line, err := pty.Open()
	if piped {
		screen, line, err = os.Pipe()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer screen.Close()
	var shown bytes.Buffer
	var reading sync.WaitGroup
	reading.Go(func() {
		buffer := make([]byte, 1024)
		for {
			n, err := screen.Read(buffer)
			shown.Write(buffer[:n])
			if err != nil {
				return
			}
		}
	})
	u := screenFor()
	u.stdout, u.stderr, u.lang, u.now = line, line, msg.English, time.Now
	u.getenv = func(name string) string { return map[string]string{"TERM": kind}[name] }
	set(u)
	done := u.progress("progress.fetch", "Spec", "\x1b[2J2.4.5")
	time.Sleep(took)
	done()
	u.warn("end")
	if err := line.Close(); err != nil {
		t.Fatal(err)
	}
	reading.Wait()
	return shown.String()
}

func TestProgress(t *testing.T) {
	t.Parallel()
	const moment, while = 10 * time.Millisecond, 1500 * time.Millisecond
	text := `npm installs the UIKit (\x1b[2J2.4.5) …`
	for _, test := range []struct {
		name  string
		piped bool
		took  time.Duration
		kind  string
		set   func(*ui)
		want  string // "" for a moving line
	}{
		{"moving", false, while, "xterm", func(*ui) {}, ""},
		{"a moment", false, moment, "xterm", func(*ui) {}, "end\r\n"},
		{"in a pipe", true, while, "xterm", func(*ui) {}, "end\n"},
		{"quiet", false, while, "xterm", func(u *ui) { u.quiet = true }, "end\r\n"},
		{"verbose", false, moment, "xterm", func(u *ui) { u.verbose = true }, text + "\r\nend\r\n"},
		{"verbose in a pipe", true, moment, "xterm", func(u *ui) { u.verbose = true }, text + "\nend\n"},
		{"on paper", false, while, "dumb", func(*ui) {}, text + "\r\nend\r\n"},
		{"a moment on paper", false, moment, "dumb", func(*ui) {}, "end\r\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := shownBy(t, test.piped, test.took, test.kind, test.set)
			if test.want != "" {
				if got != test.want {
					t.Errorf("shown %q, want %q", got, test.want)
				}
				return
			}
			if !strings.Contains(got, text+" 1 s") || strings.Contains(got, "\x1b[3") {
				t.Errorf("no time, or colours: %q", got)
			}
			last := got[strings.LastIndex(got, "\x1b[K")+len("\x1b[K"):]
			if last != "end\r\n" || strings.LastIndex(got, "\x1b[?25l") > strings.LastIndex(got, "\x1b[?25h") {
				t.Errorf("the line is not gone, or the cursor is: %q", got)
			}
		})
	}
}

// TestClipped: a line keeps to the columns of the terminal, wide characters count twice.
func TestClipped(t *testing.T) {
	for _, test := range []struct {
		text    string
		columns int
		want    string
	}{
		{"npm install", 20, "npm install"}, {"npm install", 3, "npm"}, {"正在检查", 5, "正在"}, {"正在检查", 8, "正在检查"}, {"a", 0, ""}, {"a", -1, ""},
	} {
		if got := clipped(test.text, test.columns); got != test.want {
			t.Errorf("clipped(%q, %d) is %q, want %q", test.text, test.columns, got, test.want)
		}
	}
}

// TestASilentPartLeavesTheSignAlone: what a command does by means of another one, without
// a word, does not end the sign of its own work.
func TestASilentPartLeavesTheSignAlone(t *testing.T) {
	u := &ui{env: env{now: time.Now}}
	sign := &progress{ui: u, timer: time.NewTimer(time.Hour)}
	u.running = sign
	u.silent().progress("progress.doctor")()
	if sign.done || u.running != sign {
		t.Error("the sign of the work has ended")
	}
}
