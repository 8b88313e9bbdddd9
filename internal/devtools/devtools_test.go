package devtools

import (
	"errors"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// machine is a Look at files with their content; a path that ends in a separator is
// a folder.
func machine(goos string, files map[string]string, environment map[string]string) Look {
	disk := fstest.MapFS{}
	clock := time.Unix(1_700_000_000, 0)
	plain := func(name string) string {
		return strings.Trim(strings.ReplaceAll(strings.ReplaceAll(name, `\`, "/"), ":", ""), "/")
	}
	for name, content := range files {
		age, body, dated := strings.Cut(content, "@")
		file := &fstest.MapFile{Data: []byte(content), ModTime: clock}
		if dated {
			days := time.Duration(len(age)) * 24 * time.Hour
			file.Data, file.ModTime = []byte(body), clock.Add(days)
		}
		disk[plain(name)] = file
	}
	return Look{
		GOOS: goos, Home: map[string]string{"darwin": "/Users/li", "windows": `C:\Users\li`}[goos],
		Getenv:   func(name string) string { return environment[name] },
		Stat:     func(name string) (fs.FileInfo, error) { return disk.Stat(plain(name)) },
		ReadFile: func(name string) ([]byte, error) { return disk.ReadFile(plain(name)) },
		ReadDir:  func(name string) ([]fs.DirEntry, error) { return disk.ReadDir(plain(name)) },
	}
}

const macCLI = "/Applications/wechatwebdevtools.app/Contents/MacOS/cli"

func TestFind(t *testing.T) {
	const (
		winCLI   = `C:\Program Files (x86)\Tencent\微信web开发者工具\cli.bat`
		otherCLI = `D:\Program Files\Tencent\微信web开发者工具\cli.bat`
	)
	programs := map[string]string{"ProgramFiles(x86)": `C:\Program Files (x86)`, "ProgramFiles": `C:\Program Files`, "LOCALAPPDATA": `C:\Users\li\AppData\Local`}
	for _, row := range []struct {
		what, goos string
		there      []string
		set        map[string]string
		explicit   string
		want       Installation
	}{
		{"the application of macOS", "darwin", []string{macCLI}, nil, "", Installation{macCLI, FromDefault}},
		{"the user's own applications", "darwin", []string{"/Users/li" + macCLI}, nil, "", Installation{"/Users/li" + macCLI, FromDefault}},
		{"Windows", "windows", []string{winCLI}, programs, "", Installation{winCLI, FromDefault}},
		{"Windows, another drive", "windows", []string{otherCLI}, programs, "", Installation{otherCLI, FromDefault}},
		{"Windows, for one user", "windows", []string{`C:\Users\li\AppData\Local\Tencent\微信web开发者工具\cli.bat`}, programs, "", Installation{`C:\Users\li\AppData\Local\Tencent\微信web开发者工具\cli.bat`, FromDefault}},
		{"Linux, the community's", "linux", []string{"/opt/devtools/wechat-devtools-cli"}, map[string]string{"PATH": "/usr/bin::/opt/devtools"}, "", Installation{"/opt/devtools/wechat-devtools-cli", FromPath}},
		{"Linux, not in the folder that is open", "linux", []string{"bin/wechat-devtools-cli", "./wechat-devtools-cli", "/opt/wechat-devtools-cli"}, map[string]string{"PATH": "bin:.:/opt"}, "", Installation{"/opt/wechat-devtools-cli", FromPath}},
		{"Linux inside Windows", "linux", []string{"/mnt/c/Program Files (x86)/Tencent/微信web开发者工具/cli.bat"}, nil, "", Installation{"/mnt/c/Program Files (x86)/Tencent/微信web开发者工具/cli.bat", FromWindows}},
		{"the command line itself", "darwin", []string{"/x/cli", macCLI}, nil, "/x/cli", Installation{"/x/cli", FromFlag}},
		{"an application", "darwin", []string{"/x/w.app/Contents/MacOS/cli"}, nil, "/x/w.app", Installation{"/x/w.app/Contents/MacOS/cli", FromFlag}},
		{"an application with a slash", "darwin", []string{"/x/w.app/Contents/MacOS/cli"}, nil, "/x/w.app/", Installation{"/x/w.app/Contents/MacOS/cli", FromFlag}},
		{"the folder in an application", "darwin", []string{"/x/w.app/Contents/MacOS/cli"}, nil, "/x/w.app/Contents/MacOS", Installation{"/x/w.app/Contents/MacOS/cli", FromFlag}},
		{"a folder of Windows", "windows", []string{`E:\工具\cli.bat`}, nil, `E:\工具\`, Installation{`E:\工具\cli.bat`, FromFlag}},
		{"the variable", "darwin", []string{"/x/cli", macCLI}, map[string]string{Variable: "/x"}, "", Installation{"/x/cli", FromVariable}},
		{"the flag before the variable", "darwin", []string{"/x/cli", "/y/cli"}, map[string]string{Variable: "/x"}, "/y", Installation{"/y/cli", FromFlag}},
	} {
		files := map[string]string{}
		for _, name := range row.there {
			files[name] = "cli"
		}
		look := machine(row.goos, files, row.set)
		look.Explicit = row.explicit
		if got, err := Find(look); err != nil || got != row.want {
			t.Errorf("%s: got %v, %v", row.what, got, err)
		}
	}
}

func TestFindNothing(t *testing.T) {
	for _, row := range []struct {
		what, goos, explicit, variable string
		asked                          string
		from                           Origin
		looked                         string
	}{
		{"macOS", "darwin", "", "", "", "", macCLI},
		{"Windows", "windows", "", "", "", "", `C:\Program Files (x86)\Tencent\微信web开发者工具\cli.bat`},
		{"Linux", "linux", "", "", "", "", "/mnt/c/Program Files/Tencent/微信web开发者工具/cli.bat"},
		{"a wrong flag does not fall back", "darwin", "/no", "", "/no", FromFlag, "/no/cli"},
		{"nor does a wrong variable", "darwin", "", "/no", "/no", FromVariable, "/no"},
	} {
		there := map[string]string{}
		if row.asked != "" {
			there[macCLI] = "cli"
		}
		look := machine(row.goos, there, map[string]string{Variable: row.variable})
		look.Explicit = row.explicit
		_, err := Find(look)
		var missing *NotFoundError
		if !errors.As(err, &missing) {
			t.Fatalf("%s: got %v", row.what, err)
		}
		if missing.Asked != row.asked || missing.From != row.from || !strings.Contains(strings.Join(missing.Looked, "\n"), row.looked) {
			t.Errorf("%s: got %+v", row.what, missing)
		}
	}
}

func TestServicePort(t *testing.T) {
	const (
		mac  = "/Users/li/Library/Application Support/微信开发者工具/"
		win  = `C:\Users\li\AppData\Local\微信开发者工具\User Data\`
		old  = "0123456789abcdef0123456789abcdef"
		next = "fedcba9876543210fedcba9876543210"
	)
	for _, row := range []struct {
		what, goos string
		files      map[string]string
		want       Service
	}{
		{"nothing written", "darwin", nil, Service{State: Unknown}},
		{"macOS", "darwin", map[string]string{mac + old + "/Default/.ide": "24496", mac + old + "/Default/.ide-status": "On"}, Service{On, 24496, mac + old + "/Default/.ide-status"}},
		{"off", "darwin", map[string]string{mac + old + "/Default/.ide-status": "Off\n"}, Service{Off, 0, mac + old + "/Default/.ide-status"}},
		{"Windows", "windows", map[string]string{win + old + `\Default\.ide-status`: "On"}, Service{On, 0, win + old + `\Default\.ide-status`}},
		{"an older version, without profiles", "darwin", map[string]string{mac + "Default/.ide": "3799"}, Service{Unknown, 3799, mac + "Default/.ide"}},
		{"the one that wrote last", "darwin", map[string]string{mac + old + "/Default/.ide-status": "aa@Off", mac + next + "/Default/.ide-status": "a@On"}, Service{Off, 0, mac + old + "/Default/.ide-status"}},
		{"whatever their order", "darwin", map[string]string{mac + old + "/Default/.ide-status": "a@Off", mac + next + "/Default/.ide-status": "aa@On"}, Service{On, 0, mac + next + "/Default/.ide-status"}},
		{"no number", "darwin", map[string]string{mac + "Default/.ide": "x", mac + "Default/.ide-status": "maybe"}, Service{State: Unknown}},
		{"no port", "darwin", map[string]string{mac + "Default/.ide": "65536"}, Service{State: Unknown}},
		{"a folder that is no profile", "darwin", map[string]string{mac + "Crashpad/Default/.ide": "1"}, Service{State: Unknown}},
	} {
		if got := ServicePort(machine(row.goos, maps.Clone(row.files), nil)); got != row.want {
			t.Errorf("%s: got %+v", row.what, got)
		}
	}
}

func TestBatchLine(t *testing.T) {
	for _, row := range []struct {
		file string
		args []string
		want string
	}{
		{`C:\a b\cli.bat`, []string{"open", "--project", `D:\小程序 & more\x`}, `cmd.exe /d /v:off /s /c ""C:\a b\cli.bat" "open" "--project" "D:\小程序 & more\x""`},
		{`C:\cli.bat`, []string{`D:\x\`, ""}, `cmd.exe /d /v:off /s /c ""C:\cli.bat" "D:\x\\" """`},
	} {
		if got, err := batchLine(row.file, row.args); err != nil || got != row.want {
			t.Errorf("got %s, %v", got, err)
		}
	}
	for _, word := range []string{`a"b`, "%PATH%", "a\nb"} {
		var refused *ArgumentError
		if _, err := batchLine("cli.bat", []string{word}); !errors.As(err, &refused) || refused.Argument != word {
			t.Errorf("%q: got %v", word, err)
		}
	}
}
