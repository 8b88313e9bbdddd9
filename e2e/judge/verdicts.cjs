// Has WeChat's own tools judge many small mini programs in one process.
//
//   node verdicts.cjs LIST.json
//
// LIST: {out, projects: [{name, dir}]}; dir is the folder of project.config.json.
// Prints {verdicts: {NAME: {compiler, compiled, unresolved, wxml, wxss, seconds}}}: what the
// compiler says ("" is success), the references that the dependency analyser cannot resolve,
// what wcc and wcsc say. They look at the sources, as DevTools does, and at what the compiler
// made of them, as the server does: minifying hides some faults. OUT/NAME keeps what was
// compiled and OUT/NAME.gwx.js wcc's output, for verdicts.mjs. JUDGE_MODULES names the folder
// whose node_modules has the judges' packages.
const fs = require('node:fs');
const path = require('node:path');
const wechat = require('./wechat.cjs');

const PATIENCE = 180000; // milliseconds for one project; a compiler that hangs has not judged
const LONGEST = 500; // characters of what wcc or wcsc says

const list = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
wechat.begin('verdicts');
for (const event of ['unhandledRejection', 'uncaughtException']) process.on(event, () => {}); // of a build that has failed already

// The compiler forks a process for each project, which takes seconds to start. It has a switch
// to stay in its own process (of DevTools, where settings live in localStorage); what it
// makes is the same, and after each project its state is thrown away. Only projects in other
// languages it does not get right there, as the files that it makes of theirs are not seen.
let forks = false;
global.localStorage = { getItem: (name) => (!forks && name === 'compilerInMainProcess') || undefined };
const compiler = wechat.load('miniprogram-ci/dist/modules/corecompiler/processHandler');

const late = (ms) => new Promise((_, fail) => { setTimeout(() => fail(new Error('no verdict in time')), ms).unref(); });

// renderer compiles markup; without a fault it leaves the code in target.
async function renderer(root, names, target) {
  const { says, out } = await wechat.wcc(root, names);
  if (out && !says && target) fs.writeFileSync(target, out);
  return says.slice(0, LONGEST);
}

const styles = async (root, names) => (await wechat.wcsc(root, names)).says.slice(0, LONGEST);

// markup has wcc and wcsc look at the sources, and at what was compiled of them if anything.
async function markup(root, out, target) {
  const sources = wechat.files(root);
  if (!out) return { wxml: await renderer(root, sources), wxss: await styles(root, sources) };
  const compiled = wechat.files(out);
  const written = compiled.filter((f) => sources.includes(f)); // what is left out is out, what is made is not there
  const cascades = compiled.filter(wechat.ofStyle).every((f) => written.includes(f)) ? written : [];
  return {
    wxml: await renderer(out, compiled, target) || await renderer(root, written),
    wxss: await styles(out, compiled) || await styles(root, cascades),
  };
}

async function judge({ name, dir }) {
  const start = Date.now();
  const out = path.join(list.out, name);
  const { setting } = wechat.config(dir);
  const verdict = { compiler: '', compiled: false };
  forks = Boolean(setting && setting.useCompilerPlugins);
  try {
    wechat.keep(await Promise.race([wechat.compile(dir, name), late(PATIENCE)]), out);
    verdict.compiled = true;
  } catch (e) { verdict.compiler = wechat.message(e) || 'failed'; }
  await compiler.destroy();
  const root = wechat.rootOf(dir);
  verdict.unresolved = (await wechat.analyse(root)).unresolved.sort();
  Object.assign(verdict, await markup(root, verdict.compiled && out, `${out}.gwx.js`));
  verdict.seconds = (Date.now() - start) / 1000;
  return verdict;
}

async function main() {
  fs.mkdirSync(list.out, { recursive: true });
  const verdicts = {};
  for (const project of list.projects) verdicts[project.name] = await judge(project); // two at a time hang the compiler
  wechat.end({ verdicts }, 0);
}

main().catch((e) => { process.stderr.write(`${(e && e.stack) || e}\n`); process.exit(3); });
