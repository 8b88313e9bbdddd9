//go:build unix

package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"github.com/tuikit-cli/tuikit-cli/internal/shell"
)

// reply is a question with what is typed as the answer.
type reply struct {
	question string
	keys     []string
}

// flow is a command with all that it asks.
type flow struct {
	name    string
	project func(t *testing.T) (dir string, args []string)
	replies []reply
}

var (
	ofSDKAppID = reply{"SDKAppID", []string{"1400000000", enter}}
	ofUserID   = reply{"userID", []string{"alice", enter}}
	ofSecret   = reply{"SecretKey", []string{testSecret, enter}}
	ofPlan     = reply{"Write all this?", []string{enter}}
	ofMain     = reply{"Where does TUIKit go?", []string{enter}}
	ofVersion  = reply{"Which version of the UIKit?", []string{enter}}
)

// inPlain is a command in a small mini program, with a UIKit that needs no npm.
func inPlain(args ...string) func(*testing.T) (string, []string) {
	return func(t *testing.T) (string, []string) {
		dir, kit := plainProject(t)
		return dir, append(args, "--uikit", kit, "--no-install")
	}
}

// flows are all interactive ones.
func flows() []flow {
	return []flow{
		{"init of a new folder", func(t *testing.T) (string, []string) {
			return t.TempDir(), []string{"init", "app", "--no-install"}
		}, []reply{ofMain, ofVersion, ofSDKAppID, ofUserID, ofSecret}},
		{"init", inPlain("init"), []reply{ofMain, ofSDKAppID, ofUserID, ofSecret, ofPlan}},
		{"init of a subpackage", inPlain("init"), []reply{
			{"Where does TUIKit go?", []string{down, enter}}, {"Name of the subpackage", []string{enter}},
			{"Where do the SDK and the npm packages", []string{down, enter}}, ofSDKAppID, ofUserID, ofSecret, ofPlan}},
		{"init without a page", inPlain("init"), []reply{{"Where does TUIKit go?", []string{up, enter}}, ofPlan}},
		{"static", inPlain("init", "--usersig", "static"), []reply{ofMain, ofSDKAppID, ofUserID, ofSecret, ofPlan}},
		{"server", inPlain("init", "--usersig", "server"), []reply{ofMain, ofSDKAppID, ofUserID,
			{"URL of your server", []string{"https://example.com/usersig", enter}}, ofPlan}},
		{"add-subpackage", inPlain("add-subpackage", "chat"), []reply{ofSDKAppID, ofUserID, ofSecret, ofPlan}},
		{"another way", func(t *testing.T) (string, []string) {
			dir, args := inPlain("add-subpackage", "chat", "--sdkappid", "1", "--userid", "a")(t)
			if code, out := call(t, dir, nil, append(args, "--yes")); code != exitDone {
				t.Fatalf("exit code %d\n%s", code, out)
			}
			return dir, []string{"add-subpackage", "chat", "--usersig", "server"}
		}, []reply{{"URL of your server", []string{"https://example.com/usersig", enter}}, ofPlan}},
		{"a conflict", func(t *testing.T) (string, []string) {
			dir, args := inPlain("add-subpackage", "chat", "--usersig", "server", "--usersig-url", "https://example.com", "--sdkappid", "1", "--userid", "a")(t)
			writeFile(t, filepath.Join(dir, "tuikit-config.js"), "mine\n")
			return dir, args
		}, []reply{{"What about tuikit-config.js?", []string{down, enter}}, ofPlan}},
		{"undo", func(t *testing.T) (string, []string) {
			dir, args := inPlain("add-subpackage", "chat", "--yes")(t)
			if code, out := call(t, dir, nil, args); code != exitDone {
				t.Fatalf("exit code %d\n%s", code, out)
			}
			return dir, []string{"undo"}
		}, []reply{ofPlan}},
		{"build-npm", func(t *testing.T) (string, []string) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(shared.fixtures, "projects", "shop"))); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(filepath.Join(dir, "installed"), filepath.Join(dir, "node_modules")); err != nil {
				t.Fatal(err)
			}
			return dir, []string{"build-npm"}
		}, []reply{ofPlan}},
	}
}

// TestEveryQuestionCanBeLeft: Ctrl-C, Ctrl-D and signals at every question of every
// flow change nothing, and leave the terminal as it was.
func TestEveryQuestionCanBeLeft(t *testing.T) {
	t.Parallel()
	for _, f := range flows() {
		for n, last := range f.replies {
			for name, stop := range map[string]func(*console){
				"Ctrl-C":  func(term *console) { term.answer(last.question, "1", ctrlC) },
				"Ctrl-D":  func(term *console) { term.answer(last.question, ctrlD) },
				"SIGTERM": func(term *console) { term.signal(last.question, syscall.SIGTERM) },
			} {
				if name == "SIGTERM" && (n != 0 && last.question != ofSecret.question || len(f.replies) < 4) {
					continue // each kind of question once a flow is enough
				}
				t.Run(fmt.Sprint(f.name, " ", last.question, " ", name), func(t *testing.T) {
					t.Parallel()
					dir, args := f.project(t)
					before := treeOf(t, dir)
					term := start(t, dir, nil, args...)
					for _, reply := range f.replies[:n] {
						term.answer(reply.question, reply.keys...)
					}
					stop(term)
					term.expect("interrupted; nothing was changed")
					term.wantExit(exitInterrupted)
					term.wantRestored()
					wantSameTree(t, before, treeOf(t, dir))
					if strings.Contains(term.plain(), testSecret) {
						t.Errorf("the SecretKey is on the screen:\n%s", term.plain())
					}
				})
			}
		}
	}
}

func (term *console) signal(question string, signal syscall.Signal) {
	term.t.Helper()
	term.answer(question, "1")
	if err := term.command.Process.Signal(signal); err != nil {
		term.t.Fatal(err)
	}
}

// TestEveryTerminal: a flow comes to the same end on any terminal.
func TestEveryTerminal(t *testing.T) {
	t.Parallel()
	f := flows()[2]
	dir, args := f.project(t)
	again(t, dir, "tuikit-cli "+shell.Line(append(args, "--integration", "subpackage", "--isolated", "--sdkappid", "1400000000", "--userid", "alice", "--yes")...))
	key := func(files tree) tree { // the one answer that is on no command line
		files = files.withoutState()
		for name := range files {
			files[name] = strings.ReplaceAll(files[name], testSecret, "")
		}
		delete(files, "tuikit-lock.json")
		return files
	}
	want := key(treeOf(t, dir))
	terminals := map[string]struct {
		monitor
		variable string
		args     []string
	}{
		"narrow": {monitor{columns: 20}, "A=", nil}, "half": {monitor{columns: 40}, "A=", nil}, "wide": {monitor{columns: 1000}, "A=", nil},
		"of no size": {monitor{}, "A=", nil},
		"NO_COLOR":   {monitor{columns: 80}, "NO_COLOR=1", nil}, "no-color": {monitor{columns: 80}, "A=", []string{"--no-color"}},
	}
	r := f.replies
	replies := map[string][]reply{"en": r, "zh": {{"TUIKit 放在哪里", r[0].keys}, {"分包名", r[1].keys}, {"SDK 和 npm", r[2].keys},
		{"SDKAppID", r[3].keys}, {"userID", r[4].keys}, {"密钥", r[5].keys}, {"写入以上内容", r[6].keys}}}
	for lang := range replies {
		for name, on := range terminals {
			t.Run(lang+" "+name, func(t *testing.T) {
				t.Parallel()
				dir, args := f.project(t)
				term := startOn(t, on.monitor, dir, []string{on.variable}, append(append(args, on.args...), "--lang", lang)...)
				for _, reply := range replies[lang] {
					term.answer(reply.question, reply.keys...)
				}
				term.wantExit(exitDone)
				term.wantRestored()
				if changed := changes(want, key(treeOf(t, dir))); len(changed) > 0 {
					t.Errorf("not as without a terminal:\n%s", strings.Join(changed, "\n"))
				}
				plain := name == "NO_COLOR" || name == "no-color"
				if coloured := regexp.MustCompile(`\x1b\[[0-9;]*[1-9]m`).Match(term.raw); coloured == plain {
					t.Errorf("coloured: %v", coloured)
				}
			})
		}
	}
	if _, ok := want["TUI-CustomerService/tuikit-session.js"]; !ok {
		t.Error("the subpackage is not isolated")
	}
}

// TestSimpleTerminal: nothing but lines goes to a terminal that knows nothing else.
func TestSimpleTerminal(t *testing.T) {
	t.Parallel()
	for _, variable := range []string{"TERM=dumb", "TERM="} {
		dir, kit := plainProject(t)
		term := start(t, dir, []string{variable}, "init", "--uikit", kit, "--no-install")
		term.expect("  2. subpackage - subpackage: loaded on demand")
		term.answer("Where does TUIKit go? [main]:", "9", enter)
		term.expect("please answer with one of: main, subpackage, none")
		term.answer("Where does TUIKit go? [main]:", "subpackage", enter)
		term.answer("Name of the subpackage [TUI-CustomerService]:", "../chat", enter)
		term.expect("../chat cannot be a subpackage")
		term.answer("Name of the subpackage [TUI-CustomerService]:", enter)
		term.answer("Where do the SDK and the npm packages of TUIKit go? [main]:", "2", enter)
		term.answer("SDKAppID (empty: fill in later):", "x", enter)
		term.answer("please enter a number", "1400000000", enter)
		term.answer("userID", "alice", enter)
		term.answer("SecretKey", testSecret, enter)
		term.answer("Write all this? (y/n) [y]:", "perhaps", enter)
		term.expect("please answer y or n")
		term.answer("Write all this? (y/n) [y]:", enter)
		term.wantExit(exitDone)
		term.wantRestored()
		if strings.Contains(string(term.raw), "\x1b") || strings.Contains(term.plain(), testSecret) {
			t.Errorf("escapes, or the SecretKey, on the terminal: %q", term.raw)
		}
		other, _ := plainProject(t)
		again(t, other, term.printed("The same without questions:"), secretKeyEnv+"="+testSecret)
		wantSameTree(t, treeOf(t, dir), treeOf(t, other))
	}
}

// TestSimpleTerminalCanBeLeft: by Ctrl-C, Ctrl-D and a signal, at a line and at the key.
func TestSimpleTerminalCanBeLeft(t *testing.T) {
	t.Parallel()
	for _, question := range []string{"SDKAppID", "SecretKey"} {
		for name, stop := range map[string]func(*console){
			"Ctrl-C":  func(term *console) { term.answer(question, ctrlC) },
			"Ctrl-D":  func(term *console) { term.answer(question, ctrlD) },
			"SIGTERM": func(term *console) { term.signal(question, syscall.SIGTERM) },
		} {
			if question == "SecretKey" && name == "Ctrl-D" {
				continue // term.ReadPassword (0.47) does not tell of an empty line without an end
			}
			t.Run(question+" "+name, func(t *testing.T) {
				t.Parallel()
				dir, args := inPlain("add-subpackage", "chat")(t)
				before := treeOf(t, dir)
				term := start(t, dir, []string{"TERM=dumb"}, args...)
				if question == "SecretKey" {
					term.answer("SDKAppID", enter)
					term.answer("userID", enter)
				}
				stop(term)
				term.expect("interrupted; nothing was changed")
				term.wantExit(exitInterrupted)
				term.wantRestored()
				wantSameTree(t, before, treeOf(t, dir))
			})
		}
	}
}

// TestKeys: arrows go round, letters filter, and what is erased is gone, wide or not.
func TestKeys(t *testing.T) {
	t.Parallel()
	dir, kit := plainProject(t)
	term := start(t, dir, nil, "init", "--uikit", kit, "--no-install")
	term.answer("Where does TUIKit go?", up, up, up, down, "x", erase, "s", "u", "b", enter)
	term.answer("Name of the subpackage", "a/../b", enter)
	term.answer("a/../b cannot be a subpackage", erase, "packages/chat", enter)
	term.answer("Where do the SDK and the npm packages", enter)
	term.answer("SDKAppID", "abc", enter)
	term.answer("please enter a number", " 14０0０00000 ", enter)
	term.answer("userID", strings.Repeat("长", 11), enter)
	term.answer("a userID has at most 32 bytes", "张三", erase, "四x", "\x1b[D", erase, "五", enter)
	term.answer("SecretKey", enter)
	term.answer("Write all this?", "what", enter)
	term.answer("Write all this?", "y", enter)
	term.wantExit(exitDone)
	term.wantRestored()
	config := treeOf(t, dir)["tuikit-config.js"]
	for _, want := range []string{"SDKAPPID: 1400000000,", "userID: '张五x',"} {
		if !strings.Contains(config, want) {
			t.Errorf("no %s in %s", want, config)
		}
	}
}

// TestNeededAnswers: what signing on this machine needs is asked for until it is there.
func TestNeededAnswers(t *testing.T) {
	t.Parallel()
	dir, args := inPlain("add-subpackage", "chat", "--usersig", "static")(t)
	term := start(t, dir, nil, args...)
	term.answer("SDKAppID", enter)
	term.answer("this cannot be left out with --usersig static", "1400000000", enter)
	term.answer("userID", enter)
	term.answer("this cannot be left out", "alice", enter)
	term.answer("SecretKey, to sign on this machine", enter)
	term.answer("this cannot be left out", testSecret, enter)
	term.answer("Write all this?", enter)
	term.wantExit(exitDone)
}

// TestTypedAhead: what is pasted, or typed before it is asked for, answers the questions
// in their order; nothing is lost, and nothing agrees to a plan that nobody has seen.
func TestTypedAhead(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"TERM=xterm", "TERM=dumb"} {
		dir, args := inPlain("add-subpackage", "chat")(t)
		before := treeOf(t, dir)
		term := start(t, dir, []string{kind}, args...)
		term.answer("SDKAppID", "1400000000\rREx\x1b[D\x1b[D\r"+"\r\r\r\r")
		term.expect("Write all this?")
		select {
		case <-term.exited:
			t.Errorf("%s: nobody was waited for:\n%s", kind, term.plain())
		case <-time.After(300 * time.Millisecond):
		}
		wantSameTree(t, before, treeOf(t, dir))
		term.answer("", "y", enter)
		term.wantExit(exitDone)
		term.wantRestored()
		if config := treeOf(t, dir)["tuikit-config.js"]; kind == "TERM=xterm" && (!strings.Contains(config, "SDKAPPID: 1400000000,") || !strings.Contains(config, "userID: 'REx',")) {
			t.Errorf("%s: not the answers:\n%s", kind, config)
		}
	}
}

// TestResized: the window changes while something is asked.
func TestResized(t *testing.T) {
	t.Parallel()
	dir, args := inPlain("init")(t)
	term := start(t, dir, nil, args...)
	for i, reply := range flows()[2].replies {
		term.expect(reply.question)
		if err := pty.Setsize(term.screen, &pty.Winsize{Rows: 10, Cols: uint16(20 + 100*(i%2))}); err != nil {
			t.Fatal(err)
		}
		term.answer("", reply.keys...)
	}
	term.wantExit(exitDone)
	term.wantRestored()
}

// TestResultGoesElsewhere: with stdout in a file or a pipe, questions and what they are
// about are on the terminal, and the result is where it is wanted.
func TestResultGoesElsewhere(t *testing.T) {
	t.Parallel()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	dir, args := inPlain("add-subpackage", "chat")(t)
	term := startOn(t, monitor{columns: 80, stdout: writer}, dir, nil, args...)
	_ = writer.Close()
	for _, reply := range []reply{ofSDKAppID, ofUserID, ofSecret} {
		term.answer(reply.question, reply.keys...)
	}
	term.expect("+ chat/pages/index.js")
	term.answer("Write all this?", enter)
	term.wantExit(exitDone)
	result, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(result), "UIKit 1.0.8 is in ") || strings.Contains(string(result), "\x1b") || strings.Contains(string(result), "+ chat/") {
		t.Errorf("the result is %q", result)
	}
}

// TestNobodyAtTheKeyboard: with stdin elsewhere nothing is asked, terminal or not.
func TestNobodyAtTheKeyboard(t *testing.T) {
	t.Parallel()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	dir, args := inPlain("add-subpackage", "chat")(t)
	term := startOn(t, monitor{columns: 80, stdin: null}, dir, nil, args...)
	term.expect("there is no terminal to ask on; give --sdkappid, --userid")
	term.wantExit(exitUsage)
}
