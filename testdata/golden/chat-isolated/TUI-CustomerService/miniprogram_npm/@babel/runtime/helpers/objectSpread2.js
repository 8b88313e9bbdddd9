var define = require("./defineProperty.js");
module.exports = function (target) {
  for (var i = 1; i < arguments.length; i += 1) {
    for (var name in arguments[i]) define(target, name, arguments[i][name]);
  }
  return target;
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
