// Compiles a mini program with WeChat's own compiler (npm: miniprogram-ci), offline.
//
//   node compile.cjs PROJECT [--out DIR] [--limit BYTES]
//
// PROJECT is the folder of project.config.json; its own settings apply, as in DevTools.
// Prints {ok, error?, seconds, files, packages: {"": bytes, ROOT: bytes}}. --out keeps
// what was compiled, for the boot judge. A package over --limit is an error: the compiler
// itself never looks at sizes, only the server that takes the upload does.
// JUDGE_MODULES names the folder whose node_modules has the judges' packages.
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createRequire } = require('node:module');
const { parseArgs } = require('node:util');

// What WeChat's servers would answer when asked for the project: the public defaults.
const ATTRIBUTES = {
  platform: false, appType: 0, isSandbox: false, released: false,
  setting: {
    MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 30, MaxSubPackageLimit: 100,
    NavigateMiniprogramLimit: 10, MinTabbarCount: 2, MaxTabbarCount: 5, MaxTabbarIconSize: 40,
  },
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' }, limit: { type: 'string' } } });
const project = path.resolve(positionals[0]);
const out = values.out && path.resolve(values.out);
const print = process.stdout.write.bind(process.stdout);

// The compiler chats on standard output and leaves folders where it runs.
function silence() {
  process.stdout.write = () => true;
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = () => {};
}

function enterScratch() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'judge-compile-'));
  process.chdir(dir);
  process.on('exit', () => { process.chdir(os.tmpdir()); fs.rmSync(dir, { recursive: true, force: true }); });
  return dir;
}

// The upload key is only checked to be one.
function writeKey(dir) {
  const file = path.join(dir, 'key.pem');
  const { privateKey } = crypto.generateKeyPairSync('rsa', {
    modulusLength: 1024, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  fs.writeFileSync(file, privateKey);
  return file;
}

async function compile(ci, scratch) {
  const p = new ci.Project({ appid: 'wx0000000000000000', type: 'miniProgram', projectPath: project, privateKeyPath: writeKey(scratch), ignores: ['node_modules/**/*'] });
  p._attr = ATTRIBUTES;
  p.attr = async () => ATTRIBUTES;
  return ci.getCompiledResult(
    { project: p, version: '1.0.0', desc: 'judge', setting: { useProjectConfig: true }, onProgressUpdate() {} },
    path.join(scratch, 'compiled.zip'),
  );
}

function subpackages(compiled) {
  const app = JSON.parse(String(compiled['app.json']));
  return (app.subPackages || app.subpackages || []).map((p) => p.root.replace(/^\/|\/$/g, ''));
}

function weigh(compiled) {
  const packages = { '': 0 };
  for (const root of subpackages(compiled)) packages[root] = 0;
  for (const [file, content] of Object.entries(compiled)) {
    const root = Object.keys(packages).find((r) => r && file.startsWith(`${r}/`)) || '';
    packages[root] += Buffer.byteLength(content);
  }
  return packages;
}

function keep(compiled, dir) {
  for (const [file, content] of Object.entries(compiled)) {
    const target = path.join(dir, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, content);
  }
}

const oversize = (packages, limit) => Object.entries(packages).filter(([, bytes]) => bytes > limit)
  .map(([root, bytes]) => `package ${root || '(main)'} has ${bytes} bytes, more than ${limit}`);

async function main() {
  silence();
  const scratch = enterScratch();
  const start = Date.now();
  const result = { ok: false };
  try {
    const compiled = await compile(createRequire(`${process.env.JUDGE_MODULES}/`)('miniprogram-ci'), scratch);
    result.files = Object.keys(compiled).length;
    result.packages = weigh(compiled);
    if (out) keep(compiled, out);
    const heavy = values.limit ? oversize(result.packages, Number(values.limit)) : [];
    if (heavy.length) result.error = heavy.join('; ');
    result.ok = !heavy.length;
  } catch (e) { result.error = String((e && e.message) || e); }
  result.seconds = (Date.now() - start) / 1000;
  print(`${JSON.stringify(result, null, 1)}\n`, () => process.exit(result.ok ? 0 : 1));
}

main();
