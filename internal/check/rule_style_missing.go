package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// styleMissing: wcsc rejects an @import that leads nowhere; the compiler says
// nothing (observed).
var styleMissing = missing("style-missing", diag.Error, graph.StyleImport, func(file string) msg.Text { return msg.T("check.style-missing", "File", file) })
