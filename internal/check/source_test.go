package check

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// TestSpan: places, in whatever order somebody asks for them.
func TestSpan(t *testing.T) {
	text := "\ufeffab汉c\r\n\n汉字 x"
	m := &Mini{sources: map[string]*source{"a": {data: []byte(text)}}}
	for _, c := range []struct {
		offset, length  int
		line, from, end int
	}{
		{strings.Index(text, "x"), 9, 3, 4, 5},
		{0, 0, 1, 1, 0},
		{3, 2, 1, 1, 3},
		{strings.Index(text, "c"), 99, 1, 4, 5},
		{strings.Index(text, "汉"), 3, 1, 3, 4},
		{strings.Index(text, "\n"), 1, 1, 6, 0},
		{strings.Index(text, "\n") + 1, 1, 2, 1, 0},
		{strings.Index(text, "字"), 4, 3, 2, 4},
		{strings.Index(text, "汉字"), 3, 3, 1, 2},
		{len(text), 1, 3, 5, 0},
		{len(text) + 7, 1, 3, 5, 0},
		{-1, 1, 1, 1, 2},
	} {
		want := diag.Place{File: "a", Line: c.line, Column: c.from, EndColumn: c.end}
		if got := m.span("a", c.offset, c.length); got != want {
			t.Errorf("span(%d, %d) = %+v, want %+v", c.offset, c.length, got, want)
		}
	}
}

// TestSourceOfNoFile: what is not there, or would never end, is empty.
func TestSourceOfNoFile(t *testing.T) {
	m := &Mini{Inspection: &project.Inspection{FS: fstest.MapFS{"pages/a": {}, "pipe": {Mode: fs.ModeNamedPipe}}}, sources: map[string]*source{}}
	for _, name := range []string{"gone", "pages", "pipe", "../x", ""} {
		if data := m.source(name); len(data) > 0 {
			t.Errorf("%q: %q", name, data)
		}
		if got := m.span(name, 5, 5); got != (diag.Place{File: name, Line: 1, Column: 1}) {
			t.Errorf("%q: %+v", name, got)
		}
	}
}
