const _console = typeof console === 'undefined' ? {} : console;

export default _console;
