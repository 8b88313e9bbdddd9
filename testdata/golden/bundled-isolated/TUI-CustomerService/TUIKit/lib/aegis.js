(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).Aegis = factory();
})(this, function () {
  class Aegis {
    constructor(options) {
      this.options = options;
      this.events = [];
    }
    reportEvent(event) {
      this.events.push(event);
    }
  }
  return Aegis;
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/classCallCheck") require("@babel/runtime/helpers/createClass") require("@babel/runtime/helpers/typeof") */
