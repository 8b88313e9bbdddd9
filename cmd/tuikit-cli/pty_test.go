//go:build unix

package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	terminal "golang.org/x/term"
)

// What the keys send.
const (
	enter = "\r"
	down  = "\x1b[B"
	up    = "\x1b[A"
	ctrlC = "\x03"
	ctrlD = "\x04"
	erase = "\x7f"
)

const testSecret = "5bd2850fff3ecb11d7c805251c51ee46"

// console is the program running on a pseudo-terminal, and what is on its screen.
type console struct {
	t       *testing.T
	command *exec.Cmd
	screen  *os.File // what the terminal shows, and where keys go in
	exited  chan struct{}
	before  *terminal.State

	mu       sync.Mutex
	raw      []byte // all output
	answered int    // questions where the cursor is
	seen     int    // of the plain output: where expect goes on
}

// start runs tuikit-cli in dir on a terminal of its own.
func start(t *testing.T, dir string, variables []string, args ...string) *console {
	t.Helper()
	return startOn(t, monitor{columns: 200}, dir, variables, args...)
}

// monitor is a terminal, and what of the program is not on it.
type monitor struct {
	columns       uint16
	stdin, stdout *os.File // nil for the terminal
}

func startOn(t *testing.T, on monitor, dir string, variables []string, args ...string) *console {
	t.Helper()
	command := exec.Command("tuikit-cli", args...)
	command.Dir = dir
	command.Env = append(environment(t.TempDir()), "PATH="+os.Getenv("PATH"), "TMPDIR="+t.TempDir())
	command.Env = append(command.Env, variables...)
	screen, line, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(screen, &pty.Winsize{Rows: 40, Cols: on.columns}); err != nil {
		t.Fatal(err)
	}
	before, err := terminal.GetState(int(screen.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	command.Stdin, command.Stdout, command.Stderr = line, line, line
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if on.stdin != nil {
		command.Stdin, command.SysProcAttr.Ctty = on.stdin, 2
	}
	if on.stdout != nil {
		command.Stdout = on.stdout
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	term := &console{t: t, command: command, screen: screen, exited: make(chan struct{}), before: before}
	go term.read()
	go func() {
		_ = command.Wait()
		_ = line.Close() // then read comes to an end
	}()
	t.Cleanup(func() {
		_ = command.Process.Kill()
		<-term.exited
		_ = screen.Close()
	})
	return term
}

// read collects the output, and answers the question where the cursor is as a
// terminal does, each once: it may come in two pieces, or twice in one.
func (term *console) read() {
	buffer := make([]byte, 4096)
	for {
		n, err := term.screen.Read(buffer)
		term.mu.Lock()
		term.raw = append(term.raw, buffer[:n]...)
		for ; term.answered < bytes.Count(term.raw, []byte("\x1b[6n")); term.answered++ {
			_, _ = term.screen.WriteString("\x1b[1;1R")
		}
		term.mu.Unlock()
		if err != nil { // both sides are closed
			close(term.exited)
			return
		}
	}
}

var escapes = regexp.MustCompile(`\x1b(\[[0-9;?]*[A-Za-z]|[78])`)

// plain is the output without what moves the cursor or paints.
func (term *console) plain() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return strings.ReplaceAll(escapes.ReplaceAllString(string(term.raw), ""), "\r", "")
}

// expect waits until text is shown, after what was expected before.
func (term *console) expect(text string) {
	term.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		shown := term.plain()
		if i := strings.Index(shown[min(term.seen, len(shown)):], text); i >= 0 {
			term.seen += i + len(text)
			return
		}
	}
	term.t.Fatalf("%q is not shown:\n%s", text, term.plain())
}

// answer waits for a question and types.
func (term *console) answer(question string, keys ...string) {
	term.t.Helper()
	term.expect(question)
	for _, key := range keys {
		// The program switches the terminal to raw mode after it has put the
		// question; what comes earlier would be echoed by the terminal itself.
		time.Sleep(50 * time.Millisecond)
		if _, err := term.screen.WriteString(key); err != nil {
			term.t.Fatal(err)
		}
	}
}

// exit waits for the end and returns the exit code.
func (term *console) exit() int {
	term.t.Helper()
	select {
	case <-term.exited:
	case <-time.After(60 * time.Second):
		term.t.Fatalf("does not end:\n%s", term.plain())
	}
	return term.command.ProcessState.ExitCode()
}

func (term *console) wantExit(code int) {
	term.t.Helper()
	if got := term.exit(); got != code {
		term.t.Fatalf("exit code %d, want %d:\n%s", got, code, term.plain())
	}
}

// wantRestored: the terminal echoes again, as before, and its cursor can be seen.
func (term *console) wantRestored() {
	term.t.Helper()
	after, err := terminal.GetState(int(term.screen.Fd()))
	if err != nil {
		term.t.Fatal(err)
	}
	if !reflect.DeepEqual(term.before, after) {
		term.t.Errorf("the terminal is not as it was: %+v, then %+v", term.before, after)
	}
	if hidden := bytes.LastIndex(term.raw, []byte("\x1b[?25l")); hidden > bytes.LastIndex(term.raw, []byte("\x1b[?25h")) {
		term.t.Error("the cursor is hidden")
	}
}

// printed finds the command that does the same without questions.
func (term *console) printed(after string) string {
	term.t.Helper()
	_, rest, found := strings.Cut(term.plain(), after)
	if !found {
		term.t.Fatalf("no equivalent command:\n%s", term.plain())
	}
	line, _, _ := strings.Cut(strings.TrimSpace(rest), "\n")
	return strings.TrimSpace(line)
}

// again runs the printed command in another folder, with sh as the user would.
func again(t *testing.T, dir, line string, variables ...string) {
	t.Helper()
	command := exec.Command("sh", "-c", line)
	command.Dir = dir
	command.Env = append(append(environment(t.TempDir()), "PATH="+os.Getenv("PATH")), variables...)
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
}

func wantSameTree(t *testing.T, want, got tree) {
	t.Helper()
	if changed := changes(want.withoutState(), got.withoutState()); len(changed) > 0 {
		t.Errorf("not the same tree:\n%s", strings.Join(changed, "\n"))
	}
}

// plainProject copies a small existing mini program, for which the UIKit from a
// folder needs no npm.
func plainProject(t *testing.T) (dir, uikit string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(shared.fixtures, "projects", "plain"))); err != nil {
		t.Fatal(err)
	}
	return dir, filepath.Join(shared.fixtures, "registry", "@tencentcloud", "chat-uikit-wechat", "1.0.8")
}

// Enter all the way: the defaults, with placeholders for what is not known yet.
func TestPromptDefaults(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	term := start(t, dir, nil, "init", "app", "--no-install")
	term.answer("Where does TUIKit go?", enter)
	term.answer("Which version of the UIKit?", enter)
	term.answer("SDKAppID", enter)
	term.answer("userID", enter)
	term.answer("SecretKey", enter)
	term.expect("tuikit-session.js") // the plan is shown before the last question
	term.answer("Write all this?", enter)
	term.wantExit(exitDone)
	term.expect("UIKit 2.4.5 is in app")
	term.expect("fill in SDKAPPID, userID, SECRETKEY")

	line := term.printed("The same without questions:")
	if want := "tuikit-cli init app --integration main --uikit latest --no-install --yes"; line != want {
		t.Errorf("the equivalent command is %q, want %q", line, want)
	}
	other := t.TempDir()
	again(t, other, line)
	wantSameTree(t, treeOf(t, dir), treeOf(t, other))
}

// Answers: a subpackage by arrow keys, its name, another version, the credentials.
// The SecretKey is on the screen at no time, and not in the printed command.
func TestPromptAnswers(t *testing.T) {
	t.Parallel()
	dir, other := t.TempDir(), t.TempDir()
	for _, folder := range []string{dir, other} { // a package.json saves the time of npm init
		if err := os.CopyFS(filepath.Join(folder, "my app"), os.DirFS(filepath.Join(shared.fixtures, "projects", "npm"))); err != nil {
			t.Fatal(err)
		}
	}
	term := start(t, dir, nil, "init", "my app", "--no-install")
	term.answer("Where does TUIKit go?", down, enter)
	term.answer("Name of the subpackage", "packages/chat", enter)
	term.answer("Where do the SDK and the npm packages", enter)
	term.answer("Which version of the UIKit?", down, down, enter)
	term.answer("SDKAppID", "14x", enter)
	term.answer("please enter a number", "1400000000", enter)
	term.answer("userID", "alice", enter)
	term.answer("SecretKey", testSecret, enter)
	term.answer("Write all this?", "y", enter)
	term.wantExit(exitDone)
	term.expect("UIKit 1.0.8 is in my app")
	if strings.Contains(term.plain(), testSecret) {
		t.Errorf("the SecretKey is on the screen:\n%s", term.plain())
	}
	files := treeOf(t, filepath.Join(dir, "my app"))
	if _, ok := files["packages/chat/TUIKit/index.js"]; !ok {
		t.Error("no UIKit in packages/chat")
	}
	for _, text := range []string{"SDKAPPID: 1400000000,", "userID: 'alice',", "SECRETKEY: '" + testSecret + "',"} {
		if !strings.Contains(files["tuikit-config.js"], text) {
			t.Errorf("tuikit-config.js has no %s", text)
		}
	}
	line := term.printed("The same without questions:")
	if strings.Contains(line, testSecret) {
		t.Errorf("the SecretKey is in the printed command: %s", line)
	}
	again(t, other, line, secretKeyEnv+"="+testSecret)
	wantSameTree(t, treeOf(t, dir), treeOf(t, other))
}

// The printed command holds answers that mean something to a shell.
func TestPromptQuoting(t *testing.T) {
	t.Parallel()
	for _, userID := range []string{"#1", "a`b", "~", "it's", "a{b,c}d", "!x"} {
		t.Run(userID, func(t *testing.T) {
			t.Parallel()
			dir, uikit := plainProject(t)
			term := start(t, dir, nil, "add-subpackage", "chat", "--uikit", uikit, "--no-install")
			term.answer("SDKAppID", "1400000000", enter)
			term.answer("userID", userID, enter)
			term.answer("SecretKey", testSecret, enter)
			term.answer("Write all this?", enter)
			term.wantExit(exitDone)
			other, _ := plainProject(t)
			again(t, other, term.printed("The same without questions:"), secretKeyEnv+"="+testSecret)
			wantSameTree(t, treeOf(t, dir), treeOf(t, other))
		})
	}
}

// Chinese questions and words.
func TestPromptChinese(t *testing.T) {
	t.Parallel()
	dir, uikit := plainProject(t)
	term := start(t, dir, []string{"LANG=zh_CN.UTF-8"}, "init", "--uikit", uikit, "--no-install")
	term.expect("TUIKit 放在哪里？")
	term.answer("主包", enter)
	term.answer("SDKAppID（可留空", enter)
	term.answer("userID（可留空", "张三", enter)
	term.answer("SecretKey 密钥", enter)
	term.answer("写入以上内容？", enter)
	term.wantExit(exitDone)
	term.expect("已将 UIKit 1.0.8 放入 ")
	term.expect("接下来：")
	other, _ := plainProject(t)
	again(t, other, term.printed("等效命令（不再提问）："))
	wantSameTree(t, treeOf(t, dir), treeOf(t, other))
}

// What flags and environment have answered is not asked.
func TestPromptOnlyWhatIsMissing(t *testing.T) {
	t.Parallel()
	dir, uikit := plainProject(t)
	term := start(t, dir, []string{secretKeyEnv + "=" + testSecret}, "init", "--uikit", uikit, "--no-install", "--integration", "main", "--sdkappid", "1400000000")
	term.answer("userID", "alice", enter)
	term.answer("Write all this?", enter)
	term.wantExit(exitDone)
	for _, question := range []string{"Where does TUIKit go?", "Which version", "SDKAppID (", "SecretKey,", testSecret} {
		if strings.Contains(term.plain(), question) {
			t.Errorf("%q is on the screen:\n%s", question, term.plain())
		}
	}
}

// A server's URL is asked for instead of a SecretKey.
func TestPromptServer(t *testing.T) {
	t.Parallel()
	dir, uikit := plainProject(t)
	term := start(t, dir, nil, "add-subpackage", "chat", "--uikit", uikit, "--no-install", "--usersig", "server", "--sdkappid", "1400000000", "--userid", "alice")
	term.answer("URL of your server", "https://shop.example.com/usersig?a=1&b=2", enter)
	term.answer("Write all this?", enter)
	term.wantExit(exitDone)
	if strings.Contains(term.plain(), "SecretKey") {
		t.Errorf("asked for a SecretKey:\n%s", term.plain())
	}
	other, _ := plainProject(t)
	again(t, other, term.printed("The same without questions:"))
	wantSameTree(t, treeOf(t, dir), treeOf(t, other))
}

// --yes and --format json ask nothing, on a terminal too.
func TestPromptNone(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--yes"}, {"--format", "json", "--sdkappid", "1400000000", "--userid", "alice"}} {
		dir, uikit := plainProject(t)
		term := start(t, dir, []string{secretKeyEnv + "=" + testSecret},
			append([]string{"add-subpackage", "chat", "--uikit", uikit, "--no-install"}, args...)...)
		term.wantExit(exitDone)
		if strings.Contains(term.plain(), "?") && !strings.Contains(term.plain(), `"version"`) {
			t.Errorf("something was asked:\n%s", term.plain())
		}
	}
}

// No at the last question, and Ctrl-C at any, change nothing and end with 130.
func TestPromptStops(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(*console){
		"no": func(term *console) {
			term.answer("SDKAppID", enter)
			term.answer("userID", enter)
			term.answer("SecretKey", enter)
			term.answer("Write all this?", "n", enter)
			term.expect("cancelled; nothing was changed")
		},
		"ctrl-c at the first": func(term *console) {
			term.answer("SDKAppID", "14", ctrlC)
			term.expect("interrupted; nothing was changed")
		},
		"ctrl-c at the key": func(term *console) {
			term.answer("SDKAppID", enter)
			term.answer("userID", enter)
			term.answer("SecretKey", testSecret, ctrlC)
			term.expect("interrupted; nothing was changed")
		},
		"ctrl-c at the last": func(term *console) {
			term.answer("SDKAppID", enter)
			term.answer("userID", enter)
			term.answer("SecretKey", testSecret, enter)
			term.answer("Write all this?", ctrlC)
			term.expect("interrupted; nothing was changed")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, uikit := plainProject(t)
			before := treeOf(t, dir)
			term := start(t, dir, nil, "add-subpackage", "chat", "--uikit", uikit, "--no-install")
			stop(term)
			term.wantExit(exitInterrupted)
			wantSameTree(t, before, treeOf(t, dir))
			if strings.Contains(term.plain(), testSecret) {
				t.Errorf("the SecretKey is on the screen:\n%s", term.plain())
			}
		})
	}
}

// Ctrl-C at init's first question, and in Chinese, in a folder that is not there.
func TestPromptStopsInit(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	term := start(t, dir, []string{"LANG=zh_CN.UTF-8"}, "init", "app")
	term.answer("TUIKit 放在哪里？", ctrlC)
	term.expect("已中断，未做任何修改。")
	term.wantExit(exitInterrupted)
	if _, err := os.Stat(filepath.Join(dir, "app")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}

// Colours are for terminals that want them.
func TestPromptColour(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		variable string
		want     bool
	}{
		"terminal": {"A=", true}, "NO_COLOR": {"NO_COLOR=1", false}, "dumb": {"TERM=dumb", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, uikit := plainProject(t)
			term := start(t, dir, []string{test.variable}, "init", "--uikit", uikit, "--no-install", "--yes")
			term.wantExit(exitDone)
			if got := strings.Contains(string(term.raw), "\x1b[3"); got != test.want {
				t.Errorf("coloured: %v, want %v", got, test.want)
			}
		})
	}
}

// TestConflictsAreAsked: each file in the way is shown with a diff, and the user says
// what becomes of it, one by one or for all that are left.
func TestConflictsAreAsked(t *testing.T) {
	t.Parallel()
	dir, uikit := plainProject(t)
	writeFile(t, filepath.Join(dir, "tuikit-config.js"), "mine\n")
	writeFile(t, filepath.Join(dir, "tuikit-session.js"), "also mine\n")
	before := treeOf(t, dir)
	args := []string{"add-subpackage", "chat", "--uikit", uikit, "--no-install", "--sdkappid", "1400000000", "--userid", "alice"}

	term := start(t, dir, []string{"TUIKIT_SECRETKEY=" + testSecret}, args...)
	term.expect("tuikit-config.js: exists with other content")
	term.expect("-mine")
	term.expect("+  SECRETKEY: '******'")
	term.answer("What about tuikit-config.js?", enter) // keep
	term.expect("-also mine")
	term.answer("What about tuikit-session.js?", down, down, down, down, enter) // abort
	term.wantExit(exitInterrupted)
	wantSameTree(t, before, treeOf(t, dir))

	term = start(t, dir, []string{"TUIKIT_SECRETKEY=" + testSecret}, args...)
	term.answer("What about tuikit-config.js?", down, enter) // overwrite
	term.answer("What about tuikit-session.js?", enter)      // keep
	term.answer("Write all this?", enter)
	term.wantExit(exitDone)
	after := treeOf(t, dir)
	if !strings.Contains(after["tuikit-config.js"], testSecret) || !strings.HasSuffix(after["tuikit-session.js"], "also mine\n") {
		t.Errorf("config %q, session %q", after["tuikit-config.js"], after["tuikit-session.js"])
	}
	if strings.Contains(term.plain(), testSecret) {
		t.Error("the SecretKey was shown")
	}

	term = start(t, dir, nil, "undo")
	term.answer("Write all this?", enter)
	term.wantExit(exitDone)
	wantSameTree(t, before, treeOf(t, dir))

	term = start(t, dir, nil, append(args, "--lang", "zh")...)
	term.answer("密钥", enter)
	term.answer("如何处理 tuikit-config.js？", down, down, down, enter) // overwrite all
	term.answer("写入以上内容？", enter)
	term.wantExit(exitDone)
}

// TestWarningAboveTheQuestion: what will be too large is said before anybody agrees.
func TestWarningAboveTheQuestion(t *testing.T) {
	t.Parallel()
	dir, uikit := plainProject(t)
	writeFile(t, filepath.Join(dir, "package.json"), `{"tuikit-cli": {"size": {"budgets": {"chat": 10}}}}`)
	before := treeOf(t, dir)
	term := start(t, dir, nil, "add-subpackage", "chat", "--uikit", uikit, "--no-install", "--usersig", "debug", "--sdkappid", "1400000000", "--userid", "alice")
	term.answer("SecretKey", enter)
	term.expect("chat: 0 B -> ")
	term.expect("warning: chat will be too large")
	term.answer("Write all this?", "n", enter)
	term.wantExit(exitInterrupted)
	wantSameTree(t, before, treeOf(t, dir))
}
