(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).TencentCloudChatSignaling = factory();
})(this, function () {
  class SignalingPlugin {
    constructor() {
      this.name = 'signaling';
    }
    dispose() {}
  }
  return SignalingPlugin;
});
