// Watches the chat SDK. The SDK that runs is the project's own; only what needs the
// network is answered here, by the SDK's own rules: nothing but login works before
// SDK_READY; a second login while somebody is signed in changes nothing, and while one is
// under way is refused; late listeners of SDK_READY are not told. A method that the real
// SDK does not have (tim-wx-sdk has no isReady) stays absent.

const LOCAL = /^(?:create\w*Message|setLogLevel|getServerTime|registerPlugin|destroy|callExperimentalAPI|addSignalingListener|removeSignalingListener)$/;
const BEFORE_READY = /^(?:joinGroup|quitGroup|getGroupOnlineMemberCount)$/;

// The call component of generation bundled signs in once more by itself, after SDK_READY:
// the SDK answers that somebody is signed in already. It is not the session's doing.
const CALL_KIT = /[/\\](?:TUICallKit|TUICallEngine)[/\\]|tsignaling/;

const conversation = () => ({
  conversationID: 'C2Cpeer', type: 'C2C', subType: '', unreadCount: 1, isPinned: false, remark: '', messageRemindType: 'AcceptAndNotify', groupAtInfoList: [], markList: [],
  userProfile: { userID: 'peer', nick: 'Peer', avatar: '' },
  lastMessage: { lastTime: 1700000000, messageForShow: 'hello', type: 'TIMTextElem', payload: { text: 'hello' }, fromAccount: 'peer', isRevoked: false, isPeerRead: false, nick: 'Peer' },
});

const ANSWERS = {
  getConversationList: () => ({ conversationList: [conversation()], isSyncCompleted: true }),
  getConversationProfile: () => ({ conversation: conversation() }),
  getMessageList: () => ({ messageList: [], nextReqMessageID: '', isCompleted: true }),
  getUserStatus: () => ({ successUserList: [{ userID: 'peer', statusType: 1, customStatus: '' }], failureUserList: [] }),
  getUserProfile: () => [{ userID: 'peer', nick: 'Peer', avatar: '' }],
  getGroupMemberList: () => ({ memberList: [] }),
};

export class SDK {
  // record(name, value): the event log; promise: Promise of the realm; later: a task that ends with the world.
  constructor({ record, Promise, later }) {
    Object.assign(this, { record, Promise, later });
    this.listeners = [];
    this.plugins = {};
    this.ready = false;
    this.user = ''; // who is signed in
    this.entering = ''; // who is on the way
    this.untouched = false; // true: the SDK does everything itself, with a server at hand
    this.events = {};
  }

  // hook takes over create() of a module that is a chat SDK, so that no call goes unseen.
  hook(exports) {
    for (const candidate of [exports, exports && exports.default]) {
      if (!candidate || typeof candidate.create !== 'function' || !candidate.EVENT || !candidate.EVENT.SDK_READY || candidate.create.watched) continue;
      const create = candidate.create;
      candidate.create = (...args) => this.watch(create.apply(candidate, args), args[0], candidate);
      candidate.create.watched = true;
    }
  }

  watch(instance, options, owner) {
    this.record('create', options && options.SDKAppID);
    if (!instance || instance === this.instance) return instance;
    this.instance = instance;
    this.events = owner.EVENT;
    if (this.untouched) return instance;
    const real = { ...instance };
    for (const name of Object.keys(real)) {
      if (typeof real[name] === 'function' && !LOCAL.test(name)) instance[name] = (...args) => this.answer(name, args);
    }
    for (const name of ['on', 'once', 'off', 'login', 'logout', 'isReady', 'getLoginUser', 'registerPlugin']) {
      if (real[name]) instance[name] = (...args) => this[name](real, ...args);
    }
    return instance;
  }

  // The SDK wraps a handler once per event and function: the same function registered
  // again, as by two pages of one kind, runs with the context of the first.
  on(real, event, handler, context) {
    this.record('on', String(event));
    if (typeof handler !== 'function') throw new Error(`on(${event}): the handler is ${typeof handler}`);
    if (!Object.values(this.events).includes(event)) this.record('unknown event', String(event));
    const known = this.listeners.find((l) => l.event === event && l.handler === handler && !l.once);
    this.listeners.push({ event, handler, context: known ? known.context : context });
  }

  once(real, event, handler, context) { this.on(real, event, handler, context); this.listeners[this.listeners.length - 1].once = true; }

  // off without the function that was registered removes nothing.
  off(real, event, handler) {
    this.record('off', String(event));
    this.listeners = this.listeners.filter((l) => l.event !== event || l.handler !== handler);
  }

  emit(event, data) {
    for (const l of [...this.listeners]) {
      if (l.event !== event || !this.listeners.includes(l)) continue;
      if (l.once) this.listeners.splice(this.listeners.indexOf(l), 1);
      this.attempt(`handler of ${event}`, () => l.handler.call(l.context, { name: event, data }));
    }
  }

  registerPlugin(real, plugins) {
    for (const [name, plugin] of Object.entries(plugins || {})) {
      this.record('registerPlugin', name);
      this.plugins[name] = typeof plugin;
    }
    return real.registerPlugin(plugins);
  }

  login(real, options) {
    const who = CALL_KIT.test(new Error().stack) ? 'login of TUICallKit' : 'login';
    this.record(who, { userID: options && options.userID, userSig: options && options.userSig });
    if (this.user) return this.resolve({ actionStatus: 'OK', errorCode: 0, repeatLogin: true });
    if (this.entering) return this.reject(2025, 'login: a login is under way');
    this.entering = options.userID;
    return this.soon(() => {
      this.user = this.entering;
      this.entering = '';
      return { actionStatus: 'OK', errorCode: 0 };
    });
  }

  // SDK_NOT_READY comes just before the promise resolves.
  logout() {
    this.record('logout', this.user);
    if (!this.user) return this.reject(2024, 'logout: nobody is signed in');
    return this.soon(() => {
      this.user = '';
      this.ready = false;
      this.emit(this.events.SDK_NOT_READY, {});
      return {};
    });
  }

  isReady() { return this.ready; }

  getLoginUser() { return this.user; }

  // fireReady is what the server's answer to login leads to; false when nobody signs in.
  fireReady() {
    if (!this.instance || !this.user || this.ready) return false;
    this.ready = true;
    this.record('SDK_READY', this.listeners.filter((l) => l.event === this.events.SDK_READY).length);
    this.emit(this.events.SDK_READY, {});
    return true;
  }

  answer(name, args) {
    if (!this.ready && !BEFORE_READY.test(name)) {
      this.record('called before SDK_READY', name);
      return this.reject(2801, `${name}: the SDK is not ready`);
    }
    this.record('sdk', name);
    return this.resolve(ANSWERS[name] ? ANSWERS[name](...args) : {});
  }

  resolve(data) { return this.Promise.resolve({ code: 0, data }); }

  reject(code, message) { return this.Promise.reject(Object.assign(new Error(message), { code })); }

  // soon answers after the time that the network takes.
  soon(fn) { return new this.Promise((done) => { this.later(() => done({ code: 0, data: fn() })); }); }

  attempt(what, fn) { return fn(); }
}
