package uikit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/tuikit-cli/tuikit-cli/internal/bundle"
	"github.com/tuikit-cli/tuikit-cli/internal/crash"
	"github.com/tuikit-cli/tuikit-cli/internal/npm"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
	"github.com/tuikit-cli/tuikit-cli/jsonpatch"
)

// Request says which UIKit to fetch, and for whom.
type Request struct {
	Spec string // a version, range or tag on npm, a folder, or a .tgz file
	Name string // of a project that has no package.json yet; npm names it after its folder

	Helpers    bool              // with the helpers of WeChat's compiler (bundle.Runtime)
	HasPackage bool              // the project has a package.json: no `npm init`
	Ranges     map[string]string // what it asks for already, by npm package
	Npmrc      []byte            // its .npmrc
}

// Fetched is a UIKit with its npm packages in a scratch folder, before anything
// in the project has changed.
type Fetched struct {
	*Package
	Local       bool              // from a folder or file, not from npm
	Integrity   string            // of the UIKit, as npm recorded it
	Ranges      map[string]string // dependencies that the project needs, with ranges to record
	Development map[string]string // the same for devDependencies, beside the UIKit
	Versions    map[string]string // what is installed of them
	PackageJSON []byte            // of a project that had none
	PackageLock []byte
	NodeModules string // absolute path; "" where nothing had to be installed

	scratch *npm.Scratch
}

// Close removes the scratch folder.
func (f *Fetched) Close() error {
	return f.scratch.Close()
}

// Fetch installs the UIKit and the npm packages that its generation needs into a
// scratch folder, with the real npm. The caller closes what it gets. Errors are
// *npm.Error, ErrNotUIKit, or of the file system.
func Fetch(ctx context.Context, client *npm.Client, request Request) (*Fetched, error) {
	scratch, err := npm.NewScratch()
	if err != nil {
		return nil, err
	}
	f := &fetcher{client: client, request: request, folder: npmName(request.Name), Fetched: &Fetched{scratch: scratch}}
	if err := f.fetch(ctx); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Fetched, nil
}

type fetcher struct {
	*Fetched
	client  *npm.Client
	request Request
	folder  string // in the scratch folder: what becomes the project's node_modules
	inits   *errgroup.Group
}

func (f *fetcher) fetch(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	f.inits, ctx = errgroup.WithContext(ctx)
	err := f.install(ctx)
	if err != nil {
		cancel()
		_ = f.inits.Wait() // nothing may run in a folder that is about to go
	}
	return err
}

func (f *fetcher) install(ctx context.Context) error {
	if err := f.start(ctx); err != nil {
		return err
	}
	source, isLocal := localSource(f.request.Spec)
	if isLocal {
		return f.fetchLocal(ctx, source)
	}
	return f.fetchFromRegistry(ctx)
}

// initFolder is where `npm init` makes the package.json of a new project. It runs
// beside the installation, as they do not need each other.
const initFolder = "init/"

func (f *fetcher) start(ctx context.Context) error {
	if err := f.scratch.Mkdir(f.folder); err != nil {
		return err
	}
	if f.request.Npmrc != nil {
		if err := f.write(".npmrc", f.request.Npmrc); err != nil {
			return err
		}
	}
	if !f.request.HasPackage {
		if err := f.scratch.Mkdir(initFolder + f.folder); err != nil {
			return err
		}
		f.inits.Go(crash.Guarded(func() error { return f.client.Init(ctx, f.scratch.Path(initFolder+f.folder)) }))
	}
	return f.write(project.PackageFile, fmt.Appendf(nil, "{\n  \"name\": %q,\n  \"version\": \"1.0.0\",\n  \"license\": \"ISC\"\n}\n", f.folder))
}

// fetchFromRegistry installs once in the usual case: which SDK the UIKit will
// turn out to need is guessed from the version asked for, and only a wrong guess
// costs a second run.
func (f *fetcher) fetchFromRegistry(ctx context.Context) error {
	f.Development = f.helpers()
	guess := f.ranges(guessModules(f.request.Spec), nil)
	if err := f.ask(guess, f.development(f.request.Spec)); err != nil {
		return err
	}
	if err := f.client.Install(ctx, f.path("")); err != nil {
		return err
	}
	if err := f.load(f.path("node_modules/" + Name)); err != nil {
		return err
	}
	needed := f.ranges(f.packages(), f.Declared)
	if !maps.Equal(needed, guess) {
		if err := f.ask(needed, f.development(f.Version)); err != nil {
			return err
		}
		if err := f.client.Install(ctx, f.path("")); err != nil {
			return err
		}
	}
	return f.finish(needed, f.development(f.Version))
}

// helpersRange is the release line of the helpers that WeChat's compiler brings itself
// (miniprogram-ci 2.1.42: 7.21.0): what runs is then what would have run without.
const helpersRange = "~7.21.5"

// helpers is what the request needs of them. It is a devDependency: to WeChat's "build
// npm" it would be an npm package without an entry, with a dependency that nobody uses.
func (f *fetcher) helpers() map[string]string {
	if !f.request.Helpers {
		return nil
	}
	return f.ranges(map[string]bool{bundle.Runtime: true}, map[string]string{bundle.Runtime: helpersRange})
}

// development are the devDependencies with the UIKit from npm.
func (f *fetcher) development(spec string) map[string]string {
	all := map[string]string{Name: spec}
	maps.Copy(all, f.Development)
	return all
}

// fetchLocal takes the UIKit from a folder, or from a .tgz that npm unpacks. A
// path on this machine is not recorded in the project's package.json.
func (f *fetcher) fetchLocal(ctx context.Context, source string) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	f.Local = true
	if !info.IsDir() {
		if source, err = f.unpack(ctx, source); err != nil {
			return err
		}
	}
	if err := f.load(source); err != nil {
		return err
	}
	f.Development = f.helpers()
	needed := f.ranges(f.packages(), f.Declared)
	if err := f.ask(needed, f.Development); err != nil {
		return err
	}
	if len(needed)+len(f.Development) > 0 || !f.request.HasPackage {
		if err := f.client.Install(ctx, f.path("")); err != nil {
			return err
		}
	}
	return f.finish(needed, f.Development)
}

// unpack lets npm unpack a .tgz file.
func (f *fetcher) unpack(ctx context.Context, file string) (string, error) {
	if err := f.scratch.Mkdir("unpack"); err != nil {
		return "", err
	}
	if err := f.scratch.Write("unpack/.npmrc", f.request.Npmrc); err != nil {
		return "", err
	}
	err := f.client.Install(ctx, f.scratch.Path("unpack"), "--no-save", "--no-package-lock", file)
	return f.scratch.Path("unpack/node_modules/" + Name), err
}

// load stages what belongs into the project and reads it.
func (f *fetcher) load(source string) error {
	staged, err := f.scratch.Stage(source, "uikit", func(name string) bool { return name == "package.json" || Keep(name) })
	if errors.Is(err, fs.ErrNotExist) {
		return ErrNotUIKit
	}
	if err != nil {
		return err
	}
	f.Package, err = Load(staged)
	return err
}

// packages are the npm packages of the modules that the UIKit and the session need.
func (p *Package) packages() map[string]bool {
	names := map[string]bool{}
	for _, module := range p.Modules {
		names[bundle.Name(module)] = true
	}
	return names
}

// ranges says which version of each npm package to ask for: what the project has
// asked for already, else what the UIKit asks for, else the newest.
func (f *fetcher) ranges(names map[string]bool, declared map[string]string) map[string]string {
	ranges := map[string]string{}
	for name := range names {
		switch {
		case f.request.Ranges[name] != "":
			ranges[name] = f.request.Ranges[name]
		case declared[name] != "":
			ranges[name] = declared[name]
		default:
			ranges[name] = "latest"
		}
	}
	return ranges
}

// finish reads what npm has installed and writes real versions in the place of
// tags: "latest" would be another version tomorrow.
func (f *fetcher) finish(needed, development map[string]string) error {
	f.Versions, f.Ranges = map[string]string{}, map[string]string{}
	for name, asked := range needed {
		version, err := f.installed(name)
		if err != nil {
			return err
		}
		f.Versions[name], f.Ranges[name] = version, asked
		if !strings.ContainsAny(asked, "0123456789") {
			f.Ranges[name] = "^" + version
		}
	}
	for name := range f.Development {
		version, err := f.installed(name)
		if err != nil {
			return err
		}
		f.Versions[name] = version
	}
	if f.scratch.Exists(f.folder + "/node_modules") {
		f.NodeModules = f.path("node_modules")
	}
	if lock, err := f.read(project.PackageLockFile); err == nil {
		f.Integrity = integrity(lock)
	}
	if err := f.inits.Wait(); err != nil || f.request.HasPackage {
		return err
	}
	return f.finishPackage(development)
}

// finishPackage puts what `npm init` and `npm install` have made together.
func (f *fetcher) finishPackage(development map[string]string) error {
	manifest, err := f.scratch.Read(initFolder + f.folder + "/" + project.PackageFile)
	if err != nil {
		return err
	}
	lock, err := f.read(project.PackageLockFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // package-lock=false in .npmrc
		return err
	}
	for _, section := range []struct {
		name   string
		ranges map[string]string
	}{{"dependencies", f.Ranges}, {"devDependencies", development}} {
		if manifest, err = declare(manifest, section.ranges, section.name); err != nil {
			return err
		}
		if lock == nil {
			continue
		}
		if lock, err = declare(lock, section.ranges, "packages", "", section.name); err != nil {
			return err
		}
	}
	f.PackageJSON = manifest
	if lock != nil {
		f.PackageLock, err = adoptName(lock, manifest)
	}
	return err
}

// adoptName gives the lock file the name and version of the package.json.
func adoptName(lock, manifest []byte) ([]byte, error) {
	for _, key := range []string{"name", "version", "license"} {
		raw, ok := jsonpatch.Find(manifest, key)
		if !ok {
			continue
		}
		var err error
		if key != "license" {
			if lock, err = jsonpatch.Set(lock, json.RawMessage(raw), key); err != nil {
				return nil, err
			}
		}
		if lock, err = jsonpatch.Set(lock, json.RawMessage(raw), "packages", "", key); err != nil {
			return nil, err
		}
	}
	return lock, nil
}

// integrity is the UIKit's, as npm's lock file has it; "" where there is none.
func integrity(lock []byte) string {
	var value string
	raw, ok := jsonpatch.Find(lock, "packages", "node_modules/"+Name, "integrity")
	if !ok || json.Unmarshal(raw, &value) != nil {
		return ""
	}
	return value
}

func (f *fetcher) installed(name string) (string, error) {
	data, err := f.read("node_modules/" + name + "/package.json")
	if err != nil {
		return "", err
	}
	var manifest struct{ Version string }
	if err := json.Unmarshal(data, &manifest); err != nil {
		return "", fmt.Errorf("%s: package.json: %w", name, err)
	}
	return manifest.Version, nil
}

// declare records npm packages with their ranges in a section of a package.json,
// or of the lock file's copy of it.
func declare(data []byte, ranges map[string]string, section ...string) ([]byte, error) {
	for _, name := range slices.Sorted(maps.Keys(ranges)) {
		var err error
		if data, err = jsonpatch.Set(data, ranges[name], append(slices.Clone(section), name)...); err != nil {
			return nil, fmt.Errorf("%s: %w", strings.Join(section, "."), err)
		}
	}
	return data, nil
}

// ask writes down what npm is to install.
func (f *fetcher) ask(dependencies, development map[string]string) error {
	data, err := f.read(project.PackageFile)
	if err != nil {
		return err
	}
	for section, ranges := range map[string]map[string]string{"dependencies": dependencies, "devDependencies": development} {
		if data, err = jsonpatch.Delete(data, section); err != nil {
			return err
		}
		if data, err = declare(data, ranges, section); err != nil {
			return err
		}
	}
	return f.write(project.PackageFile, data)
}

func (f *fetcher) path(name string) string          { return f.scratch.Path(f.folder + "/" + name) }
func (f *fetcher) read(name string) ([]byte, error) { return f.scratch.Read(f.folder + "/" + name) }
func (f *fetcher) write(name string, data []byte) error {
	return f.scratch.Write(f.folder+"/"+name, data)
}

// localSource tells a folder or .tgz from a version or tag: a path has a
// separator, or ends in ".tgz".
func localSource(spec string) (string, bool) {
	if !strings.ContainsAny(spec, `/\`) && !strings.HasSuffix(spec, ".tgz") && spec != "." && spec != ".." {
		return "", false
	}
	absolute, err := filepath.Abs(spec)
	return absolute, err == nil
}

// IsLocal reports whether a Request's Spec names a folder or file, not a version.
func IsLocal(spec string) bool {
	_, local := localSource(spec)
	return local
}

// guessModules foretells what the UIKit of that version will need: nothing for
// 1.x, whose package.json names it all, and the SDK that 2.x leaves to its users.
func guessModules(spec string) map[string]bool {
	names := map[string]bool{}
	if strings.HasPrefix(strings.TrimLeft(spec, "^~=v"), "1") {
		return names
	}
	wiring := Chat.Wiring()
	for _, module := range append([]Module{wiring.SDK}, wiring.Plugins...) {
		names[module.From] = true
	}
	names["@tencentcloud/tui-core-lite"] = true
	return names
}

var notInNpmNames = regexp.MustCompile(`[^a-z0-9._~-]+`)

// npmName makes a name that `npm init` accepts out of a folder's name: "我的应用"
// and "My App" are fine folders and no names for an npm package.
func npmName(folder string) string {
	name := strings.Trim(notInNpmNames.ReplaceAllString(strings.ToLower(folder), "-"), "-._~")
	if name == "" || name == "node_modules" || name == "favicon.ico" {
		return "miniprogram"
	}
	return name
}
