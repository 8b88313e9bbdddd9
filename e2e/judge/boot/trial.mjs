// A start of a mini program that has nothing to do with the chat SDK: every page is opened,
// every handler that the markup names is called, every view is rendered by the code that
// WeChat's wcc made of it, and what reaches over the borders of packages is noted.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { Loader, normalize } from './loader.mjs';
import { handlers, parse } from './wxml.mjs';
import { World } from './world.mjs';

const HIDDEN = 'window, document, frames, self, location, navigator, localStorage, history, Caches, '
  + 'screen, alert, confirm, prompt, XMLHttpRequest, WebSocket, Reporter, webkit, WeixinJSCore';
const NAVIGATION = ['navigateTo', 'redirectTo', 'switchTab', 'reLaunch'];
const OPEN_TYPES = { navigate: 'navigateTo', redirect: 'redirectTo', switchTab: 'switchTab', reLaunch: 'reLaunch' };
const REMOTE = /^(?:[\w-]+:|\/\/)/;
const PLUGIN = /^plugin(?:-private)?:\/\/([^/]+)/;

// Tags of the platform; every other one has to be declared.
const TAGS = new Set(('ad ad-custom audio block button camera canvas channel-live channel-video checkbox checkbox-group cover-image cover-view '
  + 'custom-wrapper double-tap-gesture-handler draggable-sheet editor force-press-gesture-handler form functional-page-navigator grid-builder '
  + 'grid-view horizontal-drag-gesture-handler icon image import include input keyboard-accessory label list-builder list-view live-player '
  + 'live-pusher long-press-gesture-handler map match-media movable-area movable-view native-component navigation-bar navigator '
  + 'nested-scroll-body nested-scroll-header official-account official-account-publish open-container open-data page-container page-meta '
  + 'pan-gesture-handler picker picker-view picker-view-column progress radio radio-group rich-text root-portal scale-gesture-handler '
  + 'scroll-view selection share-element slider slot snapshot span sticky-header sticky-section store-coupon store-gift store-home '
  + 'store-product swiper swiper-item switch tap-gesture-handler template text textarea vertical-drag-gesture-handler video view '
  + 'voip-room web-view wxs').split(' '));

const dirname = (p) => (p.includes('/') ? p.slice(0, p.lastIndexOf('/')) : '');
const beside = (name, file) => normalize(name.startsWith('/') ? name : `${dirname(file)}/${name}`);
const literal = (value) => typeof value === 'string' && value !== '' && !value.includes('{{');
const message = (e) => (e && e.message) || String(e);
const packages = (app) => app.subPackages || app.subpackages || [];

function walk(node, visit) {
  for (const child of node.children) { visit(child); walk(child, visit); }
}

class TrialLoader extends Loader {
  constructor(options) {
    super(options);
    this.independent = new Set(packages(options.app).filter((p) => p.independent).map((p) => normalize(p.root)));
  }

  boundary(file, from) {
    const [owner, mine] = [this.package(file), this.package(from)];
    if (owner === mine) return '';
    if (owner) return `${file} is in subpackage ${owner}`;
    return this.independent.has(mine) ? `${file} is in the main package, out of reach of independent ${mine}` : '';
  }

  load(file) {
    if (this.modules.has(file)) return this.modules.get(file).exports;
    const module = { exports: {} };
    this.modules.set(file, module);
    const source = fs.readFileSync(path.join(this.root, file), 'utf8').replace(/^\uFEFF/, '');
    const wrapped = vm.runInContext(`(function (require, module, exports, ${HIDDEN}) {${source}\n})`, this.realm, { filename: file });
    const later = (name) => new Promise((done) => { done(this.loadLater(name, file)); });
    const require = (name, done, fail) => (typeof done === 'function' ? void later(name).then(done, fail) : this.require(name, file));
    require.async = later;
    this.stack.push(file);
    try { wrapped(require, module, module.exports); } finally { this.stack.pop(); }
    return module.exports;
  }

  // loadLater is for require.async, which crosses the borders of packages.
  loadLater(name, from) {
    const file = this.resolve(name, from);
    if (!file) throw new Error(`module '${name}' is not defined, require.async in ${from}`);
    return this.load(file);
  }
}

export class Trial extends World {
  // gwx is what wcc made of the markup.
  constructor({ root, gwx }) {
    super({ root, transform: (source) => source });
    this.warnings = new Set();
    this.views = new Set();
    this.here = '';
    this.loader = new TrialLoader({ root, app: this.app, globals: this.realmGlobals(), transform: (source) => source });
    this.gwx = this.renderer(gwx);
  }

  realmGlobals() {
    const globals = this.globals();
    globals.requirePlugin = (name) => {
      if (!this.plugins(this.loader.loading || this.here).has(name)) throw new Error(`plugin ${name} is not declared`);
      return {};
    };
    globals.getApp = (options) => {
      if (!this.loader.independent.has(this.loader.package(this.loader.loading || this.here))) return this.instance;
      return options && options.allowDefault ? {} : undefined; // only app.js of the main package makes an app
    };
    return globals;
  }

  // plugins are those that app.json declares for everybody or for the package of a file.
  plugins(file) {
    const owner = this.loader.package(file);
    const own = packages(this.app).find((p) => normalize(p.root) === owner);
    return new Set([...Object.keys(this.app.plugins || {}), ...Object.keys((own && own.plugins) || {})]);
  }

  renderer(gwx) {
    if (!gwx) return undefined;
    const log = (...args) => this.warnings.add(`rendering: ${args.join(' ')}`);
    const realm = vm.createContext({ console: { log, warn: log, error: log, info: log }, __wxAppCode__: {} });
    vm.runInContext('var window = this;', realm);
    vm.runInContext(gwx, realm, { filename: 'wcc' });
    return vm.runInContext('$gwx', realm);
  }

  record(name, value) {
    super.record(name, value);
    if (NAVIGATION.includes(name)) this.navigate(name, value, this.here);
  }

  navigate(name, url, from) {
    if (!literal(url) || REMOTE.test(url)) return;
    const target = beside(url.split('?')[0], from);
    const tabs = ((this.app.tabBar || {}).list || []).map((t) => t.pagePath);
    if (!this.registered().includes(target)) this.errors.push(`${name}: page ${target} is not found (${from})`);
    else if (name === 'switchTab' && !tabs.includes(target)) this.errors.push(`switchTab: ${target} is not a tabBar page (${from})`);
    else if (/^(navigateTo|redirectTo)$/.test(name) && tabs.includes(target)) this.errors.push(`${name}: can not go to a tabBar page: ${target} (${from})`);
  }

  launch() {
    super.launch();
    const none = this.errors.indexOf('app.js calls no App()'); // frameworks have entries of their own
    if (none >= 0) { this.errors.splice(none, 1); this.warnings.add('app.js calls no App()'); }
  }

  // component also knows placeholders, plugins and what the base library brings.
  component(target, configFile) {
    const own = this.loader.json(configFile);
    const config = Object.values(own.usingComponents || {}).includes(target) ? configFile : 'app.json';
    const plugin = PLUGIN.exec(target);
    if (plugin) {
      if (!this.plugins(configFile).has(plugin[1])) this.warnings.add(`${configFile}: plugin ${plugin[1]} is not declared`);
      return undefined;
    }
    const file = this.loader.component(target, config);
    if (!file) {
      if (!(this.app.useExtendedLib || {}).weui || !target.includes('weui-miniprogram/')) this.report({ from: configFile, component: target, reason: 'no such component' });
      return undefined;
    }
    const reason = this.loader.boundary(`${file}.js`, configFile);
    if (reason && !this.placeholder(target, configFile, config)) this.report({ from: configFile, component: target, reason });
    if (reason) return undefined;
    this.loadScripts(file);
    const options = this.definitions.get(`${file}.js`);
    if (this.definitions.has(`${file}.js`) && !options) this.errors.push(`${file}.js registers no Component()`);
    return options ? { path: file, options } : undefined;
  }

  // placeholder tells whether something stands in for a component that is out of reach. What
  // stands in has to be there itself: that it has a placeholder of its own does not count
  // (developers.weixin.qq.com/miniprogram/dev/framework/custom-component/placeholder.html).
  placeholder(target, configFile, config) {
    const own = this.loader.json(configFile);
    const using = { ...this.app.usingComponents, ...own.usingComponents };
    const tags = Object.entries(this.loader.json(config).usingComponents || {}).filter(([, value]) => value === target).map(([tag]) => tag);
    const stands = { ...this.app.componentPlaceholder, ...own.componentPlaceholder };
    for (const tag of tags) {
      const stand = stands[tag];
      if (!stand) return false;
      const file = !TAGS.has(stand) && using[stand] && this.loader.component(using[stand], own.usingComponents && own.usingComponents[stand] ? configFile : 'app.json');
      if (!TAGS.has(stand) && !using[stand]) this.warnings.add(`${configFile}: placeholder ${stand} of ${tag} is no component`);
      if (file && this.loader.boundary(`${file}.js`, configFile)) this.errors.push(`${configFile}: placeholder ${stand} of ${tag} is out of reach itself`);
    }
    return true;
  }

  loadScripts(view) {
    this.views.add(view);
    super.loadScripts(view);
    // What is declared is looked for when the page is rendered, used or not, and app.json
    // declares for all pages but those of independent subpackages (.../ability/lazyload.html).
    if (!this.registered().includes(view) || this.loader.independent.has(this.loader.package(view))) return;
    for (const target of Object.values(this.app.usingComponents || {})) this.component(target, `${view}.json`);
  }

  // visit opens a page, renders it and calls what its markup is bound to.
  async visit(page) {
    this.here = page;
    const opened = this.open(page);
    await this.settle();
    if (opened) {
      for (const view of [opened, ...opened.descendants()]) this.render(view);
      for (const view of [opened, ...opened.descendants()]) this.touch(view);
      await this.settle();
      this.close(opened);
    }
    await this.settle();
  }

  render(view) {
    const make = this.gwx && this.gwx(`./${view.path}.wxml`);
    if (typeof make !== 'function') return;
    this.attempt(`rendering ${view.path}`, () => make(view.object.data, {}, {}));
  }

  touch(view) {
    for (const [, method] of handlers(view.markup)) {
      const call = view.object[method] || (view.options.methods || {})[method]; // of a component that is a page
      if (typeof call !== 'function') this.warnings.add(`${view.path} has no method ${method}`);
      else view.run(method, call, { type: 'tap', detail: {}, target: { dataset: {} }, currentTarget: { dataset: {} } });
    }
  }

  // inspect looks at the files of the views that came up.
  inspect() {
    const seen = new Set();
    const views = new Set([...this.views, 'app']);
    for (const view of views) {
      this.inspectStyle(`${view}.wxss`, seen);
      if (view !== 'app') this.inspectMarkup(`${view}.wxml`, view, seen);
    }
  }

  // legible notes what comes out as garbage.
  legible(file) {
    const text = this.loader.text(file);
    if (text.startsWith('\uFEFF')) this.warnings.add(`${file} begins with a byte order mark, which is shown`);
    if (text.includes('\uFFFD')) this.warnings.add(`${file} is not UTF-8`);
    return text;
  }

  inspectMarkup(file, view, seen) {
    if (!this.loader.exists(file) || seen.has(`${file} in ${view}`)) return;
    seen.add(`${file} in ${view}`);
    const own = this.loader.json(`${view}.json`);
    const declared = new Set([...Object.keys(this.app.usingComponents || {}), ...Object.keys(own.usingComponents || {}), ...Object.keys(own.componentGenerics || {})]);
    walk(parse(this.legible(file)), (node) => this.inspectNode(node, file, view, declared, seen));
  }

  inspectNode(node, file, view, declared, seen) {
    const src = node.attributes.src;
    if (!TAGS.has(node.tag) && !declared.has(node.tag)) this.warnings.add(`${file}: nothing is declared as <${node.tag}>`);
    if (node.tag === 'navigator' && (node.attributes.target || 'self') === 'self') this.inspectNavigator(node.attributes, view);
    if (!literal(src) || REMOTE.test(src)) return;
    if (node.tag === 'import' || node.tag === 'include') {
      const target = this.reach(/\.wxml$/.test(src) ? src : `${src}.wxml`, file, view);
      if (target) this.inspectMarkup(target, view, seen);
    } else if (node.tag === 'wxs') this.reach(src, file, view);
    else if (node.tag === 'image' || node.tag === 'cover-image') this.inspectImage(src, file, view);
  }

  inspectNavigator({ url, 'open-type': type = 'navigate' }, view) {
    if (literal(url) && OPEN_TYPES[type]) this.navigate(OPEN_TYPES[type], url, view);
  }

  // An image that is out of reach is a hole in the picture, like one that is not there.
  inspectImage(src, file, view) {
    const target = beside(src, file);
    const reason = target === null || !this.loader.exists(target) ? `${src} is not there` : this.loader.boundary(target, view);
    if (reason) this.warnings.add(`${file}: ${reason}`);
  }

  inspectStyle(file, seen) {
    if (!this.loader.exists(file) || seen.has(file)) return;
    seen.add(file);
    const text = this.legible(file).replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, src] of text.matchAll(/@import\s*["']([^"']+)["']/g)) {
      const target = this.reach(/\.wxss$/.test(src) ? src : `${src}.wxss`, file, file);
      if (target) this.inspectStyle(target, seen);
    }
    for (const [, src] of text.matchAll(/url\(\s*["']?([^"')]+)/g)) if (!REMOTE.test(src) && !src.startsWith('#')) this.warnings.add(`${file}: local ${src} in a style is not loaded`);
  }

  // reach finds what a file refers to; over the border of a package it is not there.
  reach(src, file, view) {
    const target = beside(src, file);
    if (target === null || !this.loader.exists(target)) { this.warnings.add(`${file}: ${src} is not there`); return undefined; }
    const reason = this.loader.boundary(target, view);
    if (reason) this.errors.push(`${file}: ${reason}`);
    return target;
  }

  // failures are what a user would run into.
  failures() {
    const components = this.loader.missing.filter((m) => m.component).map((m) => `${m.from}: ${m.component}: ${m.reason}`);
    return [...new Set([...this.errors, ...components])];
  }
}

// play goes through the whole mini program.
export async function play(trial) {
  trial.launch();
  await trial.settle();
  for (const page of trial.registered()) await trial.visit(page);
  trial.inspect();
  trial.end();
  return { failures: trial.failures(), warnings: [...trial.warnings].sort() };
}

export const broken = (e) => ({ failures: [`the trial broke off: ${message(e)}`], warnings: [] });
