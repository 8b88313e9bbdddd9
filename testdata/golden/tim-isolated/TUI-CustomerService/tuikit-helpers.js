// 微信编译时用到的 Babel helpers。放在分包里，主包就不必带上它们。
// The Babel helpers that WeChat's compiler uses. With them in this subpackage the main
// package need not have them. The scripts name theirs on the last line.
module.exports = function helpers() {
  require("@babel/runtime/helpers/classCallCheck");
  require("@babel/runtime/helpers/createClass");
  require("@babel/runtime/helpers/interopRequireDefault");
  require("@babel/runtime/helpers/objectSpread2");
  require("@babel/runtime/helpers/slicedToArray");
  require("@babel/runtime/helpers/toConsumableArray");
  require("@babel/runtime/helpers/typeof");
};
