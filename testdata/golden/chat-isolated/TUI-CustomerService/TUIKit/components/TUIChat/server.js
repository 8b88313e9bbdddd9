import TUICore, { TUIConstants } from '@tencentcloud/tui-core-lite';

// The chat as a service that other components call.
export default class TUIChatServer {
  static instance;
  conversation = {};
  chat = undefined;

  constructor() {
    TUICore.registerService(TUIConstants.TUIChat.SERVICE.NAME, this);
  }

  static getInstance(chat) {
    if (!TUIChatServer.instance) TUIChatServer.instance = new TUIChatServer();
    TUIChatServer.instance.chat = chat;
    return TUIChatServer.instance;
  }

  updateConversation(conversation) {
    this.conversation = conversation;
  }

  onCall(method, params = {}, callback) {
    const { METHOD } = TUIConstants.TUIChat.SERVICE;
    if (method === METHOD.SET_CHAT_TYPE) this.chat.setChatType(params?.chatType);
    if (method === METHOD.SEND_TEXT_MESSAGE) {
      wx.$TUIKit.sendMessage(wx.$TUIKit.createTextMessage(params)).then((res) => callback?.(res));
    }
  }
}
/* tuikit-cli:helpers require("@babel/runtime/helpers/classCallCheck") require("@babel/runtime/helpers/createClass") require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/interopRequireWildcard") */
