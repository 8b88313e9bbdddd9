package main

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
)

func TestGroupOps(t *testing.T) {
	for _, c := range []struct {
		name string
		ops  []plan.Op
		want []string
	}{
		{"one file has its own name", []plan.Op{{Kind: plan.Create, Path: "miniprogram_npm/a/index.js"}}, []string{"+ miniprogram_npm/a/index.js 1"}},
		{"what changes and what goes may alternate", []plan.Op{
			{Kind: plan.Update, Path: "miniprogram_npm/a/a.js"}, {Kind: plan.Delete, Path: "miniprogram_npm/a/b.js"},
			{Kind: plan.Update, Path: "miniprogram_npm/a/c.js"}, {Kind: plan.Delete, Path: "miniprogram_npm/a/d.js"},
			{Kind: plan.Update, Path: "app.json"},
		}, []string{"~ miniprogram_npm/ 2", "- miniprogram_npm/ 2", "~ app.json 1"}},
		{"folders stay apart", []plan.Op{
			{Kind: plan.Create, Path: "miniprogram_npm/a/a.js"}, {Kind: plan.Create, Path: "pkg/miniprogram_npm/a/a.js"},
			{Kind: plan.Create, Path: "pkg/miniprogram_npm/a/b.js"},
		}, []string{"+ miniprogram_npm/a/a.js 1", "+ pkg/miniprogram_npm/ 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			marks := map[plan.Kind]string{plan.Create: "+", plan.Update: "~", plan.Delete: "-"}
			var got []string
			for _, group := range groupOps(c.ops) {
				got = append(got, fmt.Sprintf("%s %s %d", marks[group.kind], group.path, group.files))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestGroupConflicts(t *testing.T) {
	var all []plan.Conflict
	add := func(why string, paths ...string) {
		for _, path := range paths {
			all = append(all, plan.Conflict{Path: path, Why: msg.T(why)})
		}
	}
	add("conflict.npm", "app.json", "miniprogram_npm/few/a.js", "miniprogram_npm/few/b.js")
	for i := range manyConflicts {
		add("conflict.npm", fmt.Sprintf("pkg/miniprogram_npm/@s/many/%d.js", i))
		add("conflict.edited", fmt.Sprintf("utils/%d.js", i))
	}
	add("conflict.edited", "pkg/miniprogram_npm/@s/many/edited.js")
	var got []string
	for _, group := range groupConflicts(all) {
		got = append(got, fmt.Sprintf("%s %d %s", group.path, group.files, group.why.ID))
	}
	want := []string{"app.json 1 conflict.npm", "miniprogram_npm/few/a.js 1 conflict.npm", "miniprogram_npm/few/b.js 1 conflict.npm",
		fmt.Sprintf("pkg/miniprogram_npm/@s/many/ %d conflict.npm", manyConflicts)}
	for i := range manyConflicts {
		want = append(want, fmt.Sprintf("utils/%d.js 1 conflict.edited", i))
	}
	want = append(want, "pkg/miniprogram_npm/@s/many/edited.js 1 conflict.edited")
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
