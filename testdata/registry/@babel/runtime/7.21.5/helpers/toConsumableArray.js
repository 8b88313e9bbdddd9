module.exports = function (list) {
  return Array.from(list);
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
