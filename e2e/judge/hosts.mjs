// Runs the project's own chat SDK in Node and records every host that it contacts, with
// the API of wx that it does so with.
//
//   node hosts.mjs SPEC.json
//
// SPEC: {root, page, sdkAppIDs}. For each SDKAppID the mini program is started twice: with
// a network on which every connection and every request fails, so that the SDK goes
// through all that it falls back to, and with a server at hand, to which a picture is
// sent. Time passes faster: the SDK waits long between its tries.
// Prints {contacts: [{sdkAppID, network: "down"|"up", kind, url}], errors}.
import fs from 'node:fs';
import vm from 'node:vm';
import { createRequire } from 'node:module';
import { World, pause } from './boot/world.mjs';

const spec = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const { transformSync } = createRequire(`${process.env.JUDGE_MODULES}/`)('esbuild');

const SPEED = +process.env.SP || 60; // how many times faster than real time
const DOWN = +process.env.DN || 240; // seconds of the mini program's time without a network
const UP = 60; // seconds with a server

// What the server tells an SDK that wants to send a file. Only it knows the host.
const UPLOAD = 'https://upload.invalid/';
const signed = { upload_url: `${UPLOAD}u`, download_url: `${UPLOAD}d`, file_key: 'k', request_id: 'r', expired_time: 9999999999, upload_ip: '' };

const contacts = [];
const errors = new Set();
const nothing = () => {};
process.on('unhandledRejection', nothing); // the SDK's own, for the network is down
process.on('uncaughtException', (e) => errors.add(String((e && e.message) || e)));

class FastWorld extends World {
  globals() {
    return { ...super.globals(), setInterval: (fn, ms) => { const id = setInterval(() => this.attempt('interval', fn), ms / SPEED); this.timers.add(id); return id; } };
  }

  timer(fn, ms) { return super.timer(fn, (ms || 0) / SPEED); }
}

// hurry makes the clock of the realm run as fast as its timers.
const hurry = (realm) => vm.runInContext(`((speed) => { const now = Date.now; const start = now(); Date.now = () => start + (now() - start) * speed; })(${SPEED})`, realm);

function record(world, sdkAppID, network) {
  const note = (kind, o) => contacts.push({ sdkAppID, network, kind, url: String((o && o.url) || (o && o.src) || '') });
  const fail = (o) => world.later(() => { if (o && o.fail) o.fail({ errMsg: 'fail' }); if (o && o.complete) o.complete({}); });
  const task = { abort: nothing, onProgressUpdate: nothing, offProgressUpdate: nothing, onHeadersReceived: nothing, offHeadersReceived: nothing };
  for (const kind of ['request', 'uploadFile', 'downloadFile', 'getImageInfo']) {
    world.wx[kind] = (o) => {
      if (kind !== 'getImageInfo') note(kind, o);
      else if (/^https?:/.test(o.src)) note('downloadFile', o); // a picture from the network counts as a download
      if (kind === 'request' || network === 'down') fail(o);
      else world.later(() => o.success && o.success({ statusCode: 200, data: '{}', header: {}, width: 1, height: 1, tempFilePath: 'wxfile://x' }));
      return task;
    };
  }
  const dead = () => {
    const on = {};
    world.later(() => { if (on.error) on.error({ errMsg: 'fail' }); if (on.close) on.close({ code: 1006, reason: '' }); });
    return { onOpen: nothing, onMessage: nothing, onClose: (fn) => { on.close = fn; }, onError: (fn) => { on.error = fn; }, close: nothing, send: (o) => { if (o && o.fail) o.fail({ errMsg: 'fail' }); } };
  };
  world.wx.connectSocket = (o) => { note('socket', o); return network === 'down' ? dead() : world.server.socket(); };
}

// A server that also agrees to an upload.
function generous(server) {
  const hear = server.hear.bind(server);
  server.hear = (frame, answer) => hear(frame, (reply) => {
    if (/im_cos/.test(frame.head.servcmd)) Object.assign(reply.body, signed, { pre_sig: [{ ...signed, file_id: 1 }], simple_cos: [{ ...signed }] }, signed);
    answer(reply);
  });
}

// send sends a picture, as the chat component does.
function send(world) {
  const sdk = world.wx.$TUIKit;
  const chat = world.wx.TencentCloudChat || world.wx.$TUIKitTIM;
  if (!sdk || !chat) { errors.add('the session sets no SDK'); return; }
  world.attempt('createImageMessage', () => {
    const file = { tempFilePaths: ['wxfile://tmp/x.png'], tempFiles: [{ path: 'wxfile://tmp/x.png', tempFilePath: 'wxfile://tmp/x.png', size: 100, width: 1, height: 1, fileType: 'image' }], errMsg: 'chooseImage:ok' };
    const message = sdk.createImageMessage({ to: 'peer', conversationType: chat.TYPES.CONV_C2C, payload: { file }, onProgress: nothing });
    sdk.sendMessage(message).then(nothing, nothing);
  });
}

const code = new Map();
const compile = (source, file) => {
  if (!code.has(source)) code.set(source, transformSync(source, { format: 'cjs', target: 'es2020', sourcefile: file, logLevel: 'silent' }).code);
  return code.get(source);
};

async function run(sdkAppID, network) {
  const transform = (source, file) => compile(source.replace(/SDKAPPID: \d+/, `SDKAPPID: ${sdkAppID}`), file);
  const world = new FastWorld({ root: spec.root, transform, untouched: true });
  hurry(world.loader.realm);
  record(world, sdkAppID, network);
  generous(world.server);
  world.launch();
  world.open(spec.page);
  if (network === 'down') await pause((DOWN * 1000) / SPEED);
  else {
    await world.until(() => world.pages[0] && world.pages[0].inits);
    send(world);
    await pause((UP * 1000) / SPEED);
  }
  if (process.env.DEBUG_HOSTS) console.error(sdkAppID, network, world.errors, world.server.frames.map((f) => f.command).join(' '));
  world.end();
}

for (const id of spec.sdkAppIDs) for (const network of ['down', 'up']) await run(id, network);
process.stdout.write(`${JSON.stringify({ contacts, errors: [...errors] }, null, 1)}\n`, () => process.exit(0));
