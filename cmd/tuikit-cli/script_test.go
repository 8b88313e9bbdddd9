package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/tidwall/gjson"

	"github.com/tuikit-cli/tuikit-cli/internal/npmtest"
)

var update = flag.Bool("update", false, "rewrite what cmp compares with in testdata/script")

// shared is what all tests of this package use: one registry and one npm cache,
// so that npm is quick after the first run.
var shared struct {
	registry *npmtest.Registry
	cache    string
	fixtures string // testdata, absolute
}

// suite starts what the tests share before they run. It is not started where the
// test binary stands in for the program.
type suite struct{ *testing.M }

func (s suite) Run() int {
	fixtures, err := filepath.Abs("../../testdata")
	if err != nil {
		return failed(err)
	}
	shared.fixtures = fixtures
	if shared.cache, err = os.MkdirTemp("", "tuikit-cli-test-"); err != nil {
		return failed(err)
	}
	defer os.RemoveAll(shared.cache)
	if shared.registry, err = newRegistry(); err != nil {
		return failed(err)
	}
	defer shared.registry.Close()
	return s.M.Run()
}

func failed(err error) int {
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func newRegistry() (*npmtest.Registry, error) {
	return npmtest.New(os.DirFS(filepath.Join(shared.fixtures, "registry")))
}

func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){"tuikit-cli": main, "tuikit-cli-killed": killedMain})
}

// environment is a machine of its own: the registry on loopback, an empty home,
// no locale and none of the program's variables.
func environment(home string) []string {
	return append(shared.registry.Env(shared.cache), "HOME="+home, "LANG=C", "TERM=xterm",
		"npm_config_omit_lockfile_registry_resolved=true") // its port is another one every time
}

func TestScript(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("..", "..", "testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setup,
		Condition:           condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"bom":       bom,
			"chomp":     chomp,
			"compile":   compile,
			"crlf":      crlf,
			"equal":     equal,
			"exits":     exits,
			"files":     files,
			"fill":      fill,
			"interrupt": interrupt,
			"json":      jsonValue,
			"locked":    locked,
			"nofile":    noFile,
			"nowhere":   nowhere,
			"project":   copyProject,
			"registry":  registry,
			"restored":  restored,
			"same":      same,
			"snapshot":  snapshot,
			"tgz":       tgz,
		},
	})
}

// script is what the commands of one script share.
type script struct {
	variables []string // names of those that Setup set
	trees     map[string]tree
	registry  *npmtest.Registry // the script's own; nil while it uses the shared one
	hung      *hangingRegistry
}

type scriptKey struct{}

func stateOf(ts *testscript.TestScript) *script { return ts.Value(scriptKey{}).(*script) }

func setup(env *testscript.Env) error {
	tools, _, _ := strings.Cut(env.Getenv("PATH"), string(os.PathListSeparator))
	env.Vars = append(env.Vars, environment(filepath.Join(env.WorkDir, ".home"))...)
	env.Vars = append(env.Vars,
		"TOOLS="+tools, // tuikit-cli alone: a PATH without npm
		"UIKITS="+filepath.Join(shared.fixtures, "registry", "@tencentcloud", "chat-uikit-wechat"),
	)
	state := &script{trees: map[string]tree{}}
	for _, variable := range env.Vars {
		name, _, _ := strings.Cut(variable, "=")
		state.variables = append(state.variables, name)
	}
	env.Values[scriptKey{}] = state
	return nil
}

// compilerEnv names the script of the end-to-end tests that runs WeChat's compiler.
const compilerEnv = "TUIKIT_TEST_COMPILER"

// condition adds [root]: permission bits do not bind the superuser; and [compiler]:
// the end-to-end tests run these scripts, with WeChat's compiler at hand.
func condition(name string) (bool, error) {
	switch name {
	case "root":
		return os.Geteuid() == 0, nil
	case "compiler":
		return os.Getenv(compilerEnv) != "", nil
	}
	return false, fmt.Errorf("unknown condition %s", name)
}

func usage(ts *testscript.TestScript, ok bool, synopsis string) {
	if !ok {
		ts.Fatalf("usage: %s", synopsis)
	}
}

// exits runs a program that must end with the given exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) >= 2, "exits CODE PROGRAM [ARG...]")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// tree is a folder with all that is in it: mode and content by path.
type tree map[string]string

// readTree reads dir; a folder that is not there is an empty tree.
func readTree(dir string) (tree, error) {
	found := tree{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		content := ""
		switch {
		case info.Mode().IsRegular():
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if content = string(data); len(data) > 4096 {
				content = fmt.Sprintf("sha256 %x", sha256.Sum256(data))
			}
		case info.Mode()&fs.ModeSymlink != 0:
			if content, err = os.Readlink(name); err != nil {
				return err
			}
		}
		found[filepath.ToSlash(relative)] = info.Mode().String() + "\n" + content
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return tree{}, nil
	}
	return found, err
}

func treeOf(t *testing.T, dir string) tree {
	t.Helper()
	found, err := readTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// compile has WeChat's own compiler accept a project, and looks into what it packs:
// nothing of this tool's own.
func compile(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 1, "[compiler] compile DIR")
	out := ts.MkAbs(".compiled")
	ts.Check(os.RemoveAll(out))
	command := exec.Command("node", os.Getenv(compilerEnv), ts.MkAbs(args[0]), "--out", out)
	if said, err := command.CombinedOutput(); err != nil {
		ts.Fatalf("%s does not compile: %v\n%s", args[0], err, said)
	}
	packed, err := readTree(out)
	ts.Check(err)
	for name := range packed {
		if strings.Contains(name, ".tuikit") || strings.HasSuffix(name, "tuikit-lock.json") {
			ts.Fatalf("%s would be packed", name)
		}
	}
	ts.Check(os.RemoveAll(out))
}

// snapshot remembers a folder for same.
func snapshot(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "snapshot NAME DIR")
	found, err := readTree(ts.MkAbs(args[1]))
	ts.Check(err)
	stateOf(ts).trees[args[0]] = found
}

// same compares a folder with a snapshot: every path, mode and byte.
func same(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "same NAME DIR")
	before, ok := stateOf(ts).trees[args[0]]
	usage(ts, ok, "snapshot "+args[0]+" DIR first")
	now, err := readTree(ts.MkAbs(args[1]))
	ts.Check(err)
	if changed := changes(before, now); len(changed) > 0 {
		ts.Fatalf("%s has changed:\n%s", args[1], strings.Join(changed, "\n"))
	}
}

// restored compares a folder with a snapshot as same does, but for what this tool
// remembers of its operations.
func restored(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "restored NAME DIR")
	before, ok := stateOf(ts).trees[args[0]]
	usage(ts, ok, "snapshot "+args[0]+" DIR first")
	now, err := readTree(ts.MkAbs(args[1]))
	ts.Check(err)
	if changed := changes(before.withoutState(), now.withoutState()); len(changed) > 0 {
		ts.Fatalf("%s has changed:\n%s", args[1], strings.Join(changed, "\n"))
	}
}

func (t tree) withoutState() tree {
	rest := tree{}
	for name, what := range t {
		if !slices.Contains(strings.Split(name, "/"), ".tuikit") {
			rest[name] = what
		}
	}
	return rest
}

// changes lists the paths by which two trees differ, with the content of those
// that are in both.
func changes(before, now tree) []string {
	var all []string
	for name, was := range before {
		is, there := now[name]
		switch {
		case !there:
			all = append(all, "- "+name)
		case is != was:
			all = append(all, "~ "+name+"\n"+cmp.Diff(was, is))
		}
	}
	for name := range now {
		if _, there := before[name]; !there {
			all = append(all, "+ "+name)
		}
	}
	slices.Sort(all)
	return all
}

// equal compares two folders as restored does.
func equal(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "equal DIR DIR")
	snapshot(ts, false, []string{"equal " + args[0], args[0]})
	restored(ts, false, []string{"equal " + args[0], args[1]})
}

// files lists the files below a folder on stdout. npm's own are left out; those in
// a folder that is named take one line.
func files(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) > 0, "files DIR [FOLDER...]")
	found, err := readTree(ts.MkAbs(args[0]))
	ts.Check(err)
	var names []string
	counts := map[string]int{}
	for name, what := range found {
		folder := slices.IndexFunc(args[1:], func(folder string) bool { return strings.HasPrefix(name, folder+"/") })
		switch {
		case strings.HasPrefix(what, "d"), strings.HasPrefix(name, "node_modules/"), strings.HasPrefix(name, ".tuikit/"):
		case folder >= 0:
			counts[args[1+folder]]++
		default:
			names = append(names, name)
		}
	}
	for folder, count := range counts {
		names = append(names, fmt.Sprintf("%s/ %d files", folder, count))
	}
	slices.Sort(names)
	fmt.Fprintln(ts.Stdout(), strings.Join(names, "\n"))
}

// fill makes a file, and its folder, of so many kilobytes, none of them alike in two
// files of other sizes.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "fill FILE KILOBYTES")
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	name := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(name), 0o755))
	ts.Check(os.WriteFile(name, bytes.Repeat([]byte{byte(size)}, size<<10), 0o644))
}

// noFile wants no file or folder to match the patterns.
func noFile(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) > 0, "nofile PATTERN...")
	for _, pattern := range args {
		found, err := filepath.Glob(ts.MkAbs(pattern))
		ts.Check(err)
		if len(found) > 0 {
			ts.Fatalf("there is %s", strings.Join(found, ", "))
		}
	}
}

// nowhere wants a text in no file of the folders, and not in the last output.
func nowhere(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) > 0, "nowhere TEXT [DIR...]")
	for _, stream := range []string{"stdout", "stderr"} {
		if strings.Contains(ts.ReadFile(stream), args[0]) {
			ts.Fatalf("%s has %q", stream, args[0])
		}
	}
	for _, dir := range args[1:] {
		ts.Check(filepath.WalkDir(ts.MkAbs(dir), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return err
			}
			data, err := os.ReadFile(name)
			if bytes.Contains(data, []byte(args[0])) {
				ts.Fatalf("%s has %q", name, args[0])
			}
			return err
		}))
	}
}

// jsonValue wants a value at a gjson path, arrays and objects written without
// white space; FILE may be stdout. With "!" it wants no such path.
func jsonValue(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, neg && len(args) == 2 || !neg && len(args) == 3, "json FILE PATH VALUE, or ! json FILE PATH")
	text := strings.TrimPrefix(ts.ReadFile(args[0]), "\ufeff")
	if !gjson.Valid(text) {
		ts.Fatalf("%s is not one JSON value", args[0])
	}
	found := gjson.Get(text, args[1])
	if found.IsObject() || found.IsArray() {
		found = found.Get("@ugly")
	}
	switch {
	case neg && found.Exists():
		ts.Fatalf("%s has %s: %s", args[0], args[1], found)
	case !neg && (!found.Exists() || found.String() != args[2]):
		ts.Fatalf("%s: %s is %q, want %q", args[0], args[1], found, args[2])
	}
}

// locked wants every file that tuikit-lock.json names to be there as it says.
func locked(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 1, "locked DIR")
	entries := gjson.Get(ts.ReadFile(filepath.Join(args[0], "tuikit-lock.json")), "files").Map()
	if len(entries) == 0 {
		ts.Fatalf("tuikit-lock.json names no files")
	}
	for name, entry := range entries {
		content := ts.ReadFile(filepath.Join(args[0], filepath.FromSlash(name)))
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(content))); got != entry.Get("sha256").String() {
			ts.Fatalf("%s is not what tuikit-lock.json says", name)
		}
	}
}

// copyProject copies a mini program of testdata/projects.
func copyProject(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "project NAME DIR")
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(filepath.Join(shared.fixtures, "projects", args[0]))))
}

func rewrite(ts *testscript.TestScript, names []string, change func([]byte) []byte) {
	usage(ts, len(names) > 0, "COMMAND FILE...")
	for _, name := range names {
		data, err := os.ReadFile(ts.MkAbs(name))
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(name), change(data), 0o644))
	}
}

// crlf ends the lines of files as Windows does.
func crlf(ts *testscript.TestScript, _ bool, names []string) {
	rewrite(ts, names, func(data []byte) []byte { return bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n")) })
}

// bom puts a byte order mark in front of files.
func bom(ts *testscript.TestScript, _ bool, names []string) {
	rewrite(ts, names, func(data []byte) []byte { return append([]byte("\ufeff"), data...) })
}

// chomp takes the last line end away.
func chomp(ts *testscript.TestScript, _ bool, names []string) {
	rewrite(ts, names, func(data []byte) []byte { return bytes.TrimRight(data, "\r\n") })
}

// tgz packs a folder as npm does.
func tgz(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) == 2, "tgz FILE DIR")
	var packed bytes.Buffer
	zipped := gzip.NewWriter(&packed)
	archive := tar.NewWriter(zipped)
	dir := ts.MkAbs(args[1])
	ts.Check(filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		header := &tar.Header{Name: "package/" + filepath.ToSlash(relative), Mode: 0o644, Size: int64(len(data))}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		_, err = archive.Write(data)
		return err
	}))
	ts.Check(archive.Close())
	ts.Check(zipped.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), packed.Bytes(), 0o644))
}

// registry gives the script a registry of its own, with a fault:
//
//	registry fail NAME STATUS   requests for the package get that HTTP status; 0: no longer
//	registry hang NAME          requests for the package are never answered
//	registry closed             nobody listens at its address
func registry(ts *testscript.TestScript, neg bool, args []string) {
	usage(ts, !neg && len(args) > 0, "registry fail NAME STATUS | hang NAME | closed")
	state := stateOf(ts)
	if state.registry == nil {
		own, err := newRegistry()
		ts.Check(err)
		ts.Defer(own.Close)
		state.registry = own
		for _, variable := range own.Env(ts.MkAbs(".cache")) {
			name, value, _ := strings.Cut(variable, "=")
			ts.Setenv(name, value)
		}
	}
	switch {
	case args[0] == "fail" && len(args) == 3:
		status, err := strconv.Atoi(args[2])
		ts.Check(err)
		state.registry.Fail(args[1], status)
	case args[0] == "hang" && len(args) == 2:
		state.hung = hang(ts, state.registry.URL, args[1])
		ts.Setenv("npm_config_registry", state.hung.URL)
	case args[0] == "closed" && len(args) == 1:
		state.registry.Close()
	default:
		usage(ts, false, "registry fail NAME STATUS | hang NAME | closed")
	}
}

// hangingRegistry passes every request on, but never answers for one package.
type hangingRegistry struct {
	*httptest.Server
	asked chan struct{} // gets an element when there was a request for the package
}

func hang(ts *testscript.TestScript, behind, name string) *hangingRegistry {
	target, err := url.Parse(behind)
	ts.Check(err)
	h := &hangingRegistry{asked: make(chan struct{}, 1)}
	pass := httputil.NewSingleHostReverseProxy(target)
	end := make(chan struct{})
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if strings.TrimPrefix(request.URL.Path, "/") != name {
			pass.ServeHTTP(w, request)
			return
		}
		select {
		case h.asked <- struct{}{}:
		default:
		}
		select {
		case <-request.Context().Done():
		case <-end:
		}
	}))
	ts.Defer(func() { close(end); h.Close() })
	return h
}

// interrupt runs tuikit-cli, sends it Ctrl-C once npm waits for the hanging
// registry, and wants it to end with the given exit code, without a process or
// temporary file of its own left. Its output is the command's.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	state := stateOf(ts)
	usage(ts, !neg && len(args) > 1 && state.hung != nil, "registry hang NAME, then interrupt CODE [ARG...]")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	command := exec.Command("tuikit-cli", args[1:]...)
	command.Dir = ts.MkAbs(".")
	command.Stdout, command.Stderr = ts.Stdout(), ts.Stderr()
	for _, name := range state.variables {
		command.Env = append(command.Env, name+"="+ts.Getenv(name))
	}
	select {
	case <-state.hung.asked: // by an earlier run
	default:
	}
	ts.Check(command.Start())
	exited := make(chan error, 1)
	go func() { exited <- command.Wait() }()
	select {
	case <-state.hung.asked:
	case err := <-exited:
		ts.Fatalf("ended before it was interrupted: %v", err)
	case <-time.After(30 * time.Second):
		_ = command.Process.Kill()
		ts.Fatalf("npm did not ask for the package")
	}
	ts.Check(command.Process.Signal(os.Interrupt))
	select {
	case <-exited:
	case <-time.After(15 * time.Second):
		_ = command.Process.Kill()
		ts.Fatalf("did not end after the interrupt")
	}
	if code := command.ProcessState.ExitCode(); code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
	noFile(ts, false, []string{filepath.Join(ts.Getenv("WORK"), ".tmp", "*")})
	noProcess(ts)
}

// noProcess wants none of the script's processes to live on; a moment of grace
// is for those that are ending. It looks where Linux keeps them.
func noProcess(ts *testscript.TestScript) {
	if runtime.GOOS != "linux" {
		return
	}
	own := []byte("\x00WORK=" + ts.Getenv("WORK") + "\x00")
	for deadline := time.Now().Add(3 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		var alive []string
		environments, err := filepath.Glob("/proc/[0-9]*/environ")
		ts.Check(err)
		for _, name := range environments {
			data, err := os.ReadFile(name)
			if err == nil && bytes.Contains(append([]byte{0}, data...), own) {
				alive = append(alive, name)
			}
		}
		if len(alive) == 0 {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("still running: %s", strings.Join(alive, ", "))
		}
	}
}
