package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// packageSize: WeChat refuses a package over 2 MB at upload (80200; framework/
// subpackages). The compiler checks no sizes (observed). What it makes of the files is
// estimated (budget.Estimate): what is too much even if the estimate is too high is an
// error, what is too much by the estimate a warning.
var packageSize = &Rule{ID: "package-size", Severity: diag.Error, Run: func(p *Pass) {
	if p.App == nil || p.small() {
		return // appJSON's, or nothing to look at closely
	}
	report := budget.Weigh(p.Graph, budget.SettingsOf(p.Inspection))
	for i, pkg := range report.Packages {
		at := p.value(p.App, "pages")
		if i > 0 {
			at = p.file(pkg.Root)
		}
		switch {
		case certainly(pkg.Bytes) > pkg.Limit:
			p.heaviest(p.report(at, msg.T("check.package-size", "Package", p.packageName(i))), report, i)
		case pkg.Over():
			p.heaviest(p.warn(at, msg.T("check.package-size.maybe", "Package", p.packageName(i))), report, i)
		}
	}
	if certainly(report.Total) > report.Limit {
		f := p.report(p.value(p.App, "pages"), msg.T("check.package-size.total"))
		f.Expected = msg.T("check.package-size.total.expected", "Size", mebibytes(report.Total))
	}
}}

// certainly is the least that an estimate can mean: estimates of packages are within
// 3 % of what the compiler makes, and of files that nobody has seen yet a little more.
func certainly(bytes int64) int64 { return bytes - bytes/20 }

// mostGrowth is how many times as large as its source the compiler makes a package at
// most: by printing anew what was minified, and by helpers (observed: 2.6 times).
const mostGrowth = 3

// small reports whether no package can be too large, whatever the compiler does:
// then nothing needs to be read.
func (m *Mini) small() bool {
	var all int64
	for _, name := range m.Files.Names() {
		all += m.Files.Size(name)
	}
	return all*mostGrowth < budget.Limit
}

// worthNaming is how large a file must be, in bytes, to be told as one of the
// heaviest.
const worthNaming = 100 << 10

// heaviest says where to begin: with the largest files of the package.
func (p *Pass) heaviest(f *Finding, report *budget.Report, i int) {
	f.Expected = msg.T("check.package-size.expected", "Size", mebibytes(report.Packages[i].Bytes))
	named := 0
	for _, file := range report.Heaviest(0) {
		if named == 3 || file.Bytes < worthNaming {
			break
		}
		if file.Package == i && !file.Added {
			f.relate(p.file(file.Path), msg.T("check.literal", "Value", mebibytes(file.Bytes)))
			named++
		}
	}
	f.Hint = msg.T("check.package-size.hint")
}
