const util = require('../../util');

Page({
  data: { text: util.text() },
});
