import stamp from '../../utils/format';

const createEmitter = require('tiny-emitter');

Page({
  data: { title: '', items: [{ id: 1, price: 3 }], ready: false },

  onLoad() {
    this.emitter = createEmitter();
    this.emitter.on((title) => this.setData({ title, ready: true }));
    this.emitter.emit(stamp('hello'));
  },

  onDetail() {
    wx.navigateTo({ url: '/pages/detail/detail?id=1' });
  },

  onAlpha() {
    wx.navigateTo({ url: '/pkga/pages/a/a' });
  },

  onMe() {
    wx.switchTab({ url: '/pages/me/me' });
  },
});
