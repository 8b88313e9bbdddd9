// The module loader of the logic layer: finds scripts by the run-time rules and
// runs them in a realm that has nothing but what a mini program has.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

// WeChat wraps every script in a function whose parameters hide the names that
// browser code looks for; libraries behave differently without them.
const HIDDEN = 'window, document, frames, self, location, navigator, localStorage, history, Caches, '
  + 'screen, alert, confirm, prompt, XMLHttpRequest, WebSocket, Reporter, webkit, WeixinJSCore';

const dirname = (p) => (p.includes('/') ? p.slice(0, p.lastIndexOf('/')) : '');
const parent = (dir) => dirname(dir);

// normalize resolves "." and ".."; climbing out of the root gives null, as in the run time.
export function normalize(p) {
  const out = [];
  for (const part of p.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return null;
  }
  return out.join('/');
}

export class Loader {
  // root: the miniprogram root; globals: what scripts see; transform: source to plain script.
  constructor({ root, app, globals, transform }) {
    this.root = root;
    this.aliases = Object.entries(app.resolveAlias || {}).sort((a, b) => b[0].length - a[0].length);
    this.packages = (app.subPackages || app.subpackages || []).map((p) => normalize(p.root));
    this.transform = transform;
    this.modules = new Map();
    this.stack = []; // the scripts being loaded, innermost last
    this.missing = [];
    // Mini programs have no eval and no Function("..."): neither have these.
    this.realm = vm.createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  }

  get loading() { return this.stack[this.stack.length - 1]; }

  exists(p) {
    try { return fs.statSync(path.join(this.root, p)).isFile(); } catch { return false; }
  }

  // script: only ".js" is ever appended; no folder index, no .json.
  script(p) {
    const file = p.endsWith('.js') ? p : `${p}.js`;
    return this.exists(file) ? file : undefined;
  }

  package(file) { return this.packages.find((root) => file.startsWith(`${root}/`)) || ''; }

  resolve(name, from) {
    const alias = this.aliases.find(([key]) => name.startsWith(key.replace(/\*$/, '')));
    const base = alias ? '' : dirname(from);
    const target = alias
      ? normalize(alias[1].replace(/\*$/, '') + name.slice(alias[0].replace(/\*$/, '').length))
      : normalize(`${base}/${name}`);
    if (target === null) return undefined;
    return this.script(target) || this.resolveNPM(target, base);
  }

  resolveNPM(target, base) {
    const tail = base && target.startsWith(`${base}/`) ? target.slice(base.length + 1) : target;
    for (let dir = base; ; dir = parent(dir)) {
      const npm = dir ? `${dir}/miniprogram_npm` : 'miniprogram_npm';
      const hit = this.script(`${npm}/${tail}/index`) || this.script(`${npm}/${tail}`);
      if (hit) return hit;
      if (!dir) break;
    }
    return this.script(`miniprogram_npm/${target}${target.includes('/') ? '' : '/index'}`);
  }

  require(name, from) {
    const file = this.resolve(name, from);
    const reason = file ? this.boundary(file, from) : 'no such module';
    if (reason) {
      this.missing.push({ from, module: name, reason });
      throw new Error(`module '${normalize(`${dirname(from)}/${name}`)}.js' is not defined, require args is '${name}' (${from}: ${reason})`);
    }
    return this.load(file);
  }

  // boundary: a script of another subpackage is not there until that package is loaded.
  boundary(file, from) {
    const owner = this.package(file);
    return owner && owner !== this.package(from) ? `${file} is in subpackage ${owner}` : '';
  }

  load(file) {
    if (this.modules.has(file)) return this.modules.get(file).exports;
    const module = { exports: {} };
    this.modules.set(file, module);
    const source = this.transform(fs.readFileSync(path.join(this.root, file), 'utf8'), file);
    const wrapped = vm.runInContext(`(function (require, module, exports, ${HIDDEN}) {${source}\n})`, this.realm, { filename: file });
    const requireHere = (name) => this.require(name, file);
    requireHere.async = (name) => new Promise((done) => { done(this.require(name, file)); });
    this.stack.push(file);
    try { wrapped(requireHere, module, module.exports); } finally { this.stack.pop(); }
    return module.exports;
  }

  // component finds a component by its .json and .wxml, as the compiler does; a path without extension.
  component(name, configFile) {
    const dir = dirname(configFile);
    const either = (p) => [p, `${p}/index`].find((c) => this.exists(`${c}.json`) && this.exists(`${c}.wxml`));
    if (name.startsWith('/')) return either(normalize(name));
    const near = normalize(`${dir}/${name}`);
    const hit = near !== null && either(near);
    if (hit || name.startsWith('.')) return hit || undefined;
    for (let d = dir; ; d = parent(d)) {
      const npm = either(normalize(`${d}/miniprogram_npm/${name}`));
      if (npm || !d) return npm;
    }
  }

  json(file) {
    try { return JSON.parse(fs.readFileSync(path.join(this.root, file), 'utf8')); } catch { return {}; }
  }

  text(file) {
    try { return fs.readFileSync(path.join(this.root, file), 'utf8'); } catch { return ''; }
  }
}
