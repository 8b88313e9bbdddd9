import dayjs from '../../../../utils/dayjs';
import logger from '../../../../utils/logger';
import constant from '../../../../utils/constant';

const app = getApp();

Component({
  properties: { conversation: { type: Object, value: {} } },
  data: { messageList: [] },
  lifetimes: {
    attached() {
      wx.$TUIKit.on(wx.$TUIKitTIM.EVENT.MESSAGE_RECEIVED, this.onMessageReceived, this);
    },
    detached() {
      wx.$TUIKit.off(wx.$TUIKitTIM.EVENT.MESSAGE_RECEIVED, this.onMessageReceived);
    },
  },
  methods: {
    onMessageReceived(event) {
      logger.log(dayjs(event.data[0].time).format());
      this.setData({ messageList: this.data.messageList.concat(event.data) });
    },
    openLink(link) {
      if (app?.globalData?.reportType !== constant.OPERATING_ENVIRONMENT) return;
      wx.navigateTo({ url: `/pages/TUI-User-Center/webview/webview?url=${link}` });
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
