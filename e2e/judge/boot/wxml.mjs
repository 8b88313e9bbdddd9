// Reads WXML into a tree and evaluates its {{expressions}}: as much of the template
// language as decides which components exist, with which properties and handlers.

const TOKEN = /<!--[\s\S]*?-->|<(\/?)([\w-]+)((?:\s+[^\s=>/"']+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?|[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;
const ATTRIBUTE = /([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g;

export function parse(source) {
  const root = { tag: 'block', attributes: {}, children: [] };
  const open = [root];
  // The body of <wxs> is a script, not markup.
  const text = source.replace(/(<wxs\b[^>]*>)[\s\S]*?(<\/wxs>)/g, '$1$2');
  for (const [, closing, tag, attributes, selfClosing] of text.matchAll(TOKEN)) {
    if (!tag) continue;
    if (closing) close(open, tag);
    else {
      const node = { tag, attributes: parseAttributes(attributes), children: [] };
      open[open.length - 1].children.push(node);
      if (!selfClosing) open.push(node);
    }
  }
  return root;
}

function close(open, tag) {
  const at = open.map((n) => n.tag).lastIndexOf(tag);
  if (at > 0) open.length = at;
}

function parseAttributes(text) {
  const attributes = {};
  for (const [, name, double, single, bare] of text.matchAll(ATTRIBUTE)) attributes[name] = double ?? single ?? bare ?? '';
  return attributes;
}

const compiled = new Map();

function expression(code) {
  if (!compiled.has(code)) compiled.set(code, compile(code));
  return compiled.get(code);
}

function compile(code) {
  for (const body of [code, `{${code}}`]) { // data="{{a, b: c}}" is an object without braces
    try { return new Function('scope', `with (scope) { return (${body}); }`); } catch { /* the next form */ }
  }
  return () => undefined;
}

// Names without a value are undefined in templates; reading on from undefined gives undefined too.
function run(code, scope) {
  const names = new Proxy(scope, { has: (_, key) => typeof key === 'string', get: (target, key) => target[key] });
  try { return expression(code)(names); } catch { return undefined; }
}

export function evaluate(text, scope) {
  const whole = /^\s*\{\{([\s\S]*?)\}\}\s*$/.exec(text);
  if (whole && !whole[1].includes('{{')) return run(whole[1], scope);
  return text.replace(/\{\{([\s\S]*?)\}\}/g, (_, code) => String(run(code, scope) ?? ''));
}

// expand lists the elements that exist for this data, each with the scope it is evaluated in.
export function expand(node, scope, key = '0') {
  const out = [];
  let taken = false; // in a wx:if chain: a branch has been rendered
  node.children.forEach((child, i) => {
    const a = child.attributes;
    if ('wx:if' in a) taken = Boolean(evaluate(a['wx:if'], scope));
    else if ('wx:elif' in a) { if (taken) return; taken = Boolean(evaluate(a['wx:elif'], scope)); } else if ('wx:else' in a) { if (taken) return; taken = true; }
    if (('wx:if' in a || 'wx:elif' in a) && !taken) return;
    out.push(...repeat(child, scope, `${key}.${i}`));
  });
  return out;
}

function repeat(node, scope, key) {
  const a = node.attributes;
  if (!('wx:for' in a)) return element(node, scope, key);
  const list = evaluate(a['wx:for'], scope);
  const item = a['wx:for-item'] || 'item';
  const index = a['wx:for-index'] || 'index';
  return (Array.isArray(list) ? list : []).flatMap((value, i) => element(node, { ...scope, [item]: value, [index]: i }, `${key}[${i}]`));
}

function element(node, scope, key) {
  if (node.tag === 'wxs' || node.tag === 'template' || node.tag === 'import') return [];
  return [{ tag: node.tag, attributes: node.attributes, scope, key }, ...expand(node, scope, key)];
}

// handlers gives the names of methods that the markup binds to events: [event, method].
export function handlers(node) {
  const own = Object.entries(node.attributes)
    .map(([name, value]) => [/^(?:capture-)?(?:bind|catch|mut-bind):?(\w+)$/.exec(name), value])
    .filter(([match, value]) => match && value && !value.includes('{{'))
    .map(([match, value]) => [match[1], value]);
  return [...own, ...node.children.flatMap(handlers)];
}
