module.exports = function (type) {
  return function () {
    return Object.getPrototypeOf(type).apply(this, arguments) || this;
  };
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
