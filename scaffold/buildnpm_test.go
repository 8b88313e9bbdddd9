package scaffold

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/plan"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

func TestNpmPaths(t *testing.T) {
	for _, test := range []struct{ file, outer, inner, names string }{
		{"miniprogram_npm/a/index.js", "miniprogram_npm", "miniprogram_npm/a", "a"},
		{"mini/pkg/miniprogram_npm/@s/b/lib/x.js", "mini/pkg/miniprogram_npm", "mini/pkg/miniprogram_npm/@s/b", "@s/b"},
		{"miniprogram_npm/a/miniprogram_npm/@s/b/index.js", "miniprogram_npm", "miniprogram_npm/a/miniprogram_npm/@s/b", "a @s/b"},
		{"miniprogram_npm/solo.js", "miniprogram_npm", "miniprogram_npm/solo.js", "solo.js"},
	} {
		got := []string{npmFolder(test.file), npmPackageFolder(test.file), strings.Join(npmNames(test.file), " ")}
		if diff := cmp.Diff([]string{test.outer, test.inner, test.names}, got); diff != "" {
			t.Errorf("%s: %s", test.file, diff)
		}
	}
	if got := npmFolder("pages/miniprogram_npm.js"); got != "" {
		t.Errorf("a file that is only called so is in %q", got)
	}
}

func TestReplaceable(t *testing.T) {
	modules := fstest.MapFS{
		"ui/package.json":                      {Data: []byte(`{"miniprogram": "dist/"}`)},
		"ui/dist/button/index.js":              {Data: []byte("button")},
		"cjs/package.json":                     {Data: []byte(`{"main": "lib/main"}`)},
		"cjs/lib/main.js":                      {Data: []byte("main")},
		"cjs/node_modules/in/one.js":           {Data: []byte("nested")},
		"ui/dist/miniprogram_npm/own/index.js": {Data: []byte("brought")},
		"odd/package.json":                     {Data: []byte(`{"miniprogram": true}`)},
		"odd/miniprogram_dist/a.js":            {Data: []byte("odd")},
	}
	disk := fstest.MapFS{"miniprogram_npm/x/index.js": {Data: []byte(devToolsScript + "…")}}
	n := &npmRecipe{modules: []fs.FS{fstest.MapFS{}, modules}}
	n.recipe = recipe{Plan: plan.New(disk), disk: disk, lock: project.NewLock()}
	n.lock.Files["miniprogram_npm/mine/index.js"] = project.File{Kind: project.Built, SHA256: plan.Hash([]byte("recorded"))}
	for _, test := range []struct {
		file, content string
		want          bool
	}{
		{"miniprogram_npm/mine/index.js", "recorded", true},
		{"miniprogram_npm/mine/index.js", "edited", false},
		{"miniprogram_npm/x/index.js", devToolsScript + "…", true},
		{"miniprogram_npm/x/index.js.map", "{}", true},
		{"miniprogram_npm/mine/index.js.map", "{}", false},
		{"pkg/miniprogram_npm/ui/button/index.js", "button", true},
		{"miniprogram_npm/ui/button/index.js", "other", false},
		{"miniprogram_npm/cjs/index.js", "main", true},
		{"miniprogram_npm/cjs/miniprogram_npm/in/one.js", "nested", true},
		{"miniprogram_npm/ui/miniprogram_npm/own/index.js", "brought", true},
		{"miniprogram_npm/ui/miniprogram_npm/own/index.js", "other", false},
		{"miniprogram_npm/in/one.js", "nested", false},
		{"miniprogram_npm/odd/a.js", "odd", true},
	} {
		if got := n.replaceable(test.file, []byte(test.content)); got != test.want {
			t.Errorf("%s with %q: %v, want %v", test.file, test.content, got, test.want)
		}
	}
}

func TestMissingCommands(t *testing.T) {
	declared, plain := MissingModule{Package: "a", Declared: true}, MissingModule{Package: "b"}
	there := MissingModule{Package: "c", Installed: true, Declared: true}
	for _, test := range []struct {
		npm  project.Npm
		what []MissingModule
		want string
	}{
		{project.Npm{Dir: ".", HasPackage: true, Manager: "npm"}, []MissingModule{declared, there}, "npm install"},
		{project.Npm{Dir: ".", HasPackage: true, Manager: "npm"}, []MissingModule{declared, plain, plain}, "npm install b"},
		{project.Npm{Dir: "tools", HasPackage: true, Manager: "yarn"}, []MissingModule{plain}, "cd tools && yarn add b"},
		{project.Npm{Dir: ".", Manager: "npm"}, []MissingModule{plain}, "npm init -y && npm install b"},
	} {
		missing := &MissingError{Modules: test.what, Npm: test.npm}
		var commands []string
		for _, command := range missing.Commands() {
			commands = append(commands, strings.Join(command, " "))
		}
		if got := strings.Join(commands, " && "); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	if (&MissingError{Modules: []MissingModule{there, plain}}).Installed() || !(&MissingError{Modules: []MissingModule{there}}).Installed() {
		t.Error("what is installed and what is not is mixed up")
	}
}

// TestBuildNpmWithout: no npm package, no settings and no record.
func TestBuildNpmWithout(t *testing.T) {
	disk := fstest.MapFS{"app.json": {Data: []byte(`{"pages": []}`)}, "project.config.json": {Data: []byte(`{}`)}}
	in, err := project.Inspect(disk)
	if err != nil {
		t.Fatal(err)
	}
	build, err := BuildNpm(disk, in, NpmOptions{Output: &bundle.Output{}})
	if err != nil || !build.Empty() || build.Before+build.After != 0 {
		t.Errorf("%v, %v", build.Ops(), err)
	}
}
