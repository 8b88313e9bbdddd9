package graph

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestOpen: an open graph reads what it is told to follow, and no more.
func TestOpen(t *testing.T) {
	in := build(t, `
-- app.json --
{"pages": ["a"]}
-- a.js --
-- a.wxml --
-- c/x.json --
{"usingComponents": {"y": "./y", "n": "npm/z"}}
-- c/x.js --
require('../u')
-- c/x.wxml --
<import src="t"/>
-- c/x.wxss --
@import "s.wxss";
-- c/y.json --
{}
`+files("c/y.wxml c/t.wxml c/s.wxss u.js old.js")).In
	g := Open(in)
	g.Follow("old.js")
	if got := strings.Join(slices.Sorted(maps.Keys(g.Nodes)), " "); got != "old.js" {
		t.Errorf("read %s", got)
	}
	g.FollowUnit("c/x")
	want := "c/s.wxss c/t.wxml c/x.js c/x.wxml c/x.wxss c/y.wxml old.js u.js"
	if got := strings.Join(slices.Sorted(maps.Keys(g.Nodes)), " "); got != want {
		t.Errorf("read %s", got)
	}
	if len(g.Units) != 2 || g.Units[0].Using[0].Found() || g.Unit("c/y") == nil {
		t.Errorf("units: %+v", g.Units)
	}
	g.FollowUnit("c/x")
	if len(g.Units) != 2 {
		t.Error("a component is followed twice")
	}
}
