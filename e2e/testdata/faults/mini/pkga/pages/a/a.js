const time = require('../../../utils/time');
const local = require('../../lib/local');

Page({
  data: { text: '' },

  onLoad() {
    this.setData({ text: local.label(time.now()) });
  },
});
