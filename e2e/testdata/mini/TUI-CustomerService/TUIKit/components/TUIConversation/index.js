const app = getApp();

Component({
  data: { list: [] },
  lifetimes: {
    detached() { wx.$TUIKit.off(wx.TencentCloudChat.EVENT.CONVERSATION_LIST_UPDATED, this.update, this); },
  },
  methods: {
    init() {
      wx.$TUIKit.on(wx.TencentCloudChat.EVENT.CONVERSATION_LIST_UPDATED, this.update, this);
      wx.$TUIKit.getConversationList().then((r) => this.setData({ list: r.data.conversationList }));
    },
    update(event) { this.setData({ list: event.data }); },
    goBack() {
      if (app.globalData && app.globalData.reportType !== 'imWxTuikit') wx.navigateBack();
      else wx.switchTab({ url: '/pages/TUI-Index/index' });
    },
  },
});
