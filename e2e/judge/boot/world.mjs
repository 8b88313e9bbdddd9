// One start of the mini program: its own realm, storage, SDK and page stack.
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { Loader, normalize } from './loader.mjs';
import { Component, Page } from './view.mjs';
import { SDK } from './sdk.mjs';
import { Server } from './server.mjs';
import { Storage, createWX } from './wx.mjs';

const LEVELS = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group', 'groupEnd', 'table', 'time', 'timeEnd'];
const nothing = () => {};
const DEAD_SOCKET = { onOpen: nothing, onClose: nothing, onError: nothing, onMessage: nothing, send: nothing, close: nothing };
const message = (e) => (e && e.message) || String(e);
export const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });

export class World {
  constructor({ root, transform, noGlobalData, untouched, server, patience = 5000 }) {
    this.patience = patience;
    this.noGlobalData = noGlobalData;
    this.events = [];
    this.errors = [];
    this.console = [];
    this.timers = new Set();
    this.expected = 0; // answers of platform and network on their way
    this.pages = [];
    this.definitions = new Map();
    this.root = root;
    this.app = JSON.parse(fs.readFileSync(path.join(root, 'app.json'), 'utf8'));
    this.storage = new Storage((fn) => this.later(fn));
    this.wx = createWX({
      record: (name, value) => this.record(name, value), storage: this.storage, later: (fn) => this.later(fn),
      socket: () => (untouched ? this.server.socket() : DEAD_SOCKET),
      request: (o) => { if (server && String(o.url).startsWith(server)) this.request(o); },
    });
    const globals = this.globals();
    this.loader = new Loader({ root, app: this.app, globals, transform });
    this.sdk = new SDK({ record: (name, value) => this.record(name, value), Promise: vm.runInContext('Promise', this.loader.realm), later: (fn) => this.later(fn) });
    this.sdk.attempt = (what, fn) => this.attempt(what, fn);
    this.sdk.untouched = Boolean(untouched);
    this.server = new Server((fn) => this.timer(fn, 1));
    this.watchModules();
  }

  // Every module that loads is offered to the SDK watcher before anybody calls into it.
  watchModules() {
    const load = this.loader.load.bind(this.loader);
    this.loader.load = (file) => {
      const exports = load(file);
      this.sdk.hook(exports);
      return exports;
    };
  }

  globals() {
    const define = (options) => { this.definitions.set(this.loader.loading, options || {}); };
    return {
      wx: this.wx,
      console: Object.fromEntries(LEVELS.map((level) => [level, (...args) => this.console.push(`${level}: ${args.map(message).join(' ')}`)])),
      setTimeout: (fn, ms, ...args) => this.timer(() => fn(...args), ms),
      clearTimeout: (id) => { clearTimeout(id); this.timers.delete(id); },
      setInterval: (fn, ms, ...args) => { const id = setInterval(() => this.attempt('interval', () => fn(...args)), ms); this.timers.add(id); return id; },
      clearInterval: (id) => { clearInterval(id); this.timers.delete(id); },
      App: (options) => { this.createApp(options || {}); },
      Page: define,
      Component: define,
      Behavior: (options) => options,
      getApp: () => this.instance,
      getCurrentPages: () => this.pages.map((p) => p.object),
      requirePlugin: () => ({}),
      __wxConfig: { envVersion: 'develop' },
    };
  }

  createApp(options) {
    this.record('App');
    if (this.noGlobalData) { options = { ...options }; delete options.globalData; }
    this.instance = options;
  }

  record(name, value) { this.events.push([name, value]); }

  count(name, test = () => true) { return this.events.filter(([n, v]) => n === name && test(v)).length; }

  first(name, test = () => true) { return this.events.findIndex(([n, v]) => n === name && test(v)); }

  attempt(what, fn) {
    try { return fn(); } catch (e) { this.errors.push(`${what}: ${message(e)}`); return undefined; }
  }

  timer(fn, ms) {
    const id = setTimeout(() => { this.timers.delete(id); this.attempt('timer', fn); }, ms);
    this.timers.add(id);
    return id;
  }

  // later is for what the platform or the network answers.
  later(fn) {
    this.expected += 1;
    this.timer(() => { this.expected -= 1; fn(); }, 0);
  }

  // request goes out as wx.request sends it: the data of a GET is its query, and an answer
  // that is JSON is read. Whatever the status is, that is a success.
  async request({ url, data, success, fail }) {
    const answer = (fn, value) => !this.ended && this.timer(() => { this.expected -= 1; if (fn) fn(value); }, 0);
    const address = new URL(url);
    for (const [name, value] of Object.entries(data || {})) address.searchParams.append(name, value);
    this.expected += 1;
    try {
      const response = await fetch(address, { headers: { 'content-type': 'application/json' } });
      const text = await response.text();
      let body = text;
      try { body = JSON.parse(text); } catch { /* then it stays a text */ }
      answer(success, { statusCode: response.status, data: body, header: Object.fromEntries(response.headers), errMsg: 'request:ok' });
    } catch (e) {
      answer(fail, { errMsg: `request:fail ${message(e)}` });
    }
  }

  // settle lets everything that is on its way arrive, and what that sets in motion.
  async settle() {
    for (let quiet = 0, turns = 0; quiet < 4 && turns < 1000; turns += 1) {
      await pause(1);
      quiet = this.expected > 0 ? 0 : quiet + 1;
    }
  }

  launch() {
    const entry = this.loader.script('app.js');
    if (!entry) { this.errors.push('app.js is missing'); return; }
    this.attempt('app.js', () => this.loader.load(entry));
    if (!this.instance) { this.errors.push('app.js calls no App()'); return; }
    this.attempt('App.onLaunch', () => this.instance.onLaunch && this.instance.onLaunch({ path: '', query: {}, scene: 1001 }));
    this.attempt('App.onShow', () => this.instance.onShow && this.instance.onShow({ path: '', query: {}, scene: 1001 }));
  }

  // until waits for what real timers and the stand-in server bring about.
  async until(condition) {
    const end = Date.now() + this.patience;
    while (Date.now() < end && !condition()) await pause(5);
    await this.settle();
    return condition();
  }

  // registered lists the page paths of all packages.
  registered() {
    const sub = (this.app.subPackages || this.app.subpackages || []).flatMap((p) => p.pages.map((page) => normalize(`${p.root}/${page}`)));
    return [...this.app.pages, ...sub];
  }

  open(pagePath, query = {}) {
    if (!this.registered().includes(pagePath)) { this.errors.push(`${pagePath} is not a registered page`); return undefined; }
    this.loadScripts(pagePath);
    const options = this.definitions.get(`${pagePath}.js`);
    if (!options) { this.errors.push(`${pagePath}.js registers no Page()`); return undefined; }
    const page = new Page(this, pagePath, options, query);
    this.pages.push(page);
    page.open();
    return page;
  }

  close(page) {
    page.close();
    this.pages = this.pages.filter((p) => p !== page);
  }

  // loadScripts runs the scripts of a page and of every component it can come to show.
  loadScripts(viewPath) {
    if (this.definitions.has(`${viewPath}.js`)) return;
    const script = this.loader.script(viewPath);
    if (!script) { this.errors.push(`${viewPath}.js is missing`); this.definitions.set(`${viewPath}.js`, null); return; }
    if (!this.loader.modules.has(script)) this.attempt(script, () => this.loader.load(script));
    if (!this.definitions.has(`${viewPath}.js`)) this.definitions.set(`${viewPath}.js`, null);
    const config = `${viewPath}.json`;
    for (const target of Object.values(this.loader.json(config).usingComponents || {})) this.component(target, config);
  }

  component(target, configFile) {
    if (/^[\w-]+:\/\//.test(target)) return undefined;
    const file = this.loader.component(target, configFile);
    const reason = file ? this.loader.boundary(`${file}.js`, configFile) : 'no such component';
    if (reason) { this.report({ from: configFile, component: target, reason }); return undefined; }
    this.loadScripts(file);
    const options = this.definitions.get(`${file}.js`);
    return options ? { path: file, options } : undefined;
  }

  report(missing) {
    if (!this.loader.missing.some((m) => m.from === missing.from && m.component === missing.component)) this.loader.missing.push(missing);
  }

  // mounted counts how often init() of a page's TUIKit runs.
  mounted(component) {
    if (!(component instanceof Component) || component.id !== 'TUIKit' || !(component.owner instanceof Page)) return;
    const init = component.object.init;
    if (typeof init !== 'function') return;
    component.inits = 0;
    component.object.init = (...args) => {
      component.inits += 1;
      component.owner.inits = (component.owner.inits || 0) + 1;
      this.record('TUIKit.init', component.owner.path);
      this.atInit = { globals: { ...this.wx }, storage: this.storage.get('currentUserID') };
      return init.apply(component.object, args);
    };
  }

  components(page, tagOrID) {
    return page.descendants().filter((c) => c.id === tagOrID || c.element.tag === tagOrID);
  }

  end() {
    for (const id of this.timers) { clearTimeout(id); clearInterval(id); }
    this.timers.clear();
    this.ended = true;
  }
}
