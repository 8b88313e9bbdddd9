// Runs the official "build npm" (miniprogram-ci's packNpm) on a project, offline.
//
//   node packnpm.cjs PROJECT
//
// Prints {ok, error?, seconds, bytes}: the bytes of all files in the miniprogram_npm folders
// that it makes, without source maps, which are not packed.
// JUDGE_MODULES names the folder whose node_modules has the judges' packages.
const fs = require('node:fs');
const path = require('node:path');
const wechat = require('./wechat.cjs');

const project = path.resolve(process.argv[2]);

function built(dir, inside = false) {
  return fs.readdirSync(dir, { withFileTypes: true }).reduce((sum, e) => {
    const at = path.join(dir, e.name);
    if (e.isDirectory()) return e.name === 'node_modules' ? sum : sum + built(at, inside || e.name === 'miniprogram_npm');
    return sum + (inside && !e.name.endsWith('.map') ? fs.statSync(at).size : 0);
  }, 0);
}

async function main() {
  wechat.begin('packnpm');
  const start = Date.now();
  const result = { ok: false };
  try {
    await wechat.packNpm(project);
    result.seconds = (Date.now() - start) / 1000;
    result.bytes = built(project);
    result.ok = result.bytes > 0;
    if (!result.ok) result.error = 'nothing was built';
  } catch (e) { result.error = wechat.message(e); }
  wechat.end(result, result.ok ? 0 : 1);
}

main();
