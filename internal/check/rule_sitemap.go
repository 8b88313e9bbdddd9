package check

import (
	"path"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// sitemap: the compiler does not look whether it is there (observed); WeChat's
// analyser does, and without it every page is indexed.
var sitemap = &Rule{ID: "sitemap", Severity: diag.Warning, Run: func(p *Pass) {
	name := p.App.Text("sitemapLocation")
	if name != "" && !p.Files.Has(path.Clean(name)) {
		p.report(p.value(p.App, "sitemapLocation"), msg.T("check.sitemap", "File", p.root(name))).Hint = msg.T("check.sitemap.hint")
	}
}}
