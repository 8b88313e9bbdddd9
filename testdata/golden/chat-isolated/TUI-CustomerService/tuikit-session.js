// 登录腾讯云 IM，并准备 TUIKit 组件读取的全局变量。
// Signs in to Tencent Cloud Chat and sets the globals that the TUIKit components read.
import TencentCloudChat from '@tencentcloud/chat';
import TIMUploadPlugin from 'tim-upload-plugin';
import TIMProfanityFilterPlugin from 'tim-profanity-filter-plugin';
import { genTestUserSig } from './TUIKit/debug/GenerateTestUserSig';
import './tuikit-helpers';
import config from './tuikit-config';

let created = false;
let account = ''; // 要登录的 userID。 The user that is to be signed in.
let current = ''; // SDK 正在使用的 userID。 The user that the SDK works for.
let work = Promise.resolve(); // 登录、登出依次进行。 One sign-in or sign-out at a time.
let ready = pending();

/**
 * 登录，完成后得到 SDK 实例。不传参数时使用 tuikit-config.js 的账号；已登录则直接返回。
 * Signs in; resolves to the SDK at SDK_READY. Without arguments: the account of
 * tuikit-config.js, unless somebody is signed in already.
 */
export function signIn(user) {
  if (account && (!user || user.userID === account)) return ready.promise;
  const { userID, userSig } = Object.assign({ userID: config.userID }, user);
  const missing = unfilled(userID, userSig);
  if (missing.length > 0) {
    const names = missing.join(', ');
    console.warn(`[tuikit] 未登录：请在 tuikit-config.js 填写 ${names} 后重新编译，或调用 signIn({ userID, userSig })。 Not signed in: fill in ${names} in tuikit-config.js and compile again, or call signIn({ userID, userSig }).`);
    return ready.promise;
  }
  account = userID;
  renew();
  prepare();
  work = work
    .then(() => (current === userID ? undefined : leave()))
    .then(() => enter(userID, userSig))
    .catch((error) => {
      if (account === userID) account = '';
      console.error('[tuikit] 登录失败，可再次调用 signIn。 Sign-in failed; call signIn to try again.', error);
    });
  return ready.promise;
}

/** 登出。 Signs out. */
export function signOut() {
  if (!account) return work;
  account = '';
  renew();
  work = work.then(leave).catch((error) => console.error('[tuikit] 登出失败。 Sign-out failed.', error));
  return work;
}

/** 等待 SDK_READY，得到 SDK 实例。 Resolves to the SDK at SDK_READY, whoever signs in. */
export function whenReady() {
  return ready.promise;
}

function unfilled(userID, userSig) {
  const missing = [];
  if (!config.SDKAPPID) missing.push('SDKAPPID');
  if (!userID) missing.push('userID');
  const signed = config.userSig && userID === config.userID;
  if (!userSig && !signed && !config.userSigURL && !config.SECRETKEY) missing.push('SECRETKEY');
  return missing;
}

// SDK 只创建一次，先注册事件再登录。 The SDK is made once; handlers come before login.
function prepare() {
  if (created) return;
  created = true;
  wx.$chat_SDKAppID = config.SDKAPPID;
  wx.TencentCloudChat = TencentCloudChat;
  wx.$TUIKit = wx.$TUIKit || TencentCloudChat.create({ SDKAppID: config.SDKAPPID });
  wx.$TUIKit.registerPlugin({ 'tim-upload-plugin': TIMUploadPlugin });
  wx.$TUIKit.registerPlugin({ 'tim-profanity-filter-plugin': TIMProfanityFilterPlugin });
  wx.$TUIKit.on(TencentCloudChat.EVENT.SDK_READY, onReady);
  wx.$TUIKit.on(TencentCloudChat.EVENT.SDK_NOT_READY, onNotReady);
  if (!Array.isArray(wx.getStorageSync('currentUserID'))) {
    wx.setStorage({ key: 'currentUserID', data: [] });
  }
}

function enter(userID, userSig) {
  return Promise.resolve(userSig || obtainUserSig(userID)).then((signature) => {
    if (account !== userID) return undefined; // 期间已换账号。 Another account came in between.
    current = userID;
    wx.$chat_userID = userID;
    wx.$chat_userSig = signature;
    return wx.$TUIKit.login({ userID, userSig: signature }).then(checkReady, (error) => {
      current = '';
      throw error;
    });
  });
}

// 重复登录时不再触发 SDK_READY。 A repeated login fires no SDK_READY.
function checkReady(result) {
  if (typeof wx.$TUIKit.isReady === 'function') {
    if (wx.$TUIKit.isReady()) onReady();
  } else if (result && result.data && result.data.repeatLogin) {
    wx.$TUIKit.getMyProfile().then(onReady, () => {}); // 未就绪时失败。 Fails until ready.
  }
}

function leave() {
  if (!current) return undefined;
  return wx.$TUIKit.logout().then(() => {
    current = '';
  });
}

function obtainUserSig(userID) {
  if (config.userSigURL) return requestUserSig(userID);
  if (!config.userSig || userID !== config.userID) return genTestUserSig(Object.assign({}, config, { userID })).userSig;
  return config.userSig;
}

function requestUserSig(userID) {
  return new Promise((resolve, reject) => {
    wx.request({
      url: config.userSigURL,
      data: { userID },
      success({ statusCode, data }) {
        if (statusCode === 200 && data && data.userSig) resolve(data.userSig);
        else reject(new Error(`${config.userSigURL}: ${statusCode}`));
      },
      fail: reject,
    });
  });
}

function onReady() {
  if (!current || current !== account) return;
  // TUIKit 返回时读取 getApp().globalData。 TUIKit's back button reads it.
  const app = getApp();
  if (app && !app.globalData) app.globalData = {};
  ready.resolve(wx.$TUIKit);
}

// 被踢下线或票据过期后需重新登录。 Kicked out or expired: sign in again.
function onNotReady() {
  if (!current || current !== account) return;
  current = '';
  account = '';
  renew();
}

function renew() {
  if (ready.done) ready = pending();
}

function pending() {
  const state = { done: false };
  state.promise = new Promise((resolve) => {
    state.resolve = (sdk) => {
      state.done = true;
      resolve(sdk);
    };
  });
  return state;
}
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/typeof") */
