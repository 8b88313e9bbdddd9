package bundle

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tuikit-cli/tuikit-cli/internal/graph"
	"github.com/tuikit-cli/tuikit-cli/internal/project"
)

// randomTree is a mini program with npm packages that ask for one another at random.
// Every script tells run() that it is there, and checks, when it is asked to, that
// what it required is what Node's rules say.
type randomTree struct {
	*rand.Rand
	packages []*randomPackage
	modules  map[string]string // files below node_modules
	app      map[string]string // files of the project
	asks     map[string][]string
}

type randomPackage struct {
	name, version, dir string // dir below node_modules
	mini, nested       bool
	files              []string // without .js; the first is main
}

func (p *randomPackage) id(file string) string { return p.name + "@" + p.version + "/" + file }

func newRandomTree(seed int64) *randomTree {
	r := &randomTree{Rand: rand.New(rand.NewSource(seed)), modules: map[string]string{}, app: map[string]string{}, asks: map[string][]string{}}
	for i := range 3 + r.Intn(4) {
		r.add(&randomPackage{name: fmt.Sprintf("p%d", i), version: "1.0.0", mini: r.Intn(4) == 0})
	}
	for i, p := range slices.Clone(r.packages) {
		if r.Intn(4) == 0 {
			q := r.packages[r.Intn(len(r.packages))]
			if q != p && !q.nested && !q.mini {
				r.add(&randomPackage{name: q.name, version: fmt.Sprintf("2.0.%d", i), dir: p.dir + "/node_modules/" + q.name, nested: true})
			}
		}
	}
	for _, p := range r.packages {
		r.write(p)
	}
	r.writeApp()
	return r
}

func (r *randomTree) add(p *randomPackage) {
	if p.dir == "" {
		p.dir = p.name
	}
	p.files = []string{"main", "a", "lib/b", "lib/c", "d"}[:1+r.Intn(5)]
	if p.mini || r.Intn(3) == 0 {
		p.files[0] = "index"
	}
	r.packages = append(r.packages, p)
}

// find is what a file of the package in dir means by a name.
func (r *randomTree) find(name, dir string) *randomPackage {
	var top *randomPackage
	for _, p := range r.packages {
		if p.name != name {
			continue
		}
		if p.dir == dir+"/node_modules/"+name || dir != "" && p.dir == dir {
			return p
		}
		if !p.nested {
			top = p
		}
	}
	return top
}

// other is a module that the package may ask for, and the script that it means.
func (r *randomTree) other(dir string) (spec, id string) {
	q := r.find(r.packages[r.Intn(len(r.packages))].name, dir)
	file := q.files[r.Intn(len(q.files))]
	spec = q.name + "/" + file
	if file == q.files[0] && r.Intn(2) == 0 {
		spec = q.name
	}
	return spec, q.id(file)
}

func (r *randomTree) write(p *randomPackage) {
	m := map[string]any{"name": p.name, "version": p.version, "main": p.files[0] + ".js"}
	code := p.dir
	if p.mini {
		m["miniprogram"] = "dist"
		m["main"] = "dist/index.js"
		code += "/dist"
	}
	manifest, _ := json.Marshal(m)
	r.modules[p.dir+"/package.json"] = string(manifest)
	for _, file := range p.files {
		deps := map[string]string{} // id by specifier
		for range r.Intn(4) {
			if r.Intn(2) == 0 {
				other := p.files[r.Intn(len(p.files))]
				deps[project.Relative(file, other)] = p.id(other)
			} else if !p.nested {
				spec, id := r.other(p.dir)
				deps[spec] = id
			}
		}
		r.asks[p.id(file)] = slices.Sorted(maps.Values(deps))
		r.modules[code+"/"+file+".js"] = r.scriptOf(p.id(file), deps, r.Intn(2) == 0 && !p.mini)
	}
}

func (r *randomTree) scriptOf(id string, deps map[string]string, esm bool) string {
	var imports, checks strings.Builder
	for i, spec := range slices.Sorted(maps.Keys(deps)) {
		if esm {
			fmt.Fprintf(&imports, "import * as m%d from %q;\n", i, spec)
		} else {
			fmt.Fprintf(&imports, "var m%d = require(%q);\n", i, spec)
		}
		fmt.Fprintf(&checks, "same(m%d.id, %q); m%d.check();", i, deps[spec], i)
	}
	body := fmt.Sprintf("run('RAN:%s');\nvar done = false;\n", id)
	check := fmt.Sprintf("function check() { if (done) return; done = true; %s }\n", checks.String())
	if esm {
		return imports.String() + body + check + fmt.Sprintf("var id = %q;\nexport { id, check };\n", id)
	}
	return fmt.Sprintf("exports.id = %q; exports.check = check;\n", id) + imports.String() + body + check
}

var randomRoots = []string{"", "one", "two", "own"}

func (r *randomTree) writeApp() {
	r.app["app.json"] = `{"pages": ["index"], "subpackages": [{"root": "one", "pages": ["index"]}, {"root": "two", "pages": ["index"]}, {"root": "own", "pages": ["index"], "independent": true}]}`
	for _, root := range randomRoots {
		deps := map[string]string{}
		for range r.Intn(4) {
			spec, id := r.other("")
			deps[spec] = id
		}
		id := "page/" + root
		r.asks[id] = slices.Sorted(maps.Values(deps))
		r.app[path.Join(root, "index.js")] = r.scriptOf(id, deps, false)
		r.app[path.Join(root, "index.wxml")] = "<view/>"
	}
}

// reach is all that pages use, by id.
func (r *randomTree) reach(roots ...string) map[string]bool {
	reached := map[string]bool{}
	var visit func(id string)
	visit = func(id string) {
		if !reached[id] {
			reached[id] = true
			for _, next := range r.asks[id] {
				visit(next)
			}
		}
	}
	for _, root := range roots {
		visit("page/" + root)
	}
	return reached
}

func packageOf(id string) string { name, _, _ := strings.Cut(id, "/"); return name }

// users says which packages of the mini program use which npm packages, by name and
// version. What one asks for, all its users use.
func (r *randomTree) users() map[string]map[string]bool {
	reached, users := r.reach(randomRoots...), map[string]map[string]bool{}
	for _, root := range randomRoots {
		var spread func(name string)
		spread = func(name string) {
			if users[name][root] {
				return
			}
			if users[name] == nil {
				users[name] = map[string]bool{}
			}
			users[name][root] = true
			for id := range reached {
				if packageOf(id) == name {
					for _, next := range r.asks[id] {
						spread(packageOf(next))
					}
				}
			}
		}
		for _, id := range r.asks["page/"+root] {
			spread(packageOf(id))
		}
	}
	return users
}

// homes says by the rules where the npm packages go.
func (r *randomTree) homes() map[string][]string {
	has := func(name string, reached map[string]bool) bool {
		for id := range reached {
			if packageOf(id) == name {
				return true
			}
		}
		return false
	}
	shared, own := r.reach("", "one", "two"), r.reach("own")
	homes := map[string][]string{}
	for name, roots := range r.users() {
		var at []string
		if has(name, shared) {
			at = slices.DeleteFunc(slices.Sorted(maps.Keys(roots)), func(root string) bool { return root == "own" })
			if len(at) > 1 {
				at = []string{""}
			}
		}
		if has(name, own) {
			at = append(at, "own")
		}
		slices.Sort(at)
		homes[name] = at
	}
	return homes
}

func (r *randomTree) build(t *testing.T, o Options) (*Output, map[string]string) {
	t.Helper()
	dir := modules(t, r.modules)
	fsys := fstest.MapFS{}
	for name, content := range r.app {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	in, err := project.Inspect(fsys)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Project(in, dir, o)
	if err != nil {
		t.Fatal(err)
	}
	all := maps.Clone(r.app)
	for name, content := range out.Files {
		all[name] = string(content)
	}
	return out, all
}

// loader is WeChat's run-time loader as far as scripts go, in the words of the rules:
// the path itself, then the miniprogram_npm folders around the script. Subpackages see
// themselves and the main package, the independent one only itself.
const loader = `
const programs = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const faults = [];
for (const [title, files] of programs) {
  for (const roots of [['', 'one', 'two'], ['own']]) {
    const cache = {}, ran = {};
    const home = (f) => ['one', 'two', 'own'].find((r) => f.startsWith(r + '/')) || '';
    const run = (id) => { if (ran[id]) throw new Error(id + ' runs twice'); ran[id] = true; };
    const same = (a, b) => { if (a !== b) throw new Error('got ' + a + ' for ' + b); };
    const clean = (p) => require('path').posix.normalize(p).replace(/^\//, '');
    let page = '';
    const visible = (f) => f in files && (home(f) === page || home(f) === '' && page !== 'own');
    const load = (f) => {
      if (cache[f]) return cache[f].exports;
      const module = cache[f] = { exports: {} };
      const dir = f.includes('/') ? f.slice(0, f.lastIndexOf('/')) : '';
      const ask = (spec) => {
        const o = clean(dir + '/' + spec), js = (n) => n.endsWith('.js') ? n : n + '.js';
        const tail = dir ? o.replace(dir + '/', '') : o, tries = [js(o)];
        for (let d = dir; ; d = d.includes('/') ? d.slice(0, d.lastIndexOf('/')) : '') {
          tries.push(js(clean(d + '/miniprogram_npm/' + tail + '/index')), js(clean(d + '/miniprogram_npm/' + tail)));
          if (!d) break;
        }
        const hit = tries.find(visible);
        if (!hit) throw new Error(f + ' asks for ' + spec + ': none of ' + tries);
        return load(hit);
      };
      new Function('require', 'module', 'exports', 'run', 'same', files[f])(ask, module, module.exports, run, same);
      return module.exports;
    };
    try {
      for (page of roots) load((page ? page + '/' : '') + 'index.js').check();
    } catch (e) { faults.push(title + ': ' + (page || 'main') + ': ' + e.message); }
  }
}
console.log(JSON.stringify(faults));
`

// TestRandom: whatever asks for whatever, the result works in WeChat's loader, and
// nothing is twice in one package.
func TestRandom(t *testing.T) {
	count := int64(40)
	if testing.Short() {
		count = 20
	}
	var programs [][2]any
	for seed := range count {
		r := newRandomTree(seed)
		for _, o := range []Options{{}, {Minify: true, Lower: true}} {
			title := fmt.Sprintf("seed %d, %+v", seed, o)
			out, all := r.build(t, o)
			programs = append(programs, [2]any{title, all})
			if len(out.Missing)+len(out.Left)+len(out.Kept) > 0 {
				t.Errorf("%s: missing %v, left %v, kept %v", title, out.Missing, out.Left, out.Kept)
			}
			checkOnce(t, title, out)
			checkFound(t, title, all)
			homes := map[string][]string{}
			for _, p := range out.Packages {
				homes[p.Name+"@"+p.Version] = p.Roots
			}
			if diff := cmp.Diff(r.homes(), homes); diff != "" {
				t.Errorf("%s: %s", title, diff)
			}
			if again, _ := r.build(t, o); !cmp.Equal(out.Files, again.Files) {
				t.Errorf("%s: the output depends on more than the input", title)
			}
		}
	}
	runAll(t, programs)
}

// checkOnce: no script of an npm package is in two files of one package.
func checkOnce(t *testing.T, title string, out *Output) {
	t.Helper()
	seen := map[string]string{}
	for name, content := range out.Files {
		root, _, _ := strings.Cut(name, Dir)
		parts := strings.Split(string(content), "RAN:")
		for _, part := range parts[1:] {
			id := root + " " + part[:strings.IndexAny(part, "'\"`")]
			if seen[id] != "" {
				t.Errorf("%s: %s is in %s and %s", title, id, seen[id], name)
			}
			seen[id] = name
		}
	}
}

// checkFound: every require of every script leads somewhere, by the loader's rules.
func checkFound(t *testing.T, title string, files map[string]string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, content := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	in, err := project.Inspect(fsys)
	if err != nil {
		t.Fatal(err)
	}
	g, err := graph.Build(in, func(string, []byte) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	for name, node := range g.Nodes {
		if node.Kind != graph.Script {
			continue
		}
		if !node.Reached {
			t.Errorf("%s: nothing reaches %s", title, name)
		}
		for _, ref := range node.Script.Refs {
			if target, tried := g.Module(ref.Spec, name); target == "" {
				t.Errorf("%s: %s asks for %s: none of %v", title, name, ref.Spec, tried)
			}
		}
	}
}

// FuzzProject is TestRandom without running what comes out.
func FuzzProject(f *testing.F) {
	f.Add(int64(1000), false)
	f.Fuzz(func(t *testing.T, seed int64, small bool) {
		out, all := newRandomTree(seed).build(t, Options{Minify: small, Lower: small})
		checkOnce(t, "", out)
		checkFound(t, "", all)
	})
}

func runAll(t *testing.T, programs [][2]any) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node to run the result")
	}
	file := filepath.Join(t.TempDir(), "loader.cjs")
	if err := os.WriteFile(file, []byte(loader), 0o644); err != nil {
		t.Fatal(err)
	}
	input, _ := json.Marshal(programs)
	command := exec.Command(node, file)
	command.Stdin = strings.NewReader(string(input))
	output, err := command.CombinedOutput()
	var faults []string
	if err != nil || json.Unmarshal(output, &faults) != nil {
		t.Fatalf("node: %v: %s", err, output)
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}
