import LibGenerateTestUserSig from './lib-generate-test-usersig-es.min.js';

// For trying things out only: a secret key has no place in a client.
// const SDKAPPID = 0;
// const EXPIRETIME = 604800;
// const SECRETKEY = '';
function genTestUserSig(config) {
  const { SDKAPPID, SECRETKEY, EXPIRETIME, userID } = config;
  const generator = new LibGenerateTestUserSig(SDKAPPID, SECRETKEY, EXPIRETIME);
  return {
    sdkAppID: SDKAPPID,
    userSig: generator.genTestUserSig(userID),
  };
}

module.exports = {
  genTestUserSig,
};
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
