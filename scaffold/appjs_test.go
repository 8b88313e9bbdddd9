package scaffold

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

const (
	requireBlock = "// tuikit-cli:begin session\nrequire('./tuikit-session').signIn();\n// tuikit-cli:end session\n"
	importBlock  = "// tuikit-cli:begin session\nimport { signIn as signInToTUIKit } from './tuikit-session';\nsignInToTUIKit();\n// tuikit-cli:end session\n"
)

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

// Each row is app.js before, and after with BLOCK where the block must be.
var insertions = []struct{ name, file, before, after string }{
	{"plain", "app.js", "App({})\n", "REQUIRE" + "App({})\n"},
	{"empty", "app.js", "", "REQUIRE"},
	{"no final newline", "app.js", "App({})", "REQUIRE" + "App({})"},
	{"require", "app.js", "const a = require('./a')\nApp({})\n", "REQUIRE" + "const a = require('./a')\nApp({})\n"},
	{"import", "app.js", "import a from './a'\nApp({})\n", "IMPORT" + "import a from './a'\nApp({})\n"},
	{"import after require", "app.js", "const b = require('./b')\nimport a from './a'\nApp({})\n", "IMPORT" + "const b = require('./b')\nimport a from './a'\nApp({})\n"},
	{"export only", "app.js", "App({})\nexport default 1\n", "IMPORT" + "App({})\nexport default 1\n"},
	{"comments", "app.js", "// head\n/* two\n lines */\nApp({})\n", "// head\n/* two\n lines */\n" + "REQUIRE" + "App({})\n"},
	{"only a comment", "app.js", "// head", "// head\n" + "REQUIRE"},
	{"directive", "app.js", "'use strict';\nApp({})\n", "'use strict';\n" + "REQUIRE" + "App({})\n"},
	{"directive without semicolon", "app.js", "\"use strict\"\n\nApp({})\n", "\"use strict\"\n" + "REQUIRE" + "\nApp({})\n"},
	{"directive and code on a line", "app.js", "'use strict';App({})", "'use strict';\n" + "REQUIRE" + "App({})"},
	{"string expression", "app.js", "'a'.length\nApp({})\n", "REQUIRE" + "'a'.length\nApp({})\n"},
	{"string that goes on", "app.js", "'a'\n+ 'b'\nApp({})\n", "REQUIRE" + "'a'\n+ 'b'\nApp({})\n"},
	{"comment behind a directive", "app.js", "'use strict' // strict\nApp({})\n", "'use strict' // strict\n" + "REQUIRE" + "App({})\n"},
	{"BOM", "app.js", "\ufeffApp({})\n", "\ufeff" + "REQUIRE" + "App({})\n"},
	{"CRLF", "app.js", "// head\r\nApp({})\r\n", "// head\r\n" + "CRLF" + "App({})\r\n"},
	{"words in strings", "app.js", "var s = 'import x from 1; onLaunch'\nApp({})\n", "REQUIRE" + "var s = 'import x from 1; onLaunch'\nApp({})\n"},
	{"TypeScript", "app.ts", "App<IAppOption>({ globalData: {} })\n", "IMPORT" + "App<IAppOption>({ globalData: {} })\n"},
}

func TestInsertBlock(t *testing.T) {
	for _, row := range insertions {
		t.Run(row.name, func(t *testing.T) {
			want := strings.NewReplacer("REQUIRE", requireBlock, "IMPORT", importBlock, "CRLF", crlf(requireBlock)).Replace(row.after)
			got, block, err := insertBlock(row.file, []byte(row.before))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, string(got)); diff != "" {
				t.Error(diff)
			}
			if !strings.Contains(string(got), block) {
				t.Error("the block that is recorded is not the one that was inserted")
			}
		})
	}
}

func TestInsertBlockRefusesWhatDoesNotParse(t *testing.T) {
	for _, script := range []string{"App({", "import {signIn as signInToTUIKit} from './mine'\nApp({})"} {
		if out, _, err := insertBlock("app.js", []byte(script)); err == nil {
			t.Errorf("%q became %q", script, out)
		}
	}
}

// FuzzInsertBlock: whatever the script, nothing of it is lost or reordered, and
// the result parses.
func FuzzInsertBlock(f *testing.F) {
	for _, row := range insertions {
		f.Add(row.before)
	}
	f.Fuzz(func(t *testing.T, script string) {
		out, block, err := insertBlock("app.js", []byte(script))
		if err != nil {
			return
		}
		if _, err := graph.IsModule("app.js", out); err != nil {
			t.Fatalf("does not parse: %v", err)
		}
		before, after, found := strings.Cut(string(out), block)
		for _, added := range []string{"", "\n", "\r\n"} { // a line end where the script had none
			if kept, ok := strings.CutSuffix(before, added); found && ok && kept+after == script {
				return
			}
		}
		t.Fatalf("%q became %q", script, out)
	})
}

// FuzzRemoveBlock: a script without a block stays; one that got the block is what
// it was, but for a line end where it had none; one that was edited around the
// block since keeps every edit.
func FuzzRemoveBlock(f *testing.F) {
	for _, row := range insertions {
		f.Add(row.before, "first();\n", "last();\n")
	}
	f.Fuzz(func(t *testing.T, script, above, below string) {
		if strings.Contains(script+above+below, "tuikit-cli:") {
			return
		}
		if got := removeBlock([]byte(script)); string(got) != script {
			t.Fatalf("%q became %q", script, got)
		}
		out, block, err := insertBlock("app.js", []byte(script))
		if err != nil {
			return
		}
		back := string(removeBlock(out))
		if back != script && strings.Replace(string(out), block, "", 1) != back {
			t.Fatalf("%q became %q", script, back)
		}
		if above != "" && !strings.HasSuffix(above, "\n") {
			above += "\n"
		}
		if got := string(removeBlock([]byte(above + block + below))); got != above+below {
			t.Fatalf("%q became %q", above+block+below, got)
		}
	})
}

func TestBlockIsFoundAndRemoved(t *testing.T) {
	for _, row := range insertions {
		out, block, err := insertBlock(row.file, []byte(row.before))
		if err != nil {
			t.Fatal(err)
		}
		found, at, ok := findBlock(out)
		if !ok || found != block || string(out[at:at+len(block)]) != block {
			t.Errorf("%s: found %q", row.name, found)
		}
		if back := string(removeBlock(out)); back != strings.Replace(string(out), block, "", 1) || len(back)-len(row.before) > 1 {
			t.Errorf("%s: %q", row.name, back)
		}
	}
	if _, _, ok := findBlock([]byte("// tuikit-cli:begin session\nsignIn();\n")); ok {
		t.Error("a block without an end was found")
	}
}

func TestRelative(t *testing.T) {
	for _, row := range []struct{ from, target, want string }{
		{"pages/index/index", "tuikit-session", "../../tuikit-session"},
		{"pages/index/index", "TUIKit/index", "../../TUIKit/index"},
		{"TUI-CustomerService/pages/index", "TUI-CustomerService/TUIKit/index", "../TUIKit/index"},
		{"index", "TUIKit/index", "./TUIKit/index"},
		{"pages/index", "pages/TUIKit/index", "./TUIKit/index"},
	} {
		if got := project.Relative(row.from, row.target); got != row.want {
			t.Errorf("project.Relative(%q, %q) = %q, want %q", row.from, row.target, got, row.want)
		}
	}
}
