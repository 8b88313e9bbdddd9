package graph

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"github.com/tuikit-cli/tuikit-cli/internal/crash"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/internal/script"
	"github.com/tuikit-cli/tuikit-cli/internal/wxml"
	"github.com/tuikit-cli/tuikit-cli/internal/wxs"
	"github.com/tuikit-cli/tuikit-cli/internal/wxss"
)

// kindOf is the kind of a packed file, "" for one that is no code.
func (g *Graph) kindOf(name string) Kind {
	ext := path.Ext(name)
	switch ext {
	case ".js":
		return Script
	case ".wxml":
		return Template
	case ".wxs":
		return WXS
	case ".wxss":
		return Style
	case ".ts":
		if g.In.Project.Config.TypeScript() && !strings.HasSuffix(name, ".d.ts") {
			return Script
		}
	case ".less":
		if g.In.Project.Config.Compiles("less") {
			return Style
		}
	case ".scss", ".sass":
		if g.In.Project.Config.Compiles("sass") {
			return Style
		}
	}
	return ""
}

// parse reads every code file, on all cores, and keeps of each what it says, not
// what it is: a mini program may have ten thousand.
func (g *Graph) parse(known func(name string, data []byte) bool) error {
	checker := &syntaxChecker{graph: g}
	group := errgroup.Group{}
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, name := range g.In.Files.Names() {
		kind := g.kindOf(name)
		if kind == "" {
			continue
		}
		node := &Node{Path: name, Kind: kind, Package: g.In.Project.PackageIndex(name)}
		g.Nodes[name] = node
		group.Go(crash.Guarded(func() error {
			file := g.In.Project.Path(name)
			data, err := project.ReadFile(g.In.FS, file)
			if errors.Is(err, fs.ErrNotExist) {
				return &project.FileError{Path: file, Err: err} // it was there a moment ago
			}
			if err != nil {
				return err
			}
			node.read(data)
			if kind == Script && !known(name, data) {
				checker.add(name, data)
			}
			return nil
		}))
	}
	err := group.Wait()
	checker.flush()
	return err
}

func (n *Node) read(data []byte) {
	n.BOM = bytes.HasPrefix(data, []byte("\ufeff"))
	n.Latin = !utf8.Valid(data)
	switch n.Kind {
	case Script:
		n.Script = script.Scan(data)
	case Template:
		n.Template = wxml.Parse(data)
	case WXS:
		n.WXS = wxs.Parse(data)
	case Style:
		if path.Ext(n.Path) == ".wxss" {
			n.Style = wxss.Parse(data)
		} else { // it is compiled first
			n.Refs = sourceRefs(data)
		}
	}
}

// batchBytes is how much script esbuild gets at once: it keeps the trees of a
// whole batch, some forty times the size of the text.
const batchBytes = 1 << 20

// syntaxChecker hands scripts to esbuild in batches.
type syntaxChecker struct {
	graph *Graph
	mu    sync.Mutex
	batch map[string][]byte
	bytes int
	turn  sync.Mutex // one batch at a time: esbuild uses all cores by itself
}

func (c *syntaxChecker) add(name string, data []byte) {
	c.mu.Lock()
	if c.batch == nil {
		c.batch = map[string][]byte{}
	}
	c.batch[name] = data
	c.bytes += len(data)
	full := c.bytes >= batchBytes
	c.mu.Unlock()
	if full {
		c.flush()
	}
}

func (c *syntaxChecker) flush() {
	c.mu.Lock()
	batch := c.batch
	c.batch, c.bytes = nil, 0
	c.mu.Unlock()
	if len(batch) == 0 {
		return
	}
	c.turn.Lock()
	defer c.turn.Unlock()
	faults, live := script.Check(batch)
	c.graph.Syntax = append(c.graph.Syntax, faults...)
	maps.Copy(c.graph.live, live)
}
