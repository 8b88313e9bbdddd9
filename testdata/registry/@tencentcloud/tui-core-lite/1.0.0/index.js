import TencentCloudChat from '@tencentcloud/lite-chat/basic';

const TUIConstants = {
  TUICalling: { SERVICE: { NAME: 'TUICalling', METHOD: { START_CALL: 'startCall' } } },
  TUIChat: {
    SERVICE: {
      NAME: 'TUIChat',
      METHOD: { UPDATE_MESSAGE_LIST: 'updateMessageList', SEND_TEXT_MESSAGE: 'sendTextMessage', SET_CHAT_TYPE: 'setChatType' },
    },
  },
};

class Core {
  constructor() {
    this.services = new Map();
  }
  registerService(name, service) {
    this.services.set(name, service);
  }
  getService(name) {
    return this.services.get(name);
  }
  callService({ serviceName, method, params, callback }) {
    const service = this.services.get(serviceName);
    return service && service.onCall(method, params, callback);
  }
}

class Login {
  login(options) {
    this.chat = TencentCloudChat.create({ SDKAppID: options.SDKAppID });
    return this.chat.login(options);
  }
}

const TUICore = new Core();
const TUILogin = new Login();
export { TUIConstants, TUICore, TUILogin, TUICore as default };
