module.exports = function (run) {
  return function () {
    var steps = run.apply(this, arguments);
    return new Promise(function (resolve, reject) {
      (function next(value) {
        var step = steps.next(value);
        if (step.done) resolve(step.value);
        else Promise.resolve(step.value).then(next, reject);
      })();
    });
  };
};
module.exports.__esModule = true;
module.exports["default"] = module.exports;
