exports.today = function () { return '2024-01-01'; };
