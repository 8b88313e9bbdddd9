import { whenReady } from '../../tuikit-session';

Page({
  data: {
    ready: false,
  },

  onLoad() {
    // app.js 启动时已开始登录。 app.js has begun to sign in at launch.
    whenReady().then(() => this.showTUIKit());
  },

  onUnload() {
    this.closed = true;
  },

  // 每次打开页面只初始化一次。 Once for every page that is opened.
  showTUIKit() {
    if (this.closed) return;
    this.setData({ ready: true }, () => this.selectComponent('#TUIKit').init());
  },
});
