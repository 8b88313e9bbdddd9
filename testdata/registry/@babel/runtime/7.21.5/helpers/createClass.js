var key = require("./toPropertyKey.js");
module.exports = function (type, members) {
  for (var i = 0; i < members.length; i += 1) Object.defineProperty(type.prototype, key(members[i].key), members[i]);
  return type;
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
