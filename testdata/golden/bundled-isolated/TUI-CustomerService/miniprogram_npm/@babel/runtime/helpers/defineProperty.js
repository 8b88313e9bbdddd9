var key = require("./toPropertyKey.js");
module.exports = function (object, name, value) {
  Object.defineProperty(object, key(name), { value: value, enumerable: true, configurable: true, writable: true });
  return object;
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
