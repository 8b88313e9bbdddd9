'use strict';

// The page of `size`: reads the two JSON blocks above it and draws. Everything that
// comes from a project is set as text, never as markup.

const words = JSON.parse(document.getElementById('words').textContent);
const data = JSON.parse(document.getElementById('data').textContent);
const byID = id => document.getElementById(id);

const view = {
  lang: data.lang === 'zh' ? 'zh' : 'en',
  measure: 'packed', // or 'source'
  root: null,        // the node that fills the map
  drawn: [],         // nodes with a rectangle, the index is in data-i
  focus: null,       // the child of root that has the keyboard
  hover: null,       // what the mouse is on, as drawn
  keyboard: false,   // the last thing done was done with the keyboard
  query: [],
  packages: 12,      // rows shown
  shown: {},         // rows shown of each list
  sort: { by: 'packed', down: true },
};

// ---- words and numbers ----

function t(key, values = {}) {
  return words[key][view.lang].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function plural(key, count, values = {}) {
  return t(key + (count === 1 ? '.one' : '.other'), { ...values, count: number(count) });
}

const filesOf = count => plural('files', count);
const number = n => n.toLocaleString(view.lang === 'zh' ? 'zh-CN' : 'en');

// size is for people, as WeChat counts: 1 MB is 1024 KB.
function size(bytes) {
  if (bytes < 1000) return bytes + ' B';
  const [n, unit] = bytes < 1000 * 1024 ? [bytes / 1024, ' KB'] : [bytes / 1048576, ' MB'];
  return n.toFixed(n < 10 && !Number.isInteger(n) ? 2 : n < 100 && !Number.isInteger(n) ? 1 : 0) + unit;
}

function percent(part, whole) {
  if (!whole) return '-';
  const p = 100 * part / whole;
  return (p > 0 && p < 0.1 ? '<0.1' : p.toFixed(p < 9.95 ? 1 : 0)) + ' %';
}

// visible writes out what would change the order or the look of the text around it:
// control characters, marks of direction, spaces without width.
function visible(name) {
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
}

// ---- elements ----

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== ''));
  return element;
}

const bdi = name => make('bdi', {}, visible(name));

// ---- the tree: all packages > package > folders and npm packages > files ----

const kinds = ['script', 'npm', 'template', 'style', 'json', 'image', 'other'];
const extensions = new Map(Object.entries({
  js: 'script', ts: 'script', wxs: 'script', wxml: 'template', wxss: 'style', less: 'style', sass: 'style', scss: 'style',
  json: 'json', png: 'image', jpg: 'image', jpeg: 'image', gif: 'image', svg: 'image', ico: 'image', cur: 'image',
}));

function kindOf(path) {
  if (/(^|\/)miniprogram_npm\//.test(path)) return 'npm';
  return extensions.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase()) || 'other';
}

const container = (name, parent, type) =>
  ({ name, parent, type, path: '', kind: '', children: [], byName: new Map(), packed: 0, source: 0, count: 0, unused: 0 });

const everything = container('', null, 'all');
const files = []; // every file, dropped ones too

function grow() {
  for (const [index, pack] of data.packages.entries()) {
    const node = container(pack.root, everything, 'package');
    Object.assign(node, { pack, index, path: pack.root });
    pack.node = node;
    everything.children.push(node);
    for (const [path, packed, source, flags] of pack.files) {
      const file = { path, packed, source, kind: kindOf(path), pack, type: 'file', unreached: (flags & 1) > 0, dropped: (flags & 2) > 0 };
      files.push(file);
      if (!file.dropped) plant(node, file);
    }
    if (pack.added > 0) {
      node.children.push({ parent: node, type: 'added', name: '', path: '', packed: pack.added, source: 0, kind: 'other', pack, count: 0 });
    }
  }
  gather(everything);
}

function plant(node, file) {
  const root = file.pack.root;
  const inside = root && file.path.startsWith(root + '/') ? file.path.slice(root.length + 1) : file.path;
  const parts = inside.split('/');
  file.name = parts.pop();
  let at = node;
  for (let i = 0; i < parts.length; i++) {
    let part = parts[i];
    const npm = i > 0 && parts[i - 1] === 'miniprogram_npm';
    if (npm && part.startsWith('@') && i + 1 < parts.length) part += '/' + parts[++i];
    if (!at.byName.has(part)) {
      const next = container(part, at, npm ? 'npm' : 'folder');
      Object.assign(next, { pack: file.pack, path: (at.path ? at.path + '/' : '') + part });
      at.byName.set(part, next);
      at.children.push(next);
    }
    at = at.byName.get(part);
  }
  file.parent = at;
  at.children.push(file);
}

// gather adds up, and joins folders that hold nothing but one other folder.
function gather(node) {
  node.kinds = {};
  for (let i = 0; i < node.children.length; i++) {
    let child = node.children[i];
    if (child.children) {
      gather(child);
      while (child.type === 'folder' && child.children.length === 1 && child.children[0].type === 'folder') {
        const only = child.children[0];
        only.name = child.name + '/' + only.name;
        only.parent = node;
        child = node.children[i] = only;
      }
      for (const [kind, sums] of Object.entries(child.kinds)) count(node, kind, sums.packed, sums.source);
      node.unused += child.unused;
      node.unusedSource = (node.unusedSource || 0) + (child.unusedSource || 0);
    } else {
      count(node, child.kind, child.packed, child.source);
      if (child.unreached) {
        node.unused += child.packed;
        node.unusedSource = (node.unusedSource || 0) + child.source;
      }
    }
    node.packed += child.packed;
    node.source += child.source;
    node.count += child.type === 'file' ? 1 : child.count;
  }
}

function count(node, kind, packed, source) {
  const sums = node.kinds[kind] ||= { packed: 0, source: 0 };
  sums.packed += packed;
  sums.source += source;
}

const weight = node => node[view.measure];
const heaviestFirst = nodes => nodes.filter(n => weight(n) > 0).sort((a, b) => weight(b) - weight(a));
const allUnused = node => node.unreached || node.children && weight(node) > 0 &&
  (view.measure === 'packed' ? node.unused >= node.packed : node.unusedSource >= node.source);

function mainKind(node) {
  if (node.kind) return node.kind;
  return kinds.reduce((best, kind) =>
    (node.kinds[kind]?.[view.measure] || 0) > (node.kinds[best]?.[view.measure] || 0) ? kind : best, 'other');
}

function nameOf(node) {
  switch (node.type) {
    case 'all': return t('all-packages');
    case 'package': return packageName(node.pack);
    case 'added': return t('added');
  }
  return node.name;
}

const packageName = pack => pack.root || t('kind.main');

// ---- the packages and their limits ----

const over = pack => pack.bytes > pack.limit;

function showVerdict() {
  const beyond = data.packages.filter(over).sort((a, b) => (b.bytes - b.limit) - (a.bytes - a.limit));
  const said = [];
  if (beyond.length) {
    const [worst] = beyond;
    said.push(plural('over', beyond.length,
      { all: number(data.packages.length), name: visible(packageName(worst)), limit: size(worst.limit), size: size(worst.bytes - worst.limit) }));
  }
  if (data.total > data.limit) said.push(t('over.total', { limit: size(data.limit), size: size(data.total - data.limit) }));
  const bad = said.length > 0;
  if (!bad && data.packages.length) {
    const fullest = data.packages.reduce((a, b) => b.bytes / b.limit > a.bytes / a.limit ? b : a);
    said.push(plural('fits', data.packages.length, { name: visible(packageName(fullest)), share: percent(fullest.bytes, fullest.limit) }));
  }
  byID('verdict').className = bad ? 'over' : '';
  byID('verdict').textContent = (bad ? '▲ ' : '') + said.join(view.lang === 'zh' ? '' : ' ');
}

// bar draws weight against limit: the kinds of files side by side, a line at the
// limit, and what is beyond it hatched.
function bar(bytes, limit, wechat, scale, sums) {
  const element = make('div', { className: 'bar' });
  const at = (child, property, value) => { child.style[property] = 100 * value / scale + '%'; element.append(child); return child; };
  const fill = at(make('div', { className: 'fill' }), 'width', bytes);
  const known = kinds.reduce((sum, kind) => sum + (sums[kind]?.packed || 0), 0);
  for (const kind of kinds) {
    if (!sums[kind]?.packed) continue;
    const part = make('span', { className: kind });
    part.style.width = 100 * sums[kind].packed / known + '%';
    fill.append(part);
  }
  if (bytes > limit) at(at(make('div', { className: 'excess' }), 'left', limit), 'width', bytes - limit);
  if (wechat && wechat !== limit && wechat <= scale) at(make('div', { className: 'mark wechat' }), 'left', wechat);
  at(make('div', { className: 'mark' }), 'left', limit);
  return element;
}

function stateCell(bytes, limit, budgeted) {
  const free = limit - bytes;
  const own = budgeted ? make('span', {}, t('budget-limit', { size: size(limit) })) : '';
  if (free < 0) return make('td', { className: 'state over' }, '▲ ' + t('over', { size: size(-free) }), own);
  if (free < limit / 10) return make('td', { className: 'state tight' }, '△ ' + t('tight', { size: size(free) }), own);
  return make('td', { className: 'state room' }, t('room', { size: size(free) }), own);
}

function row(name, drawn, bytes, source, count, limit, budgeted) {
  return make('tr', {},
    make('th', { scope: 'row' }, name),
    make('td', { className: 'bar-column', ariaLabel: t('limit', { size: size(limit) }) }, drawn),
    make('td', { className: 'num', title: number(bytes) + ' B' }, `${size(bytes)} / ${size(limit)}`),
    make('td', { className: 'num' }, percent(bytes, limit)),
    make('td', { className: 'num wide' }, size(source)),
    make('td', { className: 'num wide' }, number(count)),
    stateCell(bytes, limit, budgeted));
}

function packageRow(pack, scale) {
  const name = make('button', { type: 'button', className: 'name', onclick: () => { zoom(pack.node); byID('map').scrollIntoView({ block: 'nearest' }); } });
  name.append(make('bdi', { title: visible(pack.root) }, visible(packageName(pack))));
  if (pack.name && pack.name !== pack.root) name.append(bdi(pack.name));
  if (pack.root) name.append(make('span', {}, t('kind.' + pack.kind)));
  return row(name, bar(pack.bytes, pack.limit, data.wechat, scale, pack.node.kinds), pack.bytes, pack.source, pack.node.count, pack.limit, pack.budgeted);
}

function showPackages() {
  const scale = 1.02 * Math.max(...data.packages.map(p => Math.max(p.bytes, p.limit, data.wechat)));
  const [main, ...rest] = data.packages;
  const order = [main, ...rest.sort((a, b) => b.bytes / b.limit - a.bytes / a.limit)].filter(Boolean);
  // Whatever is over its limit is never among those that wait for a click.
  const shown = Math.max(view.packages, data.packages.filter(over).length + 1);
  byID('scale').textContent = size(data.wechat);
  byID('scale').style.left = 100 * data.wechat / scale + '%';
  byID('rows').replaceChildren(...order.slice(0, shown).map(pack => packageRow(pack, scale)));
  more('more-packages', order.length - shown, 1e9, step => { view.packages += step; showPackages(); });
  const name = make('span', { className: 'name' }, t('total'));
  const source = data.packages.reduce((sum, p) => sum + p.source, 0);
  byID('total').replaceChildren(row(name, bar(data.total, data.limit, 0, 1.02 * Math.max(data.total, data.limit), everything.kinds),
    data.total, source, everything.count, data.limit, false));
  const settings = ['es6', 'minify', 'wxml', 'wxss', 'postcss', 'filter'].filter(key => data.settings[key]).map(key => t('setting.' + key));
  const list = settings.join(view.lang === 'zh' ? '、' : ', ') || t('setting.none');
  byID('estimate').textContent = t('estimate') + (view.lang === 'zh' ? '' : ' ') + t('settings', { list });
}

function more(id, left, step, act) {
  const button = byID(id);
  button.hidden = left <= 0;
  if (left <= 0) return;
  const next = Math.min(left, step);
  button.textContent = t('more', { count: number(next) });
  button.onclick = () => act(next);
}

// ---- the treemap ----

// squarify cuts a box into one rectangle for each node, heaviest first, with areas as
// their weights and sides as equal as can be (Bruls, Huizing, van Wijk: Squarified
// Treemaps, 2000): strips along the shorter side, each taking nodes while that makes
// its worst rectangle better.
function squarify(nodes, box, place) {
  let { x, y, w, h } = box;
  let rest = nodes.reduce((sum, node) => sum + weight(node), 0);
  for (let from = 0; from < nodes.length && w > 0 && h > 0;) {
    const short = Math.min(w, h);
    const scale = w * h / rest;
    let sum = 0, to = from, worst = Infinity;
    for (; to < nodes.length; to++) {
      const thick = (sum + weight(nodes[to])) * scale / short;
      const longest = weight(nodes[from]) * scale / thick, shortest = weight(nodes[to]) * scale / thick;
      const now = Math.max(longest / thick, thick / shortest);
      if (now > worst) break;
      worst = now;
      sum += weight(nodes[to]);
    }
    const thick = sum * scale / short;
    let along = 0;
    for (const node of nodes.slice(from, to)) {
      const long = weight(node) * scale / thick;
      place(node, w >= h ? { x, y: y + along, w: thick, h: long } : { x: x + along, y, w: long, h: thick });
      along += long;
    }
    if (w >= h) { x += thick; w -= thick; } else { y += thick; h -= thick; }
    rest -= sum;
    from = to;
  }
}

// All in pixels.
const least = 2;                     // what is thinner is not drawn
const openFrom = 14;                 // a folder whose sides are shorter stays closed
const named = { w: 48, h: 44 };      // a folder that is smaller opens without its name
const header = 18;                   // the name of a folder, above what it holds

function layOut(node, box, depth, out) {
  squarify(heaviestFirst(node.children), box, (child, at) => {
    if (at.w < least || at.h < least) return;
    const open = child.children && at.w >= openFrom && at.h >= openFrom;
    out.push({ node: child, at, depth, open });
    if (open) layOut(child, within(at), depth + 1, out);
  });
}

const hasName = at => at.w >= named.w && at.h >= named.h;

function within({ x, y, w, h }) {
  return hasName({ w, h }) ? { x: x + 3, y: y + header, w: w - 7, h: h - header - 4 } : { x: x + 1, y: y + 1, w: w - 3, h: h - 3 };
}

function rectangle({ node, at, depth, open }, i, map) {
  const first = depth === 0;
  const element = document.createElement('div');
  element.className = 'node ' + (open ? 'box' : mainKind(node)) + (!open && allUnused(node) ? ' unused' : '') +
    (node.type === 'package' && over(node.pack) ? ' over' : '');
  element.dataset.i = i;
  if (first) {
    element.setAttribute('role', 'button');
    element.tabIndex = -1;
    element.setAttribute('aria-label', spoken(node));
    element.dataset.bytes = weight(node);
  } else {
    element.setAttribute('aria-hidden', 'true');
  }
  // Shares of the map, not pixels: it stays right while a window or a printer changes its size.
  element.style.left = 100 * at.x / map.w + '%';
  element.style.top = 100 * at.y / map.h + '%';
  element.style.width = 100 * at.w / map.w + '%';
  element.style.height = 100 * at.h / map.h + '%';
  label(element, node, at, open);
  return element;
}

function label(element, node, at, open) {
  if (open ? !hasName(at) : at.w < 40 || at.h < 17) {
    element.classList.add('tiny');
    return;
  }
  const name = bdi(nameOf(node));
  if (open) {
    const line = make('span', { className: 'line' }, name);
    if (at.w > 130) line.append(make('span', {}, size(weight(node))));
    if (node.type === 'package' && at.w > 260) line.append(fullness(node.pack));
    element.append(line);
    return;
  }
  element.append(name);
  if (at.h >= 36 && at.w >= 62) element.append(make('span', { className: 'size' }, size(weight(node))));
}

function fullness(pack) {
  const text = t('of', { share: percent(pack.bytes, pack.limit), limit: size(pack.limit) });
  return over(pack) ? make('span', { className: 'over' }, '▲ ' + text) : make('span', {}, text);
}

function spoken(node) {
  return facts(node).filter(fact => fact[1] !== '').map(([key, value], i) => i ? `${t(key)} ${value}` : value).join(', ');
}

function draw() {
  const map = byID('map');
  const box = { x: 0, y: 0, w: map.clientWidth, h: map.clientHeight };
  view.drawn = [];
  layOut(view.root, box, 0, view.drawn);
  const firsts = view.drawn.filter(d => d.depth === 0).map(d => d.node);
  if (!firsts.includes(view.focus)) view.focus = firsts[0] || null;
  view.hover = null;
  const elements = view.drawn.map((d, i) => rectangle(d, i, box));
  view.drawn.forEach((d, i) => { d.element = elements[i]; });
  map.replaceChildren(...elements, make('div', { id: 'ring' }));
  map.setAttribute('aria-label', t('map-label', { name: visible(nameOf(view.root)), files: filesOf(view.root.count), size: size(weight(view.root)) }));
  const focused = drawnOf(view.focus);
  if (focused) focused.element.tabIndex = 0;
  dim();
  showCrumbs();
  showLegend();
  showDetail();
}

const drawnOf = node => view.drawn.find(d => d.node === node);

// zoom makes a node fill the map. What had the keyboard keeps it, at the level it opens.
function zoom(node, focus = null) {
  if (!node?.children) return;
  const held = byID('map').contains(document.activeElement);
  const before = drawnOf(node);
  view.root = node;
  view.focus = focus;
  draw();
  if (held) drawnOf(view.focus)?.element.focus({ preventScroll: true });
  if (before) unfold(before.at);
}

// unfold lets what was opened grow from where it was, for those who like motion.
function unfold(at) {
  const map = byID('map');
  if (matchMedia('(prefers-reduced-motion: reduce)').matches || view.drawn.length > 1500) return;
  map.animate([{ clipPath: `inset(${at.y}px ${map.clientWidth - at.x - at.w}px ${map.clientHeight - at.y - at.h}px ${at.x}px)` }, { clipPath: 'inset(0)' }],
    { duration: 160, easing: 'ease-out' });
}

function out() {
  if (view.root.parent) zoom(view.root.parent, view.root);
}

// reveal shows a file in the map: its folder fills it, and the file has the keyboard.
function reveal(file) {
  if (!file.parent) return;
  zoom(file.parent, file);
  byID('map').scrollIntoView({ block: 'nearest' });
  drawnOf(file)?.element.focus({ preventScroll: true });
}

// open is what a click or Enter does: into a folder, or the folder of a file.
function open(node) {
  if (node.children) zoom(node);
  else if (node.parent !== view.root) zoom(node.parent, node);
}

// ---- moving about ----

// neighbour is the rectangle beside the focused one: in the direction of the arrow, the
// nearest, with a preference for what is straight ahead.
function neighbour(from, dx, dy) {
  const middle = ({ at }) => ({ x: at.x + at.w / 2, y: at.y + at.h / 2 });
  const here = middle(from);
  let best = null, least = Infinity;
  for (const other of view.drawn) {
    if (other.depth > 0 || other === from) continue;
    const gap = dx ? (dx > 0 ? other.at.x - (from.at.x + from.at.w) : from.at.x - (other.at.x + other.at.w))
      : (dy > 0 ? other.at.y - (from.at.y + from.at.h) : from.at.y - (other.at.y + other.at.h));
    if (gap < -1) continue;
    const apart = dx ? outside(here.y, other.at.y, other.at.h) : outside(here.x, other.at.x, other.at.w);
    const distance = Math.max(gap, 0) + 2 * apart;
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}

const outside = (point, start, length) => Math.max(start - point, point - start - length, 0);

const arrows = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function mapKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const from = drawnOf(view.focus);
  if (event.key === 'Backspace') out();
  else if (!from) return;
  else if (event.key === 'Enter' || event.key === ' ') open(from.node);
  else if (event.key in arrows) moveTo(neighbour(from, ...arrows[event.key]));
  else if (event.key === 'Home') moveTo(view.drawn[0]);
  else if (event.key === 'End') moveTo(view.drawn.findLast(d => d.depth === 0));
  else return;
  event.preventDefault();
}

function moveTo(drawn) {
  if (!drawn) return;
  for (const d of view.drawn) if (d.depth === 0) d.element.tabIndex = -1;
  drawn.element.tabIndex = 0;
  drawn.element.focus({ preventScroll: true });
}

function drawnAt(event) {
  const element = event.target.closest('.node');
  return element && view.drawn[element.dataset.i];
}

function ring() {
  const element = byID('ring');
  const focused = view.keyboard && byID('map').contains(document.activeElement) && drawnOf(view.focus);
  const shown = view.hover || focused;
  element.className = view.hover ? 'hover' : focused ? 'focus' : '';
  if (!shown) return;
  for (const side of ['left', 'top', 'width', 'height']) element.style[side] = shown.element.style[side];
}

// ---- what stands around the map ----

function lineage(node) {
  const line = [];
  for (let at = node; at; at = at.parent) line.unshift(at);
  return line;
}

function showCrumbs() {
  const parts = [];
  for (const node of lineage(view.root)) {
    if (parts.length) parts.push(make('span', { className: 'sep', ariaHidden: 'true' }, '/'));
    const crumb = make('button', { type: 'button', onclick: () => zoom(node) }, bdi(nameOf(node)));
    if (node === view.root) crumb.setAttribute('aria-current', 'location');
    parts.push(crumb);
  }
  byID('crumbs').replaceChildren(...parts);
}

function showLegend() {
  const items = kinds.filter(kind => view.root.kinds[kind]?.[view.measure] > 0).map(kind =>
    make('li', {}, make('span', { className: 'swatch ' + kind }), t('kind.' + kind), make('b', {}, size(view.root.kinds[kind][view.measure]))));
  const unused = view.measure === 'packed' ? view.root.unused : view.root.unusedSource;
  if (unused > 0) items.push(make('li', {}, make('span', { className: 'swatch other hatched' }), t('use.no'), make('b', {}, size(unused))));
  byID('legend').replaceChildren(...items);
}

// facts are what there is to say of a node: its path, then pairs of word and value.
function facts(node) {
  const bytes = n => `${size(n)} (${number(n)})`;
  const path = node.type === 'file' || node.path && node.type !== 'package' ? visible(node.path) : visible(nameOf(node));
  const list = [['path', path], ['packed', bytes(node.packed)], ['on-disk', bytes(node.source)]];
  if (node.pack) list.push(['share', percent(node.packed, node.pack.bytes)], ['package', visible(packageName(node.pack))]);
  if (node.children) {
    list.push(['files', number(node.count)]);
    if (node.unused > 0) list.push(['use', t('use.mixed', { size: size(node.unused) })]);
    if (node.type === 'npm') list.push(['kind', t('npm-package')]);
  } else {
    list.push(['kind', t('kind.' + node.kind)]);
    if (node.type === 'file') list.push(['use', t(node.dropped ? 'use.dropped' : node.unreached ? 'use.no' : 'use.yes')]);
  }
  return list;
}

function showDetail() {
  const focused = byID('map').contains(document.activeElement) && view.focus;
  const node = view.hover?.node || focused || view.root;
  byID('detail').replaceChildren(...facts(node).map(([key, value], i) =>
    make('div', { className: i ? '' : 'path' }, make('dt', {}, t(key)), make('dd', {}, make('bdi', {}, value)))));
  ring();
}

// ---- finding ----

const matches = file => view.query.every(word => file.path.toLowerCase().includes(word));

function find(text) {
  view.query = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = view.query.length ? files.filter(f => !f.dropped && matches(f)) : [];
  view.found = new Set();
  for (const file of found) for (let at = file; at && !view.found.has(at); at = at.parent) view.found.add(at);
  const bytes = found.reduce((sum, f) => sum + weight(f), 0);
  byID('found').textContent = !view.query.length ? '' : found.length ? t('found', { files: filesOf(found.length), size: size(bytes) }) : t('found.none');
  dim();
  if (byID('table').open) showTable();
}

function dim() {
  for (const d of view.drawn) d.element.classList.toggle('dim', view.query.length > 0 && !view.found.has(d.node));
}

// showFound opens the innermost folder that holds everything that was found.
function showFound() {
  if (!view.query.length || !view.found.size) return;
  let at = everything;
  for (;;) {
    const inside = at.children.filter(child => view.found.has(child));
    if (inside.length !== 1 || !inside[0].children) break;
    [at] = inside;
  }
  zoom(at);
}

// ---- lists ----

function fileButton(file, ...numbers) {
  const cut = file.path.lastIndexOf('/') + 1;
  const where = make('span', { className: 'where', title: visible(file.path) },
    cut ? make('span', { className: 'folder' }, bdi(file.path.slice(0, cut))) : '', make('bdi', { className: 'base' }, visible(file.path.slice(cut))));
  return make('button', { type: 'button', className: 'file', disabled: !file.parent, onclick: () => reveal(file) }, where, ...numbers);
}

// list shows the first of the items; a button at its end brings more.
function list(id, items, toElement) {
  const shown = view.shown[id] ||= 10;
  const elements = items.slice(0, shown).map(item => make('li', {}, ...toElement(item)));
  if (items.length > shown) {
    const step = Math.min(100, items.length - shown);
    elements.push(make('li', {}, make('button', { type: 'button', className: 'more',
      onclick: () => { view.shown[id] += step; list(id, items, toElement); } }, t('more', { count: number(step) }))));
  }
  byID(id).replaceChildren(...elements);
}

const weighed = file => [fileButton(file, make('span', { className: 'num' }, size(weight(file))),
  make('span', { className: 'num share' }, percent(file.packed, file.pack.bytes)))];

function showLists() {
  const kept = files.filter(f => !f.dropped);
  list('heaviest', heaviestFirst(kept).slice(0, 500), weighed);
  const unreached = heaviestFirst(kept.filter(f => f.unreached));
  const sum = nodes => nodes.reduce((total, f) => total + weight(f), 0);
  byID('unreached-note').textContent = unreached.length ? t('unreached-note', { files: filesOf(unreached.length), size: size(sum(unreached)) }) : t('nothing');
  list('unreached', unreached, weighed);
  const dropped = files.filter(f => f.dropped).sort((a, b) => b.source - a.source);
  byID('dropped-note').textContent = dropped.length ? t('dropped-note', { files: filesOf(dropped.length) }) : '';
  list('dropped', dropped, file => [fileButton(file, make('span', { className: 'num' }, size(file.source)))]);
  showDuplicates();
}

function showDuplicates() {
  const byPath = new Map(files.map(file => [file.path, file]));
  const wasted = d => d.bytes * (d.paths.length - 1);
  const groups = [...data.duplicates].sort((a, b) => wasted(b) - wasted(a));
  const all = groups.reduce((sum, d) => sum + wasted(d), 0);
  byID('duplicates-note').textContent = groups.length ? t('duplicates-note', { size: size(all) }) : t('nothing');
  list('duplicates', groups, d => [
    make('p', { className: 'group' }, make('b', {}, t('each', { size: size(d.bytes), count: number(d.paths.length) })), '+' + size(wasted(d))),
    ...d.paths.slice(0, 20).map(path => fileButton(byPath.get(path) || { path })),
    ...(d.paths.length > 20 ? [make('p', { className: 'note' }, '+ ' + number(d.paths.length - 20))] : []),
  ]);
}

// ---- the table ----

const columns = {
  package: f => f.pack.root,
  path: f => f.path,
  kind: f => kinds.indexOf(f.kind),
  packed: f => f.dropped ? -1 : f.packed,
  source: f => f.source,
  share: f => f.dropped ? -1 : f.packed / (f.pack.bytes || 1),
  use: f => f.dropped ? 2 : f.unreached ? 1 : 0,
};

function showTable() {
  const shown = view.shown.table ||= 200;
  const { by, down } = view.sort;
  const key = columns[by], sign = down ? -1 : 1;
  const rows = files.filter(matches).sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) || (a.path < b.path ? -1 : 1));
  byID('table-rows').replaceChildren(...rows.slice(0, shown).map(tableRow));
  more('more-rows', rows.length - shown, 1000, step => { view.shown.table += step; showTable(); });
  for (const button of document.querySelectorAll('[data-sort]')) {
    button.parentElement.setAttribute('aria-sort', button.dataset.sort === by ? (down ? 'descending' : 'ascending') : 'none');
  }
}

function tableRow(file) {
  const num = text => make('td', { className: 'num' }, text);
  return make('tr', {},
    make('td', {}, bdi(packageName(file.pack))), make('td', { className: 'path' }, bdi(file.path)), make('td', {}, t('kind.' + file.kind)),
    num(file.dropped ? '-' : number(file.packed)), num(number(file.source)), num(file.dropped ? '-' : percent(file.packed, file.pack.bytes)),
    make('td', {}, t(file.dropped ? 'use.dropped' : file.unreached ? 'use.no' : 'use.yes')));
}

// ---- language, theme, start ----

function showTexts() {
  document.documentElement.lang = view.lang === 'zh' ? 'zh-CN' : 'en';
  document.title = visible(data.project) + ' - ' + t('title');
  byID('project').textContent = visible(data.project);
  byID('tool').textContent = visible(data.tool);
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  for (const element of document.querySelectorAll('[data-t-label]')) element.setAttribute('aria-label', t(element.dataset.tLabel));
  for (const element of document.querySelectorAll('[data-t-placeholder]')) element.placeholder = t(element.dataset.tPlaceholder);
  byID('language').textContent = t('language');
  byID('language').lang = view.lang === 'zh' ? 'en' : 'zh-CN';
  showTheme();
}

const theme = () => document.documentElement.dataset.theme;
const showTheme = () => { byID('theme').textContent = t(theme() === 'dark' ? 'light' : 'dark'); };

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  showTheme();
}

function showAll() {
  showTexts();
  showVerdict();
  showPackages();
  showMeasure();
}

function showMeasure() {
  for (const button of document.querySelectorAll('[data-measure]')) button.setAttribute('aria-pressed', String(button.dataset.measure === view.measure));
  draw();
  showLists();
  find(byID('search').value);
  if (byID('table').open) showTable();
}

function listen() {
  const map = byID('map');
  map.addEventListener('click', event => { const d = drawnAt(event); if (d) open(d.node); });
  map.addEventListener('keydown', mapKey);
  document.addEventListener('keydown', event => {
    view.keyboard = true;
    if (event.key === 'Escape' && event.target.tagName !== 'INPUT') out();
  }, true);
  document.addEventListener('pointerdown', () => { view.keyboard = false; }, true);
  map.addEventListener('pointermove', event => {
    const d = event.pointerType !== 'touch' && drawnAt(event);
    if (d && d !== view.hover) { view.hover = d; showDetail(); }
  });
  map.addEventListener('pointerleave', () => { view.hover = null; showDetail(); });
  map.addEventListener('focusin', event => { const d = drawnAt(event); if (d) { view.hover = null; view.focus = d.node; showDetail(); } });
  map.addEventListener('focusout', showDetail);
  byID('search').addEventListener('input', event => find(event.target.value));
  byID('search').addEventListener('keydown', event => { if (event.key === 'Enter') showFound(); });
  byID('language').addEventListener('click', () => { view.lang = view.lang === 'zh' ? 'en' : 'zh'; showAll(); });
  byID('theme').addEventListener('click', () => { view.themed = true; setTheme(theme() === 'dark' ? 'light' : 'dark'); });
  byID('table').addEventListener('toggle', () => { if (byID('table').open) showTable(); });
  for (const button of document.querySelectorAll('[data-measure]')) {
    button.addEventListener('click', () => { view.measure = button.dataset.measure; showMeasure(); });
  }
  for (const button of document.querySelectorAll('[data-sort]')) {
    button.addEventListener('click', () => {
      const by = button.dataset.sort;
      view.sort = { by, down: view.sort.by === by ? !view.sort.down : ['packed', 'source', 'share', 'use'].includes(by) };
      showTable();
    });
  }
  new ResizeObserver(redrawSoon).observe(map);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', () => { if (!view.themed) setTheme(dark.matches ? 'dark' : 'light'); });
  setTheme(dark.matches ? 'dark' : 'light');
}

let soon = 0;
let width = 0;

function redrawSoon() {
  const map = byID('map');
  if (map.clientWidth === width) return;
  width = map.clientWidth;
  cancelAnimationFrame(soon);
  soon = requestAnimationFrame(() => {
    const held = map.contains(document.activeElement);
    draw();
    if (held) drawnOf(view.focus)?.element.focus({ preventScroll: true });
  });
}

grow();
view.root = everything.children.length === 1 ? everything.children[0] : everything;
listen();
showAll();
