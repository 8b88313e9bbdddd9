module.exports = function (value) {
  "@babel/helpers - typeof";

  return typeof value;
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
