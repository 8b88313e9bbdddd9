// "tim-wx-sdk" is the file beside this one: the loader looks there before miniprogram_npm.
(function (root, factory) {
  if (typeof exports === 'object' && typeof module === 'object') module.exports = factory(require('tim-wx-sdk'));
  else if (typeof define === 'function' && define.amd) define(['tim-wx-sdk'], factory);
  else root.TSignaling = factory(root.TIM);
})(typeof window === 'undefined' ? undefined : window, function (TIM) {
  class TSignaling {
    constructor(options) {
      this.tim = options.tim || TIM.create({ SDKAppID: options.SDKAppID });
    }
  }
  return TSignaling;
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/classCallCheck") require("@babel/runtime/helpers/createClass") require("@babel/runtime/helpers/typeof") */
