package check

import (
	"bytes"
	"errors"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// jsonSyntax: WeChat's compiler reads JSON with JSON.parse: no comments, no
// trailing commas, no byte order mark, UTF-8 (10006, 10031). It reads only what is
// reached from app.json; project.private.config.json it never reads.
var jsonSyntax = &Rule{ID: "json-syntax", Severity: diag.Error, Run: func(p *Pass) {
	for _, d := range p.documents() {
		if d.Err != nil {
			p.broken(d)
		}
	}
	if d := p.Private; d != nil && d.Err != nil {
		p.broken(d).Severity = diag.Warning
	}
	var lock *project.FileError
	if errors.As(p.LockErr, &lock) {
		p.broken(&project.Document{Path: lock.Path, Err: lock}).Severity = diag.Warning
	}
}}

func (p *Pass) broken(d *project.Document) *Finding {
	at := diag.Place{File: d.Path, Line: d.Err.Line, Column: d.Err.Column}
	var syntax *jsonpatch.SyntaxError
	switch {
	case errors.As(d.Err, &syntax):
		f := p.report(at, msg.T("check.json-syntax", "Error", project.Syntax(syntax)))
		if hint, known := jsonHints[syntax.Kind]; known {
			f.Hint = hint
		}
		return f
	case errors.Is(d.Err, project.ErrByteOrderMark):
		f := p.report(at, msg.T("check.json-syntax.bom"))
		f.Fix = removeBOM(d.Path)
		return f
	case errors.Is(d.Err, project.ErrLockVersion):
		return p.report(at, msg.T("check.json-syntax.newer"))
	}
	shape := strings.TrimPrefix(d.Err.Err.Error(), project.ErrShape.Error()+": ")
	return p.report(at, msg.T("check.json-syntax.shape", "Error", shape))
}

var jsonHints = map[jsonpatch.Kind]msg.Text{
	jsonpatch.KindComment:       msg.T("check.json-syntax.comment.hint"),
	jsonpatch.KindTrailingComma: msg.T("check.json-syntax.comma.hint"),
	jsonpatch.KindEmpty:         msg.T("check.json-syntax.empty.hint"),
	jsonpatch.KindNotUTF8:       msg.T("check.encoding.hint"),
}

// removeBOM takes the byte order mark off a file.
func removeBOM(name string) func(*plan.Plan) error {
	return func(p *plan.Plan) error {
		data, err := p.ReadFile(name)
		if err != nil {
			return err
		}
		return p.Write(name, bytes.TrimPrefix(data, []byte("\ufeff")), msg.T("check.fix.bom"))
	}
}
