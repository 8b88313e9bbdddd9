//go:build e2e

package e2e

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// keyWritten is what check says, loud or low, of a SecretKey that is written down: the guide's
// own way for the first steps, and no secret in a project whose config has it.
func keyWritten(r recipe) string { return "uikit-secret-key in " + r.own("tuikit-config.js") }

// debugLibrary is what check --release says where the phone signs for itself.
func debugLibrary(r recipe) string {
	return "error uikit-debug-library in " + r.own("tuikit-session.js")
}

// found lists what check says, "SEVERITY RULE" or with the file behind it, each once.
func (c checked) found(withFile bool) []string {
	var all []string
	for _, d := range c.Diagnostics {
		one := d.Severity + " " + d.Rule
		if withFile {
			one += " in " + d.File
		}
		all = append(all, one)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// requireFound requires that check says this and nothing else.
func requireFound(t *testing.T, got checked, want ...string) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(got.found(true), want) {
		t.Errorf("check says\n%s\nwhere it should say %q", got, want)
	}
}

// TestCheckGenerated has check look at what the program itself makes: there is nothing to say,
// but for the SecretKey that the user has filled in.
func TestCheckGenerated(t *testing.T) {
	for i, release := range releases {
		for j, way := range ways {
			r := recipe{version: release.version, generation: release.generation, way: way}
			t.Run(r.name(), func(t *testing.T) { t.Parallel(); checkDebug(t, r) })
			server := r
			server.usersig = "server"
			t.Run(server.name(), func(t *testing.T) { t.Parallel(); checkClean(t, server) })
			if i != j {
				continue // the projects of TestUnfilled and TestStaticUserSig
			}
			unfilled, static := r, r
			unfilled.unfilled, static.usersig = true, "static"
			t.Run(unfilled.name(), func(t *testing.T) { t.Parallel(); checkKeyless(t, unfilled, copyProject(t, generate(t, unfilled))) })
			t.Run(static.name(), func(t *testing.T) { t.Parallel(); checkClean(t, static) })
		}
	}
}

// checkDebug: a key that is filled in is told, and without it there is nothing to tell.
func checkDebug(t *testing.T, r recipe) {
	dir := copyProject(t, generate(t, r))
	requireFound(t, check(t, dir, "--strict"), "warning "+keyWritten(r))
	requireFound(t, check(t, dir, "--strict", "--release"), "error "+keyWritten(r), debugLibrary(r))
	edit(t, dir, r.own("tuikit-config.js"), secretKey, "")
	checkKeyless(t, r, dir)
}

// checkKeyless: the debug library is there, which only a release must not have.
func checkKeyless(t *testing.T, r recipe, dir string) {
	before := tree(t, dir)
	requireFound(t, check(t, dir, "--strict"))
	requireFound(t, check(t, dir, "--strict", "--release"), debugLibrary(r))
	for _, d := range differences(before, tree(t, dir)) {
		t.Errorf("check has changed the project: %s", d)
	}
}

// checkClean: where nobody signs on the phone, a release is as good as any other build.
func checkClean(t *testing.T, r recipe) {
	dir := copyProject(t, generate(t, r))
	requireFound(t, check(t, dir, "--strict"))
	requireFound(t, check(t, dir, "--strict", "--release"))
}

// kitFault is one thing done wrong in a generated project.
type kitFault struct {
	name     string
	way      string   // "main" unless said
	usersig  string   // "" is the default
	versions []string // all, unless said
	changes  []change
	// boot, compile and run are part of what the judge has to say: of the sources, of the
	// project, of what was compiled. All are empty where only a device or a person sees it.
	boot, compile, run string
	flags              []string
	finds              []string // "SEVERITY RULE": all that check says, but for the key
	mends              bool     // by --fix, and nothing is left to say
	// apart is a scenario that the mended project still fails, with the reason in the table.
	apart string
}

// compiledVersion is the release whose projects the compiler gets to see, where it is the one
// to see a fault: it takes its time, and does not care for the UIKit's version.
const compiledVersion = "2.4.5"

// TestCheckFaultsOfUIKit breaks generated projects in the ways in which users break them: what
// the judges reject, check reports; what --fix mends, they accept again.
func TestCheckFaultsOfUIKit(t *testing.T) {
	for _, f := range kitFaults {
		for _, release := range releases {
			if f.versions != nil && !slices.Contains(f.versions, release.version) {
				continue
			}
			r := recipe{version: release.version, generation: release.generation, way: f.way, usersig: f.usersig}
			if r.way == "" {
				r.way = "main"
			}
			t.Run(f.name+"/"+release.version, func(t *testing.T) {
				t.Parallel()
				f.try(t, r)
			})
		}
	}
}

func (f kitFault) try(t *testing.T, r recipe) {
	dir := f.commit(t, r)
	f.judge(t, r, dir)
	if got := f.checked(t, r, dir); !slices.Equal(got.found(false), f.finds) {
		t.Errorf("check says\n%s\nwhere it should say %q", got, f.finds)
	}
	if f.mends {
		f.mend(t, r, dir)
	}
}

// commit makes the project with the fault in it.
func (f kitFault) commit(t *testing.T, r recipe) string {
	t.Helper()
	p := generate(t, r)
	sound := shared("files "+p.digest, func() files { return p.files(t) })
	broken := mutation{name: f.name, changes: f.changes}.of(t, sound)
	if broken.digest() == sound.digest() {
		t.Fatal("the fault changes nothing")
	}
	dir := filepath.Join(t.TempDir(), "app")
	broken.write(t, dir)
	return dir
}

// files reads a project; of what is installed only the UIKit, as users copy from there.
func (p project) files(t *testing.T) files {
	t.Helper()
	f := files{}
	for name := range tree(t, p.dir) {
		if !strings.HasPrefix(name, "node_modules/") || strings.HasPrefix(name, installed[1:]+"/") {
			f[name] = read(t, p.dir, filepath.FromSlash(name))
		}
	}
	return f
}

// judge requires that the judges who can see the fault do.
func (f kitFault) judge(t *testing.T, r recipe, dir string) {
	t.Helper()
	if f.boot != "" {
		s := r.boots(dir)
		s.Patience = 1000 // what is waited for does not come
		requireSaid(t, boot(t, s), f.boot)
	}
	if r.version != compiledVersion {
		return
	}
	if f.compile != "" {
		requireSaid(t, compile(t, dir, ""), f.compile)
	}
	if f.run != "" {
		requireSaid(t, f.runCompiled(t, r, dir), f.run)
	}
}

// runCompiled boots what the compiler makes of a project, which it has to take.
func (f kitFault) runCompiled(t *testing.T, r recipe, dir string) booted {
	t.Helper()
	s := r.boots(t.TempDir())
	s.Compiled = true
	require(t, compile(t, dir, s.Root))
	return boot(t, s)
}

// requireSaid requires that a judge names the fault; it has much to say where nothing works.
func requireSaid(t *testing.T, v verdict, want string) {
	t.Helper()
	problems := v.problems()
	if !strings.Contains(strings.Join(problems, "\n"), want) {
		t.Errorf("the judge does not say %q:\n%s", want, strings.Join(problems[:min(len(problems), 20)], "\n"))
	}
}

// checked is what check says of a project, without the key that its recipe has filled in.
func (f kitFault) checked(t *testing.T, r recipe, dir string, flags ...string) checked {
	t.Helper()
	got := check(t, dir, append(flags, f.flags...)...)
	if r.usersig == "" {
		got.Diagnostics = slices.DeleteFunc(got.Diagnostics, func(d finding) bool { return d.Rule+" in "+d.File == keyWritten(r) })
	}
	return got
}

// mend has check mend the project: it has nothing to say any more, neither have the judges.
func (f kitFault) mend(t *testing.T, r recipe, dir string) {
	t.Helper()
	if got := f.checked(t, r, dir, "--fix"); len(got.Diagnostics) > 0 {
		t.Errorf("check --fix leaves\n%s", got)
	}
	if got := f.checked(t, r, dir, "--strict"); len(got.Diagnostics) > 0 {
		t.Errorf("after --fix check says\n%s", got)
	}
	switch {
	case f.boot != "":
		require(t, boot(t, r.boots(dir)).without(f.apart))
	case f.run != "" && r.version == compiledVersion:
		require(t, f.runCompiled(t, r, dir))
	}
}

// without leaves a scenario out of a verdict.
func (b booted) without(name string) booted {
	all := booted{OK: true}
	for _, s := range b.Scenarios {
		if s.Name != name {
			all.Scenarios = append(all.Scenarios, s)
			all.OK = all.OK && s.OK
		}
	}
	all.OK = all.OK && len(all.Scenarios) > 0
	return all
}
