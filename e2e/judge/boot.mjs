// Boots a mini program in Node the way the logic layer does, with the project's own chat
// SDK, and plays the scenarios of boot/scenarios.mjs.
//
//   node boot.mjs SPEC.json
//
// SPEC: {root, mode: filled|unfilled|unserved|opens|idle, generation: bundled|tim|chat, page, home?,
//        sdkAppID, userID, key, server?, compiled?, patience?}
// server is the address whose requests really go out; all others have no answer.
// patience is how many milliseconds what needs real time may take.
// root is the miniprogram root, or with "compiled" the compiler's output, whose scripts
// then run as they are. Prints {ok, scenarios: [{name, ok, failures, events}]}.
// JUDGE_MODULES names the folder whose node_modules has the judges' packages.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { Case, select, worldOptions } from './boot/scenarios.mjs';
import { World } from './boot/world.mjs';

const spec = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const require = createRequire(`${process.env.JUDGE_MODULES}/`);
const { Api } = require('tls-sig-api-v2');

// Source scripts may be ES modules: they become what the compiler makes of them.
function transform() {
  if (spec.compiled) return (source) => source;
  const { transformSync } = require('esbuild');
  const done = new Map();
  return (source, file) => {
    if (!done.has(file)) done.set(file, transformSync(source, { format: 'cjs', target: 'es2020', sourcefile: file, logLevel: 'silent' }).code);
    return done.get(file);
  };
}

let current;
process.on('unhandledRejection', (e) => current && current.errors.push(`unhandled rejection: ${(e && e.message) || JSON.stringify(e)}`));
process.on('uncaughtException', (e) => current && current.errors.push(`uncaught: ${(e && e.message) || e}`));

async function play(name, scenario, transformer) {
  current = new World({ root: spec.root, transform: transformer, patience: spec.patience, server: spec.server, ...worldOptions(name) });
  const c = new Case(current, spec, Api);
  try { await scenario(c); await current.settle(); } catch (e) { c.failures.push(`the scenario broke off: ${e && e.stack}`); }
  c.clean();
  current.end();
  const failures = [...new Set(c.failures)];
  return { name, ok: failures.length === 0, failures, events: current.events.map(([n, v]) => `${n} ${JSON.stringify(v) ?? ''}`.trim()) };
}

const results = [];
const transformer = transform();
for (const [name, scenario] of select(spec)) results.push(await play(name, scenario, transformer));
const ok = results.length > 0 && results.every((r) => r.ok);
process.stdout.write(`${JSON.stringify({ ok, scenarios: results }, null, 1)}\n`, () => process.exit(ok ? 0 : 1));
