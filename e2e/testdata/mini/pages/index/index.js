Page({
  handleJump() {
    wx.navigateTo({ url: '../../TUI-CustomerService/pages/index' });
  },
});
