(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).TencentCloudChatRichMediaMessage = factory();
})(this, function () {
  class RichMediaMessagePlugin {
    constructor() {
      this.name = 'rich-media-message';
    }
    dispose() {}
  }
  return RichMediaMessagePlugin;
});
