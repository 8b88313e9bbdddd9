Page({
  // 载入腾讯云 IM 分包。 Loads the chat subpackage.
  handleJump() {
    wx.navigateTo({ url: '/TUI-CustomerService/pages/index' });
  },
});
