var kind = require("./typeof.js");
module.exports = function (module) {
  if (module && module.__esModule) return module;
  var all = kind(module) === "object" ? Object.assign({}, module) : {};
  all["default"] = module;
  return all;
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
