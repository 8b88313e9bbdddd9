Page({
  onLoad(query) {
    this.id = query.id;
  },

  onBeta() {
    wx.redirectTo({ url: '../../pkgb/pages/b/b' });
  },
});
