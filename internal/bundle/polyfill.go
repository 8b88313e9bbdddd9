package bundle

// polyfills are the helpers of WeChat's compiler that no npm package has: it asks for
// them where a script uses what old systems lack (miniprogram-ci 2.1.42, observed).
// require of one makes sure that a method is there. They name nothing in a way that
// makes the compiler ask for them again.
var polyfills = map[string]string{
	"@babel/runtime/helpers/Arrayincludes": `if (!('includes' in Array.prototype)) Object.defineProperty(Array.prototype, 'includes', {
  configurable: true,
  writable: true,
  value: function (sought, from) {
    var length = this.length >>> 0;
    var i = from | 0;
    for (i = i < 0 ? Math.max(length + i, 0) : i; i < length; i += 1) {
      if (this[i] === sought || (this[i] !== this[i] && sought !== sought)) return true;
    }
    return false;
  },
});
`,
	"@babel/runtime/helpers/Objectentries": `if (!('entries' in Object)) Object.defineProperty(Object, 'entries', {
  configurable: true,
  writable: true,
  value: function (object) {
    return Object.keys(object).map(function (key) { return [key, object[key]]; });
  },
});
`,
	"@babel/runtime/helpers/Objectvalues": `if (!('values' in Object)) Object.defineProperty(Object, 'values', {
  configurable: true,
  writable: true,
  value: function (object) {
    return Object.keys(object).map(function (key) { return object[key]; });
  },
});
`,
}
