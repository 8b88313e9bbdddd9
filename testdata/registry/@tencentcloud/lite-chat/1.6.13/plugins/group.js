(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).TencentCloudChatGroup = factory();
})(this, function () {
  class GroupPlugin {
    constructor() {
      this.name = 'group';
    }
    dispose() {}
  }
  return GroupPlugin;
});
