const constant = {
  OPERATING_ENVIRONMENT: 'imWxTuikit',
  TEXT_FAILED: '发送失败',
};

export default constant;
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
