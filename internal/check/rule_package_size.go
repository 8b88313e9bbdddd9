package check

import (
	"cmp"
	"path"
	"slices"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// packageSize: WeChat refuses a package over 2 MB at upload (80200; framework/
// subpackages). The compiler checks no sizes (observed). What it will weigh is known
// only after minification: what is too much even if scripts, templates and styles
// shrink to a third is an error, what is too much as it lies there a warning.
var packageSize = &Rule{ID: "package-size", Severity: diag.Error, Run: func(p *Pass) {
	if p.App == nil {
		return // appJSON's
	}
	packages := p.Project.Packages()
	raw, least := make([]int64, len(packages)), make([]int64, len(packages))
	parts := make([][]string, len(packages))
	for _, name := range p.Files.Names() {
		if !budget.Packed(name) {
			continue
		}
		size, code := p.Files.Size(name), codeEnding[path.Ext(name)]
		node := p.Graph.Nodes[name]
		if p.drops() && node != nil && !node.Reached {
			continue
		}
		i := p.Project.PackageIndex(name)
		raw[i] += size
		parts[i] = append(parts[i], name)
		if code && p.shrinks() {
			size /= 3
		}
		least[i] += size
	}
	for i, pkg := range packages {
		at := p.value(p.App, "pages")
		if i > 0 {
			at = p.file(pkg.Root)
		}
		switch {
		case least[i] > budget.Limit:
			p.heaviest(p.report(at, msg.T("check.package-size", "Package", p.packageName(i))), raw[i], parts[i])
		case raw[i] > budget.Limit:
			p.heaviest(p.warn(at, msg.T("check.package-size.maybe", "Package", p.packageName(i))), raw[i], parts[i])
		}
	}
	if all := sum(raw); sum(least) > totalLimit {
		f := p.report(p.value(p.App, "pages"), msg.T("check.package-size.total"))
		f.Expected = msg.T("check.package-size.total.expected", "Size", mebibytes(all))
	}
}}

// worthNaming is how large a file must be, in bytes, to be told as one of the
// heaviest.
const worthNaming = 100 << 10

// totalLimit is what WeChat allows for all packages together, in bytes; 20 MB where a
// service provider develops (framework/subpackages).
const totalLimit = 30 << 20

func sum(sizes []int64) (all int64) {
	for _, size := range sizes {
		all += size
	}
	return all
}

// heaviest says where to begin: with the largest files.
func (p *Pass) heaviest(f *Finding, size int64, names []string) {
	f.Expected = msg.T("check.package-size.expected", "Size", mebibytes(size))
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(p.Files.Size(b), p.Files.Size(a)) })
	for _, name := range names[:min(3, len(names))] {
		if size := p.Files.Size(name); size >= worthNaming {
			f.relate(p.file(name), msg.T("check.literal", "Value", mebibytes(size)))
		}
	}
	f.Hint = msg.T("check.package-size.hint")
}

// shrinks reports whether the upload minifies scripts.
func (m *Mini) shrinks() bool {
	minified, set := m.Setting("minified")
	return minified || !set
}

var codeEnding = map[string]bool{".js": true, ".ts": true, ".wxml": true, ".wxss": true, ".wxs": true, ".json": true, ".less": true, ".scss": true, ".sass": true}
