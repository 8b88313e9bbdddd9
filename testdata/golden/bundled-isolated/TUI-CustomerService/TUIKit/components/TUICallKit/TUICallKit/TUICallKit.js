import TUICallEngine, { EVENT, STATUS } from '../TUICallEngine/tuicall-engine-wx.js';

Component({
  properties: { config: { type: Object, value: {} } },
  data: { callStatus: STATUS.IDLE },
  methods: {
    init() {
      wx.$TUICallEngine = TUICallEngine.createInstance({ tim: wx.$TUIKit, sdkAppID: wx.$chat_SDKAppID });
      wx.$TUICallEngine.on(EVENT.INVITED, () => this.setData({ callStatus: STATUS.CALLING }));
    },
  },
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/interopRequireWildcard") */
