//go:build unix

package installtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestNpx(t *testing.T) {
	dir := t.TempDir()
	if out := must(t, dir, environment(), "npx", "--yes", "tuikit-cli", "version"); out != "tuikit-cli v"+testVersion+"\n" {
		t.Errorf("npx tuikit-cli version: %q", out)
	}
	must(t, dir, environment(), "npx", "tuikit-cli", "init", "my-app", "--yes")
	for _, name := range []string{"app.json", "TUIKit/index.js", "tuikit-session.js", "tuikit-lock.json"} {
		if _, err := os.Stat(filepath.Join(dir, "my-app", name)); err != nil {
			t.Error(err)
		}
	}
}

// installed is a mini program that has tuikit-cli as a devDependency, and a script of
// npm that runs it.
func installed(t *testing.T, faults ...string) string {
	t.Helper()
	dir := miniProgram(t, faults...)
	must(t, dir, environment(), "npm", "install", "--save-dev", "tuikit-cli")
	must(t, dir, environment(), "npm", "pkg", "set", "scripts.check=tuikit-cli check")
	return dir
}

func TestNpmInstallTakesThisPlatformOnly(t *testing.T) {
	dir := installed(t)
	entries, err := os.ReadDir(filepath.Join(dir, "node_modules", "@tuikit-cli"))
	if err != nil || len(entries) != 1 || entries[0].Name() != built.platform {
		t.Errorf("installed of the platforms: %v, %v; want %s", entries, err, built.platform)
	}
	lock, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range platforms {
		if !strings.Contains(string(lock), `"node_modules/@tuikit-cli/`+p.npm+`"`) {
			t.Errorf("package-lock.json has no %s: npm ci on that platform would lack it", p.npm)
		}
	}
	if out := must(t, dir, environment(), "npm", "run", "check"); !strings.Contains(out, "1 mini program, ") {
		t.Errorf("npm run check:\n%s", out)
	}
}

func TestExitCodesPassThrough(t *testing.T) {
	dir := installed(t, "error")
	shim := filepath.Join(dir, "node_modules", ".bin", "tuikit-cli")
	for want, args := range [][]string{{"version"}, {"check"}, {"check", "--no-such-flag"}, {"check", "-C", "pages"}} {
		if code, out := run(t, dir, environment(), shim, args...); code != want {
			t.Errorf("tuikit-cli %s: exit code %d, want %d\n%s", strings.Join(args, " "), code, want, out)
		}
		if code, out := run(t, dir, environment(), "npx", append([]string{"tuikit-cli"}, args...)...); code != want {
			t.Errorf("npx tuikit-cli %s: exit code %d, want %d\n%s", strings.Join(args, " "), code, want, out)
		}
	}
	if code, out := run(t, dir, environment(), "npm", "run", "check"); code != 1 {
		t.Errorf("npm run check: exit code %d, want 1\n%s", code, out)
	}
}

// TestSignals: Ctrl-C, which a terminal sends to all processes of the command, and
// a signal to the wrapper alone end the program in its own way.
func TestSignals(t *testing.T) {
	dir := installed(t)
	shim := filepath.Join(dir, "node_modules", ".bin", "tuikit-cli")
	for _, test := range []struct {
		name    string
		send    func(pid int) error
		command []string
	}{
		{"Ctrl-C", func(pid int) error { return syscall.Kill(-pid, syscall.SIGINT) }, []string{shim}},
		{"Ctrl-C to npx", func(pid int) error { return syscall.Kill(-pid, syscall.SIGINT) }, []string{"npx", "tuikit-cli"}},
		{"SIGINT", func(pid int) error { return syscall.Kill(pid, syscall.SIGINT) }, []string{shim}},
		{"SIGTERM", func(pid int) error { return syscall.Kill(pid, syscall.SIGTERM) }, []string{shim}},
		{"SIGHUP", func(pid int) error { return syscall.Kill(pid, syscall.SIGHUP) }, []string{shim}},
	} {
		t.Run(test.name, func(t *testing.T) {
			silent, asked := silentRegistry(t)
			args := append(slices.Clone(test.command), "init", "--yes", "--registry", silent)
			command := exec.Command(args[0], args[1:]...)
			command.Dir, command.Env = dir, environment()
			command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			var said strings.Builder
			command.Stderr = &said
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			stuck := time.AfterFunc(time.Minute, func() { _ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) })
			defer stuck.Stop()
			ended := make(chan struct{})
			go func() { _ = command.Wait(); close(ended) }()
			select {
			case <-asked:
				if err := test.send(command.Process.Pid); err != nil {
					t.Fatal(err)
				}
				<-ended
			case <-ended:
				t.Fatalf("ended before the signal\n%s", said.String())
			}
			if code := shellCode(command.ProcessState); code != 130 || strings.Count(said.String(), "nothing was changed") != 1 {
				t.Errorf("exit code %d, want 130\n%s", code, said.String())
			}
		})
	}
}

// shellCode is the exit code as a shell has it: npm ends itself by the signal.
func shellCode(state *os.ProcessState) int {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return state.ExitCode()
}

// silentRegistry never answers. asked gets an element at the first request.
func silentRegistry(t *testing.T) (url string, asked chan struct{}) {
	asked = make(chan struct{}, 1)
	end := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		select {
		case asked <- struct{}{}:
		default:
		}
		select {
		case <-request.Context().Done():
		case <-end:
		}
	}))
	t.Cleanup(func() { close(end); server.Close() })
	return server.URL, asked
}

func TestWrapperWithoutProgram(t *testing.T) {
	dir := t.TempDir()
	write(t, "{}", dir, "package.json")
	must(t, dir, environment(), "npm", "install", "--omit=optional", "tuikit-cli")
	other := write(t, "Object.defineProperty(process, 'platform', {value: 'sunos'})", dir, "sunos.js")
	shim := filepath.Join(dir, "node_modules", ".bin", "tuikit-cli")
	for _, test := range []struct {
		name string
		env  string
		want []string
	}{
		{"optional packages left out", "", []string{"@tuikit-cli/" + built.platform + ", which has the program for this platform, is not installed", "没有安装 npm 包 @tuikit-cli/" + built.platform, "npm install --include=optional", "@tuikit-cli/" + built.platform + "@" + testVersion}},
		{"platform without a package", "NODE_OPTIONS=--require=" + other, []string{"no binary for sunos-", "没有适用于 sunos-", "linux-x64", "cmd/tuikit-cli@v" + testVersion}},
		{"own program that is not there", "TUIKIT_CLI_BINARY=/no/such", []string{"TUIKIT_CLI_BINARY names /no/such, which is not there", "TUIKIT_CLI_BINARY 指向的 /no/such 不存在"}},
		{"own program that cannot be run", "TUIKIT_CLI_BINARY=" + other, []string{"cannot be run: spawn", "无法运行"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, out := run(t, dir, environment(test.env), shim, "version")
			if code != 3 {
				t.Errorf("exit code %d, want 3", code)
			}
			for _, want := range test.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
		})
	}
	if out := must(t, dir, environment("TUIKIT_CLI_BINARY="+built.binary), shim, "version"); out != "tuikit-cli v"+testVersion+"\n" {
		t.Errorf("with TUIKIT_CLI_BINARY: %q", out)
	}
}

func TestPackagesAreMinimal(t *testing.T) {
	want := map[string][]string{"tuikit-cli": {"LICENSE", "README.md", "package.json", "tuikit-cli.js"}}
	args := []string{"pack", "--dry-run", "--json", filepath.Join(packages(), "tuikit-cli")}
	for _, p := range platforms {
		want["@tuikit-cli/"+p.npm] = []string{"package.json", "tuikit-cli" + exe(p.goos)}
		args = append(args, filepath.Join(packages(), "@tuikit-cli", p.npm))
	}
	command := exec.Command("npm", args...)
	command.Dir, command.Env = t.TempDir(), environment()
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var packed []struct {
		Name, Version string
		Files         []struct{ Path string }
	}
	if err := json.Unmarshal(out, &packed); err != nil || len(packed) != len(want) {
		t.Fatalf("npm pack: %v\n%s", err, out)
	}
	for _, one := range packed {
		var files []string
		for _, file := range one.Files {
			files = append(files, file.Path)
		}
		if slices.Sort(files); !slices.Equal(files, want[one.Name]) || one.Version != testVersion {
			t.Errorf("%s@%s has %q, want %q", one.Name, one.Version, files, want[one.Name])
		}
	}
}

// TestPublishAgain: a release that was cut off is taken up where it was.
func TestPublishAgain(t *testing.T) {
	out := must(t, t.TempDir(), environment(), absolute(t, root, "npm", "publish"), packages(), credentials())
	if strings.Count(out, "is published already") != 7 || strings.Count(out, "\n") != 7 {
		t.Errorf("publish again:\n%s", out)
	}
}

func absolute(t *testing.T, path ...string) string {
	t.Helper()
	name, err := filepath.Abs(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return name
}
