import constant from './utils/constant';
import TUICore, { TUIConstants } from '@tencentcloud/tui-core-lite';

const app = getApp();

Component({
  data: {
    config: {},
    hasCallKit: false,
    isShowConversation: false,
    currentConversationID: '',
  },
  methods: {
    init() {
      const config = {
        userID: wx.$chat_userID,
        userSig: wx.$chat_userSig,
        tim: wx.$TUIKit,
        SDKAppID: wx.$chat_SDKAppID,
      };
      this.setData({ config }, () => this.initCallKit());
      this.showConversationList();
    },
    initCallKit() {
      const hasCallKit = Boolean(TUICore.getService(TUIConstants.TUICalling.SERVICE.NAME));
      this.setData({ hasCallKit });
    },
    showConversationList() {
      this.selectComponent('#TUIConversation').init();
      this.setData({ isShowConversation: false });
    },
    createConversation(event) {
      const { currentConversationID } = event.detail;
      this.setData({ isShowConversation: true, currentConversationID }, () => this.selectComponent('#TUIChat').init());
    },
    async handleCall(event) {
      TUICore.callService({
        serviceName: TUIConstants.TUICalling.SERVICE.NAME,
        method: TUIConstants.TUICalling.SERVICE.METHOD.START_CALL,
        params: event.detail,
      });
    },
    handleBack() {
      if (app.globalData && app.globalData.reportType !== constant.OPERATING_ENVIRONMENT) {
        wx.navigateBack({ delta: 1 });
      } else {
        wx.switchTab({ url: '/pages/TUI-Index/index' });
      }
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/asyncToGenerator") require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/interopRequireWildcard") require("@babel/runtime/helpers/regeneratorRuntime") */
