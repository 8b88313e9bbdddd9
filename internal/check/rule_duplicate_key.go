package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// duplicateKey: of two members of the same name JSON.parse takes the last, without
// a word.
var duplicateKey = &Rule{ID: "duplicate-key", Severity: diag.Warning, Run: func(p *Pass) {
	for _, d := range p.documents() {
		if d.Err != nil {
			continue
		}
		for _, key := range jsonpatch.Duplicates(d.Data) {
			name := string(d.Data[key.Start:key.End])
			p.report(p.jsonSpan(d, key, 1), msg.T("check.duplicate-key", "Key", name)).Hint = msg.T("check.duplicate-key.hint")
		}
	}
}}
