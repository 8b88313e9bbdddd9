package check

import (
	"bytes"
	"fmt"
	"io/fs"
	"unicode/utf8"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// report notes a finding, which the caller may complete.
func (p *Pass) report(at diag.Place, message msg.Text) *Finding {
	severity := p.rule.Severity
	if p.Options.Release && p.rule.Release != "" {
		severity = p.rule.Release
	}
	f := &Finding{Diagnostic: diag.Diagnostic{Rule: p.rule.ID, Severity: severity, Place: at, Message: message}}
	*p.findings = append(*p.findings, f)
	return f
}

// warn is report for what only degrades.
func (p *Pass) warn(at diag.Place, message msg.Text) *Finding {
	f := p.report(at, message)
	f.Severity = diag.Warning
	return f
}

// file is a file of the miniprogram root as a whole.
func (m *Mini) file(name string) diag.Place { return diag.Place{File: m.root(name)} }

// at is a stretch of a file of the miniprogram root, in bytes.
func (m *Mini) at(name string, offset, length int) diag.Place {
	return m.span(m.root(name), offset, length)
}

// ref is where a file names another.
func (m *Mini) ref(n *graph.Node, r graph.Ref) diag.Place { return m.at(n.Path, r.Offset, r.Length) }

// value is a value of a JSON file, key its key.
func (m *Mini) value(d *project.Document, keys ...string) diag.Place {
	return m.jsonSpan(d, d.Span(keys...), len(keys))
}

func (m *Mini) key(d *project.Document, keys ...string) diag.Place {
	return m.jsonSpan(d, d.KeySpan(keys...), len(keys))
}

// jsonSpan: a value that takes many lines is underlined at its beginning only.
func (m *Mini) jsonSpan(d *project.Document, s jsonpatch.Span, depth int) diag.Place {
	if depth == 0 || s.End > len(d.Data) {
		return diag.Place{File: d.Path}
	}
	length := s.End - s.Start
	if line := bytes.IndexByte(d.Data[s.Start:s.End], '\n'); line >= 0 {
		length = 1
	}
	m.sources[d.Path] = d.Data
	return m.span(d.Path, s.Start, length)
}

// span counts lines and characters up to an offset of a file of the project root.
func (m *Mini) span(file string, offset, length int) diag.Place {
	data := m.source(file)
	offset = min(max(offset, 0), len(data))
	start := bytes.LastIndexByte(data[:offset], '\n') + 1
	place := diag.Place{File: file, Line: 1 + bytes.Count(data[:start], []byte("\n"))}
	if start == 0 {
		start = len(data[:offset]) - len(bytes.TrimPrefix(data[:offset], []byte("\ufeff")))
	}
	place.Column = 1 + utf8.RuneCount(data[start:offset])
	text := data[offset:min(offset+max(length, 0), len(data))]
	if line := bytes.IndexByte(text, '\n'); line >= 0 {
		text = bytes.TrimRight(text[:line], "\r")
	}
	if len(text) > 0 {
		place.EndColumn = place.Column + utf8.RuneCount(text)
	}
	return place
}

// source is the content of a file of the project root, read once.
func (m *Mini) source(file string) []byte {
	data, known := m.sources[file]
	if !known {
		data, _ = fs.ReadFile(m.FS, file) // gone meanwhile: a place without a column
		m.sources[file] = data
	}
	return data
}

// cut is a stretch of a file of the project root, as far as it is there: somebody may
// have shortened the file meanwhile.
func (m *Mini) cut(file string, from, to int) []byte {
	data := m.source(file)
	to = min(to, len(data))
	return data[min(from, to):to]
}

// relate adds another place of the same fault.
func (f *Finding) relate(at diag.Place, message msg.Text) {
	f.Related = append(f.Related, diag.Related{Place: at, Message: message})
}

// mebibytes is a size for people, as WeChat counts: 1 MB is 1024 KB.
func mebibytes(bytes int64) string { return fmt.Sprintf("%.2f MB", float64(bytes)/(1<<20)) }
