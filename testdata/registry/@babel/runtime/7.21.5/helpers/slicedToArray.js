module.exports = function (list, count) {
  return Array.from(list).slice(0, count);
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
