import { signIn } from '../../tuikit-session';

Page({
  data: {
    ready: false,
  },

  onLoad() {
    signIn().then(() => this.showTUIKit());
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
