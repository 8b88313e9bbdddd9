import Chat from '@tencentcloud/chat';
import Upload from 'tim-upload-plugin';
import Profanity from 'tim-profanity-filter-plugin';
import config from './tuikit-config';

let chat = null;
let user = '';
let ready = false;
let waiting = [];
let work = Promise.resolve(); // one sign-in or sign-out at a time

function create() {
  if (chat) return;
  chat = Chat.create({ SDKAppID: config.SDKAPPID });
  wx.$TUIKit = chat;
  wx.TencentCloudChat = Chat;
  wx.$chat_SDKAppID = config.SDKAPPID;
  chat.registerPlugin({ 'tim-upload-plugin': Upload });
  chat.registerPlugin({ 'tim-profanity-filter-plugin': Profanity });
  chat.on(Chat.EVENT.SDK_READY, () => { ready = true; waiting.splice(0).forEach((tell) => tell()); });
  chat.on(Chat.EVENT.SDK_NOT_READY, () => { ready = false; });
}

export function whenReady() {
  const app = getApp();
  if (app && !app.globalData) app.globalData = {};
  return new Promise((tell) => { if (ready) tell(); else waiting.push(tell); });
}

export async function signIn({ userID = user || config.userID, userSig = config.userSig } = {}) {
  if (!config.SDKAPPID || !userID) {
    console.warn('Fill in tuikit-config.js');
    return;
  }
  if (userID !== user) {
    create();
    if (user) signOut();
    user = userID;
    wx.$chat_userID = userID;
    wx.$chat_userSig = userSig;
    if (!Array.isArray(wx.getStorageSync('currentUserID'))) wx.setStorageSync('currentUserID', []);
    work = work.then(() => chat.login({ userID, userSig }));
    await work;
  }
  await whenReady();
}

export async function signOut() {
  if (!user) return;
  user = '';
  ready = false;
  work = work.then(() => chat.logout());
  await work;
}
