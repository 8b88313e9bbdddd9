// Runs what verdicts.cjs compiled: each mini program is started and gone through.
//
//   node verdicts.mjs LIST.json
//
// LIST: {out, projects: [{name}]} as for verdicts.cjs, which has filled OUT. Prints
// {verdicts: {NAME: {failures: [...], warnings: [...]}}}: what fails, and what is only
// missing from the picture. A project that was not compiled is left out.
import fs from 'node:fs';
import path from 'node:path';
import { Trial, broken, play } from './boot/trial.mjs';

const list = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const message = (e) => (e && e.message) || JSON.stringify(e);
const text = (file) => { try { return fs.readFileSync(file, 'utf8'); } catch { return ''; } };

let current;
process.on('unhandledRejection', (e) => current && current.errors.push(`unhandled rejection: ${message(e)}`));
process.on('uncaughtException', (e) => current && current.errors.push(`uncaught: ${message(e)}`));

async function judge(name) {
  current = undefined;
  try {
    current = new Trial({ root: path.join(list.out, name), gwx: text(path.join(list.out, `${name}.gwx.js`)) });
    return await play(current);
  } catch (e) { return broken(e); }
}

const verdicts = {};
for (const { name } of list.projects) if (fs.existsSync(path.join(list.out, name, 'app.json'))) verdicts[name] = await judge(name);
process.stdout.write(`${JSON.stringify({ verdicts }, null, 1)}\n`, () => process.exit(0));
