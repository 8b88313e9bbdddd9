// The recording stand-in for the platform's wx object. What decides something in the
// UIKit, the SDK or the session (storage, system information, navigation) behaves as on a
// phone; every other API takes its arguments and does nothing.

const SYSTEM = {
  SDKVersion: '3.7.0', platform: 'devtools', version: '8.0.50', brand: 'devtools', model: 'iPhone 12', system: 'iOS 16.0',
  fontSizeSetting: 16, pixelRatio: 2, screenHeight: 800, screenWidth: 375, windowHeight: 700, windowWidth: 375, statusBarHeight: 20,
};

const nothing = () => {};

// anything answers to every name and call, so that a chain such as
// wx.createSelectorQuery().in(this).select('x').exec() goes through.
function anything(name) {
  return new Proxy(function () {}, {
    get: (_, key) => {
      if (key === Symbol.toPrimitive) return () => name;
      return key === 'then' || typeof key === 'symbol' ? undefined : anything(`${name}.${key}`);
    },
    set: () => true,
    apply: () => anything(`${name}()`),
    construct: () => anything(`new ${name}`),
  });
}

const copy = (value) => (value === undefined ? '' : JSON.parse(JSON.stringify(value)));

// Storage holds copies, and asynchronous calls answer later, as on a phone.
export class Storage {
  constructor(later) { this.items = new Map(); this.later = later; }

  has(key) { return this.items.has(key); }

  get(key) { return this.items.has(key) ? copy(this.items.get(key)) : ''; }

  set(key, value) { this.items.set(key, copy(value)); }

  api() {
    const answer = (o, fn, value) => this.later(() => { if (o && o[fn]) o[fn](value); if (o && o.complete) o.complete(value); });
    return {
      setStorageSync: (key, value) => this.set(key, value),
      getStorageSync: (key) => this.get(key),
      removeStorageSync: (key) => { this.items.delete(key); },
      clearStorageSync: () => this.items.clear(),
      getStorageInfoSync: () => ({ keys: [...this.items.keys()] }),
      setStorage: (o) => { this.set(o.key, o.data); answer(o, 'success', {}); },
      getStorage: (o) => (this.has(o.key) ? answer(o, 'success', { data: this.get(o.key) }) : answer(o, 'fail', { errMsg: 'getStorage:fail data not found' })),
      removeStorage: (o) => { this.items.delete(o.key); answer(o, 'success', {}); },
      getStorageInfo: (o) => answer(o, 'success', { keys: [...this.items.keys()] }),
    };
  }
}

const NAVIGATION = ['navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack'];

// createWX gives the object; record(name, value) is told of navigation, network and globals.
export function createWX({ record, storage, later, socket, request }) {
  const info = (o, value) => { if (o && o.success) later(() => o.success(value)); };
  const known = {
    ...storage.api(),
    getSystemInfoSync: () => ({ ...SYSTEM }),
    getSystemInfo: (o) => info(o, { ...SYSTEM }),
    getSystemInfoAsync: (o) => info(o, { ...SYSTEM }),
    getDeviceInfo: () => ({ platform: SYSTEM.platform, model: SYSTEM.model, system: SYSTEM.system }),
    getAppBaseInfo: () => ({ SDKVersion: SYSTEM.SDKVersion, version: SYSTEM.version }),
    getWindowInfo: () => ({ windowHeight: SYSTEM.windowHeight, windowWidth: SYSTEM.windowWidth, statusBarHeight: SYSTEM.statusBarHeight }),
    getMenuButtonBoundingClientRect: () => ({ top: 20, height: 32, bottom: 52, left: 200, right: 300, width: 87 }),
    getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop' } }),
    getLaunchOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
    getNetworkType: (o) => info(o, { networkType: 'wifi' }),
    canIUse: () => true,
    env: { USER_DATA_PATH: 'wxfile://usr' },
    connectSocket: (o) => { record('connectSocket', o && o.url); return socket(o); },
    request: (o) => { record('request', o && o.url); request(o || {}); return { abort: nothing, onHeadersReceived: nothing, offHeadersReceived: nothing }; },
  };
  for (const name of NAVIGATION) known[name] = (o) => record(name, (o && o.url) || '');
  for (const name of ['NetworkStatusChange', 'AppShow', 'AppHide', 'MemoryWarning', 'Error', 'UnhandledRejection', 'PageNotFound']) {
    known[`on${name}`] = nothing;
    known[`off${name}`] = nothing;
  }
  return new Proxy(known, {
    get: (target, key) => {
      if (key in target) return target[key];
      // Names that apps put on wx themselves are absent until somebody does.
      if (typeof key !== 'string' || key.startsWith('$') || /^[A-Z]/.test(key) || key === 'aegis') return undefined;
      return anything(`wx.${key}`);
    },
    set: (target, key, value) => {
      target[key] = value;
      record(`wx.${String(key)}`, typeof value === 'object' || typeof value === 'function' ? typeof value : value);
      return true;
    },
  });
}
