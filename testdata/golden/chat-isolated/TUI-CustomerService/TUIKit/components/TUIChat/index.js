import logger from '../../utils/logger';
import constant from '../../utils/constant';
import TUIChatServer from './server';
import TUICore, { TUIConstants } from '@tencentcloud/tui-core-lite';

const app = getApp();

Component({
  properties: { currentConversationID: { type: String, value: '' }, hasCallKit: { type: Boolean, value: false } },
  data: { conversation: {}, showTips: false },
  lifetimes: {
    attached() {
      if (app.globalData && app.globalData.reportType === constant.OPERATING_ENVIRONMENT) {
        this.setData({ showTips: true });
      }
    },
    ready() {
      const server = TUIChatServer.getInstance(this);
      wx.$TUIKit.getConversationProfile(this.data.currentConversationID).then((res) => {
        server.updateConversation(res.data.conversation);
        TUICore.callService({
          serviceName: TUIConstants.TUIChat.SERVICE.NAME,
          method: TUIConstants.TUIChat.SERVICE.METHOD.SET_CHAT_TYPE,
          params: { chatType: res.data.conversation.type },
        });
      });
    },
  },
  methods: {
    init() {
      wx.$TUIKit.setMessageRead({ conversationID: this.data.currentConversationID }).then(() => logger.log('read'));
    },
    isGroup: (conversation) => conversation.type === wx.TencentCloudChat.TYPES.CONV_GROUP,
    setChatType(chatType) {
      this.setData({ chatType });
    },
    goBack() {
      this.triggerEvent('showConversationList');
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/interopRequireWildcard") */
