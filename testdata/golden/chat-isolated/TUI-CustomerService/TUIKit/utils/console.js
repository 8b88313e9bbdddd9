const _console = typeof console === 'undefined' ? {} : console;

export default _console;
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") require("@babel/runtime/helpers/typeof") */
