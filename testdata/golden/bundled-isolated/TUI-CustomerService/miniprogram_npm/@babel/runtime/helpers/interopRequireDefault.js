module.exports = function (module) {
  return module && module.__esModule ? module : { "default": module };
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
