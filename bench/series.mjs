// Helps bench/check.sh.
//
//   node series.mjs write DIR COUNT    writes a mini program of about COUNT files
//   node series.mjs peak COMMAND...    runs a command and prints its peak of memory in MB
import fs from 'node:fs';
import path from 'node:path';
import { spawn } from 'node:child_process';

const [verb, ...rest] = process.argv.slice(2);

// A page of four files, a component of four, and a script that the page requires, over and over.
function write(dir, count) {
  const put = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), text);
  };
  const pages = [];
  const groups = Math.floor((count - 5) / 9);
  for (let i = 0; i < groups; i += 1) {
    const page = `pages/p${i}/index`;
    pages.push(page);
    put(`${page}.js`, `const list = require('../../utils/u${i}');
import { go } from '../../utils/common';
Page({
  data: { items: [] },
  onLoad(query) { this.setData({ items: list.make(query.id) }); },
  tap() { wx.navigateTo({ url: '/pages/p${(i + 1) % groups}/index?id=1' }); go(); },
});
`);
    put(`${page}.json`, `{\n  "usingComponents": {\n    "c-card": "../../components/c${i}/index"\n  },\n  "navigationBarTitleText": "p${i}"\n}\n`);
    put(`${page}.wxml`, `<view class="page">
  <block wx:for="{{items}}" wx:key="id">
    <c-card item="{{item}}" bindtap="tap" />
    <text wx:if="{{item.a > 1 && !item.b}}">{{item.name || '-'}}</text>
    <view wx:else>{{index + 1}}</view>
  </block>
</view>
`);
    put(`${page}.wxss`, '.page { padding: 10rpx; color: #333; }\n.page .a, .page .b { display: flex; }\n');
    const component = `components/c${i}/index`;
    put(`${component}.js`, "Component({ properties: { item: Object }, methods: { onTap() { this.triggerEvent('tap'); } } });\n");
    put(`${component}.json`, '{\n  "component": true\n}\n');
    put(`${component}.wxml`, '<view class="card" bindtap="onTap">{{item.title}}<slot /></view>\n');
    put(`${component}.wxss`, '.card { border: 1rpx solid #eee; }\n');
    put(`utils/u${i}.js`, `exports.make = (id) => {
  const items = [];
  for (let k = 0; k < 10; k += 1) items.push({ id, a: k, b: k % 2, name: \`\${id}-\${k}\` });
  return items.filter((item) => item.a !== ${i});
};
`);
  }
  put('utils/common.js', 'export function go() {}\n');
  put('app.js', 'App({ globalData: {} });\n');
  put('app.wxss', 'page { height: 100%; }\n');
  put('app.json', JSON.stringify({ pages, window: {} }, null, 2));
  put('project.config.json', '{ "appid": "touristappid", "setting": { "es6": true, "minified": true } }\n');
}

// The kernel keeps the peak of a process (VmHWM); it is read until the process is gone.
function peak([command, ...args]) {
  const child = spawn(command, args, { stdio: 'ignore' });
  let most = 0;
  const read = setInterval(() => {
    try {
      const found = /VmHWM:\s+(\d+)/.exec(fs.readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      if (found) most = Math.max(most, Number(found[1]));
    } catch { /* it has ended */ }
  }, 1);
  child.on('exit', () => { clearInterval(read); console.log(Math.round(most / 1024)); });
}

if (verb === 'write') write(rest[0], Number(rest[1]));
else peak(rest);
