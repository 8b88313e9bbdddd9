import constant from '../../utils/constant';

const app = getApp();

Component({
  data: { conversationList: [] },
  lifetimes: {
    detached() {
      wx.$TUIKit.off(wx.$TUIKitTIM.EVENT.CONVERSATION_LIST_UPDATED, this.onConversationListUpdated, this);
    },
  },
  methods: {
    init() {
      wx.$TUIKit.on(wx.$TUIKitTIM.EVENT.CONVERSATION_LIST_UPDATED, this.onConversationListUpdated, this);
      wx.$TUIKit.getConversationList().then((res) => this.onConversationListUpdated({ data: res.data.conversationList }));
    },
    onConversationListUpdated(event) {
      this.setData({ conversationList: event.data });
    },
    handleRoute(event) {
      this.triggerEvent('currentConversationID', { currentConversationID: event.currentTarget.id });
    },
    goBack() {
      if (app?.globalData?.reportType !== constant.OPERATING_ENVIRONMENT) {
        wx.navigateBack({ delta: 1 });
      } else {
        wx.switchTab({ url: '/pages/TUI-Index/index' });
      }
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
