// 在即时通信 IM 控制台获取： From the Chat console:
// https://console.cloud.tencent.com/im
export default {
  SDKAPPID: 1400000000,
  userID: 'alice',
  // 密钥仅用于本地调试，切勿发布。 For local debugging only; never release it.
  SECRETKEY: '',
  // UserSig 有效期，单位秒。 How long a UserSig is valid, in seconds.
  EXPIRETIME: 604800,
};
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
