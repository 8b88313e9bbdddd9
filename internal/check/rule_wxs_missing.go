package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// wxsMissing: wcc rejects a <wxs src> or a require in WXS that leads nowhere; the
// compiler says nothing (observed).
var wxsMissing = missing("wxs-missing", diag.Error, graph.Wxs, func(file string) msg.Text { return msg.T("check.wxs-missing", "File", file) })
