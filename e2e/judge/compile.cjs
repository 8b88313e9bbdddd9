// Compiles a mini program with WeChat's own compiler (npm: miniprogram-ci), offline.
//
//   node compile.cjs PROJECT [--out DIR] [--limit BYTES]
//
// PROJECT is the folder of project.config.json; its own settings apply, as in DevTools.
// Prints {ok, error?, seconds, files, packages: {"": bytes, ROOT: bytes}}. --out keeps
// what was compiled, for the boot judge. A package over --limit is an error: the compiler
// itself never looks at sizes, only the server that takes the upload does.
// JUDGE_MODULES names the folder whose node_modules has the judges' packages.
const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { parseArgs } = require('node:util');
const wechat = require('./wechat.cjs');

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: 'string' }, limit: { type: 'string' } } });
const project = path.resolve(positionals[0]);
const out = values.out && path.resolve(values.out);

function weigh(compiled) {
  const packages = { '': 0 };
  for (const root of wechat.roots(JSON.parse(String(compiled['app.json'])))) packages[root] = 0;
  for (const [file, content] of Object.entries(compiled)) {
    const root = Object.keys(packages).find((r) => r && file.startsWith(`${r}/`)) || '';
    packages[root] += Buffer.byteLength(content);
  }
  return packages;
}

const oversize = (packages, limit) => Object.entries(packages).filter(([, bytes]) => bytes > limit)
  .map(([root, bytes]) => `package ${root || '(main)'} has ${bytes} bytes, more than ${limit}`);

// A process of the compiler's own that is not up within its twenty seconds says that the machine
// is busy, and nothing of the project. The compiler is of no use any more then, so another
// process tries once more.
const BUSY = 'fork process timeout';
let busy = false;
const home = process.cwd(); // that begin leaves
process.on('unhandledRejection', (e) => { if (wechat.message(e) !== BUSY) throw e; busy = true; });

function again() {
  const { status } = spawnSync(process.execPath, process.argv.slice(1), { cwd: home, env: { ...process.env, JUDGE_AGAIN: '1' }, stdio: 'inherit' });
  process.exit(status === null ? 1 : status);
}

async function main() {
  wechat.begin('compile');
  const start = Date.now();
  const result = { ok: false };
  try {
    const compiled = await wechat.compile(project, 'compiled');
    result.files = Object.keys(compiled).length;
    result.packages = weigh(compiled);
    if (out) wechat.keep(compiled, out);
    const heavy = values.limit ? oversize(result.packages, Number(values.limit)) : [];
    if (heavy.length) result.error = heavy.join('; ');
    result.ok = !heavy.length;
  } catch (e) { result.error = wechat.message(e); }
  if (!result.ok && (busy || result.error === BUSY) && !process.env.JUDGE_AGAIN) again();
  result.seconds = (Date.now() - start) / 1000;
  wechat.end(result, result.ok ? 0 : 1);
}

main();
