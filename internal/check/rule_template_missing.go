package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// templateMissing: an <import> or <include> that leads nowhere renders nothing; the
// compiler says nothing (observed), the console a warning.
var templateMissing = missing("template-missing", diag.Warning, graph.Include, func(file string) msg.Text { return msg.T("check.template-missing", "File", file) })
