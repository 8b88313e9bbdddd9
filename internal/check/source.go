package check

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// source is the content of a file, and what is known of where things stand in it.
type source struct {
	data   []byte
	starts []int // where each line begins; nil until somebody asks

	last, column int // where somebody asked last: most questions go from the beginning to the end
}

// open is a file of the project root, read once; one that is gone is empty.
func (m *Mini) open(file string) *source {
	s := m.sources[file]
	if s == nil {
		data, _ := project.ReadRegular(m.FS, file)
		s = &source{data: data}
		m.sources[file] = s
	}
	return s
}

// source is the content of a file of the project root.
func (m *Mini) source(file string) []byte { return m.open(file).data }

// cut is a stretch of a file of the project root, as far as it is there: somebody may
// have shortened the file meanwhile.
func (m *Mini) cut(file string, from, to int) []byte {
	data := m.source(file)
	to = min(to, len(data))
	return data[min(from, to):to]
}

// span is a stretch of a file of the project root as a place.
func (m *Mini) span(file string, offset, length int) diag.Place {
	s := m.open(file)
	offset = min(max(offset, 0), len(s.data))
	place := diag.Place{File: file}
	place.Line, place.Column = s.position(offset)
	text := s.data[offset:min(offset+max(length, 0), len(s.data))]
	if line := bytes.IndexByte(text, '\n'); line >= 0 {
		text = bytes.TrimRight(text[:line], "\r")
	}
	if len(text) > 0 {
		place.EndColumn = place.Column + utf8.RuneCount(text)
	}
	return place
}

// position is the line of an offset, and its column in characters, without counting a
// byte order mark. A file may have thousands of findings, and a line megabytes: what
// was counted once is not counted again.
func (s *source) position(offset int) (line, column int) {
	if s.starts == nil {
		s.starts = lineStarts(s.data)
	}
	line, begins := slices.BinarySearch(s.starts, offset)
	if begins {
		line++
	}
	start := s.starts[line-1]
	if start == 0 && bytes.HasPrefix(s.data, []byte("\ufeff")) {
		start = min(len("\ufeff"), offset)
	}
	if s.last < start || s.last > offset || s.column == 0 {
		s.last, s.column = start, 1
	}
	s.column += utf8.RuneCount(s.data[s.last:offset])
	s.last = offset
	return line, s.column
}

func lineStarts(data []byte) []int {
	starts := []int{0}
	for at := 0; ; {
		n := bytes.IndexByte(data[at:], '\n')
		if n < 0 {
			return starts
		}
		at += n + 1
		starts = append(starts, at)
	}
}
