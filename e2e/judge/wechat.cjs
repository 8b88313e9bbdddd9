// WeChat's own tools, offline, for the judges that ask them: the code compiler and the
// dependency analyser (npm: miniprogram-ci), and the compilers of markup and styles, wcc and
// wcsc (npm: miniprogram-compiler, Linux only).
//
// JUDGE_MODULES names the folder whose node_modules has both packages.
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createRequire } = require('node:module');
const { spawn } = require('node:child_process');

// What WeChat's servers would answer when asked for the project: the public defaults.
const ATTRIBUTES = {
  platform: false, appType: 0, isSandbox: false, released: false,
  setting: {
    MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 30, MaxSubPackageLimit: 100,
    NavigateMiniprogramLimit: 10, MinTabbarCount: 2, MaxTabbarCount: 5, MaxTabbarIconSize: 40,
  },
};

const modules = path.join(process.env.JUDGE_MODULES, 'node_modules');
const requireFrom = createRequire(`${modules}/`);
const print = process.stdout.write.bind(process.stdout);
const message = (e) => String((e && e.message) || e);
const once = (make) => { let made; return () => { made ??= make(); return made; }; };

// load gives a package of the judges, or one file of miniprogram-ci.
const load = (name) => requireFrom(name.includes('/') ? path.join(modules, name) : name);

let scratch = '';

// begin silences the tools, which chat on standard output, and enters a folder that goes when
// the process does, as they leave folders where they run. To be called before any other.
function begin(name) {
  process.stdout.write = () => true;
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => {};
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), `judge-${name}-`));
  process.chdir(scratch);
  process.on('exit', () => { process.chdir(os.tmpdir()); fs.rmSync(scratch, { recursive: true, force: true }); });
}

// end prints what a judge has to say and leaves.
function end(result, code) {
  print(`${JSON.stringify(result, null, 1)}\n`, () => process.exit(code));
}

// The upload key is only checked to be one.
const key = once(() => {
  const file = path.join(scratch, 'key.pem');
  const { privateKey } = crypto.generateKeyPairSync('rsa', {
    modulusLength: 1024, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  fs.writeFileSync(file, privateKey);
  return file;
});

// open gives the project in a folder as the compiler wants it.
function open(dir) {
  const project = new (load('miniprogram-ci').Project)({ appid: 'wx0000000000000000', type: 'miniProgram', projectPath: dir, privateKeyPath: key(), ignores: ['node_modules/**/*'] });
  project._attr = ATTRIBUTES;
  project.attr = async () => ATTRIBUTES;
  return project;
}

// compile gives what the compiler makes of the project in a folder: content by name.
async function compile(dir, name) {
  return load('miniprogram-ci').getCompiledResult(
    { project: open(dir), version: '1.0.0', desc: 'judge', setting: { useProjectConfig: true }, onProgressUpdate() {} },
    path.join(scratch, `${name}.zip`),
  );
}

// packNpm is the official "build npm".
const packNpm = (dir) => load('miniprogram-ci').packNpm(open(dir), { reporter() {} });

// keep writes what was compiled into a folder.
function keep(compiled, dir) {
  for (const [file, content] of Object.entries(compiled)) {
    const target = path.join(dir, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  }
}

// analyse gives the references below a miniprogram root that the analyser cannot resolve, and
// the modules of its graph.
async function analyse(root) {
  const { Analyzer } = load('miniprogram-ci/dist/common/code-analyse');
  const unresolved = new Set();
  const report = {
    name: 'judge',
    onDepResolveFailed: (_, error) => unresolved.add(message(error)),
    onModuleBuildFailed: (module, _, error) => unresolved.add(`${module.path}: ${message(error)}`),
  };
  const analyser = new Analyzer({ root, type: 'miniprogram', plugins: [report] });
  try { await analyser.analyse(); } catch (e) { unresolved.add(message(e)); }
  return { unresolved: [...unresolved], graph: analyser.graph ? [...analyser.graph.modules] : [] };
}

// executable copies wcc or wcsc: the package ships them without the executable bit.
function executable(name) {
  const file = path.join(scratch, name);
  fs.copyFileSync(path.join(modules, 'miniprogram-compiler/bin/linux', name), file);
  fs.chmodSync(file, 0o755);
  return file;
}

// run gives what a program says against its input ("" is success), and its output.
function run(program, args, cwd) {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd });
    const out = [];
    const err = [];
    child.stdout.on('data', (d) => out.push(d));
    child.stderr.on('data', (d) => err.push(d));
    child.on('error', (e) => done({ says: message(e), out: '' }));
    child.on('close', (status) => done({
      says: status === 0 ? '' : Buffer.concat(err).toString().trim() || `${path.basename(program)} failed`,
      out: Buffer.concat(out).toString(),
    }));
  });
}

const NOTHING = { says: '', out: '' };
const below = (names) => names.map((name) => `./${name}`);
const wccProgram = once(() => executable('wcc'));
const wcscProgram = once(() => executable('wcsc'));
const ofMarkup = (name) => /\.(wxml|wxs)$/.test(name);
const ofStyle = (name) => name.endsWith('.wxss');

// wcc and wcsc look at those of the files that are theirs; no file is no fault.
async function wcc(root, names) {
  const own = below(names.filter(ofMarkup));
  return own.length ? run(wccProgram(), ['-d', '-cc', '0', ...own, '-gn', '$gwx'], root) : NOTHING;
}

async function wcsc(root, names) {
  const own = below(names.filter(ofStyle));
  return own.length ? run(wcscProgram(), ['-db', '-pc', String(own.length), ...own], root) : NOTHING;
}

// files lists what is below a folder, without node_modules; nothing where there is no folder.
function files(root, dir = '') {
  let entries = [];
  try { entries = fs.readdirSync(path.join(root, dir), { withFileTypes: true }); } catch { return []; }
  return entries.flatMap((e) => {
    const name = dir ? `${dir}/${e.name}` : e.name;
    if (e.isDirectory()) return e.name === 'node_modules' ? [] : files(root, name);
    return [name];
  });
}

// json gives what a file says, {} where it says nothing that can be read.
function json(file) { try { return JSON.parse(fs.readFileSync(file, 'utf8')); } catch { return {}; } }

const config = (project) => json(path.join(project, 'project.config.json'));
const rootOf = (project) => path.join(project, config(project).miniprogramRoot || '');

// roots lists the roots of the subpackages in an app.json, without slashes at the ends.
const roots = (app) => (app.subPackages || app.subpackages || []).map((p) => p.root.replace(/^\/|\/$/g, ''));

module.exports = { analyse, begin, compile, config, end, files, json, keep, load, message, ofStyle, packNpm, rootOf, roots, wcc, wcsc };
