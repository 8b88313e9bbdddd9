const date = require('tiny-date');
Page({ data: { date: date.today() } });
