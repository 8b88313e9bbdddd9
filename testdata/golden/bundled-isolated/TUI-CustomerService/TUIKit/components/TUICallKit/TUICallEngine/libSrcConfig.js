import TSignaling from '../../../lib/tsignaling-wx';
import TRTC from '../lib/trtc-wx';
import TIM from '../../../lib/tim-wx-sdk';

export {
  TSignaling,
  TRTC,
  TIM,
};
/* tuikit-cli:helpers require("@babel/runtime/helpers/interopRequireDefault") */
