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
const path = require('node:path');
const wechat = require('./wechat.cjs');

const LONGEST = 1000; // characters of what wcc or wcsc says
const root = wechat.rootOf(path.resolve(process.argv[2]));

// boundaries lists what reaches into a subpackage from outside it: not loaded at run time.
function boundaries(graph) {
  const roots = wechat.roots(wechat.json(path.join(root, 'app.json'))).map((r) => `${r}/`);
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

async function markup() {
  if (process.platform !== 'linux') return { wxml: 'skipped', wxss: 'skipped', skipped: true };
  const files = wechat.files(root);
  return {
    wxml: (await wechat.wcc(root, files)).says.slice(0, LONGEST),
    wxss: (await wechat.wcsc(root, files)).says.slice(0, LONGEST),
  };
}

async function main() {
  wechat.begin('analyse');
  const { unresolved, graph } = await wechat.analyse(root);
  const code = { unresolved, modules: graph.length, boundaries: boundaries(graph) };
  const { skipped, ...texts } = await markup();
  const ok = !unresolved.length && !code.boundaries.length && code.modules > 0 && (skipped || (!texts.wxml && !texts.wxss));
  wechat.end({ ok, ...code, ...texts }, ok ? 0 : 1);
}

main();
