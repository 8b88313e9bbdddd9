(function (root, factory) {
  if (typeof exports === 'object' && typeof module !== 'undefined') module.exports = factory();
  else if (typeof define === 'function' && define.amd) define(factory);
  else (typeof globalThis !== 'undefined' ? globalThis : root || self).dayjs = factory();
})(this, function () {
  const dayjs = (time) => ({ format: () => new Date(time).toISOString() });
  return dayjs;
});
/* tuikit-cli:helpers require("@babel/runtime/helpers/typeof") */
