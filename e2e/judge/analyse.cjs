// Runs WeChat's own dependency analyser (DevTools: code dependency analysis) and, on Linux,
// its WXML and WXSS compilers over a mini program, offline.
//
//   node analyse.cjs PROJECT
//
// PROJECT is the folder of project.config.json. Prints
// {ok, unresolved: [...], boundaries: [...], modules, wxml, wxss}. The code compiler says
// nothing about a require, import, wxs or @import that leads nowhere; the analyser does.
// It does not know package boundaries: those are read from its graph here.
// JUDGE_MODULES names the folder whose node_modules has the judges' packages.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { createRequire } = require('node:module');

const modules = path.join(process.env.JUDGE_MODULES, 'node_modules');
const project = path.resolve(process.argv[2]);
const json = (file) => { try { return JSON.parse(fs.readFileSync(file, 'utf8')); } catch { return {}; } };
const root = path.join(project, json(path.join(project, 'project.config.json')).miniprogramRoot || '');

function list(dir = '') {
  return fs.readdirSync(path.join(root, dir), { withFileTypes: true }).flatMap((e) => {
    const p = dir ? `${dir}/${e.name}` : e.name;
    if (e.isDirectory()) return e.name === 'node_modules' ? [] : list(p);
    return [p];
  });
}

function silence() {
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => {};
}

async function analyse() {
  const { Analyzer } = createRequire(`${modules}/`)(path.join(modules, 'miniprogram-ci/dist/common/code-analyse'));
  const unresolved = new Set();
  const report = {
    name: 'judge',
    onDepResolveFailed: (_, error) => unresolved.add(error.message),
    onModuleBuildFailed: (module, _, error) => unresolved.add(`${module.path}: ${error.message}`),
  };
  const analyser = new Analyzer({ root, type: 'miniprogram', plugins: [report] });
  try { await analyser.analyse(); } catch (e) { unresolved.add(String((e && e.message) || e)); }
  const graph = analyser.graph ? [...analyser.graph.modules] : [];
  return { unresolved: [...unresolved], modules: graph.length, boundaries: boundaries(graph) };
}

// boundaries lists what reaches into a subpackage from outside it: not loaded at run time.
function boundaries(graph) {
  const app = json(path.join(root, 'app.json'));
  const roots = (app.subPackages || app.subpackages || []).map((p) => `${p.root.replace(/^\/|\/$/g, '')}/`);
  const owner = (file) => roots.find((r) => file.startsWith(r)) || '';
  const found = new Set();
  for (const module of graph) {
    const from = String(module.path || '');
    if (from === 'app.json' || from === '') continue; // the list of pages itself
    for (const to of targets(module)) if (owner(to) && owner(to) !== owner(from)) found.add(`${from} uses ${to} of subpackage ${owner(to)}`);
  }
  return [...found];
}

// targets lists the files that one module of the graph uses.
const targets = (module) => [...module.deps].map((dep) => String(dep.path));

// compiler runs wcc or wcsc; the package ships them without the executable bit.
function compiler(name, args) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-analyse-'));
  const file = path.join(dir, name);
  fs.copyFileSync(path.join(modules, 'miniprogram-compiler/bin/linux', name), file);
  fs.chmodSync(file, 0o755);
  const run = spawnSync(file, args, { cwd: root, maxBuffer: 1 << 28 });
  fs.rmSync(dir, { recursive: true, force: true });
  return run.status === 0 ? '' : String(run.stderr || run.error).trim().slice(0, 1000) || `${name} failed`;
}

function markup() {
  if (process.platform !== 'linux') return { wxml: 'skipped', wxss: 'skipped', skipped: true };
  const all = list();
  const wxml = all.filter((f) => /\.(wxml|wxs)$/.test(f)).map((f) => `./${f}`);
  const wxss = all.filter((f) => f.endsWith('.wxss')).map((f) => `./${f}`);
  return {
    wxml: wxml.length ? compiler('wcc', ['-d', '-cc', '0', ...wxml, '-gn', '$gwx']) : '',
    wxss: wxss.length ? compiler('wcsc', ['-db', '-pc', String(wxss.length), ...wxss]) : '',
  };
}

async function main() {
  silence();
  const code = await analyse();
  const { skipped, ...texts } = markup();
  const ok = !code.unresolved.length && !code.boundaries.length && code.modules > 0 && (skipped || (!texts.wxml && !texts.wxss));
  process.stdout.write(`${JSON.stringify({ ok, ...code, ...texts }, null, 1)}\n`, () => process.exit(ok ? 0 : 1));
}

main();
