package main

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
)

// columns is how wide text for stdout may be: as the terminal is, within reason.
func (u *ui) columns() int {
	if u.width > 0 {
		return u.width
	}
	width, _, err := term.GetSize(int(u.stdout.Fd()))
	if err != nil || width <= 0 {
		return usualWidth
	}
	return min(max(width, narrowestText), usualWidth)
}

// narrowestText is how many columns text takes even where there are fewer.
const narrowestText = 40

// paragraphs are the blocks of a text that blank lines part. Lines that are indented
// stand for themselves; others are joined, as where they end is nobody's intention.
func paragraphs(text string) [][]string {
	var all [][]string
	for block := range strings.SplitSeq(text, "\n\n") {
		var lines []string
		for line := range strings.SplitSeq(strings.Trim(block, "\n"), "\n") {
			last := len(lines) - 1
			if last < 0 || verbatim(line) || verbatim(lines[last]) {
				lines = append(lines, line)
				continue
			}
			lines[last] = joined(lines[last], line)
		}
		all = append(all, lines)
	}
	return all
}

func verbatim(line string) bool { return strings.HasPrefix(line, " ") }

// joined puts two lines in one. Between Chinese characters there is no space.
func joined(one, other string) string {
	last, _ := utf8.DecodeLastRuneInString(one)
	first, _ := utf8.DecodeRuneInString(other)
	if wide(last) && (wide(first) || strings.ContainsRune(closing, last)) {
		return one + other
	}
	return one + " " + other
}

// wrap breaks text into lines of at most so many columns, where it can be broken.
func wrap(text string, columns int) []string {
	var lines []string
	line := ""
	for _, piece := range pieces(text) {
		// The whole is measured: how wide a tab is depends on what is before it.
		if line != "" && diag.Columns(line+strings.TrimRight(piece, " ")) > columns {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		line += piece
	}
	return append(lines, strings.TrimRight(line, " "))
}

// Marks that begin no line, and marks that end none (Unicode's line breaking algorithm,
// UAX 14, classes CL, CP, EX, IN and OP, as far as our texts have them).
const (
	closing = "，。、；：？！）」』》】”’…%,.;:!?)]}"
	opening = "（「『《【“‘([{"
)

// pieces takes text apart where a line may end: behind spaces, and beside Chinese
// characters. A flag or a path has none of these and stays whole, as UAX 14 would not
// have it.
func pieces(text string) []string {
	var all []string
	start, before := 0, rune(0)
	for at, r := range text {
		behindSpace := before == ' ' && r != ' '
		besideWide := r != ' ' && (wide(before) || wide(r)) && !strings.ContainsRune(closing, r) && !strings.ContainsRune(opening, before)
		if at > start && (behindSpace || besideWide) {
			all = append(all, text[start:at])
			start = at
		}
		before = r
	}
	return append(all, text[start:])
}

func wide(r rune) bool { return r > 0x7f && diag.Columns(string(r)) == 2 }

// padded fills text up to a number of columns, which are more than characters where
// these are Chinese.
func padded(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-diag.Columns(text)))
}

// widest is how many columns the widest of the texts takes.
func widest(texts []string) int {
	columns := 0
	for _, text := range texts {
		columns = max(columns, diag.Columns(text))
	}
	return columns
}

// table lists rows of two columns. What does not fit into the second goes on below it,
// or, where a terminal leaves it hardly any room, all of it goes below the first.
func table(rows [][2]string, columns int) string {
	var names []string
	for _, row := range rows {
		names = append(names, row[0])
	}
	left := widest(names) + 2
	below := columns-left < leastRoom
	if below {
		left = 10
	}
	var out strings.Builder
	for _, row := range rows {
		lines := wrap(row[1], columns-left)
		if below {
			out.WriteString(row[0] + "\n" + strings.Repeat(" ", left) + lines[0] + "\n")
		} else {
			out.WriteString(padded(row[0], left) + lines[0] + "\n")
		}
		for _, line := range lines[1:] {
			out.WriteString(strings.Repeat(" ", left) + line + "\n")
		}
	}
	return out.String()
}

// leastRoom is how many columns words need beside a name.
const leastRoom = 26
