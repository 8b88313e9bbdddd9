var kind = require("./typeof.js");
module.exports = function () {
  throw new Error("a stand-in that runs nothing: " + kind(module));
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
