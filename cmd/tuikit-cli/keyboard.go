package main

import (
	"bytes"
	"io"
	"os"
	"regexp"

	"github.com/AlecAivazis/survey/v2/terminal"
)

// keyboard is a terminal for survey, which reads more than it uses and forgets the rest
// (2.3.7): what is typed ahead, or pasted, belongs to the next question. So it gets one
// key at a time, and the answer where the cursor is when it asks for that.
type keyboard struct {
	in      *os.File
	left    []byte // typed, and not given to survey yet
	asked   bool   // where the cursor is
	stopped bool   // while the terminal had not answered
}

// What the terminal sends where a key is not one byte; what asks where the cursor is,
// and the answer to it (DSR and CPR of ECMA-48).
var (
	longKey        = regexp.MustCompile(`^\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Za-z])`)
	cursorQuestion = []byte("\x1b[6n")
	cursorAnswer   = regexp.MustCompile(`\x1b\[\d+;\d+R`)
)

const stopKeys = "\x03\x04" // Ctrl-C and Ctrl-D

// Fd makes keyboard a terminal.FileReader.
func (k *keyboard) Fd() uintptr { return k.in.Fd() }

// Read gives one key. Ctrl-D is Ctrl-C: who has no more answers agrees to nothing.
func (k *keyboard) Read(p []byte) (int, error) {
	if k.asked {
		return k.cursor(p)
	}
	if len(k.left) == 0 {
		if err := k.more(); err != nil {
			return 0, err
		}
	}
	key := k.left[:max(1, len(longKey.Find(k.left)))]
	k.left = k.left[len(key):]
	if bytes.ContainsAny(key, stopKeys) {
		key = []byte{terminal.KeyInterrupt}
	}
	return copy(p, key), nil
}

// cursor gives the answer where the cursor is. A terminal that has none can be left.
func (k *keyboard) cursor(p []byte) (int, error) {
	for {
		if at := cursorAnswer.FindIndex(k.left); at != nil {
			k.asked = false
			n := copy(p, k.left[at[0]:at[1]])
			k.left = append(bytes.Clone(k.left[:at[0]]), k.left[at[1]:]...)
			return n, nil
		}
		if at := bytes.IndexAny(k.left, stopKeys); at >= 0 {
			k.left, k.asked, k.stopped = k.left[at:], false, true
			return 0, terminal.InterruptErr
		}
		if err := k.more(); err != nil {
			return 0, err
		}
	}
}

func (k *keyboard) more() error {
	buffer := make([]byte, 1024)
	n, err := k.in.Read(buffer)
	k.left = append(k.left, buffer[:n]...)
	if n == 0 && err == nil {
		err = io.EOF
	}
	return err
}

// forget drops what was typed before it was known what for.
func (k *keyboard) forget() {
	k.left = nil
	flush(k.in)
}

// paper is where survey writes, for keyboard to know when it asks where the cursor is.
type paper struct {
	*os.File
	keys *keyboard
}

// Write makes paper a terminal.FileWriter.
func (w *paper) Write(p []byte) (int, error) {
	if bytes.Contains(p, cursorQuestion) {
		w.keys.asked = true
	}
	return w.File.Write(p)
}
