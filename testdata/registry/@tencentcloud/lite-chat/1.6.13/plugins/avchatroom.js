(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).TencentCloudChatAvchatroom = factory();
})(this, function () {
  class AvchatroomPlugin {
    constructor() {
      this.name = 'avchatroom';
    }
    dispose() {}
  }
  return AvchatroomPlugin;
});
