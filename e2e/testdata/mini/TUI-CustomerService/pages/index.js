import { whenReady } from '../../tuikit-session';

Page({
  data: { ready: false },

  onLoad() {
    whenReady().then(() => {
      if (this.gone) return;
      this.setData({ ready: true }, () => {
        const kit = this.selectComponent('#TUIKit');
        kit.init();
      });
    });
  },

  onUnload() { this.gone = true; },
});
