// What a project has to do, one scenario each. A scenario starts a world of its own,
// lets things happen and says what is wrong: an empty list is a pass.
import { normalize } from './loader.mjs';
import { verifyUserSig } from './usersig.mjs';

// What the vendor's components read, by generation of the UIKit.
const GENERATIONS = {
  bundled: { globals: ['$TUIKit', '$TUIKitTIM', '$chat_SDKAppID', '$chat_userID', '$chat_userSig', '$globalData'], plugins: ['tim-upload-plugin'], chatEvent: 'currentConversationID' },
  tim: { globals: ['$TUIKit', '$TUIKitTIM', '$chat_SDKAppID', '$chat_userID', '$chat_userSig'], plugins: ['tim-upload-plugin', 'tim-profanity-filter-plugin'], chatEvent: 'currentConversationID' },
  chat: { globals: ['$TUIKit', 'TencentCloudChat', '$chat_SDKAppID', '$chat_userID', '$chat_userSig'], plugins: ['tim-upload-plugin', 'tim-profanity-filter-plugin'], chatEvent: 'createConversation' },
};
const SESSION = 'tuikit-session.js';
const CONFIG = 'tuikit-config.js';
const OTHER = 'bob';

// The call component of UIKit 1.0.8 is one for the whole app and cannot be on two pages at
// once: the second one's handlers are refused, whoever opens the page and however.
const CALL_KIT_TWICE = /^unhandled rejection: \[TUICallEngine:on,-1201\]/;

export class Case {
  constructor(world, spec, Api) {
    Object.assign(this, { world, spec, Api });
    this.generation = GENERATIONS[spec.generation];
    this.failures = [];
  }

  check(good, problem) { if (!good) this.failures.push(problem); }

  equal(got, want, what) { this.check(got === want, `${what}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`); }

  // --- steps ---

  async launch() { this.world.launch(); await this.world.settle(); }

  async open(path = this.spec.page) {
    const page = this.world.open(path);
    await this.world.settle();
    return page || { inits: -1 };
  }

  async close(page) { if (page.alive) this.world.close(page); await this.world.settle(); }

  async ready() {
    this.check(this.world.sdk.fireReady(), 'nobody has signed in, so SDK_READY never comes');
    await this.world.settle();
  }

  // session calls one function of the session module as an app would.
  async session(name, ...args) {
    const file = this.world.loader.script(this.spec.session || SESSION);
    const exports = file && this.world.attempt(SESSION, () => this.world.loader.load(file));
    const fn = exports && exports[name];
    this.check(typeof fn === 'function', `${SESSION} exports no ${name}`);
    const result = fn ? this.world.attempt(name, () => fn(...args)) : undefined;
    const outcome = { done: false };
    Promise.resolve(result).then((value) => { outcome.done = true; outcome.value = value; }, (e) => this.failures.push(`${name} rejects: ${e && e.message}`));
    await this.world.settle();
    return outcome;
  }

  sign(userID) { return new this.Api(this.spec.sdkAppID, this.spec.key).genUserSig(userID, 3600); }

  signIn(userID) { return this.session('signIn', { userID, userSig: this.sign(userID) }); }

  // --- judgements ---

  inits(page, want, what) { this.equal(page.inits || 0, want, `TUIKit.init() of ${what}`); }

  logins(...want) {
    const got = this.world.events.filter(([n]) => n === 'login').map(([, o]) => o.userID);
    this.equal(got.join(), want.join(), 'logins');
    const others = this.world.count('login of TUICallKit', (o) => !want.includes(o.userID));
    this.equal(others, 0, 'logins of TUICallKit as somebody else');
  }

  // signedIn judges the sign-in itself: order, credentials, plugins.
  signedIn(userID = this.spec.userID) {
    const { world, spec } = this;
    const login = world.first('login');
    const ready = world.first('on', (e) => e === world.sdk.events.SDK_READY);
    this.check(login >= 0, 'login is never called');
    this.check(ready >= 0 && ready < login, 'SDK_READY has no handler before login');
    if (login < 0) return;
    const problem = verifyUserSig(this.Api, world.events[login][1].userSig || '', { sdkAppID: spec.sdkAppID, userID, key: spec.key });
    this.check(!problem, `login: ${problem}`);
    this.equal(String(world.events[world.first('create')]?.[1]), String(spec.sdkAppID), 'SDKAppID of create');
    for (const plugin of this.generation.plugins) {
      const at = world.first('registerPlugin', (p) => p === plugin);
      this.check(at >= 0 && at < login, `${plugin} is not registered before login`);
      if (at >= 0) this.equal(world.sdk.plugins[plugin], 'function', `what is registered as ${plugin}`);
    }
  }

  // arrived judges the login that the SDK sent.
  arrived(userID) {
    const frame = this.world.server.login(userID) || {};
    this.equal(String(frame.sdkAppID), String(this.spec.sdkAppID), 'SDKAppID at the server');
    const problem = verifyUserSig(this.Api, frame.userSig || '', { sdkAppID: this.spec.sdkAppID, userID, key: this.spec.key });
    this.check(!problem, `UserSig at the server: ${problem}`);
  }

  // globals judges what the components find on wx at the moment of init().
  globals(userID = this.spec.userID) {
    const at = this.world.atInit;
    if (!at) { this.failures.push('TUIKit.init() is never called'); return; }
    for (const name of this.generation.globals) this.check(at.globals[name], `wx.${name} is not set at init()`);
    this.equal(at.globals.$chat_userID, userID, 'wx.$chat_userID');
    this.equal(String(at.globals.$chat_SDKAppID), String(this.spec.sdkAppID), 'wx.$chat_SDKAppID');
    const problem = verifyUserSig(this.Api, at.globals.$chat_userSig || '', { sdkAppID: this.spec.sdkAppID, userID, key: this.spec.key });
    this.check(!problem, `wx.$chat_userSig: ${problem}`);
    this.check(at.globals.$TUIKit === this.world.sdk.instance, 'wx.$TUIKit is not the SDK instance');
    if (this.generation.globals.includes('$globalData')) this.equal((at.globals.$globalData || {}).userID, userID, 'wx.$globalData.userID');
    const sdk = at.globals.$TUIKitTIM || at.globals.TencentCloudChat || {};
    this.check(sdk.EVENT && sdk.TYPES, 'the SDK class on wx has no EVENT and TYPES');
    this.check(Array.isArray(at.storage), `currentUserID in storage is ${JSON.stringify(at.storage)} at init(), not an array`);
  }

  // clean judges what must never happen.
  clean() {
    const { world } = this;
    for (const m of world.loader.missing) this.failures.push(`${m.from}: ${m.module ? `require('${m.module}')` : `component ${m.component}`}: ${m.reason}`);
    for (const e of world.errors.filter((x) => !this.known || !this.known.test(x))) this.failures.push(`exception: ${e}`);
    for (const [, event] of world.events.filter(([n]) => n === 'unknown event')) this.failures.push(`handler for an event that the SDK does not have: ${event}`);
    for (const [, api] of world.events.filter(([n]) => n === 'called before SDK_READY')) this.failures.push(`${api} is called before SDK_READY`);
    const stored = world.storage.get('currentUserID');
    if (world.storage.has('currentUserID')) this.check(Array.isArray(stored), `currentUserID in storage is ${JSON.stringify(stored)}, not an array`);
  }

  bound(page) { if (page.unbound) this.equal(page.unbound().join(), '', `${page.path}: handlers in the markup that the page does not have`); }
}

const scenarios = {
  async 'page opened once'(c) {
    await c.launch();
    const page = await c.open();
    c.bound(page);
    c.signedIn();
    c.inits(page, 0, 'the page before SDK_READY');
    await c.ready();
    c.logins(c.spec.userID);
    c.inits(page, 1, 'the page');
    c.globals();
    await c.close(page);
    c.inits(page, 1, 'the closed page');
  },

  async 'page opened twice'(c) {
    await c.launch();
    const first = await c.open();
    const second = await c.open();
    await c.ready();
    c.inits(first, 1, 'the first page');
    c.inits(second, 1, 'the second page');
    c.logins(c.spec.userID);
    await c.close(second);
    await c.close(first);
    if (c.spec.generation === 'bundled') c.known = CALL_KIT_TWICE;
  },

  async 'page opened again'(c) {
    await c.launch();
    const first = await c.open();
    await c.ready();
    await c.close(first);
    const second = await c.open();
    c.inits(first, 1, 'the first page');
    c.inits(second, 1, 'the second page');
    await c.close(second);
    c.logins(c.spec.userID);
  },

  async 'page opened after SDK_READY'(c) {
    await c.launch();
    if (!c.world.sdk.user) await c.close(await c.open()); // the page itself signs in
    await c.ready();
    const page = await c.open();
    c.inits(page, 1, 'the page');
    c.logins(c.spec.userID);
    c.globals();
  },

  async 'page closed before SDK_READY'(c) {
    await c.launch();
    const page = await c.open();
    await c.close(page);
    const hasty = c.world.open(c.spec.page); // closed before anything could settle
    if (hasty) await c.close(hasty);
    await c.ready();
    c.inits(page, 0, 'a page that is gone');
    if (hasty) c.inits(hasty, 0, 'a page that was gone at once');
    c.inits(await c.open(), 1, 'the next page');
    c.logins(c.spec.userID);
  },

  async 'signIn with another user'(c) {
    await c.launch();
    const page = await c.open();
    await c.ready();
    await c.signIn(OTHER);
    c.logins(c.spec.userID, OTHER);
    c.equal(c.world.sdk.user, OTHER, 'who is signed in (the SDK ignores login before logout)');
    await c.ready();
    c.inits(page, 1, 'the page that was open');
    await c.close(page);
    c.inits(await c.open(), 1, 'the page opened by the other user');
    c.globals(OTHER);
  },

  async 'signIn before the first sign-in is done'(c) {
    c.world.launch();
    const page = c.world.open(c.spec.page) || { inits: -1 };
    await c.signIn(OTHER);
    await c.world.settle();
    c.equal(c.world.sdk.user, OTHER, 'who is signed in');
    await c.ready();
    c.inits(page, 1, 'the page');
    c.globals(OTHER);
  },

  async 'signOut before SDK_READY'(c) {
    c.world.launch();
    const page = c.world.open(c.spec.page) || { inits: -1 };
    await c.session('signOut');
    c.equal(c.world.sdk.user, '', 'who is signed in after signOut');
    c.inits(page, 0, 'the page');
    await c.signIn(c.spec.userID);
    await c.ready();
    c.inits(page, 1, 'the page after the next SDK_READY');
  },

  async 'signIn twice with the same user'(c) {
    await c.launch();
    const page = await c.open();
    await c.signIn(c.spec.userID);
    await c.ready();
    const again = await c.signIn(c.spec.userID);
    c.logins(c.spec.userID);
    c.check(again.done, 'signIn of the user who is signed in does not resolve');
    c.inits(page, 1, 'the page');
  },

  async 'whenReady'(c) {
    await c.launch();
    await c.open();
    const early = await c.session('whenReady');
    c.check(!early.done, 'whenReady resolves before SDK_READY');
    await c.ready();
    c.check(early.done, 'whenReady does not resolve at SDK_READY');
    c.check((await c.session('whenReady')).done, 'whenReady does not resolve after SDK_READY');
  },

  async 'signOut'(c) {
    await c.launch();
    const page = await c.open();
    await c.ready();
    await c.close(page);
    await c.session('signOut');
    c.equal(c.world.count('logout'), 1, 'logouts');
    c.equal(c.world.sdk.user, '', 'who is signed in after signOut');
    await c.signIn(c.spec.userID);
    c.logins(c.spec.userID, c.spec.userID);
    const next = await c.open();
    c.inits(next, 0, 'a page before the next SDK_READY');
    await c.ready();
    c.inits(next, 1, 'a page after the next SDK_READY');
  },

  async 'app without globalData'(c) {
    await c.launch();
    const page = await c.open();
    await c.ready();
    c.check(c.world.instance && c.world.instance.globalData, 'getApp().globalData is not there');
    await back(c, page);
  },

  async 'back button'(c) {
    await c.launch();
    const page = await c.open();
    await c.ready();
    await back(c, page);
  },

  async 'a conversation opens'(c) {
    await c.launch();
    const page = await c.open();
    await c.ready();
    const [list] = c.world.components(page, 'TUIConversation');
    c.check(list, 'TUIConversation is not shown');
    if (list) list.triggerEvent(c.generation.chatEvent, { currentConversationID: 'C2Cpeer', unreadCount: 0 });
    await c.world.settle();
    c.equal(c.world.components(page, 'TUIChat').length, 1, 'TUIChat shown');
    await c.close(page);
  },

  async 'untouched SDK signs in'(c) {
    await c.launch();
    const page = await c.open();
    c.check(await c.world.until(() => page.inits), 'the SDK signs in, but TUIKit.init() never runs');
    c.equal(c.world.server.sessions().join(), c.spec.userID, 'who signed in at the server');
    c.arrived(c.spec.userID);
    c.inits(page, 1, 'the page');
    c.globals();
    await c.close(page);
  },

  async 'untouched SDK changes users'(c) {
    await c.launch();
    const page = await c.open();
    await c.world.until(() => page.inits);
    await c.signIn(OTHER);
    c.check(await c.world.until(() => c.world.server.login(OTHER)), `${OTHER} does not arrive at the server`);
    await c.close(page);
    const next = await c.open();
    c.check(await c.world.until(() => next.inits), `TUIKit.init() never runs for ${OTHER}`);
    c.equal(c.world.server.sessions().join(), `${c.spec.userID},logout,${OTHER}`, 'who came and went at the server');
    c.arrived(OTHER);
    c.inits(next, 1, 'the page');
    c.globals(OTHER);
    await c.session('signOut');
    c.check(await c.world.until(() => c.world.server.sessions().at(-1) === 'logout'), 'signOut does not arrive at the server');
  },

  async 'home page leads to the chat page'(c) {
    await c.launch();
    const home = await c.open(c.spec.home);
    if (!home.object) return;
    c.bound(home);
    c.check(/bind:?tap\s*=\s*"handleJump"/.test(c.world.loader.text(`${c.spec.home}.wxml`)), 'nothing on the home page is bound to handleJump');
    home.run('handleJump', home.object.handleJump || (() => { throw new Error('the home page has no handleJump'); }));
    const jump = c.world.first('navigateTo');
    c.check(jump >= 0, 'handleJump does not navigate');
    if (jump < 0) return;
    const url = c.world.events[jump][1].split('?')[0];
    const target = normalize(url.startsWith('/') ? url : `${c.spec.home}/../${url}`);
    c.equal(target, c.spec.page, `where ${url} leads`);
    c.check(c.world.registered().includes(target), `${target} is not registered in app.json`);
    const page = await c.open(target);
    c.signedIn();
    await c.ready();
    c.inits(page, 1, 'the page');
    c.logins(c.spec.userID);
    c.globals();
  },
};

// Going back must leave the page by navigateBack; the vendor's switchTab names a page that is not there.
async function back(c, page) {
  const buttons = [...c.world.components(page, 'TUIConversation'), ...c.world.components(page, 'TUIKit')]
    .flatMap((component) => ['goBack', 'handleBack'].filter((m) => component.object[m]).map((m) => [component, m]));
  c.check(buttons.length > 0, 'no back button is shown');
  for (const [component, method] of buttons) {
    const before = c.world.count('navigateBack');
    component.run(method, component.object[method], { type: 'tap' });
    c.equal(c.world.count('navigateBack') - before, 1, `navigateBack by ${component.path} ${method}`);
  }
  c.equal(c.world.count('switchTab'), 0, 'switchTab calls');
}

// What a project whose placeholders are not filled in has to do: nothing, and say why.
const unfilled = {
  async 'unfilled placeholders'(c) {
    await c.launch();
    if (c.spec.home) await c.open(c.spec.home);
    const page = await c.open();
    c.bound(page);
    c.equal(c.world.count('login'), 0, 'logins');
    c.inits(page, 0, 'the page');
    c.check(c.world.console.some((line) => line.includes(CONFIG)), `no console message names ${CONFIG}`);
    await c.close(page);
    await c.close(await c.open());
  },

  async 'unfilled, whenReady and signOut'(c) {
    await c.launch();
    c.check(!(await c.session('whenReady')).done, 'whenReady resolves though nobody signs in');
    await c.session('signOut');
    c.equal(c.world.count('login'), 0, 'logins');
  },
};

// What a project has to do whose server gives no UserSig: say so, and go on working when the
// user of the app gets one elsewhere.
const unserved = {
  async 'no UserSig from the server'(c) {
    await c.launch();
    const page = await c.open();
    c.check(c.world.count('request', (url) => url.startsWith(c.spec.server)) > 0, 'nobody asks the server');
    c.equal(c.world.count('login'), 0, 'logins');
    c.inits(page, 0, 'the page');
    c.check(c.world.console.some((line) => line.startsWith('error: [tuikit]')), 'no console message tells of it');
    await c.signIn(c.spec.userID);
    await c.ready();
    c.inits(page, 1, 'the page after signIn');
    c.globals();
    await c.close(page);
  },
};

// What any page has to do: it opens, and nothing goes wrong.
const opens = {
  async 'page opens'(c) {
    await c.launch();
    c.bound(await c.open());
  },
};

// What a project has to do that has the UIKit but does not use it yet.
const idle = {
  async 'page opens, nobody signs in'(c) {
    await c.launch();
    c.bound(await c.open());
    c.equal(c.world.count('create'), 0, 'SDKs made');
    c.equal(c.world.count('login'), 0, 'logins');
  },
};

export function select(spec) {
  const all = { filled: scenarios, unfilled, unserved, opens, idle }[spec.mode];
  if (!all) throw new Error(`mode is ${spec.mode}, not filled, unfilled, unserved, opens or idle`);
  return Object.entries(all).filter(([name]) => spec.home || !name.startsWith('home page'));
}

// options of the world that a scenario needs
export const worldOptions = (name) => ({ noGlobalData: name === 'app without globalData', untouched: name.startsWith('untouched') });
