package bundle

// polyfills are modules that only WeChat's compiler has (miniprogram-ci 2.1.42): code
// that it compiled asks for them, and no npm package has them. require of one makes
// sure that a method is there.
var polyfills = map[string]string{
	"@babel/runtime/helpers/Arrayincludes": `if (!Array.prototype.includes) {
  Object.defineProperty(Array.prototype, "includes", {
    configurable: true,
    writable: true,
    value: function (item, from) {
      for (var i = from < 0 ? Math.max(this.length + from, 0) : from || 0; i < this.length; i++) {
        if (this[i] === item || (item !== item && this[i] !== this[i])) return true;
      }
      return false;
    },
  });
}
`,
	"@babel/runtime/helpers/Objectentries": `if (!Object.entries) {
  Object.entries = function (object) {
    return Object.keys(object).map(function (key) { return [key, object[key]]; });
  };
}
`,
	"@babel/runtime/helpers/Objectvalues": `if (!Object.values) {
  Object.values = function (object) {
    return Object.keys(object).map(function (key) { return object[key]; });
  };
}
`,
}
