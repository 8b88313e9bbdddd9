exports.unused = true;
