(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).TencentCloudChatConversationGroup = factory();
})(this, function () {
  class ConversationGroupPlugin {
    constructor() {
      this.name = 'conversation-group';
    }
    dispose() {}
  }
  return ConversationGroupPlugin;
});
