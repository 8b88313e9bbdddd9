'use strict';
(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).TIM = factory();
})(this, function () {
  const VERSION = '2.27.6';
  const EVENT = {
    SDK_READY: 'sdkStateReady',
    SDK_NOT_READY: 'sdkStateNotReady',
    SDK_DESTROY: 'sdkDestroy',
    KICKED_OUT: 'kickedOut',
    NET_STATE_CHANGE: 'netStateChange',
    ERROR: 'error',
    MESSAGE_RECEIVED: 'onMessageReceived',
    MESSAGE_REVOKED: 'onMessageRevoked',
    MESSAGE_READ_BY_PEER: 'onMessageReadByPeer',
    CONVERSATION_LIST_UPDATED: 'onConversationListUpdated',
    USER_STATUS_UPDATED: 'onUserStatusUpdated',
  };
  const TYPES = {
    CONV_C2C: 'C2C',
    CONV_GROUP: 'GROUP',
    CONV_SYSTEM: '@TIM#SYSTEM',
    MSG_TEXT: 'TIMTextElem',
    MSG_CUSTOM: 'TIMCustomElem',
    GRP_WORK: 'Private',
    GRP_PUBLIC: 'Public',
  };
  const instances = new Map();
  const answer = (data) => Promise.resolve({ code: 0, data });

  // A chat that never leaves the process: login makes it ready a moment later.
  function start(options) {
    const listeners = new Map();
    let ready = false;
    const plugins = {};
    const emit = (name, data) => {
      (listeners.get(name) || []).slice().forEach((l) => l.handler.call(l.context, { name, data }));
    };
    return {
      on(name, handler, context) {
        listeners.set(name, (listeners.get(name) || []).concat({ handler, context }));
      },
      off(name, handler) {
        listeners.set(name, (listeners.get(name) || []).filter((l) => l.handler !== handler));
      },
      registerPlugin(added) {
        Object.assign(plugins, added);
      },
      isReady: () => ready,
      login(account) {
        setTimeout(() => {
          ready = true;
          emit(EVENT.SDK_READY, { userID: account.userID });
        }, 0);
        return answer({ actionStatus: 'OK', userID: account.userID });
      },
      logout() {
        ready = false;
        setTimeout(() => emit(EVENT.SDK_NOT_READY, {}), 0);
        return answer({});
      },
      destroy() {
        instances.delete(options.SDKAppID);
        listeners.clear();
        return answer({});
      },
      getConversationList: () => answer({ conversationList: [] }),
      getConversationProfile: (id) => answer({ conversation: { conversationID: id, type: TYPES.CONV_C2C } }),
      getMessageList: () => answer({ messageList: [], isCompleted: true }),
      getGroupMemberList: () => answer({ memberList: [] }),
      setMessageRead: () => answer({}),
      createTextMessage: (message) => Object.assign({ type: TYPES.MSG_TEXT }, message),
      createCustomMessage: (message) => Object.assign({ type: TYPES.MSG_CUSTOM }, message),
      sendMessage: (message) => answer({ message }),
    };
  }

  // One chat for each SDKAppID.
  function create(options) {
    if (!instances.has(options.SDKAppID)) instances.set(options.SDKAppID, start(options));
    return instances.get(options.SDKAppID);
  }
  return { create, EVENT, TYPES, VERSION };
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/typeof") */
