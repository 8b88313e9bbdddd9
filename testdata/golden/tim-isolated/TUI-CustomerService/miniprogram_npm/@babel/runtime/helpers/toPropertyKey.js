var kind = require("./typeof.js");
module.exports = function (value) {
  return kind(value) === "symbol" ? value : String(value);
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
