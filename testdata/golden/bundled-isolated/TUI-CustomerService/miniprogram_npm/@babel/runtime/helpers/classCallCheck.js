module.exports = function (instance, type) {
  if (!(instance instanceof type)) throw new TypeError("called as a function");
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
