import logger from '../../utils/logger';
import constant from '../../utils/constant';

const app = getApp();

Component({
  properties: { currentConversationID: { type: String, value: '' } },
  data: { conversation: {}, showTips: false },
  lifetimes: {
    attached() {
      if (app?.globalData?.reportType === constant.OPERATING_ENVIRONMENT) {
        this.setData({ showTips: true });
      }
    },
  },
  methods: {
    init() {
      wx.$TUIKit.setMessageRead({ conversationID: this.data.currentConversationID }).then(() => logger.log('read'));
    },
    isGroup: (conversation) => conversation.type === wx.$TUIKitTIM.TYPES.CONV_GROUP,
    sendMessage(event) {
      return wx.$TUIKit.sendMessage(event.detail.message);
    },
    goBack() {
      this.triggerEvent('showConversationList');
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
