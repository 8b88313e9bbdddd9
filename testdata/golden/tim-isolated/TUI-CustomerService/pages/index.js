import { signIn } from '../tuikit-session';

Page({
  data: {
    ready: false,
  },

  onLoad() {
    // 已登录或正在登录时不会重复登录。 Signs in only when nobody has.
    signIn().then(() => this.showTUIKit());
  },

  onUnload() {
    this.closed = true;
  },

  // 每次打开页面只初始化一次。 Once for every page that is opened.
  showTUIKit() {
    if (this.closed) return;
    this.setData({ ready: true }, () => {
      const TUIKit = this.selectComponent('#TUIKit');
      if (TUIKit) TUIKit.init();
    });
  },
});
