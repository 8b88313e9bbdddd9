package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// tabStop is how far apart tabs stop. Tabs are printed as spaces, as an underline
// could not be put below them otherwise.
const tabStop = 4

// expand writes s so that it is safe and visible on a terminal: tabs become
// spaces, control characters symbols. at is the column (from 0) where it begins;
// columns is how many it takes.
func expand(s string, at int) (shown string, columns int) {
	var out strings.Builder
	start := at
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		picture, n := cell(r, at)
		out.WriteString(picture)
		at += n
		s = s[size:]
	}
	return out.String(), at - start
}

// fit returns how many bytes of s, from column at on, fit into room columns, and
// whether that is all of s. It looks no further than that: lines may be megabytes.
func fit(s string, at, room int) (bytes int, all bool) {
	for used := 0; bytes < len(s); {
		r, size := utf8.DecodeRuneInString(s[bytes:])
		_, n := cell(r, at+used)
		if used += n; used > room {
			return bytes, false
		}
		bytes += size
	}
	return bytes, true
}

// fitBack is fit for the end of s: how many of its last bytes fit.
func fitBack(s string, room int) (bytes int) {
	for bytes < len(s) {
		r, size := utf8.DecodeLastRuneInString(s[:len(s)-bytes])
		_, n := cell(r, 0) // the widest that a tab can be
		if room -= n; room < 0 {
			break
		}
		bytes += size
	}
	return bytes
}

// cell is one character as a terminal shows it in column at, and its width in
// columns. Widths are those of Unicode's East Asian Width (UAX 11), ambiguous
// ones narrow.
func cell(r rune, at int) (shown string, columns int) {
	switch {
	case r == '\t':
		n := tabStop - at%tabStop
		return strings.Repeat(" ", n), n
	case r < ' ':
		return string('\u2400' + r), 1 // control pictures
	case r < 0x7f:
		return string(r), 1
	case r == 0x7f:
		return "\u2421", 1
	case r == '\u200c' || r == '\u200d': // joiners, as in emoji
		return string(r), 0
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp):
		name := fmt.Sprintf("<U+%04X>", r) // BOM, zero width space, change of direction
		return name, len(name)
	case unicode.In(r, unicode.Mn, unicode.Me):
		return string(r), 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return string(r), 2
	}
	return string(r), 1
}

// visible is one line of text, safe for a terminal.
func visible(s string) string {
	shown, _ := expand(s, 0)
	return shown
}

// Columns is how many columns of a terminal a line of text takes.
func Columns(s string) int {
	_, columns := expand(s, 0)
	return columns
}
