module.exports = function createEmitter() {
  var handlers = [];
  return {
    on: function (fn) { handlers.push(fn); },
    emit: function (value) { handlers.forEach(function (fn) { fn(value); }); },
  };
};
