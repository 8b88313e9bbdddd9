package check

import (
	"bytes"
	"regexp"
	"strconv"

	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// styleURL: a local file in url() cannot be loaded on a device
// (developers.weixin.qq.com, framework/view/wxss); a font or picture of the network,
// or base64, can. Where a block has one of these, too, as generated icon fonts do, the
// local files are for browsers.
var styleURL = &Rule{ID: "style-url", Severity: diag.Warning, Run: func(p *Pass) {
	file, from, to, loads := "", 0, 0, false
	p.eachRef(func(n *graph.Node, r graph.Ref) {
		if r.Use != graph.Local {
			return
		}
		if n.Path != file || r.Offset < from || r.Offset >= to {
			file = n.Path
			from, to = block(p.source(p.root(file)), r.Offset)
			loads = loadable.Match(p.cut(p.root(file), from, to))
		}
		if loads {
			return
		}
		f := p.report(p.ref(n, r), msg.T("check.style-url", "Spec", r.Spec))
		f.Hint = msg.T("check.style-url.hint")
		f.cause = cause{of: file + "{" + strconv.Itoa(from), also: msg.T("check.literal", "Value", r.Spec)}
	})
}}

var loadable = regexp.MustCompile(`url\(\s*["']?(?:data:|https?:|//)`)

// block is the innermost block of a style around an offset.
func block(data []byte, offset int) (from, to int) {
	offset = min(offset, len(data))
	from, to = 1+bytes.LastIndexByte(data[:offset], '{'), len(data)
	if end := bytes.IndexByte(data[offset:], '}'); end >= 0 {
		to = offset + end
	}
	return from, to
}
