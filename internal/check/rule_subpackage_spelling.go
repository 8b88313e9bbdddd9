package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// subpackageSpelling: with both spellings the compiler reads only "subpackages"
// (miniprogram-ci 2.1.42, observed): the others are lost without a word.
var subpackageSpelling = &Rule{ID: "subpackage-spelling", Severity: diag.Warning, Run: func(p *Pass) {
	object := p.App.Object()
	if object["subpackages"] == nil || object["subPackages"] == nil {
		return
	}
	f := p.report(p.key(p.App, "subPackages"), msg.T("check.subpackage-spelling"))
	f.Hint = msg.T("check.subpackage-spelling.hint")
	f.relate(p.key(p.App, "subpackages"), msg.T("check.subpackage-spelling.counts"))
}}
