// Pages and components as live objects: data, properties, observers, lifetimes, and the
// tree of components that the markup gives for the data of the moment.
//
// setData changes the data at once, but what it renders and its callback come later: a
// component behind wx:if is not there before that, so that code which does not wait fails.
import { evaluate, expand, handlers, parse } from './wxml.mjs';

const DEFAULTS = new Map([['String', ''], ['Number', 0], ['Boolean', false], ['Array', []], ['Object', null]]);
const BUILT_IN = ['setData', 'selectComponent', 'selectAllComponents', 'triggerEvent', 'createSelectorQuery', 'createIntersectionObserver', 'hasBehavior', 'groupSetData'];
const clone = (value) => (value && typeof value === 'object' ? structuredCloneSafe(value) : value);
const dataset = (a, scope) => Object.fromEntries(Object.entries(a).filter(([k]) => k.startsWith('data-'))
  .map(([k, v]) => [k.slice(5).replace(/-(\w)/g, (_, c) => c.toUpperCase()), evaluate(v, scope)]));

function structuredCloneSafe(value) {
  if (typeof value === 'function' || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(structuredCloneSafe);
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, structuredCloneSafe(v)]));
}

// snapshot tells whether a property value changed, also inside the same object.
function snapshot(value) {
  if (value === null || typeof value !== 'object') return value;
  try { return JSON.stringify(value); } catch { return {}; }
}

function assign(data, path, value) {
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  let at = data;
  for (const key of keys.slice(0, -1)) at = at[key] = at[key] && typeof at[key] === 'object' ? at[key] : {};
  at[keys[keys.length - 1]] = value;
}

// merged applies behaviors: what the component says itself wins.
function merged(options) {
  const all = [...(options.behaviors || []).filter((b) => b && typeof b === 'object').map(merged), options];
  const join = (key) => Object.assign({}, ...all.map((o) => o[key]));
  return { ...options, data: join('data'), properties: join('properties'), methods: join('methods'), lifetimes: join('lifetimes'), observers: join('observers') };
}

class View {
  constructor(world, path, options, owner) {
    this.world = world;
    this.path = path;
    this.options = options;
    this.owner = owner;
    this.children = new Map();
    this.alive = true;
    this.markup = parse(world.loader.text(`${path}.wxml`));
    this.using = { ...world.app.usingComponents, ...world.loader.json(`${path}.json`).usingComponents };
    this.object = this.createObject();
  }

  createObject() {
    const object = Object.create(null);
    Object.setPrototypeOf(object, Object.prototype);
    for (const name of BUILT_IN) object[name] = (...args) => this[name](...args);
    object.is = this.path;
    return object;
  }

  // run calls one function of the app; what it throws is a finding, not the end.
  run(what, fn, ...args) {
    if (typeof fn === 'function') return this.world.attempt(`${this.path}: ${what}`, () => fn.apply(this.object, args));
    return undefined;
  }

  setData(change, callback) {
    for (const [path, value] of Object.entries(change || {})) assign(this.object.data, path, value);
    this.observe(Object.keys(change || {}));
    this.world.later(() => {
      if (this.alive) this.render();
      // Whether the callback comes on a page that has gone is not to be relied on: here it
      // does, for the app's own pages, and finds no components.
      if (this.alive || !this.owner) this.run('callback of setData', callback);
    });
  }

  observe(changed) {
    for (const [names, fn] of Object.entries(this.options.observers || {})) {
      const fields = names.split(',').map((n) => n.trim().replace(/\.?\*\*$/, ''));
      if (changed.some((c) => fields.some((f) => f === '' || c === f || c.startsWith(`${f}.`) || c.startsWith(`${f}[`)))) {
        this.run(`observer ${names}`, fn, ...fields.map((f) => this.object.data[f]));
      }
    }
  }

  render() {
    const elements = expand(this.markup, this.object.data).filter((e) => this.using[e.tag]);
    const keep = new Set(elements.map((e) => e.key + e.tag));
    for (const [key, child] of this.children) if (!keep.has(key)) { this.children.delete(key); child.detach(); }
    const next = new Map();
    for (const e of elements) {
      const key = e.key + e.tag;
      const child = this.children.get(key) || this.mount(e);
      if (!child) continue;
      next.set(key, child);
      child.update(e);
    }
    const fresh = [...next.values()].filter((c) => !c.attached);
    this.children = next;
    fresh.forEach((c) => c.attach());
  }

  mount(element) {
    const target = this.using[element.tag];
    if (/^[\w-]+:\/\//.test(target)) return undefined; // a plugin's component: not in the project
    const file = this.world.component(target, `${this.path}.json`);
    return file && new Component(this.world, file.path, file.options, this, element);
  }

  selectAll(selector) {
    const found = [];
    for (const child of this.children.values()) if (child.matches(selector)) found.push(child.object);
    return found;
  }

  selectComponent(selector) { return (this.alive && this.selectAll(selector)[0]) || null; }

  selectAllComponents(selector) { return this.alive ? this.selectAll(selector) : []; }

  createSelectorQuery() { return this.world.wx.createSelectorQuery(); }

  createIntersectionObserver() { return this.world.wx.createIntersectionObserver(); }

  hasBehavior() { return false; }

  groupSetData(fn) { this.run('groupSetData', fn); }

  triggerEvent() {}

  descendants() { return [...this.children.values()].flatMap((c) => [c, ...c.descendants()]); }

  detachAll() { for (const child of this.children.values()) child.detach(); this.children.clear(); }
}

export class Component extends View {
  constructor(world, path, options, owner, element) {
    super(world, path, merged(options), owner);
    this.element = element;
    this.seen = {};
    Object.assign(this.object, this.options.methods);
    this.object.data = { ...clone(this.options.data) };
    this.object.properties = this.object.data;
    for (const [name, p] of Object.entries(this.options.properties)) this.object.data[name] = this.initial(p);
    this.lifetime('created');
  }

  initial(property) {
    if (property && typeof property === 'object' && 'value' in property) return clone(property.value);
    const type = property && typeof property === 'object' ? property.type : property;
    return clone(DEFAULTS.get(type && type.name) ?? null);
  }

  lifetime(name, ...args) { this.run(name, this.options.lifetimes[name] || this.options[name], ...args); }

  get id() { return evaluate(this.element.attributes.id || '', this.element.scope); }

  matches(selector) {
    const name = selector.slice(1);
    if (selector.startsWith('#')) return this.id === name;
    if (selector.startsWith('.')) return evaluate(this.element.attributes.class || '', this.element.scope).split(/\s+/).includes(name);
    return this.element.tag === selector;
  }

  attach() {
    this.attached = true;
    this.object.id = this.id;
    this.object.dataset = dataset(this.element.attributes, this.element.scope);
    this.world.mounted(this);
    this.lifetime('attached');
    this.render();
    this.world.later(() => { if (this.alive) this.lifetime('ready'); });
  }

  // update hands the values of the markup to the properties and tells the observers.
  update(element) {
    this.element = element;
    const changed = [];
    for (const [name, property] of Object.entries(this.options.properties)) {
      const text = element.attributes[name] ?? element.attributes[name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)];
      if (text === undefined) continue;
      const value = evaluate(text, element.scope);
      const mark = snapshot(value);
      if (value === undefined || (name in this.seen && Object.is(this.seen[name], mark))) continue;
      this.seen[name] = mark;
      changed.push(() => this.setProperty(name, property, value));
    }
    if (changed.length) { changed.forEach((set) => set()); if (this.attached) this.render(); }
  }

  setProperty(name, property, value) {
    const old = this.object.data[name];
    this.object.data[name] = clone(value);
    const observer = property && property.observer;
    const fn = typeof observer === 'string' ? this.object[observer] : observer;
    if (snapshot(old) !== snapshot(value)) { this.run(`observer of ${name}`, fn, this.object.data[name], old); this.observe([name]); }
  }

  triggerEvent(name, detail) {
    const a = this.element.attributes;
    const method = a[`bind:${name}`] ?? a[`bind${name}`] ?? a[`catch:${name}`] ?? a[`catch${name}`];
    if (!method) return;
    const at = { id: this.id, dataset: dataset(a, this.element.scope) };
    this.owner.run(`${method} (event ${name})`, this.owner.object[method], { type: name, detail, target: at, currentTarget: at });
  }

  detach() {
    if (!this.alive) return;
    this.detachAll();
    this.lifetime('detached');
    this.alive = false;
  }
}

export class Page extends View {
  constructor(world, path, options, query) {
    super(world, path, options, null);
    for (const [name, value] of Object.entries(options)) this.object[name] = typeof value === 'function' ? value : clone(value);
    this.object.data = clone(options.data || {});
    this.object.route = path;
    this.object.options = query;
    this.query = query;
  }

  open() {
    this.render();
    this.run('onLoad', this.options.onLoad, this.query);
    this.run('onShow', this.options.onShow);
    for (const c of this.descendants()) c.run('pageLifetimes.show', (c.options.pageLifetimes || {}).show);
    this.world.later(() => { if (this.alive) this.run('onReady', this.options.onReady); });
  }

  close() {
    this.run('onUnload', this.options.onUnload);
    this.detachAll();
    this.alive = false;
  }

  // unbound lists the handlers that the markup names and the page does not have.
  unbound() { return handlers(this.markup).filter(([, method]) => typeof this.object[method] !== 'function').map(([, method]) => method); }
}
