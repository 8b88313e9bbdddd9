module.exports = {
  SDKAPPID: 1400000000,
  userID: 'alice',
  userSig: 'USERSIG',
};
