package diag

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

const (
	usualRoom = 100 // columns for source when the terminal's width is unknown
	leastRoom = 24  // below that a line is unreadable, and may as well be wrapped
	dots      = "..."
)

// lines is the text of one file, split at \n and \r\n.
type lines struct {
	data   []byte
	starts []int // where each line begins

	// What was asked for last: a line may be megabytes, with thousands of findings that
	// go from left to right.
	number     int
	text       string
	column, at int
}

func splitLines(data []byte) *lines {
	starts := []int{0}
	for i := 0; ; {
		n := bytes.IndexByte(data[i:], '\n')
		if n < 0 {
			return &lines{data: data, starts: starts}
		}
		i += n + 1
		starts = append(starts, i)
	}
}

// line returns line number n, counted from 1.
func (l *lines) line(n int) (text string, ok bool) {
	if n < 1 || n > len(l.starts) {
		return "", false
	}
	if n != l.number {
		end := len(l.data)
		if n < len(l.starts) {
			end = l.starts[n] - 1
		}
		l.text = strings.TrimSuffix(string(l.data[l.starts[n-1]:end]), "\r")
		l.number, l.column, l.at = n, 1, 0
	}
	return l.text, true
}

// offset is the byte where column (from 1, in code points) begins in the line that line
// has returned last.
func (l *lines) offset(column int) int {
	if column < l.column {
		l.column, l.at = 1, 0
	}
	l.at += offset(l.text[l.at:], column-l.column+1)
	l.column = max(column, 1)
	return l.at
}

// frame is a source line for a terminal, with what goes below it.
type frame struct {
	code string
	mark string // empty: nothing is marked
}

// newFrame shows the columns [column, end) of line in at most room columns of the
// terminal; what does not fit is cut off around them. Columns outside the line are
// taken as its end, and column 0 marks nothing. The first column is at the byte from.
func newFrame(line string, column, end, from, room int) frame {
	room = max(room, leastRoom)
	to := from + offset(line[from:], end-column+1)
	left, right := window(line, from, room)
	to = min(to, right)

	lead, tail := "", ""
	if left > 0 {
		lead = dots
	}
	if right < len(line) {
		tail = dots
	}
	before, indent := expand(line[left:from], len(lead))
	marked, columns := expand(line[from:to], len(lead)+indent)
	after, _ := expand(line[to:right], len(lead)+indent+columns)
	f := frame{code: lead + before + marked + after + tail}
	if column > 0 {
		f.mark = strings.Repeat(" ", len(lead)+indent) + underline(columns)
	}
	return f
}

// underline points at one place, or underlines more.
func underline(columns int) string {
	if columns == 0 {
		return "^"
	}
	return strings.Repeat("~", columns)
}

// offset is the byte where column (from 1, in code points) of line begins.
func offset(line string, column int) int {
	at := 0
	for n := 1; n < column && at < len(line); n++ {
		_, size := utf8.DecodeRuneInString(line[at:])
		at += size
	}
	return at
}

// window chooses the bytes [left, right) of line to show, so that from is among
// them, with a good part of what stands before it and more of what follows.
func window(line string, from, room int) (left, right int) {
	if _, all := fit(line, 0, room); all {
		return 0, len(line)
	}
	following, all := fit(line[from:], 0, room-room/3-len(dots))
	if all {
		_, used := expand(line[from:from+following], 0)
		left = from - fitBack(line[:from], room-used-len(dots))
	} else {
		left = from - fitBack(line[:from], room/3-len(dots))
	}
	lead := 0
	if left > 0 {
		lead = len(dots)
	}
	n, all := fit(line[left:], lead, room-lead)
	if !all {
		n, _ = fit(line[left:], lead, room-lead-len(dots))
	}
	return left, max(left+n, from)
}
