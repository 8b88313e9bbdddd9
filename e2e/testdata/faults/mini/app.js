const time = require('./utils/time');

App({
  globalData: { started: 0 },

  onLaunch() {
    this.globalData.started = time.now();
    require.async('./pkga/lib/lazy').then((lazy) => lazy.start());
  },
});
