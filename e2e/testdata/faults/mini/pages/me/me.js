const util = require('../../utils/time.js');

Page({
  data: { now: 0 },

  onLoad() {
    this.setData({ now: util.now() });
  },
});
