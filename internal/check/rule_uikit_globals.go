package check

import (
	"github.com/tuikit-cli/tuikit-cli/internal/diag"
	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// uikitGlobals: the components read the SDK and the account from wx when they are
// loaded and shown; somebody must have put them there (the UIKit's source).
var uikitGlobals = &Rule{ID: "uikit-globals", Severity: diag.Error, Run: func(p *Pass) {
	for _, page := range p.kitPages() {
		var missing []string
		for _, name := range []string{"$TUIKit", page.kit.Generation.Wiring().Global, "$chat_SDKAppID", "$chat_userID", "$chat_userSig"} {
			if !p.sets(name, p.own) {
				missing = append(missing, "wx."+name)
			}
		}
		if len(missing) > 0 {
			f := p.report(p.kitPlace(page), msg.T("check.uikit-globals", "Names", missing))
			f.Hint = msg.T("check.uikit-globals.hint", "Command", p.ownCommand())
		}
	}
}}
