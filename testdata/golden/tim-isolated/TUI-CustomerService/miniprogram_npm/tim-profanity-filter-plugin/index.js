(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).TIMProfanityFilterPlugin = factory();
})(this, function () {
  class TIMProfanityFilterPlugin {
    static getVersion() {
      return '0.9.0';
    }
    filter(text) {
      return { isAllowed: true, text };
    }
  }
  return TIMProfanityFilterPlugin;
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/classCallCheck") require("@babel/runtime/helpers/createClass") require("@babel/runtime/helpers/typeof") */
