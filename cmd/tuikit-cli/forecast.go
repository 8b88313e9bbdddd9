package main

import (
	"io/fs"
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/scaffold"
)

// look reads a mini program for its weight. Syntax is not checked: for WeChat's
// filter of unused files, code that never runs uses what it names, too.
func look(fsys fs.FS) (*graph.Graph, error) {
	in, err := project.Inspect(fsys)
	if err != nil {
		return nil, err
	}
	return graph.Build(in, func(string, []byte) bool { return true })
}

// foresee weighs the project before and after the plan, and warns of what passes a
// limit by it.
func (c *change) foresee() error {
	scale := new(budget.Scale)
	_, before, err := weighed(scale, c.fsys)
	if err != nil {
		return err
	}
	g, after, err := weighed(scale, c.plan.After())
	if err != nil {
		return err
	}
	c.forecast, c.warnings = budget.Compare(before, after), nil
	for i, f := range c.forecast {
		if f.Passes() {
			c.warnings = append(c.warnings, warning(f, waysOut(g.In.Project, after, i)))
		}
	}
	return nil
}

// weighed is the weight of the tree under its own settings and limits, nil where it
// is no mini program.
func weighed(scale *budget.Scale, fsys fs.FS) (*graph.Graph, *budget.Report, error) {
	if _, err := fs.Stat(fsys, "."); err != nil {
		return nil, nil, nil // the project root is not there yet
	}
	g, err := look(fsys)
	if err != nil || !g.In.Project.HasApp {
		return nil, nil, err
	}
	report := scale.Weigh(g, budget.SettingsOf(g.In))
	limits, err := budget.OwnLimits(g.In)
	report.Apply(limits)
	return g, report, err
}

// warning is about a package that will be too large, and what would help.
func warning(f budget.Forecast, ways []msg.Text) msg.Text {
	list := ways[len(ways)-1]
	for i := len(ways) - 2; i >= 0; i-- {
		list = msg.T("forecast.or", "One", ways[i], "Other", list)
	}
	var name any = f.Root
	if f.Root == "" {
		name = msg.T("forecast.main")
	}
	return msg.T("forecast.warning", "Package", name, "After", size(f.After), "Limit", size(f.Limit), "Ways", list)
}

// way is something that takes weight off a package.
type way struct {
	saves int64 // bytes, at most
	text  msg.Text
}

// waysOut are the ways to get package i of the report below its limit: the mildest
// that is enough by itself, else all that are worth it.
func waysOut(p *project.Project, r *budget.Report, i int) []msg.Text {
	pkg := r.Packages[i]
	excess := pkg.Bytes - pkg.Limit
	var texts []msg.Text
	var saved int64
	for _, w := range possibleWays(p, pkg) {
		if w.saves >= excess {
			return []msg.Text{w.text}
		}
		if w.saves > excess/20 {
			texts = append(texts, w.text)
			saved += w.saves
		}
	}
	if saved < excess {
		texts = append(texts, msg.T("size.way.general"))
	}
	return texts
}

// possibleWays are by what is heavy in the package, the mildest first.
func possibleWays(p *project.Project, pkg budget.Weight) []way {
	var unused, debug, npm, kit int64
	for _, file := range pkg.Files {
		name := strings.TrimPrefix(file.Path, pkg.Root+"/")
		switch built := strings.Contains("/"+name, "/"+"miniprogram_npm/"); {
		case file.Dropped:
			continue
		case file.Unreached:
			unused += file.Bytes
		case strings.HasPrefix(path.Base(name), "lib-generate-test-usersig"):
			debug += file.Bytes
		case built && !ours(p, file.Path):
			npm += file.Bytes
		}
		if strings.HasPrefix(name, scaffold.UIKitDir+"/") || ours(p, file.Path) {
			kit += file.Bytes
		}
	}
	ways := []way{
		{unused, msg.T("size.way.unused", "Size", size(unused))},
		{debug, msg.T("size.way.debug", "Size", size(debug))},
		{npm, msg.T("size.way.npm", "Size", size(npm))},
	}
	if pkg.Root == "" && p.Lock.HasUIKit() {
		ways = append(ways, way{kit, msg.T("size.way.subpackage", "Size", size(kit))})
	}
	return ways
}

// ours reports whether this tool has put a file of the miniprogram root there.
func ours(p *project.Project, name string) bool {
	if p.Lock == nil {
		return false
	}
	_, known := p.Lock.Files[p.Path(name)]
	return known
}
