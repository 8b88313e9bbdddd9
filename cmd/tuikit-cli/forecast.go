package main

import (
	"context"
	"io/fs"
	"path"
	"strings"

	"github.com/tuikit-cli/tuikit-cli/internal/budget"
	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
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
// limit by it. What cannot be weighed stops nothing: the plan is as good without. The
// error is that of a user who stops it.
func (c *change) foresee(ctx context.Context) error {
	c.forecast, c.warnings = nil, nil
	if c.plan.Empty() {
		return nil
	}
	scale := new(budget.Scale)
	var before, after weighed
	defer c.progress("progress.weigh")()
	err := interruptible(ctx, func() (err error) {
		if before, err = weigh(scale, c.fsys); err == nil {
			after, err = weigh(scale, c.plan.After())
		}
		return err
	})
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		c.warnings = []msg.Text{msg.T("forecast.unknown", "Error", explanationOf(err).what)}
		return nil
	}
	c.forecast = budget.Compare(before.report, after.report)
	if after.limits != nil {
		c.warnings = append(c.warnings, explanationOf(after.limits).what)
	}
	for i, f := range c.forecast {
		if f.Passes() {
			c.warnings = append(c.warnings, warning(f, waysOut(after.project, after.report, i)))
		}
	}
	return nil
}

// weighed is the weight of a tree under its own settings and limits; nothing where it
// is no mini program. Limits that are none do not count, and are an error beside it.
type weighed struct {
	project *project.Project
	report  *budget.Report
	limits  error
}

func weigh(scale *budget.Scale, fsys fs.FS) (w weighed, err error) {
	if _, err := fs.Stat(fsys, "."); err != nil {
		return w, nil // the project root is not there yet
	}
	g, err := look(fsys)
	if err != nil || !g.In.Project.HasApp {
		return w, err
	}
	w.project, w.report = g.In.Project, scale.Weigh(g, budget.SettingsOf(g.In))
	var limits budget.Limits
	limits, w.limits = budget.OwnLimits(g.In)
	w.report.Apply(limits)
	return w, nil
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
	return msg.T("forecast.warning", "Package", name, "After", budget.Text(f.After), "Limit", budget.Text(f.Limit), "Ways", list)
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
	var unused, debug, npm, alone, kit int64
	for _, file := range pkg.Files {
		name := strings.TrimPrefix(file.Path, pkg.Root+"/")
		switch _, _, built := bundle.Cut(file.Path); {
		case file.Dropped:
			continue
		case file.Unreached:
			unused += file.Bytes
		case strings.HasPrefix(path.Base(name), "lib-generate-test-usersig"):
			debug += file.Bytes
		case built && !ours(p, file.Path):
			npm += file.Bytes
		case built:
			alone += file.Bytes
		}
		if strings.HasPrefix(name, scaffold.UIKitDir+"/") || ours(p, file.Path) {
			kit += file.Bytes
		}
	}
	ways := []way{
		{unused, msg.T("size.way.unused", "Size", budget.Text(unused))},
		{debug, msg.T("size.way.debug", "Size", budget.Text(debug))},
		{npm, msg.T("size.way.npm", "Size", budget.Text(npm))},
	}
	if pkg.Root == "" && p.Lock.HasUIKit() {
		ways = append(ways, way{kit, msg.T("size.way.subpackage", "Size", budget.Text(kit))})
	}
	if pkg.Kind == "subpackage" {
		ways = append(ways, way{alone, msg.T("size.way.main", "Size", budget.Text(alone))})
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
