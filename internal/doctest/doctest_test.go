package doctest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fenced writes "”'" for the fences that a Go string cannot hold.
func fenced(text string) string { return strings.ReplaceAll(text, "'''", "```") }

func parse(t *testing.T, text string) *Page {
	t.Helper()
	page, err := Parse(fenced(text))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

const example = `# A page
<!-- run: e2e -->
<!-- setup: env WORD=hello -->

<!-- file: in/a.txt -->
'''
one
two
'''

'''console
$ cat in/a.txt
one
two
$ echo \
  $WORD
hello
$ cd in
'''

<!-- exit: 3 -->
'''console
$ ls; exit 3
a.txt
'''
`

func TestParse(t *testing.T) {
	page := parse(t, example)
	want := []string{"setup env WORD=hello", "file in/a.txt", "command cat in/a.txt", "command echo $WORD", "command cd in", "command ls; exit 3 (exit code 3)"}
	if got := page.Outline(); !slices.Equal(got, want) {
		t.Errorf("outline:\n%s", strings.Join(got, "\n"))
	}
	if !page.E2E || len(page.Fences) != 3 || page.Steps[2].Line != 12 {
		t.Errorf("%v, %d blocks, line %d", page.E2E, len(page.Fences), page.Steps[2].Line)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"the block does not end":        "'''sh\nls\n",
		"begins with a command":         "'''console\nls\n'''\n",
		"an empty console block":        "'''console\n'''\n",
		"with a prompt":                 "'''sh\n$ ls\n'''\n",
		"unknown comment":               "<!-- note: hello -->\n",
		"an exit code that is not 0":    "<!-- exit: 0 -->\n",
		"a block that is not run":       "<!-- exit: 1 -->\n'''sh\nls\n'''\n",
		"the last comment waits":        "<!-- file: a -->\n",
		"run: e2e is the only one":      "<!-- run: sometimes -->\n",
		"line 3: the block does not en": "one\ntwo\n'''sh\nls",
	} {
		if _, err := Parse(fenced(text)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v, want %s", text, err, name)
		}
	}
}

func machine() Machine { return Machine{Env: []string{"PATH=" + os.Getenv("PATH")}} }

func TestRun(t *testing.T) {
	page := parse(t, example)
	wrong, err := page.Run(t.TempDir(), machine())
	if err != nil || len(wrong) > 0 {
		t.Errorf("%v, %v", wrong, err)
	}
}

// TestRunFinds: a page that says anything else fails, and is rewritten into one that does not.
func TestRunFinds(t *testing.T) {
	for name, change := range map[string][2]string{
		"another output":    {"hello\n", "good-bye\n"},
		"a line too many":   {"hello\n", "hello\nhello\n"},
		"a line too few":    {"one\ntwo\n$", "one\n$"},
		"another exit code": {"exit: 3", "exit: 4"},
	} {
		page := parse(t, strings.Replace(example, change[0], change[1], 1))
		wrong, err := page.Run(t.TempDir(), machine())
		if err != nil || len(wrong) != 1 {
			t.Fatalf("%s: %v, %v", name, wrong, err)
		}
		if !strings.Contains(wrong[0].String(), "line ") {
			t.Errorf("%s: %s", name, wrong[0])
		}
		if name == "another exit code" {
			continue
		}
		if got := page.Rewrite(wrong); got != fenced(example) {
			t.Errorf("%s: rewritten to\n%s", name, got)
		}
	}
}

// TestLoose: what is printed does not count, nor whether anything was found.
func TestLoose(t *testing.T) {
	loose := machine()
	loose.Loose = true
	wrong, err := parse(t, strings.Replace(example, "hello\n", "good-bye\n", 1)).Run(t.TempDir(), loose)
	if err != nil || len(wrong) > 0 {
		t.Errorf("an output: %v, %v", wrong, err)
	}
	wrong, err = parse(t, "<!-- exit: 1 -->\n'''console\n$ true\n'''\n").Run(t.TempDir(), loose)
	if err != nil || len(wrong) > 0 {
		t.Errorf("nothing is found: %v, %v", wrong, err)
	}
	wrong, err = parse(t, strings.Replace(example, "exit: 3", "exit: 4", 1)).Run(t.TempDir(), loose)
	if err != nil || len(wrong) != 1 {
		t.Errorf("an exit code: %v, %v", wrong, err)
	}
}

func TestSetup(t *testing.T) {
	projects := t.TempDir()
	if err := os.MkdirAll(filepath.Join(projects, "shop"), 0o755); err != nil {
		t.Fatal(err)
	}
	m := machine()
	m.Projects = projects
	page := parse(t, `
<!-- setup: project shop -->
<!-- setup: fill shop/big.bin 3 -->
<!-- setup: run mkdir other -->
'''console
$ wc -c < shop/big.bin | tr -d ' '
3072
$ ls; pwd
other
shop
~
'''
`)
	if wrong, err := page.Run(t.TempDir(), m); err != nil || len(wrong) > 0 {
		t.Errorf("%v, %v", wrong, err)
	}
	for _, text := range []string{"fill a", "fill a b", "project none", "env A", "run exit 1", "dance"} {
		if _, err := parse(t, "<!-- setup: "+text+" -->\n").Run(t.TempDir(), m); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		want, got string
		ok        bool
	}{
		{"", "", true},
		{"a b", "a b", true},
		{"a", "a b", false},
		{"a b", "a", false},
		{"…", "", true},
		{"…", "a b c", true},
		{"a …", "a b c", true},
		{"… c", "a b c", true},
		{"a … c", "a c", true},
		{"a … c", "a b d", false},
		{"… b … d", "a b c d", true},
		{"2026-01-02T10:00", "2027-12-31T23:59", true},
		{"2026-01-02", "2027-12-31", false},
		{"eJ" + strings.Repeat("a", 100), "eJ" + strings.Repeat("b-", 100), true},
		{"eJaa", "eJbb", false},
	} {
		if Match(strings.Fields(c.want), strings.Fields(c.got)) != c.ok {
			t.Errorf("Match(%q, %q) is not %v", c.want, c.got, c.ok)
		}
	}
}

// TestMatchTimes: in whatever zone a page is run, and whenever.
func TestMatchTimes(t *testing.T) {
	for _, c := range []struct {
		want, got string
		ok        bool
	}{
		{"issued: 2026-11-25 10:06:31 +08:00 (0 s ago)", "issued: 2027-01-01 00:00:00 -05:30 (1 s ago)", true},
		{"过期时间：2026-12-02 10:06:31 +08:00（7 天后）", "过期时间：2027-01-01 00:00:00 +00:00（6 天 23 小时后）", true},
		{"issued: 2026-11-25 10:06:31 +08:00 (0 s ago)", "expires: 2027-01-01 00:00:00 -05:30 (1 s ago)", false},
		{"at 2026-11-25 10:06:31 and", "at 2027-01-01 00:00:00 or", false},
	} {
		if Match([]string{c.want}, []string{c.got}) != c.ok {
			t.Errorf("Match(%q, %q) is not %v", c.want, c.got, c.ok)
		}
	}
}

func TestInvocations(t *testing.T) {
	page := parse(t, `
Run `+"`tuikit-cli check`"+` or `+"`npx tuikit-cli size .`"+`, not `+"`tuikit-cli`"+`.

'''sh
tuikit-cli init my-app   # a new one
npm install
'''

'''yaml
- run: tuikit-cli check --release
- npx --yes tuikit-cli@0.1.0 build-npm --check
'''

'''console
$ tuikit-cli size
'''
`)
	var got []string
	for _, i := range page.Invocations() {
		got = append(got, i.Text)
	}
	want := []string{"tuikit-cli check", "npx tuikit-cli size .", "tuikit-cli init my-app", "tuikit-cli check --release", "npx --yes tuikit-cli@0.1.0 build-npm --check", "tuikit-cli size"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(fenced(example))
	f.Fuzz(func(t *testing.T, text string) {
		page, err := Parse(text)
		if err != nil {
			return
		}
		if got := page.Rewrite(nil); got != strings.ReplaceAll(text, "\r\n", "\n") {
			t.Errorf("a page without mismatches is rewritten: %q", got)
		}
	})
}
