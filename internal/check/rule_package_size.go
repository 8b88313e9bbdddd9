package check

import (
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// packageSize: WeChat refuses a package over 2 MB at upload (80200; framework/
// subpackages). The compiler checks no sizes (observed). What it makes of the files is
// estimated (budget.Estimate): what is too much by the estimate is a warning, and an
// error where it is certain.
var packageSize = &Rule{ID: "package-size", Severity: diag.Error, Run: func(p *Pass) {
	if p.App == nil {
		return // appJSON's
	}
	scale, settings, heavy := new(budget.Scale), budget.SettingsOf(p.Inspection), p.heavy()
	if !slices.Contains(heavy, true) {
		return
	}
	report := scale.WeighOnly(p.Graph, settings, heavy)
	if !report.Over() {
		return
	}
	least := p.least(scale, settings, heavy)
	for i, pkg := range report.Packages {
		at := p.value(p.App, "pages")
		if i > 0 {
			at = p.file(pkg.Root)
		}
		switch {
		case least[i] > pkg.Limit:
			p.heaviest(p.report(at, msg.T("check.package-size", "Package", p.packageName(i))), report, i)
		case pkg.Over():
			p.heaviest(p.warn(at, msg.T("check.package-size.maybe", "Package", p.packageName(i))), report, i)
		}
	}
	if sum(least) > report.Limit {
		f := p.report(p.value(p.App, "pages"), msg.T("check.package-size.total"))
		f.Expected = msg.T("check.package-size.total.expected", "Size", budget.Text(report.Total))
	}
}}

func sum(sizes []int64) (all int64) {
	for _, size := range sizes {
		all += size
	}
	return all
}

// least is what the packages weigh for certain: minified where no setting says
// otherwise, and less the error of the estimates, which is within 5 % of the code.
func (m *Mini) least(scale *budget.Scale, settings budget.Settings, heavy []bool) []int64 {
	exact := settings == budget.Settings{FilterUnused: settings.FilterUnused}
	settings.Minify, settings.MinifyWXML, settings.MinifyWXSS = m.minifies("minified"), m.minifies("minifyWXML"), m.minifies("minifyWXSS")
	exact = exact && !settings.Minify && !settings.MinifyWXML && !settings.MinifyWXSS
	var least []int64
	for _, pkg := range scale.WeighOnly(m.Graph, settings, heavy).Packages {
		bytes := pkg.Bytes
		for _, file := range pkg.Files {
			if !file.Dropped && !exact && m.Graph.Nodes[file.Path] != nil {
				bytes -= file.Bytes / 20
			}
		}
		least = append(least, bytes)
	}
	return least
}

// heavy tells which packages may be too large, whatever the compiler does: only these
// are looked at closely.
func (m *Mini) heavy() []bool {
	growth := 3.0 // what was minified is printed anew; helpers come in (observed: 2.6)
	if minified, _ := m.Setting("minified"); minified {
		growth = 1.35 // by the way to ES5 (observed: 1.2)
	}
	sizes := make([]float64, len(m.Project.Packages()))
	var all float64
	for _, name := range m.Files.Names() {
		size := float64(m.Files.Size(name))
		if m.Graph.Nodes[name] != nil {
			size *= growth
		}
		sizes[m.Project.PackageIndex(name)] += size
		all += size
	}
	heavy := make([]bool, len(sizes))
	for i, size := range sizes {
		heavy[i] = size > budget.Limit || all > budget.TotalLimit
	}
	return heavy
}

// worthNaming is how large a file must be, in bytes, to be told as one of the
// heaviest.
const worthNaming = 100 << 10

// heaviest says where to begin: with the largest files of the package.
func (p *Pass) heaviest(f *Finding, report *budget.Report, i int) {
	f.Expected = msg.T("check.package-size.expected", "Size", budget.Text(report.Packages[i].Bytes))
	named := 0
	for _, file := range report.Heaviest(0) {
		if named == 3 || file.Bytes < worthNaming {
			break
		}
		if file.Package == i && !file.Added {
			f.relate(p.file(file.Path), msg.T("check.literal", "Value", budget.Text(file.Bytes)))
			named++
		}
	}
	f.Hint = msg.T("check.package-size.hint")
}
