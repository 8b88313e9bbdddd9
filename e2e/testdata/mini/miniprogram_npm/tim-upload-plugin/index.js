module.exports = class Plugin {};
