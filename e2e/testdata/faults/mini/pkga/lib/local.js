exports.label = (n) => `alpha ${n}`;
