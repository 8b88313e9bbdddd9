package check

import (
	"bytes"

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
	switch {
	case d == nil:
		return diag.Place{}
	case depth == 0 || s.End > len(d.Data):
		return diag.Place{File: d.Path}
	}
	length := s.End - s.Start
	if line := bytes.IndexByte(d.Data[s.Start:s.End], '\n'); line >= 0 {
		length = 1
	}
	if m.sources[d.Path] == nil {
		m.sources[d.Path] = &source{data: d.Data}
	}
	return m.span(d.Path, s.Start, length)
}

// relate adds another place of the same fault.
func (f *Finding) relate(at diag.Place, message msg.Text) {
	f.Related = append(f.Related, diag.Related{Place: at, Message: message})
}
