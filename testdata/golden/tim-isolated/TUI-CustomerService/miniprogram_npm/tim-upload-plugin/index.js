(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).TIMUploadPlugin = factory();
})(this, function () {
  class TIMUploadPlugin {
    static getVersion() {
      return '1.4.3';
    }
    upload(file, done) {
      done(null, { location: `local/${file.name}` });
    }
  }
  return TIMUploadPlugin;
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/classCallCheck") require("@babel/runtime/helpers/createClass") require("@babel/runtime/helpers/typeof") */
