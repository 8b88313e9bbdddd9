import Aegis from './lib/aegis';
import constant from './utils/constant';

const app = getApp();

Component({
  data: {
    config: {},
    isShowConversation: false,
    currentConversationID: '',
  },
  methods: {
    init() {
      const config = { userID: wx.$chat_userID, userSig: wx.$chat_userSig, type: 1 };
      this.setData({ config }, () => {
        this.selectComponent('#TUICallKit').init();
      });
      const TUIConversation = this.selectComponent('#TUIConversation');
      TUIConversation.init();
      if (app?.globalData?.reportType !== constant.OPERATING_ENVIRONMENT) {
        wx.aegis = new Aegis({ id: 'fixture' });
      }
      wx.$chat_reportType = 'chat-uikit-wechat';
      wx.aegis.reportEvent({ name: 'time', ext1: 'first-run-time', ext3: wx.$chat_SDKAppID });
    },
    currentConversationID(event) {
      const { currentConversationID } = event.detail;
      this.setData({ isShowConversation: true, currentConversationID }, () => this.selectComponent('#TUIChat').init());
    },
    showConversationList() {
      this.setData({ isShowConversation: false }, () => this.selectComponent('#TUIConversation').init());
    },
    sendMessage(event) {
      this.selectComponent('#TUIChat').sendMessage(event);
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
