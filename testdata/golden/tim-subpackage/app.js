// tuikit-cli:begin session
require('./tuikit-session').signIn();
// tuikit-cli:end session
App({
  globalData: {},
});
