const tools = require('../../tools');

Page({
  data: { list: tools.list() },
});
